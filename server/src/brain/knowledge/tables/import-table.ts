// A table from an uploaded sheet, or only a look at what would become of it (dry run); and a table out as csv.

import { type TableId, type TableImport, type TableProblem, tableBounds } from "@yingda/contract";
import { stringify } from "csv-stringify/sync";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { tableFromRows } from "../../tables/table-from-rows.ts";
import { readBook } from "../sheets/read-sheet.ts";
import type { LeftOut } from "../sheets/xlsx-rows.ts";
import { checkRows } from "./check-rows.ts";
import { readingOf } from "./known-table.ts";
import { createTable, getTable } from "./shop-tables.ts";

const longestName = 60;
const mostNamed = 10;
const longestText = 80;

/**
 * In:  the file, and what the table is to be called ("": as the file). Columns that are hidden in a workbook are left out: they
 *      are where a shop keeps what it pays.
 * @throws AppError import/too-large, import/unreadable, and what createTable throws
 */
export async function importTable(
  ctx: Ctx,
  file: { bytes: Buffer; fileName: string },
  { name, isDryRun }: { name: string; isDryRun: boolean },
): Promise<TableImport> {
  requirePermission(ctx, "knowledge-write");
  const book = await readBook(file.bytes, tableBounds.columns + 1);
  const hidden = new Set(book.left.hiddenColumns);
  const inSight = book.rows.map(({ row, cells }) => ({
    row,
    cells: cells.filter((_, at) => !hidden.has(at)),
  }));
  const rows = checkRows(inPlace(inSight));
  const called = name || nameOf(file.fileName);
  if (!isDryRun) {
    const table = await createTable(ctx, { name: called, rows });
    return { name: table.name, rows: table.rows, reading: table.reading, table };
  }
  const reading = readingOf(tableFromRows(called, rows));
  const problems = [...leftOut(book.left, book.rows), ...reading.problems];
  return { name: called, rows, reading: { ...reading, problems }, table: null };
}

function leftOut({ sheets, hiddenColumns }: LeftOut, rows: readonly { cells: string[] }[]): TableProblem[] {
  const note = (code: TableProblem["code"], text: string) => ({ code, row: null, column: null, text });
  const headed = (column: number) => rows.map(({ cells }) => cells[column] ?? "").find((cell) => cell !== "");
  const columns = hiddenColumns.map(headed).filter((cell) => cell !== undefined);
  return [
    ...sheets.slice(0, mostNamed).map((name) => note("more-sheets", name.slice(0, longestText))),
    ...columns.slice(0, mostNamed).map((cell) => note("hidden-column", cell.slice(0, longestText))),
  ];
}

/** Blank lines back in, so that a row's place is the one that the person sees in the file. */
function inPlace(sheet: readonly { row: number; cells: string[] }[]): string[][] {
  const rows = Array.from({ length: sheet.at(-1)?.row ?? 0 }, (): string[] => []);
  for (const { row, cells } of sheet) rows[row - 1] = cells;
  return rows;
}

function nameOf(fileName: string): string {
  const name = fileName
    .replace(/\.[a-z]{1,5}$/iu, "")
    .trim()
    .slice(0, longestName);
  return name === "" ? "表格" : name;
}

/** The rows as csv that a spreadsheet opens; a cell that begins like a formula gets an apostrophe. @throws AppError table/not-found */
export async function exportTable(
  ctx: Ctx,
  id: TableId,
): Promise<{ body: Buffer; name: string; type: string }> {
  const { name, rows } = await getTable(ctx, id);
  const width = Math.max(1, ...rows.map((row) => row.length));
  const even = rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]);
  const text = stringify(even, { escape_formulas: true, record_delimiter: "windows" });
  return { body: Buffer.from(`\uFEFF${text}`), name: `${name}.csv`, type: "text/csv; charset=utf-8" };
}
