// The door of the media store.
export type { BlobSpan, BlobStore } from "./blob-store.ts";
export { FolderBlobs } from "./folder-blobs.ts";
export { headersFor } from "./media-headers.ts";
export {
  createMediaStore,
  defaultMaxMediaBytes,
  type MediaStore,
  type MediaStoreSettings,
  type MediaUpload,
  type OpenedMedia,
  type StoredMedia,
} from "./media-store.ts";
export { cleanFileName, type MediaKind, rasterTypes } from "./media-type.ts";
export {
  checkMediaUrl,
  type MediaTarget,
  type MediaUrlCheck,
  type MediaVariant,
  mediaUrlLifeMs,
  signMediaUrl,
} from "./media-url.ts";
export { S3Blobs } from "./s3-blobs.ts";
export { type LooseSwept, namedInClear, sweepLoose } from "./sweep-loose.ts";
export { makeSmaller } from "./thumbnail.ts";
