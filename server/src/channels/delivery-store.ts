// SQL of deliveries that are under way or will be tried again. A row is written before each send, so that a crash between
// sending and recording is known as "we do not know". Owner: channels.
import type { ConversationId, MessageId, TenantId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export type Attempt = {
  messageId: MessageId;
  conversationId: ConversationId;
  seq: number;
  attempts: number;
  partsSent: number;
  nextAttemptAt: Date;
  /** "in-flight": a send was begun and its outcome never written. */
  lastCode: string | null;
};

export const inFlight = "in-flight";

const columns = `message_id as "messageId", conversation_id as "conversationId", seq, attempts, parts_sent as "partsSent",
  next_attempt_at as "nextAttemptAt", last_code as "lastCode"`;

/** A message joins the line of its conversation; one that already stands there stays. */
export async function putAttempt(
  tx: Tx,
  tenantId: TenantId,
  message: { messageId: MessageId; conversationId: ConversationId; seq: number; at: Date },
): Promise<void> {
  await tx.run(
    `insert into delivery_attempt (tenant_id, message_id, conversation_id, seq, next_attempt_at) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, message_id) do nothing`,
    [tenantId, message.messageId, message.conversationId, message.seq, message.at],
  );
}

/** The one whose turn it is: the oldest of the conversation. */
export function firstAttempt(tx: Tx, conversationId: ConversationId): Promise<Attempt | undefined> {
  return tx.maybe(
    `select ${columns} from delivery_attempt where conversation_id = $1 and next_attempt_at is not null order by seq limit 1`,
    [conversationId],
  );
}

/** Notes that a send begins; `until`: when another server may think that we died. False when another one was faster. */
export async function beginAttempt(tx: Tx, attempt: Attempt, until: Date): Promise<boolean> {
  const touched = await tx.run(
    `update delivery_attempt set attempts = attempts + 1, last_code = $4, next_attempt_at = $3
     where message_id = $1 and attempts = $2`,
    [attempt.messageId, attempt.attempts, until, inFlight],
  );
  return touched === 1;
}

export async function notePart(tx: Tx, messageId: MessageId, partsSent: number): Promise<void> {
  await tx.run(`update delivery_attempt set parts_sent = $2 where message_id = $1`, [messageId, partsSent]);
}

export async function planAttempt(tx: Tx, messageId: MessageId, at: Date, code: string): Promise<void> {
  await tx.run(`update delivery_attempt set next_attempt_at = $2, last_code = $3 where message_id = $1`, [
    messageId,
    at,
    code,
  ]);
}

export async function endAttempt(tx: Tx, messageId: MessageId): Promise<void> {
  await tx.run(`delete from delivery_attempt where message_id = $1`, [messageId]);
}

/** Conversations whose first delivery is due, of all tenants; system role. */
export function dueDeliveries(
  tx: Tx,
  at: Date,
  limit: number,
): Promise<{ tenantId: TenantId; conversationId: ConversationId }[]> {
  return tx.rows(
    `select distinct tenant_id as "tenantId", conversation_id as "conversationId" from delivery_attempt
     where next_attempt_at <= $1 limit $2`,
    [at, limit],
  );
}
