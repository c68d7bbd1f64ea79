import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BrokenStreamError,
  chunkSpan,
  openChunk,
  openStream,
  type SealedStreamShape,
  sealedLength,
  sealStream,
} from "./sealed-stream.ts";

const shape: SealedStreamShape = {
  key: createSecretKey(randomBytes(32)),
  context: Buffer.from("media|t|m1"),
  chunkBytes: 64,
};

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

/** Cuts bytes at the given places, so that reads never line up with chunks. */
function* cut(bytes: Uint8Array, sizes: number[]): Generator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

const seal = (plain: Uint8Array) => collect(sealStream(shape, [plain]));
const opens = (sealed: Uint8Array, how = shape) => collect(openStream(how, [sealed]));

describe("sealed streams", () => {
  test("any bytes in any pieces come back", async () => {
    const sizes = fc.array(fc.nat(150), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), sizes, sizes, async (plain, cutsIn, cutsOut) => {
        const sealed = await collect(sealStream(shape, cut(plain, cutsIn)));
        expect(sealed.length).toBe(sealedLength(shape.chunkBytes, plain.length));
        const opened = await collect(openStream(shape, cut(sealed, cutsOut)));
        expect(new Uint8Array(opened)).toEqual(plain);
      }),
    );
  });

  test.each([0, 1, 63, 64, 65, 128, 200])(
    "%i bytes: a missing end of any length is noticed",
    async (size) => {
      const sealed = await seal(randomBytes(size));
      for (let length = 0; length < sealed.length; length += 1)
        await expect(opens(sealed.subarray(0, length))).rejects.toBeInstanceOf(BrokenStreamError);
    },
  );

  test("any flipped byte is noticed", async () => {
    const sealed = await seal(randomBytes(130));
    for (let at = 0; at < sealed.length; at += 1) {
      const broken = Buffer.from(sealed);
      broken[at] = (broken[at] ?? 0) ^ 1;
      await expect(opens(broken)).rejects.toBeInstanceOf(BrokenStreamError);
    }
  });

  test("swapped, repeated, dropped and appended chunks are noticed", async () => {
    const sealed = await seal(randomBytes(64 * 4));
    const head = sealed.subarray(0, 7);
    const chunks = [0, 1, 2, 3].map((i) => sealed.subarray(7 + i * 80, 7 + (i + 1) * 80));
    const order = (...list: number[]) =>
      Buffer.concat([head, ...list.map((i) => chunks[i] ?? Buffer.alloc(0))]);
    expect((await opens(order(0, 1, 2, 3))).length).toBe(256);
    for (const list of [
      [1, 0, 2, 3],
      [0, 2, 1, 3],
      [0, 1, 1, 3],
      [0, 1, 3],
      [1, 2, 3],
      [0, 1, 2],
      [0, 1, 2, 3, 3],
      [3],
    ])
      await expect(opens(order(...list))).rejects.toBeInstanceOf(BrokenStreamError);
  });

  test("another key, another context and another stream's chunk do not open", async () => {
    const sealed = await seal(randomBytes(100));
    const otherKey = { ...shape, key: createSecretKey(randomBytes(32)) };
    const otherContext = { ...shape, context: Buffer.from("media|t|m2") };
    await expect(opens(sealed, otherKey)).rejects.toBeInstanceOf(BrokenStreamError);
    await expect(opens(sealed, otherContext)).rejects.toBeInstanceOf(BrokenStreamError);
    const other = await seal(randomBytes(100));
    const mixed = Buffer.concat([sealed.subarray(0, 87), other.subarray(87)]);
    await expect(opens(mixed)).rejects.toBeInstanceOf(BrokenStreamError);
  });

  test("every chunk can be read alone by its span", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (plain) => {
        const sealed = await seal(plain);
        const parts: Buffer[] = [];
        for (let number = 0; ; number += 1) {
          const { start, end, isLast } = chunkSpan(shape.chunkBytes, plain.length, number);
          parts.push(openChunk(shape, sealed.subarray(0, 7), number, isLast, sealed.subarray(start, end)));
          if (isLast) break;
        }
        expect(new Uint8Array(Buffer.concat(parts))).toEqual(plain);
      }),
    );
  });
});
