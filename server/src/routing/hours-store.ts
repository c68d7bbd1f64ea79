// SQL of the business hours: one row a tenant, the whole week as one value. Owner: routing.
import type { BusinessHours } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

/** Null before any were set: always open. */
export async function findHours(tx: Tx): Promise<BusinessHours | null> {
  const row = await tx.maybe<{ hours: BusinessHours }>(`select hours from business_hours`);
  return row?.hours ?? null;
}

export async function putHours(tx: Tx, tenantId: string, hours: BusinessHours, at: Date): Promise<void> {
  await tx.run(
    `insert into business_hours (tenant_id, hours, updated_at) values ($1, $2, $3)
     on conflict (tenant_id) do update set hours = excluded.hours, updated_at = excluded.updated_at`,
    [tenantId, JSON.stringify(hours), at],
  );
}
