// SQL for the reading of a document: who reads it, how far, and how it ended. A reading is named by the document and its
// run; whatever belongs to an older run changes nothing any more.

import type { DocumentId, DocumentProblem, TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface ReadingRef {
  documentId: DocumentId;
  run: number;
}

/** A new reading waits; null when the document is gone. Whatever read it before is over. */
export async function askForReading(tx: Tx, tenantId: TenantId, id: DocumentId): Promise<number | null> {
  const row = await tx.maybe<{ run: number }>(
    `update shop_document set state = 'waiting', run = run + 1, done = 0, total = 0, error = null
     where tenant_id = $1 and id = $2 and deleted_at is null returning run`,
    [tenantId, id],
  );
  return row?.run ?? null;
}

/** Takes the reading up, also once more after the process that had it died. False when it is no longer wanted. */
export async function beginReading(tx: Tx, tenantId: TenantId, reading: ReadingRef): Promise<boolean> {
  const taken = await tx.run(
    `update shop_document set state = 'reading', done = 0, total = 0
     where tenant_id = $1 and id = $2 and run = $3 and state in ('waiting', 'reading') and deleted_at is null`,
    [tenantId, reading.documentId, reading.run],
  );
  return taken > 0;
}

/** Tells how far it is. False when it is no longer wanted. */
export async function noteProgress(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
  { done, total }: { done: number; total: number },
): Promise<boolean> {
  const noted = await tx.run(
    `update shop_document set done = $4, total = $5
     where tenant_id = $1 and id = $2 and run = $3 and state = 'reading' and deleted_at is null`,
    [tenantId, documentId, run, done, total],
  );
  return noted > 0;
}

/** Locks the row for the end of its reading. False when that is no longer wanted. */
export async function lockReading(tx: Tx, tenantId: TenantId, reading: ReadingRef): Promise<boolean> {
  const row = await tx.maybe(
    `select 1 from shop_document
     where tenant_id = $1 and id = $2 and run = $3 and state = 'reading' and deleted_at is null for update`,
    [tenantId, reading.documentId, reading.run],
  );
  return row !== undefined;
}

export interface ReadWhole {
  /** Null: keeps the title it has. */
  title: string | null;
  pages: number;
  passages: number;
  changed: number;
  problems: readonly DocumentProblem[];
  at: Date;
  nextAt: Date | null;
}

/** All but the state: whoever sees "ready" is to find it. */
export async function endReading(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
  { title, pages, passages, changed, problems, at, nextAt }: ReadWhole,
): Promise<void> {
  await tx.run(
    `update shop_document set error = null, title = coalesce($4, title), page_count = $5, passage_count = $6,
       changed_count = $7, problems = $8::jsonb, read_at = $9, next_read_at = $10, done = total
     where tenant_id = $1 and id = $2 and run = $3`,
    [tenantId, documentId, run, title, pages, passages, changed, JSON.stringify(problems), at, nextAt],
  );
}

/** What was read is found from now on. False when the reading was cancelled or another one asked for meanwhile. */
export async function finishReading(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
): Promise<boolean> {
  const finished = await tx.run(
    `update shop_document set state = 'ready'
     where tenant_id = $1 and id = $2 and run = $3 and state = 'reading' and deleted_at is null`,
    [tenantId, documentId, run],
  );
  return finished > 0;
}

/** What was read before stays. False when the reading was no longer wanted. */
export async function failReading(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
  error: DocumentProblem,
  nextAt: Date | null,
): Promise<boolean> {
  const failed = await tx.run(
    `update shop_document set state = 'failed', error = $4::jsonb, next_read_at = $5
     where tenant_id = $1 and id = $2 and run = $3 and state in ('waiting', 'reading')`,
    [tenantId, documentId, run, JSON.stringify(error), nextAt],
  );
  return failed > 0;
}

/** Ready again where it was read before, else cancelled. False when nothing was being read. */
export async function cancelRun(tx: Tx, tenantId: TenantId, id: DocumentId): Promise<boolean> {
  const cancelled = await tx.run(
    `update shop_document set run = run + 1, state = case when read_at is null then 'cancelled' else 'ready' end
     where tenant_id = $1 and id = $2 and state in ('waiting', 'reading') and deleted_at is null`,
    [tenantId, id],
  );
  return cancelled > 0;
}

/** Pages and sites whose time has come. System role: all tenants. */
export function listDue(tx: Tx, now: Date): Promise<{ tenantId: TenantId; id: DocumentId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id from shop_document
     where next_read_at <= $1 and deleted_at is null and state not in ('waiting', 'reading')
     order by next_read_at limit 200`,
    [now],
  );
}
