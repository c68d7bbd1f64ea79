/**
 * Sealed byte streams of any length (media files, backups): chunks of AES-256-GCM in a fixed order.
 *
 * Bytes: nonce prefix (7) | chunk* where a chunk is ciphertext (chunkBytes, the last one 0..chunkBytes) | tag (16).
 * A chunk's nonce is prefix | number (uint32) | 1 for the last one: a missing end, a swapped, repeated or
 * dropped chunk and a file of another context all fail. A key must seal one stream only.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

/** The stream is damaged, cut short, reordered, or belongs to another key or context. */
export class BrokenStreamError extends Error {
  constructor(chunk: number) {
    super(`sealed stream is not authentic at chunk ${chunk}`);
    this.name = "BrokenStreamError";
  }
}

export type SealedStreamShape = {
  key: KeyObject;
  /** Bound into every chunk: what this stream is and whose it is. */
  context: Uint8Array;
  /** Plain bytes per chunk; the reader must know the same number. */
  chunkBytes: number;
};

export const streamPrefixBytes = 7;
const tagBytes = 16;

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Seals a stream. Yields the prefix, then one buffer per chunk. */
export async function* sealStream(shape: SealedStreamShape, plain: Bytes): AsyncGenerator<Buffer> {
  const prefix = randomBytes(streamPrefixBytes);
  yield prefix;
  let number = 0;
  for await (const { bytes, isLast } of piecesOf(plain, shape.chunkBytes)) {
    yield sealChunk(shape, prefix, number, isLast, bytes);
    number += 1;
  }
}

/** Opens a sealed stream from its start. Throws BrokenStreamError before yielding anything of a bad chunk. */
export async function* openStream(shape: SealedStreamShape, sealed: Bytes): AsyncGenerator<Buffer> {
  let prefix: Buffer | undefined;
  let number = 0;
  const withoutPrefix = async function* (): AsyncGenerator<Uint8Array> {
    let head = Buffer.alloc(0);
    for await (const bytes of sealed) {
      if (prefix !== undefined) {
        yield bytes;
        continue;
      }
      head = Buffer.concat([head, bytes]);
      if (head.length < streamPrefixBytes) continue;
      prefix = head.subarray(0, streamPrefixBytes);
      if (head.length > streamPrefixBytes) yield head.subarray(streamPrefixBytes);
    }
  };
  for await (const { bytes, isLast } of piecesOf(withoutPrefix(), shape.chunkBytes + tagBytes)) {
    if (prefix === undefined) throw new BrokenStreamError(0);
    yield openChunk(shape, prefix, number, isLast, bytes);
    number += 1;
  }
}

/** Where chunk `number` lies in the sealed bytes of a stream with `plainBytes` plain bytes; for reading a range. */
export function chunkSpan(
  chunkBytes: number,
  plainBytes: number,
  number: number,
): { start: number; end: number; isLast: boolean } {
  const lastNumber = Math.max(0, Math.ceil(plainBytes / chunkBytes) - 1);
  const start = streamPrefixBytes + number * (chunkBytes + tagBytes);
  const plainHere = number === lastNumber ? plainBytes - lastNumber * chunkBytes : chunkBytes;
  return { start, end: start + plainHere + tagBytes, isLast: number === lastNumber };
}

/** Sealed length of a stream with `plainBytes` plain bytes. */
export function sealedLength(chunkBytes: number, plainBytes: number): number {
  return streamPrefixBytes + plainBytes + tagBytes * Math.max(1, Math.ceil(plainBytes / chunkBytes));
}

/** Opens one chunk read by its span. Throws BrokenStreamError. */
export function openChunk(
  shape: SealedStreamShape,
  prefix: Uint8Array,
  number: number,
  isLast: boolean,
  sealed: Uint8Array,
): Buffer {
  if (sealed.length < tagBytes) throw new BrokenStreamError(number);
  const bodyEnd = sealed.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", shape.key, chunkNonce(prefix, number, isLast), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(shape.context);
  decipher.setAuthTag(sealed.subarray(bodyEnd));
  const plain = decipher.update(sealed.subarray(0, bodyEnd));
  try {
    decipher.final();
  } catch {
    throw new BrokenStreamError(number);
  }
  return plain;
}

function sealChunk(
  shape: SealedStreamShape,
  prefix: Uint8Array,
  number: number,
  isLast: boolean,
  plain: Uint8Array,
): Buffer {
  const cipher = createCipheriv("aes-256-gcm", shape.key, chunkNonce(prefix, number, isLast));
  cipher.setAAD(shape.context);
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([body, cipher.getAuthTag()]);
}

function chunkNonce(prefix: Uint8Array, number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.set(prefix, 0);
  nonce.writeUInt32BE(number, streamPrefixBytes); // throws past 2^32 chunks rather than repeat a nonce
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Cuts a stream into pieces of exactly `size`, the last one 0..size; always yields at least one piece. */
async function* piecesOf(source: Bytes, size: number): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const bytes of source) {
    let taken = 0;
    while (taken < bytes.length) {
      if (filled === size) {
        yield { bytes: piece, isLast: false }; // only now do we know that it was not the last
        piece = Buffer.allocUnsafe(size);
        filled = 0;
      }
      const count = Math.min(size - filled, bytes.length - taken);
      piece.set(bytes.subarray(taken, taken + count), filled);
      filled += count;
      taken += count;
    }
  }
  yield { bytes: piece.subarray(0, filled), isLast: true };
}
