// Brings a document in: a file (kept sealed with the media, read by a job), or an address. Also a new version of a file, and
// reading once more. Nothing is read here; the answer comes at once, with the state "waiting".

import {
  type DocumentId,
  type DocumentSchedule,
  type DocumentSummary,
  documentBounds,
} from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { whoAndWhen } from "../../knowledge/faqs.ts";
import {
  insertDocument,
  type NewDocument,
  type Original,
  replaceOriginal,
  takeBackOriginal,
} from "./document-store.ts";
import { presentSummary } from "./present-document.ts";
import { readDocumentJob } from "./reading-job.ts";
import { askForReading, cancelRun } from "./reading-store.ts";
import { recordDocumentChange } from "./record-document.ts";
import { checkCount, livingDocument } from "./shop-documents.ts";

export interface UploadedFile {
  source: AsyncIterable<Uint8Array>;
  name: string;
  /** As the sender calls it. */
  type: string;
}

const noOriginal: Original = { media_id: null, file_name: null, file_type: null, size_bytes: null };
const longestTitle = 120;

/**
 * In:  the file, and what the document is to be called ("": as the file).
 * @throws AppError media/too-large, media/empty, media/type-refused, document/limit-reached
 */
export async function uploadDocument(ctx: Ctx, file: UploadedFile, title: string): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  const original = await keepOriginal(ctx, file);
  const called = title || titleOf(file.name);
  return orWithoutFile(ctx, original, () =>
    add(ctx, {
      ...original,
      id: newId<DocumentId>(),
      kind: "file",
      title: called,
      url: null,
      schedule: "never",
      depth: 0,
      most_pages: 1,
    }),
  );
}

/** A new version of a file. The one before stays until the new one is read, and for good if it cannot be. @throws AppError document/not-found, document/is-site, media/… */
export async function replaceDocument(
  ctx: Ctx,
  id: DocumentId,
  file: UploadedFile,
): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, (tx) => fileDocument(ctx, tx, id));
  const original = await keepOriginal(ctx, file);
  const { row, old } = await orWithoutFile(ctx, original, () =>
    transact(ctx, async (tx) => {
      const before = await fileDocument(ctx, tx, id);
      const isUnread = before.read_at === null || before.earlier_file !== null;
      const earlier = before.read_at === null ? null : (before.earlier_file ?? fileOf(before));
      await replaceOriginal(tx, ctx.tenantId, id, original, earlier);
      return { row: await startReading(ctx, tx, id), old: isUnread ? before.media_id : null };
    }),
  );
  if (old !== null) await ctx.media.remove(ctx.tenantId, old);
  return presentSummary(row);
}

export interface SiteDraft {
  kind: "page" | "site";
  url: string;
  title: string;
  depth: number;
  mostPages: number;
  schedule: DocumentSchedule;
}

/** @throws AppError document/limit-reached */
export async function addSite(ctx: Ctx, draft: SiteDraft): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  const url = new URL(draft.url);
  url.hash = "";
  const isPage = draft.kind === "page";
  return add(ctx, {
    ...noOriginal,
    id: newId<DocumentId>(),
    kind: draft.kind,
    title: draft.title || untitled(url),
    url: url.href,
    schedule: draft.schedule,
    depth: isPage ? 0 : draft.depth,
    most_pages: isPage ? 1 : draft.mostPages,
  });
}

/** What an address is called until its first page says so itself. */
export function untitled(url: URL): string {
  return url.host.slice(0, longestTitle);
}

/** Reads it once more, from the beginning. @throws AppError document/not-found */
export async function readAgain(ctx: Ctx, id: DocumentId): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  return presentSummary(await transact(ctx, (tx) => startReading(ctx, tx, id)));
}

/** Ends a reading that waits or goes on; nothing happens when none does. @throws AppError document/not-found */
export async function cancelReading(ctx: Ctx, id: DocumentId): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  const { row, unread } = await transact(ctx, async (tx) => {
    const isCancelled = await cancelRun(tx, ctx.tenantId, id);
    const file = isCancelled ? await takeBackOriginal(tx, ctx.tenantId, id) : null;
    return { row: await livingDocument(ctx, tx, id), unread: file };
  });
  if (unread !== null) await ctx.media.remove(ctx.tenantId, unread);
  return presentSummary(row);
}

/** @throws AppError document/not-found */
async function startReading(ctx: Ctx, tx: Tx, id: DocumentId) {
  const run = await askForReading(tx, ctx.tenantId, id);
  if (run === null) throw new AppError("document/not-found");
  await ctx.jobs.send(tx, readDocumentJob, { tenantId: ctx.tenantId, documentId: id, run });
  const row = await livingDocument(ctx, tx, id);
  await recordDocumentChange(ctx, tx, row, "changed");
  return row;
}

async function add(ctx: Ctx, draft: NewDocument): Promise<DocumentSummary> {
  const row = await transact(ctx, async (tx) => {
    await checkCount(ctx, tx);
    const inserted = await insertDocument(tx, ctx.tenantId, draft, whoAndWhen(ctx));
    const { id, run } = inserted;
    await ctx.jobs.send(tx, readDocumentJob, { tenantId: ctx.tenantId, documentId: id, run });
    await recordDocumentChange(ctx, tx, inserted, "added");
    return inserted;
  });
  return presentSummary(row);
}

async function fileDocument(ctx: Ctx, tx: Tx, id: DocumentId) {
  const row = await livingDocument(ctx, tx, id);
  if (row.kind !== "file") throw new AppError("document/is-site");
  return row;
}

function fileOf({ media_id, file_name, file_type, size_bytes }: Original): Original {
  return { media_id, file_name, file_type, size_bytes };
}

async function keepOriginal(ctx: Ctx, { source, name, type }: UploadedFile): Promise<Original> {
  const kept = await ctx.media.put(ctx.tenantId, {
    source,
    name,
    inboxId: null,
    maxBytes: documentBounds.fileBytes,
  });
  return {
    media_id: kept.id,
    file_name: kept.name,
    file_type: type.slice(0, 127),
    size_bytes: kept.sizeBytes,
  };
}

/** A file whose row was refused is not kept either. */
async function orWithoutFile<T>(ctx: Ctx, { media_id }: Original, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (media_id !== null) await ctx.media.remove(ctx.tenantId, media_id);
    throw error;
  }
}

function titleOf(fileName: string): string {
  const bare = fileName.replace(/\.[a-z0-9]{1,5}$/iu, "").trim();
  return (bare || fileName).slice(0, longestTitle);
}
