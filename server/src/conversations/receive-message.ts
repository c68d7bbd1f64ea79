// A line from a contact enters the record: the hottest path of the product, one round trip to the database.
// Called by channels after parsing. Everything personal is sealed before the call, so ids that may turn out to be
// unused (contact, identity, conversation) are made here too; the SQL function receive_message decides what is new.
import type {
  ContactId,
  Content,
  ConversationId,
  ConversationStatus,
  Handler,
  IdentityId,
  InboxId,
  Message,
  MessageId,
  UserId,
} from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { TenantVault } from "../platform/crypto/index.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import {
  contextHash,
  externalHash,
  nameGiven,
  sealContext,
  sealExternalId,
  sealName,
} from "./contacts/contact-seal.ts";
import { keepArrivals } from "./contacts/keep-arrivals.ts";
import { handlerOf } from "./conversation-store.ts";
import { externalKey } from "./external-key.ts";
import { knownMaterial, type RecordedLine } from "./known-material.ts";
import { sealBody } from "./message-seal.ts";
import { recentMessages } from "./recent-messages.ts";
import { wellFormed } from "./well-formed.ts";
import { type WrittenEvent, wakeSubscribers } from "./written-events.ts";

export interface InboundMessage {
  inboxId: InboxId;
  /** The platform's id of the contact; for web the visitor id. Kept sealed and as a keyed hash. */
  externalContactId: string;
  contactName?: string;
  /** The platform or a signed token vouches for who this is. */
  isVerified?: boolean;
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

/**
 * `eventSeq`: the visitor's cursor after this message. Handler "nobody" of an open conversation: the bot is off, so
 * turns enqueues it; of a blocked contact: the conversation is resolved and stays so.
 */
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

export interface ReceivedRow {
  kind: "recorded" | "duplicate";
  conversation_id: ConversationId;
  contact_id: ContactId;
  message_id: MessageId;
  seq: number;
  version: number;
  status: ConversationStatus;
  handler_kind: Handler["kind"];
  handler_agent_id: UserId | null;
  handler_queue_id: Extract<Handler, { kind: "queue" }>["queueId"] | null;
  is_new_conversation: boolean;
  is_new_contact: boolean;
  is_named: boolean;
  is_context_new: boolean;
  event_seq: number;
  events: WrittenEvent[];
}

const parameterCount = 27;
const looksForRetryAt = 6; // place of p_looks_for_retry among the values
export const receiveStatement: NamedStatement = {
  name: "message-receive",
  text: `select * from receive_message(${Array.from({ length: parameterCount }, (_, i) => `$${i + 1}`).join(", ")})`,
};

/**
 * Records an inbound message once. A second delivery (same externalId in the inbox, or same clientMessageId of the
 * visitor) changes nothing and is told as duplicate. @throws what the database throws; nothing was recorded then.
 */
export async function receiveMessage(ctx: Ctx, inbound: InboundMessage): Promise<Received> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const content = wellFormed(inbound.content);
  const values = sealedValues(ctx, vault, { ...inbound, content });
  const row = await record(ctx, values);
  const { conversation_id: conversationId, message_id: messageId, seq } = row;
  if (row.kind === "duplicate") return { kind: "duplicate", conversationId, messageId, seq };

  const message = messageOf(inbound, content, row);
  const nowMs = ctx.clock.nowMs();
  recentMessages(ctx).put(ctx.tenantId, message, nowMs);
  knownMaterial(ctx).received(ctx.tenantId, lineOf(inbound, message, row), nowMs);
  try {
    if (!row.is_new_contact) await keepArrivals(ctx, vault, row, inbound);
  } finally {
    wakeSubscribers(ctx, conversationId, row.event_seq, row.events, [message]);
  }
  return {
    kind: "recorded",
    conversationId,
    contactId: row.contact_id,
    messageId,
    seq,
    eventSeq: row.event_seq,
    version: row.version,
    handler: handlerOf(row),
    isNewConversation: row.is_new_conversation,
  };
}

function sealedValues(ctx: Ctx, vault: TenantVault, inbound: InboundMessage): unknown[] {
  const hash = externalHash(vault, inbound.externalContactId);
  const contactId = newId<ContactId>();
  const identityId = newId<IdentityId>();
  const messageId = newId<MessageId>();
  const given = nameGiven(inbound.contactName);
  const name = given ?? visitorName(hash);
  return [
    ctx.tenantId,
    inbound.inboxId,
    inbound.at,
    ctx.clock.now(),
    hash,
    hash.readInt32BE(0),
    false,
    contactId,
    sealName(vault, contactId, name),
    given !== null,
    vault.grams(name),
    vault.searchKeyId,
    inbound.context ? sealContext(vault, contactId, inbound.context) : null,
    inbound.context ? contextHash(vault, inbound.context) : null,
    inbound.locale ?? null,
    identityId,
    sealExternalId(vault, identityId, inbound.externalContactId),
    inbound.isVerified ?? false,
    newId<ConversationId>(),
    inbound.isBotOn,
    inbound.reopenWindowMs,
    inbound.origin === "left-message",
    messageId,
    sealBody(vault, messageId, { content: inbound.content, name: null }),
    inbound.externalId === undefined ? null : externalKey(inbound.externalId),
    inbound.clientMessageId === undefined ? null : externalKey(inbound.clientMessageId),
    [newId<string>(), newId<string>()],
  ];
}

/** 访客 8F2C: short enough to say aloud, and the same for one visitor wherever it is seen. */
function visitorName(hash: Buffer): string {
  return `访客 ${hash.toString("hex", 4, 6).toUpperCase()}`;
}

// Two errors mean "somebody was faster", and a second, closer look sees what they did: a message that is here already
// (unique; a client's retry is found this way, so that every first delivery is spared the look), and a contact erased
// while their line was on its way (foreign key).
const raceCodes = new Set<unknown>(["23505", "23503"]);

async function record(ctx: Ctx, values: unknown[]): Promise<ReceivedRow> {
  try {
    return onlyRow(await once<ReceivedRow>(ctx, receiveStatement, values));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && raceCodes.has(error.code))) throw error;
    return onlyRow(await once<ReceivedRow>(ctx, receiveStatement, values.with(looksForRetryAt, true)));
  }
}

function onlyRow(rows: ReceivedRow[]): ReceivedRow {
  const [row] = rows;
  if (!row) throw new Error("receive_message returns exactly one row");
  return row;
}

function lineOf(inbound: InboundMessage, message: Message, row: ReceivedRow): RecordedLine {
  const { context, locale } = inbound;
  return {
    message,
    conversation: {
      inboxId: inbound.inboxId,
      status: row.status,
      handler: handlerOf(row),
      version: row.version,
    },
    newContact: row.is_new_contact
      ? {
          id: row.contact_id,
          language: locale ?? null,
          isBlocked: false,
          context: context ? wellFormed(context) : {},
          tags: [],
        }
      : null,
    isNewConversation: row.is_new_conversation,
    language: locale,
    context: context && wellFormed(context),
  };
}

function messageOf(inbound: InboundMessage, content: Content, row: ReceivedRow): Message {
  return {
    id: row.message_id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: "inbound",
    author: { kind: "contact", id: null, name: null },
    content,
    clientMessageId: inbound.clientMessageId === undefined ? null : externalKey(inbound.clientMessageId),
    delivery: { status: "sent", reason: null },
    hasTrace: false,
    createdAt: inbound.at.toISOString(),
  };
}
