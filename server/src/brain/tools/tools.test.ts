// A shop's tools on a real database against a real HTTP server: OAuth2 client credentials, time-outs, 500s, repeated requests,
// pages, giants, private addresses; keeping tools, trying them, the list of calls, and who may not.
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { testServices } from "../../../test/services.ts";
import { type Mood, ShopSystem } from "../../../test/shop-system.ts";
import { makeCtx } from "../../platform/context.ts";
import { brainApp } from "../testing/brain-app.ts";
import { callTool } from "./call/call-tool.ts";
import { changeAddress, findOrder, systemDraft } from "./testing/drafts.ts";

const database = await testDatabase();
const system = await ShopSystem.start();
const services = await testServices(database, { config: { allowPrivate: [system.exit] } });
const { tenantId } = await database.tenant();
const { tenantId: otherId } = await database.tenant();
const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
  other: { tenantId: otherId, role: "owner" },
});
afterAll(async () => {
  await close();
  await system.stop();
});
beforeEach(() => {
  system.moods = [];
  system.seen.length = 0;
  system.returns.length = 0;
});
afterEach(async () => {
  const { body } = await call("listTools");
  for (const { id } of body.connections) await call("deleteConnection", { params: { id } });
});

const connected = () =>
  call("addConnection", { body: { connection: systemDraft(system.url), tools: [findOrder, changeAddress] } });
let version = 0;
const opened = () => {
  version += 1; // a connection of its own for every test: no token of another is kept
  const { secrets, ...draft } = systemDraft(system.url);
  return { ...draft, id: null, version, secrets };
};
const ask = (input: Record<string, unknown>, tool = findOrder) =>
  callTool(ctx, { tool, connection: opened(), input, key: null }, AbortSignal.timeout(5_000));
const act = (moods: Mood[], tool = changeAddress) => {
  system.moods = moods;
  const given = {
    tool,
    connection: opened(),
    input: { orderNumber: "1002", address: "文三路 1 号" },
    key: "run-1:change:1",
  };
  return callTool(ctx, given, AbortSignal.timeout(5_000));
};

describe("a tool that reads", () => {
  test("signs in once, and gives flows what was picked, in their words", async () => {
    const connection = opened();
    const given = { tool: findOrder, connection, input: { orderNumber: "1002" }, key: null };
    const before = system.tokens;
    const first = await callTool(ctx, given, AbortSignal.timeout(5_000));
    expect(first).toMatchObject({
      state: "done",
      status: 200,
      answer: {
        kind: "result",
        fields: {
          number: "1002",
          status: "paid",
          item: "羊毛外套",
          total: { amountMinor: 45_900, currency: "CNY" },
          placedAt: "2026-11-20",
        },
      },
    });
    await callTool(ctx, given, AbortSignal.timeout(5_000));
    expect(system.tokens - before).toBe(1);
    system.revoke(); // the token ends early: fetched anew, the call repeated
    expect((await callTool(ctx, given, AbortSignal.timeout(5_000))).state).toBe("done");
    expect(system.tokens - before).toBe(2);
    services.clock.advance(3_600_000); // and before it ends by itself
    await callTool(ctx, given, AbortSignal.timeout(5_000));
    expect(system.tokens - before).toBe(3);
  });

  test("keeps secrets and redacted fields out of what is shown", async () => {
    const { request, excerpt } = await ask({ orderNumber: "1002" });
    const shown = JSON.stringify({ request, excerpt });
    for (const hidden of ["client-secret", "access-token", "13800000101"])
      expect(shown).not.toContain(hidden);
    expect(excerpt).toContain("羊毛外套");
  });

  test("a value cannot leave its place in the address", async () => {
    const refused = await ask({ orderNumber: ".." });
    expect(refused).toMatchObject({ state: "failed", error: { code: "tool/input-missing" } });
    await ask({ orderNumber: "../token?x=1#y" });
    expect(system.seen.at(-1)?.path).toBe("/orders/..%2Ftoken%3Fx%3D1%23y");
  });

  test("is tried a second time, and no third", async () => {
    system.moods = ["fails"];
    expect((await ask({ orderNumber: "1002" })).state).toBe("done");
    system.moods = ["busy"];
    expect((await ask({ orderNumber: "1002" })).state).toBe("done");
    system.moods = ["fails", "fails"];
    expect(await ask({ orderNumber: "1002" })).toMatchObject({
      state: "failed",
      status: 500,
      error: { code: "tool/failed" },
      answer: { kind: "failure", why: "unavailable" },
    });
    expect(system.moods).toEqual([]);
  });

  test.each<[Mood[], string, number]>([
    [["page"], "tool/not-json", 1],
    [["giant"], "tool/reply-too-large", 1],
    [["endless", "endless"], "tool/timed-out", 2],
    [["moved"], "tool/refused", 1],
    [["refuses"], "tool/refused", 1],
  ])("that answers %j ends in %s", async (moods, code, calls) => {
    system.moods = [...moods];
    const result = await ask({ orderNumber: "1002" });
    expect(result).toMatchObject({ state: "failed", error: { code } });
    expect(result.answer).toEqual({ kind: "failure", why: "unavailable" });
    expect(system.seen.filter(({ path }) => path.startsWith("/orders"))).toHaveLength(calls);
  });

  test("not found is told apart", async () => {
    expect((await ask({ orderNumber: "9999" })).answer).toEqual({ kind: "failure", why: "not-found" });
  });

  test.each([
    ["http://127.0.0.1:1", "tool/address-refused"],
    ["http://169.254.169.254/latest", "tool/address-refused"],
    ["http://[::1]:1", "tool/address-refused"],
    ["http://10.0.0.1", "tool/address-refused"],
  ])("%s is not called", async (baseUrl, code) => {
    const connection = { ...opened(), baseUrl, auth: { kind: "none" as const } };
    const given = { tool: findOrder, connection, input: { orderNumber: "1002" }, key: null };
    expect(await callTool(ctx, given, AbortSignal.timeout(3_000))).toMatchObject({ error: { code } });
  });

  test("a wrong secret is told as the other side tells it, without the secret", async () => {
    const connection = { ...opened(), secrets: { clientSecret: "wrong-secret" } };
    const given = { tool: findOrder, connection, input: { orderNumber: "1002" }, key: null };
    const result = await callTool(ctx, given, AbortSignal.timeout(3_000));
    expect(result.error).toEqual({ code: "tool/sign-in-refused", detail: "invalid_client: unknown client" });
    expect(JSON.stringify(result)).not.toContain("wrong-secret");
  });
});

describe("a tool that changes something, under a key", () => {
  test.each<[string, Mood[], string]>([
    ["well", [], "done"],
    ["a failure before it", ["fails"], "done"],
    ["a failure after it", ["fails-after"], "done"],
    ["no answer after it", ["silent-after"], "done"],
    ["too many requests", ["busy"], "done"],
    ["failures twice", ["fails-after", "fails"], "unknown"],
  ])("%s: the effect is one", async (_what, moods, state) => {
    const result = await act(moods);
    expect(result.state).toBe(state);
    expect(system.returns).toEqual([{ key: "run-1:change:1", order: "1002" }]);
  });

  test("the same deed again, from another process, is no second effect", async () => {
    await act([]);
    await act([]);
    expect(system.returns).toHaveLength(1);
  });

  test("a refusal is no effect", async () => {
    const result = await act(["refuses"]);
    expect(result).toMatchObject({ state: "failed", answer: { kind: "failure", why: "refused" } });
    expect(system.returns).toEqual([]);
  });

  test("without a key it is never repeated blindly: nobody knows, and a person is asked", async () => {
    const keyless = { ...changeAddress, idempotency: null };
    expect(await act(["fails-after"], keyless)).toMatchObject({ state: "unknown", answer: null });
    expect(system.returns).toHaveLength(1);
    expect(await act(["busy"], keyless)).toMatchObject({ state: "done" }); // it surely was not done the first time
    expect(system.returns).toHaveLength(2);
  });
});

describe("kept tools", () => {
  test("are added, shown without secrets, tried, changed, removed and brought back", async () => {
    const { status, body } = await connected();
    expect(status).toBe(200);
    expect(body.connection).toMatchObject({ secretNames: ["clientSecret"], toolCount: 2 });
    expect(JSON.stringify((await call("listTools")).body)).not.toContain("client-secret");
    const [find, change] = body.tools;

    const dry = await call("testTool", {
      params: { id: find.id },
      body: { input: { orderNumber: "1002" }, isLive: false },
    });
    expect(dry.body).toMatchObject({
      request: { method: "GET", url: `${system.url}/orders/1002` },
      reply: null,
    });
    expect(dry.body.request.headers.authorization).toBe("••••");
    expect(system.seen).toEqual([]);
    const live = await call("testTool", {
      params: { id: find.id },
      body: { input: { orderNumber: "1002" }, isLive: true },
    });
    expect(live.body.reply).toMatchObject({
      state: "done",
      status: 200,
      fields: { status: "paid" },
      error: null,
    });
    const refused = await call("testTool", { params: { id: change.id }, body: { input: {}, isLive: true } });
    expect(refused).toMatchObject({ status: 409, code: "tool/test-would-change" });
    const calls = (await call("listToolCalls")).body;
    expect(calls).toMatchObject([{ toolName: "orders.find", by: "test", state: "done", status: 200 }]);
    expect((await call("listTools")).body.tools[0].last).toMatchObject({ state: "done" });

    const { id, connectionId: _c, connectionName: _n, updatedAt: _u, last: _l, ...draft } = find;
    const renamed = { ...draft, title: "查一查" };
    expect((await call("updateTool", { params: { id }, body: renamed })).body).toMatchObject({ version: 2 });
    expect(await call("updateTool", { params: { id }, body: renamed })).toMatchObject({
      code: "tool/version-moved",
    });
    expect((await call("deleteTool", { params: { id } })).status).toBe(204);
    expect((await call("restoreTool", { params: { id } })).body).toMatchObject({ title: "查一查" });
    const connection = { params: { id: body.connection.id } };
    expect((await call("deleteConnection", connection)).status).toBe(204);
    expect((await call("listTools")).body).toEqual({ connections: [], tools: [] });
    expect((await call("restoreConnection", connection)).body.tools).toHaveLength(2);
  });

  test("a secret is not sent to another address than it was entered for", async () => {
    const { body } = await connected();
    const { id } = body.connection;
    const { secrets: _, ...same } = systemDraft(system.url);
    const kept = await call("updateConnection", {
      params: { id },
      body: { ...same, name: "新名", version: 1 },
    });
    expect(kept.body).toMatchObject({ secretNames: ["clientSecret"], toolCount: 2 });
    const moved = { ...same, baseUrl: "https://elsewhere.example", version: 2 };
    expect((await call("updateConnection", { params: { id }, body: moved })).body.secretNames).toEqual([]);
  });

  test("belong to one shop, and are only changed by who may", async () => {
    const { body } = await connected();
    const params = { id: body.tools[0].id };
    expect((await call("listTools", { as: "other" })).body).toEqual({ connections: [], tools: [] });
    expect((await call("deleteTool", { as: "other", params })).code).toBe("tool/not-found");
    expect((await call("testTool", { as: "other", params, body: { input: {}, isLive: false } })).status).toBe(
      404,
    );
    expect((await call("listTools", { as: "viewer" })).status).toBe(200);
    expect((await call("deleteTool", { as: "viewer", params })).status).toBe(403);
    expect((await call("listTools", { as: "nobody" })).status).toBe(401);
    expect((await connected()).code).toBe("tool/name-taken");
    const [row] = await database.asAdmin<{ sealed: string }>(
      "select encode(sealed_secrets, 'escape') || definition::text as sealed from tool_connection where tenant_id = $1",
      [tenantId],
    );
    expect(row?.sealed).not.toContain("client-secret");
  });
});
