// SQL for the values of blanks and for which packs are on.

import type { TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export async function readBlankValues(tx: Tx, tenantId: TenantId): Promise<Map<string, string>> {
  const rows = await tx.rows<{ key: string; value: string }>(
    "select key, value from blank_value where tenant_id = $1",
    [tenantId],
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

export async function writeBlankValues(
  tx: Tx,
  tenantId: TenantId,
  values: ReadonlyMap<string, string | null>,
  at: Date,
): Promise<void> {
  const filled = [...values].filter((entry): entry is [string, string] => entry[1] !== null);
  const emptied = [...values].filter(([, value]) => value === null).map(([key]) => key);
  await tx.run("delete from blank_value where tenant_id = $1 and key = any($2)", [tenantId, emptied]);
  await tx.run(
    `insert into blank_value (tenant_id, key, value, updated_at)
     select $1, given.key, given.value, $4 from unnest($2::text[], $3::text[]) as given (key, value)
     on conflict (tenant_id, key) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [tenantId, filled.map(([key]) => key), filled.map(([, value]) => value), at],
  );
}

export interface PackSwitch {
  slug: string;
  is_on: boolean;
  switched_at: Date;
}

export function readPackSwitches(tx: Tx, tenantId: TenantId): Promise<PackSwitch[]> {
  return tx.rows<PackSwitch>("select slug, is_on, switched_at from pack_switch where tenant_id = $1", [
    tenantId,
  ]);
}

/** Two people do not switch a shop's packs at once, a pack that was never switched among them: there is no row to lock. */
export async function lockPackSwitch(
  tx: Tx,
  tenantId: TenantId,
  slug: string,
): Promise<PackSwitch | undefined> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('pack_switch' || $1::text, 0))", [tenantId]);
  return tx.maybe<PackSwitch>(
    "select slug, is_on, switched_at from pack_switch where tenant_id = $1 and slug = $2",
    [tenantId, slug],
  );
}

export function writePackSwitch(
  tx: Tx,
  tenantId: TenantId,
  slug: string,
  isOn: boolean,
  at: Date,
): Promise<number> {
  return tx.run(
    `insert into pack_switch (tenant_id, slug, is_on, switched_at) values ($1, $2, $3, $4)
     on conflict (tenant_id, slug) do update set is_on = excluded.is_on, switched_at = excluded.switched_at`,
    [tenantId, slug, isOn, at],
  );
}
