// SQL of gaps: traces to look at, questions found, groups. Owner: turns.

import type {
  Channel,
  ConversationId,
  FaqId,
  GapId,
  GapReason,
  GapState,
  MessageId,
  TenantId,
} from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface SuspectRow {
  message_id: MessageId;
  conversation_id: ConversationId;
  outcome: string;
  faq_slug: string | null;
  sealed_trace: Buffer;
  at: Date;
  next_outcome: string | null;
  previous_outcome: string | null;
  previous_faq: string | null;
}

/** Turns without an answer that are not among the questions yet, oldest first, after (`at`, `messageId`). */
export function listSuspects(
  tx: Tx,
  tenantId: TenantId,
  after: { at: Date; messageId: string },
  limit: number,
): Promise<SuspectRow[]> {
  return tx.rows<SuspectRow>(
    `select t.message_id, t.conversation_id, t.outcome, t.faq_slug, t.sealed_trace, t.at, n.outcome as next_outcome,
       p.outcome as previous_outcome, p.faq_slug as previous_faq
     from turn_trace t
     left join lateral (select outcome from turn_trace where tenant_id = $1 and conversation_id = t.conversation_id
       and message_id > t.message_id order by message_id limit 1) n on true
     left join lateral (select outcome, faq_slug from turn_trace where tenant_id = $1
       and conversation_id = t.conversation_id and message_id < t.message_id order by message_id desc limit 1) p on true
     where t.tenant_id = $1 and (t.at, t.message_id) > ($2, $3::uuid)
       and t.outcome in ('ask-back', 'handoff', 'leave-message')
       and not exists (select 1 from gap_question g where g.tenant_id = $1 and g.message_id = t.message_id)
     order by t.at, t.message_id limit $4`,
    [tenantId, after.at, after.messageId, limit],
  );
}

export interface NewQuestion {
  messageId: MessageId;
  conversationId: ConversationId;
  reason: GapReason;
  faq: string | null;
  channel: Channel;
  sealedText: Buffer;
  at: Date;
}

/** False when it is there already. */
export async function insertQuestion(tx: Tx, tenantId: TenantId, question: NewQuestion): Promise<boolean> {
  const { messageId, conversationId, reason, faq, channel, sealedText, at } = question;
  const added = await tx.run(
    `insert into gap_question (tenant_id, message_id, conversation_id, reason, faq_slug, channel, sealed_text, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [tenantId, messageId, conversationId, reason, faq, channel, sealedText, at],
  );
  return added > 0;
}

export async function readScannedTo(tx: Tx, tenantId: TenantId): Promise<Date | null> {
  const row = await tx.maybe<{ scanned_to: Date }>("select scanned_to from gap_scan where tenant_id = $1", [
    tenantId,
  ]);
  return row?.scanned_to ?? null;
}

export function writeScannedTo(tx: Tx, tenantId: TenantId, at: Date): Promise<number> {
  return tx.run(
    `insert into gap_scan (tenant_id, scanned_to) values ($1, $2)
     on conflict (tenant_id) do update set scanned_to = greatest(gap_scan.scanned_to, excluded.scanned_to)`,
    [tenantId, at],
  );
}

export interface QuestionRow {
  message_id: MessageId;
  conversation_id: ConversationId;
  gap_id: GapId | null;
  sealed_text: Buffer;
  at: Date;
}

export function listUngrouped(tx: Tx, tenantId: TenantId, limit: number): Promise<QuestionRow[]> {
  return tx.rows<QuestionRow>(
    `select message_id, conversation_id, gap_id, sealed_text, at from gap_question
     where tenant_id = $1 and gap_id is null order by at, message_id limit $2`,
    [tenantId, limit],
  );
}

/** The newest questions of the groups that others may join, group by group in a fixed order. */
export function listSamples(
  tx: Tx,
  tenantId: TenantId,
  { each, groups }: { each: number; groups: number },
): Promise<QuestionRow[]> {
  return tx.rows<QuestionRow>(
    `select q.message_id, q.conversation_id, q.gap_id, q.sealed_text, q.at
     from (select id from gap where tenant_id = $1 and state in ('open', 'ignored') order by created_at desc, id limit $3) g
     join lateral (select * from gap_question where tenant_id = $1 and gap_id = g.id
       order by at desc, message_id limit $2) q on true
     order by g.id, q.at desc, q.message_id`,
    [tenantId, each, groups],
  );
}

export function joinGroup(
  tx: Tx,
  tenantId: TenantId,
  gapId: GapId,
  messageIds: readonly MessageId[],
): Promise<number> {
  return tx.run(
    "update gap_question set gap_id = $2 where tenant_id = $1 and message_id = any($3) and gap_id is null",
    [tenantId, gapId, messageIds],
  );
}

export function insertGap(
  tx: Tx,
  tenantId: TenantId,
  gap: { id: GapId; label: MessageId; at: Date },
): Promise<number> {
  return tx.run("insert into gap (tenant_id, id, label_message_id, created_at) values ($1, $2, $3, $4)", [
    tenantId,
    gap.id,
    gap.label,
    gap.at,
  ]);
}

export interface GapRow {
  id: GapId;
  state: GapState;
  faq_id: FaqId | null;
  label_message_id: MessageId;
}

/** One group, locked, or undefined. */
export function lockGap(tx: Tx, tenantId: TenantId, id: GapId): Promise<GapRow | undefined> {
  return tx.maybe<GapRow>(
    "select id, state, faq_id, label_message_id from gap where tenant_id = $1 and id = $2 for update",
    [tenantId, id],
  );
}

export function decideGapRow(
  tx: Tx,
  tenantId: TenantId,
  id: GapId,
  { state, faqId, by, at }: { state: GapState; faqId: FaqId | null; by: string | null; at: Date },
): Promise<number> {
  return tx.run(
    "update gap set state = $3, faq_id = $4, decided_by = $5, decided_at = $6 where tenant_id = $1 and id = $2",
    [tenantId, id, state, faqId, by, at],
  );
}

export interface GapCount extends GapRow {
  reason: GapReason;
  channel: Channel;
  count: number;
  now: number;
  before: number;
  last_at: Date;
}

/** Counts of the groups in a state by reason and channel; `id` only of that group. */
export function countGaps(
  tx: Tx,
  tenantId: TenantId,
  filter: { state: GapState | null; id: GapId | null },
  now: Date,
): Promise<GapCount[]> {
  return tx.rows<GapCount>(
    `select g.id, g.state, g.faq_id, g.label_message_id, q.reason, q.channel, count(*)::int as count, max(q.at) as last_at,
       count(*) filter (where q.at > $4::timestamptz - interval '7 days')::int as now,
       count(*) filter (where q.at <= $4::timestamptz - interval '7 days' and q.at > $4::timestamptz - interval '14 days')::int as before
     from gap g join gap_question q on q.tenant_id = $1 and q.gap_id = g.id
     where g.tenant_id = $1 and ($2::text is null or g.state = $2) and ($3::uuid is null or g.id = $3)
     group by g.id, g.state, g.faq_id, g.label_message_id, q.reason, q.channel`,
    [tenantId, filter.state, filter.id, now],
  );
}

/** The newest questions of these groups, and the one each is called after. */
export function listQuestionsOf(
  tx: Tx,
  tenantId: TenantId,
  gapIds: readonly GapId[],
  each: number,
): Promise<QuestionRow[]> {
  return tx.rows<QuestionRow>(
    `select q.message_id, q.conversation_id, q.gap_id, q.sealed_text, q.at
     from gap g join lateral (
       (select * from gap_question where tenant_id = $1 and gap_id = g.id order by at desc, message_id limit $3)
       union (select * from gap_question where tenant_id = $1 and message_id = g.label_message_id and gap_id = g.id)
     ) q on true
     where g.tenant_id = $1 and g.id = any($2) order by q.at desc, q.message_id`,
    [tenantId, gapIds, each],
  );
}

export interface FigureRow {
  faq: string;
  asked: number;
  solved: number;
  handed_over: number;
  disliked: number;
}

/** Per FAQ: what came right after it was the answer, and bad ratings of it. */
export function countFaqFigures(tx: Tx, tenantId: TenantId, since: Date): Promise<FigureRow[]> {
  return tx.rows<FigureRow>(
    `with turns as (
       select faq_slug, outcome, lead(outcome) over w as next_outcome, lead(faq_slug) over w as next_faq
       from turn_trace where tenant_id = $1 and at > $2
       window w as (partition by conversation_id order by message_id)),
     counted as (
       select faq_slug as faq, count(*)::int as asked,
         count(*) filter (where next_outcome = 'small-talk' and next_faq = faq_slug)::int as solved,
         count(*) filter (where next_outcome in ('handoff', 'leave-message') and next_faq is null)::int as handed_over,
         count(*) filter (where next_outcome in ('handoff', 'leave-message') and next_faq = faq_slug)::int as disliked
       from turns where outcome = 'answer' and faq_slug is not null group by faq_slug),
     rated as (
       select faq_slug as faq, count(*)::int as badly from gap_question
       where tenant_id = $1 and at > $2 and reason = 'rated' and faq_slug is not null group by faq_slug)
     select faq, coalesce(asked, 0) as asked, coalesce(solved, 0) as solved, coalesce(handed_over, 0) as handed_over,
       coalesce(disliked, 0) + coalesce(badly, 0) as disliked
     from counted full join rated using (faq)`,
    [tenantId, since],
  );
}

/** The conversation's last answer from an FAQ. */
export function lastFaqAnswer(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
): Promise<{ message_id: MessageId; faq_slug: string; at: Date } | undefined> {
  return tx.maybe(
    `select message_id, faq_slug, at from turn_trace
     where tenant_id = $1 and conversation_id = $2 and outcome = 'answer' and faq_slug is not null
     order by message_id desc limit 1`,
    [tenantId, conversationId],
  );
}

export function textPlace(messageId: MessageId) {
  return { table: "gap_question", column: "sealed_text", row: messageId };
}

/** Conversations since then whose contact said that an answer did not help, or rated it low. */
export async function dislikedConversations(
  tx: Tx,
  tenantId: TenantId,
  since: Date,
): Promise<ConversationId[]> {
  const rows = await tx.rows<{ id: ConversationId }>(
    `select distinct conversation_id as id from gap_question
     where tenant_id = $1 and at >= $2 and reason in ('not-solved', 'rated')`,
    [tenantId, since],
  );
  return rows.map(({ id }) => id);
}
