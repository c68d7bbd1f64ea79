// What the documents answer to a question, word for word: one quote that is sure enough, two that contradict each other, or
// nothing. A wrong quote is worse than asking back. Pure; never waits.

import { parseChineseNumber, textSimilarity } from "@yingda/language";
import type { Passages } from "../search/shop-passages.ts";
import { chooseSentences, type PassageReadings, type Quote } from "./choose-sentences.ts";
import { fitOf } from "./expected-answer.ts";

export type DocumentAnswer =
  | { kind: "quote"; quote: Quote }
  /** Two documents say different things; the surer one first. */
  | { kind: "differ"; quotes: readonly [Quote, Quote] }
  | { kind: "none"; best: Quote | null };

/** Of 34 held-out questions without an answer none reached it, of 31 with one 16 did (quotes.rules.test.ts). */
export const sureEnough = 0.8;
/** A second document that contradicts need not be as sure: the doubt counts. */
const sureEnoughToDoubt = 0.55;
const mostWeighed = 6;
/** No passage below this ever gave a quote that was sure enough; its sentences are not looked at. */
const leastScore = 0.25;
const mostSentences = 3;
const shortestSentence = 4;
/** A longer message is a story, not a question to a document. */
const longestQuestion = 160;
/** Two sentences that share this much, numbers aside, speak of one thing. */
const alike = 0.3;

export function findQuotes(passages: Passages, said: string): DocumentAnswer {
  if (passages.size === 0 || said.length > longestQuestion) return { kind: "none", best: null };
  let best: Quote | null = null;
  let asked = said;
  let others: Quote[] = [];
  const readings: PassageReadings = new Map();
  for (const question of questionsIn(said)) {
    const quotes = quotesFor(passages, question, readings);
    const [first] = quotes;
    if (first === undefined || (best !== null && first.sureness <= best.sureness)) continue;
    best = first;
    asked = question;
    others = quotes.slice(1);
  }
  if (best === null || best.sureness < sureEnough) return { kind: "none", best };
  const doubt = others.find((other) => contradicts(asked, best, other));
  return doubt === undefined ? { kind: "quote", quote: best } : { kind: "differ", quotes: [best, doubt] };
}

/** The whole, and each sentence where there are several: politeness and stories stand around the question. */
function questionsIn(said: string): string[] {
  const whole = said.replace(/\s+/gu, " ").trim();
  const sentences = whole
    .split(/[?？!！。;；]+/u)
    .map((part) => part.trim())
    .filter((part) => part.length >= shortestSentence);
  return sentences.length > 1 ? [whole, ...sentences.slice(-mostSentences)] : [whole];
}

function quotesFor(passages: Passages, question: string, readings: PassageReadings): Quote[] {
  const weighed = passages.weigh(question, mostWeighed);
  return weighed.ranked
    .filter(({ score }) => score >= leastScore)
    .map((ranked) => chooseSentences(weighed.question, question, ranked, readings))
    .filter((quote) => quote !== null)
    .sort((a, b) => b.sureness - a.sureness);
}

function contradicts(question: string, one: Quote, other: Quote): boolean {
  if (one.document.id === other.document.id || other.sureness < sureEnoughToDoubt) return false;
  if (fitOf(question, one.sentence) === "lacks" || fitOf(question, other.sentence) === "lacks") return false;
  if (textSimilarity(one.sentence, other.sentence) < alike) return false;
  const [first, second] = [valuesIn(one.sentence), valuesIn(other.sentence)];
  const shared = [...first.keys()].filter((unit) => second.has(unit));
  if (shared.length === 0) return denies(one.sentence) !== denies(other.sentence);
  return shared.some((unit) => ![...(first.get(unit) ?? [])].some((amount) => second.get(unit)?.has(amount)));
}

const value = /(\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千万]+)\s*(%|[a-z]+|\p{Script=Han})?/giu;

/** Amounts by what is counted: "7 天" and "七天" are one. */
function valuesIn(sentence: string): Map<string, Set<number>> {
  const values = new Map<string, Set<number>>();
  for (const [, number = "", unit = ""] of sentence.matchAll(value)) {
    const isHan = /\p{Script=Han}/u.test(number);
    if (isHan && unit === "") continue;
    const amount = isHan ? parseChineseNumber(number) : Number(number.replaceAll(",", ""));
    if (amount === null || !Number.isFinite(amount)) continue;
    const key = unit.toLowerCase().slice(0, 3);
    values.set(key, (values.get(key) ?? new Set()).add(amount));
  }
  return values;
}

function denies(sentence: string): boolean {
  return /不|无法|没有|禁止|请勿|\b(?:not?|cannot|never)\b|n't\b/iu.test(sentence);
}
