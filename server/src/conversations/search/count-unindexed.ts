// How far the search index is behind, for the health page.
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";

const looksAt = 200;
/** Indexing is promised within two seconds. */
const graceMs = 10_000;

/** How many of the newest messages came after the newest indexed one and are old enough to be indexed; at most 200. */
export async function countUnindexed(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.clock.nowMs() - graceMs);
  const { count } = await transact(ctx, (tx) =>
    tx.one<{ count: number }>(
      `select count(*)::int as count from (
         select m.id, m.created_at, m.kind from message m where m.tenant_id = $1 order by m.id desc limit ${looksAt}) newest
       where newest.kind = 'inbound' and newest.created_at < $2 and newest.id > coalesce(
         (select s.message_id from message_search s where s.tenant_id = $1 order by s.message_id desc limit 1),
         '00000000-0000-0000-0000-000000000000')`,
      [ctx.tenantId, before],
    ),
  );
  return count;
}
