// How many sends a platform still allows in this day or month. Used by deliver.ts before each bubble; a channel without
// a quota never comes here. Owner of channel_quota: channels.
import type { InboxId, TenantId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

/** "2026-11-20" or "2026-11", by UTC: platforms do not say by whose midnight they count, and this one never drifts. */
export function periodOf(per: "day" | "month", at: Date): string {
  return at.toISOString().slice(0, per === "day" ? 10 : 7);
}

/** Takes one of the period's sends; false when they are used up, and then nothing was taken. */
export async function takeQuota(
  tx: Tx,
  tenantId: TenantId,
  inboxId: InboxId,
  period: string,
  limit: number,
): Promise<boolean> {
  if (limit < 1) return false;
  const taken = await tx.run(
    `insert into channel_quota as q (tenant_id, inbox_id, period, used) values ($1, $2, $3, 1)
     on conflict (tenant_id, inbox_id, period) do update set used = q.used + 1 where q.used < $4`,
    [tenantId, inboxId, period, limit],
  );
  return taken === 1;
}

export async function usedQuota(tx: Tx, inboxId: InboxId, period: string): Promise<number> {
  const row = await tx.maybe<{ used: number }>(
    `select used from channel_quota where inbox_id = $1 and period = $2`,
    [inboxId, period],
  );
  return row?.used ?? 0;
}
