// SQL for the shop's documents: one row for a file, a page or a site, whatever it says. Passages have a store of their own.

import type {
  DocumentId,
  DocumentProblem,
  DocumentSchedule,
  DocumentState,
  MediaId,
  TenantId,
  UserId,
} from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface DocumentRow {
  id: DocumentId;
  kind: "file" | "page" | "site";
  title: string;
  url: string | null;
  media_id: MediaId | null;
  file_name: string | null;
  file_type: string | null;
  size_bytes: number | null;
  /** The version that answers while a new one waits to be read. */
  earlier_file: Original | null;
  is_on: boolean;
  state: DocumentState;
  /** Counts the readings asked for; only the newest may write. */
  run: number;
  done: number;
  total: number;
  error: DocumentProblem | null;
  problems: DocumentProblem[];
  page_count: number;
  passage_count: number;
  changed_count: number;
  schedule: DocumentSchedule;
  depth: number;
  most_pages: number;
  read_at: Date | null;
  next_read_at: Date | null;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
}
export type NewDocument = Pick<
  DocumentRow,
  "id" | "kind" | "title" | "url" | "schedule" | "depth" | "most_pages"
> &
  Original;
/** The file as it was brought in; null of a page or a site. */
export interface Original {
  media_id: MediaId | null;
  file_name: string | null;
  file_type: string | null;
  size_bytes: number | null;
}
export interface ByWhom {
  userId: UserId | null;
  at: Date;
}

const columns = `id, kind, title, url, media_id, file_name, file_type, size_bytes::int8 as size_bytes, earlier_file, is_on, state, run, done,
  total, error, problems, page_count, passage_count, changed_count, schedule, depth, most_pages, read_at, next_read_at, version,
  updated_at, deleted_at`;

/** All living documents, newest first. */
export function listDocumentRows(tx: Tx, tenantId: TenantId): Promise<DocumentRow[]> {
  return tx.rows<DocumentRow>(
    `select ${columns} from shop_document where tenant_id = $1 and deleted_at is null order by id desc`,
    [tenantId],
  );
}

/** One, deleted or not. */
export function findDocumentRow(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
): Promise<DocumentRow | undefined> {
  return tx.maybe<DocumentRow>(`select ${columns} from shop_document where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

/** How many there are. Makes others who add one wait until this transaction ends, so that the limit holds. */
export async function countDocuments(tx: Tx, tenantId: TenantId): Promise<number> {
  await lockDocuments(tx, tenantId);
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from shop_document where tenant_id = $1 and deleted_at is null",
    [tenantId],
  );
  return count;
}

/** One shop's readings end one after the other, so that the limit of passages holds. */
export async function lockDocuments(tx: Tx, tenantId: TenantId): Promise<void> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('shop_document' || $1::text, 0))", [tenantId]);
}

/** Passages of all living documents but this one. */
export async function countOtherPassages(tx: Tx, tenantId: TenantId, id: DocumentId): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select coalesce(sum(passage_count), 0)::int as count from shop_document
     where tenant_id = $1 and id <> $2 and deleted_at is null`,
    [tenantId, id],
  );
  return count;
}

export function insertDocument(
  tx: Tx,
  tenantId: TenantId,
  draft: NewDocument,
  by: ByWhom,
): Promise<DocumentRow> {
  const { id, kind, title, url, media_id, file_name, file_type, size_bytes, schedule, depth, most_pages } =
    draft;
  return tx.one<DocumentRow>(
    `insert into shop_document (tenant_id, id, kind, title, url, media_id, file_name, file_type, size_bytes, schedule,
       depth, most_pages, state, created_at, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', $13, $13, $14) returning ${columns}`,
    [
      tenantId,
      id,
      kind,
      title,
      url,
      media_id,
      file_name,
      file_type,
      size_bytes,
      schedule,
      depth,
      most_pages,
      by.at,
      by.userId,
    ],
  );
}

/** Title, switch and schedule of exactly this version; undefined when somebody else was faster. */
export function updateDocumentRow(
  tx: Tx,
  tenantId: TenantId,
  draft: Pick<DocumentRow, "id" | "title" | "is_on" | "schedule" | "next_read_at" | "version">,
  by: ByWhom,
): Promise<DocumentRow | undefined> {
  const { id, title, is_on, schedule, next_read_at, version } = draft;
  return tx.maybe<DocumentRow>(
    `update shop_document set title = $3, is_on = $4, schedule = $5, next_read_at = $6, updated_at = $7, updated_by = $8,
       version = version + 1
     where tenant_id = $1 and id = $2 and version = $9 and deleted_at is null returning ${columns}`,
    [tenantId, id, title, is_on, schedule, next_read_at, by.at, by.userId, version],
  );
}

/** A new version of the file; `earlier`: the one that answers until it is read. */
export function replaceOriginal(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  { media_id, file_name, file_type, size_bytes }: Original,
  earlier: Original | null,
): Promise<number> {
  return tx.run(
    `update shop_document set media_id = $3, file_name = $4, file_type = $5, size_bytes = $6, earlier_file = $7::jsonb
     where tenant_id = $1 and id = $2`,
    [tenantId, id, media_id, file_name, file_type, size_bytes, earlier && JSON.stringify(earlier)],
  );
}

/** The new version could not be read, or is no longer wanted: the one before takes its place. The file to remove, if any. */
export async function takeBackOriginal(tx: Tx, tenantId: TenantId, id: DocumentId): Promise<MediaId | null> {
  const row = await tx.maybe<Pick<DocumentRow, "media_id" | "earlier_file">>(
    "select media_id, earlier_file from shop_document where tenant_id = $1 and id = $2 for update",
    [tenantId, id],
  );
  if (row === undefined || row.earlier_file === null) return null;
  await replaceOriginal(tx, tenantId, id, row.earlier_file, null);
  return row.media_id;
}

/** The new version is read. The file that it replaces, if any. */
export async function letGoOfOriginal(tx: Tx, tenantId: TenantId, row: DocumentRow): Promise<MediaId | null> {
  if (row.earlier_file === null) return null;
  await replaceOriginal(tx, tenantId, row.id, row, null);
  return row.earlier_file.media_id;
}

export function markDocumentDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  at: Date,
): Promise<DocumentRow | undefined> {
  return tx.maybe<DocumentRow>(
    `update shop_document set deleted_at = $3, version = version + 1, run = run + 1,
       state = case when state in ('waiting', 'reading') then 'cancelled' else state end
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [tenantId, id, at],
  );
}

/** Undoes a deletion that is not older than `since`. */
export function unmarkDocumentDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  since: Date,
): Promise<DocumentRow | undefined> {
  return tx.maybe<DocumentRow>(
    `update shop_document set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3 returning ${columns}`,
    [tenantId, id, since],
  );
}

/** Files of documents that can no longer be restored. System role: all tenants. */
export function listEndedOriginals(
  tx: Tx,
  before: Date,
): Promise<{ tenantId: TenantId; mediaId: MediaId | null }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", unnest(array[media_id, (earlier_file->>'media_id')::uuid]) as "mediaId"
     from shop_document where deleted_at < $1 and media_id is not null`,
    [before],
  );
}

/** Ends what can no longer be restored. System role: all tenants. */
export function purgeDeletedDocuments(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from shop_document where deleted_at < $1", [before]);
}
