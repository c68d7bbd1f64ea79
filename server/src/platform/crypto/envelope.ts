/**
 * One sealed value: AES-256-GCM bound to the exact place where it is stored.
 *
 * Bytes: version (1) | key id (uint32) | nonce (12) | ciphertext | tag (16), so 33 more than the value.
 * The associated data names tenant, table, column, row and key id: a value copied to another row, column
 * or tenant does not open. Called by the vault; nothing else should hold a raw data key.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";
import { lengthPrefixed } from "./length-prefix.ts";

/** Where a sealed value is stored. `row` is the primary key as text (several columns: joined by the caller). */
export type Place = { table: string; column: string; row: string };

/** A key as the envelope uses it. `id` is written into every value it seals. */
export type SealingKey = { id: number; secret: KeyObject };

export type SealProblem = "too-short" | "unknown-version" | "unknown-key" | "not-authentic";

/** A sealed value that cannot be opened: damaged, moved, from another tenant, or its key is gone. */
export class SealError extends Error {
  readonly problem: SealProblem;
  constructor(problem: SealProblem, place: Place) {
    super(`sealed value in ${place.table}.${place.column} cannot be opened: ${problem}`);
    this.name = "SealError";
    this.problem = problem;
  }
}

const version = 1;
const nonceAt = 5;
const bodyAt = 17;
const tagBytes = 16;
/** How many bytes a sealed value is longer than what was sealed. */
export const sealOverheadBytes = bodyAt + tagBytes;

// Asking the system for 12 bytes at a time costs half of a whole seal; nonces are not secret, so a pool is fine.
const noncePool = Buffer.alloc(12 * 340);
let nonceUsed = noncePool.length;

function writeNonce(into: Buffer): void {
  if (nonceUsed === noncePool.length) {
    randomFillSync(noncePool);
    nonceUsed = 0;
  }
  noncePool.copy(into, nonceAt, nonceUsed, nonceUsed + 12);
  nonceUsed += 12;
}

/** Seals a value for one place. Two seals of the same value differ. */
export function sealValue(
  key: SealingKey,
  tenantId: string,
  place: Place,
  value: string | Uint8Array,
): Buffer {
  const plain = typeof value === "string" ? Buffer.from(value, "utf8") : value;
  const sealed = Buffer.allocUnsafe(plain.length + sealOverheadBytes);
  sealed[0] = version;
  sealed.writeUInt32BE(key.id, 1);
  writeNonce(sealed);
  const cipher = createCipheriv("aes-256-gcm", key.secret, sealed.subarray(nonceAt, bodyAt));
  cipher.setAAD(placeBytes(tenantId, place, key.id));
  cipher.update(plain).copy(sealed, bodyAt);
  cipher.final();
  cipher.getAuthTag().copy(sealed, bodyAt + plain.length);
  return sealed;
}

/** Opens a sealed value at the place it was sealed for. Throws SealError. */
export function openValue(
  findKey: (keyId: number) => SealingKey | undefined,
  tenantId: string,
  place: Place,
  sealed: Uint8Array,
): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < sealOverheadBytes) throw new SealError("too-short", place);
  if (bytes[0] !== version) throw new SealError("unknown-version", place);
  const key = findKey(bytes.readUInt32BE(1));
  if (key === undefined) throw new SealError("unknown-key", place);
  const decipher = createDecipheriv("aes-256-gcm", key.secret, bytes.subarray(nonceAt, bodyAt), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(placeBytes(tenantId, place, key.id));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  const plain = decipher.update(bytes.subarray(bodyAt, bytes.length - tagBytes));
  try {
    decipher.final();
  } catch {
    throw new SealError("not-authentic", place); // what was decrypted so far is dropped unread
  }
  return plain;
}

/** Which key sealed this value; used by re-encryption to skip what is already done. */
export function sealedWith(sealed: Uint8Array): number {
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).readUInt32BE(1);
}

function placeBytes(tenantId: string, place: Place, keyId: number): Buffer {
  const id = Buffer.allocUnsafe(4);
  id.writeUInt32BE(keyId);
  return lengthPrefixed(["yingda/value/1", tenantId, place.table, place.column, place.row, id]);
}
