/** Reading an upload once: its first bytes for judging, then all of it, capped. Used by media-store.ts only. */
import { AppError } from "../errors.ts";

export type UploadSource = Uint8Array | AsyncIterable<Uint8Array>;

export type OpenedSource = {
  head: Buffer;
  /** Everything, the head included; breaks off with media/too-large past `limit` bytes. */
  all(limit: number): AsyncGenerator<Uint8Array>;
  /** Lets go of a source that was not read to its end. */
  release(): Promise<void>;
};

const headBytes = 65_536;

export async function openSource(source: UploadSource): Promise<OpenedSource> {
  const iterator = chunksOf(source)[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < headBytes) {
    const step = await iterator.next();
    if (step.done) break;
    first.push(step.value);
    size += step.value.length;
  }
  return {
    head: Buffer.concat(first).subarray(0, headBytes),
    all: (limit) => capped(first, iterator, limit),
    release: async () => {
      await iterator.return(undefined);
    },
  };
}

async function* capped(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  const counted = (bytes: Uint8Array): Uint8Array => {
    size += bytes.length;
    if (size > limit) throw new AppError("media/too-large", { details: { maxBytes: limit } });
    return bytes;
  };
  for (const bytes of first) yield counted(bytes);
  for await (const bytes of rest) yield counted(bytes);
}

async function* chunksOf(source: UploadSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield source;
  else yield* source;
}

/** All bytes of a stream as one buffer. */
export async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
