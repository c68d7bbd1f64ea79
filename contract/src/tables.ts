// The shop's tables (price list, size chart, stock, opening times) as the workbench and the API see them.
import { z } from "zod";
import { idOf, instant } from "./ids.ts";

export const tableId = idOf<"table">();
export type TableId = z.infer<typeof tableId>;

/** What one shop may keep; a customer's question reads all of it. */
export const tableBounds = { tables: 20, rows: 2_000, columns: 60, cellCharacters: 1_000 } as const;

const name = z.string().trim().min(1).max(60);
/** Each row's cells as texts; rows may differ in length. */
const rows = z
  .array(z.array(z.string().max(tableBounds.cellCharacters)).max(tableBounds.columns))
  .max(tableBounds.rows);

/** Something to look at, with its 1-based place in the sheet; null where a whole row, column or table is meant. */
export const tableProblem = z.object({
  code: z.enum([
    "empty",
    "no-header",
    "same-header",
    "read-as-heading",
    "no-row-name",
    "same-row",
    "blank-cell",
    "odd-cell",
    "formula",
    "too-many-cells",
    "too-large",
    "no-unit",
    "kept-private",
    "more-sheets",
    "hidden-column",
  ]),
  row: z.int().nullable(),
  column: z.int().nullable(),
  /** What stands there, cut to 80 characters. */
  text: z.string(),
});
export type TableProblem = z.infer<typeof tableProblem>;

/** How the rows were understood. */
export const tableReading = z.object({
  columns: z.array(z.string()),
  rowCount: z.int(),
  problems: z.array(tableProblem),
});
export type TableReading = z.infer<typeof tableReading>;

export const tableSummary = z.object({
  id: tableId,
  name: z.string(),
  rowCount: z.int(),
  columnCount: z.int(),
  problemCount: z.int(),
  version: z.int(),
  updatedAt: instant,
});
export type TableSummary = z.infer<typeof tableSummary>;

export const shopTable = tableSummary.extend({ rows: z.array(z.array(z.string())), reading: tableReading });
export type ShopTable = z.infer<typeof shopTable>;

export const tableDraft = z.object({ name, rows });
export type TableDraft = z.infer<typeof tableDraft>;

/** An uploaded sheet: what was read, and the table made of it (null when only looked at). */
export const tableImport = z.object({
  name: z.string(),
  rows: z.array(z.array(z.string())),
  reading: tableReading,
  table: shopTable.nullable(),
});
export type TableImport = z.infer<typeof tableImport>;
