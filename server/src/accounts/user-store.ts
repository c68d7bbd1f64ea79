// SQL over `app_user` and `recovery_code`.
import type { Role, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export interface UserRow {
  tenant_id: TenantId;
  id: UserId;
  account_hash: Buffer | null;
  sealed_account: Buffer | null;
  sealed_name: Buffer;
  sealed_email: Buffer | null;
  password_hash: string | null;
  role: Role;
  capacity: number;
  is_active: boolean;
  is_demo: boolean;
  sealed_totp: Buffer | null;
  totp_confirmed_at: Date | null;
  totp_last_step: number | null;
  last_seen_at: Date | null;
  created_at: Date;
}

const columns = `tenant_id, id, account_hash, sealed_account, sealed_name, sealed_email, password_hash, role, capacity, is_active, is_demo,
  sealed_totp, totp_confirmed_at, totp_last_step, last_seen_at, created_at`;

export type NewUser = Pick<
  UserRow,
  | "tenant_id"
  | "id"
  | "account_hash"
  | "sealed_account"
  | "sealed_name"
  | "password_hash"
  | "role"
  | "is_demo"
  | "created_at"
>;

/** False when the account is taken (anywhere in the installation). */
export async function insertUser(tx: Tx, row: NewUser): Promise<boolean> {
  const added = await tx.run(
    `insert into app_user (tenant_id, id, account_hash, sealed_account, sealed_name, password_hash, role, is_demo, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      row.tenant_id,
      row.id,
      row.account_hash,
      row.sealed_account,
      row.sealed_name,
      row.password_hash,
      row.role,
      row.is_demo,
      row.created_at,
    ],
  );
  return added === 1;
}

export function listUsers(tx: Tx, tenantId: TenantId): Promise<UserRow[]> {
  return tx.rows<UserRow>(`select ${columns} from app_user where tenant_id = $1 order by created_at, id`, [
    tenantId,
  ]);
}

export function findUser(tx: Tx, tenantId: TenantId, id: UserId): Promise<UserRow | undefined> {
  return tx.maybe<UserRow>(`select ${columns} from app_user where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

/** The member, locked until the transaction ends: for what two may try at once. */
export function lockUser(tx: Tx, tenantId: TenantId, id: UserId): Promise<UserRow | undefined> {
  return tx.maybe<UserRow>(`select ${columns} from app_user where tenant_id = $1 and id = $2 for update`, [
    tenantId,
    id,
  ]);
}

export function findUserByAccount(
  tx: Tx,
  tenantId: TenantId,
  accountHash: Buffer,
): Promise<UserRow | undefined> {
  return tx.maybe<UserRow>(`select ${columns} from app_user where tenant_id = $1 and account_hash = $2`, [
    tenantId,
    accountHash,
  ]);
}

export type UserChange = Partial<Omit<UserRow, "tenant_id" | "id" | "created_at" | "is_demo">>;

export async function changeUser(tx: Tx, tenantId: TenantId, id: UserId, change: UserChange): Promise<void> {
  const names = Object.keys(change) as (keyof UserChange)[];
  if (names.length === 0) return;
  const set = names.map((name, index) => `${name} = $${index + 3}`).join(", ");
  await tx.run(`update app_user set ${set} where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
    ...names.map((name) => change[name]),
  ]);
}

/** Locks the tenant's active owners, so that two changes at once cannot both remove the last one. */
export async function lockOwners(tx: Tx, tenantId: TenantId): Promise<UserId[]> {
  const rows = await tx.rows<{ id: UserId }>(
    "select id from app_user where tenant_id = $1 and role = 'owner' and is_active and password_hash is not null order by id for update",
    [tenantId],
  );
  return rows.map((row) => row.id);
}

export async function deleteDemoUsers(tx: Tx, tenantId: TenantId): Promise<number> {
  return tx.run("delete from app_user where tenant_id = $1 and is_demo and account_hash is null", [tenantId]);
}

export async function replaceRecoveryCodes(
  tx: Tx,
  tenantId: TenantId,
  userId: UserId,
  hashes: Buffer[],
): Promise<void> {
  await tx.run("delete from recovery_code where tenant_id = $1 and user_id = $2", [tenantId, userId]);
  await tx.run(
    "insert into recovery_code (tenant_id, user_id, code_hash) select $1, $2, unnest($3::bytea[])",
    [tenantId, userId, hashes],
  );
}

export async function useRecoveryCode(
  tx: Tx,
  tenantId: TenantId,
  userId: UserId,
  hash: Buffer,
  at: Date,
): Promise<boolean> {
  const used = await tx.run(
    "update recovery_code set used_at = $4 where tenant_id = $1 and user_id = $2 and code_hash = $3 and used_at is null",
    [tenantId, userId, hash, at],
  );
  return used === 1;
}

/** False when a code of this 30 s step (or a later one) was used before. */
export async function useTotpStep(
  tx: Tx,
  tenantId: TenantId,
  userId: UserId,
  step: number,
): Promise<boolean> {
  const used = await tx.run(
    "update app_user set totp_last_step = $3 where tenant_id = $1 and id = $2 and coalesce(totp_last_step, 0) < $3",
    [tenantId, userId, step],
  );
  return used === 1;
}
