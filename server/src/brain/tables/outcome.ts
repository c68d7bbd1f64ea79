// What an asker makes of a question and one table; ask-tables.ts puts the outcomes of all tables together. Here also: how a
// row is called in a sentence, and the cells of an answer.

import type { Locale } from "../knowledge/knowledge.ts";
import type { NamedTime, Reading } from "./read-question.ts";
import type { Table, TablePlace } from "./table.ts";
import type { TableIndex } from "./table-index.ts";
import { joinedOf } from "./word-groups.ts";

export interface Scene {
  table: Table;
  index: TableIndex;
  reading: Reading;
  /** The cell last spoken of, when it is in this table. */
  previous: { row: number; column: number } | null;
  /** Day of the week (Monday 1) and minute of the day at the shop, and whether today is a public holiday. */
  today: { weekday: number; minute: number; isHoliday: boolean; tomorrowIsHoliday: boolean };
  time: NamedTime | null;
}

export interface CitedCell extends TablePlace {
  /** The cell's text, untouched. */
  text: string;
  rowLabel: string;
  header: string;
}

export interface RowChoice {
  place: TablePlace;
  label: string;
}

export const notHereReasons = [
  "nothing-fits",
  "unclear-column",
  "unclear-row",
  "blank",
  "not-comparable",
  "out-of-range",
  "holiday",
] as const;
export type NotHereReason = (typeof notHereReasons)[number];

export type Outcome =
  | { kind: "answer"; rank: number; sentence: Record<Locale, string>; cells: CitedCell[] }
  | {
      kind: "ask-back";
      rank: number;
      about: "row" | "size" | "column" | "table";
      choices: RowChoice[];
      count: number;
    }
  | { kind: "not-here"; reason: NotHereReason };

export function notHere(reason: NotHereReason): Outcome {
  return { kind: "not-here", reason };
}

const keptLabels = new WeakMap<Table, string[]>();

/** The row's name, with the parts that tell it from others of that name. Empty for a sheet of a single thing. */
export function labelOf(table: Table, row: number): string {
  let labels = keptLabels.get(table);
  if (labels === undefined) {
    labels = labelsOf(table);
    keptLabels.set(table, labels);
  }
  return labels[row] ?? "";
}

function labelsOf({ columns, rows }: Table): string[] {
  const key = columns.findIndex(({ naming }) => naming === "key");
  const names = rows.map(({ cells }) => joinedOf(cells[key]?.text ?? ""));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const parts = columns.flatMap(({ naming, topic }, at) =>
    (naming === "key" || naming === "part") && topic !== "alias" ? [at] : [],
  );
  return rows.map(({ cells }, row) => {
    if (counts.get(names[row] ?? "") === 1) return cells[key]?.text ?? "";
    const texts = parts.map((at) => cells[at]?.text ?? "").filter((text) => text !== "");
    return texts.join(" ");
  });
}

/** A cell to cite, or null when there is nothing to speak. */
export function cite(table: Table, row: number, column: number): CitedCell | null {
  const cell = table.rows[row]?.cells[column];
  const described = table.columns[column];
  if (cell === undefined || described === undefined || described.topic === "internal") return null;
  if (cell.value.kind === "blank" || cell.value.kind === "formula" || cell.text === "") return null;
  return {
    table: table.name,
    row,
    column,
    text: cell.text,
    rowLabel: labelOf(table, row),
    header: described.header,
  };
}
