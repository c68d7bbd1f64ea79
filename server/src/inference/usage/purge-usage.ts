// Nightly: calls to models are kept long enough to set a month beside the same month a year before, and no longer.

import type { Services } from "../../platform/context.ts";
import { purgeCalls } from "./usage-store.ts";

const keptDays = 400;

/** Number of calls ended, over all tenants. */
export async function purgeUsage({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - keptDays * 86_400_000);
  return db.system((tx) => purgeCalls(tx, before));
}
