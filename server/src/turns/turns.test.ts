// Turns on a real database: who answers, when, and what happens when contact, agent, clock or machine come in between.
// The brain is one that says what each test wants; the real one is tested with the whole walk.
import type { Content, ConversationId } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { ScriptedBrain } from "../../test/scripted-brain.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { getThread, presentConversations, receiveMessage, sendMessage } from "../conversations/index.ts";
import { newId } from "../platform/ids.ts";
import { claimConversation } from "../routing/index.ts";
import { createTurns, getTrace, type Turns } from "./index.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;
let brain: ScriptedBrain;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  brain = new ScriptedBrain();
  turns = createTurns(brain);
});
afterEach(() => turns.stop());

const run = (conversationId: ConversationId) => turns.run(shop.ctx, conversationId);
const later = (seconds: number) => services.clock.advance(seconds * 1_000);
async function said(conversationId: ConversationId): Promise<string[]> {
  const { messages } = await getThread(shop.ctx, conversationId, {});
  return messages.flatMap(({ author, content }) =>
    author.kind === "bot" && content.kind !== "notice" ? [textOf(content)] : [],
  );
}
async function stateOf(conversationId: ConversationId) {
  const [conversation] = await presentConversations(shop.ctx, [conversationId]);
  if (!conversation) throw new Error("the conversation is gone");
  return conversation;
}
async function count(table: "held_turn" | "turn_trace" | "queue_entry"): Promise<number> {
  const [row] = await database.asAdmin<{ count: number }>(
    `select count(*)::int as count from ${table} where tenant_id = $1`,
    [shop.tenantId],
  );
  return row?.count ?? -1;
}
function press(who: string, content: Content) {
  return receiveMessage(shop.ctx, {
    inboxId: shop.inbox.id,
    externalContactId: who,
    content,
    clientMessageId: newId<string>(),
    at: services.clock.now(),
    isBotOn: true,
    reopenWindowMs: 86_400_000,
    ...(content.kind === "form" ? { origin: "left-message" as const } : {}),
  });
}
const _choose = (who: string, action: "solved" | "not-solved" | "human") =>
  press(who, { kind: "choices", text: action, choices: [{ id: action, label: action, action }] });

describe("answering", () => {
  test("a sure answer goes out at once, with its trace sealed", async () => {
    const id = await shop.write("a", "怎么退货");
    const result = await run(id);
    expect(result).toMatchObject({ kind: "applied", outcome: "answer" });
    expect(await said(id)).toEqual(["答：怎么退货"]);
    const message = result.kind === "applied" ? result.messages[0] : undefined;
    if (!message) throw new Error("nothing was said");
    expect(message.hasTrace).toBe(true);
    const viewer = await shop.member("看", { role: "viewer" });
    expect(await getTrace(viewer.ctx, message.id)).toMatchObject({
      outcome: "answer",
      faq: "a",
      trace: [{ saw: "客户的原话" }],
    });
    const other = await testShop(services, database);
    await expect(getTrace(other.ctx, message.id)).rejects.toMatchObject({ code: "message/not-found" });
    const [stored] = await database.asAdmin<{ sealed: Buffer }>(
      "select sealed_trace as sealed from turn_trace where message_id = $1",
      [message.id],
    );
    expect(stored?.sealed.length).toBeGreaterThan(0);
    expect(stored?.sealed.toString("utf8")).not.toContain("客户");
  });

  test("running it again says nothing twice", async () => {
    const id = await shop.write("a", "怎么退货");
    await run(id);
    expect(await run(id)).toEqual({ kind: "skipped", because: "nothing-said" });
    expect(await said(id)).toHaveLength(1);
  });

  test("two servers at the same moment answer once", async () => {
    const id = await shop.write("a", "怎么退货");
    const others = [createTurns(brain), createTurns(brain), createTurns(brain)];
    await Promise.all([run(id), ...others.map((other) => other.run(shop.ctx, id))]);
    expect(await said(id)).toEqual(["答：怎么退货"]);
    expect(await count("turn_trace")).toBe(1);
  });

  test("what the brain is told: lines since the last answer, history before, what is remembered", async () => {
    const id = await shop.write("a", "怎么退货");
    await run(id);
    await shop.write("a", "运费");
    await shop.write("a", "谁出");
    await run(id);
    expect(brain.asked.at(-1)).toMatchObject({
      utterances: [{ content: { text: "运费" } }, { content: { text: "谁出" } }],
      history: [
        { author: "contact", text: "怎么退货" },
        { author: "bot", text: "答：怎么退货" },
      ],
      locale: "zh-CN",
      handoffAvailability: "nobody",
      turnsWithoutProgress: 0,
      flowState: null,
    });
  });
});

describe("the quiet window", () => {
  test("what is not sure waits until the contact is silent; a new line starts the wait anew", async () => {
    const id = await shop.write("a", "那个?");
    expect(await run(id)).toEqual({ kind: "held", dueAt: new Date(services.clock.nowMs() + 1_200) });
    later(1);
    await turns.sweep(services);
    expect(await said(id)).toEqual([]);
    await shop.write("a", "就是那个?");
    await run(id);
    later(1);
    await turns.sweep(services);
    expect(await said(id)).toEqual([]);
    expect(await count("held_turn")).toBe(1);
    later(0.3);
    await turns.sweep(services);
    expect(await said(id)).toEqual(["您想问？"]);
    expect(brain.asked.at(-1)?.utterances).toHaveLength(2);
    expect(await count("held_turn")).toBe(0);
  });

  test("a line that makes it clear is answered at once, for all lines", async () => {
    const id = await shop.write("a", "那个?");
    await run(id);
    await shop.member("李");
    later(2);
    await shop.write("a", "人工");
    await run(id);
    expect((await stateOf(id)).handler.kind).toBe("queue");
    expect(await count("held_turn")).toBe(0);
    expect(brain.asked.at(-1)?.utterances).toHaveLength(2);
  });

  test("another server takes up what the first one held before it stopped", async () => {
    const id = await shop.write("a", "那个?");
    await run(id);
    await turns.stop();
    later(2);
    await createTurns(brain).sweep(services);
    expect(await said(id)).toEqual(["您想问？"]);
  });

  test("what was asked back is remembered for the next turn, and forgotten with an answer", async () => {
    const id = await shop.write("a", "那个?");
    await run(id);
    later(2);
    await turns.sweep(services);
    await shop.write("a", "1");
    await run(id);
    expect(brain.asked.at(-1)).toMatchObject({
      flowState: { kind: "asked-back", candidates: [{ slug: "a", question: "退货" }] },
      turnsWithoutProgress: 1,
    });
    await shop.write("a", "谢谢");
    await run(id);
    expect(brain.asked.at(-1)).toMatchObject({ flowState: null, turnsWithoutProgress: 0 });
  });
});

describe("overtaken", () => {
  test("the contact writes while the brain thinks: the old answer is thrown away, the new one is for both lines", async () => {
    const id = await shop.write("a", "怎么退货");
    let open = () => {};
    brain.gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const running = run(id);
    while (brain.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await shop.write("a", "已经拆封了");
    open();
    expect(await running).toMatchObject({ kind: "applied" });
    expect(await said(id)).toEqual(["答：怎么退货 + 已经拆封了"]);
  });

  test("a person answers or takes over meanwhile: the bot is silent", async () => {
    const li = await shop.member("李");
    for (const take of ["reply", "claim"] as const) {
      const id = await shop.write(take, "怎么退货");
      let open = () => {};
      const before = brain.asked.length;
      brain.gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      const running = run(id);
      while (brain.asked.length === before) await new Promise((resolve) => setImmediate(resolve));
      if (take === "claim") await claimConversation(li.ctx, id);
      else
        await sendMessage(li.ctx, {
          conversationId: id,
          author: { kind: "agent", id: li.userId, name: "李" },
          content: { kind: "text", text: "我来" },
        });
      open();
      expect(await running).toMatchObject({
        kind: "skipped",
        because: take === "claim" ? "agent" : "nothing-said",
      });
      expect(await said(id)).toEqual([]);
    }
  });

  test("a held turn whose conversation a person took is dropped", async () => {
    const li = await shop.member("李");
    const id = await shop.write("a", "那个?");
    await run(id);
    await claimConversation(li.ctx, id);
    later(2);
    await turns.sweep(services);
    expect(await said(id)).toEqual([]);
    expect(await count("held_turn")).toBe(0);
  });
});
