// Deciding beside people: behind the message path, without a large model, over the lines the bot would have taken together, and
// remembering only what a person said of it.
import { type ConversationId, type PilotMode, usualBehaviour } from "@yingda/contract";
import { afterAll, beforeEach, expect, test } from "vitest";
import { chatService } from "../../../test/chat-service.ts";
import { testDatabase } from "../../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../../test/line.ts";
import { ScriptedBrain } from "../../../test/scripted-brain.ts";
import { startServices, testServices } from "../../../test/services.ts";
import { createFaq } from "../../brain/index.ts";
import {
  applyTransition,
  getInbox,
  presentConversations,
  sendMessage,
  updateInbox,
} from "../../conversations/index.ts";
import { transact } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids.ts";
import type { Brain } from "../ask-brain.ts";
import { localBrain } from "../ask-brain.ts";
import { createTurns } from "../index.ts";
import { listBotDrafts } from "./list-drafts.ts";

const database = await testDatabase();
const service = await chatService();
const services = await testServices(database, {
  config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }] },
});
/** What each test decides with. */
let brain: Brain;
const scripted = new ScriptedBrain();
const turns = createTurns({
  decide: (...given) => brain.decide(...given),
  foresee: (ctx, input, signal) =>
    brain.foresee?.(ctx, input, signal) ?? brain.decide(ctx, input, signal, () => {}),
});
services.outbox.subscribe(turns.subscriber);
services.outbox.subscribe(turns.pilot);
await startServices(services);
afterAll(async () => {
  await turns.stop();
  await service.close();
});

let shop: TestShop;
let agent: TestMember;
beforeEach(async () => {
  shop = await testShop(services, database);
  agent = await shop.member("小林");
  await tryOut("suggest");
  scripted.asked.length = 0;
  scripted.gate = Promise.resolve();
  brain = scripted;
});

async function tryOut(mode: PilotMode): Promise<void> {
  const inbox = await getInbox(shop.ctx, shop.inbox.id);
  await updateInbox(shop.ctx, shop.inbox.id, {
    version: inbox?.version ?? 0,
    behaviour: { ...usualBehaviour, pilot: { mode, percent: 10, userIds: [] } },
  });
}
const settled = () => services.outbox.settled();
async function write(text: string): Promise<ConversationId> {
  const id = await shop.write("a", text);
  await settled();
  return id;
}
async function say(conversationId: ConversationId, text: string): Promise<void> {
  await sendMessage(agent.ctx, {
    conversationId,
    content: { kind: "text", text },
    clientMessageId: newId<string>(),
  });
  await settled();
}
const drafts = async (id: ConversationId) =>
  (await listBotDrafts(agent.ctx, id)).map(({ asked, route }) => [asked, route]);

test("people have the conversation before the bot has made up its mind", async () => {
  let decide = () => {};
  scripted.gate = new Promise<void>((resolve) => {
    decide = resolve;
  });
  const id = await shop.write("a", "什么时候发货");
  await expect.poll(async () => (await presentConversations(shop.ctx, [id]))[0]?.handler.kind).toBe("queue");
  await expect.poll(() => scripted.asked.length).toBe(1);
  expect(await drafts(id)).toEqual([]);
  decide();
  await settled();
  expect(await drafts(id)).toEqual([["什么时候发货", "answer"]]);
});

test("lines within the quiet window are one when the bot would have waited; later ones and sure ones stand alone", async () => {
  const id = await write("那个?");
  await write("就是那个");
  expect(await drafts(id)).toEqual([["那个?\n就是那个", "ask-back"]]);
  services.clock.advance(60_000);
  await write("发货");
  await write("运费");
  expect(await drafts(id)).toEqual([
    ["那个?\n就是那个", "ask-back"],
    ["发货", "answer"],
    ["运费", "answer"],
  ]);
});

test("what the bot would remember is kept where a person said it, and nowhere else", async () => {
  const id = await write("退?");
  await say(id, "您想问？\n1. 退货");
  await write("第一个");
  expect(scripted.asked.at(-1)?.flowState).toMatchObject({ kind: "asked-back" });
  await say(id, "我帮您看一下，请稍等几分钟再回来");
  await write("换?");
  await say(id, "换货请把订单号告诉我，我来登记");
  await write("好");
  expect(scripted.asked.at(-1)?.flowState).toBeNull();
});

test("answered while the bot was deciding: no draft is left open", async () => {
  const id = await write("什么时候发货");
  await say(id, "下单后两天内发货，请放心");
  expect(await drafts(id)).toEqual([]);
  let decide = () => {};
  scripted.gate = new Promise<void>((resolve) => {
    decide = resolve;
  });
  await shop.write("a", "运费多少");
  await sendMessage(agent.ctx, {
    conversationId: id,
    content: { kind: "text", text: "满 99 元包邮，不满收 8 元" },
    clientMessageId: newId<string>(),
  });
  decide();
  await settled();
  const rows = await database.asAdmin<{ result: string }>(
    "select result from bot_draft where conversation_id = $1 order by to_seq",
    [id],
  );
  expect(rows.map(({ result }) => result).filter((result) => result === "open")).toEqual([]);
});

test("the shop's large model is not asked, and what ends ends the drafts", async () => {
  brain = localBrain;
  await database.asAdmin(
    `insert into language_model (tenant_id, id, position, preset, base_url, model) values ($1, $2, 1, 'custom', $3, 'tiny')`,
    [shop.tenantId, newId(), service.url],
  );
  await database.asAdmin(
    `insert into language_model_plan (tenant_id, is_on, tasks) values ($1, true, '{}')`,
    [shop.tenantId],
  );
  await createFaq(shop.ctx, { slug: "ship", question: "多久发货", answer: "48 小时内发货。" } as never);
  const id = await write("东西买了要等多久");
  expect(await drafts(id)).toHaveLength(1);
  expect(service.requests).toBe(0);
  // the same line of a customer whom the bot answers does ask it
  await tryOut("all");
  await shop.write("b", "东西买了要等多久");
  await settled();
  services.clock.advance(60_000);
  await turns.sweep(services);
  expect(service.requests).toBeGreaterThan(0);
  await transact(shop.ctx, (tx) =>
    applyTransition(shop.ctx, tx, id, {
      kind: "resolve",
      disposition: "other",
      by: "agent",
      at: services.clock.now(),
    }),
  );
  await settled();
  const rows = await database.asAdmin<{ result: string; is_final: boolean }>(
    "select result, is_final from bot_draft where conversation_id = $1",
    [id],
  );
  expect(rows).toEqual([{ result: "ignored", is_final: true }]);
});
