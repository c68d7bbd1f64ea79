/**
 * The recovery key: 150 random bits a person writes down, able to bring the master key back anywhere.
 *
 * It stands for an X25519 private key. What we keep (`wrapped`, in key_check and in every backup) holds the
 * public half and the master key sealed for it: a new master key can be wrapped without asking for the paper
 * again, and who steals database and old master key still learns nothing about the next one.
 *
 * wrapped = version (1) | recipient public (32) | ephemeral public (32) | ciphertext (32) | tag (16).
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomInt,
} from "node:crypto";
import { groupBits, readGroups, writeGroups } from "./crockford.ts";
import { KeyProblem } from "./key-problem.ts";
import { lengthPrefixed } from "./length-prefix.ts";
import { MasterKey } from "./master-key.ts";

export const recoveryGroupCount = 6;
const wrappedVersion = 1;
const wrappedLength = 113;

export type RecoveryAnswer =
  | { kind: "confirmed" }
  /** Groups (counted from 1) that contain a typing error. */
  | { kind: "mistyped"; groups: number[] }
  /** Typed without an error, but another recovery key. */
  | { kind: "wrong" };

/** Makes a recovery key. `recoveryKey` is for the person's eyes, once, and stored nowhere; `wrapped` is stored. */
export function makeRecovery(masterKey: MasterKey): { recoveryKey: string; wrapped: Buffer } {
  const values = Array.from({ length: recoveryGroupCount }, () => randomInt(2 ** groupBits));
  return { recoveryKey: writeGroups(values), wrapped: wrapFor(rawPublic(privateKeyOf(values)), masterKey) };
}

/** Whether the key asked back is the one shown. */
export function confirmRecovery(typed: string, wrapped: Uint8Array): RecoveryAnswer {
  const read = readGroups(typed, recoveryGroupCount);
  if (read.kind === "mistyped") return { kind: "mistyped", groups: read.groups.map((place) => place + 1) };
  const masterKey = unwrap(read.values, wrapped);
  if (masterKey === undefined) return { kind: "wrong" };
  masterKey.forget();
  return { kind: "confirmed" };
}

/** Wraps another master key for the same recovery key, after a rotation or a restore. */
export function rewrapForRecovery(wrapped: Uint8Array, masterKey: MasterKey): Buffer {
  return wrapFor(wrapped.subarray(1, 33), masterKey);
}

/** Brings the master key back from what a person typed. Throws KeyProblem, naming the mistyped groups. */
export function recoverMasterKey(typed: string, wrapped: Uint8Array): MasterKey {
  const read = readGroups(typed, recoveryGroupCount);
  if (read.kind === "mistyped") throw mistyped(read.groups.map((place) => place + 1));
  const masterKey = unwrap(read.values, wrapped);
  if (masterKey === undefined) throw wrongRecovery();
  return masterKey;
}

function wrapFor(recipientPublic: Uint8Array, masterKey: MasterKey): Buffer {
  const ephemeral = generateKeyPairSync("x25519");
  const ephemeralPublic = rawPublic(ephemeral.privateKey);
  const { key, nonce } = agree(
    ephemeral.privateKey,
    publicKeyOf(recipientPublic),
    ephemeralPublic,
    recipientPublic,
  );
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const plain = masterKey.reveal();
  const body = cipher.update(plain);
  cipher.final();
  plain.fill(0);
  key.fill(0);
  return Buffer.concat([
    Buffer.of(wrappedVersion),
    recipientPublic,
    ephemeralPublic,
    body,
    cipher.getAuthTag(),
  ]);
}

function unwrap(values: readonly number[], wrapped: Uint8Array): MasterKey | undefined {
  if (wrapped[0] !== wrappedVersion || wrapped.length !== wrappedLength) return undefined;
  const privateKey = privateKeyOf(values);
  const recipientPublic = rawPublic(privateKey);
  if (!recipientPublic.equals(wrapped.subarray(1, 33))) return undefined;
  const ephemeralPublic = wrapped.subarray(33, 65);
  const { key, nonce } = agree(privateKey, publicKeyOf(ephemeralPublic), ephemeralPublic, recipientPublic);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(wrapped.subarray(97));
  const plain = decipher.update(wrapped.subarray(65, 97));
  try {
    decipher.final();
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
  return new MasterKey(plain);
}

// The fixed DER heads of RFC 8410 for a 32-byte X25519 key; Node takes no raw keys for x25519.
const privateHead = Buffer.from("302e020100300506032b656e04220420", "hex");
const publicHead = Buffer.from("302a300506032b656e032100", "hex");

function privateKeyOf(values: readonly number[]): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", values.join("-"), "", "yingda/recovery/x25519", 32));
  const key = createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: "der", type: "pkcs8" });
  seed.fill(0);
  return key;
}

function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicHead, raw]), format: "der", type: "spki" });
}

function rawPublic(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(publicHead.length);
}

function agree(
  ours: KeyObject,
  theirs: KeyObject,
  ephemeralPublic: Uint8Array,
  recipientPublic: Uint8Array,
): { key: Buffer; nonce: Buffer } {
  const shared = diffieHellman({ privateKey: ours, publicKey: theirs });
  const salt = lengthPrefixed([ephemeralPublic, recipientPublic]);
  const bytes = Buffer.from(hkdfSync("sha256", shared, salt, "yingda/recovery/wrap", 44));
  shared.fill(0);
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

function mistyped(groups: readonly number[]): KeyProblem {
  const places = groups.join(", ");
  return new KeyProblem(
    "recovery-mistyped",
    `恢复密钥第 ${places} 组有错字，请对照抄写的原文再输一次。`,
    `The recovery key has a typing error in group ${places}. Compare it with what you wrote down.`,
  );
}

function wrongRecovery(): KeyProblem {
  return new KeyProblem(
    "recovery-wrong",
    "这把恢复密钥抄写无误，但不属于这份数据。请找出与它同时生成的那一把。",
    "This recovery key is typed correctly but does not belong to this data. Find the one made together with it.",
  );
}
