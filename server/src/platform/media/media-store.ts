/**
 * Files of messages: judged, cleaned, sealed, stored, and handed out again. Rows in `media`, bytes in a blob store.
 *
 * Each file has a random key of its own, sealed in its row; the bytes are a sealed stream (sealed-stream.ts), so
 * what lies on the disk or at a store's says nothing and cannot be exchanged. Refusals are AppError media/*.
 */
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { InboxId, MediaId, TenantId } from "@yingda/contract";
import type { Clock } from "../clock.ts";
import type { TenantVault, Vault } from "../crypto/index.ts";
import type { Db } from "../db/transact.ts";
import { AppError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { BlobSpan, BlobStore } from "./blob-store.ts";
import { readImage } from "./image-file.ts";
import { blobName, mediaIdOf, readSealed, readSealedRange, sealedFile, writeSealed } from "./media-cipher.ts";
import {
  findMedia,
  insertMedia,
  livingMedia,
  type MediaRow,
  markMediaDeleted,
  storageOf,
  takeUsage,
  usedBytes,
} from "./media-rows.ts";
import { cleanFileName, decideType, type MediaKind } from "./media-type.ts";
import type { MediaVariant } from "./media-url.ts";
import { makeThumbnail } from "./thumbnail.ts";
import { collect, openSource, type UploadSource } from "./upload-source.ts";

export type MediaUpload = {
  source: UploadSource;
  /** As the sender called it; cleaned before it is kept. */
  name: string;
  /** Null for files that belong to no inbox (a workbench picture); the daily limit counts per inbox. */
  inboxId: InboxId | null;
  /** Most bytes; default 20 MB. */
  maxBytes?: number;
  /** For whoever uploads first and saves what shows it later: it goes when nothing does (sweep-loose.ts). */
  isLoose?: true;
};

export type StoredMedia = {
  id: MediaId;
  kind: MediaKind;
  /** By content, not as declared. */
  type: string;
  name: string;
  sizeBytes: number;
  sha256: Buffer;
  width: number | null;
  height: number | null;
  hasThumb: boolean;
  createdAt: Date;
};

export type OpenedMedia = {
  media: StoredMedia;
  /** Type of these bytes: a thumbnail has its own. */
  type: string;
  /** Plain bytes of the whole variant; unknown (null) for a thumbnail. */
  totalBytes: number | null;
  body: Readable;
};

export interface MediaStore {
  put(tenantId: TenantId, upload: MediaUpload): Promise<StoredMedia>;
  find(tenantId: TenantId, mediaId: MediaId): Promise<StoredMedia | undefined>;
  /**
   * The bytes of a file, decrypted as they are read; a damaged file breaks off with BrokenStreamError. A picture
   * without a thumbnail answers "thumb" with itself. `range` (end not included) is for "full" only.
   */
  open(
    tenantId: TenantId,
    mediaId: MediaId,
    variant?: MediaVariant,
    range?: BlobSpan,
  ): Promise<OpenedMedia | undefined>;
  /** False when there was none. */
  remove(tenantId: TenantId, mediaId: MediaId): Promise<boolean>;
  /** Removes blobs without a living row that are older than a day; resolves to how many. For a nightly job. */
  sweep(): Promise<number>;
}

export type MediaStoreSettings = {
  db: Db;
  vault: Vault;
  clock: Clock;
  /** New files go to `preferred`; files stored elsewhere before are still found. */
  blobs: { disk: BlobStore; s3?: BlobStore };
  preferred: "disk" | "s3";
  dailyInboxBytes?: number;
};

export const defaultMaxMediaBytes = 20_000_000;
const defaultDailyInboxBytes = 1_000_000_000;
const sweepAgeMs = 86_400_000;
/** Most pixels a colleague's browser is asked to decode; beyond it a picture is a download. */
const mostPixels = 100_000_000;

export function createMediaStore(settings: MediaStoreSettings): MediaStore {
  return {
    put: (tenantId, upload) => putMedia(settings, tenantId, upload),
    find: async (tenantId, mediaId) => {
      const found = await loadMedia(settings, tenantId, mediaId);
      return found && present(found.row, found.vault);
    },
    open: (tenantId, mediaId, variant = "full", range) =>
      openMedia(settings, tenantId, mediaId, variant, range),
    remove: (tenantId, mediaId) => removeMedia(settings, tenantId, mediaId),
    sweep: () => sweepBlobs(settings),
  };
}

async function putMedia(
  settings: MediaStoreSettings,
  tenantId: TenantId,
  upload: MediaUpload,
): Promise<StoredMedia> {
  await refuseSpentInbox(settings, tenantId, upload.inboxId);
  const source = await openSource(upload.source);
  const blobs = blobsOf(settings, settings.preferred);
  const id = newId<MediaId>();
  const fileKey = randomBytes(32);
  try {
    if (source.head.length === 0) throw new AppError("media/empty");
    const name = cleanFileName(upload.name);
    const decision = decideType({ head: source.head, sniffed: await sniff(source.head), name });
    if (decision.kind === "refused")
      throw new AppError("media/type-refused", { details: { type: decision.type } });
    const plain = source.all(upload.maxBytes ?? defaultMaxMediaBytes);
    const written = await writeFile({ blobs, tenantId, id, fileKey }, decision, plain);
    const vault = await settings.vault.forTenant(tenantId);
    const row: MediaRow = {
      id,
      inboxId: upload.inboxId,
      ...written,
      sealedName: vault.seal({ table: "media", column: "sealed_name", row: id }, name),
      sealedFileKey: vault.seal({ table: "media", column: "sealed_file_key", row: id }, fileKey),
      storage: settings.preferred,
      isLoose: upload.isLoose ?? false,
      createdAt: settings.clock.now(),
    };
    await recordMedia(settings, tenantId, row);
    return present(row, vault);
  } catch (error) {
    await removeBlobs(blobs, tenantId, id);
    throw error;
  } finally {
    fileKey.fill(0);
    await source.release();
  }
}

async function recordMedia(settings: MediaStoreSettings, tenantId: TenantId, row: MediaRow): Promise<void> {
  const { inboxId, sizeBytes: bytes } = row;
  const usage = { tenantId, onDay: today(settings.clock), bytes, limit: dailyLimit(settings) };
  await settings.db.transact(tenantId, async (tx) => {
    if (inboxId !== null && !(await takeUsage(tx, { ...usage, inboxId })))
      throw new AppError("media/daily-limit");
    await insertMedia(tx, tenantId, row);
  });
}

type Target = { blobs: BlobStore; tenantId: TenantId; id: MediaId; fileKey: Buffer };
type Accepted = { type: string; mediaKind: MediaKind };
type Written = Pick<MediaRow, "kind" | "type" | "sizeBytes" | "sha256" | "width" | "height" | "hasThumb">;

async function writeFile(
  target: Target,
  accepted: Accepted,
  plain: AsyncIterable<Uint8Array>,
): Promise<Written> {
  if (accepted.mediaKind !== "image") return writeStream(target, accepted, plain);
  const original = await collect(plain);
  const image = readImage(accepted.type, original);
  if (image === undefined || image.width * image.height > mostPixels)
    return writeStream(target, { type: "application/octet-stream", mediaKind: "file" }, [original]);
  const written = await writeStream(target, accepted, [image.bytes]);
  const thumb = await makeThumbnail(image.bytes, image);
  if (thumb !== undefined) await writeSealed(target.blobs, fileOf(target, "thumb"), [thumb.bytes]);
  return { ...written, width: image.width, height: image.height, hasThumb: thumb !== undefined };
}

async function writeStream(
  target: Target,
  { type, mediaKind }: Accepted,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Written> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const watched = async function* () {
    for await (const bytes of plain) {
      hash.update(bytes);
      sizeBytes += bytes.length;
      yield bytes;
    }
  };
  await writeSealed(target.blobs, fileOf(target, "full"), watched());
  return {
    kind: mediaKind,
    type,
    sizeBytes,
    sha256: hash.digest(),
    width: null,
    height: null,
    hasThumb: false,
  };
}

async function openMedia(
  settings: MediaStoreSettings,
  tenantId: TenantId,
  mediaId: MediaId,
  asked: MediaVariant,
  range?: BlobSpan,
): Promise<OpenedMedia | undefined> {
  const found = await loadMedia(settings, tenantId, mediaId);
  if (found === undefined) return undefined;
  const { row, vault } = found;
  const media = present(row, vault);
  const blobs = blobsOf(settings, row.storage);
  const variant = asked === "thumb" && row.hasThumb ? "thumb" : "full";
  const fileKey = vault.open({ table: "media", column: "sealed_file_key", row: mediaId }, row.sealedFileKey);
  const file = sealedFile(fileKey, tenantId, mediaId, variant);
  fileKey.fill(0);
  const plain =
    variant === "full" && range !== undefined
      ? readSealedRange(blobs, file, row.sizeBytes, range)
      : await readSealed(blobs, file);
  if (plain === undefined) return undefined;
  const body = Readable.from(plain, { objectMode: false });
  return variant === "thumb"
    ? { media, type: "image/webp", totalBytes: null, body }
    : { media, type: row.type, totalBytes: row.sizeBytes, body };
}

async function removeMedia(
  settings: MediaStoreSettings,
  tenantId: TenantId,
  mediaId: MediaId,
): Promise<boolean> {
  const { db, clock } = settings;
  const storage = await db.transact(tenantId, async (tx) => {
    const row = await storageOf(tx, tenantId, mediaId);
    if (row !== undefined) await markMediaDeleted(tx, tenantId, mediaId, clock.now());
    return row?.storage;
  });
  if (storage === undefined) return false;
  await removeBlobs(blobsOf(settings, storage), tenantId, mediaId); // what fails here is swept later
  return true;
}

async function sweepBlobs(settings: MediaStoreSettings): Promise<number> {
  const before = new Date(settings.clock.nowMs() - sweepAgeMs);
  let removed = 0;
  for (const blobs of Object.values(settings.blobs)) {
    const names: string[] = [];
    for await (const name of blobs.list(before)) if (mediaIdOf(name) !== undefined) names.push(name);
    for (let at = 0; at < names.length; at += 500) {
      const batch = names.slice(at, at + 500);
      const ids = batch.map((name) => mediaIdOf(name) ?? "");
      const living = await settings.db.system((tx) => livingMedia(tx, ids));
      for (const name of batch) {
        if (living.has(mediaIdOf(name) ?? "")) continue;
        await blobs.remove(name);
        removed += 1;
      }
    }
  }
  return removed;
}

async function loadMedia(settings: MediaStoreSettings, tenantId: TenantId, mediaId: MediaId) {
  const vault = await settings.vault.forTenant(tenantId);
  const row = await settings.db.transact(tenantId, (tx) => findMedia(tx, tenantId, mediaId));
  return row && { row, vault };
}

function present(row: MediaRow, vault: TenantVault): StoredMedia {
  const { id, kind, type, sizeBytes, sha256, width, height, hasThumb, createdAt } = row;
  const name = vault.openText({ table: "media", column: "sealed_name", row: id }, row.sealedName);
  return { id, kind, type, name, sizeBytes, sha256, width, height, hasThumb, createdAt };
}

function fileOf({ fileKey, tenantId, id }: Target, variant: MediaVariant) {
  return sealedFile(fileKey, tenantId, id, variant);
}

function blobsOf(settings: MediaStoreSettings, storage: "disk" | "s3"): BlobStore {
  const blobs = settings.blobs[storage];
  if (blobs === undefined)
    throw new AppError("platform/unavailable", { details: { missing: "media-store" } });
  return blobs;
}

async function removeBlobs(blobs: BlobStore, tenantId: TenantId, mediaId: MediaId): Promise<void> {
  await blobs.remove(blobName(tenantId, mediaId, "full"));
  await blobs.remove(blobName(tenantId, mediaId, "thumb"));
}

/** Before anything is read or written: an inbox that used up its day is refused at once. */
async function refuseSpentInbox(
  settings: MediaStoreSettings,
  tenantId: TenantId,
  inboxId: InboxId | null,
): Promise<void> {
  if (inboxId === null) return;
  const onDay = today(settings.clock);
  const used = await settings.db.transact(tenantId, (tx) => usedBytes(tx, tenantId, inboxId, onDay));
  if (used >= dailyLimit(settings)) throw new AppError("media/daily-limit");
}

function dailyLimit({ dailyInboxBytes = defaultDailyInboxBytes }: MediaStoreSettings): number {
  return dailyInboxBytes;
}

function today(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}

async function sniff(head: Uint8Array): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import("file-type"); // a server without files never loads it
  return (await fileTypeFromBuffer(head))?.mime;
}
