/**
 * Rows of a table as lines that can be read alone: each cell after the name of its column, so that a passage cut from the
 * middle of a table still says what its figures are. Pure.
 */
import { oneLine } from "./model.ts";

/**
 * In:  rows of equal meaning, the header first (null: no header is known, cells then stand side by side).
 * Out: one line for each row with a filled cell; nothing of the header itself.
 */
export function tableLines(header: readonly string[] | null, rows: readonly (readonly string[])[]): string[] {
  const titles = (header ?? []).map(oneLine);
  const isHan = /\p{Script=Han}/u.test(titles.join("") || rows.flat().join("").slice(0, 500));
  const [colon, stop] = isHan ? ["：", "；"] : [": ", "; "];
  return rows
    .map((row) => {
      const cells = row.map(oneLine);
      if (header === null) return cells.filter(Boolean).join(isHan ? "　" : "  ");
      return cells
        .map((cell, at) => (cell === "" ? "" : titles[at] ? `${titles[at]}${colon}${cell}` : cell))
        .filter(Boolean)
        .join(stop);
    })
    .filter(Boolean);
}

/** Whether a first row names columns: several cells, all filled, different, none a bare number, and something below. */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...below] = rows;
  const cells = first.map(oneLine);
  return (
    below.length > 0 &&
    cells.length > 1 &&
    cells.every((cell) => cell !== "" && cell.length <= 40 && !/^[\d.,%¥$€+\-\s]+$/u.test(cell)) &&
    new Set(cells).size === cells.length
  );
}
