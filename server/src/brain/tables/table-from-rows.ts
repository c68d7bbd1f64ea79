// Makes a table of a sheet's rows: finds title and header rows, turns sheets whose attributes stand down the side, fills
// merged names, reads every cell and says what looks wrong and where. Called when a sheet is imported or edited.

import { unifyCharacters } from "@yingda/language";
import { describeColumns } from "./describe-columns.ts";
import { findHeader } from "./find-header.ts";
import { readCell } from "./read-cell.ts";
import type { Cell, Column, Row, Table, TableProblem } from "./table.ts";
import { findProblems } from "./table-problems.ts";
import { topicOfHeader } from "./topics.ts";

/** A price list of a small shop is far smaller; a customer's question reads the whole table. */
export const tableLimits = { rows: 2_000, columns: 60, cellCharacters: 1_000 } as const;

/** A line of the sheet with its 1-based place in it. */
interface Line {
  texts: string[];
  place: number;
}

/**
 * In:  the table's name as the owner calls it, and the sheet's rows; merged cells stand in their first cell, the others are
 *      blank. Rows may differ in length. Nothing is computed: a formula is text and is never spoken.
 * Out: the table. Whatever could not be read is in `problems` with its place; never throws.
 */
export function tableFromRows(name: string, rows: readonly (readonly string[])[]): Table {
  const { lines, problems, isCut } = linesOf(rows);
  const shaped = shapeOf(lines);
  const { header, body } = findHeader(shaped.lines.map(({ texts }) => texts));
  const width = Math.max(0, ...shaped.lines.map(({ texts }) => texts.length));
  if (width === 0 || body >= shaped.lines.length) {
    problems.push({ code: "empty", row: null, column: null, text: name.slice(0, 80) });
    return { name, topic: null, columns: [], rows: [], isTurned: shaped.isTurned, isCut, problems };
  }
  const places = shaped.lines.slice(0, body).map(({ place }) => place);
  const grouped = groupRows(shaped.lines.slice(body), width, problems);
  const columns = describeColumns(header, grouped, width);
  fillMerged(grouped, columns);
  const table: Table = {
    name,
    topic: topicOfHeader(name),
    columns,
    rows: grouped,
    isTurned: shaped.isTurned,
    isCut,
    problems,
  };
  problems.push(...findProblems(table, header.length, places.at(-1) ?? 1, shaped.columnPlaces));
  return table;
}

function linesOf(rows: readonly (readonly string[])[]): {
  lines: Line[];
  problems: TableProblem[];
  isCut: boolean;
} {
  const problems: TableProblem[] = [];
  const read = rows.slice(0, tableLimits.rows);
  const widest = read.reduce((most, row) => Math.max(most, lastFilled(row)), 0);
  const isCut = rows.length > tableLimits.rows || widest > tableLimits.columns;
  if (isCut)
    problems.push({ code: "too-large", row: null, column: null, text: `${rows.length} × ${widest}` });
  const width = Math.min(widest, tableLimits.columns);
  const lines = read
    .map((row, at) => ({
      texts: Array.from({ length: width }, (_, column) =>
        String(row[column] ?? "")
          .slice(0, tableLimits.cellCharacters)
          .trim(),
      ),
      place: at + 1,
    }))
    .filter(({ texts }) => texts.some((text) => text !== ""));
  return { lines, problems, isCut };
}

function lastFilled(row: readonly string[]): number {
  for (let at = row.length; at > 0; at -= 1) if (String(row[at - 1] ?? "").trim() !== "") return at;
  return 0;
}

/** A sheet with attributes down the side and things across is turned, so that a row is always one thing. */
function shapeOf(lines: Line[]): { lines: Line[]; isTurned: boolean; columnPlaces: number[] | null } {
  const start = lines.findIndex(({ texts }) => texts.filter((text) => text !== "").length >= 2);
  const rest = start < 0 ? [] : lines.slice(start);
  const width = rest[0]?.texts.length ?? 0;
  const down = known(rest.map(({ texts }) => texts[0] ?? "")).filter((topic) => topic !== "name");
  // a header across has its words behind the first cell; names down the side rarely are nothing but such words
  const across = known((rest[0]?.texts ?? []).slice(1));
  if (across.length > 0 || new Set(down).size < 2 || down.length * 2 < rest.length)
    return { lines, isTurned: false, columnPlaces: null };
  const turned = Array.from({ length: width }, (_, column) => ({
    texts: rest.map(({ texts }) => texts[column] ?? ""),
    place: column + 1,
  }));
  const filled = turned.filter(({ texts }) => texts.some((text) => text !== ""));
  return { lines: filled, isTurned: true, columnPlaces: rest.map(({ place }) => place) };
}

function known(texts: string[]): string[] {
  return texts.flatMap((text) => {
    const topic = text.length <= 30 ? topicOfHeader(text) : null;
    return topic === null ? [] : [topic];
  });
}

/**
 * Rows with their section. A row of which only the first cell is filled is a heading when full rows follow, which the owner
 * is told because it may be a product without a price; at the end it is a note or just such a product.
 */
function groupRows(lines: Line[], width: number, problems: TableProblem[]): Row[] {
  const isAlone = ({ texts }: Line) =>
    width >= 2 && texts[0] !== "" && texts.slice(1).every((text) => text === "");
  const lastFull = lines.findLastIndex((line) => !isAlone(line));
  const rows: Row[] = [];
  let group = "";
  for (const [at, line] of lines.entries()) {
    const [first = ""] = line.texts;
    if (isAlone(line) && at < lastFull) {
      group = first;
      problems.push({ code: "read-as-heading", row: line.place, column: 1, text: first.slice(0, 80) });
    } else if (!(isAlone(line) && isNote(first)))
      rows.push({ cells: line.texts.map(cellOf), group, place: line.place });
  }
  return rows;
}

function isNote(text: string): boolean {
  return text.length > 30 || /^(?:备注|備註|注|说明|說明|温馨|\*|※|notes?\b|remarks?\b)/iu.test(text);
}

function cellOf(text: string): Cell {
  return { text, value: readCell(text) };
}

/** A name merged over several rows stands in the first of them; where nothing else names a row it stays unnamed. */
function fillMerged(rows: Row[], columns: Column[]): void {
  const naming = columns.flatMap(({ naming: role }, at) => (role === null ? [] : [at]));
  for (const column of naming.slice(0, -1)) {
    let above: Cell | null = null;
    let aboveGroup = "";
    for (const row of rows) {
      const cell = row.cells[column];
      if (cell === undefined) continue;
      if (row.group !== aboveGroup) above = null;
      aboveGroup = row.group;
      const hasOther = naming.some(
        (other) => other > column && unifyCharacters(row.cells[other]?.text ?? "") !== "",
      );
      if (cell.text !== "") above = cell;
      else if (above !== null && hasOther) row.cells[column] = above;
    }
  }
}
