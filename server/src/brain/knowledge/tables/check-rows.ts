// Before a table is kept: its rows within the bounds, without the empty lines and columns at their ends. Pure.

import { tableBounds } from "@yingda/contract";
import { AppError } from "../../../platform/errors.ts";

/**
 * In:  a sheet's rows; place i is row i + 1 of the sheet.
 * Out: the same rows without what is blank at the right and at the bottom; blank lines between stay, for the places.
 * @throws AppError table/empty, table/too-large (details: the bounds, and the place of too long a cell)
 */
export function checkRows(rows: readonly (readonly string[])[]): string[][] {
  const kept = rows.map(withoutBlankEnd);
  const last = kept.findLastIndex((row) => row.length > 0);
  if (last < 0) throw new AppError("table/empty");
  const { rows: mostRows, columns: mostColumns, cellCharacters } = tableBounds;
  const checked = kept.slice(0, last + 1);
  if (checked.length > mostRows) throw tooLarge({ mostRows });
  for (const [at, row] of checked.entries()) {
    if (row.length > mostColumns) throw tooLarge({ mostColumns, row: at + 1 });
    const long = row.findIndex((cell) => cell.length > cellCharacters);
    if (long >= 0) throw tooLarge({ mostCharacters: cellCharacters, row: at + 1, column: long + 1 });
  }
  return checked;
}

function tooLarge(details: Record<string, number>): AppError {
  return new AppError("table/too-large", { details });
}

function withoutBlankEnd(row: readonly string[]): string[] {
  const texts = row.map((cell) => cell.replaceAll("\u0000", "").trim());
  return texts.slice(0, texts.findLastIndex((cell) => cell !== "") + 1);
}
