// Flows go on by themselves on a real database: a silent customer is reminded once and then let go, a wait goes on when its
// time has passed, also in another process; what the customer writes moves the time; two who try at once say it once.
import type { ConversationId } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { listFlows, switchFlow } from "../brain/index.ts";
import { getThread, presentConversations, receiveMessage } from "../conversations/index.ts";
import { newId } from "../platform/ids.ts";
import { createTurns, settleQuiet, type Turns } from "./index.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;
/** booking's own; what the shipped flows have where they say nothing else. */
const idleMs = 600_000;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
});
afterEach(() => turns.stop());

async function botLines(id: ConversationId): Promise<string[]> {
  const { messages } = await getThread(shop.ctx, id, {});
  return messages.flatMap(({ author, content }) =>
    author.kind === "bot" && content.kind !== "notice" ? [textOf(content)] : [],
  );
}
async function say(text: string): Promise<ConversationId> {
  const id = await shop.write("wang", text);
  await turns.run(shop.ctx, id);
  services.clock.advance(10_000);
  await turns.sweep(services);
  return id;
}
async function passes(ms: number): Promise<void> {
  services.clock.advance(ms);
  await turns.sweep(services);
}
async function dueOf(id: ConversationId): Promise<Date | null> {
  const [row] = await database.asAdmin<{ at: Date | null }>(
    "select flow_due_at as at from turn_state where conversation_id = $1",
    [id],
  );
  return row?.at ?? null;
}

test("who is silent is reminded once, then let go; nothing comes after it", async () => {
  await switchFlow(shop.ctx, "booking", true);
  const id = await say("预约");
  const before = await botLines(id);
  await passes(idleMs - 60_000);
  expect(await botLines(id)).toEqual(before);
  await passes(60_000);
  expect((await botLines(id)).at(-1)).toBe("您还在吗？想约哪一天？");
  await turns.stop();
  turns = createTurns(); // as after a restart
  await passes(idleMs);
  expect((await botLines(id)).at(-1)).toContain("这次办理我先关闭了");
  await passes(idleMs * 3);
  expect(await botLines(id)).toHaveLength(before.length + 2);
  expect(await dueOf(id)).toBeNull();
});

test("what the customer writes moves the time, and ends it with the flow", async () => {
  await switchFlow(shop.ctx, "booking", true);
  const id = await say("预约");
  const first = await dueOf(id);
  await passes(idleMs - 60_000);
  await say("周六");
  expect((await dueOf(id))?.getTime()).toBeGreaterThan(first?.getTime() ?? Number.POSITIVE_INFINITY);
  const before = await botLines(id);
  await passes(120_000);
  expect(await botLines(id)).toEqual(before);
  await say("算了");
  expect(await dueOf(id)).toBeNull();
  await passes(idleMs * 2);
  expect((await botLines(id)).join("\n")).not.toContain("您还在吗");
});

test("two processes that come to it at once say it once", async () => {
  await switchFlow(shop.ctx, "booking", true);
  const id = await say("预约");
  const { length } = await botLines(id);
  const other = createTurns();
  services.clock.advance(idleMs);
  await Promise.all([turns.sweep(services), other.sweep(services)]);
  await other.stop();
  expect(await botLines(id)).toHaveLength(length + 1);
});

test("a wait goes on by itself when its time has passed", async () => {
  const yaml = `id: cooling
version: 1
name: { zh: 冷却, en: Cooling }
starts: { intents: [], phrases: { zh: [机器太热], en: [too hot] } }
steps:
  - { id: ask, kind: say, words: { zh: "请先关机。", en: "Please switch it off." }, next: cool }
  - { id: cool, kind: wait, seconds: 300, next: done }
  - { id: done, kind: end, words: { zh: "现在可以开机了。", en: "You can switch it on now." } }
`;
  await database.asAdmin(
    "insert into tenant_flow (tenant_id, flow, is_on, yaml, changed_at) values ($1, 'cooling', true, $2, now())",
    [shop.ctx.tenantId, yaml],
  );
  expect((await listFlows(shop.ctx)).find(({ id }) => id === "cooling")).toMatchObject({ problemCount: 0 });
  const id = await say("机器太热了");
  expect((await botLines(id)).at(-1)).toBe("请先关机。");
  await passes(280_000);
  expect((await botLines(id)).at(-1)).toBe("请先关机。");
  await passes(20_000);
  expect((await botLines(id)).at(-1)).toBe("现在可以开机了。");
  expect(await dueOf(id)).toBeNull();
});

test("a conversation whose flow still waits is not ended by a quiet day", async () => {
  const yaml = `id: curing
version: 1
name: { zh: 养护, en: Curing }
starts: { intents: [], phrases: { zh: [刚刷完漆], en: [just painted] } }
steps:
  - { id: ask, kind: say, words: { zh: "请先晾一天半。", en: "Please let it dry." }, next: day }
  - { id: day, kind: wait, seconds: 72000, next: half }
  - { id: half, kind: wait, seconds: 57600, next: done }
  - { id: done, kind: end, words: { zh: "现在可以搬回去了。", en: "You can move back in." } }
`;
  await database.asAdmin(
    "insert into tenant_flow (tenant_id, flow, is_on, yaml, changed_at) values ($1, 'curing', true, $2, now())",
    [shop.ctx.tenantId, yaml],
  );
  const id = await say("刚刷完漆");
  await passes(20 * 3_600_000);
  await passes(5 * 3_600_000);
  await settleQuiet(services);
  await passes(11 * 3_600_000);
  expect((await botLines(id)).at(-1)).toBe("现在可以搬回去了。");
  await passes(25 * 3_600_000);
  expect(await settleQuiet(services)).toBeGreaterThan(0);
});

test("a flow that was switched off says nothing any more, and a person's conversation is left alone", async () => {
  await switchFlow(shop.ctx, "booking", true);
  const id = await say("预约");
  const before = await botLines(id);
  await switchFlow(shop.ctx, "booking", false);
  await passes(idleMs);
  expect(await botLines(id)).toEqual(before);
  expect(await dueOf(id)).toBeNull();
});

test("what a flow had gathered goes with the form to leave a message", async () => {
  await switchFlow(shop.ctx, "leave-contact", true);
  await say("留个电话");
  await say("问外套尺码");
  const id = await say("我要找人工");
  const { messages } = await getThread(shop.ctx, id, {});
  const offered = messages.findLast(({ content }) => content.kind === "choices");
  expect(offered?.content).toMatchObject({
    choices: [{ action: "leave-message", fields: { text: "问外套尺码" } }],
  });
  const form = { kind: "form", purpose: "leave-message", fields: { text: "明天回我" } } as const;
  await receiveMessage(shop.ctx, {
    inboxId: shop.inbox.id,
    externalContactId: "wang",
    content: form,
    clientMessageId: newId<string>(),
    at: services.clock.now(),
    isBotOn: true,
    reopenWindowMs: 86_400_000,
    origin: "left-message",
  });
  await turns.run(shop.ctx, id);
  const [conversation] = await presentConversations(shop.ctx, [id]);
  expect(conversation?.handoff?.summary).toContain("明天回我");
  expect(conversation?.handoff?.summary).toContain("需求：问外套尺码");
});
