// Turns on a real database, second part: from the bot to people and back, and a server that dies in between.
import type { Content, ConversationId, TurnInput } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { ScriptedBrain } from "../../test/scripted-brain.ts";
import { startServices, type TestServices, testServices } from "../../test/services.ts";
import {
  applyTransition,
  getThread,
  presentConversations,
  receiveMessage,
  sendMessage,
  updateInbox,
} from "../conversations/index.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { agentSeen, claimConversation, returnToBot, setHours } from "../routing/index.ts";
import { askBrain } from "./ask-brain.ts";
import { type Brain, createTurns, type Turns } from "./index.ts";

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
const choose = (who: string, action: "solved" | "not-solved" | "human") =>
  press(who, { kind: "choices", text: action, choices: [{ id: action, label: action, action }] });

describe("to a person", () => {
  test("the words, the hand-over and its summary are one", async () => {
    await shop.member("李");
    const id = await shop.write("a", "我要人工");
    await run(id);
    expect(await said(id)).toEqual(["正在转接"]);
    expect(await stateOf(id)).toMatchObject({
      handler: { kind: "queue" },
      handoff: { reason: "asked-for-human", summary: "我要人工" },
    });
    expect(await count("queue_entry")).toBe(1);
    // waiting is not the bot's turn
    await shop.write("a", "在吗");
    expect(await run(id)).toEqual({ kind: "skipped", because: "queue" });
  });

  test("the brain fails or says nothing for too long: a person", async () => {
    await shop.member("李");
    const id = await shop.write("a", "怎么办!");
    await run(id);
    expect(await stateOf(id)).toMatchObject({
      handler: { kind: "queue" },
      handoff: { reason: "bot-failed" },
    });
    expect(await said(id)).toEqual(["正在为您转接人工客服，请稍候。"]);
  });

  test("the brain fails and nobody is there: the form, and the owner hears of it", async () => {
    const id = await shop.write("a", "怎么办!");
    await run(id);
    const { messages } = await getThread(shop.ctx, id, {});
    expect(messages.at(-1)?.content).toMatchObject({
      kind: "choices",
      choices: [{ action: "leave-message" }],
    });
    const told = await database.asAdmin(
      "select 1 from outbox_event where aggregate_id = $1 and kind = 'nobody-available'",
      [id],
    );
    expect(told).toHaveLength(1);
  });

  test("not solved brings a person, solved ends it and may be rated", async () => {
    await shop.member("李");
    const id = await shop.write("a", "怎么退货");
    await run(id);
    await choose("a", "not-solved");
    await run(id);
    expect(await stateOf(id)).toMatchObject({
      handler: { kind: "queue" },
      handoff: { reason: "not-solved" },
    });
    const other = await shop.write("b", "怎么退货");
    await run(other);
    await choose("b", "solved");
    await run(other);
    expect(await stateOf(other)).toMatchObject({ status: "resolved", disposition: "answered-by-bot" });
    expect((await said(other)).at(-1)).toContain("很高兴");
  });

  test("the button for a person says so in plain words to the brain", async () => {
    await shop.member("李");
    const { conversationId } = await choose("a", "human");
    await run(conversationId);
    expect((await stateOf(conversationId)).handler.kind).toBe("queue");
  });

  test("a left message is taken also when the contact adds a word before it is answered", async () => {
    const { conversationId } = await press("a", {
      kind: "form",
      purpose: "leave-message",
      fields: { name: "李雷", message: "请回电" },
    });
    await shop.write("a", "谢谢");
    await run(conversationId);
    expect(await stateOf(conversationId)).toMatchObject({
      handler: { kind: "queue" },
      handoff: { reason: "left-message", summary: "客户留言。\n李雷\n请回电" },
    });
    expect(await said(conversationId)).toEqual(["已收到您的留言，我们会尽快回复您。"]);
  });

  test("a left message waits for the opening, is thanked for once, and alerts", async () => {
    const nineToSix = [{ opensMinute: 540, closesMinute: 1_080 }];
    await setHours(shop.ctx, {
      timeZone: "Asia/Shanghai",
      week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
      holidays: [],
    });
    const before = services.clock.now();
    services.clock.set(new Date("2026-11-21T03:00:00Z")); // a Saturday
    const { conversationId } = await press("a", {
      kind: "form",
      purpose: "leave-message",
      fields: { name: "李雷", message: "请回电" },
    });
    await run(conversationId);
    await run(conversationId);
    expect(await stateOf(conversationId)).toMatchObject({
      origin: "left-message",
      handler: { kind: "queue" },
      handoff: { reason: "left-message", summary: "客户留言。\n李雷\n请回电" },
    });
    expect(await said(conversationId)).toEqual(["已收到您的留言，我们会尽快回复您。"]);
    const [entry] = await database.asAdmin<{ at: Date }>(
      "select not_before_at as at from queue_entry where conversation_id = $1",
      [conversationId],
    );
    expect(entry?.at).toEqual(new Date("2026-11-23T01:00:00Z"));
    services.clock.set(before);
  });
});

describe("the bot is off", () => {
  async function switchOff() {
    const admin = await shop.member("管", { role: "admin", isConnected: false });
    const { bot, version, id } = shop.inbox;
    await updateInbox(admin.ctx, id, { version, bot: { ...bot, isOn: false } });
  }

  test("straight to the queue", async () => {
    await switchOff();
    await shop.member("李");
    const id = await shop.write("a", "你好");
    expect(await run(id)).toMatchObject({ kind: "applied", outcome: "handoff" });
    expect(await stateOf(id)).toMatchObject({ handler: { kind: "queue" }, handoff: { reason: "bot-off" } });
    expect(brain.asked).toEqual([]);
  });

  test("nobody there either: told once, and it waits where colleagues look", async () => {
    await switchOff();
    const id = await shop.write("a", "你好");
    await run(id);
    await shop.write("a", "有人吗");
    await run(id);
    expect(await said(id)).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ handler: { kind: "queue" }, handoff: { reason: "bot-off" } });
  });

  test("the form that was offered with it is thanked for, and it waits as before", async () => {
    await switchOff();
    const id = await shop.write("a", "你好");
    await run(id);
    await press("a", { kind: "form", purpose: "leave-message", fields: { message: "请回电" } });
    await run(id);
    await run(id);
    expect((await said(id)).slice(1)).toEqual(["已收到您的留言，我们会尽快回复您。"]);
    expect(await stateOf(id)).toMatchObject({ handler: { kind: "queue" }, handoff: { reason: "bot-off" } });
    expect(await count("queue_entry")).toBe(1);
  });

  test("switched off in the middle of a conversation", async () => {
    const id = await shop.write("a", "怎么退货");
    await run(id);
    await switchOff();
    await shop.member("李");
    later(2);
    await shop.write("a", "还有");
    await run(id);
    expect((await stateOf(id)).handoff).toMatchObject({ reason: "bot-off" });
  });
});

describe("giving back", () => {
  test("after the agent's silence the bot answers what is open; an agent who answers keeps it", async () => {
    const li = await shop.member("李");
    const id = await shop.write("a", "怎么退货");
    await claimConversation(li.ctx, id);
    await turns.subscriber.handle?.(shop.ctx, assignedEvent(id, li.userId), noted);
    later(20 * 60);
    await sendMessage(li.ctx, {
      conversationId: id,
      author: { kind: "agent", id: li.userId, name: "李" },
      content: { kind: "text", text: "七天" },
    });
    later(20 * 60);
    await turns.sweep(services);
    expect((await stateOf(id)).handler.kind).toBe("agent");
    await shop.write("a", "运费呢");
    later(29 * 60);
    await turns.sweep(services);
    expect((await stateOf(id)).handler.kind).toBe("agent");
    later(2 * 60);
    await turns.sweep(services);
    expect((await stateOf(id)).handler.kind).toBe("bot");
    await run(id); // what the subscriber does on conversation-returned
    expect(await said(id)).toEqual(["答：运费呢"]);
  });

  test("what an agent has put off sleeps as long as they said, and is theirs when it wakes", async () => {
    const li = await shop.member("李");
    const id = await shop.write("a", "预售到了告诉我");
    await claimConversation(li.ctx, id);
    await turns.subscriber.handle?.(shop.ctx, assignedEvent(id, li.userId), noted);
    const until = new Date(services.clock.nowMs() + 2 * 3_600_000);
    await transact(li.ctx, (tx) =>
      applyTransition(li.ctx, tx, id, { kind: "snooze", until, at: services.clock.now() }),
    );
    const sweepFor = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 10) {
        later(600);
        await turns.sweep(services);
      }
    };
    await sweepFor(110);
    expect(await stateOf(id)).toMatchObject({ status: "snoozed", handler: { kind: "agent" } });
    later(600);
    await transact(li.ctx, (tx) => applyTransition(li.ctx, tx, id, { kind: "wake" }));
    await sweepFor(20);
    expect(await stateOf(id)).toMatchObject({ status: "open", handler: { kind: "agent" } });
    await sweepFor(20);
    expect((await stateOf(id)).handler.kind).toBe("bot");
  });

  test("while people serve and the bot only drafts, nothing is taken from an agent", async () => {
    const admin = await shop.member("管", { role: "admin", isConnected: false });
    const { behaviour, version, id: inboxId } = shop.inbox;
    const pilot = { ...behaviour.pilot, mode: "suggest" as const };
    await updateInbox(admin.ctx, inboxId, { version, behaviour: { ...behaviour, pilot } });
    const li = await shop.member("李");
    const id = await shop.write("a", "怎么退货");
    await claimConversation(li.ctx, id);
    await turns.subscriber.handle?.(shop.ctx, assignedEvent(id, li.userId), noted);
    later(31 * 60);
    await turns.sweep(services);
    expect((await stateOf(id)).handler).toMatchObject({ kind: "agent", agentId: li.userId });
    await updateInbox(admin.ctx, inboxId, {
      version: version + 1,
      behaviour: { ...behaviour, pilot: { ...pilot, mode: "all" } },
    });
    later(31 * 60);
    await turns.sweep(services);
    expect((await stateOf(id)).handler.kind).toBe("bot");
  });

  test("given back by hand, the bot answers what is open", async () => {
    const li = await shop.member("李");
    const id = await shop.write("a", "怎么退货");
    await claimConversation(li.ctx, id);
    await returnToBot(li.ctx, id);
    await run(id);
    expect(await said(id)).toEqual(["答：怎么退货"]);
  });

  test("an agent who is gone loses those who write to them", async () => {
    const li = await shop.member("李");
    const id = await shop.write("a", "怎么退货");
    await claimConversation(li.ctx, id);
    later(200);
    await shop.write("a", "在吗");
    expect(await run(id)).toEqual({ kind: "skipped", because: "requeued" });
    expect((await stateOf(id)).handler.kind).toBe("queue");
    await agentSeen(shop.ctx, li.userId);
  });
});

const noted = Object.assign(async () => {}, { positions: [], written() {} });
function assignedEvent(conversationId: ConversationId, agentId: string) {
  return {
    id: newId<string>(),
    seq: 1,
    kind: "conversation-assigned",
    tenantId: shop.tenantId,
    aggregateId: conversationId,
    at: services.clock.now(),
    payload: { conversationId, agentId, by: "claim", version: 2 },
  } as never;
}

async function laneOf(aggregateId: string): Promise<number | undefined> {
  const [lane] = await database.asAdmin<{ done: number }>(
    "select done_seq as done from outbox_lane where subscriber = 'turns' and aggregate_id = $1",
    [aggregateId],
  );
  return lane?.done;
}

describe("a brain that says nothing", () => {
  test("is given its time and no more, and what it says later is not heard", async () => {
    const id = await shop.write("a", "怎么退货");
    const deltas: string[] = [];
    let say = (_text: string) => {};
    const silent: Brain = {
      decide: (_ctx, _input, _signal, onDelta) => {
        say = onDelta;
        return new Promise(() => {});
      },
    };
    const input = { conversationId: id } as unknown as TurnInput;
    expect(await askBrain(shop.ctx, silent, input, (text) => deltas.push(text), 30)).toEqual({
      kind: "failed",
      because: "time-out",
    });
    say("太晚了");
    expect(deltas).toEqual([]);
  });
});

describe("a server that dies", () => {
  test("after an answer was written and before it was heard of: the next turn reads what stands", async () => {
    const node = await testServices(database, { clock: services.clock });
    await startServices(node);
    shop = await testShop(node, database);
    const id = await shop.write("a", "怎么?");
    await run(id);
    later(10);
    await turns.sweep(node); // asks back, and remembers it
    await shop.write("a", "怎么退货");
    const broken = Object.assign(async () => {}, {
      positions: [],
      written() {
        throw new Error("the connection is gone");
      },
    });
    const payload = { conversationId: id, version: 1, isNewConversation: false };
    const heard = turns.subscriber.handle?.(shop.ctx, { kind: "message-received", payload } as never, broken);
    await expect(heard).rejects.toThrow("the connection is gone");
    expect((await said(id)).at(-1)).toBe("答：怎么退货");
    await shop.write("a", "运费呢");
    await run(id);
    expect(brain.asked.at(-1)).toMatchObject({ flowState: null, turnsWithoutProgress: 0 });
  });

  test("between commit and wake: the next one answers, exactly once, however often it starts", async () => {
    // the first node records the line and dies before anybody hears of it: its outbox was never started
    const id = await shop.write("a", "怎么退货");
    for (let start = 0; start < 2; start += 1) {
      const node = await testServices(database, { ownConnections: true, clock: services.clock });
      const nodeTurns = createTurns(brain);
      node.outbox.subscribe(nodeTurns.subscriber);
      await startServices(node);
      await vi.waitFor(async () => expect(await said(id)).toHaveLength(1), { timeout: 10_000 });
      await vi.waitFor(async () => expect(await laneOf(id)).toBe(1), { timeout: 10_000 });
      await nodeTurns.stop();
      await node.realtime.stop();
      await node.outbox.stop();
    }
    expect(await said(id)).toEqual(["答：怎么退货"]);
  });
});
