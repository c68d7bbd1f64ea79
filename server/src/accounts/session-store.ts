// SQL over `session`, `sign_in_failure` and `setup_token`.
import type { Role, TenantId, UserId } from "@yingda/contract";
import type { NamedStatement, Tx } from "../platform/db/index.ts";

export interface SessionRow {
  tenant_id: TenantId;
  id: string;
  user_id: UserId;
  token_hash: Buffer;
  sealed_device: Buffer;
  sealed_address: Buffer;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

export function insertSession(tx: Tx, row: SessionRow): Promise<number> {
  return tx.run(
    `insert into session (tenant_id, id, user_id, token_hash, sealed_device, sealed_address, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.tenant_id,
      row.id,
      row.user_id,
      row.token_hash,
      row.sealed_device,
      row.sealed_address,
      row.created_at,
      row.last_seen_at,
      row.expires_at,
    ],
  );
}

export interface SessionUser {
  id: string;
  user_id: UserId;
  last_seen_at: Date;
  expires_at: Date;
  role: Role;
  is_active: boolean;
  sealed_name: Buffer;
}

/** Asked on every signed-in request: one flight. */
export const sessionByToken: NamedStatement = {
  name: "session_by_token",
  text: `select s.id, s.user_id, s.last_seen_at, s.expires_at, u.role, u.is_active, u.sealed_name
    from session s join app_user u on u.tenant_id = s.tenant_id and u.id = s.user_id
    where s.tenant_id = $1 and s.token_hash = $2`,
};

export function touchSession(
  tx: Tx,
  tenantId: TenantId,
  id: string,
  userId: UserId,
  at: Date,
  expiresAt: Date,
): Promise<number> {
  return tx.run(
    `with touched as (update session set last_seen_at = $4, expires_at = $5 where tenant_id = $1 and id = $2 returning 1)
     update app_user set last_seen_at = $4 where tenant_id = $1 and id = $3`,
    [tenantId, id, userId, at, expiresAt],
  );
}

export function listSessionRows(tx: Tx, tenantId: TenantId, userId: UserId, at: Date): Promise<SessionRow[]> {
  return tx.rows<SessionRow>(
    `select tenant_id, id, user_id, token_hash, sealed_device, sealed_address, created_at, last_seen_at, expires_at
     from session where tenant_id = $1 and user_id = $2 and expires_at > $3 order by last_seen_at desc`,
    [tenantId, userId, at],
  );
}

export function deleteSession(tx: Tx, tenantId: TenantId, userId: UserId, id: string): Promise<number> {
  return tx.run("delete from session where tenant_id = $1 and user_id = $2 and id = $3", [
    tenantId,
    userId,
    id,
  ]);
}

/** All of a member's sessions but one; returns the ended ids so that their sockets can be cut. */
export async function deleteSessionsExcept(
  tx: Tx,
  tenantId: TenantId,
  userId: UserId,
  keep: string | null,
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    "delete from session where tenant_id = $1 and user_id = $2 and id is distinct from $3::uuid returning id",
    [tenantId, userId, keep],
  );
  return rows.map((row) => row.id);
}

export function deleteExpiredSessions(tx: Tx, at: Date): Promise<number> {
  return tx.run("delete from session where expires_at < $1", [at]);
}

export function deleteOldFailures(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from sign_in_failure where last_at < $1", [before]);
}

export interface FailureRow {
  failures: number;
  last_at: Date;
  locked_until: Date | null;
}

export function readFailures(
  tx: Tx,
  accountHash: Buffer,
  addressHash: Buffer,
): Promise<FailureRow | undefined> {
  return tx.maybe<FailureRow>(
    "select failures, last_at, locked_until from sign_in_failure where account_hash = $1 and address_hash = $2",
    [accountHash, addressHash],
  );
}

export async function countFailure(
  tx: Tx,
  accountHash: Buffer,
  addressHash: Buffer,
  at: Date,
  forgetBefore: Date,
): Promise<number> {
  const row = await tx.one<{ failures: number }>(
    `insert into sign_in_failure as f (account_hash, address_hash, failures, last_at) values ($1, $2, 1, $3)
     on conflict (account_hash, address_hash) do update
       set failures = case when f.last_at < $4 then 1 else f.failures + 1 end, last_at = $3
     returning failures`,
    [accountHash, addressHash, at, forgetBefore],
  );
  return row.failures;
}

export function lockOut(tx: Tx, accountHash: Buffer, addressHash: Buffer, until: Date): Promise<number> {
  return tx.run(
    "update sign_in_failure set locked_until = $3 where account_hash = $1 and address_hash = $2",
    [accountHash, addressHash, until],
  );
}

export function clearFailures(tx: Tx, accountHash: Buffer, addressHash: Buffer): Promise<number> {
  return tx.run("delete from sign_in_failure where account_hash = $1 and address_hash = $2", [
    accountHash,
    addressHash,
  ]);
}

export async function replaceSetupToken(
  tx: Tx,
  hash: Buffer,
  createdAt: Date,
  expiresAt: Date,
): Promise<void> {
  await tx.run("delete from setup_token");
  await tx.run("insert into setup_token (token_hash, created_at, expires_at) values ($1, $2, $3)", [
    hash,
    createdAt,
    expiresAt,
  ]);
}

export async function useSetupToken(tx: Tx, hash: Buffer, at: Date): Promise<boolean> {
  const used = await tx.run(
    "update setup_token set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2",
    [hash, at],
  );
  return used === 1;
}

export function giveBackSetupToken(tx: Tx, hash: Buffer): Promise<number> {
  return tx.run("update setup_token set used_at = null where token_hash = $1", [hash]);
}

export async function ownerExists(tx: Tx): Promise<boolean> {
  const row = await tx.one<{ found: boolean }>(
    "select exists (select from app_user where role = 'owner' and password_hash is not null) as found",
  );
  return row.found;
}
