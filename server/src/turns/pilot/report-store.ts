// SQL of the trial's report: sums over drafts, drafts that were changed much, what turns knows of conversations. Owner: turns.
import type { ConversationId, InboxId, TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";
import type { DraftRow } from "./draft-store.ts";
import type { BotPart, DraftCount } from "./pilot-figures.ts";

export interface DraftPeriod {
  from: Date;
  inboxId: InboxId | null;
}

export function countDrafts(
  tx: Tx,
  tenantId: TenantId,
  { from, inboxId }: DraftPeriod,
): Promise<DraftCount[]> {
  return tx.rows<DraftCount>(
    `select route, result, mark, is_wrong_route as "isWrongRoute", was_shown as "wasShown", count(*)::int as count
     from bot_draft where tenant_id = $1 and at >= $2 and ($3::uuid is null or inbox_id = $3)
     group by route, result, mark, is_wrong_route, was_shown`,
    [tenantId, from, inboxId],
  );
}

export type ChangedRow = Pick<
  DraftRow,
  "id" | "conversation_id" | "sealed_draft" | "sealed_sent" | "faq_slug" | "mark" | "is_wrong_route" | "at"
>;

/** Answered in other words, with other numbers, or marked as wrong; the newest first. */
export function listChanged(
  tx: Tx,
  tenantId: TenantId,
  { from, inboxId }: DraftPeriod,
  limit: number,
): Promise<ChangedRow[]> {
  return tx.rows<ChangedRow>(
    `select id, conversation_id, sealed_draft, sealed_sent, faq_slug, mark, is_wrong_route, at from bot_draft
     where tenant_id = $1 and at >= $2 and ($3::uuid is null or inbox_id = $3) and sealed_sent is not null
       and ((route <> 'person' and was_shown and (result = 'own' or similarity <= 0.6)) or mark is not null
         or (is_wrong_route and result <> 'unchanged'))
     order by at desc, id desc limit $4`,
    [tenantId, from, inboxId, limit],
  );
}

export type PartRow = BotPart & { conversationId: ConversationId };

/** Of these conversations; one that the bot had nothing to do with is left out. */
export async function readParts(
  tx: Tx,
  tenantId: TenantId,
  ids: readonly ConversationId[],
): Promise<PartRow[]> {
  return tx.rows<PartRow>(
    `with said as (
       select conversation_id, bool_or(outcome in ('answer', 'ask-back', 'flow', 'small-talk', 'held')) as spoken,
         bool_or(outcome in ('handoff', 'leave-message')) as handed,
         bool_or(outcome in ('handoff', 'leave-message') and faq_slug is not null) as pressed
       from turn_trace where tenant_id = $1 and conversation_id = any($2::uuid[]) group by conversation_id),
     drafted as (
       select conversation_id, bool_or(coalesce(was_shown, true)) as shown
       from bot_draft where tenant_id = $1 and conversation_id = any($2::uuid[]) group by conversation_id)
     select coalesce(s.conversation_id, d.conversation_id) as "conversationId", coalesce(s.spoken, false) as "hasSpoken",
       coalesce(s.handed, false) as "handedOver", coalesce(s.pressed, false) as "pressedNotSolved",
       coalesce(d.shown, false) as "hasDraft"
     from said s full join drafted d on d.conversation_id = s.conversation_id`,
    [tenantId, ids],
  );
}
