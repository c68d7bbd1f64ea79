// Calls to models counted on a real database: sums, cost per conversation and per solved one, budget with warning and stop,
// export; quiet conversations end and count; two shops never see each other's.
import { routes } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyTransition } from "../src/conversations/index.ts";
import { resolutionSubscriber } from "../src/conversations/resolution/on-ending.ts";
import { getResolution } from "../src/conversations/resolution/read-resolution.ts";
import { setBudget } from "../src/inference/usage/budget.ts";
import { flushUsage, keepCall, mayAsk, type UsedCall } from "../src/inference/usage/meter.ts";
import { purgeUsage } from "../src/inference/usage/purge-usage.ts";
import { exportUsage, getUsage } from "../src/insight/usage.ts";
import { transact } from "../src/platform/db/index.ts";
import { quietMs, settleQuiet } from "../src/turns/settle-quiet.ts";
import { testDatabase } from "./database.ts";
import { type TestShop, testShop } from "./line.ts";
import { type TestServices, testServices } from "./services.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let owner: TestShop["ctx"];
beforeAll(async () => {
  services = await testServices(database);
  shop = await testShop(services, database);
  owner = (await shop.member("owner", { role: "owner" })).ctx;
});
afterAll(() => flushUsage(services.db));

const call: UsedCall = {
  kind: "llm",
  model: "deepseek/deepseek-chat",
  task: "answer",
  inputTokens: 1_000_000,
  cachedInputTokens: 0,
  outputTokens: 0,
  isEstimated: false,
  isFailed: false,
  tookMs: 800,
};
const about = { conversationId: null, channel: "web", intent: null };
const events = (kind: string) =>
  services.db.system((tx) =>
    tx.rows<{ payload: { what: string } }>(
      "select payload from outbox_event where tenant_id = $1 and kind = $2 order by seq",
      [shop.tenantId, kind],
    ),
  );

test("nothing was asked: nothing was spent, the standard budget holds", async () => {
  const report = await getUsage(owner);
  expect(report).toMatchObject({
    total: { calls: 0, yuan: 0 },
    budget: { monthlyYuan: 500, stops: true, prices: {} },
    forecastYuan: 0,
    state: "within",
    yuanPerConversation: null,
    yuanPerSolved: null,
  });
});

test("calls are summed by what they were about; a solved conversation has its price", async () => {
  const solved = await shop.write("a", "衣服怎么洗");
  const other = await shop.write("b", "在吗");
  keepCall(owner, call, { conversationId: solved, channel: "web", intent: "care" });
  keepCall(
    owner,
    { ...call, outputTokens: 500_000 },
    { conversationId: other, channel: "web", intent: null },
  );
  keepCall(
    owner,
    { ...call, task: "summary", model: "custom/strange", isEstimated: true, isFailed: true },
    about,
  );
  await flushUsage(services.db);
  const at = services.clock.now();
  await transact(shop.ctx, (tx) =>
    applyTransition(shop.ctx, tx, solved, {
      kind: "resolve",
      disposition: "answered-by-bot",
      by: "contact",
      at,
    }),
  );
  await resolutionSubscriber.handle?.(
    shop.ctx,
    {
      kind: "conversation-resolved",
      payload: { conversationId: solved, disposition: "answered-by-bot", by: "contact", version: 2 },
      at,
    } as never,
    Object.assign(async () => undefined, { positions: [], written: () => undefined }) as never,
  );
  const report = await getUsage(owner);
  expect(report.total).toMatchObject({ calls: 3, failed: 1, inputTokens: 3_000_000, yuan: 2 + 6 + 4 });
  expect(report).toMatchObject({ conversations: 2, yuanPerConversation: 4, yuanPerSolved: 8 });
  expect(report).toMatchObject({ estimatedCalls: 1, assumedCalls: 1 });
  expect(report.byModel).toMatchObject([
    { key: "deepseek/deepseek-chat", yuan: 8, isAssumed: false },
    { key: "custom/strange", yuan: 4, isAssumed: true },
  ]);
  expect(report.byIntent.map(({ key, yuan }) => [key, yuan])).toEqual([
    ["", 10],
    ["care", 2],
  ]);
  expect(report.byDay).toHaveLength(1);
  expect(routes.getUsage.reply.parse(report)).toEqual(report);
  const csv = (await exportUsage(owner)).body.toString();
  expect(csv).toContain(`${report.month},3,1,3000000,500000,12.000000`);
});

test("at 80 % the owner is told once, at the limit once more, and then no model is asked", async () => {
  await setBudget(owner, { monthlyYuan: 20, stops: true, prices: {} });
  expect(await mayAsk(owner)).toBe(true);
  keepCall(owner, { ...call, outputTokens: 500_000 }, about); // 18 of 20
  await flushUsage(services.db);
  keepCall(owner, { ...call, inputTokens: 1_000 }, about);
  await flushUsage(services.db);
  expect((await events("budget-reached")).map(({ payload }) => payload.what)).toEqual(["warning"]);
  expect((await getUsage(owner)).state).toBe("warned");
  expect(await mayAsk(owner)).toBe(true);
  keepCall(owner, call, about);
  await flushUsage(services.db);
  expect((await events("budget-reached")).map(({ payload }) => payload.what)).toEqual(["warning", "limit"]);
  expect(await mayAsk(owner)).toBe(false);
  expect((await getUsage(owner)).state).toBe("over");
  await setBudget(owner, { monthlyYuan: 20, stops: false, prices: {} });
  expect(await mayAsk(owner)).toBe(true);
});

test("two servers that go over the limit together: the owner is told that it stopped", async () => {
  const { month } = await getUsage(owner);
  const here = await testShop(services, database);
  const boss = (await here.member("owner", { role: "owner" })).ctx;
  const there = { ...boss, db: (await testServices(database, { ownConnections: true })).db };
  await setBudget(boss, { monthlyYuan: 10, stops: true, prices: {} });
  expect(await mayAsk(boss)).toBe(true);
  expect(await mayAsk(there)).toBe(true);
  for (const node of [boss, there]) {
    keepCall(node, { ...call, inputTokens: 3_000_000 }, about); // 6 of 10 on each
    await flushUsage(node.db);
  }
  const told = () =>
    services.db.system((tx) =>
      tx.rows<{ what: string }>(
        "select payload->>'what' as what from outbox_event where tenant_id = $1 and kind = 'budget-reached'",
        [here.tenantId],
      ),
    );
  expect(await told()).toEqual([]);
  services.clock.advance(31_000);
  for (const _ of [1, 2]) expect(await mayAsk(boss)).toBe(false);
  await flushUsage(services.db);
  expect(await told()).toEqual([{ what: "limit" }]);
  expect((await getUsage(boss)).month).toBe(month);
});

test("a month with very many conversations counts them all", async () => {
  const busy = await testShop(services, database);
  const boss = (await busy.member("owner", { role: "owner" })).ctx;
  await database.asAdmin(
    `insert into usage_call (tenant_id, id, at, kind, model, task, input_tokens, cached_input_tokens, output_tokens,
       is_estimated, is_failed, took_ms, cost_micros, is_assumed, conversation_id, channel)
     select $1, gen_random_uuid(), $2, 'llm', 'm', 'answer', 1, 0, 1, false, false, 1, 10000, false, gen_random_uuid(), 'web'
     from generate_series(1, 2500)`,
    [busy.tenantId, services.clock.now()],
  );
  const report = await getUsage(boss);
  expect(report).toMatchObject({ conversations: 2_500, total: { calls: 2_500, yuan: 25 } });
  expect(report.yuanPerConversation).toBeCloseTo(0.01);
});

test("the shop's own price counts from then on", async () => {
  const before = (await getUsage(owner)).total.yuan;
  const price = { input: 1, cachedInput: 1, output: 1 };
  await setBudget(owner, { monthlyYuan: 900, stops: true, prices: { "deepseek/deepseek-chat": price } });
  keepCall(owner, call, about);
  await flushUsage(services.db);
  expect((await getUsage(owner)).total.yuan).toBeCloseTo(before + 1);
});

test("only who may change settings reads it; another shop has its own", async () => {
  const agent = (await shop.member("agent", { role: "agent" })).ctx;
  await expect(getUsage(agent)).rejects.toMatchObject({ code: "auth/not-allowed" });
  await expect(setBudget(agent, { monthlyYuan: 1, stops: true, prices: {} })).rejects.toMatchObject({
    code: "auth/not-allowed",
  });
  const stranger = await testShop(services, database);
  const theirs = await getUsage((await stranger.member("owner", { role: "owner" })).ctx);
  expect(theirs).toMatchObject({ total: { calls: 0 }, budget: { monthlyYuan: 500 } });
});

test("a conversation that was quiet for a day ends; a fresh one, or one with a person, does not", async () => {
  const quiet = await shop.write("quiet", "你好");
  const waiting = await shop.waiting("waiting");
  services.clock.advance(quietMs + 1_000);
  const fresh = await shop.write("fresh", "你好");
  expect(await settleQuiet(services)).toBeGreaterThan(0);
  const status = await services.db.system((tx) =>
    tx.rows<{ id: string; status: string; disposition: string | null }>(
      "select id, status, disposition from conversation where id = any($1::uuid[])",
      [[quiet, waiting, fresh]],
    ),
  );
  const of = (id: string) => status.find((row) => row.id === id);
  expect(of(quiet)).toMatchObject({ status: "resolved", disposition: "no-reply" });
  expect(of(waiting)?.status).toBe("open");
  expect(of(fresh)?.status).toBe("open");
  expect(await settleQuiet(services)).toBe(0);
});

test("the report of how conversations ended", async () => {
  const report = await getResolution(owner, 30);
  expect(report.counts.confirmed).toBe(1);
  expect(report.open).toBeGreaterThan(0);
  expect(report.solvedShare).toBe(1);
  expect(routes.getResolution.reply.parse(report)).toEqual(report);
});

test("a call stays for 400 days", async () => {
  const count = () =>
    services.db.system(async (tx) => {
      const { count } = await tx.one<{ count: number }>(
        "select count(*)::int as count from usage_call where tenant_id = $1",
        [shop.tenantId],
      );
      return count;
    });
  const kept = await count();
  expect(kept).toBeGreaterThan(0);
  await purgeUsage(services);
  expect(await count()).toBe(kept);
  services.clock.advance(401 * 86_400_000);
  await purgeUsage(services);
  expect(await count()).toBe(0);
});
