/**
 * The clear beginning of a backup file: what it is and how its key is wrapped. Nothing about anybody.
 *
 * Bytes: "YDBACKUP" | header length (uint32) | header (JSON) | sealed stream. The header's hash is bound into
 * every chunk of the stream, so it cannot be exchanged. The file key is wrapped by the master key, and the
 * master key by the recovery key: with either of them the file opens, on any machine.
 */
import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from "node:crypto";
import { z } from "zod";
import { type MasterKey, recoverMasterKey } from "../crypto/index.ts";
import { lengthPrefixed } from "../crypto/length-prefix.ts";
import type { SealedStreamShape } from "../crypto/sealed-stream.ts";
import { BackupProblem } from "./backup-problem.ts";

export const backupMagic = Buffer.from("YDBACKUP", "latin1");
export const backupFormat = 1;
const backupChunkBytes = 1_048_576;
export const longestHeaderBytes = 1_000_000;

const base64 = z.string().transform((text) => Buffer.from(text, "base64"));
const headerShape = z.object({
  format: z.int(),
  createdAt: z.iso.datetime(),
  appVersion: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), checksum: z.string() })),
  masterFingerprint: z.int(),
  fileKey: base64,
  recovery: base64.nullable(),
});
export type BackupHeader = z.infer<typeof headerShape>;
export type AppliedMigration = BackupHeader["migrations"][number];

/** Who opens a backup: the master key it was made under, or what a person typed from paper. */
export type BackupKey = { masterKey: MasterKey } | { recoveryKey: string };

/** Makes the header's bytes and the shape of the stream that follows them. */
export function makeHeader(
  masterKey: MasterKey,
  facts: { createdAt: Date; appVersion: string; migrations: AppliedMigration[]; recovery: Buffer | null },
): { bytes: Buffer; shape: SealedStreamShape } {
  const fileKey = randomBytes(32);
  const json = Buffer.from(
    JSON.stringify({
      format: backupFormat,
      createdAt: facts.createdAt.toISOString(),
      appVersion: facts.appVersion,
      migrations: facts.migrations,
      masterFingerprint: masterKey.fingerprint,
      fileKey: wrapFileKey(masterKey, fileKey).toString("base64"),
      recovery: facts.recovery?.toString("base64") ?? null,
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  const shape = shapeOf(fileKey, json);
  fileKey.fill(0);
  return { bytes: Buffer.concat([backupMagic, length, json]), shape };
}

/** Parses the header's JSON. Throws BackupProblem. */
export function parseHeader(json: Buffer): BackupHeader {
  let value: unknown;
  try {
    value = JSON.parse(json.toString("utf8"));
  } catch (error) {
    throw new BackupProblem("damaged", error);
  }
  const format = z.object({ format: z.int() }).safeParse(value);
  if (format.success && format.data.format > backupFormat) throw new BackupProblem("newer-format");
  const header = headerShape.safeParse(value);
  if (!header.success) throw new BackupProblem("damaged", header.error);
  return header.data;
}

/** The master key the backup was made under and the shape of its stream. Throws BackupProblem or KeyProblem. */
export function openHeader(
  header: BackupHeader,
  json: Buffer,
  key: BackupKey,
): { masterKey: MasterKey; shape: SealedStreamShape } {
  const masterKey = masterKeyOf(header, key);
  if (masterKey.fingerprint !== header.masterFingerprint) throw new BackupProblem("wrong-key");
  const fileKey = unwrapFileKey(masterKey, header.fileKey);
  const shape = shapeOf(fileKey, json);
  fileKey.fill(0);
  return { masterKey, shape };
}

function masterKeyOf(header: BackupHeader, key: BackupKey): MasterKey {
  if ("masterKey" in key) return key.masterKey;
  if (header.recovery === null) throw new BackupProblem("no-recovery");
  return recoverMasterKey(key.recoveryKey, header.recovery);
}

function shapeOf(fileKey: Uint8Array, json: Buffer): SealedStreamShape {
  const context = lengthPrefixed(["yingda/backup/1", createHash("sha256").update(json).digest()]);
  return { key: createSecretKey(fileKey), context, chunkBytes: backupChunkBytes };
}

function wrapFileKey(masterKey: MasterKey, fileKey: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", masterKey.deriveKey("backup"), nonce);
  const body = cipher.update(fileKey);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

function unwrapFileKey(masterKey: MasterKey, wrapped: Buffer): Buffer {
  if (wrapped.length !== 60) throw new BackupProblem("damaged");
  const decipher = createDecipheriv("aes-256-gcm", masterKey.deriveKey("backup"), wrapped.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAuthTag(wrapped.subarray(44));
  const fileKey = decipher.update(wrapped.subarray(12, 44));
  try {
    decipher.final();
  } catch (error) {
    throw new BackupProblem("damaged", error);
  }
  return fileKey;
}
