// Gaps on a real database with the real engine: what got no answer is found once, grouped, made into an FAQ or merged or
// ignored; figures of FAQs; everything goes with its conversation.
import { type ConversationId, type FaqId, faqDraft } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { type TestShop, testShop } from "../../../test/line.ts";
import { type TestServices, testServices } from "../../../test/services.ts";
import { createFaq, getFaq } from "../../brain/index.ts";
import { receiveMessage, recordRating, sendMessage } from "../../conversations/index.ts";
import { newId } from "../../platform/ids.ts";
import type { HeardEvent } from "../../platform/outbox/index.ts";
import { claimConversation } from "../../routing/index.ts";
import { createTurns, type Turns } from "../index.ts";
import { collectAllGaps, collectGaps } from "./collect-gaps.ts";
import { decideGap, mergeGap } from "./decide-gap.ts";
import { getFaqFigures } from "./faq-figures.ts";
import { listGaps } from "./list-gaps.ts";
import { gapSubscriber } from "./on-conversation-rated.ts";
import { suggestFromGap } from "./suggest-faq.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;
let fee: FaqId;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
  const draft = faqDraft.parse({ question: "运费多少钱", answer: "满 99 包邮。", slug: "fee" });
  fee = (await createFaq(shop.ctx, draft)).id;
});
afterEach(() => turns.stop());

/** Says a line and lets the bot finish. */
async function ask(who: string, text: string): Promise<ConversationId> {
  const id = await shop.write(who, text);
  await finish(id);
  return id;
}
async function finish(id: ConversationId): Promise<void> {
  const result = await turns.run(shop.ctx, id);
  if (result.kind !== "held") return;
  services.clock.advance(60_000);
  await turns.sweep(services);
}
async function press(who: string, action: "solved" | "not-solved", id: ConversationId): Promise<void> {
  await receiveMessage(shop.ctx, {
    inboxId: shop.inbox.id,
    externalContactId: who,
    content: { kind: "choices", text: action, choices: [{ id: action, label: action, action }] },
    clientMessageId: newId<string>(),
    at: services.clock.now(),
    isBotOn: true,
    reopenWindowMs: 86_400_000,
  });
  await finish(id);
}
const halfAnHour = () => services.clock.advance(31 * 60_000);
const open = async () => (await listGaps(shop.ctx, "open")).gaps;

describe("finding", () => {
  test("questions that mean the same are one gap with counts, samples and trend; looked at twice it is found once", async () => {
    await ask("a", "你们收不收加盟商");
    await ask("b", "请问收加盟商吗");
    await ask("c", "能不能用宠物医保报销");
    await ask("d", "运费多少钱");
    halfAnHour();
    expect(await collectGaps(shop.ctx)).toEqual({ found: 3 });
    expect(await collectGaps(shop.ctx)).toEqual({ found: 0 });
    const gaps = await open();
    const franchise = gaps.find(({ label }) => label.includes("加盟"));
    expect(franchise).toMatchObject({
      count: 2,
      channels: [{ channel: "web", count: 2 }],
      trend: { now: 2, before: 0 },
      state: "open",
    });
    expect(franchise?.samples.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["你们收不收加盟商", "请问收加盟商吗"]),
    );
    expect(gaps).toHaveLength(2);
    expect(gaps[0]?.count).toBe(2);
  });

  test("the night finds them too, and what comes later joins what is known", async () => {
    await ask("a", "你们收不收加盟商");
    halfAnHour();
    await collectAllGaps(services);
    await ask("b", "收不收加盟商呀");
    halfAnHour();
    await collectAllGaps(services);
    expect((await open()).map(({ count }) => count)).toEqual([2]);
  });

  test("an answer that did not help is a gap about its question; pressing solved is not", async () => {
    const id = await ask("a", "运费多少钱");
    await press("a", "not-solved", id);
    await press("b", "solved", await ask("b", "运费多少钱"));
    await collectGaps(shop.ctx);
    expect((await open()).map(({ label, reasons }) => [label, reasons])).toEqual([
      ["运费多少钱", { "not-solved": 1 }],
    ]);
    expect(await getFaqFigures(shop.ctx, 7)).toEqual({
      fee: { asked: 2, solved: 1, handedOver: 0, disliked: 1 },
    });
  });

  test("a person wanted right after an answer counts against it", async () => {
    await ask("a", "运费多少钱");
    await ask("a", "转人工");
    await collectGaps(shop.ctx);
    expect((await open()).map(({ label, reasons }) => [label, reasons])).toEqual([
      ["运费多少钱", { "handed-over": 1 }],
    ]);
    expect((await getFaqFigures(shop.ctx, 7)).fee).toMatchObject({ asked: 1, handedOver: 1, disliked: 0 });
  });

  test("a bad rating counts against the last answer, a good one does not", async () => {
    for (const [who, score] of [
      ["a", 1],
      ["b", 5],
    ] as const) {
      const conversationId = await ask(who, "运费多少钱");
      await recordRating(shop.ctx, { conversationId, score, comment: "" });
      const event = { kind: "conversation-rated", payload: { conversationId, score } };
      const done = Object.assign(async () => {}, { positions: [], written: () => {} });
      await gapSubscriber.handle?.(shop.ctx, event as HeardEvent<"conversation-rated">, done as never);
    }
    await collectGaps(shop.ctx);
    expect((await open()).map(({ reasons }) => reasons)).toEqual([{ rated: 1 }]);
    expect((await getFaqFigures(shop.ctx, 7)).fee).toMatchObject({ asked: 2, disliked: 1 });
  });
});

describe("deciding", () => {
  async function franchise() {
    await ask("a", "你们收不收加盟商");
    halfAnHour();
    await collectGaps(shop.ctx);
    const [gap] = await open();
    if (gap === undefined) throw new Error("no gap was found");
    return gap;
  }

  test("ignored stays ignored when it comes again, and can be taken back", async () => {
    const gap = await franchise();
    await decideGap(shop.ctx, gap.id, { state: "ignored" });
    await ask("b", "收不收加盟商");
    halfAnHour();
    await collectGaps(shop.ctx);
    expect(await open()).toEqual([]);
    const [ignored] = (await listGaps(shop.ctx, "ignored")).gaps;
    expect(ignored).toMatchObject({ id: gap.id, count: 2 });
    expect(await decideGap(shop.ctx, gap.id, { state: "open" })).toMatchObject({ state: "open" });
  });

  test("an FAQ is suggested with a colleague's words; once made, what still fails is a new gap", async () => {
    const id = await ask("a", "你们收不收加盟商");
    await ask("a", "就是开一家你们的分店");
    const agent = await shop.member("小林");
    await claimConversation(agent.ctx, id);
    await sendMessage(agent.ctx, {
      conversationId: id,
      content: { kind: "text", text: "您好" },
      clientMessageId: newId<string>(),
    });
    await sendMessage(agent.ctx, {
      conversationId: id,
      content: { kind: "text", text: "目前不开放加盟，直营门店欢迎来看。" },
      clientMessageId: newId<string>(),
    });
    halfAnHour();
    await collectGaps(shop.ctx);
    const gap = (await open()).find(({ label }) => label.includes("加盟商"));
    if (gap === undefined) throw new Error("no gap was found");
    expect(await suggestFromGap(shop.ctx, gap.id)).toMatchObject({
      question: gap.label,
      answer: "目前不开放加盟，直营门店欢迎来看。",
      conversationId: id,
    });
    await decideGap(shop.ctx, gap.id, { state: "made", faqId: fee });
    await ask("b", "你们收不收加盟商");
    halfAnHour();
    await collectGaps(shop.ctx);
    expect((await open()).filter(({ label }) => label.includes("加盟商"))).toMatchObject([{ count: 1 }]);
  });

  test("merging makes phrasings of the questions, but for what names a number or an address", async () => {
    await ask("a", "你们收不收加盟商");
    await ask("b", "你们收不收加盟商，电话 13912345678");
    halfAnHour();
    await collectGaps(shop.ctx);
    const gaps = await open();
    for (const gap of gaps) await mergeGap(shop.ctx, gap.id, fee);
    const faq = await getFaq(shop.ctx, fee);
    expect(faq.phrasings).toEqual(["你们收不收加盟商"]);
    expect(await open()).toEqual([]);
  });
});

test("questions end with their conversation; another shop sees none", async () => {
  await ask("a", "你们收不收加盟商");
  halfAnHour();
  await collectGaps(shop.ctx);
  const other = await testShop(services, database);
  expect((await listGaps(other.ctx, "open")).gaps).toEqual([]);
  await database.asAdmin("delete from conversation where tenant_id = $1", [shop.tenantId]);
  expect(await open()).toEqual([]);
  const left = await database.asAdmin("select 1 from gap_question where tenant_id = $1", [shop.tenantId]);
  expect(left).toEqual([]);
});
