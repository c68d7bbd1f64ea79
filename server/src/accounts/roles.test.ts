// Who may call what: every route of the contract × every role × API keys, over HTTP, exactly as the contract says.
import {
  type Permission,
  permissions,
  type Role,
  type Route,
  rolePermissions,
  roles,
  routes,
} from "@yingda/contract";
import { beforeAll, describe, expect, test } from "vitest";
import { type TestApp, testApp } from "../../test/app.ts";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { newId } from "../platform/ids.ts";
import { createApiKey } from "./api-keys.ts";
import { openShop, type Shop } from "./testing/people.ts";

let database: TestDatabase;
let app: TestApp;
let shop: Shop;
const cookies = new Map<Role, string>();
const keys = new Map<string, string>();

const table = (Object.entries(routes) as [string, Route][]).filter(([name]) => name !== "signOut");

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp(database, { isStarted: false });
  shop = await openShop(database, app.services);
  for (const role of roles) cookies.set(role, (await shop.person(role)).cookie);
  const owner = await shop.person("owner");
  const makeKey = async (name: string, scopes: Permission[]) =>
    keys.set(name, (await createApiKey(owner.ctx, { name, scopes })).key);
  await makeKey("all", [...permissions]);
  for (const permission of permissions) {
    await makeKey(permission, [permission]);
    await makeKey(
      `not ${permission}`,
      permissions.filter((other) => other !== permission),
    );
  }
});

/** A request that gets as far as the door; what lies behind answers 4xx for the made-up parts, never 401 or 403. */
async function knock(route: Route, who: { cookie?: string; key?: string }): Promise<string> {
  const path = route.path.replaceAll(/:\w+/g, () => newId<string>());
  const reply = await app.inject(route.method, path, { ...who, ...(route.body ? { body: {} } : {}) });
  if (reply.statusCode !== 401 && reply.statusCode !== 403) return "let in";
  return (reply.json() as { error: { code: string } }).error.code;
}

function needs(route: Route): Permission | null {
  return route.access === "public" || route.access === "signed-in" ? null : route.access;
}

describe.each(table)("%s", (_name, route) => {
  test("nobody", async () => {
    expect(await knock(route, {})).toBe(route.access === "public" ? "let in" : "auth/not-signed-in");
  });

  test.each(roles)("%s", async (role) => {
    const permission = needs(route);
    const isAllowed = permission === null || rolePermissions[role].includes(permission);
    expect(await knock(route, { cookie: cookies.get(role) ?? "" })).toBe(
      isAllowed ? "let in" : "auth/not-allowed",
    );
  });

  test("API keys", async () => {
    const permission = needs(route);
    const withKey = (key: string) => knock(route, { key: keys.get(key) ?? "" });
    if (route.access === "public") return expect(await withKey("all")).toBe("let in");
    if (!route.apiKey) return expect(await withKey("all")).toBe("auth/not-allowed");
    expect(await withKey("all")).toBe("let in");
    if (permission === null) return;
    expect(await withKey(permission)).toBe("let in");
    expect(await withKey(`not ${permission}`)).toBe("auth/scope-missing");
  });
});

test("a key that was made up opens nothing", async () => {
  for (const [, route] of table.filter(([, one]) => one.access !== "public"))
    expect(await knock(route, { key: "yd_made-up" })).toBe("auth/token-invalid");
});

test("a change from a foreign page is refused even with the cookie", async () => {
  const cookie = cookies.get("owner") ?? "";
  for (const origin of ["https://evil.example", null])
    expect((await app.inject("POST", "/api/audit/verify", { cookie, origin })).json()).toMatchObject({
      error: { code: "request/origin-refused" },
    });
});

test("signing out is for whoever is signed in", async () => {
  const { cookie } = await shop.person("viewer");
  expect((await app.inject("DELETE", "/api/session", { cookie })).statusCode).toBe(204);
  expect((await app.inject("DELETE", "/api/session", { cookie })).statusCode).toBe(401);
});
