// Domain events are kept long enough to build facts and reports anew from them, and no longer. A nightly job.
import type { Services } from "../context.ts";
import { deleteBefore } from "./outbox-store.ts";

export const eventDays = 400;
const dayMs = 86_400_000;
const batch = 5_000;

/** In small transactions; stopped anywhere, the next night goes on. Positions stay: numbers are never given twice. */
export async function trimEvents({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - eventDays * dayMs);
  let total = 0;
  for (let gone = batch; gone === batch; total += gone)
    gone = await db.system((tx) => deleteBefore(tx, before, batch));
  return total;
}
