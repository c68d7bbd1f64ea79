// Small conversations and messages for the rules tests of the workbench.
import type { Conversation, Message } from "@yingda/contract";

const start = Date.parse("2026-11-20T08:00:00.000Z");

export function someConversation(id: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id: id as Conversation["id"],
    number: 1,
    inboxId: "inbox" as Conversation["inboxId"],
    channel: "web",
    inboxName: "官网",
    contact: {
      id: "contact" as Conversation["contact"]["id"],
      name: "林小姐",
      isNamed: true,
      language: null,
    },
    status: "open",
    handler: { kind: "queue", queueId: "queue" as never },
    version: 1,
    origin: "contact",
    lastMessage: { preview: "你好", authorKind: "contact", at: new Date(start).toISOString() },
    lastMessageSeq: 1,
    waitingSinceAt: null,
    readSeq: 0,
    contactReadSeq: 0,
    handoff: null,
    tags: [],
    rating: null,
    snoozedUntilAt: null,
    resolvedAt: null,
    disposition: null,
    createdAt: new Date(start).toISOString(),
    abilities: [],
    ...change,
  };
}

/** `seq` also sets the time: one minute apart. */
export function someMessage(conversationId: string, seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `${conversationId}-${String(seq)}` as Message["id"],
    conversationId: conversationId as Message["conversationId"],
    seq,
    kind: "inbound",
    author: { kind: "contact", id: "contact", name: null },
    content: { kind: "text", text: `第 ${String(seq)} 句` },
    clientMessageId: null,
    delivery: { status: "sent", reason: null },
    hasTrace: false,
    createdAt: new Date(start + seq * 60_000).toISOString(),
    ...change,
  };
}
