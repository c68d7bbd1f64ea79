// SQL over `tenant`.
import type { TenantId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export interface TenantRow {
  tenant_id: TenantId;
  name: string;
  time_zone: string;
  locale: "zh-CN" | "en";
  is_set_up: boolean;
  retention_days: number | null;
  alert_email: string | null;
  sealed_alert_webhook: Buffer | null;
  features: string[];
  has_demo: boolean;
  created_at: Date;
}

const columns =
  "tenant_id, name, time_zone, locale, is_set_up, retention_days, alert_email, sealed_alert_webhook, features, has_demo, created_at";

export function insertTenant(
  tx: Tx,
  row: Pick<TenantRow, "tenant_id" | "name" | "locale" | "created_at">,
): Promise<number> {
  return tx.run("insert into tenant (tenant_id, name, locale, created_at) values ($1, $2, $3, $4)", [
    row.tenant_id,
    row.name,
    row.locale,
    row.created_at,
  ]);
}

export function readTenant(tx: Tx, tenantId: TenantId): Promise<TenantRow> {
  return tx.one<TenantRow>(`select ${columns} from tenant where tenant_id = $1`, [tenantId]);
}

export type TenantChange = Partial<Omit<TenantRow, "tenant_id" | "created_at">>;

export async function changeTenant(tx: Tx, tenantId: TenantId, change: TenantChange): Promise<void> {
  const names = Object.keys(change) as (keyof TenantChange)[];
  if (names.length === 0) return;
  const set = names.map((name, index) => `${name} = $${index + 2}`).join(", ");
  await tx.run(`update tenant set ${set} where tenant_id = $1`, [
    tenantId,
    ...names.map((name) => change[name]),
  ]);
}

export function listTenants(tx: Tx): Promise<TenantRow[]> {
  return tx.rows<TenantRow>(`select ${columns} from tenant order by created_at`);
}
