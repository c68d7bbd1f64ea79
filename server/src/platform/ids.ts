// Makes every id of the product: UUIDv7, before the insert, so that a row knows its id without asking the
// database and PostgreSQL 15 (which has no uuidv7()) serves as well as 18. Ids sort by the time they were made,
// and within one process they never go back, even inside one ms or when the machine's clock is set back.
// Ids are not secrets: public links carry `randomToken()` instead.
import { randomBytes, randomFillSync } from "node:crypto";
import { type Clock, systemClock } from "./clock.ts";

const counterLimit = 0x1000; // the 12 bits after the time stamp
const poolBytes = 4096; // random bytes are drawn in bulk: one system call for 512 ids

/** A generator with its own memory of the last id; `newId` is the one the process shares. */
export function idGenerator(clock: Clock): () => string {
  const pool = Buffer.alloc(poolBytes);
  let poolAt = poolBytes;
  let lastMs = 0;
  let counter = 0;

  function draw(bytes: number): Buffer {
    if (poolAt + bytes > poolBytes) {
      randomFillSync(pool);
      poolAt = 0;
    }
    poolAt += bytes;
    return pool.subarray(poolAt - bytes, poolAt);
  }

  return () => {
    const nowMs = clock.nowMs();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = draw(2).readUInt16BE() & 0x7ff; // a random start in the lower half leaves room to count
    } else if (++counter === counterLimit) {
      lastMs += 1; // borrow from the future rather than repeat or go back
      counter = 0;
    }
    const id = Buffer.allocUnsafe(16);
    id.writeUIntBE(lastMs, 0, 6);
    id.writeUInt16BE(0x7000 | counter, 6);
    draw(8).copy(id, 8);
    id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = id.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}

const nextId = idGenerator(systemClock);

/** A fresh UUIDv7, typed as the id that is asked for: `newId<ConversationId>()`. */
export function newId<T extends string>(): T {
  return nextId() as T;
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuidShape.test(text);
}

/** A secret for links and keys, base64url; 16 bytes (128 bits) unless told. Store its hash, never itself. */
export function randomToken(bytes = 16): string {
  return randomBytes(bytes).toString("base64url");
}
