// "最便宜的是哪个" over a whole column, and "A3 和 A5 哪个便宜" over two or more named rows. Says nothing when one of the cells
// cannot be compared (面议, ¥99 起, another currency or unit): the cheapest might be just that one. Used by ask-tables.ts.

import { chooseColumns } from "./choose-columns.ts";
import { findRows, rowsWithin } from "./find-rows.ts";
import { type CitedCell, cite, notHere, type Outcome, type Scene } from "./outcome.ts";
import { compareSentence, extremeSentence } from "./sentences.ts";

const mostTied = 4;

/** In: a scene whose reading has an extreme. Out: the row or rows that have it. */
export function findExtreme(scene: Scene): Outcome | null {
  const { table, reading } = scene;
  const { extreme } = reading;
  if (extreme === null || reading.compare !== null || hasForeign(scene)) return null;
  if (table.isCut) return notHere("not-comparable");
  const column = columnOf(scene, extreme.topic);
  if (column === null) return notHere("unclear-column");
  const { sure, likely } = rowsWithin(scene.index, reading.parts.flat());
  if (sure.length === 0 || reading.parts.length > 1) return notHere("unclear-row");
  const cells = extremeCells(scene, likely, column, extreme.isMost);
  if (cells === null || cells.some(({ row }) => !sure.includes(row))) return notHere("not-comparable");
  const isPrice = table.columns[column]?.topic === "price" || table.columns[column]?.kind === "money";
  return { kind: "answer", rank: 2, cells, sentence: extremeSentence(extreme.isMost, isPrice, cells) };
}

/** The cells that have it, of at least two; null where that is not certain, or too many are alike to be told. */
function extremeCells(scene: Scene, rows: number[], column: number, isMost: boolean): CitedCell[] | null {
  const compared = comparedCells(scene, rows, column, true);
  if (compared === null || compared.length < 2) return null;
  const amounts = compared.map(({ amount }) => amount);
  const wanted = isMost ? Math.max(...amounts) : Math.min(...amounts);
  const cells = compared.filter(({ amount }) => amount === wanted).map(({ cell }) => cell);
  return cells.length > mostTied || cells.some(({ rowLabel }) => rowLabel === "") ? null : cells;
}

/** In: a scene whose reading compares. Out: both cells and which is more; asks nothing back. */
export function compareRows(scene: Scene): Outcome | null {
  const { table, index, reading } = scene;
  const { compare } = reading;
  if (compare === null || reading.extreme !== null || hasForeign(scene)) return null;
  if (reading.parts.length < 2 || reading.parts.length > mostTied) return notHere("unclear-row");
  const column = columnOf(scene, compare.topic);
  if (column === null) return notHere("unclear-column");
  const rows: number[] = [];
  for (const words of reading.parts) {
    const found = findRows(index, words);
    const [only] = found;
    if (only === undefined || found.length > 1 || only.rank < 2) return notHere("unclear-row");
    rows.push(only.row);
  }
  if (new Set(rows).size < rows.length) return notHere("unclear-row");
  const compared = comparedCells(scene, rows, column, false);
  if (compared === null) return notHere("not-comparable");
  const amounts = compared.map(({ amount }) => amount);
  const wanted = compare.isMost ? Math.max(...amounts) : Math.min(...amounts);
  const winners = compared.filter(({ amount }) => amount === wanted);
  if (winners.length > 1 && winners.length < compared.length) return notHere("not-comparable");
  const winner = winners.length === 1 ? (winners[0]?.cell ?? null) : null;
  const isPrice = table.columns[column]?.topic === "price" || table.columns[column]?.kind === "money";
  const cells = compared.map(({ cell }) => cell);
  return {
    kind: "answer",
    rank: 2,
    cells,
    sentence: compareSentence(cells, winner, compare.isMost, isPrice),
  };
}

function hasForeign({ reading }: Scene): boolean {
  return reading.measures.length > 0 || reading.days.length > 0 || reading.time !== null;
}

/** Exactly one column of amounts, else it is not clear what is compared. */
function columnOf(scene: Scene, topic: NonNullable<Scene["reading"]["compare"]>["topic"]): number | null {
  const chosen = chooseColumns(scene, topic === null ? [] : [topic]);
  if (chosen === "conflict" || chosen.length !== 1) return null;
  const [column = 0] = chosen;
  const kind = scene.table.columns[column]?.kind;
  return kind === "money" || kind === "number" ? column : null;
}

/** Amounts in one currency and unit; blanks are passed over where that is allowed. Null when any cannot be compared. */
function comparedCells(
  { table }: Scene,
  rows: number[],
  column: number,
  mayBeBlank: boolean,
): { amount: number; cell: CitedCell }[] | null {
  const compared: { amount: number; cell: CitedCell }[] = [];
  const units = new Set<string>();
  for (const row of rows) {
    const value = table.rows[row]?.cells[column]?.value;
    if (value?.kind === "blank" && mayBeBlank) continue;
    const cell = cite(table, row, column);
    if (cell === null || value === undefined) return null;
    if (value.kind === "money" && !value.isRough) units.add(`${value.currency}/${value.per}`);
    else if (value.kind === "number") units.add(value.unit ?? "");
    else return null;
    compared.push({ amount: value.amount, cell });
  }
  return units.size <= 1 ? compared : null;
}
