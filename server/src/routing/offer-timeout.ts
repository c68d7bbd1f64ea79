// How long an offer stays on the table: a setting of the default queue, also used for hand-overs between colleagues.
import type { Tx } from "../platform/db/index.ts";

const fallbackSeconds = 30;

export async function offerTimeoutMs(tx: Tx): Promise<number> {
  const row = await tx.maybe<{ seconds: number }>(
    `select offer_timeout_seconds as seconds from queue where is_default`,
  );
  return (row?.seconds ?? fallbackSeconds) * 1_000;
}
