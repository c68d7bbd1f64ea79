// Whether a value belongs to another thing of the same source: from "退货 7 天，换货 15 天" nobody may read "换货 7 天". The words
// beside the claim are held against the words beside the value and beside its rivals. Called by supports.ts.

import type { Found } from "./claim.ts";
import { clauseAround, type Place, sentenceAround, tellingWords } from "./context.ts";
import type { ReadSource } from "./source-index.ts";
import type { Asked } from "./supports.ts";

const mostRivals = 12;

/** True when the claim's words fit a rival with another value and none of the words of this one. */
export function belongsElsewhere(asked: Asked, fact: Found, source: ReadSource): boolean {
  const at = source.placeOf.get(fact) ?? 0;
  const rivals = source.facts
    .slice(Math.max(0, at - mostRivals), at + mostRivals)
    .filter((other) => other !== fact && isRival(fact, other));
  if (rivals.length === 0) return false;
  const clause = wordsOfClaim(asked, clauseAround(asked.text, asked.claim));
  const verdict = judge(clause, fact, rivals, source);
  if (verdict !== "unknown") return verdict === "theirs";
  // the subject may have been named earlier in the sentence
  const { start } = sentenceAround(asked.text, asked.claim);
  const head = wordsOfClaim(asked, { start, end: asked.claim.end });
  return judge(head, fact, rivals, source) === "theirs";
}

function isRival({ meaning: a }: Found, { meaning: b }: Found): boolean {
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
    const [own, theirs] = wordsApart(fact, rival, source);
    const hitsOwn = [...own].some((word) => asked.has(word) && !theirs.has(word));
    const hitsTheirs = [...theirs].some((word) => asked.has(word) && !own.has(word));
    if (hitsOwn) fitsOwn = true;
    if (hitsTheirs && !hitsOwn) fitsRival = true;
  }
  return fitsRival ? "theirs" : fitsOwn ? "own" : "unknown";
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

/** Where something stands before a value of a source, what stands behind it names the next one. */
function wordsBetweenValues(
  text: string,
  fact: Found,
  { facts, placeOf }: Pick<ReadSource, "facts" | "placeOf">,
  place: Place,
  isSource: boolean,
): Set<string> {
  const at = placeOf.get(fact) ?? 0;
  const isSameKind = (other: Found | undefined) => other?.meaning.kind === fact.meaning.kind;
  const last = facts.slice(Math.max(0, at - 4), at).findLast(isSameKind);
  const next = facts.slice(at + 1, at + 5).find(isSameKind);
  const head = text.slice(Math.max(last?.end ?? 0, place.start), fact.start);
  const tail = text.slice(fact.end, Math.min(next?.start ?? text.length, place.end));
  const words = tellingWords(head.split(/[:、/]/u).at(-1) ?? "");
  const isCut = next !== undefined && next.start < place.end;
  return isSource && isCut && words.size > 0 ? words : tellingWords(`${head} ${tail}`);
}
