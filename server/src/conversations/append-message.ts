// A message that is not from the contact enters the record: an answer, a private note, a notice. One statement.
// `appendMessage` works inside the caller's transaction (turns, routing); `appendOnce` is its own, in one flight.
import {
  type Channel,
  type ConversationId,
  channelCapabilities,
  channels,
  type Handler,
  type Message,
  type MessageContent,
  type MessageId,
  type UserId,
} from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once, type Tx } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { agentJoined } from "./consequences.ts";
import { type ConversationRow, handlerOf } from "./conversation-store.ts";
import { externalKey } from "./external-key.ts";
import { sealBody } from "./message-seal.ts";
import { type MessageRow, messageColumns, messageOf } from "./message-store.ts";
import type { Refusal } from "./model.ts";
import { recentMessages } from "./recent-messages.ts";
import { wellFormed } from "./well-formed.ts";
import { type WrittenEvent, wakeSubscribers } from "./written-events.ts";

/** `name` is what the contact sees and is kept with the message. `id`: the agent's user id; null for bot and system. */
export interface NewAuthor {
  kind: "bot" | "agent" | "system";
  id: UserId | null;
  name: string | null;
}

export interface NewMessage {
  conversationId: ConversationId;
  author: NewAuthor;
  content: MessageContent;
  /** Default: "event" for a notice, else "outbound". */
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

type AppendedRow = Pick<
  ConversationRow,
  "handler_kind" | "handler_agent_id" | "handler_queue_id" | "version"
> & {
  kind: "appended" | "duplicate" | Extract<Appended, { kind: "refused" }>["code"];
  message_id: MessageId;
  seq: number;
  delivery_status: Message["delivery"]["status"];
  notice_seq: number | null;
  event_seq: number;
  events: WrittenEvent[];
};

const parameterCount = 16;
const appendStatement: NamedStatement = {
  name: "message-append",
  text: `select * from append_message(${Array.from({ length: parameterCount }, (_, i) => `$${i + 1}`).join(", ")})`,
};
const duplicateStatement: NamedStatement = {
  name: "message-by-id",
  text: `select ${messageColumns} from message m where m.tenant_id = $1 and m.id = $2`,
};

const pushChannels: Channel[] = channels.filter((name) => channelCapabilities[name].delivery === "push");

/** Appends in the caller's transaction; subscribers wake after its commit. */
export async function appendMessage(ctx: Ctx, tx: Tx, message: NewMessage): Promise<Appended> {
  const sealed = await seal(ctx, message);
  const row = await tx.one<AppendedRow>(appendStatement.text, sealed.values);
  const outcome = await settle(ctx, sealed, row, (id) =>
    tx.one<MessageRow>(duplicateStatement.text, [ctx.tenantId, id]),
  );
  if (outcome.kind === "appended") tx.afterCommit(() => tell(ctx, sealed, row, outcome.message));
  return outcome;
}

/**
 * A statement that does what append_message does and more in the same flight: it takes append_message's parameters first,
 * then `values`, and gives its columns. For turns, whose answer, trace and position are one.
 */
export interface AppendingStatement {
  statement: NamedStatement;
  values: readonly unknown[];
}

/** The same as a transaction of its own, in one round trip. */
export async function appendOnce(
  ctx: Ctx,
  message: NewMessage,
  more: AppendingStatement = { statement: appendStatement, values: [] },
): Promise<Appended> {
  const sealed = await seal(ctx, message);
  const [row] = await once<AppendedRow>(ctx, more.statement, [...sealed.values, ...more.values]);
  if (!row) throw new Error("append_message returns exactly one row");
  const outcome = await settle(ctx, sealed, row, async (id) => {
    const [found] = await once<MessageRow>(ctx, duplicateStatement, [ctx.tenantId, id]);
    if (!found) throw new Error("a duplicate names a message that exists");
    return found;
  });
  if (outcome.kind === "appended") tell(ctx, sealed, row, outcome.message);
  return outcome;
}

/** What was sealed for the call, kept so that nothing has to be opened again. */
interface Sealed {
  message: NewMessage;
  kind: "outbound" | "note" | "event";
  at: Date;
  /** The line "X has joined", written only when an agent's answer takes the conversation. */
  notice: { id: MessageId; content: MessageContent } | null;
  values: unknown[];
}

async function seal(ctx: Ctx, given: NewMessage): Promise<Sealed> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const message = { ...given, content: wellFormed(given.content) };
  const kind = given.kind ?? (given.content.kind === "notice" ? "event" : "outbound");
  const { author } = given;
  const id = given.messageId ?? newId<MessageId>();
  const at = ctx.clock.now();
  const notice =
    kind === "outbound" && author.kind === "agent" && author.id
      ? { id: newId<MessageId>(), content: agentJoined(author.id, author.name) }
      : null;
  const values = [
    ctx.tenantId,
    given.conversationId,
    id,
    at,
    kind,
    author.kind,
    author.id,
    sealBody(vault, id, { content: message.content, name: author.name }),
    given.clientMessageId === undefined ? null : externalKey(given.clientMessageId),
    given.hasTrace ?? false,
    given.expectVersion ?? null,
    given.seenSeq ?? null,
    pushChannels,
    notice?.id ?? null,
    notice ? sealBody(vault, notice.id, { content: notice.content, name: null }) : null,
    [newId<string>(), newId<string>(), newId<string>(), newId<string>()],
  ];
  return { message, kind, at, notice, values };
}

async function settle(
  ctx: Ctx,
  sealed: Sealed,
  row: AppendedRow,
  readDuplicate: (id: MessageId) => Promise<MessageRow>,
): Promise<Appended> {
  if (row.kind === "duplicate") {
    const vault = await ctx.vault.forTenant(ctx.tenantId);
    return { kind: "duplicate", message: messageOf(vault, await readDuplicate(row.message_id)) };
  }
  if (row.kind !== "appended") return { kind: "refused", code: row.kind };
  const { author, content, conversationId, clientMessageId, hasTrace } = sealed.message;
  const message: Message = {
    id: row.message_id,
    conversationId,
    seq: row.seq,
    kind: sealed.kind,
    author: { kind: author.kind, id: author.id, name: author.name },
    content,
    clientMessageId: clientMessageId === undefined ? null : externalKey(clientMessageId),
    delivery: { status: row.delivery_status, reason: null },
    hasTrace: hasTrace ?? false,
    createdAt: sealed.at.toISOString(),
  };
  return {
    kind: "appended",
    message,
    version: row.version,
    handler: handlerOf(row),
    eventSeq: row.event_seq,
  };
}

function tell(ctx: Ctx, { notice, at, message }: Sealed, row: AppendedRow, written: Message): void {
  const messages = [written];
  if (notice && row.notice_seq !== null)
    messages.unshift({
      id: notice.id,
      conversationId: message.conversationId,
      seq: row.notice_seq,
      kind: "event",
      author: { kind: "system", id: null, name: null },
      content: notice.content,
      clientMessageId: null,
      delivery: { status: "sent", reason: null },
      hasTrace: false,
      createdAt: at.toISOString(),
    });
  for (const line of messages) recentMessages(ctx).put(ctx.tenantId, line, ctx.clock.nowMs());
  wakeSubscribers(ctx, message.conversationId, row.event_seq, row.events, messages);
}
