// SQL of drafts. Owner: turns. Sealing is the callers'; places are named here.
import type {
  BotDraftId,
  Content,
  ConversationId,
  DraftMark,
  DraftResult,
  DraftRoute,
  HandoffReason,
  InboxId,
  TenantId,
} from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";
import type { TurnMemory } from "../turn-input.ts";

/** What is sealed of a draft. `memory`: what the bot's next turn would have known, had this been said. */
export interface DraftBody {
  asked: string;
  contents: Content[];
  source: string | null;
  reason: HandoffReason | null;
  memory: TurnMemory;
}

export interface DraftRow {
  id: BotDraftId;
  conversation_id: ConversationId;
  inbox_id: InboxId;
  from_seq: number;
  to_seq: number;
  route: DraftRoute;
  faq_slug: string | null;
  confidence: number;
  is_sendable: boolean;
  sealed_draft: Buffer;
  result: DraftResult;
  is_final: boolean;
  similarity: number | null;
  sealed_sent: Buffer | null;
  is_wrong_route: boolean;
  mark: DraftMark | null;
  dismissed_at: Date | null;
  at: Date;
}
const columns = `id, conversation_id, inbox_id, from_seq, to_seq, route, faq_slug, confidence, is_sendable, sealed_draft,
  result, is_final, similarity, sealed_sent, is_wrong_route, mark, dismissed_at, at`;

export type NewDraft = Pick<
  DraftRow,
  | "id"
  | "conversation_id"
  | "inbox_id"
  | "from_seq"
  | "to_seq"
  | "route"
  | "faq_slug"
  | "confidence"
  | "is_sendable"
  | "sealed_draft"
  | "at"
>;

/** Nothing where the conversation was erased meanwhile; it is seen in the number. */
export function insertDraft(tx: Tx, tenantId: TenantId, draft: NewDraft): Promise<number> {
  return tx.run(
    `insert into bot_draft (tenant_id, id, conversation_id, inbox_id, from_seq, to_seq, route, faq_slug, confidence,
       is_sendable, sealed_draft, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tenantId,
      draft.id,
      draft.conversation_id,
      draft.inbox_id,
      draft.from_seq,
      draft.to_seq,
      draft.route,
      draft.faq_slug,
      draft.confidence,
      draft.is_sendable,
      draft.sealed_draft,
      draft.at,
    ],
  );
}

/** The conversation's newest drafts, the last first; without replaced ones. */
export function latestDrafts(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
  limit: number,
): Promise<DraftRow[]> {
  return tx.rows<DraftRow>(
    `select ${columns} from bot_draft where tenant_id = $1 and conversation_id = $2 and result <> 'replaced'
     order by to_seq desc, id desc limit $3`,
    [tenantId, conversationId, limit],
  );
}

export function findDraft(tx: Tx, tenantId: TenantId, id: BotDraftId): Promise<DraftRow | undefined> {
  return tx.maybe<DraftRow>(`select ${columns} from bot_draft where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

export async function replaceDraft(tx: Tx, tenantId: TenantId, id: BotDraftId, at: Date): Promise<void> {
  await tx.run(
    "update bot_draft set result = 'replaced', is_final = true, settled_at = $3 where tenant_id = $1 and id = $2",
    [tenantId, id, at],
  );
}

/** The contact has gone on: what was answered before is no longer compared. */
export async function closeAnswered(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
  fromSeq: number,
): Promise<void> {
  await tx.run(
    `update bot_draft set is_final = true
     where tenant_id = $1 and conversation_id = $2 and to_seq < $3 and result <> 'open' and not is_final`,
    [tenantId, conversationId, fromSeq],
  );
}

/** Drafts that a person's message may answer, of lines before it. */
export function draftsToSettle(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
  beforeSeq: number,
): Promise<DraftRow[]> {
  return tx.rows<DraftRow>(
    `select ${columns} from bot_draft
     where tenant_id = $1 and conversation_id = $2 and to_seq < $3 and not is_final order by to_seq`,
    [tenantId, conversationId, beforeSeq],
  );
}

export interface Settled {
  id: BotDraftId;
  result: DraftResult;
  similarity: number;
  sealedSent: Buffer;
  isWrongRoute: boolean;
  wasShown: boolean;
}

export async function settleDraft(tx: Tx, tenantId: TenantId, settled: Settled, at: Date): Promise<void> {
  await tx.run(
    `update bot_draft set result = $3, similarity = $4, sealed_sent = $5, is_wrong_route = $6, was_shown = $7, settled_at = $8
     where tenant_id = $1 and id = $2`,
    [
      tenantId,
      settled.id,
      settled.result,
      settled.similarity,
      settled.sealedSent,
      settled.isWrongRoute,
      settled.wasShown,
      at,
    ],
  );
}

/** It was passed on although the bot would have answered. True when there was such a draft. */
export async function notePassedOn(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
): Promise<boolean> {
  const changed = await tx.run(
    `update bot_draft set is_wrong_route = true
     where tenant_id = $1 and conversation_id = $2 and result = 'open' and route <> 'person' and not is_wrong_route`,
    [tenantId, conversationId],
  );
  return changed > 0;
}

/** The conversation has ended: what nobody answered stays so. True when there was anything. */
export async function endDrafts(
  tx: Tx,
  tenantId: TenantId,
  conversationId: ConversationId,
  at: Date,
): Promise<boolean> {
  const ended = await tx.run(
    `update bot_draft set is_final = true, settled_at = coalesce(settled_at, $3),
       result = case when result = 'open' then 'ignored' else result end
     where tenant_id = $1 and conversation_id = $2 and not is_final`,
    [tenantId, conversationId, at],
  );
  return ended > 0;
}

export async function judgeDraft(
  tx: Tx,
  tenantId: TenantId,
  id: BotDraftId,
  { mark, dismissedAt }: { mark: DraftMark | null; dismissedAt: Date | null },
): Promise<void> {
  await tx.run("update bot_draft set mark = $3, dismissed_at = $4 where tenant_id = $1 and id = $2", [
    tenantId,
    id,
    mark,
    dismissedAt,
  ]);
}

export function draftPlace(id: BotDraftId) {
  return { table: "bot_draft", column: "sealed_draft", row: id };
}

export function sentPlace(id: BotDraftId) {
  return { table: "bot_draft", column: "sealed_sent", row: id };
}
