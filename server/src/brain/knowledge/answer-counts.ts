// How often each FAQ was the answer: counted in memory and added to the rows now and then, so that a popular FAQ's row
// is not written on every turn. At most a minute of counts is lost in a crash; they are a hint for the owner, no record.

import type { TenantId } from "@yingda/contract";
import type { Ctx, Services } from "../../platform/context.ts";
import type { Db } from "../../platform/db/index.ts";
import { addAskedCounts } from "./faq-store.ts";

const counters = new WeakMap<Db, Map<TenantId, Map<string, number>>>();

/** Called after an answer was applied. */
export function countAnswer(ctx: Pick<Ctx, "db" | "tenantId">, slug: string): void {
  let tenants = counters.get(ctx.db);
  if (tenants === undefined) {
    tenants = new Map();
    counters.set(ctx.db, tenants);
  }
  const counts = tenants.get(ctx.tenantId) ?? new Map<string, number>();
  counts.set(slug, (counts.get(slug) ?? 0) + 1);
  tenants.set(ctx.tenantId, counts);
}

/** What was counted since the last call, which then is the caller's to write. */
export function takeAnswerCounts(ctx: Pick<Ctx, "db" | "tenantId">): ReadonlyMap<string, number> {
  const tenants = counters.get(ctx.db);
  const counts = tenants?.get(ctx.tenantId) ?? new Map<string, number>();
  tenants?.delete(ctx.tenantId);
  return counts;
}

/** Writes all tenants' counts; each minute, and at a clean stop. */
export async function flushAnswerCounts(services: Pick<Services, "db">): Promise<void> {
  for (const tenantId of [...(counters.get(services.db)?.keys() ?? [])]) {
    const counts = takeAnswerCounts({ db: services.db, tenantId });
    await services.db.transact(tenantId, (tx) => addAskedCounts(tx, tenantId, counts));
  }
}
