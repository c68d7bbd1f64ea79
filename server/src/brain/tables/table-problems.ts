// Says what an owner should look at in a table, with the place in the sheet: blank and odd cells, formulas, names that stand
// twice, ranges without a unit, columns that are never told to customers. Used by table-from-rows.ts.

import type { Table, TableProblem } from "./table.ts";
import { joinedOf } from "./word-groups.ts";

const mostProblems = 200;
type Placed = (line: number, column: number) => { row: number; column: number };

/**
 * In:  the table, how many header rows it has, the line of the last one, and for a turned table the sheet's row of each
 *      column.
 * Out: at most 200 problems in reading order.
 */
export function findProblems(
  table: Table,
  headerRows: number,
  headerLine: number,
  columnPlaces: readonly number[] | null,
): TableProblem[] {
  /** Back to the sheet's rows and columns. */
  const placed: Placed = (line, column) =>
    columnPlaces === null
      ? { row: line, column: column + 1 }
      : { row: columnPlaces[column] ?? column + 1, column: line };
  const problems: TableProblem[] = [];
  if (headerRows === 0) problems.push({ code: "no-header", row: null, column: null, text: "" });
  const seenHeaders = new Set<string>();
  for (const [at, { header, topic, unit, kind }] of table.columns.entries()) {
    const place = placed(headerLine, at);
    const note = (code: TableProblem["code"]) => problems.push({ code, ...place, text: header.slice(0, 80) });
    if (header !== "" && seenHeaders.has(joinedOf(header))) note("same-header");
    if (header === "" && headerRows > 0 && table.rows.some(({ cells }) => (cells[at]?.text ?? "") !== ""))
      note("too-many-cells");
    if (topic === "internal") note("kept-private");
    const needsUnit = topic === "body-weight" && kind === "range" && unit === null;
    if (needsUnit && table.rows.some(({ cells }) => isUnitless(cells[at]?.value))) note("no-unit");
    seenHeaders.add(joinedOf(header));
  }
  const seenRows = new Set<string>();
  for (const row of table.rows) {
    const name = table.columns
      .map(({ naming }, at) => (naming === null ? "" : joinedOf(row.cells[at]?.text ?? "")))
      .join("/");
    const hasKey = table.columns.some(
      ({ naming }, at) => naming === "key" && (row.cells[at]?.text ?? "") !== "",
    );
    const label = row.cells.find(({ text }) => text !== "")?.text.slice(0, 80) ?? "";
    if (table.columns.some(({ naming }) => naming === "key")) {
      if (!hasKey) problems.push({ code: "no-row-name", ...placed(row.place, 0), text: label });
      else if (seenRows.has(`${row.group}/${name}`))
        problems.push({ code: "same-row", ...placed(row.place, 0), text: label });
    }
    seenRows.add(`${row.group}/${name}`);
    problems.push(...cellProblems(table, row, placed));
    if (problems.length >= mostProblems) break;
  }
  return problems.slice(0, mostProblems);
}

function cellProblems(table: Table, row: Table["rows"][number], placed: Placed): TableProblem[] {
  return row.cells.flatMap(({ text, value }, at): TableProblem[] => {
    const column = table.columns[at];
    if (column === undefined) return [];
    const place = { ...placed(row.place, at), text: text.slice(0, 80) };
    if (value.kind === "formula") return [{ code: "formula", ...place }];
    if (value.kind === "blank")
      return text === "" && column.header !== "" && column.naming === null
        ? [{ code: "blank-cell", ...place }]
        : [];
    const isExpected =
      column.naming !== null ||
      column.kind === "text" ||
      column.kind === value.kind ||
      (column.kind === "range" && value.kind === "number") ||
      (column.kind === "number" && value.kind === "money") ||
      (column.kind === "money" && value.kind === "number");
    return isExpected ? [] : [{ code: "odd-cell", ...place }];
  });
}

function isUnitless(value: Table["rows"][number]["cells"][number]["value"] | undefined): boolean {
  return value?.kind === "range" && value.unit === null;
}
