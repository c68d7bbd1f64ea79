/**
 * The master key in memory: wraps data keys, and nothing is ever sealed with it directly. Every use derives
 * its own sub-key by HKDF with a label, so two uses can never produce the same key.
 *
 * Called by keyfile.ts, vault.ts, recovery.ts and the backup. Zero it with `forget()` at shutdown.
 */
import { createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";

export const masterKeyBytes = 32;

export class MasterKey {
  /** Public name of this key (uint32 of a derived value): tells "wrong key" from "damaged". */
  readonly fingerprint: number;
  readonly #bytes: Buffer;

  /** Takes ownership of the buffer: it is zeroed by `forget()`. */
  constructor(bytes: Buffer) {
    if (bytes.length !== masterKeyBytes) throw new Error("a master key has 32 bytes");
    this.#bytes = bytes;
    this.fingerprint = this.derive("fingerprint").readUInt32BE(0);
  }

  static generate(): MasterKey {
    return new MasterKey(randomBytes(masterKeyBytes));
  }

  /** A 32-byte sub-key for one use. The caller zeroes it. */
  derive(label: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.#bytes, "", `yingda/master/${label}`, 32));
  }

  /** A sub-key as a key object, the raw bytes zeroed at once. */
  deriveKey(label: string): KeyObject {
    const bytes = this.derive(label);
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return key;
  }

  /** A copy of the key itself: only for writing the key file and for wrapping under the recovery key. */
  reveal(): Buffer {
    return Buffer.from(this.#bytes);
  }

  isSameAs(other: MasterKey): boolean {
    return timingSafeEqual(this.#bytes, other.#bytes);
  }

  forget(): void {
    this.#bytes.fill(0);
  }
}
