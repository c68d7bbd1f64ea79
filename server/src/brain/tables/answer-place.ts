// The answer for a cell that was picked from a list, without any question. Used by the brain when a contact picks one of
// the rows it was asked back with.

import type { TableAnswer } from "./ask-tables.ts";
import { cite, labelOf } from "./outcome.ts";
import { cellsSentence } from "./sentences.ts";
import type { Table, TablePlace } from "./table.ts";

/** What a row is called; null when there is no such place (any more). */
export function labelOfPlace(
  tables: readonly Table[],
  { table: name, row, column }: TablePlace,
): string | null {
  const table = tables.find((one) => one.name === name);
  if (table?.rows[row] === undefined || table.columns[column] === undefined) return null;
  return labelOf(table, row);
}

/** The cell at the place in a sentence, or "not here" where there is nothing to tell. */
export function answerPlace(tables: readonly Table[], place: TablePlace): TableAnswer {
  const table = tables.find(({ name }) => name === place.table);
  const cell = table === undefined ? null : cite(table, place.row, place.column);
  if (cell === null) return { kind: "not-here", reason: "blank" };
  return { kind: "answer", sentence: cellsSentence(cell.table, [[cell]]), cells: [cell] };
}
