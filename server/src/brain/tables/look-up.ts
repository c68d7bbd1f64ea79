// The plain question: a row and a column, and the cell where they meet ("A3 打印机多少钱", "M 码胸围", "那 XL 呢"). Several rows
// or columns named side by side are answered together. Used by ask-tables.ts.

import { chooseColumns, mostColumns } from "./choose-columns.ts";
import { findRows } from "./find-rows.ts";
import { cite, labelOf, notHere, type Outcome, type RowChoice, type Scene } from "./outcome.ts";
import { cellsSentence } from "./sentences.ts";
import type { Topic } from "./topics.ts";

export const mostChoices = 4;
const mostCells = 8;

/** In: a scene without measures, extremes or comparisons. Out: the cells, a question back, or why not. Null: not about this table. */
export function lookUp(scene: Scene, extra: Topic[] = []): Outcome | null {
  const { reading } = scene;
  if (reading.compare !== null || reading.extreme !== null) return null;
  if (reading.days.length > 0 || reading.time !== null || reading.measures.length > 0) return null;
  if (reading.isWear && reading.topics.length === 0) return null;
  const chosen = chooseColumns(scene, extra);
  if (chosen === "conflict") return notHere("unclear-column");
  const columns = chosen.length === 0 ? columnsBefore(scene) : chosen;
  if (columns.length === 0) return notHere("unclear-column");
  const found = rowsAsked(scene, columns);
  if (!Array.isArray(found)) return found;
  const rows = found.map(({ row }) => row);
  const rank = Math.min(...found.map((one) => one.rank));
  if (columns.length > mostColumns) {
    if (rank < 2) return notHere("unclear-column");
    const [row = 0] = rows;
    const choices = columns.map(
      (column): RowChoice => choiceOf(scene, row, column, scene.table.columns[column]?.header ?? ""),
    );
    return rows.length === 1 ? askBack("column", rank, choices) : notHere("unclear-column");
  }
  if (rank < 2)
    return askBack(
      "row",
      rank,
      rows.map((row) => choiceOf(scene, row, columns[0] ?? 0)),
    );
  return answerCells(scene, rows, columns, rank);
}

/** The cells as an answer; null texts are left out of several, and are "blank" when nothing remains. */
export function answerCells(scene: Scene, rows: number[], columns: number[], rank: number): Outcome {
  const { table } = scene;
  const perRow = rows.map((row) =>
    columns.map((column) => cite(table, row, column)).filter((cell) => cell !== null),
  );
  if (perRow.some((cells) => cells.length === 0) || rows.length * columns.length > mostCells)
    return notHere("blank");
  const cells = perRow.flat();
  return { kind: "answer", rank, cells, sentence: cellsSentence(table.name, perRow) };
}

type Found = { row: number; rank: number };

function rowsAsked(scene: Scene, columns: number[]): Found[] | Outcome {
  const { reading, previous, table } = scene;
  const first = columns[0] ?? 0;
  if (reading.parts.length === 0) return rowsUnsaid(scene, first);
  const rows: Found[] = [];
  let isSettingOnly = true;
  for (const words of reading.parts) {
    const found = findRows(scene.index, words);
    const fitting = previous === null ? found : sameElsewhere(scene, found, words, previous.row);
    if (found.length === 0 && words.every((word) => isAnySetting(scene, word))) continue;
    isSettingOnly = false;
    if (fitting.length === 0) return notHere("unclear-row");
    const [only] = fitting;
    if (fitting.length === 1 && only !== undefined) rows.push(only);
    else if (isSameEverywhere(scene, fitting, columns) && only !== undefined) rows.push(only);
    else
      return askRows(
        scene,
        fitting.map(({ row }) => row),
        first,
        fitting[0]?.rank ?? 1,
      );
  }
  if (isSettingOnly) return rowsUnsaid(scene, first);
  return rows.length > 0 && new Set(rows.map(({ row }) => row)).size === rows.length && table.rows.length > 0
    ? rows
    : notHere("unclear-row");
}

/** No row was named: the one spoken of before, the only one, or a short list is asked back. */
function rowsUnsaid(scene: Scene, column: number): Found[] | Outcome {
  const { table, previous } = scene;
  if (previous !== null) return [{ row: previous.row, rank: 3 }];
  const hasKey = table.columns.some(({ naming }) => naming === "key");
  if (!hasKey)
    return table.rows.length === 1 && isClear(scene, column) ? [{ row: 0, rank: 2 }] : notHere("unclear-row");
  const isSizes = table.columns.some(({ naming, topic }) => naming === "key" && topic === "size");
  if (table.rows.length > mostChoices && !isSizes) return notHere("unclear-row");
  return askRows(
    scene,
    table.rows.map((_, row) => row),
    column,
    1,
  );
}

/** "多少钱" alone is not about the parking fee: the column must be meant by its own name. */
function isClear({ reading, table }: Scene, column: number): boolean {
  const topic = table.columns[column]?.topic ?? null;
  return reading.headers.some((columns) => columns.includes(column)) || (topic !== null && topic !== "price");
}

function isAnySetting({ index }: Scene, word: string): boolean {
  if (index.setting.includes(word)) return true;
  return index.names.some((names) => names.some(({ role, text }) => role === "group" && text.includes(word)));
}

/** Of rows that the words leave open, those that agree with the row spoken of before in everything else. */
function sameElsewhere({ index }: Scene, found: Found[], words: string[], before: number): Found[] {
  if (found.length < 2) return found;
  const kept = (index.names[before] ?? []).filter(
    ({ text, wholes }) => !words.some((word) => text.includes(word) || wholes.includes(word)),
  );
  const fitting = found.filter(({ row }) => {
    const names = index.names[row] ?? [];
    return kept.every(({ column, text }) => {
      const other = names.find((name) => name.column === column);
      const isSaid = words.some((word) => other?.wholes.includes(word) || other?.text.includes(word));
      return isSaid || other?.text === text;
    });
  });
  return fitting.length > 0 ? fitting : found;
}

/** The same row written twice with the same cells is one answer. */
function isSameEverywhere({ table }: Scene, found: Found[], columns: number[]): boolean {
  const told = found.map(({ row }) =>
    [labelOf(table, row), ...columns.map((column) => table.rows[row]?.cells[column]?.text ?? "")].join("/"),
  );
  return new Set(told).size === 1;
}

function askRows(scene: Scene, rows: number[], column: number, rank: number): Outcome {
  const { table } = scene;
  const labels = new Set(rows.map((row) => labelOf(table, row)));
  if (labels.size < rows.length) return notHere("unclear-row");
  const differing = table.columns.filter(
    ({ naming }, at) =>
      naming !== null && new Set(rows.map((row) => table.rows[row]?.cells[at]?.text)).size > 1,
  );
  const isSizes = differing.length > 0 && differing.every(({ topic }) => topic === "size");
  return askBack(
    isSizes ? "size" : "row",
    rank,
    rows.map((row) => choiceOf(scene, row, column)),
  );
}

function askBack(about: "row" | "size" | "column", rank: number, choices: RowChoice[]): Outcome {
  return {
    kind: "ask-back",
    rank,
    about,
    choices: choices.length > mostChoices ? [] : choices,
    count: choices.length,
  };
}

function choiceOf({ table }: Scene, row: number, column: number, label = labelOf(table, row)): RowChoice {
  return { place: { table: table.name, row, column }, label };
}

function columnsBefore({ previous, reading, table }: Scene): number[] {
  if (previous === null || reading.topics.length > 0 || reading.headers.length > 0) return [];
  if (reading.parts.length === 0 || reading.weakTopics.some((topic) => topic !== "stock")) return [];
  return table.columns[previous.column]?.naming === null ? [previous.column] : [];
}
