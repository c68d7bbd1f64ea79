// Nightly: policies deleted more than 30 days ago can no longer be brought back, so their rows end.

import type { Services } from "../../../platform/context.ts";
import { restorableDays } from "../faqs.ts";
import { purgeDeletedPolicies } from "./policy-store.ts";

/** Number of policies ended, over all tenants. */
export async function purgePolicies({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - restorableDays * 86_400_000);
  return db.system((tx) => purgeDeletedPolicies(tx, before));
}
