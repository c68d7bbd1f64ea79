import { type Route, routes } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { testApp } from "../../test/app.ts";
import { testDatabase } from "../../test/database.ts";

const app = await testApp(await testDatabase());
const { cookie } = await app.owner();

describe("the whole program", () => {
  test("answers every route of the contract", () => {
    const missing = Object.values<Route>(routes).filter(
      ({ method, path }) => !app.http.hasRoute({ method, url: path }),
    );
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  test("signs the owner in and shows the first page's data", async () => {
    const me = await app.inject("GET", "/api/me", { cookie });
    expect(me.statusCode).toBe(200);
    expect(me.json()).toMatchObject({ user: { role: "owner" } });
    for (const path of [
      "/api/live",
      "/api/stats/first-steps",
      "/api/health",
      "/api/keys",
      "/api/backups",
      "/api/inboxes",
    ]) {
      const reply = await app.inject("GET", path, { cookie });
      expect([path, reply.statusCode, reply.statusCode === 200 ? "" : reply.body]).toEqual([path, 200, ""]);
    }
  });
});
