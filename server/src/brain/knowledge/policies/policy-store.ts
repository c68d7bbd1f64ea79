// SQL for the shop's policies. Rules are the shop's own words and stand in clear, as FAQs do.

import type { PolicyId, PolicySource, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface PolicyRow {
  id: PolicyId;
  key: string;
  is_on: boolean;
  source: PolicySource;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
}
export interface PolicyValues {
  id: PolicyId;
  source: PolicySource;
  isOn: boolean;
}
interface ByWhom {
  userId: UserId | null;
  at: Date;
}

const columns = "id, key, is_on, source, version, updated_at, deleted_at";

/** All living policies, in the order they were made. */
export function listPolicyRows(tx: Tx, tenantId: TenantId): Promise<PolicyRow[]> {
  return tx.rows<PolicyRow>(
    `select ${columns} from shop_policy where tenant_id = $1 and deleted_at is null order by id`,
    [tenantId],
  );
}

/** One living policy. */
export function findPolicyRow(tx: Tx, tenantId: TenantId, id: PolicyId): Promise<PolicyRow | undefined> {
  return tx.maybe<PolicyRow>(
    `select ${columns} from shop_policy where tenant_id = $1 and id = $2 and deleted_at is null`,
    [tenantId, id],
  );
}

/** How many there are. Makes others who add one wait until this transaction ends, so that the limit holds. */
export async function countPolicies(tx: Tx, tenantId: TenantId): Promise<number> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('shop_policy' || $1::text, 0))", [tenantId]);
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from shop_policy where tenant_id = $1 and deleted_at is null",
    [tenantId],
  );
  return count;
}

/** Fails with PostgreSQL's 23505 when a living policy has the key. */
export function insertPolicyRow(
  tx: Tx,
  tenantId: TenantId,
  values: PolicyValues,
  by: ByWhom,
): Promise<PolicyRow> {
  return tx.one<PolicyRow>(
    `insert into shop_policy (tenant_id, id, key, is_on, source, updated_at, updated_by)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7) returning ${columns}`,
    [tenantId, values.id, ...written(values), by.at, by.userId],
  );
}

/** Writes over a policy of exactly this version; undefined when somebody else was faster or it is gone. */
export function updatePolicyRow(
  tx: Tx,
  tenantId: TenantId,
  values: PolicyValues & { version: number },
  by: ByWhom,
): Promise<PolicyRow | undefined> {
  return tx.maybe<PolicyRow>(
    `update shop_policy set key = $3, is_on = $4, source = $5::jsonb, updated_at = $6, updated_by = $7,
       version = version + 1
     where tenant_id = $1 and id = $2 and version = $8 and deleted_at is null returning ${columns}`,
    [tenantId, values.id, ...written(values), by.at, by.userId, values.version],
  );
}

function written({ source, isOn }: PolicyValues): unknown[] {
  return [source.key, isOn, JSON.stringify(source)];
}

export function markPolicyDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: PolicyId,
  at: Date,
): Promise<PolicyRow | undefined> {
  return tx.maybe<PolicyRow>(
    `update shop_policy set deleted_at = $3, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [tenantId, id, at],
  );
}

/** Undoes a deletion that is not older than `since`. */
export function unmarkPolicyDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: PolicyId,
  since: Date,
): Promise<PolicyRow | undefined> {
  return tx.maybe<PolicyRow>(
    `update shop_policy set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3 returning ${columns}`,
    [tenantId, id, since],
  );
}

/** Ends what can no longer be restored. System role: all tenants. */
export function purgeDeletedPolicies(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from shop_policy where deleted_at < $1", [before]);
}
