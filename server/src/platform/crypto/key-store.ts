/**
 * SQL for the wrapped data keys (table data_key) and how they are wrapped by the master key.
 *
 * System role only: the app role cannot read the table. A wrapped key is an envelope (envelope.ts) whose key id
 * is the master key's fingerprint, so a key wrapped by another master key is told apart from a damaged one.
 */
import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { Tx } from "../db/transact.ts";
import { openValue, SealError, type SealingKey, sealValue } from "./envelope.ts";
import { KeyProblem } from "./key-problem.ts";
import type { MasterKey } from "./master-key.ts";

export const keyPurposes = ["data", "search", "lookup", "audit"] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

export type WrappedKey = {
  tenantId: string;
  keyId: number;
  purpose: KeyPurpose;
  wrapped: Buffer;
  createdAt: Date;
  retiredAt: Date | null;
};

const columns = `tenant_id as "tenantId", key_id as "keyId", purpose, wrapped, created_at as "createdAt",
  retired_at as "retiredAt"`;

/** All keys of a tenant, oldest first. */
export function keysOfTenant(tx: Tx, tenantId: string): Promise<WrappedKey[]> {
  return tx.rows(`select ${columns} from data_key where tenant_id = $1 order by purpose, key_id`, [tenantId]);
}

/** Adds keys; one that another process added meanwhile is left as it is. */
export async function addKeys(tx: Tx, keys: readonly WrappedKey[]): Promise<void> {
  for (const key of keys)
    await tx.run(
      `insert into data_key (tenant_id, key_id, purpose, wrapped, created_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [key.tenantId, key.keyId, key.purpose, key.wrapped, key.createdAt],
    );
}

/** Every key of the instance, locked, for re-wrapping. */
export function lockAllKeys(tx: Tx): Promise<WrappedKey[]> {
  return tx.rows(`select ${columns} from data_key order by tenant_id, purpose, key_id for update`);
}

export async function replaceWrapped(tx: Tx, key: WrappedKey, wrapped: Buffer): Promise<void> {
  await tx.run("update data_key set wrapped = $4 where tenant_id = $1 and purpose = $2 and key_id = $3", [
    key.tenantId,
    key.purpose,
    key.keyId,
    wrapped,
  ]);
}

/** Marks the keys below `keyId` of these purposes as no longer needed for new work. */
export async function retireKeysBelow(
  tx: Tx,
  tenantId: string,
  purpose: KeyPurpose,
  keyId: number,
  at: Date,
): Promise<void> {
  await tx.run(
    `update data_key set retired_at = $4
     where tenant_id = $1 and purpose = $2 and key_id < $3 and retired_at is null`,
    [tenantId, purpose, keyId, at],
  );
}

/** Makes a fresh key, wrapped, ready for addKeys. */
export function freshKey(
  masterKey: MasterKey,
  tenantId: string,
  purpose: KeyPurpose,
  keyId: number,
  createdAt: Date,
): WrappedKey {
  const bytes = randomBytes(32);
  const wrapped = wrapKey(masterKey, tenantId, purpose, keyId, bytes);
  bytes.fill(0);
  return { tenantId, keyId, purpose, wrapped, createdAt, retiredAt: null };
}

/** The key itself, held by the crypto library; the bytes in our hands are zeroed at once. Throws KeyProblem. */
export function unwrapKey(masterKey: MasterKey, key: WrappedKey): KeyObject {
  const bytes = unwrapBytes(masterKey, key);
  const secret = createSecretKey(bytes);
  bytes.fill(0);
  return secret;
}

/** The same key wrapped by another master key. */
export function rewrapKey(from: MasterKey, to: MasterKey, key: WrappedKey): Buffer {
  const bytes = unwrapBytes(from, key);
  const wrapped = wrapKey(to, key.tenantId, key.purpose, key.keyId, bytes);
  bytes.fill(0);
  return wrapped;
}

function unwrapBytes(masterKey: MasterKey, key: WrappedKey): Buffer {
  const wrapping = wrappingKey(masterKey);
  const find = (id: number) => (id === wrapping.id ? wrapping : undefined);
  try {
    return openValue(find, key.tenantId, placeOf(key.purpose, key.keyId), key.wrapped);
  } catch (error) {
    if (error instanceof SealError && error.problem === "unknown-key") throw wrongMasterKey();
    throw error;
  }
}

function wrapKey(
  masterKey: MasterKey,
  tenantId: string,
  purpose: KeyPurpose,
  keyId: number,
  bytes: Uint8Array,
): Buffer {
  return sealValue(wrappingKey(masterKey), tenantId, placeOf(purpose, keyId), bytes);
}

function wrappingKey(masterKey: MasterKey): SealingKey {
  return { id: masterKey.fingerprint, secret: masterKey.deriveKey("wrap") };
}

function placeOf(purpose: KeyPurpose, keyId: number) {
  return { table: "data_key", column: "wrapped", row: `${purpose}:${keyId}` };
}

export function wrongMasterKey(): KeyProblem {
  return new KeyProblem(
    "wrong",
    "主密钥文件与数据库不匹配：数据是用另一把主密钥加密的。请放回原来的密钥文件（检查 YINGDA_KEY_FILE），或用恢复密钥恢复。",
    "The master key file does not belong to this database: its rows were encrypted under another key. Put the original key file back (check YINGDA_KEY_FILE), or recover with the recovery key.",
  );
}
