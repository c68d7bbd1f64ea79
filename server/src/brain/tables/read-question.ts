// Reads a question against one table: every group of it must be a row's words, a column's, a value or a known small word.
// The best cover of the whole question is taken (longest pieces first); one uncovered group and the table does not answer,
// because the uncovered word may change what is asked ("打印机的墨盒多少钱", "不含税多少钱"). Used by ask-tables.ts.

import type { Measure } from "./measures.ts";
import { longestPhrase, type PhraseMark, phraseMarks } from "./phrases.ts";
import type { TableIndex } from "./table-index.ts";
import type { Topic } from "./topics.ts";
import { joined, type WordGroup } from "./word-groups.ts";

/** A time of day that the question names: minutes since midnight on a day of the week. */
export interface NamedTime {
  minute: number;
  /** Null where only the hour was said: the day is the one beside it, or today. */
  weekday: number | null;
  start: number;
  end: number;
}

/** What does not depend on the table. */
export interface Heard {
  groups: WordGroup[];
  measures: Measure[];
  times: NamedTime[];
  isChinese: boolean;
}

export interface Reading {
  /** Words that name rows, joined, in parts split at 和, or, 、. Empty parts are left out. */
  parts: string[][];
  /** 和, or, 、 stands somewhere: more than one thing may be asked. */
  hasConnector: boolean;
  /** The columns that each mention of a header may mean. */
  headers: number[][];
  topics: Topic[];
  weakTopics: Topic[];
  extreme: Extract<PhraseMark, { kind: "extreme" }> | null;
  compare: Extract<PhraseMark, { kind: "compare" }> | null;
  days: Extract<PhraseMark, { kind: "day" }>[];
  isNow: boolean;
  isWear: boolean;
  measures: Measure[];
  time: NamedTime | null;
}

interface Piece {
  from: number;
  to: number;
  priority: number;
  kind: "day" | "measure" | "time" | "row" | "header" | "phrase";
  text: string;
}

const longestPiece = 24;
const counters = new Set("个件台双条杯份只张斤元块箱盒包瓶套天次位人米克升".split(""));
const englishCounters =
  /^(?:pair|piece|pcs|pc|x|box|pack|set|bottle|dollar|yuan|people|person|day|kg|g|cm|%)$/u;

/** In: the question and a table's index. Out: its reading, or null when some of it is explained by nothing. */
export function readQuestion(heard: Heard, index: TableIndex): Reading | null {
  const pieces = cover(heard, index);
  if (pieces === null || pieces.length === 0) return null;
  const reading: Reading = {
    parts: [],
    hasConnector: false,
    headers: [],
    topics: [],
    weakTopics: [],
    extreme: null,
    compare: null,
    days: [],
    isNow: false,
    isWear: false,
    measures: [],
    time: null,
  };
  let part: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === "row") part.push(piece.text);
    else if (piece.kind === "header") reading.headers.push(index.headers.get(piece.text) ?? []);
    else if (piece.kind === "measure") addMeasure(reading, heard, piece);
    else if (piece.kind === "time")
      reading.time = heard.times.find((time) => isWithin(heard, piece, time)) ?? null;
    else if (isConnector(piece.text)) {
      reading.parts.push(part);
      reading.hasConnector = true;
      part = [];
    } else for (const mark of phraseMarks.get(piece.text) ?? []) apply(reading, mark);
  }
  reading.parts.push(part);
  reading.parts = reading.parts.filter((words) => words.length > 0);
  return reading;
}

function isConnector(text: string): boolean {
  return (phraseMarks.get(text) ?? []).some(({ kind }) => kind === "connector");
}

function addMeasure(reading: Reading, heard: Heard, piece: Piece): void {
  const measure = heard.measures.find((one) => isWithin(heard, piece, one));
  if (measure !== undefined) reading.measures.push(measure);
}

function apply(reading: Reading, mark: PhraseMark): void {
  if (mark.kind === "topic") (mark.isWeak ? reading.weakTopics : reading.topics).push(mark.topic);
  else if (mark.kind === "extreme") reading.extreme = mark;
  else if (mark.kind === "compare") reading.compare = mark;
  else if (mark.kind === "day") reading.days.push(mark);
  else if (mark.kind === "now") reading.isNow = true;
  else if (mark.kind === "wear") reading.isWear = true;
}

/** The cover of all groups whose pieces are longest; null where none covers them all. */
function cover(heard: Heard, index: TableIndex): Piece[] | null {
  const { groups } = heard;
  const best: ({ score: number; piece: Piece | null } | null)[] = new Array(groups.length + 1).fill(null);
  best[groups.length] = { score: 0, piece: null };
  for (let from = groups.length - 1; from >= 0; from -= 1)
    for (const piece of piecesAt(heard, index, from)) {
      const rest = best[piece.to];
      if (rest === null || rest === undefined) continue;
      const score = rest.score + (piece.to - from) ** 2 * 100 + piece.priority;
      const known = best[from];
      if (known === null || known === undefined || score > known.score) best[from] = { score, piece };
    }
  const pieces: Piece[] = [];
  for (let at = 0; at < groups.length; ) {
    const piece = best[at]?.piece;
    if (piece === null || piece === undefined) return null;
    pieces.push(piece);
    at = piece.to;
  }
  return pieces;
}

function piecesAt(heard: Heard, index: TableIndex, from: number): Piece[] {
  const { groups } = heard;
  const pieces: Piece[] = [];
  const add = (to: number, kind: Piece["kind"], priority: number, text: string) =>
    pieces.push({ from, to, kind, priority, text });
  for (const measure of heard.measures) addSpan(heard, from, measure, (to) => add(to, "measure", 90, ""));
  for (const time of heard.times) addSpan(heard, from, time, (to) => add(to, "time", 90, ""));
  let isNameLike = true;
  for (let to = from + 1; to <= Math.min(groups.length, from + longestPiece); to += 1) {
    const slice = groups.slice(from, to);
    const text = joined(slice);
    isNameLike &&= index.groups.has((groups[to - 1] as WordGroup).text);
    const marks = to - from <= longestPhrase ? phraseMarks.get(text) : undefined;
    if (marks !== undefined)
      add(to, "phrase", marks.some(({ kind }) => kind === "day") ? 80 : priorityOf(marks), text);
    const columns = index.headers.get(text);
    if (columns !== undefined) add(to, "header", 60, text);
    if (!isNameLike) {
      if (columns === undefined && to - from > longestPhrase) break;
      continue;
    }
    if (index.wholes.has(text) && canBeWhole(heard, slice, groups[to]?.text)) add(to, "row", 70, text);
    else if (canBePart(slice) && index.haystack.includes(text)) add(to, "row", 10, text);
  }
  return pieces;
}

function priorityOf(marks: readonly PhraseMark[]): number {
  if (marks.some(({ kind }) => kind === "connector")) return 45;
  return marks.some(({ kind }) => kind === "topic" || kind === "extreme" || kind === "compare") ? 50 : 30;
}

function addSpan(
  { groups }: Heard,
  from: number,
  span: { start: number; end: number },
  add: (to: number) => void,
): void {
  const first = groups[from];
  if (first === undefined || first.start < span.start || first.start >= span.end) return;
  const before = groups[from - 1];
  if (before !== undefined && before.end > span.start) return;
  let to = from;
  while (to < groups.length && (groups[to] as WordGroup).end <= span.end) to += 1;
  if (to > from) add(to);
}

function isWithin({ groups }: Heard, piece: Piece, span: { start: number; end: number }): boolean {
  const first = groups[piece.from] as WordGroup;
  return first.start >= span.start && first.start < span.end;
}

/** "42" before 双 counts pairs; an English "a" is an article. */
function canBeWhole({ isChinese }: Heard, slice: WordGroup[], next: string | undefined): boolean {
  const last = slice.at(-1)?.text ?? "";
  const isCounted =
    /^\d+(?:\.\d+)?$/u.test(last) && next !== undefined && (counters.has(next) || englishCounters.test(next));
  return !isCounted && !(slice.length === 1 && !isChinese && /^[ai]$/u.test(last));
}

/** A single character, letter or number of a name says too little. */
function canBePart(slice: WordGroup[]): boolean {
  const [first] = slice;
  if (first === undefined || (/^\d+(?:\.\d+)?$/u.test(slice.at(-1)?.text ?? "") && slice.length === 1))
    return false;
  if (slice.length > 1) return !slice.every(({ text }) => /^\d+(?:\.\d+)?$/u.test(text));
  return !/^\p{Script=Han}$/u.test(first.text) && first.text.length >= 2;
}
