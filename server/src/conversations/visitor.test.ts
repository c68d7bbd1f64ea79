// What a contact sees of their conversation, what they may do with it, and what never leaves the team.
import { noticeCodes, type QueueId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { accessConversation } from "./access.ts";
import { addNote } from "./add-note.ts";
import { appendMessage } from "./append-message.ts";
import { applyTransition } from "./apply-transition.ts";
import { markRead, recordContactRead } from "./mark-read.ts";
import { presentConversations } from "./present-conversation.ts";
import {
  findVisitorConversation,
  presentForVisitor,
  presentMessagesForVisitor,
} from "./present-for-visitor.ts";
import { recordRating } from "./record-rating.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { sendMessage } from "./send-message.ts";
import { codeOf, openDesk, recorded } from "./testing/desk.ts";

const desk = await openDesk();
const dayMs = 86_400_000;
const text = (words: string) => ({ kind: "text" as const, text: words });

describe("the visitor's thread", () => {
  test("shows their lines and the answers, and nothing of the team's own", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const visitor = newId<string>();
    const { conversationId } = await recorded(shop.say(visitor, "你好", { clientMessageId: "client-1" }));
    await addNote(agent, { conversationId, clientMessageId: newId(), text: "难缠" });
    await sendMessage(agent, { conversationId, content: text("您好"), clientMessageId: "agent-secret-1" });
    await resolveConversation(agent, conversationId, "spam");
    const thread = await presentForVisitor(shop.system, conversationId);
    expect(thread?.messages.map(({ seq, from }) => [seq, from])).toEqual([
      [1, "me"],
      [3, "system"],
      [4, "agent"],
      [5, "system"],
    ]);
    const written = JSON.stringify(thread?.messages);
    for (const secret of ["难缠", "agent-secret-1", agent.userId, "spam"])
      expect(written).not.toContain(secret);
    expect(thread?.messages[0]).toMatchObject({
      clientMessageId: "client-1",
      status: "sent",
      content: text("你好"),
    });
    expect(thread?.messages[2]).toMatchObject({
      name: expect.stringMatching(/^Agent /),
      content: text("您好"),
    });
  });

  test("its cursor is the last event, so that what comes later continues it", async () => {
    const shop = await desk.shop();
    const visitor = newId<string>();
    const { conversationId, eventSeq } = await recorded(shop.say(visitor, "one"));
    expect((await presentForVisitor(shop.system, conversationId))?.eventSeq).toBe(eventSeq);
    const next = await recorded(shop.say(visitor, "two"));
    expect((await presentForVisitor(shop.system, conversationId))?.eventSeq).toBe(next.eventSeq);
    expect(next.eventSeq).toBe(eventSeq + 1);
  });

  test("pages back over lines that the visitor may not see", async () => {
    const shop = await desk.shop();
    const visitor = newId<string>();
    const { conversationId } = await recorded(shop.say(visitor, "line 1"));
    for (let n = 2; n <= 9; n += 1) {
      await addNote(shop.owner, { conversationId, clientMessageId: newId(), text: `note ${n}` });
      await shop.say(visitor, `line ${n}`);
    }
    const seen: string[] = [];
    let beforeSeq: number | undefined;
    for (let page = 0; page < 10; page += 1) {
      const thread = await presentForVisitor(shop.system, conversationId, {
        limit: 4,
        ...(beforeSeq === undefined ? {} : { beforeSeq }),
      });
      const words = (thread?.messages ?? []).map(({ content }) =>
        content.kind === "text" ? content.text : "",
      );
      seen.splice(0, 0, ...words);
      beforeSeq = thread?.messages[0]?.seq;
      if (!thread?.hasMore) break;
    }
    expect(seen).toEqual(Array.from({ length: 9 }, (_, index) => `line ${index + 1}`));
  });

  test("live events: notes and the team's notices are left out", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", "hi"));
    for (const code of noticeCodes)
      await transact(shop.system, (tx) =>
        appendMessage(shop.system, tx, {
          conversationId,
          author: { kind: "system", id: null, name: null },
          content: { kind: "notice", code, values: { agentId: "secret", name: "Wei" } },
        }),
      );
    const all = await presentMessagesForVisitor(
      shop.system,
      conversationId,
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    const codes = all.flatMap(({ content }) => (content.kind === "notice" ? [content.code] : []));
    expect(codes).not.toContain("assigned");
    expect(codes).not.toContain("snoozed");
    expect(codes).not.toContain("abandoned");
    expect(codes).toContain("agent-joined");
    expect(JSON.stringify(all)).not.toContain("secret");
  });

  test("says who has it: the agent's name as they signed", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const { conversationId } = await recorded(shop.say("v", "hi"));
    expect((await presentForVisitor(shop.system, conversationId))?.agentName).toBeNull();
    await transact(agent, (tx) =>
      applyTransition(agent, tx, conversationId, { kind: "claim", agentId: agent.userId, agentName: "小王" }),
    );
    expect((await presentForVisitor(shop.system, conversationId))?.agentName).toBe("小王");
    await markRead(agent, conversationId, 1);
    expect((await presentForVisitor(shop.system, conversationId))?.readSeq).toBe(1);
  });

  test("belongs to one visitor of one inbox of one shop", async () => {
    const [shop, other] = [await desk.shop(), await desk.shop()];
    const { conversationId, contactId } = await recorded(shop.say("v", "hi"));
    expect(await findVisitorConversation(shop.system, shop.web, "v")).toEqual({ conversationId, contactId });
    expect(await findVisitorConversation(shop.system, shop.api, "v")).toBeNull();
    expect(await findVisitorConversation(shop.system, shop.web, "w")).toBeNull();
    expect(await findVisitorConversation(other.system, shop.web, "v")).toBeNull();
    expect(await presentForVisitor(other.system, conversationId)).toBeNull();
  });
});

describe("rating", () => {
  test("needs an answer, counts once, and may be thought over for a day", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", "hi"));
    const rate = (score: number) => recordRating(shop.system, { conversationId, score, comment: " 很好 " });
    expect(await rate(5)).toEqual({ kind: "refused" });
    await sendMessage(await shop.agent(), { conversationId, content: text("hello") });
    expect((await presentForVisitor(shop.system, conversationId))?.canRate).toBe(true);
    expect(await rate(5)).toEqual({ kind: "rated" });
    desk.clock.advance(dayMs - 1);
    expect(await rate(2)).toEqual({ kind: "rated" });
    const [conversation] = await presentConversations(shop.owner, [conversationId]);
    expect(conversation?.rating).toMatchObject({ score: 2, comment: "很好" });
    desk.clock.advance(1);
    expect(await rate(1)).toEqual({ kind: "refused" });
    expect(await presentForVisitor(shop.system, conversationId)).toMatchObject({ canRate: false, rated: 2 });
    const other = await desk.shop();
    expect(await recordRating(other.system, { conversationId, score: 1, comment: "" })).toEqual({
      kind: "refused",
    });
  });
});

describe("read marks", () => {
  test("of the contact only grow and never pass the last message", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", "hi"));
    await sendMessage(shop.owner, { conversationId, content: text("hello") });
    const readSeq = async () => (await accessConversation(shop.owner, conversationId)).contactReadSeq;
    await recordContactRead(shop.system, conversationId, 2);
    expect(await readSeq()).toBe(2);
    await recordContactRead(shop.system, conversationId, 1);
    expect(await readSeq()).toBe(2);
    await recordContactRead(shop.system, conversationId, 99);
    expect(await readSeq()).toBe(3);
  });

  test("of a member are their own, may go back, and are refused for strangers", async () => {
    const [shop, other] = [await desk.shop(), await desk.shop()];
    const [wei, mei] = [await shop.agent(), await shop.agent()];
    const { conversationId } = await recorded(shop.say("v", "hi"));
    await markRead(wei, conversationId, 50);
    const seqs = async () =>
      Promise.all(
        [wei, mei].map(async (one) => (await presentConversations(one, [conversationId]))[0]?.readSeq),
      );
    expect(await seqs()).toEqual([1, 0]);
    await markRead(wei, conversationId, 0);
    expect(await seqs()).toEqual([0, 0]);
    expect(await codeOf(markRead(other.owner, conversationId, 1))).toBe("conversation/not-found");
  });
});

test("a handoff keeps its summary sealed until the bot has it back", async () => {
  const shop = await desk.shop();
  const { conversationId } = await recorded(shop.say("v", "hi"));
  const queueId = newId<QueueId>();
  await transact(shop.system, (tx) =>
    applyTransition(
      shop.system,
      tx,
      conversationId,
      { kind: "handoff", queueId, reason: "complaint", at: desk.clock.now() },
      { handoffSummary: "客户要求退款" },
    ),
  );
  const handoff = async () => (await presentConversations(shop.owner, [conversationId]))[0]?.handoff;
  expect(await handoff()).toMatchObject({ reason: "complaint", summary: "客户要求退款" });
  await transact(shop.system, (tx) => applyTransition(shop.system, tx, conversationId, { kind: "return" }));
  expect(await handoff()).toBeNull();
});
