// Answers going out: who may, what they take, what is refused, and what stays single under retries and races.
import type { ConversationId, InboxId, MessageId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { accessConversation } from "./access.ts";
import { addNote } from "./add-note.ts";
import { appendMessage } from "./append-message.ts";
import { loadOutbound } from "./load-outbound.ts";
import { readTurnMaterial } from "./load-turn-material.ts";
import { getThread } from "./present-messages.ts";
import { recordDelivery } from "./record-delivery.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { retryMessage } from "./retry-message.ts";
import { sendMessage } from "./send-message.ts";
import { codeOf, openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
const text = (words: string) => ({ kind: "text" as const, text: words });

async function talk(shop: Shop, inboxId?: InboxId): Promise<ConversationId> {
  const change = inboxId ? { inboxId } : {};
  return (await recorded(shop.say(newId<string>(), "你好", change))).conversationId;
}

describe("an agent's reply", () => {
  test("takes the conversation from the bot, says so, and ends the waiting", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const conversationId = await talk(shop);
    const sent = await sendMessage(agent, { conversationId, content: text("您好，我是小王") });
    expect(sent).toMatchObject({ kind: "outbound", author: { kind: "agent", id: agent.userId }, seq: 3 });
    expect(await accessConversation(agent, conversationId)).toMatchObject({
      handler: { kind: "agent", agentId: agent.userId },
      version: 2,
      waitingSinceAt: null,
      lastAnswerSeq: 3,
    });
    const { messages } = await getThread(agent, conversationId);
    expect(messages.map(({ kind, content }) => [kind, content.kind])).toEqual([
      ["inbound", "text"],
      ["event", "notice"],
      ["outbound", "text"],
    ]);
  });

  test("sent twice with one clientMessageId is one message, also at the same time", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const conversationId = await talk(shop);
    const clientMessageId = newId<string>();
    const sends = await Promise.all(
      Array.from({ length: 8 }, () =>
        sendMessage(agent, { conversationId, content: text("once"), clientMessageId }),
      ),
    );
    expect(new Set(sends.map(({ id }) => id)).size).toBe(1);
    expect(
      (await getThread(agent, conversationId)).messages.filter(({ kind }) => kind === "outbound"),
    ).toHaveLength(1);
  });

  test("after somebody else's newer answer it is refused when the author says what they had seen", async () => {
    const shop = await desk.shop();
    const [wei, mei] = [await shop.agent(), await shop.agent()];
    const conversationId = await talk(shop);
    const { seq } = await sendMessage(wei, { conversationId, content: text("first") });
    expect(await codeOf(sendMessage(mei, { conversationId, content: text("me too"), seenSeq: 1 }))).toBe(
      "conversation/newer-reply",
    );
    // one's own line and the contact's are no reason
    await sendMessage(wei, { conversationId, content: text("second"), seenSeq: 1 });
    expect(await codeOf(sendMessage(mei, { conversationId, content: text("seen"), seenSeq: seq + 1 }))).toBe(
      "no refusal",
    );
  });

  test("a colleague's help leaves the conversation with who has it", async () => {
    const shop = await desk.shop();
    const [wei, mei] = [await shop.agent(), await shop.agent()];
    const conversationId = await talk(shop);
    await sendMessage(wei, { conversationId, content: text("mine") });
    await sendMessage(mei, { conversationId, content: text("and a hint") });
    expect((await accessConversation(wei, conversationId)).handler).toEqual({
      kind: "agent",
      agentId: wei.userId,
    });
  });

  test.each([
    ["nothing but spaces", text(" \n "), "message/empty"],
    [
      "a form",
      { kind: "form" as const, purpose: "leave-message" as const, fields: {} },
      "message/unsupported",
    ],
    ["what only platforms make", { kind: "unsupported" as const, described: "x" }, "message/unsupported"],
  ])("%s is refused", async (_name, content, code) => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    expect(await codeOf(sendMessage(agent, { conversationId: await talk(shop), content }))).toBe(code);
  });

  test("is for those who may: not viewers, not keys without the scope, not other tenants", async () => {
    const [shop, other] = [await desk.shop(), await desk.shop()];
    const conversationId = await talk(shop);
    const send = (ctx: Parameters<typeof sendMessage>[0]) =>
      codeOf(sendMessage(ctx, { conversationId, content: text("x") }));
    expect(await send(await shop.agent("viewer"))).toBe("auth/not-allowed");
    expect(await send(shop.apiKey("conversations-read"))).toBe("auth/scope-missing");
    expect(await send(other.owner)).toBe("conversation/not-found");
    expect(await send(shop.apiKey("conversations-reply"))).toBe("no refusal");
  });
});

test("a program's reply speaks as the bot and takes nothing; to a resolved conversation it is refused", async () => {
  const shop = await desk.shop();
  const key = shop.apiKey("conversations-reply", "conversations-read");
  const conversationId = await talk(shop);
  expect((await sendMessage(key, { conversationId, content: text("auto") })).author.kind).toBe("bot");
  expect((await accessConversation(key, conversationId)).handler).toEqual({ kind: "bot" });
  await resolveConversation(key, conversationId, "solved");
  expect(await codeOf(sendMessage(key, { conversationId, content: text("late") }))).toBe(
    "conversation/resolved",
  );
});

describe("an answer of the bot", () => {
  test("is discarded when the conversation moved on, and leaves nothing behind", async () => {
    const shop = await desk.shop();
    const visitor = newId<string>();
    const { conversationId, version } = await recorded(shop.say(visitor, "first"));
    await shop.say(visitor, "second");
    const append = (expectVersion: number) =>
      transact(shop.system, (tx) =>
        appendMessage(shop.system, tx, {
          conversationId,
          author: { kind: "bot", id: null, name: "小应" },
          content: text("answer"),
          expectVersion,
        }),
      );
    expect(await append(version)).toEqual({ kind: "refused", code: "conversation/version-moved" });
    expect((await getThread(shop.owner, conversationId)).messages).toHaveLength(2);
    expect(await append(version + 1)).toMatchObject({ kind: "appended", version: version + 1 });
  });

  test("goes with its transaction: rolled back, it was never there and nobody heard of it", async () => {
    const shop = await desk.shop();
    const conversationId = await talk(shop);
    const heard: string[] = [];
    const stop = desk.services.outbox.listen({
      name: "ear",
      heard: (refs) => heard.push(...refs.map(({ kind }) => kind)),
    });
    const gone = transact(shop.system, async (tx) => {
      await appendMessage(shop.system, tx, {
        conversationId,
        author: { kind: "bot", id: null, name: null },
        content: text("x"),
      });
      throw new Error("the rest of the turn failed");
    });
    await expect(gone).rejects.toThrow("the rest of the turn failed");
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    expect(heard).not.toContain("message-queued");
    expect((await getThread(shop.owner, conversationId)).messages).toHaveLength(1);
  });
});

test("two agents who answer an unowned conversation at once: one has it, both answers stand", async () => {
  const shop = await desk.shop();
  const agents = await Promise.all(Array.from({ length: 4 }, () => shop.agent()));
  const conversationId = await talk(shop);
  await Promise.all(agents.map((agent) => sendMessage(agent, { conversationId, content: text("hello") })));
  const { messages } = await getThread(shop.owner, conversationId);
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(messages.filter(({ kind }) => kind === "event")).toHaveLength(1);
});

test("a note is for colleagues: it answers nobody, counts for nobody, and a retry writes it once", async () => {
  const shop = await desk.shop();
  const agent = await shop.agent();
  const conversationId = await talk(shop);
  const note = { conversationId, clientMessageId: newId<string>(), text: "老客户，客气点" };
  const first = await addNote(agent, note);
  expect((await addNote(agent, note)).id).toBe(first.id);
  const after = await accessConversation(agent, conversationId);
  expect(after).toMatchObject({ handler: { kind: "bot" }, version: 1, lastAnswerSeq: 0 });
  expect(after.waitingSinceAt).not.toBeNull();
  expect(await codeOf(addNote(await shop.agent("viewer"), note))).toBe("auth/not-allowed");
});

describe("what becomes of a message", () => {
  const order = ["queued", "sent", "delivered", "read"] as const;

  async function queued(shop: Shop): Promise<MessageId> {
    const conversationId = await talk(shop, shop.api);
    return (await sendMessage(await shop.agent(), { conversationId, content: text("to the platform") })).id;
  }

  test("on web it is sent once recorded, on a push channel it waits to be sent", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const web = await sendMessage(agent, { conversationId: await talk(shop), content: text("x") });
    expect(web.delivery.status).toBe("sent");
    const api = await sendMessage(agent, { conversationId: await talk(shop, shop.api), content: text("x") });
    expect(api.delivery.status).toBe("queued");
    const outbound = await loadOutbound(shop.system, api.conversationId, api.seq);
    expect(outbound).toMatchObject({ messageId: api.id, content: text("x"), channel: "api" });
    expect(await loadOutbound(shop.system, web.conversationId, web.seq)).toBeNull();
  });

  test.each(order.flatMap((was) => order.map((next) => [was, next] as const)))(
    "after %s, %s moves it only forward",
    async (was, next) => {
      const shop = await desk.shop();
      const messageId = await queued(shop);
      if (was !== "queued") await recordDelivery(shop.system, { messageId, status: was });
      const moves = order.indexOf(next) > order.indexOf(was);
      expect(await recordDelivery(shop.system, { messageId, status: next })).toEqual({
        kind: moves ? "recorded" : "unchanged",
      });
    },
  );

  test("failed and maybe-sent end the road; only a failed one can be sent again", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    for (const status of ["failed", "maybe-sent"] as const) {
      const messageId = await queued(shop);
      await recordDelivery(shop.system, { messageId, status, reason: "rejected" });
      for (const next of order)
        expect(await recordDelivery(shop.system, { messageId, status: next })).toEqual({ kind: "unchanged" });
      const again = retryMessage(agent, messageId);
      if (status === "maybe-sent") expect(await codeOf(again)).toBe("message/not-retryable");
      else expect((await again).delivery).toEqual({ status: "queued", reason: null });
    }
    expect(await codeOf(retryMessage(agent, newId<MessageId>()))).toBe("message/not-found");
  });

  test("a receipt finds the message by the platform's id; a platform that repeats an id stops nobody", async () => {
    const shop = await desk.shop();
    const [first, second] = [await queued(shop), await queued(shop)];
    await recordDelivery(shop.system, { messageId: first, status: "sent", externalId: "ok" });
    expect(
      await recordDelivery(shop.system, { messageId: second, status: "sent", externalId: "ok" }),
    ).toEqual({
      kind: "recorded",
    });
    expect(
      await recordDelivery(shop.system, { inboxId: shop.api, externalId: "ok", status: "read" }),
    ).toEqual({ kind: "recorded" });
    expect(
      await recordDelivery(shop.system, { inboxId: shop.web, externalId: "ok", status: "read" }),
    ).toEqual({ kind: "unchanged" });
  });

  test("an inbound line has no delivery", async () => {
    const shop = await desk.shop();
    const { messageId } = await recorded(shop.say("v", "hi"));
    expect(await recordDelivery(shop.system, { messageId, status: "read" })).toEqual({ kind: "unchanged" });
  });
});

describe("what a turn is given", () => {
  test("the lines since the last answer and at most twelve before, oldest first", async () => {
    const shop = await desk.shop();
    const visitor = newId<string>();
    const { conversationId } = await recorded(
      shop.say(visitor, "q0", { context: { table: "7" }, locale: "en" }),
    );
    const answer = (words: string) =>
      transact(shop.system, (tx) =>
        appendMessage(shop.system, tx, {
          conversationId,
          author: { kind: "bot", id: null, name: null },
          content: text(words),
        }),
      );
    for (let n = 1; n <= 8; n += 1) {
      await answer(`a${n}`);
      await shop.say(visitor, `q${n}`);
    }
    await addNote(shop.owner, { conversationId, clientMessageId: newId(), text: "internal" });
    await shop.say(visitor, "and");
    const material = await readTurnMaterial(shop.system, conversationId);
    const words = (list: { content: unknown }[] = []) =>
      list.map(({ content }) => (content as { text: string }).text);
    expect(words(material?.lines)).toEqual(["q8", "and"]);
    expect(words(material?.history)).toEqual([
      "q2",
      "a3",
      "q3",
      "a4",
      "q4",
      "a5",
      "q5",
      "a6",
      "q6",
      "a7",
      "q7",
      "a8",
    ]);
    expect(material).toMatchObject({
      contact: { context: { table: "7" }, language: "en", isBlocked: false },
    });
    expect(await accessConversation(shop.system, conversationId)).toMatchObject({
      ...material?.conversation,
    });
  });

  test("nothing is said: no lines; no such conversation: null", async () => {
    const shop = await desk.shop();
    const conversationId = await talk(shop);
    await sendMessage(await shop.agent(), { conversationId, content: text("hi") });
    expect((await readTurnMaterial(shop.system, conversationId))?.lines).toEqual([]);
    expect(await readTurnMaterial((await desk.shop()).system, conversationId)).toBeNull();
  });
});
