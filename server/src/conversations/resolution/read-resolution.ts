// How conversations ended: counts for the report, how many of some were solved, those that have gone quiet, and how those
// of a period were served, one by one.

import type {
  ConversationId,
  Disposition,
  HandoffReason,
  InboxId,
  Resolution,
  ResolutionReport,
  TenantId,
} from "@yingda/contract";
import { resolutions } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";

const dayMs = 86_400_000;

/** Those that ended in the last `days` days, demo conversations left out. */
export async function getResolution(ctx: Ctx, days: number): Promise<ResolutionReport> {
  requirePermission(ctx, "conversations-read");
  const to = ctx.clock.now();
  const from = new Date(to.getTime() - days * dayMs);
  const { rows, open } = await transact(ctx, async (tx) => ({
    rows: await tx.rows<{ state: Resolution; count: number }>(
      `select r.state, count(*)::int as count from conversation_resolution r
       join conversation c on c.tenant_id = r.tenant_id and c.id = r.conversation_id
       where r.tenant_id = $1 and r.at >= $2 and not c.is_demo group by r.state`,
      [ctx.tenantId, from],
    ),
    open: await tx.one<{ count: number }>(
      `select count(*)::int as count from conversation
       where tenant_id = $1 and created_at >= $2 and status <> 'resolved' and not is_demo`,
      [ctx.tenantId, from],
    ),
  }));
  const of = (state: Resolution) => rows.find((row) => row.state === state)?.count ?? 0;
  const counts = Object.fromEntries(
    resolutions.map((state) => [state, of(state)]),
  ) as ResolutionReport["counts"];
  const ended = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    counts,
    open: open.count,
    solvedShare: ended === 0 ? null : (counts.confirmed + counts.assumed) / ended,
  };
}

/** How many of these were solved by the bot, confirmed or assumed. The caller has checked the permission. */
export async function countSolved(ctx: Ctx, ids: readonly ConversationId[]): Promise<number> {
  const { count } = await transact(ctx, (tx) =>
    tx.one<{ count: number }>(
      `select count(*)::int as count from conversation_resolution
       where tenant_id = $1 and conversation_id = any($2::uuid[]) and state in ('confirmed', 'assumed')`,
      [ctx.tenantId, ids],
    ),
  );
  return count;
}

/** Quietest first, of all tenants; system role. Conversations with the bot; turns decides how they end. */
export function findQuiet(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ tenantId: TenantId; conversationId: ConversationId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id as "conversationId" from conversation
     where status = 'open' and handler_kind = 'bot' and last_message_at < $1 and not is_demo
     order by last_message_at limit $2`,
    [before, limit],
  );
}

export interface ServedConversation {
  id: ConversationId;
  createdAt: Date;
  /** First words of the bot, also a mere "connecting you", and of an agent. */
  botRepliedAt: Date | null;
  agentRepliedAt: Date | null;
  isResolved: boolean;
  disposition: Disposition | null;
  handoffReason: HandoffReason | null;
  rating: number | null;
  resolution: Resolution | null;
  /** It had ended, and the contact wrote again. */
  cameBack: boolean;
}

/**
 * For who compares ways of serving; asks no permission of its own. The newest first, at most `limit`; begun at or after `from`. `inboxId` null: of all inboxes. Demo conversations left out.
 */
export function servedConversations(
  ctx: Ctx,
  { from, inboxId, limit }: { from: Date; inboxId: InboxId | null; limit: number },
): Promise<ServedConversation[]> {
  return transact(ctx, (tx) =>
    tx.rows<ServedConversation>(
      `select c.id, c.created_at as "createdAt", c.status = 'resolved' as "isResolved", c.disposition,
         c.handoff_reason as "handoffReason", c.rating, r.state as resolution,
         (b.conversation_id is not null or coalesce(r.state = 'reopened', false)) as "cameBack",
         said.bot as "botRepliedAt", said.agent as "agentRepliedAt"
       from (
         select * from conversation
         where tenant_id = $1 and created_at >= $2 and ($3::uuid is null or inbox_id = $3) and not is_demo
         order by created_at desc, id limit $4) c
       left join conversation_resolution r on r.tenant_id = $1 and r.conversation_id = c.id
       left join conversation_return b on b.tenant_id = $1 and b.conversation_id = c.id
       left join lateral (
         select min(m.created_at) filter (where m.author_kind = 'bot') as bot,
           min(m.created_at) filter (where m.author_kind = 'agent') as agent
         from message m where m.tenant_id = $1 and m.conversation_id = c.id and m.kind = 'outbound') said on true
       order by c.created_at desc, c.id`,
      [ctx.tenantId, from, inboxId, limit],
    ),
  );
}
