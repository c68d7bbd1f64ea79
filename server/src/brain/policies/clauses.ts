// The customer's words made ready for reading inputs: characters folded, clauses apart, and where the policy's own words
// stand. A value belongs to the event that is named in its clause, the nearest one; without one it belongs to nothing.

import type { WordList } from "@yingda/contract";
import { toSimplified } from "@yingda/language";

export interface Span {
  start: number;
  end: number;
}

const longestRead = 2_000; // a longer text is a pasted document, no statement about one purchase
const clauseEnd = /[,;!?，。；！？、\n]|\.(?=\s|$)|\b(?:and|but|then)\b/gu;
/** What may stand around a value in a message that is nothing but the answer to a question. */
const filler =
  /^(?:it's|it|was|is|on|the|in|to|at|just|yes|[嗯是的就我在到寄送吧了哦啊呢呀哈那天\s,.!，。！~])*$/u;
const notSo =
  /(?:没有?|未|不是|并非|非|不|别|\bnot|n't|\bnever|\bno)(?:\s|还|在|曾|yet|have|been|a|an|the)*$/u;

/** Half-width, simplified, small letters; no space between digits and Chinese characters ("买了 6 天" → "买了6天"). */
export function foldText(text: string): string {
  return toSimplified(text.slice(0, longestRead).normalize("NFKC").replaceAll("’", "'"))
    .toLowerCase()
    .replace(/(?<=\d) +(?=\p{Script=Han})|(?<=\p{Script=Han}) +(?=\d)/gu, "");
}

/** The clause around a span; marks inside the span ("Nov 11, 2026") do not cut it. */
export function clauseAround(text: string, { start, end }: Span): Span {
  let from = 0;
  for (const mark of text.matchAll(clauseEnd)) {
    if (mark.index < start) from = mark.index + mark[0].length;
    if (mark.index >= end) return { start: from, end: mark.index };
  }
  return { start: from, end: text.length };
}

/** Where words of a list stand in the text, both languages. */
export function findWords(text: string, { zh, en }: WordList): Span[] {
  return [...zh, ...en].flatMap((word) => spansOf(text, word));
}

/** The same without those that are denied ("没收到", "not a member"). */
export function findMeantWords(text: string, words: WordList): Span[] {
  return findWords(text, words).filter(({ start }) => !isDenied(text, start));
}

function spansOf(text: string, typed: string): Span[] {
  const word = foldText(typed);
  const spans: Span[] = [];
  let start = text.indexOf(word);
  while (start >= 0) {
    const end = start + word.length;
    if (isWhole(text, start, end)) spans.push({ start, end });
    start = text.indexOf(word, end);
  }
  return spans;
}

/** Latin words count only whole: "order" is not in "border". */
function isWhole(text: string, start: number, end: number): boolean {
  const joins = (a: string | undefined, b: string | undefined) =>
    /^[a-z0-9]$/u.test(a ?? "") && /^[a-z0-9]$/u.test(b ?? "");
  return !joins(text[start - 1], text[start]) && !joins(text[end - 1], text[end]);
}

/** Whether the words just before a place deny it. */
export function isDenied(text: string, start: number): boolean {
  return notSo.test(text.slice(Math.max(0, start - 14), start));
}

/** Letters between two spans; 0 where they touch or overlap. */
export function distance(a: Span, b: Span): number {
  return Math.max(0, b.start - a.end, a.start - b.end);
}

/** True where a message is nothing but this value and small words around it. */
export function isWholeAnswer(text: string, { start, end }: Span): boolean {
  return filler.test(text.slice(0, start)) && filler.test(text.slice(end));
}

export function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
