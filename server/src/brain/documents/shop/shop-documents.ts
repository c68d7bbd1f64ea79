// The shop's documents as people keep them: list, look into, change, remove, bring back. Each change is live when the call
// returns. Two people at one document: the second is told (document/version-moved), nothing is merged.

import {
  type DocumentChange,
  type DocumentId,
  type DocumentPassage,
  type DocumentSchedule,
  type DocumentSummary,
  documentBounds,
  type ShopDocument,
} from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { restorableDays, whoAndWhen } from "../../knowledge/faqs.ts";
import {
  countDocuments,
  countOtherPassages,
  type DocumentRow,
  findDocumentRow,
  listDocumentRows,
  markDocumentDeleted,
  unmarkDocumentDeleted,
  updateDocumentRow,
} from "./document-store.ts";
import { nextReading } from "./next-reading.ts";
import { listChanges, listSomePassages, type PassagesAsked, removeChanges } from "./passage-store.ts";
import { presentChange, presentDocument, presentPassage, presentSummary } from "./present-document.ts";
import { recordDocumentChange } from "./record-document.ts";
import { refreshDocument } from "./refresh-document.ts";

const dayMs = 86_400_000;
/** Kept and shown of a document. */
export const mostChanges = 200;

export async function listDocuments(ctx: Ctx): Promise<DocumentSummary[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listDocumentRows(tx, ctx.tenantId));
  return rows.map(presentSummary);
}

/** @throws AppError document/not-found */
export async function getDocument(ctx: Ctx, id: DocumentId): Promise<ShopDocument> {
  requirePermission(ctx, "knowledge-read");
  return presentDocument(await transact(ctx, (tx) => livingDocument(ctx, tx, id)));
}

/** What it says, a part at a time. @throws AppError document/not-found */
export async function listPassages(
  ctx: Ctx,
  id: DocumentId,
  part: PassagesAsked,
): Promise<{ total: number; passages: DocumentPassage[] }> {
  requirePermission(ctx, "knowledge-read");
  const { total, passages } = await transact(ctx, async (tx) => {
    await livingDocument(ctx, tx, id);
    return listSomePassages(tx, ctx.tenantId, id, part);
  });
  return { total, passages: passages.map(presentPassage) };
}

/** @throws AppError document/not-found */
export async function listDocumentChanges(ctx: Ctx, id: DocumentId): Promise<DocumentChange[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, async (tx) => {
    await livingDocument(ctx, tx, id);
    return listChanges(tx, ctx.tenantId, id, mostChanges);
  });
  return rows.map(presentChange);
}

/** @throws AppError document/not-found */
export async function seeDocumentChanges(
  ctx: Ctx,
  id: DocumentId,
  ids: readonly string[],
): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  const row = await transact(ctx, async (tx) => {
    await livingDocument(ctx, tx, id);
    await removeChanges(tx, ctx.tenantId, id, ids);
    return livingDocument(ctx, tx, id);
  });
  return presentSummary(row);
}

export interface DocumentDraft {
  title: string;
  isOn: boolean;
  schedule: DocumentSchedule;
  version: number;
}

/** @throws AppError document/not-found, document/version-moved */
export async function updateDocument(
  ctx: Ctx,
  id: DocumentId,
  draft: DocumentDraft,
): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  const row = await transact(ctx, async (tx) => {
    const before = await livingDocument(ctx, tx, id);
    // a file does not change by itself
    const schedule = before.kind === "file" ? "never" : draft.schedule;
    const next =
      schedule === before.schedule ? before.next_read_at : nextReading(schedule, before.read_at, ctx.clock);
    const { title, isOn, version } = draft;
    const values = { id, title, is_on: isOn, schedule, next_read_at: next, version };
    const updated = await updateDocumentRow(tx, ctx.tenantId, values, whoAndWhen(ctx));
    if (updated === undefined)
      throw new AppError("document/version-moved", { details: { version: before.version } });
    await recordDocumentChange(ctx, tx, updated, "changed");
    return updated;
  });
  await refreshDocument(ctx, id);
  return presentSummary(row);
}

/** Can be undone for 30 days. @throws AppError document/not-found */
export async function deleteDocument(ctx: Ctx, id: DocumentId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    const deleted = await markDocumentDeleted(tx, ctx.tenantId, id, ctx.clock.now());
    if (deleted === undefined) throw new AppError("document/not-found");
    await recordDocumentChange(ctx, tx, deleted, "removed");
  });
  await refreshDocument(ctx, id);
}

/** The undo of a deletion of the last 30 days. @throws AppError document/not-found, document/limit-reached */
export async function restoreDocument(ctx: Ctx, id: DocumentId): Promise<DocumentSummary> {
  requirePermission(ctx, "knowledge-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const row = await transact(ctx, async (tx) => {
    await checkCount(ctx, tx);
    const restored = await unmarkDocumentDeleted(tx, ctx.tenantId, id, since);
    if (restored === undefined) throw new AppError("document/not-found");
    await checkPassages(ctx, tx, id, restored.passage_count);
    await recordDocumentChange(ctx, tx, restored, "added");
    return restored;
  });
  await refreshDocument(ctx, id);
  return presentSummary(row);
}

/** @throws AppError document/not-found */
export async function livingDocument(ctx: Ctx, tx: Tx, id: DocumentId): Promise<DocumentRow> {
  const row = await findDocumentRow(tx, ctx.tenantId, id);
  if (row === undefined || row.deleted_at !== null) throw new AppError("document/not-found");
  return row;
}

/** @throws AppError document/limit-reached */
export async function checkCount(ctx: Ctx, tx: Tx): Promise<void> {
  const most = documentBounds.documents;
  if ((await countDocuments(tx, ctx.tenantId)) >= most)
    throw new AppError("document/limit-reached", { details: { most } });
}

/** Others' passages and these together. @throws AppError document/too-many-passages */
export async function checkPassages(ctx: Ctx, tx: Tx, id: DocumentId, passages: number): Promise<void> {
  const most = documentBounds.passages;
  const others = await countOtherPassages(tx, ctx.tenantId, id);
  if (others + passages > most)
    throw new AppError("document/too-many-passages", { details: { most, others, passages } });
}
