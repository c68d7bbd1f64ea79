/** SQL for the tables media and media_usage. Names and file keys are sealed by media-store.ts before they come here. */
import type { MediaId, TenantId } from "@yingda/contract";
import type { Tx } from "../db/transact.ts";
import type { MediaKind } from "./media-type.ts";

export type MediaRow = {
  id: MediaId;
  inboxId: string | null;
  kind: MediaKind;
  type: string;
  sizeBytes: number;
  sha256: Buffer;
  width: number | null;
  height: number | null;
  sealedName: Buffer;
  sealedFileKey: Buffer;
  storage: "disk" | "s3";
  hasThumb: boolean;
  /** Uploaded by a colleague, and not found in use yet. */
  isLoose: boolean;
  createdAt: Date;
};

const columns = `id, inbox_id as "inboxId", kind, type, size_bytes as "sizeBytes", sha256, width, height,
  sealed_name as "sealedName", sealed_file_key as "sealedFileKey", storage, has_thumb as "hasThumb",
  is_loose as "isLoose", created_at as "createdAt"`;

export async function insertMedia(tx: Tx, tenantId: TenantId, row: MediaRow): Promise<void> {
  await tx.run(
    `insert into media (tenant_id, id, inbox_id, kind, type, size_bytes, sha256, width, height, sealed_name,
       sealed_file_key, storage, has_thumb, is_loose, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      tenantId,
      row.id,
      row.inboxId,
      row.kind,
      row.type,
      row.sizeBytes,
      row.sha256,
      row.width,
      row.height,
      row.sealedName,
      row.sealedFileKey,
      row.storage,
      row.hasThumb,
      row.isLoose,
      row.createdAt,
    ],
  );
}

export function findMedia(tx: Tx, tenantId: TenantId, mediaId: MediaId): Promise<MediaRow | undefined> {
  return tx.maybe(
    `select ${columns} from media where tenant_id = $1 and id = $2 and deleted_at is null and hidden_at is null`,
    [tenantId, mediaId],
  );
}

/** Where the bytes of a living file lie, hidden or not. */
export function storageOf(
  tx: Tx,
  tenantId: TenantId,
  mediaId: MediaId,
): Promise<Pick<MediaRow, "storage"> | undefined> {
  return tx.maybe("select storage from media where tenant_id = $1 and id = $2 and deleted_at is null", [
    tenantId,
    mediaId,
  ]);
}

export type LooseRow = { tenantId: TenantId; id: MediaId; hiddenAt: Date | null };

/** Uploads of before the instant that were not found in use yet, oldest first (system role). */
export function looseMedia(tx: Tx, before: Date, limit: number): Promise<LooseRow[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id, hidden_at as "hiddenAt" from media
     where is_loose and deleted_at is null and created_at < $1 order by created_at, id limit $2`,
    [before, limit],
  );
}

/** They are in use: shown from now on, and never in question again. */
export async function keepMedia(tx: Tx, tenantId: TenantId, ids: readonly MediaId[]): Promise<void> {
  await tx.run(
    "update media set is_loose = false, hidden_at = null where tenant_id = $1 and id = any($2::uuid[])",
    [tenantId, ids],
  );
}

export async function hideMedia(
  tx: Tx,
  tenantId: TenantId,
  ids: readonly MediaId[],
  at: Date,
): Promise<void> {
  await tx.run("update media set hidden_at = $3 where tenant_id = $1 and id = any($2::uuid[]) and is_loose", [
    tenantId,
    ids,
    at,
  ]);
}

/** Marks a file as gone; its blobs are removed after the commit, or by the sweep. */
export function markMediaDeleted(tx: Tx, tenantId: TenantId, mediaId: MediaId, at: Date): Promise<number> {
  return tx.run("update media set deleted_at = $3 where tenant_id = $1 and id = $2 and deleted_at is null", [
    tenantId,
    mediaId,
    at,
  ]);
}

/** Counts bytes against the day's limit of an inbox; false, and nothing counted, when they do not fit any more. */
export async function takeUsage(
  tx: Tx,
  usage: { tenantId: TenantId; inboxId: string; onDay: string; bytes: number; limit: number },
): Promise<boolean> {
  if (usage.bytes > usage.limit) return false;
  const taken = await tx.run(
    `insert into media_usage as u (tenant_id, inbox_id, on_day, bytes) values ($1, $2, $3, $4)
     on conflict (tenant_id, inbox_id, on_day) do update set bytes = u.bytes + $4 where u.bytes + $4 <= $5`,
    [usage.tenantId, usage.inboxId, usage.onDay, usage.bytes, usage.limit],
  );
  return taken > 0;
}

export async function usedBytes(tx: Tx, tenantId: TenantId, inboxId: string, onDay: string): Promise<number> {
  const row = await tx.maybe<{ bytes: number }>(
    "select bytes from media_usage where tenant_id = $1 and inbox_id = $2 and on_day = $3",
    [tenantId, inboxId, onDay],
  );
  return row?.bytes ?? 0;
}

/** Which of these files still have a living row; for the sweep (system role). */
export async function livingMedia(tx: Tx, mediaIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    "select id from media where id = any($1::uuid[]) and deleted_at is null",
    [mediaIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Every living file of the instance in the order of ids, for the backup (system role). */
export function mediaAfter(
  tx: Tx,
  after: { tenantId: string; id: string } | null,
  limit: number,
): Promise<{ tenantId: TenantId; id: MediaId; storage: "disk" | "s3"; hasThumb: boolean }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id, storage, has_thumb as "hasThumb" from media
     where deleted_at is null and ($1::uuid is null or (tenant_id, id) > ($1, $2::uuid))
     order by tenant_id, id limit $3`,
    [after?.tenantId ?? null, after?.id ?? null, limit],
  );
}
