// Answers a question from the shop's tables, or says that the answer is not there. What is spoken is a cell's own text with
// its row and column; several readings are asked back; an unexplained word means "not here", because a wrong price is far
// worse than none. Called by the brain with the tables that a bot may use.

import type { Locale } from "../knowledge/knowledge.ts";
import { compareRows, findExtreme } from "./find-extreme.ts";
import { hearQuestion, todayAt } from "./hear-question.ts";
import { lookUp, mostChoices } from "./look-up.ts";
import { askHours } from "./opening-times.ts";
import {
  type CitedCell,
  type NotHereReason,
  notHere,
  type Outcome,
  type RowChoice,
  type Scene,
} from "./outcome.ts";
import { type Heard, readQuestion } from "./read-question.ts";
import { askSentence } from "./sentences.ts";
import { fitSize } from "./size-fit.ts";
import type { Table, TablePlace } from "./table.ts";
import { type ProductAlias, tableIndexOf } from "./table-index.ts";

export interface AskTablesOptions {
  /** What "now" and "tomorrow" are counted from; the caller's clock. */
  now: Date;
  /** IANA name of the shop's zone; Asia/Shanghai without one. */
  timeZone?: string;
  /** The cell last spoken of in this conversation, while it is fresh: for "那 XL 呢". */
  previous?: TablePlace | null;
  /** Other names of the shop's products; the array is taken for unchanging. */
  products?: readonly ProductAlias[];
}

export type TableAnswer =
  | {
      kind: "answer";
      sentence: Record<Locale, string>;
      /** Every cell that the sentence speaks; the first is what a follow-up is about. */
      cells: CitedCell[];
    }
  | {
      kind: "ask-back";
      about: "row" | "size" | "column" | "table";
      sentence: Record<Locale, string>;
      /** Up to four, one for a name that is only likely; none where more fit and the question is open ("which size?"). */
      choices: RowChoice[];
    }
  | { kind: "not-here"; reason: NotHereReason };

const noProducts: readonly ProductAlias[] = [];

/** Builds what askTables needs of each table, so that the first customer does not wait for it. */
export function prepareTables(
  tables: readonly Table[],
  products: readonly ProductAlias[] = noProducts,
): void {
  for (const table of tables) tableIndexOf(table, products);
}

/**
 * In:  tables with different names, one question in Chinese or English, and what was spoken of before.
 * Out: an answer whose every value is a cell's text, a question back, or "not here" with the nearest reason.
 * @throws RangeError for an unknown time zone or an invalid now; nothing on any text.
 */
export function askTables(
  tables: readonly Table[],
  question: string,
  options: AskTablesOptions,
): TableAnswer {
  const { now, timeZone = "Asia/Shanghai", previous = null, products = noProducts } = options;
  const today = todayAt(now, timeZone);
  const heard = hearQuestion(question, now, timeZone);
  if (heard === null) return { kind: "not-here", reason: "nothing-fits" };
  const asked = tables.map((table) => ({ table, outcome: askOne(table, heard, today, previous, products) }));
  const before = asked.find(({ table }) => table.name === previous?.table)?.outcome;
  // a follow-up stays with its table whenever that table can say anything
  if (previous !== null && before !== undefined && before.kind !== "not-here") return present(before);
  return settle(asked);
}

function askOne(
  table: Table,
  heard: Heard,
  today: Scene["today"],
  previous: TablePlace | null,
  products: readonly ProductAlias[],
): Outcome {
  const index = tableIndexOf(table, products);
  const reading = readQuestion(heard, index);
  if (reading === null || table.rows.length === 0) return notHere("nothing-fits");
  const isKnown = previous?.table === table.name && table.rows[previous.row] !== undefined;
  const scene: Scene = {
    table,
    index,
    reading,
    previous: isKnown && table.columns[previous.column] !== undefined ? previous : null,
    today,
    time: reading.time,
  };
  return (
    fitSize(scene) ??
    askHours(scene) ??
    findExtreme(scene) ??
    compareRows(scene) ??
    lookUp(scene) ??
    notHere("nothing-fits")
  );
}

/** One table's answer is the answer; of several the surest; equally sure ones are asked back. */
function settle(asked: { table: Table; outcome: Outcome }[]): TableAnswer {
  const open = asked.flatMap(({ table, outcome }) =>
    outcome.kind === "not-here" ? [] : [{ table, outcome }],
  );
  if (open.length === 0) {
    const reasons = asked.flatMap(({ outcome }) => (outcome.kind === "not-here" ? [outcome.reason] : []));
    return {
      kind: "not-here",
      reason: reasons.find((reason) => reason !== "nothing-fits") ?? "nothing-fits",
    };
  }
  // with nothing but a column said, a short list is offered only when no longer one was meant as well
  const isAmbiguous = asked.some(
    ({ outcome }) => outcome.kind === "not-here" && outcome.reason === "unclear-row",
  );
  const best = Math.max(...open.map(({ outcome }) => outcome.rank));
  if (best === 1 && isAmbiguous) return { kind: "not-here", reason: "unclear-row" };
  const surest = open.filter(({ outcome }) => outcome.rank === best);
  const rivals = best === 3 ? surest : open.filter(({ outcome }) => outcome.rank >= Math.min(2, best));
  const [only] = rivals;
  if (rivals.length === 1 && only !== undefined) return present(only.outcome);
  if (rivals.length > mostChoices) return { kind: "not-here", reason: "unclear-row" };
  const choices = rivals.flatMap(({ table, outcome }): RowChoice[] => {
    if (outcome.kind === "ask-back") return outcome.choices;
    const [cell] = outcome.cells;
    if (cell === undefined) return [];
    const label = cell.rowLabel === "" ? table.name : `${table.name} ${cell.rowLabel}`;
    return [{ place: { table: table.name, row: cell.row, column: cell.column }, label }];
  });
  const isOpen = rivals.some(({ outcome }) => outcome.kind === "ask-back" && outcome.choices.length === 0);
  if (isOpen || choices.length > mostChoices || choices.length < 2)
    return { kind: "not-here", reason: "unclear-row" };
  const about = rivals.every(({ outcome }) => outcome.kind === "ask-back") ? "row" : "table";
  return {
    kind: "ask-back",
    about,
    choices,
    sentence: askSentence(
      about,
      choices.map(({ label }) => label),
    ),
  };
}

function present(outcome: Outcome): TableAnswer {
  if (outcome.kind === "not-here") return outcome;
  if (outcome.kind === "answer") return { kind: "answer", sentence: outcome.sentence, cells: outcome.cells };
  const { about, choices } = outcome;
  return {
    kind: "ask-back",
    about,
    choices,
    sentence: askSentence(
      about,
      choices.map(({ label }) => label),
    ),
  };
}
