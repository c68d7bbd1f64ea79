// The door of the record. Types below are final; functions still marked `declare` get their bodies file by file,
// under the same names and signatures.
import type {
  Ability,
  BotSettings,
  Channel,
  ContactId,
  Content,
  Conversation,
  ConversationId,
  DeliveryReason,
  DeliveryStatus,
  Handler,
  Inbox,
  InboxId,
  ListCounts,
  Message,
  MessageContent,
  MessageId,
  UserId,
  VisitorMessage,
  WidgetSettings,
} from "@yingda/contract";
import type { Ctx, Services } from "../platform/context.ts";
import type { Tx } from "../platform/db/transact.ts";
import type { ConversationEvent, ConversationRecord, Refusal } from "./model.ts";

export type {
  ConversationEvent,
  ConversationFacts,
  ConversationRecord,
  Refusal,
  ResolvedBy,
} from "./model.ts";

export interface InboundMessage {
  inboxId: InboxId;
  /** The platform's id of the contact; for web the visitor id. Kept sealed and as a keyed hash. */
  externalContactId: string;
  contactName?: string;
  content: Content;
  /** The platform's id of the message: a second delivery is a duplicate. */
  externalId?: string;
  /** The client's own id of the message (web): a second delivery is a duplicate. */
  clientMessageId?: string;
  at: Date;
  /** Unverified facts of link or page; replaces the ones known before when given. */
  context?: Record<string, string>;
  locale?: string;
  isBotOn: boolean;
  reopenWindowMs: number;
  origin?: "contact" | "left-message";
}

/** `eventSeq` is the visitor's cursor after this message. `handler` "nobody" with an open conversation: the bot is off, turns enqueues. */
export type Received =
  | {
      kind: "recorded";
      conversationId: ConversationId;
      contactId: ContactId;
      messageId: MessageId;
      seq: number;
      eventSeq: number;
      version: number;
      handler: Handler;
      isNewConversation: boolean;
    }
  | { kind: "duplicate"; conversationId: ConversationId; messageId: MessageId; seq: number };

/** `id`: uuid of the agent (user) for "agent", null for bot and system. `name` is what the contact sees; kept with the message. */
export interface NewAuthor {
  kind: "bot" | "agent" | "system";
  id: UserId | null;
  name: string | null;
}

export interface NewMessage {
  conversationId: ConversationId;
  author: NewAuthor;
  content: MessageContent;
  /** "outbound" unless told; content of kind "notice" makes an "event". */
  kind?: "outbound" | "note" | "event";
  /** Made here when absent; turns gives it to tie the trace. */
  messageId?: MessageId;
  clientMessageId?: string;
  hasTrace?: boolean;
  /** Refused with conversation/version-moved when the conversation has moved on. An answer does not raise the version. */
  expectVersion?: number;
  /** Refused with conversation/newer-reply when somebody else answered after this seq. */
  seenSeq?: number;
}

export type Appended =
  | { kind: "appended"; message: Message; version: number; handler: Handler; eventSeq: number }
  | { kind: "duplicate"; message: Message }
  | { kind: "refused"; code: Refusal["code"] | "conversation/newer-reply" };

export type Applied = { kind: "applied"; before: ConversationRecord; conversation: ConversationRecord };

/** What a turn needs, decrypted, in one round trip. `lines`: inbound since the last answer; `history`: up to 12 messages before. Oldest first. */
export interface TurnMaterial {
  conversation: ConversationRecord;
  channel: Channel;
  contact: {
    id: ContactId;
    name: string;
    isNamed: boolean;
    language: string | null;
    isBlocked: boolean;
    context: Record<string, string>;
  };
  lines: Message[];
  history: Message[];
}

export interface InboxRecord extends Inbox {
  secrets: InboxSecrets;
}
/** Webhook signing secrets of push channels; `previous` stays valid until `previousUntilAt`. */
export interface InboxSecrets {
  webhook: string | null;
  previous: string | null;
  previousUntilAt: string | null;
}

/** Records an inbound message: ONE round trip; identity → contact → conversation → message → events. */
export declare function receiveMessage(ctx: Ctx, inbound: InboundMessage): Promise<Received>;
/** One statement inside the caller's transaction; for turns (answers) and routing. */
export declare function appendMessage(ctx: Ctx, tx: Tx, message: NewMessage): Promise<Appended>;
/** Own transaction (one round trip). Agents: permission, seenSeq, idempotent by clientMessageId, takes the handler. Throws AppError. */
export declare function sendMessage(
  ctx: Ctx,
  message: {
    conversationId: ConversationId;
    author: NewAuthor;
    content: Content;
    clientMessageId?: string;
    seenSeq?: number;
  },
): Promise<Message>;
/**
 * Locks the row, asks `transition`, writes row + a notice message ("event" in the thread) + domain events (conversation-queued,
 * -assigned, -returned, -resolved, -reopened, -abandoned or -changed). Callers write neither notice nor event of their own for it.
 */
export declare function applyTransition(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  event: ConversationEvent,
  options?: {
    expectVersion?: number;
    handoffSummary?: string;
    assignedBy?: "offer" | "claim" | "transfer" | "reply";
    silent?: boolean;
  },
): Promise<Applied | Refusal>;
/** Throws conversation/not-found or auth/not-allowed. */
export declare function accessConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  ability?: Ability,
): Promise<ConversationRecord>;
/** The row, locked for update, inside the caller's transaction; null when it does not exist for this tenant. */
export declare function lockConversation(
  tx: Tx,
  conversationId: ConversationId,
): Promise<ConversationRecord | null>;
export declare function loadTurnMaterial(
  ctx: Ctx,
  conversationId: ConversationId,
): Promise<TurnMaterial | null>;

/** For realtime: entities as they are now, as ctx.actor may see them; unknown ids are left out. */
export declare function presentConversations(
  ctx: Ctx,
  ids: readonly ConversationId[],
): Promise<Conversation[]>;
export declare function presentMessages(
  ctx: Ctx,
  refs: readonly { conversationId: ConversationId; seq: number }[],
): Promise<Message[]>;
/** The visitor's view: notes and internal notices left out; oldest first. `afterSeq` / `limit` page by message seq. */
export declare function presentForVisitor(
  ctx: Ctx,
  conversationId: ConversationId,
  page: { afterSeq?: number; beforeSeq?: number; limit?: number },
): Promise<{
  messages: VisitorMessage[];
  hasMore: boolean;
  eventSeq: number;
  conversation: ConversationRecord;
  agentName: string | null;
  rated: number | null;
} | null>;
/** The same for messages named by seq (live events). */
export declare function presentMessagesForVisitor(
  ctx: Ctx,
  conversationId: ConversationId,
  seqs: readonly number[],
): Promise<VisitorMessage[]>;
/** The newest conversation of a visitor in an inbox, or null before the first message (nothing is stored until then). */
export declare function findVisitorConversation(
  ctx: Ctx,
  inboxId: InboxId,
  externalContactId: string,
): Promise<{ conversationId: ConversationId; contactId: ContactId } | null>;

export declare function recordDelivery(
  ctx: Ctx,
  delivery: { messageId: MessageId; status: DeliveryStatus; reason?: DeliveryReason; externalId?: string },
): Promise<{ kind: "recorded" } | { kind: "unchanged" }>;
export declare function recordRating(
  ctx: Ctx,
  rating: { conversationId: ConversationId; score: number; comment: string },
): Promise<{ kind: "rated" } | { kind: "refused" }>;
export declare function recordContactRead(
  ctx: Ctx,
  conversationId: ConversationId,
  seq: number,
): Promise<void>;

export declare function getInbox(ctx: Ctx, inboxId: InboxId): Promise<InboxRecord | null>;
export declare function findInboxByKey(
  services: Services,
  publicKey: string,
): Promise<{ tenantId: string; inbox: InboxRecord } | null>;
export declare function listInboxes(ctx: Ctx): Promise<Inbox[]>;
export declare function createInbox(ctx: Ctx, draft: { channel: Channel; name: string }): Promise<Inbox>;
export declare function updateInbox(
  ctx: Ctx,
  inboxId: InboxId,
  change: {
    version: number;
    name?: string;
    isOn?: boolean;
    allowedOrigins?: string[];
    widget?: WidgetSettings;
    bot?: BotSettings;
    reopenWindowMs?: number;
    webhookUrl?: string | null;
  },
): Promise<Inbox>;
export declare function deleteInbox(ctx: Ctx, inboxId: InboxId): Promise<void>;
/** A new webhook secret, in clear, once; the one before stays valid for a day. */
export declare function rotateInboxSecret(ctx: Ctx, inboxId: InboxId): Promise<{ secret: string }>;
export declare function recordInboxHealth(
  ctx: Ctx,
  inboxId: InboxId,
  health: { state: "ok" | "warn" | "down" | "unknown"; code: string | null },
): Promise<void>;

/** Open conversations per handler; cheap. */
export declare function listCounts(ctx: Ctx): Promise<ListCounts>;
/** Job: opens what slept long enough; returns how many. System services, all tenants. */
export declare function wakeSnoozed(services: Services): Promise<number>;
/** Job: erases what is older than the tenant's retention, in batches; returns media to remove from the store. */
export declare function applyRetention(
  ctx: Ctx,
  retentionDays: number,
): Promise<{ conversations: number; contacts: number; mediaIds: string[] }>;
