// Takes a few files out of an npm package (.tgz) without running anything of it and without unpacking the rest.
// Only plain files with ordinary names are written; whatever else an archive may hold is passed over.

import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createGunzip } from "node:zlib";

const block = 512;
const safeName = /^package\/(?!.*(?:^|\/)\.\.(?:\/|$))[\w@./-]+$/;
const plainFile = /^[0\0]$/;

/**
 * Writes the files whose path below "package/" passes `wanted` under `folder`.
 * @returns the paths written. Throws a plain Error for an archive that ends too early or says nonsense.
 */
export async function unpack(
  archive: string,
  folder: string,
  wanted: (path: string) => boolean,
): Promise<string[]> {
  const input = createReadStream(archive);
  const gunzip = createGunzip();
  input.once("error", (error) => gunzip.destroy(error));
  const reader = new Reader(input.pipe(gunzip));
  const written: string[] = [];
  for (;;) {
    const header = await reader.take(block);
    if (header === null || header.every((byte) => byte === 0)) return written;
    const { name, sizeBytes, type } = parseHeader(header);
    const path = name.slice("package/".length);
    if (plainFile.test(type) && safeName.test(name) && wanted(path)) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      const file = await open(target, "w");
      try {
        for await (const chunk of reader.pieces(sizeBytes)) await file.appendFile(chunk);
      } finally {
        await file.close();
      }
      written.push(path);
    } else for await (const _ of reader.pieces(sizeBytes));
    await reader.take((block - (sizeBytes % block)) % block);
  }
}

function parseHeader(header: Buffer): { name: string; sizeBytes: number; type: string } {
  const text = (from: number, length: number) =>
    header
      .subarray(from, from + length)
      .toString("utf8")
      .replace(/\0.*$/s, "");
  const sizeBytes = Number.parseInt(text(124, 12).trim() || "0", 8);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new Error("not a tar archive");
  const prefix = text(345, 155);
  const name = text(0, 100);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    sizeBytes,
    type: String.fromCharCode(header[156] as number),
  };
}

/** Cuts a stream into pieces of asked-for lengths. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Exactly that many bytes; null at the end of the stream. */
  async take(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for await (const piece of this.pieces(length, true)) parts.push(piece);
    const all = Buffer.concat(parts);
    return all.length < length ? null : all;
  }

  async *pieces(length: number, mayEnd = false): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const { value, done } = await this.#chunks.next();
        if (done === true) {
          if (mayEnd) return;
          throw new Error("the archive ends too early");
        }
        this.#rest = value;
      }
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}
