// What passages and questions about them are compared by: Han singles and pairs, English stems, numbers, codes and the
// synonym groups. Less than features.ts takes from a short message, since a passage has hundreds of words. Values are not
// masked: "30 天" and "e4" are what people look for. Used by the passage index.

import { unifyCharacters } from "../characters.ts";
import { hashFeature } from "../feature-hash.ts";
import { repairHan, repairWord } from "../repairs.ts";
import { isStopWord, stemOf } from "../stems.ts";
import { findHanConcepts, findLatinConcepts } from "../synonyms.ts";

export const termWeights = {
  hanSingle: 0.2,
  /** A character that asks alone ("门"), where nothing else stands beside it. */
  hanAlone: 0.8,
  hanPair: 1,
  word: 1.2,
  number: 0.7,
  code: 2,
  concept: 0.9,
  manualConcept: 1.2,
  /** What was probably meant, beside what was typed. */
  repaired: 0.6,
};

/** Characters that stand in any sentence: a pair with one of them says little, with two of them nothing. */
const weakHan = new Set(
  "的了吗呢吧啊呀么是有在要会能就都也还和与跟被把给对从到我你您他她它这那个一不没为所以及或其可请问",
);
const weakPair = 0.35;
const emptyPair = 0.05;

/** What a question is made of beside its matter; taken out before its pairs are made. Longest first. */
const asking =
  /请问一下|请问|麻烦|您好|你好|你们家|你们|您们|我们|咱们|这个|那个|这款|是不是|有没有|可不可以|能不能|会不会|要不要|用不用|需不需要|是否|多少钱|多少|多长时间|多久|几天|几个|怎么办|怎么样|怎么|怎样|如何|什么时候|什么时间|什么|哪里|哪儿|哪个|哪些|为什么|为啥|想问|想知道|告诉我|一下|关于|吗|呢|吧|啊|呀|嘛/gu;
const pieces = /[a-z][a-z']*|\d+(?:\.\d+)?|\p{Script=Han}+/gu;
const codes = /(?<![a-z\d])(?:[a-z]{1,6}[-\s]?\d{1,6}[a-z]{0,2}|\d{1,4}[a-z]{1,4})(?![a-z\d])/gu;

/** How much a term of a question counts by its kind. */
export interface QuestionTerm {
  weight: number;
  /** Of a Han pair: the terms before and after it that share a character with it. Where it stands nowhere and they do, it
   *  is no word but the seam of two. */
  before?: number;
  after?: number;
  /** A group of words near in meaning: finds a passage, proves nothing. */
  isWide?: boolean;
  /** Whether one of them is a single character, which says less. */
  isAtEdge?: boolean;
}
export type Terms = Map<number, QuestionTerm>;

interface Found {
  name: string;
  weight: number;
  before?: string;
  after?: string;
  isAtEdge?: boolean;
  isWide?: boolean;
}

/** How often each term stands in a text (weighted by nothing), for the index. */
export function countTerms(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { name } of readTerms(unifyCharacters(text), true)) {
    const hash = hashFeature(name);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
}

/** The terms of a text without the wide groups: what can prove something. */
export function ownTerms(text: string): Set<number> {
  const terms = new Set<number>();
  for (const { name } of readTerms(unifyCharacters(text), false)) terms.add(hashFeature(name));
  return terms;
}

/** The terms of a question with their weights, without the words that only ask. Never empty where it has a word. */
export function questionTerms(question: string): Terms {
  const unified = unifyCharacters(question.slice(0, 500));
  const matter = unified.replace(asking, " ");
  const found = readTerms(/[\p{L}\p{N}]/u.test(matter) ? matter : unified, true);
  const terms: Terms = new Map();
  for (const { name, weight, before, after, isAtEdge, isWide } of [...found, ...repaired(matter)]) {
    const hash = hashFeature(name);
    if (weight === 0 || (terms.get(hash)?.weight ?? 0) >= weight) continue;
    if (isWide === true) terms.set(hash, { weight, isWide });
    else if (before === undefined || after === undefined) terms.set(hash, { weight });
    else
      terms.set(hash, {
        weight,
        before: hashFeature(before),
        after: hashFeature(after),
        isAtEdge: isAtEdge === true,
      });
  }
  return terms;
}

function* readTerms(text: string, isWide: boolean): Generator<Found> {
  const stems: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    if (/^\d/u.test(piece)) yield { name: `n:${piece}`, weight: termWeights.number };
    else if (/^[a-z]/u.test(piece)) {
      const stem = stemOf(piece);
      stems.push(stem);
      yield { name: `w:${stem}`, weight: isStopWord(piece) ? 0 : termWeights.word };
    } else yield* hanTerms(piece);
  }
  for (const [code] of text.matchAll(codes))
    yield { name: `k:${code.replace(/[-\s]/gu, "")}`, weight: termWeights.code };
  for (const run of text.split(/[^\p{Script=Han}a-z]+/u))
    if (/\p{Script=Han}/u.test(run)) {
      yield* conceptsOf(findHanConcepts(run));
      if (isWide) yield* manualConceptsOf(findHanConcepts(run, "manuals"));
    }
  yield* conceptsOf(findLatinConcepts(stems));
  if (isWide) yield* manualConceptsOf(findLatinConcepts(stems, "manuals"));
}

function* hanTerms(run: string): Generator<Found> {
  const characters = [...run];
  for (const [at, character] of characters.entries()) {
    const isWeak = weakHan.has(character);
    const alone = characters.length === 1 ? termWeights.hanAlone : termWeights.hanSingle;
    yield { name: `h:${character}`, weight: isWeak ? 0 : alone };
    const next = characters[at + 1];
    if (next === undefined) continue;
    const share = isWeak ? (weakHan.has(next) ? emptyPair : weakPair) : weakHan.has(next) ? weakPair : 1;
    const [previous, second] = [characters[at - 1], characters[at + 2]];
    yield {
      name: `h:${character}${next}`,
      weight: termWeights.hanPair * share,
      before: previous === undefined ? `h:${character}` : `h:${previous}${character}`,
      after: second === undefined ? `h:${next}` : `h:${next}${second}`,
      isAtEdge: previous === undefined || second === undefined,
    };
  }
}

/** Groups that only ask ("?how-long") tell passages nothing. */
function* conceptsOf(found: { concept: string }[]): Generator<Found> {
  for (const { concept } of found)
    if (!concept.startsWith("?")) yield { name: `c:${concept}`, weight: termWeights.concept };
}

function* manualConceptsOf(found: { concept: string }[]): Generator<Found> {
  for (const { concept } of found)
    yield { name: `m:${concept}`, weight: termWeights.manualConcept, isWide: true };
}

/** Slips of the pen and of the input method, put right: beside what was typed. */
function* repaired(text: string): Generator<Found> {
  const meant = text.replace(pieces, (piece) => {
    if (/^\d/u.test(piece)) return piece;
    return (/^[a-z]/u.test(piece) ? repairWord(piece) : repairHan(piece)) ?? piece;
  });
  if (meant === text) return;
  for (const { name, weight, isWide } of readTerms(meant, true))
    yield { name, weight: weight * termWeights.repaired, isWide: isWide === true };
}
