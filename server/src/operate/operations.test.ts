// What keeps a shop running, over HTTP on the whole program: health, dead letters, backups, keys, the first steps.
import { join } from "node:path";
import { rolePermissions } from "@yingda/contract";
import { beforeAll, describe, expect, test } from "vitest";
import { type TestApp, testApp } from "../../test/app.ts";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { verifyAudit } from "../accounts/index.ts";
import { getThread, listInboxes, presentConversations } from "../conversations/index.ts";
import { listConversations } from "../conversations/list-conversations.ts";
import { searchRecord } from "../conversations/search/search-record.ts";
import { type Ctx, makeCtx } from "../platform/context.ts";
import { columnsNotListed, MasterKey } from "../platform/crypto/index.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { emit, trimEvents } from "../platform/outbox/index.ts";
import { createKeyKeeper, sealedColumns } from "../roles/key-keeper.ts";

let database: TestDatabase;
let app: TestApp;
let cookie: string;
let password: string;
let owner: Ctx;
const masterKey = MasterKey.generate();
let aheadMs = 0;
const clock = { now: () => new Date(clock.nowMs()), nowMs: () => Date.now() + aheadMs };

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp(database, { masterKey, clock });
  // as the first start does: the database remembers which key it was made with
  await database.asAdmin("insert into key_check (check_value, created_at) values ($1, now())", [
    masterKey.derive("key-check"),
  ]);
  ({ cookie, password } = await app.owner());
  const [row] = await database.asAdmin<{ tenant_id: Ctx["tenantId"]; id: never }>(
    "select tenant_id, id from app_user where role = 'owner'",
  );
  if (!row) throw new Error("no owner");
  const permissions = new Set(rolePermissions.owner);
  owner = makeCtx(app.services, {
    tenantId: row.tenant_id,
    actor: { kind: "user", userId: row.id, role: "owner", permissions, name: "店主" },
  });
});

const get = async (path: string) => (await app.inject("GET", path, { cookie })).json();
const codeOf = (reply: { json(): { error?: { code: string } } }) => reply.json().error?.code;

describe("health", () => {
  test("looks at every part once and says what is missing in words the page has", async () => {
    const { checks, version, deadLetters } = await get("/api/health");
    expect(checks.map(({ name }: { name: string }) => name)).toEqual([
      "database",
      "disk",
      "outbox",
      "search",
      "realtime",
      "jobs",
      "backup",
      "keys",
      "media",
      "channels",
      "mail",
      "certificate",
    ]);
    const byName = Object.fromEntries(checks.map((check: { name: string }) => [check.name, check]));
    expect(byName.database).toMatchObject({ state: "ok", code: null });
    expect(byName.keys).toMatchObject({ state: "warn", code: "recovery-unconfirmed" });
    expect(byName.backup).toMatchObject({ state: "warn", code: "backup-never" });
    expect(byName.mail).toMatchObject({ state: "ok", code: "not-configured" });
    expect(version).toBe("test");
    expect(deadLetters).toEqual([]);
  });

  test("shows an inbox that cannot be reached, and only while it is on", async () => {
    const [inbox] = await listInboxes(owner);
    const set = (state: string) =>
      database.asAdmin("update inbox set health_state = $2, health_code = 'http-500' where id = $1", [
        inbox?.id,
        state,
      ]);
    const channels = async () =>
      (await get("/api/health")).checks.find(({ name }: { name: string }) => name === "channels");
    await set("down");
    expect(await channels()).toMatchObject({
      state: "down",
      code: "unreachable",
      values: { [inbox?.name ?? ""]: "http-500" },
    });
    await set("ok");
    expect(await channels()).toMatchObject({ state: "ok", code: null });
  });

  test("notices that the search index has stopped", async () => {
    const search = async () =>
      (await get("/api/health")).checks.find(({ name }: { name: string }) => name === "search");
    expect(await search()).toMatchObject({ state: "ok" });
    await app.inject("POST", "/api/demo", { cookie });
    expect(await search()).toMatchObject({ state: "ok", values: { waiting: 0 } });
    const kept = await database.asAdmin("delete from message_search returning *");
    expect(kept.length).toBeGreaterThan(20);
    expect(await search()).toMatchObject({ state: "warn", code: "lagging" });
    await app.inject("DELETE", "/api/demo", { cookie });
  });

  test("a part that cannot be looked at says so and takes no other with it", async () => {
    const { jobs } = app.services;
    const state = jobs.state;
    jobs.state = () => Promise.reject(new Error("gone"));
    const { checks } = await get("/api/health");
    jobs.state = state;
    expect(checks.find(({ name }: { name: string }) => name === "jobs")).toMatchObject({
      state: "down",
      code: "unreachable",
    });
    expect(checks.length).toBe(12);
  });
});

test("a dead letter is shown, and gone once it was tried again", async () => {
  const eventId = newId<string>();
  await transact(owner, (tx) => emit(owner, tx, owner.tenantId, [{ kind: "tenant-changed", payload: {} }]));
  await app.services.outbox.settled();
  const [event] = await database.asAdmin<{ seq: number }>(
    "select seq::int as seq from outbox_event where tenant_id = $1 and kind = 'audit-requested' order by seq desc limit 1",
    [owner.tenantId],
  );
  await database.asAdmin(
    `insert into outbox_failure (tenant_id, id, subscriber, aggregate_id, seq, event_kind, attempts, error_code, is_dead, created_at)
     values ($1, $2, 'audit', $1, $3, 'audit-requested', 5, 'internal', true, now())`,
    [owner.tenantId, eventId, event?.seq],
  );
  const shown = await get("/api/health");
  expect(shown.deadLetters).toMatchObject([{ id: eventId, subscriber: "audit", attempts: 5 }]);
  expect(shown.checks.find(({ name }: { name: string }) => name === "outbox")).toMatchObject({
    state: "warn",
    code: "dead-letters",
  });
  expect((await app.inject("POST", `/api/dead-letters/${eventId}/retry`, { cookie })).statusCode).toBe(204);
  expect((await get("/api/health")).deadLetters).toEqual([]);
  expect(codeOf(await app.inject("POST", `/api/dead-letters/${eventId}/retry`, { cookie }))).toBe(
    "request/not-found",
  );
  expect(codeOf(await app.inject("POST", "/api/dead-letters/not-an-id/retry", { cookie }))).toBe(
    "request/not-found",
  );
});

describe("backups", () => {
  test("one is made, listed, downloaded; then health is content", async () => {
    const before = await get("/api/backups");
    expect(before).toMatchObject({
      files: [],
      running: null,
      folder: join(app.services.config.dataFolder, "backups"),
    });
    expect(Date.parse(before.nextAt)).toBeGreaterThan(clock.nowMs());
    const started = await app.inject("POST", "/api/backups", { cookie });
    expect(started.json()).toMatchObject({ kind: "backup", state: "running" });
    await expect.poll(async () => (await get("/api/backups")).running, { timeout: 10_000 }).toBeNull();
    const { files } = await get("/api/backups");
    expect(files.length).toBe(1);
    const file = await app.inject("GET", `/api/backups/${files[0].name}`, { cookie });
    expect(file.headers["content-type"]).toBe("application/octet-stream");
    expect(file.rawPayload.length).toBe(files[0].sizeBytes);
    expect(file.rawPayload.toString("latin1")).not.toContain("owner@shop.example");
    const { checks } = await get("/api/health");
    expect(checks.find(({ name }: { name: string }) => name === "backup")).toMatchObject({ state: "ok" });
  });

  test("one that fails is shown as failed until one succeeds", async () => {
    await database.asAdmin("update key_check set check_value = $1", [
      MasterKey.generate().derive("key-check"),
    ]);
    await app.inject("POST", "/api/backups", { cookie });
    await expect
      .poll(async () => (await get("/api/backups")).running?.state, { timeout: 10_000 })
      .toBe("failed");
    await database.asAdmin("update key_check set check_value = $1", [masterKey.derive("key-check")]);
    await app.inject("POST", "/api/backups", { cookie });
    await expect.poll(async () => (await get("/api/backups")).running, { timeout: 10_000 }).toBeNull();
  });

  test("nothing but a backup can be downloaded", async () => {
    for (const name of ["..", "nothing.yingda", "..%2f..%2fkeys", "%2e%2e", ".."]) {
      const reply = await app.inject("GET", `/api/backups/${name}`, { cookie });
      expect([400, 404]).toContain(reply.statusCode);
    }
  });
});

describe("the recovery key", () => {
  test("is made with the password, asked back, and then no longer asked for", async () => {
    expect(
      codeOf(await app.inject("POST", "/api/recovery-key", { cookie, body: { password: "not it" } })),
    ).toBe("auth/wrong-credentials");
    const { recoveryKey } = (
      await app.inject("POST", "/api/recovery-key", { cookie, body: { password } })
    ).json();
    const confirm = (typed: string) =>
      app.inject("PUT", "/api/recovery-key", { cookie, body: { recoveryKey: typed } });
    expect(codeOf(await confirm("something else"))).toBe("key/recovery-wrong");
    expect((await get("/api/me")).recoveryKeyConfirmed).toBe(false);
    expect((await confirm(recoveryKey.toLowerCase())).statusCode).toBe(204);
    expect((await get("/api/me")).recoveryKeyConfirmed).toBe(true);
    expect(await get("/api/keys")).toMatchObject({ recoveryKeyConfirmed: true, rotation: null });
    const again = (await app.inject("POST", "/api/recovery-key", { cookie, body: { password } })).json();
    expect(again.recoveryKey).not.toBe(recoveryKey);
    expect((await get("/api/keys")).recoveryKeyConfirmed).toBe(false);
    expect(codeOf(await confirm(recoveryKey))).toBe("key/recovery-wrong");
  });
});

describe("keys", () => {
  test("every sealed column of the tables is known to the rotation, and the other way round", async () => {
    expect(await app.services.db.system((tx) => columnsNotListed(tx, sealedColumns))).toEqual([]);
    const rows = await database.asAdmin<{ name: string }>(
      "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'",
    );
    const known = new Set(rows.map(({ name }) => name));
    for (const { table, column, rowFrom } of sealedColumns)
      for (const name of [column, ...rowFrom]) expect(known).toContain(`${table}.${name}`);
  });

  test("after a rotation everything is under the new key and still reads, searches and verifies", async () => {
    await app.inject("POST", "/api/demo", { cookie });
    await app.inject("PATCH", "/api/tenant", { cookie, body: { alertWebhook: "https://hook.example/1" } });
    await app.inject("PATCH", "/api/me", { cookie, body: { email: "boss@shop.example" } });
    await app.inject("POST", "/api/me/totp", { cookie });
    await app.inject("POST", "/api/invitations", { cookie, body: { name: "小周", role: "agent" } });
    await app.services.outbox.settled();
    expect(
      codeOf(await app.inject("POST", "/api/keys/rotate", { cookie, body: { password: "not it" } })),
    ).toBe("auth/wrong-credentials");
    const begun = await app.inject("POST", "/api/keys/rotate", { cookie, body: { password } });
    expect(begun.json()).toMatchObject({ kind: "key-rotation", state: "running" });
    aheadMs += 10 * 60_000; // handles with the old key are gone by then
    const keeper = createKeyKeeper(app.services, masterKey);
    await keeper.resume();
    await keeper.settled();
    expect(keeper.rotation).toMatchObject({ state: "done", doneShare: 1 });
    for (const { table, column } of sealedColumns) {
      const rows = await database.asAdmin<{ key: number }>(
        `select distinct get_byte(${column}, 4) as key from ${table} where tenant_id = $1 and ${column} is not null`,
        [owner.tenantId],
      );
      expect([table, column, rows.map(({ key }) => key)]).toEqual([
        table,
        column,
        rows.length > 0 ? [2] : [],
      ]);
    }
    const { conversations } = await listConversations(owner, { list: "open" });
    expect(conversations.length).toBeGreaterThan(3);
    for (const { id } of conversations)
      expect((await getThread(owner, id)).messages.length).toBeGreaterThan(0);
    expect(
      (
        await presentConversations(
          owner,
          conversations.map(({ id }) => id),
        )
      ).some(({ handoff }) => handoff?.summary.includes("12315")),
    ).toBe(true);
    expect((await searchRecord(owner, "袖子有个小洞", 10)).hits.length).toBe(1);
    expect((await searchRecord(owner, "王思雨", 10)).contacts.length).toBe(1);
    const me = await get("/api/me");
    expect(me).toMatchObject({
      user: { name: "店主", email: "boss@shop.example" },
      tenant: { alertWebhook: "https://hook.example/1" },
    });
    expect((await get("/api/me/sessions"))[0].address).toBe("127.0.0.1");
    const audit = await get("/api/audit?limit=200");
    expect(audit.entries.some(({ address }: { address: string | null }) => address === "127.0.0.1")).toBe(
      true,
    );
    await app.services.outbox.settled();
    expect(await verifyAudit(owner)).toMatchObject({ ok: true, brokenAt: null });
    await app.inject("DELETE", "/api/demo", { cookie });
  });
});

test("the first steps are crossed out one by one", async () => {
  const steps = () => get("/api/stats/first-steps");
  expect(await steps()).toMatchObject({
    hasAnswered: false,
    hasColleague: false,
    hasHours: false,
    hasWebsite: false,
  });
  await app.inject("POST", "/api/demo", { cookie });
  expect(await steps()).toMatchObject({ hasFaqs: true, hasAnswered: false, hasColleague: false });
  const hours = await get("/api/hours");
  await app.inject("PUT", "/api/hours", { cookie, body: hours });
  const [inbox] = await get("/api/inboxes");
  await app.inject("PATCH", `/api/inboxes/${inbox.id}`, {
    cookie,
    body: { version: inbox.version, allowedOrigins: ["https://shop.example"] },
  });
  expect(await steps()).toMatchObject({ hasHours: true, hasWebsite: true });
});

test("events go after 400 days, their numbers stay", async () => {
  // other events of the shop may still arrive: only these are counted
  const firstThree = () =>
    database.asAdmin("select 1 from outbox_event where aggregate_id = $1 and seq <= 3", [owner.tenantId]);
  expect(await firstThree()).toHaveLength(3);
  const [last] = await database.asAdmin<{ seq: number }>(
    "select seq::int as seq from outbox_aggregate where aggregate_id = $1",
    [owner.tenantId],
  );
  await database.asAdmin(
    "update outbox_event set at = at - interval '401 days' where tenant_id = $1 and seq <= 3 and aggregate_id = $1",
    [owner.tenantId],
  );
  expect(await trimEvents(app.services)).toBe(3);
  expect(await firstThree()).toEqual([]);
  const { seqs } = await transact(owner, (tx) =>
    emit(owner, tx, owner.tenantId, [{ kind: "tenant-changed", payload: {} }]),
  );
  expect(seqs[0]).toBeGreaterThan(last?.seq ?? 0);
});
