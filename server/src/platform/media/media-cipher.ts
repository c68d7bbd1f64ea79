/**
 * How the bytes of one file are sealed into blobs and read back, whole or by range. Used by media-store.ts.
 *
 * A key seals one stream only, so picture and thumbnail each derive their own from the file's key.
 */
import { createSecretKey, hkdfSync } from "node:crypto";
import { lengthPrefixed } from "../crypto/length-prefix.ts";
import {
  chunkSpan,
  openChunk,
  openStream,
  type SealedStreamShape,
  sealStream,
  streamPrefixBytes,
} from "../crypto/sealed-stream.ts";
import type { BlobSpan, BlobStore } from "./blob-store.ts";
import type { MediaVariant } from "./media-url.ts";
import { collect } from "./upload-source.ts";

export const mediaChunkBytes = 65_536;

/** One variant of one file: its blob's name and how it is sealed. */
export type SealedFile = { name: string; shape: SealedStreamShape };

/** `fileKey` has 32 bytes and stays the caller's to zero. */
export function sealedFile(
  fileKey: Uint8Array,
  tenantId: string,
  mediaId: string,
  variant: MediaVariant,
): SealedFile {
  const bytes = Buffer.from(hkdfSync("sha256", fileKey, "", `yingda/media/${variant}`, 32));
  const key = createSecretKey(bytes);
  bytes.fill(0);
  const context = lengthPrefixed(["yingda/media/1", tenantId, mediaId, variant]);
  return { name: blobName(tenantId, mediaId, variant), shape: { key, context, chunkBytes: mediaChunkBytes } };
}

/** The name of a file's blob; the backup stores and restores by it. */
export function blobName(tenantId: string, mediaId: string, variant: MediaVariant): string {
  return `${tenantId}/${mediaId.slice(-2)}/${mediaId}.${variant}`;
}

/** The media id in a blob's name, or undefined when the blob is not ours. */
export function mediaIdOf(name: string): string | undefined {
  return /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?:full|thumb)$/.exec(name)?.[1];
}

export async function writeSealed(
  blobs: BlobStore,
  { name, shape }: SealedFile,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await blobs.write(name, sealStream(shape, plain));
}

/** The plain bytes, or undefined when there is no blob. Breaks off with BrokenStreamError when it is damaged. */
export async function readSealed(
  blobs: BlobStore,
  { name, shape }: SealedFile,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const sealed = await blobs.read(name);
  return sealed && openStream(shape, sealed);
}

/** Plain bytes start..end (not included) of a file of `totalBytes`, reading only the chunks that they touch. */
export async function* readSealedRange(
  blobs: BlobStore,
  { name, shape }: SealedFile,
  totalBytes: number,
  { start, end }: BlobSpan,
): AsyncGenerator<Buffer> {
  const readSpan = async (span: BlobSpan) => {
    const bytes = await blobs.read(name, span);
    return bytes === undefined ? Buffer.alloc(0) : collect(bytes);
  };
  const prefix = await readSpan({ start: 0, end: streamPrefixBytes });
  const last = Math.min(end, totalBytes) - 1;
  const firstChunk = Math.floor(start / shape.chunkBytes);
  for (let number = firstChunk; number * shape.chunkBytes <= last; number += 1) {
    const span = chunkSpan(shape.chunkBytes, totalBytes, number);
    const plain = openChunk(shape, prefix, number, span.isLast, await readSpan(span));
    const offset = number * shape.chunkBytes;
    yield plain.subarray(Math.max(0, start - offset), last + 1 - offset);
  }
}
