// Nightly: FAQs deleted more than 30 days ago can no longer be brought back, so their rows end.

import type { Services } from "../../platform/context.ts";
import { purgeOrphanDrafts } from "./drafts/draft-store.ts";
import { purgeDeletedFaqs } from "./faq-store.ts";
import { restorableDays } from "./faqs.ts";

/** Number of rows ended, over all tenants. */
export async function purgeFaqs({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - restorableDays * 86_400_000);
  return db.system(async (tx) => {
    const ended = await purgeDeletedFaqs(tx, before);
    await purgeOrphanDrafts(tx);
    return ended;
  });
}
