// Members: invitations, roles, the last owner, demo agents, API keys, what belongs to which tenant.
import type { UserId } from "@yingda/contract";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { createApiKey, findApiKey, listApiKeys, revokeApiKey } from "./api-keys.ts";
import { addUser } from "./create-owner.ts";
import { acceptInvitation, invite, readInvitation } from "./invite.ts";
import { listMembers, listMembersBrief, updateMe, updateMember } from "./members.ts";
import { findSession } from "./open-session.ts";
import { signIn } from "./sign-in.ts";
import { getTenant, updateTenant } from "./tenant-settings.ts";
import { removeDemoMembers } from "./tenants.ts";
import { codeOf, device, goodPassword, openShop, type Person, type Shop } from "./testing/people.ts";

let database: TestDatabase;
let services: TestServices;
let shop: Shop;
let owner: Person;

beforeAll(async () => {
  database = await testDatabase();
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await openShop(database, services);
  owner = await shop.person("owner", "店主");
});

const dayMs = 86_400_000;
const noLoad = async () => new Map();
let count = 0;
const newAccount = () => `new-${shop.tenantId.slice(-6)}-${count++}@shop.example`;

describe("invitations", () => {
  const accept = (token: string, account = newAccount()) =>
    acceptInvitation(services, { token, account, password: goodPassword, name: "小周", device });

  test("bring in one member with the role they name", async () => {
    const { token, expiresAt } = await invite(owner.ctx, { name: "小周", role: "supervisor" });
    expect(expiresAt.getTime() - services.clock.nowMs()).toBe(7 * dayMs);
    expect(await readInvitation(services, token)).toEqual({
      shopName: (await getTenant(shop.system)).name,
      role: "supervisor",
      name: "小周",
    });
    const entered = await accept(token);
    expect(entered.actor).toMatchObject({ role: "supervisor", name: "小周" });
    expect(await findSession(services, entered.session.token)).toMatchObject({ tenantId: shop.tenantId });
    expect(await codeOf(accept(token))).toBe("invitation/invalid");
    expect(await codeOf(readInvitation(services, token))).toBe("invitation/invalid");
  });

  test("end after seven days, and a made-up one never began", async () => {
    const { token } = await invite(owner.ctx, { name: "", role: "agent" });
    services.clock.advance(7 * dayMs);
    expect(await codeOf(readInvitation(services, token))).toBe("invitation/invalid");
    expect(await codeOf(accept(token))).toBe("invitation/invalid");
    expect(await codeOf(accept("made up"))).toBe("invitation/invalid");
  });

  test("accepted by two at once bring in one", async () => {
    const { token } = await invite(owner.ctx, { name: "", role: "agent" });
    const codes = await Promise.all([codeOf(accept(token)), codeOf(accept(token))]);
    expect(codes.toSorted()).toEqual(["invitation/invalid", "no refusal"]);
  });

  test("stay good when the account is taken or the password weak", async () => {
    const { token } = await invite(owner.ctx, { name: "", role: "agent" });
    expect(await codeOf(accept(token, owner.account.toUpperCase()))).toBe("user/email-taken");
    const weak = { token, account: newAccount(), password: "password123", name: "小周", device };
    expect(await codeOf(acceptInvitation(services, weak))).toBe("user/password-weak");
    expect(await codeOf(accept(token))).toBe("no refusal");
  });

  test("an account is taken in the whole installation, not only in the shop", async () => {
    const elsewhere = await (await openShop(database, services)).person("agent");
    const { token } = await invite(owner.ctx, { name: "", role: "agent" });
    expect(await codeOf(accept(token, elsewhere.account))).toBe("user/email-taken");
    const demo = await addUser(shop.system, {
      account: null,
      password: null,
      name: "林晓",
      role: "agent",
      isDemo: true,
    });
    const toDemo = await invite(owner.ctx, { name: "", role: "agent", userId: demo.id });
    expect(await codeOf(accept(toDemo.token, elsewhere.account))).toBe("user/email-taken");
  });

  test("only an owner invites an owner, and an agent invites nobody", async () => {
    const admin = await shop.person("admin");
    const agent = await shop.person("agent");
    expect(await codeOf(invite(admin.ctx, { name: "", role: "owner" }))).toBe("auth/not-allowed");
    expect(await codeOf(invite(agent.ctx, { name: "", role: "viewer" }))).toBe("auth/not-allowed");
    expect(await codeOf(invite(admin.ctx, { name: "", role: "admin" }))).toBe("no refusal");
    expect(await codeOf(invite(owner.ctx, { name: "", role: "owner" }))).toBe("no refusal");
  });
});

describe("a demo agent", () => {
  const bring = () =>
    addUser(shop.system, { account: null, password: null, name: "林晓", role: "agent", isDemo: true });
  const accept = (token: string) =>
    acceptInvitation(services, {
      token,
      account: newAccount(),
      password: goodPassword,
      name: "林小晓",
      device,
    });

  test("becomes a real member by a link, keeps the id, and stays when the demo goes", async () => {
    const demo = await bring();
    const left = await bring();
    const { token } = await invite(owner.ctx, { name: "林晓", role: "supervisor", userId: demo.id });
    const entered = await accept(token);
    expect(entered.actor).toMatchObject({ userId: demo.id, role: "supervisor", name: "林小晓" });
    expect((await listMembersBrief(shop.system)).find(({ id }) => id === demo.id)).toMatchObject({
      isDemo: false,
    });
    expect(await removeDemoMembers(shop.system)).toBe(1);
    const ids = (await listMembersBrief(shop.system)).map(({ id }) => id);
    expect(ids).toContain(demo.id);
    expect(ids).not.toContain(left.id);
  });

  test("is taken over once, also by two links; nobody takes over a real member or one of another shop", async () => {
    const demo = await bring();
    const links = [
      await invite(owner.ctx, { name: "", role: "agent", userId: demo.id }),
      await invite(owner.ctx, { name: "", role: "agent", userId: demo.id }),
    ];
    const codes = await Promise.all(links.map(({ token }) => codeOf(accept(token))));
    expect(codes.toSorted()).toEqual(["no refusal", "request/conflict"]);
    expect(await codeOf(invite(owner.ctx, { name: "", role: "agent", userId: demo.id }))).toBe(
      "request/conflict",
    );
    expect(await codeOf(invite(owner.ctx, { name: "", role: "agent", userId: owner.userId }))).toBe(
      "request/conflict",
    );
    const elsewhere = await openShop(database, services);
    const theirs = await addUser(elsewhere.system, {
      account: null,
      password: null,
      name: "陈晨",
      role: "agent",
      isDemo: true,
    });
    expect(await codeOf(invite(owner.ctx, { name: "", role: "agent", userId: theirs.id }))).toBe(
      "user/not-found",
    );
  });

  test("a link whose demo agent has gone leads nowhere", async () => {
    const demo = await bring();
    const { token } = await invite(owner.ctx, { name: "", role: "agent", userId: demo.id });
    await removeDemoMembers(shop.system);
    expect(await codeOf(accept(token))).toBe("user/not-found");
  });
});

describe("changing members", () => {
  test("name, role and capacity", async () => {
    const { userId } = await shop.person("agent");
    await updateMember(owner.ctx, userId, { name: "新名字", role: "supervisor", capacity: 3 });
    const member = (await listMembers(owner.ctx, noLoad)).find(({ id }) => id === userId);
    expect(member).toMatchObject({
      name: "新名字",
      role: "supervisor",
      capacity: 3,
      isActive: true,
      presence: "away",
      openCount: 0,
    });
  });

  test("the last owner stays: as owner, active, also when two go at once", async () => {
    expect(await codeOf(updateMember(owner.ctx, owner.userId, { role: "admin" }))).toBe("user/last-owner");
    expect(await codeOf(updateMember(owner.ctx, owner.userId, { isActive: false }))).toBe("user/last-owner");
    const second = await shop.person("owner");
    const codes = await Promise.all([
      codeOf(updateMember(owner.ctx, owner.userId, { role: "admin" })),
      codeOf(updateMember(second.ctx, second.userId, { isActive: false })),
    ]);
    expect(codes.toSorted()).toEqual(["no refusal", "user/last-owner"]);
  });

  test("an owner who cannot sign in does not count", async () => {
    await addUser(shop.system, { account: null, password: null, name: "影子", role: "owner" });
    expect(await codeOf(updateMember(owner.ctx, owner.userId, { role: "agent" }))).toBe("user/last-owner");
  });

  test("owners are made and unmade by owners only", async () => {
    const admin = await shop.person("admin");
    const agent = await shop.person("agent");
    expect(await codeOf(updateMember(admin.ctx, agent.userId, { role: "owner" }))).toBe("auth/not-allowed");
    expect(await codeOf(updateMember(admin.ctx, owner.userId, { name: "改名" }))).toBe("auth/not-allowed");
    expect(await codeOf(updateMember(admin.ctx, agent.userId, { role: "admin" }))).toBe("no refusal");
    expect(await codeOf(updateMember(owner.ctx, agent.userId, { role: "owner" }))).toBe("no refusal");
  });

  test("whoever is switched off loses their sessions; a new role cuts the live lines only", async () => {
    const agent = await shop.person("agent");
    const { id: sessionId, token } = agent.signedIn.session;
    expect((await updateMember(owner.ctx, agent.userId, { name: "同名" })).cutSessions).toEqual([]);
    expect((await updateMember(owner.ctx, agent.userId, { role: "viewer" })).cutSessions).toEqual([
      sessionId,
    ]);
    expect(await findSession(services, token)).toMatchObject({ actor: { role: "viewer" } });
    expect((await updateMember(owner.ctx, agent.userId, { isActive: false })).cutSessions).toEqual([
      sessionId,
    ]);
    expect(await findSession(services, token)).toBeNull();
    await updateMember(owner.ctx, agent.userId, { isActive: true });
    expect(await findSession(services, token)).toBeNull();
    expect(await codeOf(signIn(services, { account: agent.account, password: goodPassword, device }))).toBe(
      "no refusal",
    );
  });

  test("one's own name and e-mail", async () => {
    const agent = await shop.person("agent");
    await updateMe(agent.ctx, { name: "小琳", email: "lin@shop.example" }, agent.signedIn.session.id);
    const find = async () => (await listMembers(owner.ctx, noLoad)).find(({ id }) => id === agent.userId);
    expect(await find()).toMatchObject({ name: "小琳", email: "lin@shop.example" });
    await updateMe(agent.ctx, { email: null }, agent.signedIn.session.id);
    expect(await find()).toMatchObject({ email: null });
  });
});

describe("API keys", () => {
  test("are shown once, carry their scopes, and end when revoked", async () => {
    const { key, apiKey } = await createApiKey(owner.ctx, {
      name: "ERP",
      scopes: ["contacts-read", "contacts-read"],
    });
    expect(apiKey).toMatchObject({ scopes: ["contacts-read"], lastFour: key.slice(-4), revokedAt: null });
    const found = await findApiKey(services, key);
    expect(found).toMatchObject({ tenantId: shop.tenantId, actor: { kind: "api-key", apiKeyId: apiKey.id } });
    expect([...(found?.actor.permissions ?? [])]).toEqual(["contacts-read"]);
    expect((await listApiKeys(owner.ctx))[0]?.lastUsedAt).not.toBeNull();
    await revokeApiKey(owner.ctx, apiKey.id);
    expect(await findApiKey(services, key)).toBeNull();
    expect(await codeOf(revokeApiKey(owner.ctx, apiKey.id))).toBe("request/not-found");
    const [row] = await database.asAdmin<{ text: string }>(
      "select string_agg(k::text, ' ') as text from api_key k",
    );
    expect(row?.text).not.toContain(key);
  });

  test("hold no more than their maker may do", async () => {
    const admin = await shop.person("admin");
    expect(await codeOf(createApiKey(admin.ctx, { name: "x", scopes: ["keys-write"] }))).toBe(
      "auth/not-allowed",
    );
    expect(
      await codeOf(createApiKey((await shop.person("agent")).ctx, { name: "x", scopes: ["contacts-read"] })),
    ).toBe("auth/not-allowed");
  });
});

describe("two tenants", () => {
  test("with members of equal ids keep them apart, in the tables and in memory", async () => {
    const other = await openShop(database, services);
    const theirOwner = await other.person("owner", "别家店主");
    const [mine, theirs] = [shop.system, other.system];
    const id = owner.userId;
    const vault = await services.vault.forTenant(other.tenantId);
    const sealed = vault.seal({ table: "app_user", column: "sealed_name", row: id }, "同号的人");
    await database.asAdmin(
      "insert into app_user (tenant_id, id, sealed_name, role, created_at) values ($1, $2, $3, 'agent', now())",
      [other.tenantId, id, sealed],
    );
    expect((await listMembersBrief(mine)).find((member) => member.id === id)?.name).toBe("店主");
    expect((await listMembersBrief(theirs)).find((member) => member.id === id)?.name).toBe("同号的人");
    await updateMember(theirOwner.ctx, id, { name: "改过的" });
    expect((await listMembersBrief(mine)).find((member) => member.id === id)?.name).toBe("店主");
  });

  test("see neither members, keys nor settings of each other", async () => {
    const other = await openShop(database, services);
    const theirs = await other.person("owner");
    const { apiKey } = await createApiKey(owner.ctx, { name: "ERP", scopes: ["contacts-read"] });
    expect(await codeOf(updateMember(theirs.ctx, owner.userId, { name: "x" }))).toBe("user/not-found");
    expect(await codeOf(revokeApiKey(theirs.ctx, apiKey.id))).toBe("request/not-found");
    expect(await listApiKeys(theirs.ctx)).toEqual([]);
    await updateTenant(owner.ctx, { name: "甲店", alertWebhook: "https://hook.example/abc" });
    await updateTenant(theirs.ctx, { name: "乙店" });
    expect(await getTenant(owner.ctx)).toMatchObject({
      name: "甲店",
      alertWebhook: "https://hook.example/abc",
    });
    expect(await getTenant(theirs.ctx)).toMatchObject({ name: "乙店", alertWebhook: null });
  });

  test("a value moved from one tenant's row to the other's cannot be opened there", async () => {
    const other = await openShop(database, services);
    const theirs = await other.person("agent");
    await database.asAdmin(
      "update app_user set sealed_name = (select sealed_name from app_user where id = $1) where id = $2",
      [owner.userId, theirs.userId],
    );
    await expect(listMembersBrief(other.system)).rejects.toThrow();
  });

  test("the app's role reads no other tenant's rows even without a condition", async () => {
    const other = await openShop(database, services);
    await other.person("owner");
    const rows = await services.db.transact(shop.tenantId, (tx) =>
      tx.rows<{ tenant_id: string }>("select tenant_id from app_user"),
    );
    expect(new Set(rows.map(({ tenant_id }) => tenant_id))).toEqual(new Set([shop.tenantId]));
  });
});

describe("settings", () => {
  test("refuse a time zone or webhook that is none", async () => {
    expect(await codeOf(updateTenant(owner.ctx, { timeZone: "Mars/Olympus" }))).toBe("request/invalid");
    expect(await codeOf(updateTenant(owner.ctx, { alertWebhook: "http://plain.example" }))).toBe(
      "request/invalid",
    );
    expect(await codeOf(updateTenant((await shop.person("agent")).ctx, { name: "x" }))).toBe(
      "auth/not-allowed",
    );
    const after = await updateTenant(owner.ctx, {
      timeZone: "Europe/Berlin",
      retentionDays: 90,
      features: ["x"],
    });
    expect(after).toMatchObject({ timeZone: "Europe/Berlin", retentionDays: 90, features: ["x"] });
  });
});

test("an id that nobody has is not found", async () => {
  const nobody = "00000000-0000-7000-8000-000000000000" as UserId;
  expect(await codeOf(updateMember(owner.ctx, nobody, { name: "x" }))).toBe("user/not-found");
});
