// Whether a person of this shop has ever answered somebody: a line of the checklist on the first page. Asked until it is
// true, and then remembered for good.
import type { TenantId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";

const known = new WeakMap<object, Set<TenantId>>();

export async function hasAnswered(ctx: Ctx): Promise<boolean> {
  const answered = known.get(ctx.db) ?? new Set<TenantId>();
  known.set(ctx.db, answered);
  if (answered.has(ctx.tenantId)) return true;
  const { found } = await transact(ctx, (tx) =>
    tx.one<{ found: boolean }>(
      `select exists (select from message where tenant_id = $1 and author_kind = 'agent' and kind = 'outbound') as found`,
      [ctx.tenantId],
    ),
  );
  if (found) answered.add(ctx.tenantId);
  return found;
}
