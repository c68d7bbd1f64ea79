// SQL over `invitation` and `api_key`.
import type { ApiKeyId, Permission, Role, TenantId, UserId } from "@yingda/contract";
import type { NamedStatement, Tx } from "../platform/db/index.ts";

export interface InvitationRow {
  tenant_id: TenantId;
  id: string;
  token_hash: Buffer;
  role: Role;
  sealed_name: Buffer;
  user_id: UserId | null;
  invited_by: UserId | null;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
}

export function insertInvitation(tx: Tx, row: Omit<InvitationRow, "accepted_at">): Promise<number> {
  return tx.run(
    `insert into invitation (tenant_id, id, token_hash, role, sealed_name, user_id, invited_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.tenant_id,
      row.id,
      row.token_hash,
      row.role,
      row.sealed_name,
      row.user_id,
      row.invited_by,
      row.created_at,
      row.expires_at,
    ],
  );
}

/** The invitation if it may still be used; locked, so that it is accepted once. */
export function takeInvitation(
  tx: Tx,
  tenantId: TenantId,
  tokenHash: Buffer,
  at: Date,
): Promise<InvitationRow | undefined> {
  return tx.maybe<InvitationRow>(
    `select tenant_id, id, token_hash, role, sealed_name, user_id, invited_by, created_at, expires_at, accepted_at
     from invitation where tenant_id = $1 and token_hash = $2 and accepted_at is null and expires_at > $3 for update`,
    [tenantId, tokenHash, at],
  );
}

export function markAccepted(tx: Tx, tenantId: TenantId, id: string, at: Date): Promise<number> {
  return tx.run("update invitation set accepted_at = $3 where tenant_id = $1 and id = $2", [
    tenantId,
    id,
    at,
  ]);
}

export interface ApiKeyRow {
  tenant_id: TenantId;
  id: ApiKeyId;
  name: string;
  last_four: string;
  scopes: Permission[];
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const keyColumns = "tenant_id, id, name, last_four, scopes, created_at, last_used_at, revoked_at";

export function insertApiKey(
  tx: Tx,
  row: Omit<ApiKeyRow, "last_used_at" | "revoked_at"> & { key_hash: Buffer; created_by: UserId | null },
): Promise<number> {
  return tx.run(
    "insert into api_key (tenant_id, id, name, key_hash, last_four, scopes, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [
      row.tenant_id,
      row.id,
      row.name,
      row.key_hash,
      row.last_four,
      row.scopes,
      row.created_by,
      row.created_at,
    ],
  );
}

export function listApiKeyRows(tx: Tx, tenantId: TenantId): Promise<ApiKeyRow[]> {
  return tx.rows<ApiKeyRow>(
    `select ${keyColumns} from api_key where tenant_id = $1 order by created_at desc`,
    [tenantId],
  );
}

export const apiKeyByHash: NamedStatement = {
  name: "api_key_by_hash",
  text: `select ${keyColumns} from api_key where tenant_id = $1 and key_hash = $2 and revoked_at is null`,
};

export function touchApiKey(tx: Tx, tenantId: TenantId, id: ApiKeyId, at: Date): Promise<number> {
  return tx.run("update api_key set last_used_at = $3 where tenant_id = $1 and id = $2", [tenantId, id, at]);
}

export function revokeApiKeyRow(tx: Tx, tenantId: TenantId, id: ApiKeyId, at: Date): Promise<number> {
  return tx.run(
    "update api_key set revoked_at = $3 where tenant_id = $1 and id = $2 and revoked_at is null",
    [tenantId, id, at],
  );
}
