// The table embedding_setting: one row per tenant that ever chose; no row means none. The key is sealed.

import type { EmbeddingKind, TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface SettingRow {
  kind: EmbeddingKind;
  base_url: string | null;
  model: string | null;
  dimensions: number | null;
  sealed_key: Buffer | null;
  folder: string | null;
}

export const keyPlace = (tenantId: TenantId) => ({
  table: "embedding_setting",
  column: "sealed_key",
  row: tenantId,
});

export async function readSetting(tx: Tx, tenantId: TenantId): Promise<SettingRow | null> {
  const [row] = await tx.rows<SettingRow>(
    `select kind, base_url, model, dimensions, sealed_key, folder from embedding_setting where tenant_id = $1`,
    [tenantId],
  );
  return row ?? null;
}

export async function writeSetting(tx: Tx, tenantId: TenantId, row: SettingRow): Promise<void> {
  await tx.run(
    `insert into embedding_setting (tenant_id, kind, base_url, model, dimensions, sealed_key, folder)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id) do update set kind = excluded.kind, base_url = excluded.base_url, model = excluded.model,
       dimensions = excluded.dimensions, sealed_key = excluded.sealed_key, folder = excluded.folder`,
    [tenantId, row.kind, row.base_url, row.model, row.dimensions, row.sealed_key, row.folder],
  );
}
