// How many open conversations each handler has: the numbers on the tabs, and the load that routing looks at. Asked
// often and by many at once, so one answer serves a second, and callers of the same moment share one query.
import type { ListCounts, TenantId, UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";

export const countStatement: NamedStatement = {
  name: "conversation-counts",
  text: `select c.handler_kind, c.handler_agent_id, count(*)::int as count,
      count(*) filter (where c.handler_kind = 'queue'
        and (c.origin = 'left-message' or c.handoff_reason in ('held', 'complaint', 'urgent')))::int as attention
    from conversation c where c.tenant_id = $1 and c.status = 'open' and c.handler_kind in ('bot', 'queue', 'agent')
    group by c.handler_kind, c.handler_agent_id`,
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

/** Open conversations per handler, at most a second old; asks no permission. `byAgent`: agents with none are absent. */
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
