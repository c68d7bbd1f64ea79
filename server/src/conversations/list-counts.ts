// How many open conversations each handler has: the numbers on the tabs, and the load that routing looks at. Asked
// often and by many at once, so one answer serves a second, and callers of the same moment share one query.
import type { ListCounts, TenantId, UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";

// one branch per kind, so that each reads its own stretch of the index; nobody ends what the bot has answered, so those pile up
const mostBot = 1_000;
const open = "from conversation c where c.tenant_id = $1 and c.status = 'open' and c.handler_kind =";
export const countStatement: NamedStatement = {
  name: "conversation-counts",
  text: `select 'bot' as handler_kind, null::uuid as handler_agent_id, count(*)::int as count, 0 as attention
      from (select 1 ${open} 'bot' limit ${mostBot}) bot
    union all
    select 'queue', null::uuid, count(*)::int, count(*) filter (
        where c.origin = 'left-message' or c.handoff_reason in ('held', 'complaint', 'urgent'))::int ${open} 'queue'
    union all
    select 'agent', c.handler_agent_id, count(*)::int, 0 ${open} 'agent' group by c.handler_agent_id`,
};
interface CountRow {
  handler_kind: "bot" | "queue" | "agent";
  handler_agent_id: UserId | null;
  count: number;
  attention: number;
}

const freshMs = 1_000;
interface Cached {
  untilMs: number;
  counts: Promise<ListCounts>;
}
const byDatabase = new WeakMap<object, Map<TenantId, Cached>>();

/**
 * Open conversations per handler, at most a second old; asks no permission. `byAgent`: agents with none are absent.
 * `bot` counts to 1,000 and no further.
 */
export function listCounts(ctx: Ctx): Promise<ListCounts> {
  const known = byDatabase.get(ctx.db) ?? new Map<TenantId, Cached>();
  byDatabase.set(ctx.db, known);
  const nowMs = ctx.clock.nowMs();
  const cached = known.get(ctx.tenantId);
  if (cached && cached.untilMs > nowMs) return cached.counts;
  const counts = countNow(ctx);
  known.set(ctx.tenantId, { untilMs: nowMs + freshMs, counts });
  counts.catch(() => known.delete(ctx.tenantId)); // the next one asks again
  return counts;
}

/** The same, now: for tests and for decisions that must not be a second late. */
export async function countNow(ctx: Ctx): Promise<ListCounts> {
  const rows = await once<CountRow>(ctx, countStatement, [ctx.tenantId]);
  const counts: ListCounts = { queue: 0, attention: 0, bot: 0, byAgent: {} };
  for (const row of rows) {
    if (row.handler_kind === "agent" && row.handler_agent_id)
      counts.byAgent[row.handler_agent_id] = row.count;
    if (row.handler_kind === "bot") counts.bot += row.count;
    if (row.handler_kind === "queue") {
      counts.queue += row.count;
      counts.attention += row.attention;
    }
  }
  return counts;
}

/** Whether anybody of the shop has ever answered a real contact: a step of the first page's checklist. */
export async function hasAnswered(ctx: Ctx): Promise<boolean> {
  const statement = {
    name: "conversation-has-answered",
    text: `select exists (select 1 from conversation c where c.tenant_id = $1 and c.first_reply_at is not null
      and not c.is_demo) as "isAnswered"`,
  };
  const [row] = await once<{ isAnswered: boolean }>(ctx, statement, [ctx.tenantId]);
  return row?.isAnswered ?? false;
}

export { listConversations } from "./list-conversations.ts";
