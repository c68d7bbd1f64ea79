// A run of messages with one contact in one inbox, until resolved: the shapes that cross the wire.
// The rules of change are the server's (conversations/model.ts); status and handler are separate fields on purpose.
import { z } from "zod";
import { channel } from "./channel.ts";
import { contactId, conversationId, inboxId, instant, queueId, userId } from "./ids.ts";
import { wantedSkills } from "./routing.ts";

export const conversationStatuses = ["open", "snoozed", "resolved"] as const;
export const handlerKinds = ["bot", "queue", "agent", "nobody"] as const;
export const handler = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("bot") }),
  z.object({ kind: z.literal("queue"), queueId }),
  z.object({ kind: z.literal("agent"), agentId: userId }),
  z.object({ kind: z.literal("nobody") }),
]);
export type ConversationStatus = (typeof conversationStatuses)[number];
export type Handler = z.infer<typeof handler>;
export type HandlerKind = (typeof handlerKinds)[number];

export const conversationOrigins = ["contact", "left-message", "agent", "demo"] as const;
export const handoffReasons = [
  "asked-for-human",
  "no-answer",
  "low-confidence",
  "not-solved",
  "complaint",
  "urgent",
  "held",
  "bot-failed",
  "bot-off",
  "bot-on-trial",
  "agent-transfer",
  "left-message",
  "unsupported-content",
  "person-first",
] as const;
export const dispositions = ["solved", "answered-by-bot", "no-reply", "spam", "duplicate", "other"] as const;
export const abilities = [
  "reply",
  "note",
  "claim",
  "transfer",
  "return-to-bot",
  "resolve",
  "reopen",
  "snooze",
  "tag",
  "reveal",
  "erase",
] as const;
export type HandoffReason = (typeof handoffReasons)[number];
export type Disposition = (typeof dispositions)[number];
export type Ability = (typeof abilities)[number];
export type ConversationOrigin = (typeof conversationOrigins)[number];

export const conversation = z.object({
  id: conversationId,
  /** Per-tenant number that people see: #1042. */
  number: z.int().positive(),
  inboxId,
  channel,
  inboxName: z.string(),
  contact: z.object({
    id: contactId,
    name: z.string(),
    isNamed: z.boolean(),
    language: z.string().nullable(),
  }),
  status: z.enum(conversationStatuses),
  handler,
  /** Raised by every inbound message and every change of status or handler; a turn that lost the race is discarded. */
  version: z.int(),
  origin: z.enum(conversationOrigins),
  lastMessage: z
    .object({ preview: z.string(), authorKind: z.enum(["contact", "bot", "agent", "system"]), at: instant })
    .nullable(),
  lastMessageSeq: z.int(),
  /** Oldest contact message without a reply by bot or agent; null when nobody is waiting. */
  waitingSinceAt: instant.nullable(),
  /** Highest message seq that the signed-in user has read. */
  readSeq: z.int(),
  /** Highest message seq that the contact has seen. */
  contactReadSeq: z.int(),
  handoff: z
    .object({
      reason: z.enum(handoffReasons),
      summary: z.string(),
      at: instant,
      /** Null where no skill was wanted. */
      skills: wantedSkills.nullable(),
    })
    .nullable(),
  tags: z.array(z.string()),
  rating: z.object({ score: z.int().min(1).max(5), comment: z.string().nullable(), at: instant }).nullable(),
  snoozedUntilAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  disposition: z.enum(dispositions).nullable(),
  createdAt: instant,
  abilities: z.array(z.enum(abilities)),
});
export type Conversation = z.infer<typeof conversation>;

/** The tabs of the inbox. "attention": waits for a person longer than it should, or held for a colleague, or left message. */
export const conversationLists = ["mine", "queue", "attention", "bot", "open", "resolved"] as const;
export type ConversationList = (typeof conversationLists)[number];

/** Whether a conversation belongs to a tab; the server's list query and the client's live list follow the same rule. */
export function isInList(
  value: Pick<Conversation, "status" | "handler" | "origin" | "handoff">,
  list: ConversationList,
  me: string,
): boolean {
  const open = value.status === "open";
  switch (list) {
    case "mine":
      return value.status !== "resolved" && value.handler.kind === "agent" && value.handler.agentId === me;
    case "queue":
      return open && value.handler.kind === "queue";
    case "attention":
      return (
        open &&
        value.handler.kind === "queue" &&
        (value.origin === "left-message" ||
          value.handoff?.reason === "held" ||
          value.handoff?.reason === "complaint" ||
          value.handoff?.reason === "urgent")
      );
    case "bot":
      return open && value.handler.kind === "bot";
    case "open":
      return value.status !== "resolved";
    case "resolved":
      return value.status === "resolved";
    default:
      return list satisfies never;
  }
}
