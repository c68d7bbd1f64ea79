// One entry of a conversation as it crosses the wire.
import { z } from "zod";
import { content } from "./content.ts";
import { conversationId, instant, messageId } from "./ids.ts";

export const messageKinds = ["inbound", "outbound", "note", "event"] as const;
export const authorKinds = ["contact", "bot", "agent", "system"] as const;
/** Only moves forward; "failed" and "maybe-sent" end the road (maybe-sent: the channel did not say). */
export const deliveryStatuses = ["queued", "sent", "delivered", "read", "maybe-sent", "failed"] as const;
export const deliveryReasons = [
  "window-closed",
  "quota-exceeded",
  "contact-blocked",
  "unsupported-content",
  "rejected",
  "unreachable",
  "inbox-off",
  "too-large",
  "expired",
] as const;

/** What an "event" message says; the wording is the client's. */
export const noticeCodes = [
  "handoff-queued",
  "assigned",
  "transferred",
  "queue-moved",
  "returned-to-bot",
  "resolved",
  "reopened",
  "snoozed",
  "abandoned",
  "left-message",
  "agent-joined",
  "queue-empty-hours",
  "bot-failed",
  "held-for-colleague",
] as const;
export type NoticeCode = (typeof noticeCodes)[number];

export const notice = z.object({
  kind: z.literal("notice"),
  code: z.enum(noticeCodes),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const author = z.object({
  kind: z.enum(authorKinds),
  id: z.string().nullable(),
  /** The name shown to the contact for an agent, the shop's bot name for the bot; null for the contact. */
  name: z.string().nullable(),
});
export type Author = z.infer<typeof author>;

export const message = z.object({
  id: messageId,
  conversationId,
  /** Position in the conversation: 1, 2, 3 …, without gaps. */
  seq: z.int().positive(),
  kind: z.enum(messageKinds),
  author,
  content: z.union([content, notice]),
  clientMessageId: z.string().nullable(),
  delivery: z.object({
    status: z.enum(deliveryStatuses),
    reason: z.enum(deliveryReasons).nullable(),
  }),
  /** Set on bot answers: opens "why did it say this?". */
  hasTrace: z.boolean(),
  createdAt: instant,
});
export type Message = z.infer<typeof message>;
export type Notice = z.infer<typeof notice>;
export type MessageContent = Message["content"];
export type DeliveryStatus = (typeof deliveryStatuses)[number];
export type DeliveryReason = (typeof deliveryReasons)[number];
export type MessageKind = (typeof messageKinds)[number];
