// The shop's tables as people keep them: list, read, add, change, remove, bring back. Each change is live when the call
// returns. Two people at one table: the second is told (table/version-moved), nothing is merged.

import {
  type ShopTable,
  type TableDraft,
  type TableId,
  type TableSummary,
  tableBounds,
} from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import type { Table } from "../../tables/table.ts";
import { tableFromRows } from "../../tables/table-from-rows.ts";
import { restorableDays, whoAndWhen } from "../faqs.ts";
import { changeKnowledge } from "../knowledge-cache.ts";
import { checkRows } from "./check-rows.ts";
import { knownTable, presentSummary, presentTable } from "./known-table.ts";
import {
  type CountedDraft,
  countTables,
  findTableRow,
  insertTableRow,
  listTableSummaries,
  markTableDeleted,
  type TableRow,
  unmarkTableDeleted,
  updateTableRow,
} from "./table-store.ts";

const uniqueViolation = "23505";
const dayMs = 86_400_000;

/** All tables without their rows. */
export async function listTables(ctx: Ctx): Promise<TableSummary[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listTableSummaries(tx, ctx.tenantId));
  return rows.map(presentSummary);
}

/** @throws AppError table/not-found */
export async function getTable(ctx: Ctx, id: TableId): Promise<ShopTable> {
  requirePermission(ctx, "knowledge-read");
  const row = await transact(ctx, (tx) => livingRow(ctx, tx, id));
  return presentTable(row, tableFromRows(row.name, row.rows));
}

/** @throws AppError table/name-taken, table/limit-reached, table/empty, table/too-large */
export async function createTable(ctx: Ctx, given: TableDraft): Promise<ShopTable> {
  requirePermission(ctx, "knowledge-write");
  const { draft, table } = readDraft(given, newId<TableId>());
  const row = await nameChecked(() =>
    transact(ctx, async (tx) => {
      await checkCount(ctx, tx);
      const inserted = await insertTableRow(tx, ctx.tenantId, draft, whoAndWhen(ctx));
      await recordTableChange(ctx, tx, inserted, "added");
      return inserted;
    }),
  );
  takeTableIn(ctx, null, row, table);
  return presentTable(row, table);
}

/** @throws AppError table/not-found, table/version-moved, table/name-taken, table/empty, table/too-large */
export async function updateTable(
  ctx: Ctx,
  id: TableId,
  given: TableDraft & { version: number },
): Promise<ShopTable> {
  requirePermission(ctx, "knowledge-write");
  const { draft, table } = readDraft(given, id);
  const { before, row } = await nameChecked(() =>
    transact(ctx, async (tx) => {
      const known = await livingRow(ctx, tx, id);
      const changed = { ...draft, version: given.version };
      const updated = await updateTableRow(tx, ctx.tenantId, changed, whoAndWhen(ctx));
      if (updated === undefined) {
        // `known` may have been read before the faster one's commit: say the version that stands now
        const now = await findTableRow(tx, ctx.tenantId, id);
        throw new AppError("table/version-moved", { details: { version: now?.version ?? known.version } });
      }
      await recordTableChange(ctx, tx, updated, "changed");
      return { before: known, row: updated };
    }),
  );
  takeTableIn(ctx, before, row, table);
  return presentTable(row, table);
}

/** @throws AppError table/not-found */
export async function deleteTable(ctx: Ctx, id: TableId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  const row = await transact(ctx, async (tx) => {
    const deleted = await markTableDeleted(tx, ctx.tenantId, id, ctx.clock.now());
    if (deleted === undefined) throw new AppError("table/not-found");
    await recordTableChange(ctx, tx, deleted, "removed");
    return deleted;
  });
  changeKnowledge(ctx, (knowledge) => knowledge.removeTable(row.name));
}

/** The undo of a deletion of the last 30 days. @throws AppError table/not-found, table/name-taken, table/limit-reached */
export async function restoreTable(ctx: Ctx, id: TableId): Promise<ShopTable> {
  requirePermission(ctx, "knowledge-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const row = await nameChecked(() =>
    transact(ctx, async (tx) => {
      await checkCount(ctx, tx);
      const restored = await unmarkTableDeleted(tx, ctx.tenantId, id, since);
      if (restored === undefined) throw new AppError("table/not-found");
      await recordTableChange(ctx, tx, restored, "added");
      return restored;
    }),
  );
  const table = tableFromRows(row.name, row.rows);
  takeTableIn(ctx, null, row, table);
  return presentTable(row, table);
}

function readDraft(given: TableDraft, id: TableId): { draft: CountedDraft; table: Table } {
  const rows = checkRows(given.rows);
  const table = tableFromRows(given.name, rows);
  const counts = {
    rowCount: table.rows.length,
    columnCount: table.columns.length,
    // a column that is kept private is told to the owner, but nothing is wrong with it
    problemCount: table.problems.filter(({ code }) => code !== "kept-private").length,
  };
  return { draft: { id, name: given.name, rows, ...counts }, table };
}

async function livingRow(ctx: Ctx, tx: Tx, id: TableId): Promise<TableRow> {
  const row = await findTableRow(tx, ctx.tenantId, id);
  if (row === undefined || row.deleted_at !== null) throw new AppError("table/not-found");
  return row;
}

async function checkCount(ctx: Ctx, tx: Tx): Promise<void> {
  const most = tableBounds.tables;
  if ((await countTables(tx, ctx.tenantId)) >= most)
    throw new AppError("table/limit-reached", { details: { most } });
}

async function nameChecked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation)
      throw new AppError("table/name-taken", { cause: error });
    throw error;
  }
}

/** Audit and event of a change. Last in the transaction: it locks the lane. */
async function recordTableChange(
  ctx: Ctx,
  tx: Tx,
  row: TableRow,
  how: "added" | "changed" | "removed",
): Promise<void> {
  await requestAudit(ctx, tx, {
    action: `table-${how}`,
    subject: "table",
    subjectId: row.id,
    details: { name: row.name, version: row.version },
  });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "table-changed", payload: { tableId: row.id, how } }]);
}

/** After the commit: the table as it is now is what customers are answered from. */
function takeTableIn(ctx: Ctx, before: TableRow | null, row: TableRow, table: Table): void {
  const known = knownTable(row, table);
  changeKnowledge(ctx, (knowledge) => {
    if (before !== null && before.name !== row.name) knowledge.removeTable(before.name);
    knowledge.setTable(known);
  });
}
