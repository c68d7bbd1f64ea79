// SQL for proofs of identity.

import type { TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface ProofRow {
  sealed_address: Buffer;
  salt: Buffer;
  code_hash: Buffer;
  expires_at: Date;
  tries: number;
  sends: number;
  sends_since: Date;
  proved_at: Date | null;
}

const columns = "sealed_address, salt, code_hash, expires_at, tries, sends, sends_since, proved_at";

/** Locked: two tries at the same moment are counted as two. */
export function lockProof(tx: Tx, tenantId: TenantId, conversationId: string): Promise<ProofRow | undefined> {
  return tx.maybe(
    `select ${columns} from identity_proof where tenant_id = $1 and conversation_id = $2 for update`,
    [tenantId, conversationId],
  );
}

/** Codes sent by the tenant since this instant. */
export async function countSends(tx: Tx, tenantId: TenantId, since: Date): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    "select coalesce(sum(sends), 0)::int as count from identity_proof where tenant_id = $1 and sends_since >= $2",
    [tenantId, since],
  );
  return count;
}

export async function putProof(
  tx: Tx,
  tenantId: TenantId,
  conversationId: string,
  row: Omit<ProofRow, "tries" | "proved_at">,
): Promise<void> {
  await tx.run(
    `insert into identity_proof (tenant_id, conversation_id, sealed_address, salt, code_hash, expires_at, sends, sends_since)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, conversation_id) do update set sealed_address = excluded.sealed_address, salt = excluded.salt,
       code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0, sends = excluded.sends,
       sends_since = excluded.sends_since, proved_at = null`,
    [
      tenantId,
      conversationId,
      row.sealed_address,
      row.salt,
      row.code_hash,
      row.expires_at,
      row.sends,
      row.sends_since,
    ],
  );
}

export async function noteTry(
  tx: Tx,
  tenantId: TenantId,
  conversationId: string,
  provedAt: Date | null,
): Promise<void> {
  await tx.run(
    `update identity_proof set tries = tries + 1, proved_at = coalesce($3, proved_at)
     where tenant_id = $1 and conversation_id = $2`,
    [tenantId, conversationId, provedAt],
  );
}
