// Answers from the shop's tables: a cell's own text with the cell as proof, or a question back with the rows that may be
// meant. What the tables cannot say for certain is left to the FAQs. Steps of decide.ts.

import type { Action, Citation, FlowState, TableCell } from "@yingda/contract";
import type { KnownTable } from "./knowledge/tables/known-table.ts";
import { answerPlace, labelOfPlace } from "./tables/answer-place.ts";
import { askTables, type TableAnswer } from "./tables/ask-tables.ts";
import type { CitedCell } from "./tables/outcome.ts";
import { type Because, isUpset, patienceOf, type Turn, type Verdict } from "./turn.ts";
import type { Asked } from "./understanding/understand.ts";
import { awayBecause } from "./words.ts";

type Told = Extract<TableAnswer, { kind: "answer" }>;
type AskedBack = Extract<TableAnswer, { kind: "ask-back" }>;

const freshMs = 30 * 60_000;
const mostCitations = 5;
/** Longer than this, a line is no answer to "which one?". */
const longestPick = 30;
/** "那 XL 呢", "what about XL": a question that leaves out what the one before said. */
const goesOn = /^(?:那|那么)|呢[?？。!！~]*$|^(?:what|how) about\b|^and\b/iu;
/** The same answer for a third time in a row helps nobody. */
const mostRepeats = 2;
const shortestName = 2;

/**
 * The cell asked for, or null. An FAQ of exactly these words goes first; where the tables would only ask back about rows that are not named, or would
 * answer a whole question only because of the cell told before, an FAQ that is sure enough goes first too.
 */
export function answerFromTables(turn: Turn, asked: Asked): Verdict | null {
  const { knowledge, heard, input } = turn;
  const best = asked.best.matches[0];
  const isFaqSure = best !== undefined && best.confidence >= input.thresholds.answer;
  if (knowledge.tables.length === 0 || heard.text === "" || (isFaqSure && best.why.isExact)) return null;
  const previous = toldBefore(turn);
  const answer = askOrGoOn(turn, previous);
  if (answer.kind === "not-here") return null;
  if (answer.kind === "ask-back")
    return isFaqSure && !areRowsNamed(heard.text, answer) ? null : askWhich(turn, answer);
  const isGuess =
    previous !== null && !goesOn.test(heard.text.trim()) && ask(turn, heard.text, null).kind !== "answer";
  return isFaqSure && isGuess ? null : tell(turn, answer, (cell) => because("table-cell", cell));
}

/** "挂烫机多少钱" names both rows that it may mean; an FAQ about them is about something else. */
function areRowsNamed(text: string, { about, choices }: AskedBack): boolean {
  const said = text.toLowerCase();
  const isNamed = ({ label }: AskedBack["choices"][number]) =>
    label.split(/\s+/u).some((part) => part.length >= shortestName && said.includes(part.toLowerCase()));
  return about === "row" && choices.length > 1 && choices.every(isNamed);
}

/** The tables know what is meant, and the cell that would say it is empty. */
export function isCellEmpty(turn: Turn): boolean {
  if (turn.knowledge.tables.length === 0 || turn.heard.text === "") return false;
  const answer = askOrGoOn(turn, toldBefore(turn));
  return answer.kind === "not-here" && answer.reason === "blank";
}

/** The cell of a choice that was picked; null when the table has changed since. */
export function answerPicked(turn: Turn, picked: TableCell): Verdict | null {
  const tables = turn.knowledge.tables.map(({ table }) => table);
  if (labelOfPlace(tables, picked) === null) return null;
  const answer = answerPlace(tables, picked);
  return answer.kind === "answer" ? tell(turn, answer, (cell) => because("picked-cell", cell)) : null;
}

function because(code: string, { table, rowLabel, header }: CitedCell): Because {
  return { code, values: { table, row: rowLabel, column: header } };
}

/** "XL" after "which size?" is asked together with the question that was open. */
function askOrGoOn(turn: Turn, previous: TableCell | null): TableAnswer {
  const { heard, input } = turn;
  const answer = ask(turn, heard.text, previous);
  const open = input.flowState?.kind === "asked-table" ? input.flowState : null;
  if (answer.kind === "answer" || open === null || heard.text.length > longestPick) return answer;
  const together = ask(turn, `${open.question} ${heard.text}`, null);
  return together.kind === "answer" ? together : answer;
}

function ask({ knowledge, input }: Turn, question: string, previous: TableCell | null): TableAnswer {
  const tables = knowledge.tables.map(({ table }) => table);
  const { timeZone } = input;
  return askTables(tables, question, {
    now: nowOf(input),
    previous,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}

function nowOf(input: Turn["input"]): Date {
  return input.utterances.at(-1)?.at ?? new Date(0);
}

/** The cell told in the turn before, while it is fresh and its row is still called the same. */
function toldBefore({ input, knowledge }: Turn): TableCell | null {
  const { flowState } = input;
  if (flowState?.kind !== "table") return null;
  if (nowOf(input).getTime() - new Date(flowState.at).getTime() > freshMs) return null;
  const tables = knowledge.tables.map(({ table }) => table);
  return labelOfPlace(tables, flowState.told) === flowState.told.label ? flowState.told : null;
}

function tell(turn: Turn, answer: Told, reason: (cell: CitedCell) => Because): Verdict | null {
  const [first] = answer.cells;
  const { knowledge, heard, input } = turn;
  const text = answer.sentence[heard.locale];
  if (first === undefined || timesSaid(turn, text) >= mostRepeats) return null;
  const citations = answer.cells.slice(0, mostCitations).map((cell) => cite(cell, knowledge.tables));
  const reply: Action = { kind: "reply", content: { kind: "text", text, citations }, faq: null, citations };
  const { table, row, column, rowLabel } = first;
  const told = { table, row, column, label: rowLabel };
  return {
    outcome: "answer",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [reply],
    because: reason(first),
    state: { kind: "table", told, at: nowOf(input).toISOString() },
  };
}

function cite({ table, rowLabel, header }: CitedCell, tables: readonly KnownTable[]): Citation {
  const title = [table, rowLabel, header].filter((part) => part !== "").join(" · ");
  const checkedOn = tables.find((known) => known.table.name === table)?.checkedOn ?? null;
  return { kind: "table", table, row: rowLabel, column: header, title, checkedOn };
}

/** How many of the bot's last lines in a row were this one. */
function timesSaid({ input }: Turn, text: string): number {
  const lines = input.history.filter(({ author }) => author === "bot");
  const other = lines.findLastIndex((line) => line.text !== text);
  return lines.length - 1 - other;
}

function askWhich(turn: Turn, { choices, sentence }: AskedBack): Verdict | null {
  const { heard, input, candidates } = turn;
  if (isUpset(turn) || input.turnsWithoutProgress >= patienceOf(turn)) return null;
  const offered = choices.map(({ place, label }): TableCell => ({ ...place, label: label.slice(0, 200) }));
  const state: FlowState = {
    kind: "asked-table",
    question: heard.text,
    choices: offered,
  };
  return {
    outcome: "ask-back",
    isSendable: false,
    faq: null,
    confidence: candidates[0]?.confidence ?? 0,
    actions: [
      {
        kind: "ask-back",
        text: offered.length > 1 ? turn.say.askBackMany : sentence[heard.locale],
        choices: [
          ...offered.map(({ label }, at) => ({ id: `table-${at + 1}`, label, action: "say" as const })),
          ...human(turn),
        ],
        candidates: [],
      },
    ],
    because: { code: "which-row", values: { offered: offered.length } },
    state,
  };
}

function human({ say, input }: Turn) {
  const choice = { id: "human", label: say.humanChoice, action: "human" as const };
  return awayBecause(input.handoffAvailability) === null ? [choice] : [];
}
