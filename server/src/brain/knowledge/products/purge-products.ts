// Nightly: products deleted more than 30 days ago can no longer be brought back, so their rows and codes end. Their pictures
// stay: customers have been sent them.

import type { Services } from "../../../platform/context.ts";
import { restorableDays } from "../faqs.ts";
import { purgeDeletedProducts } from "./product-store.ts";

/** Number of products ended, over all tenants. */
export async function purgeProducts({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - restorableDays * 86_400_000);
  return db.system((tx) => purgeDeletedProducts(tx, before));
}
