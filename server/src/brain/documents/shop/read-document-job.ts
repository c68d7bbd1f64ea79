// Reads one document: a job, so that it outlives the request, and this process, too: a reading whose process died is begun
// again by another one. What was read before answers until the end, when the new passages take its place in one transaction.

import type { DocumentProblem, MediaId, TenantId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { cutPassages } from "../cut/cut-passages.ts";
import { untitled } from "./add-document.ts";
import { comparePassages } from "./compare-passages.ts";
import { type DocumentRow, letGoOfOriginal, lockDocuments, takeBackOriginal } from "./document-store.ts";
import { nextReading } from "./next-reading.ts";
import { dropOtherPages } from "./page-store.ts";
import { addChanges, listAllPassages, replacePassages, trimChanges } from "./passage-store.ts";
import { readSource, type SourceRead, SourceUnreadable } from "./read-source.ts";
import { readingPayload } from "./reading-job.ts";
import {
  beginReading,
  endReading,
  failReading,
  finishReading,
  lockReading,
  noteProgress,
  type ReadingRef,
} from "./reading-store.ts";
import { refreshDocument } from "./refresh-document.ts";
import { checkPassages, livingDocument, mostChanges } from "./shop-documents.ts";

const lookEveryMs = 1_000;

/** Somebody cancelled it, changed its file, or removed the document. */
class NoLongerWanted extends Error {}

/** Never fails for what a document or a site does; that is told in its row. @throws when the database is away */
export async function runReading(services: Services, payload: unknown): Promise<void> {
  const { tenantId, documentId, run } = readingPayload.parse(payload);
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "documents" } });
  const reading = { documentId, run };
  const row = await transact(ctx, async (tx) =>
    (await beginReading(tx, tenantId, reading)) ? livingDocument(ctx, tx, documentId) : null,
  );
  if (row === null) return;
  const kept = await readAndKeep(ctx, row, reading);
  if (kept === null) return;
  // a process that dies here leaves the state "reading": another one reads it again
  await refreshDocument(ctx, documentId);
  await transact(ctx, async (tx) => {
    if (await finishReading(tx, tenantId, reading)) await tell(ctx, tx, documentId);
  });
  if (kept.replaced !== null) await ctx.media.remove(tenantId, kept.replaced);
}

/** Null when there is nothing new: it failed, which its row tells, or is no longer wanted. */
async function readAndKeep(
  ctx: Ctx,
  row: DocumentRow,
  reading: ReadingRef,
): Promise<{ replaced: MediaId | null } | null> {
  const { documentId } = reading;
  const watch = watching(ctx, reading);
  try {
    const read = await readSource(ctx, row, watch);
    return await transact(ctx, (tx) => keep(ctx, tx, reading, read));
  } catch (error) {
    if (error instanceof NoLongerWanted) return null;
    const problem = problemOf(error);
    if (problem.code === "internal") ctx.log.error({ err: error, documentId }, "document not read");
    const unread = await transact(ctx, (tx) => fail(ctx, tx, row, reading, problem));
    if (unread !== null) await ctx.media.remove(ctx.tenantId, unread);
    return null;
  } finally {
    watch.stop();
  }
}

/** Writes how far it is, once a second, and aborts as soon as it is no longer wanted. */
function watching(ctx: Ctx, reading: ReadingRef) {
  const abort = new AbortController();
  let now = { done: 0, total: 0 };
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const isWanted = await transact(ctx, (tx) => noteProgress(tx, ctx.tenantId, reading, now));
      if (!isWanted) abort.abort(new NoLongerWanted());
    } catch (error) {
      ctx.log.warn({ err: error }, "progress of a document not written");
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return {
    signal: abort.signal,
    onProgress(done: number, total: number) {
      now = { done, total };
    },
    stop() {
      clearInterval(timer);
    },
  };
}

/** The new passages in the place of the old, and what differs. Null when the reading is no longer wanted. */
async function keep(
  ctx: Ctx,
  tx: Tx,
  reading: ReadingRef,
  read: SourceRead,
): Promise<{ replaced: MediaId | null } | null> {
  const { tenantId } = ctx;
  const { documentId } = reading;
  const passages = cutPassages(documentId, read.sections);
  await lockDocuments(tx, tenantId);
  if (!(await lockReading(tx, tenantId, reading))) return null;
  if (passages.length === 0) throw new AppError("document/no-text");
  await checkPassages(ctx, tx, documentId, passages.length);
  const row = await livingDocument(ctx, tx, documentId);
  const at = ctx.clock.now();
  if (row.read_at !== null) {
    const before = await listAllPassages(tx, tenantId, documentId);
    await addChanges(tx, tenantId, documentId, comparePassages(before, passages).slice(0, mostChanges), at);
  }
  await replacePassages(tx, tenantId, documentId, passages);
  await dropOtherPages(tx, tenantId, documentId, reading.run);
  await endReading(tx, tenantId, reading, {
    title: titleFor(row, read.title),
    pages: read.pages,
    passages: passages.length,
    changed: await trimChanges(tx, tenantId, documentId, mostChanges),
    problems: read.problems,
    at,
    nextAt: nextReading(row.schedule, at, ctx.clock),
  });
  await tell(ctx, tx, documentId);
  return { replaced: await letGoOfOriginal(tx, tenantId, row) };
}

/** An address that nobody named is called as its first page calls itself. */
function titleFor({ url, title, read_at }: DocumentRow, found: string): string | null {
  const isUnnamed = url !== null && read_at === null && title === untitled(new URL(url));
  return isUnnamed && found.trim() !== "" ? found.trim().slice(0, 120) : null;
}

/** @returns the new version of a file that could not be read: to be removed */
async function fail(
  ctx: Ctx,
  tx: Tx,
  row: DocumentRow,
  reading: ReadingRef,
  problem: DocumentProblem,
): Promise<MediaId | null> {
  const next = nextReading(row.schedule, ctx.clock.now(), ctx.clock);
  const isFailed = await failReading(tx, ctx.tenantId, reading, problem, next);
  await tell(ctx, tx, reading.documentId);
  return isFailed ? takeBackOriginal(tx, ctx.tenantId, reading.documentId) : null;
}

async function tell(ctx: Ctx, tx: Tx, documentId: ReadingRef["documentId"]): Promise<void> {
  const { tenantId }: { tenantId: TenantId } = ctx;
  await emit(ctx, tx, tenantId, [{ kind: "document-changed", payload: { documentId, how: "changed" } }]);
}

function problemOf(error: unknown): DocumentProblem {
  if (error instanceof SourceUnreadable) return error.problem;
  if (!(error instanceof AppError)) return { code: "internal", values: {}, page: null, url: null };
  const values = Object.entries(error.details).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return { code: error.code, values: Object.fromEntries(values), page: null, url: null };
}
