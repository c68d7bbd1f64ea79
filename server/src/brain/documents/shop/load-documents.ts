// A tenant's documents out of the database, indexed and ready to be asked. Called by the knowledge cache and by
// refresh-document.ts. Works in pieces of some milliseconds, with others served between them.

import { setImmediate as immediately, setTimeout as pause } from "node:timers/promises";
import { elapsedMs } from "../../../platform/clock.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { type KnownDocument, knowingDocument } from "../search/known-document.ts";
import { type DocumentRow, listDocumentRows } from "./document-store.ts";
import { listAllPassages } from "./passage-store.ts";

/** Pieces of work that are done before somebody else is let in: some 4 ms. */
const longestPieceMs = 4;
/** And as long as this nothing is done where customers are served meanwhile: a message takes several turns of the loop. */
const restMs = 6;

/** Those of `before` that have not changed are taken as they are. */
export async function loadDocuments(ctx: Ctx, before: readonly KnownDocument[]): Promise<KnownDocument[]> {
  const rows = await transact(ctx, (tx) => listDocumentRows(tx, ctx.tenantId));
  const documents: KnownDocument[] = [];
  for (const row of rows.filter(answers)) {
    const stamp = stampOf(row);
    const known = before.find((one) => one.id === row.id && one.stamp === stamp);
    documents.push(known ?? (await loadDocument(ctx, row)));
  }
  return documents;
}

/** Whether customers may be answered from it. */
export function answers({ is_on, deleted_at, passage_count }: DocumentRow): boolean {
  return is_on && deleted_at === null && passage_count > 0;
}

export function stampOf({ title, read_at }: DocumentRow): string {
  return `${read_at?.getTime() ?? 0} ${title}`;
}

/** `isPatient`: nobody waits for it. */
export async function loadDocument(ctx: Ctx, row: DocumentRow, isPatient = false): Promise<KnownDocument> {
  const passages = await transact(ctx, (tx) => listAllPassages(tx, ctx.tenantId, row.id));
  const work = knowingDocument({
    id: row.id,
    title: row.title,
    checkedOn: row.read_at?.toISOString().slice(0, 10) ?? null,
    stamp: stampOf(row),
    passages,
  });
  let startedMs = elapsedMs();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (elapsedMs() - startedMs < longestPieceMs) continue;
    await (isPatient ? pause(restMs) : immediately());
    startedMs = elapsedMs();
  }
}
