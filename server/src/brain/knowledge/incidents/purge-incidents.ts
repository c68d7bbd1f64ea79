// Nightly: pinned statements removed more than 30 days ago can no longer be brought back, so their rows end.

import type { Services } from "../../../platform/context.ts";
import { restorableDays } from "../faqs.ts";
import { purgeDeletedIncidents } from "./incident-store.ts";

/** Number of statements ended, over all tenants. */
export async function purgeIncidents({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - restorableDays * 86_400_000);
  return db.system((tx) => purgeDeletedIncidents(tx, before));
}
