// Lines coming in: what is new, what is known, what is a duplicate, and what happens when many come at once.
import type { ConversationId } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transact } from "../platform/db/index.ts";
import { accessConversation } from "./access.ts";
import { applyTransition } from "./apply-transition.ts";
import { getContact } from "./contacts/get-contact.ts";
import { updateContact } from "./contacts/update-contact.ts";
import { readTurnMaterial } from "./load-turn-material.ts";
import { presentConversations } from "./present-conversation.ts";
import { getThread } from "./present-messages.ts";
import { receiveMessage } from "./receive-message.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { sendMessage } from "./send-message.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
const hourMs = 3_600_000;

async function eventsOf(shop: Shop, conversationId: string) {
  return desk.database.asAdmin<{ seq: number; kind: string; payload: Record<string, unknown> }>(
    "select seq, kind, payload from outbox_event where tenant_id = $1 and aggregate_id = $2 order by seq",
    [shop.tenantId, conversationId],
  );
}

describe("a visitor's lines", () => {
  test("the first one makes contact, identity, conversation #1 and the event; the second joins it", async () => {
    const shop = await desk.shop();
    const first = await recorded(shop.say("visitor-1", "你好，在吗？"));
    expect(first).toMatchObject({
      seq: 1,
      version: 1,
      isNewConversation: true,
      handler: { kind: "bot" },
      eventSeq: 1,
    });
    const second = await recorded(shop.say("visitor-1", "有人吗"));
    expect(second).toMatchObject({
      seq: 2,
      version: 2,
      isNewConversation: false,
      conversationId: first.conversationId,
      contactId: first.contactId,
      eventSeq: 2,
    });
    const [conversation] = await presentConversations(shop.owner, [first.conversationId]);
    expect(conversation).toMatchObject({
      number: 1,
      status: "open",
      channel: "web",
      lastMessage: { preview: "有人吗", authorKind: "contact" },
      lastMessageSeq: 2,
      waitingSinceAt: desk.clock.now().toISOString(),
      contact: { isNamed: false },
    });
    expect(conversation?.contact.name).toMatch(/^访客 [0-9A-F]{4}$/);
    expect(await eventsOf(shop, first.conversationId)).toMatchObject([
      { seq: 1, kind: "message-received", payload: { messageId: first.messageId, isNewConversation: true } },
      {
        seq: 2,
        kind: "message-received",
        payload: { messageId: second.messageId, isNewConversation: false },
      },
    ]);
  });

  test("another visitor gets the next number; the same id in another inbox is another contact", async () => {
    const shop = await desk.shop();
    const one = await recorded(shop.say("same-id", "hello"));
    const other = await recorded(shop.say("same-id", "hello", { inboxId: shop.api }));
    expect(other.contactId).not.toBe(one.contactId);
    const numbers = (await presentConversations(shop.owner, [one.conversationId, other.conversationId])).map(
      ({ number }) => number,
    );
    expect(numbers).toEqual([1, 2]);
  });

  test("a given name and context are kept, and a name that comes later replaces the made-up one", async () => {
    const shop = await desk.shop();
    const { contactId } = await recorded(
      shop.say("v", "hi", { context: { product: "茶壶" }, locale: "zh-CN" }),
    );
    await shop.say("v", "再问一下", { context: { product: "茶杯" }, contactName: "  李  雷 " });
    expect(await getContact(shop.owner, contactId)).toMatchObject({
      name: "李 雷",
      isNamed: true,
      language: "zh-CN",
      context: { product: "茶杯" },
    });
    await shop.say("v", "又来了", { contactName: "韩梅梅" });
    expect((await getContact(shop.owner, contactId)).name).toBe("李 雷");
  });

  test("nothing a contact said or is can be read in the database", async () => {
    const shop = await desk.shop();
    const planted = "白蔷薇Zq7";
    await shop.say(`ext-${planted}`, `我叫${planted}`, { contactName: planted, context: { page: planted } });
    const found = await desk.database.asAdmin<{ found: string }>(
      `select t::text as found from (select contact::text as t from contact union all select identity::text from identity
         union all select conversation::text from conversation union all select message::text from message
         union all select outbox_event::text from outbox_event) rows
       where t like $1 or t like $2`,
      [`%${planted}%`, `%${Buffer.from(planted).toString("hex")}%`],
    );
    expect(found).toEqual([]);
  });
});

describe("duplicates", () => {
  test("the same external id, or the same client id of a visitor, is recorded once", async () => {
    const shop = await desk.shop();
    const first = await recorded(shop.say("v", "once", { externalId: "p-1", clientMessageId: "client-1" }));
    const again = await shop.say("v", "once", { externalId: "p-1" });
    const retried = await shop.say("v", "once", { clientMessageId: "client-1" });
    const same = {
      kind: "duplicate",
      conversationId: first.conversationId,
      messageId: first.messageId,
      seq: 1,
    };
    expect(again).toEqual(same);
    expect(retried).toEqual(same);
    expect(await eventsOf(shop, first.conversationId)).toHaveLength(1);
    // another visitor may use the same client id, another inbox the same external id
    expect((await recorded(shop.say("w", "mine", { clientMessageId: "client-1" }))).isNewConversation).toBe(
      true,
    );
    expect((await shop.say("v", "mine", { externalId: "p-1", inboxId: shop.api })).kind).toBe("recorded");
  });

  test("a replayed line does not reopen what was resolved meanwhile", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", "hello", { externalId: "p-1" }));
    await resolveConversation(shop.owner, conversationId, "solved");
    expect((await shop.say("v", "hello", { externalId: "p-1" })).kind).toBe("duplicate");
    expect((await accessConversation(shop.owner, conversationId)).status).toBe("resolved");
  });

  test("ids that no database could hold are still told apart", async () => {
    const shop = await desk.shop();
    const odd = ["nul\0", "\ud800", "x".repeat(5_000), "x".repeat(5_001), "nul"];
    for (const externalId of odd) expect((await shop.say("v", "hi", { externalId })).kind).toBe("recorded");
    for (const externalId of odd) expect((await shop.say("v", "hi", { externalId })).kind).toBe("duplicate");
  });

  test("any order and repetition of deliveries leaves each line once", async () => {
    const shop = await desk.shop();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 14 }),
        async (order) => {
          const visitor = `v-${crypto.randomUUID()}`;
          let conversationId: ConversationId | undefined;
          for (const n of order) {
            const at = new Date(desk.clock.nowMs() + n * 1_000);
            const received = await shop.say(visitor, `line ${n}`, { externalId: `${visitor}-${n}`, at });
            conversationId ??= received.conversationId;
          }
          if (!conversationId) return;
          const { messages } = await getThread(shop.owner, conversationId, { limit: 100 });
          expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
          expect(new Set(messages.map(({ content }) => JSON.stringify(content))).size).toBe(
            new Set(order).size,
          );
          expect(messages).toHaveLength(new Set(order).size);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("many at once", () => {
  test("40 first lines of one visitor meet in one conversation, numbered without a gap", async () => {
    const shop = await desk.shop();
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, n) => recorded(shop.say("rush", `line ${n}`))),
    );
    expect(new Set(results.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(new Set(results.map(({ contactId }) => contactId)).size).toBe(1);
    expect(results.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
    expect(results.filter(({ isNewConversation }) => isNewConversation)).toHaveLength(1);
    const [first] = results;
    if (!first) throw new Error("no result");
    expect((await eventsOf(shop, first.conversationId)).map(({ seq }) => Number(seq))).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
  });

  test("40 deliveries of the same message at once are one message", async () => {
    const shop = await desk.shop();
    const results = await Promise.all(
      Array.from({ length: 40 }, () => shop.say("rush", "once", { externalId: "same" })),
    );
    expect(results.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
  });

  test("the same external id from two contacts at once is one message", async () => {
    const shop = await desk.shop();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, n) => shop.say(`contact-${n}`, "once", { externalId: "same" })),
    );
    expect(results.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
  });

  test("40 visitors at once get 40 different numbers", async () => {
    const shop = await desk.shop();
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, n) => recorded(shop.say(`v-${n}`, "hi"))),
    );
    const conversations = await presentConversations(
      shop.owner,
      results.map(({ conversationId }) => conversationId),
    );
    expect(conversations.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
  });
});

describe("after the end", () => {
  test("20 lines at once after the window begin one conversation, within it they reopen the last", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("again", "hello"));
    const rush = (reopenWindowMs: number) =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) => recorded(shop.say("again", `l${n}`, { reopenWindowMs }))),
      );
    await resolveConversation(shop.owner, conversationId, "solved");
    const within = await rush(86_400_000);
    expect(new Set(within.map((line) => line.conversationId))).toEqual(new Set([conversationId]));
    const kinds = (await eventsOf(shop, conversationId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "conversation-reopened")).toHaveLength(1);
    await resolveConversation(shop.owner, conversationId, "solved");
    desk.clock.advance(1_000);
    const after = await rush(0);
    expect(new Set(after.map((line) => line.conversationId)).size).toBe(1);
    expect(after[0]?.conversationId).not.toBe(conversationId);
    expect(after.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
  });

  test("within the window the line reopens for the bot, after it a new conversation begins", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", "first"));
    await resolveConversation(shop.owner, conversationId, "solved");
    desk.clock.advance(hourMs);
    const within = await recorded(shop.say("v", "again", { reopenWindowMs: hourMs }));
    expect(within).toMatchObject({ conversationId, isNewConversation: false, handler: { kind: "bot" } });
    expect((await eventsOf(shop, conversationId)).at(-1)).toMatchObject({ kind: "conversation-reopened" });
    await resolveConversation(shop.owner, conversationId, "solved");
    desk.clock.advance(hourMs + 1);
    const after = await recorded(shop.say("v", "later", { reopenWindowMs: hourMs }));
    expect(after).toMatchObject({ isNewConversation: true, contactId: within.contactId, seq: 1 });
    expect(after.conversationId).not.toBe(conversationId);
  });

  test("an older conversation that was opened again by hand is the one that goes on", async () => {
    const shop = await desk.shop();
    const old = await recorded(shop.say("v", "first"));
    await resolveConversation(shop.owner, old.conversationId, "solved");
    desk.clock.advance(hourMs);
    const young = await recorded(shop.say("v", "second", { reopenWindowMs: 0 }));
    await resolveConversation(shop.owner, young.conversationId, "solved");
    await sendMessage(shop.owner, {
      conversationId: old.conversationId,
      content: { kind: "text", text: "one more thing" },
    });
    expect((await recorded(shop.say("v", "yes?"))).conversationId).toBe(old.conversationId);
  });

  test("a snoozed conversation wakes with its owner", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const { conversationId } = await recorded(shop.say("v", "first"));
    await sendMessage(agent, { conversationId, content: { kind: "text", text: "moment" } });
    await snoozeConversation(agent, conversationId, new Date(desk.clock.nowMs() + hourMs));
    const woken = await recorded(shop.say("v", "and?"));
    expect(woken.handler).toEqual({ kind: "agent", agentId: agent.userId });
    expect(await accessConversation(agent, conversationId)).toMatchObject({
      status: "open",
      snoozedUntilAt: null,
    });
    expect((await eventsOf(shop, conversationId)).at(-1)).toMatchObject({
      kind: "conversation-changed",
      payload: { changed: ["status"] },
    });
  });

  test("with the bot off nobody has it, and turns hears of it", async () => {
    const shop = await desk.shop();
    const received = await recorded(shop.say("v", "hello", { isBotOn: false }));
    expect(received.handler).toEqual({ kind: "nobody" });
    const back = await recorded(shop.say("v", "hello?", { isBotOn: true }));
    expect(back.handler).toEqual({ kind: "bot" });
  });

  test("a blocked contact is recorded and brings no work", async () => {
    const shop = await desk.shop();
    const { conversationId, contactId } = await recorded(shop.say("v", "buy my pills"));
    const { version } = await getContact(shop.owner, contactId);
    await updateContact(shop.owner, contactId, { isBlocked: true, version });
    expect(await accessConversation(shop.owner, conversationId)).toMatchObject({
      status: "resolved",
      disposition: "spam",
    });
    const more = await recorded(shop.say("v", "cheap!", { reopenWindowMs: 0 }));
    expect(more).toMatchObject({ conversationId, isNewConversation: false, handler: { kind: "nobody" } });
    expect((await readTurnMaterial(shop.system, conversationId))?.contact.isBlocked).toBe(true);
  });

  test("a left message says so, and enters the queue by its own event", async () => {
    const shop = await desk.shop();
    const content = {
      kind: "form" as const,
      purpose: "leave-message" as const,
      fields: { phone: "13812345678" },
    };
    const { conversationId } = await recorded(
      (async () => receiveMessage(shop.system, shop.line(content, { origin: "left-message" })))(),
    );
    expect((await accessConversation(shop.owner, conversationId)).origin).toBe("left-message");
    const queueId = crypto.randomUUID() as never;
    const applied = await transact(shop.system, (tx) =>
      applyTransition(shop.system, tx, conversationId, {
        kind: "left-message",
        queueId,
        at: desk.clock.now(),
      }),
    );
    expect(applied).toMatchObject({ kind: "applied", conversation: { handler: { kind: "queue" } } });
  });
});

describe("odd texts", () => {
  test.each([
    ["emoji of several code points", "👨‍👩‍👧‍👦🏳️‍🌈"],
    ["right to left", "مرحبا שלום"],
    ["direction marks and zero widths", "\u202eabc\u200b\u2066x\u2069"],
    ["controls and NUL", "a\0b\u0007c"],
    ["a long text", "好".repeat(4_000)],
    ["markup", "<script>alert(1)</script>"],
  ])("%s comes back as it was said", async (_name, text) => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", text));
    const { messages } = await getThread(shop.owner, conversationId);
    expect(messages[0]?.content).toEqual({ kind: "text", text });
  });

  test("a lone surrogate becomes the replacement character, in names and fields, too", async () => {
    const shop = await desk.shop();
    const { conversationId, contactId } = await recorded(
      shop.say("v", "half \ud83d", { contactName: "\udc00Li", context: { page: "\ud83d" } }),
    );
    const { messages } = await getThread(shop.owner, conversationId);
    expect(messages[0]?.content).toEqual({ kind: "text", text: "half \ufffd" });
    expect(await getContact(shop.owner, contactId)).toMatchObject({
      name: "\ufffdLi",
      context: { page: "\ufffd" },
    });
  });
});

test("another tenant neither finds the conversation nor meets its visitor", async () => {
  const [one, other] = [await desk.shop(), await desk.shop()];
  const { conversationId } = await recorded(one.say("v", "hello", { externalId: "p-1" }));
  await expect(accessConversation(other.owner, conversationId)).rejects.toMatchObject({
    code: "conversation/not-found",
  });
  expect(await presentConversations(other.owner, [conversationId])).toEqual([]);
  expect(await recorded(other.say("v", "hello", { externalId: "p-1" }))).toMatchObject({
    isNewConversation: true,
  });
  // an inbox of another tenant is no inbox at all
  await expect(one.say("w", "hello", { inboxId: other.web })).rejects.toMatchObject({ code: "23503" });
});
