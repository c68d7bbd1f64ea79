// Nightly: domain events have done their work when every subscriber has handled them; they are kept 400 days, as long as the
// audit log that was made of them, and then go. Positions stay, so that numbers are never given twice.
import type { Services } from "../context.ts";

export const eventDays = 400;
const batchRows = 5_000; // short locks: the line goes on meanwhile

/** How many went, over all tenants. */
export async function pruneEvents({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - eventDays * 86_400_000);
  let total = 0;
  for (;;) {
    const gone = await db.system((tx) =>
      tx.run(
        `delete from outbox_event where ctid = any(array(select ctid from outbox_event where at < $1 limit ${batchRows}))`,
        [before],
      ),
    );
    total += gone;
    if (gone < batchRows) break;
  }
  await db.system((tx) => tx.run("delete from outbox_failure where created_at < $1 and is_dead", [before]));
  return total;
}
