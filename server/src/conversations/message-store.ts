// SQL for the table message and the way from a row to a Message.
import type {
  Author,
  ConversationId,
  DeliveryReason,
  DeliveryStatus,
  InboxId,
  Message,
  MessageId,
  MessageKind,
  TenantId,
} from "@yingda/contract";
import type { TenantVault } from "../platform/crypto/index.ts";
import type { NamedStatement, Tx } from "../platform/db/index.ts";
import { openBody } from "./message-seal.ts";

export interface MessageRow {
  id: MessageId;
  conversation_id: ConversationId;
  seq: number;
  inbox_id: InboxId;
  kind: MessageKind;
  author_kind: Author["kind"];
  author_id: string | null;
  client_message_id: string | null;
  sealed_content: Buffer;
  delivery_status: DeliveryStatus;
  delivery_reason: DeliveryReason | null;
  has_trace: boolean;
  created_at: Date;
}

/** Columns of a MessageRow, of the alias `m`. */
export const messageColumns = `m.id, m.conversation_id, m.seq, m.inbox_id, m.kind, m.author_kind, m.author_id,
  m.client_message_id, m.sealed_content, m.delivery_status, m.delivery_reason, m.has_trace, m.created_at`;

/** Decrypts. Throws SealError when the row was tampered with. */
export function messageOf(vault: TenantVault, row: MessageRow): Message {
  const { content, name } = openBody(vault, row.id, row.sealed_content);
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    author: { kind: row.author_kind, id: row.author_id, name },
    content,
    clientMessageId: row.client_message_id,
    delivery: { status: row.delivery_status, reason: row.delivery_reason },
    hasTrace: row.has_trace,
    createdAt: row.created_at.toISOString(),
  };
}

/** A page of a thread, newest first: $3 = before this seq, $4 = how many. */
export const readThreadStatement: NamedStatement = {
  name: "message-thread",
  text: `select ${messageColumns} from message m where m.tenant_id = $1 and m.conversation_id = $2 and m.seq < $3
    order by m.seq desc limit $4`,
};

/** What a visitor may see of a thread: their own lines, answers, and the notices meant for them are told apart by the caller. */
export const readVisitorThreadStatement: NamedStatement = {
  name: "message-thread-visitor",
  text: `select ${messageColumns} from message m where m.tenant_id = $1 and m.conversation_id = $2 and m.seq < $3
    and m.seq > $4 and m.kind <> 'note' order by m.seq desc limit $5`,
};

/** Messages by (conversation, seq) pairs in two parallel arrays. */
export const readMessagesStatement: NamedStatement = {
  name: "message-by-seqs",
  text: `select ${messageColumns} from unnest($2::uuid[], $3::int[]) as w (conversation_id, seq)
    join message m on m.tenant_id = $1 and m.conversation_id = w.conversation_id and m.seq = w.seq`,
};

export async function readMessage(
  tx: Tx,
  tenantId: TenantId,
  messageId: MessageId,
): Promise<MessageRow | undefined> {
  return tx.maybe<MessageRow>(
    `select ${messageColumns} from message m where m.tenant_id = $1 and m.id = $2`,
    [tenantId, messageId],
  );
}

/** The line of a transition in the thread. */
export async function insertNotice(
  tx: Tx,
  tenantId: TenantId,
  notice: {
    id: MessageId;
    conversation: { id: ConversationId; inboxId: InboxId };
    seq: number;
    sealed: Buffer;
    at: Date;
  },
): Promise<void> {
  await tx.run(
    `insert into message (tenant_id, conversation_id, seq, id, inbox_id, kind, author_kind, sealed_content, delivery_status, created_at)
     values ($1, $2, $3, $4, $5, 'event', 'system', $6, 'sent', $7)`,
    [
      tenantId,
      notice.conversation.id,
      notice.seq,
      notice.id,
      notice.conversation.inboxId,
      notice.sealed,
      notice.at,
    ],
  );
}
