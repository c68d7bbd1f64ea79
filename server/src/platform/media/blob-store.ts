/**
 * Where the sealed bytes of files lie: a folder of ours or an S3-compatible store. Neither sees plain bytes.
 *
 * Names are made by us (`<tenant>/<two hex>/<media id>.<variant>`), never taken from a person.
 */

export type BlobSpan = { start: number; end: number };

export interface BlobStore {
  readonly kind: "disk" | "s3";
  /** Stores a blob whole or not at all; a blob of that name is replaced. */
  write(name: string, sealed: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number }>;
  /** The bytes, or those of a span (end not included); undefined when there is no such blob. */
  read(name: string, span?: BlobSpan): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** No error when it is not there. */
  remove(name: string): Promise<void>;
  /** Names of all blobs that were stored before the instant; for sweeping. */
  list(before: Date): AsyncIterable<string>;
}
