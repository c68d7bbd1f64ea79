// SQL for the table conversation, as the rules see it: one row in, one ConversationRecord out. What a person sees
// of it is loaded by present.ts; the two hottest writes are SQL functions (0100-record-hot-paths.sql).
import type {
  ContactId,
  ConversationId,
  ConversationOrigin,
  ConversationStatus,
  Disposition,
  Handler,
  HandlerKind,
  HandoffReason,
  IdentityId,
  InboxId,
  QueueId,
  TenantId,
  UserId,
  WantedSkills,
} from "@yingda/contract";
import type { NamedStatement, Tx } from "../platform/db/index.ts";
import type { ConversationRecord } from "./model.ts";

export interface ConversationRow {
  id: ConversationId;
  number: number;
  inbox_id: InboxId;
  identity_id: IdentityId;
  contact_id: ContactId;
  status: ConversationStatus;
  handler_kind: HandlerKind;
  handler_agent_id: UserId | null;
  handler_queue_id: QueueId | null;
  origin: ConversationOrigin;
  version: number;
  message_seq: number;
  last_message_at: Date;
  waiting_since_at: Date | null;
  contact_read_seq: number;
  last_answer_seq: number;
  first_reply_at: Date | null;
  handoff_reason: HandoffReason | null;
  handoff_at: Date | null;
  tags: string[];
  snoozed_until_at: Date | null;
  resolved_at: Date | null;
  disposition: Disposition | null;
  is_demo: boolean;
  created_at: Date;
}

/** Columns of a ConversationRow, of the alias `c`. */
export const conversationColumns = `c.id, c.number, c.inbox_id, c.identity_id, c.contact_id, c.status, c.handler_kind,
  c.handler_agent_id, c.handler_queue_id, c.origin, c.version, c.message_seq, c.last_message_at, c.waiting_since_at,
  c.contact_read_seq, c.last_answer_seq, c.first_reply_at, c.handoff_reason, c.handoff_at, c.tags, c.snoozed_until_at,
  c.resolved_at, c.disposition, c.is_demo, c.created_at`;

export const readConversationStatement: NamedStatement = {
  name: "conversation-read",
  text: `select ${conversationColumns} from conversation c where c.tenant_id = $1 and c.id = $2`,
};

/** The row locked till the end of the transaction; undefined when this tenant has no such conversation. */
export async function lockConversationRow(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
): Promise<ConversationRecord | undefined> {
  const row = await tx.maybe<ConversationRow>(`${readConversationStatement.text} for no key update of c`, [
    tenantId,
    conversationId,
  ]);
  return row && recordOf(row);
}

export function recordOf(row: ConversationRow): ConversationRecord {
  return {
    id: row.id,
    number: row.number,
    inboxId: row.inbox_id,
    identityId: row.identity_id,
    contactId: row.contact_id,
    status: row.status,
    handler: handlerOf(row),
    origin: row.origin,
    version: row.version,
    messageSeq: row.message_seq,
    lastMessageAt: row.last_message_at,
    waitingSinceAt: row.waiting_since_at,
    contactReadSeq: row.contact_read_seq,
    lastAnswerSeq: row.last_answer_seq,
    firstReplyAt: row.first_reply_at,
    handoff: row.handoff_reason && row.handoff_at ? { reason: row.handoff_reason, at: row.handoff_at } : null,
    tags: row.tags,
    snoozedUntilAt: row.snoozed_until_at,
    resolvedAt: row.resolved_at,
    disposition: row.disposition,
    isDemo: row.is_demo,
    createdAt: row.created_at,
  };
}

/** The handler out of its three columns; the table's checks keep them in agreement. */
export function handlerOf(
  row: Pick<ConversationRow, "handler_kind" | "handler_agent_id" | "handler_queue_id">,
): Handler {
  if (row.handler_agent_id) return { kind: "agent", agentId: row.handler_agent_id };
  if (row.handler_queue_id) return { kind: "queue", queueId: row.handler_queue_id };
  return { kind: row.handler_kind === "bot" ? "bot" : "nobody" };
}

/** Writes what a transition changed. Of the handoff's summary and skills: undefined leaves them, null empties them. */
export async function writeFacts(
  tx: Tx,
  tenantId: TenantId,
  after: ConversationRecord,
  {
    sealedSummary,
    skills,
  }: { sealedSummary: Buffer | null | undefined; skills: WantedSkills | null | undefined },
): Promise<void> {
  const { handler, handoff } = after;
  await tx.run(
    `update conversation set status = $3, handler_kind = $4, handler_agent_id = $5, handler_queue_id = $6, origin = $7,
       version = $8, message_seq = $9, last_answer_seq = $10, waiting_since_at = $11, first_reply_at = $12,
       snoozed_until_at = $13, resolved_at = $14, disposition = $15, handoff_reason = $16, handoff_at = $17,
       sealed_handoff_summary = case when $18 then $19 else sealed_handoff_summary end,
       handoff_skills = case when $20 then $21::jsonb else handoff_skills end,
       queued_since_at = case when $4::text <> 'queue' then null
         when handler_queue_id is not distinct from $6::uuid then queued_since_at else coalesce($11::timestamptz, $17::timestamptz) end
     where tenant_id = $1 and id = $2`,
    [
      tenantId,
      after.id,
      after.status,
      handler.kind,
      handler.kind === "agent" ? handler.agentId : null,
      handler.kind === "queue" ? handler.queueId : null,
      after.origin,
      after.version,
      after.messageSeq,
      after.lastAnswerSeq,
      after.waitingSinceAt,
      after.firstReplyAt,
      after.snoozedUntilAt,
      after.resolvedAt,
      after.disposition,
      handoff?.reason ?? null,
      handoff?.at ?? null,
      sealedSummary !== undefined,
      sealedSummary ?? null,
      skills !== undefined,
      skills ? JSON.stringify(skills) : null,
    ],
  );
}
