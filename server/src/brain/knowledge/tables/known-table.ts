// A table row as the brain asks it and as the workbench sees it. Pure.

import type { ShopTable, TableReading, TableSummary } from "@yingda/contract";
import { prepareTables } from "../../tables/ask-tables.ts";
import type { Table } from "../../tables/table.ts";
import { tableFromRows } from "../../tables/table-from-rows.ts";
import type { TableRow, TableSummaryRow } from "./table-store.ts";

/** A table that customers are answered from. */
export interface KnownTable {
  table: Table;
  /** "YYYY-MM-DD": when the rows were last written. */
  checkedOn: string | null;
}

/** Read from the row and made ready for questions. With `table` it was read already. */
export function knownTable(
  row: Pick<TableRow, "name" | "rows" | "updated_at">,
  table: Table = tableFromRows(row.name, row.rows),
): KnownTable {
  prepareTables([table]);
  return { table, checkedOn: row.updated_at.toISOString().slice(0, 10) };
}

export function presentSummary(row: TableSummaryRow): TableSummary {
  return {
    id: row.id,
    name: row.name,
    rowCount: row.row_count,
    columnCount: row.column_count,
    problemCount: row.problem_count,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  };
}

export function presentTable(row: TableRow, table: Table): ShopTable {
  return { ...presentSummary(row), rows: row.rows, reading: readingOf(table) };
}

/** What a person must see of how the rows were understood. */
export function readingOf({ columns, rows, problems }: Table): TableReading {
  return { columns: columns.map(({ header }) => header), rowCount: rows.length, problems };
}
