// Whether a value belongs to another thing of the same source: from "退货 7 天，换货 15 天" nobody may read "换货 7 天". The words
// beside the claim are held against the words beside the value and beside its rivals. Called by supports.ts.

import type { Found } from "./claim.ts";
import { clauseAround, lastName, type Place, sentenceAround, tellingWords } from "./context.ts";
import { findNumerals } from "./numerals.ts";
import type { ReadSource } from "./source-index.ts";
import type { Asked } from "./supports.ts";

const mostRivals = 12;

/** True when the claim's words fit a rival with another value and none of the words of this one. */
export function belongsElsewhere(asked: Asked, fact: Found, source: ReadSource): boolean {
  const at = source.placeOf.get(fact) ?? 0;
  const rivals = source.facts
    .slice(Math.max(0, at - mostRivals), at + mostRivals)
    .filter(
      (other) =>
        other !== fact && isRival(fact, other) && !isOfCode(other) && !isJoined(source.text, fact, other),
    );
  if (rivals.length === 0) return false;
  const clause = wordsOfClaim(asked, clauseAround(asked.text, asked.claim));
  const verdict = judge(clause, fact, rivals, source);
  if (verdict !== "unknown") return verdict === "theirs";
  // the subject may have been named earlier in the sentence
  const { start } = sentenceAround(asked.text, asked.claim);
  const head = wordsOfClaim(asked, { start: behindOthers(asked, start), end: asked.claim.end });
  return judge(head, fact, rivals, source) === "theirs";
}

/** What stands in a clause with another value of the kind is told of that one. */
function behindOthers({ text, claim, facts, placeOf }: Asked, start: number): number {
  const at = placeOf.get(claim) ?? 0;
  const last = facts
    .slice(Math.max(0, at - 4), at)
    .findLast(({ meaning, end }) => meaning.kind === claim.meaning.kind && end > start);
  return last === undefined ? start : Math.min(claim.start, clauseAround(text, last).end);
}

function isRival({ meaning: a }: Found, { meaning: b }: Found): boolean {
  if (a.kind === "time" && b.kind === "time") return a.minutes.every((at) => !b.minutes.includes(at));
  if (!("low" in a) || !("low" in b)) return false;
  const isComparable = a.kind === b.kind && (a.kind !== "number" || a.unit === b.unit);
  return isComparable && (a.low !== b.low || a.high !== b.high || a.unit !== b.unit);
}

/** Words of the claim's clause or sentence, without those beside other values of its kind. */
function wordsOfClaim(asked: Asked, place: Place): Set<string> {
  return wordsBetweenValues(asked.text, asked.claim, asked, place, false);
}

function judge(
  asked: ReadonlySet<string>,
  fact: Found,
  rivals: readonly Found[],
  source: ReadSource,
): "own" | "theirs" | "unknown" {
  let fitsRival = false;
  let fitsOwn = false;
  for (const rival of rivals) {
    const [own, theirs] =
      fact.meaning.kind === "time" ? conceptsApart(fact, rival, source) : wordsApart(fact, rival, source);
    const hitsOwn = [...own].some((word) => asked.has(word) && !theirs.has(word));
    const hitsTheirs = [...theirs].some((word) => asked.has(word) && !own.has(word));
    if (hitsOwn) fitsOwn = true;
    if (hitsTheirs && !hitsOwn) fitsRival = true;
  }
  return fitsRival ? "theirs" : fitsOwn ? "own" : "unknown";
}

/** Both ends of opening hours stand beside the same words; only names tell two times apart: early, the weekend, plan B. */
function conceptsApart(fact: Found, rival: Found, source: ReadSource): [Set<string>, Set<string>] {
  const [own, theirs] = wordsApart(fact, rival, source);
  const names = (words: Set<string>, place: Found) => {
    const beside = [...words].filter((word) => /^[=#]/u.test(word));
    // "weekdays 9-12 and 13:30-17:30": the name stands before the first
    const { start } = sentenceAround(source.text, place);
    return new Set(beside.length > 0 ? beside : lastName(source.text.slice(start, place.start)));
  };
  return [names(own, fact), names(theirs, rival)];
}

/** Words of two values of a source: of their rows where they stand in two, else of the stretches around them. */
function wordsApart(fact: Found, rival: Found, source: ReadSource): [Set<string>, Set<string>] {
  const { text } = source;
  const row = sentenceAround(text, fact);
  const other = sentenceAround(text, rival);
  if (row.start !== other.start)
    return [tellingWords(text.slice(row.start, row.end)), tellingWords(text.slice(other.start, other.end))];
  return [
    wordsBetweenValues(text, fact, source, clauseAround(text, fact), true),
    wordsBetweenValues(text, rival, source, clauseAround(text, rival), true),
  ];
}

/** 680 of "680XL" counts nothing; read-claims.ts names it by its code. */
function isOfCode({ meaning }: Found): boolean {
  return meaning.kind === "number" && /^\d/u.test(meaning.name ?? "");
}

function isSameKind({ meaning: a }: Found, { meaning: b }: Found): boolean {
  return (
    a.kind === b.kind &&
    !(
      "unit" in a &&
      "unit" in b &&
      a.kind === "number" &&
      a.unit !== b.unit &&
      a.unit !== "" &&
      b.unit !== ""
    )
  );
}

/** "买两件打八折，买三件打七折": the count tells two discounts apart. */
function wordsAndCounts(text: string): Set<string> {
  const words = tellingWords(text);
  for (const { low, high } of findNumerals(text))
    if (low === high && low > 1 && low <= 20) words.add(`~${low}`);
  return words;
}

/** Both ends of one stretch: "6:30-22:00". */
function isJoined(text: string, one: Found, other: Found): boolean {
  const gap = text.slice(Math.min(one.end, other.end), Math.max(one.start, other.start));
  return /^\s?(?:-|–|—|~|到|至|to|until|till|through)\s?(?:the )?$/u.test(gap);
}

/** Where something stands before a value of a source, what stands behind it names the next one. */
function wordsBetweenValues(
  text: string,
  fact: Found,
  { facts, placeOf }: Pick<ReadSource, "facts" | "placeOf">,
  place: Place,
  isSource: boolean,
): Set<string> {
  const at = placeOf.get(fact) ?? 0;
  const isAlike = (other: Found) => isSameKind(other, fact) && !isJoined(text, other, fact);
  const last = facts.slice(Math.max(0, at - 4), at).findLast(isAlike);
  const next = facts.slice(at + 1, at + 5).find(isAlike);
  const head = behindJoin(text.slice(Math.max(last?.end ?? 0, place.start), fact.start), last);
  const tail = beforeJoin(text.slice(fact.end, Math.min(next?.start ?? text.length, place.end)), next);
  const words = wordsAndCounts(head.split(/[:、/]/u).at(-1) ?? "");
  const isCut =
    next !== undefined &&
    next.start < place.end &&
    !/(?<![a-z])(?:and|or|but|while) /u.test(text.slice(fact.end, next.start));
  return isSource && isCut && words.size > 0 ? words : wordsAndCounts(`${head} ${tail}`);
}

/** "12 hours against 8 for model A": what is compared is another thing. */
const versus =
  /(?<![a-z])(?:against|versus|vs|than|instead of|rather than|compared|unlike|not)(?![a-z])|而不|比起|相比|不是/u;
const join = /[,、;]|(?<![a-z])(?:and|or|but|while)(?![a-z])|[和或]/gu;

/** Of the words between two values those behind the last "and" name the second: "140 on weekdays and 185 at weekends". */
function behindJoin(head: string, last: Found | undefined): string {
  const at = [...head.matchAll(join)].at(-1);
  return last === undefined || at === undefined ? head : head.slice(at.index + at[0].length);
}

function beforeJoin(tail: string, next: Found | undefined): string {
  const compared = tail.search(versus);
  const own = compared < 0 ? tail : tail.slice(0, compared);
  const at = [...own.matchAll(join)].at(-1);
  return next === undefined || at === undefined ? own : own.slice(0, at.index);
}
