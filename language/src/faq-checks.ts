// What is wrong with a list of FAQs before a customer finds out: the same question twice, answers that contradict each
// other, too few phrasings to be recognised by, empty ones, blanks left open. Called by the knowledge page and on import.
// Text only, so that it runs on any list at once; with a function from text to vector it also sees rewordings.

import { findAnswerConflict } from "./answer-conflicts.ts";
import { normalise } from "./normalise.ts";
import { stemOf } from "./stems.ts";
import { findHanConcepts, findLatinConcepts } from "./synonyms.ts";
import type { Embed } from "./tools/clusters.ts";
import { findNearDuplicates } from "./tools/near-duplicates.ts";

export interface Faq {
  id: string;
  question: string;
  phrasings: readonly string[];
  answer: string;
}

export type FaqProblem =
  /** No question, or no answer, or nothing but marks. */
  | { kind: "empty"; severity: "error"; id: string; part: "question" | "answer" }
  /** "{{发货时间}}" in an answer: nobody may be told that. */
  | { kind: "open-blank"; severity: "error"; id: string; blanks: string[] }
  /** Word for word the same question in two FAQs: neither can win. */
  | { kind: "shared-phrasing"; severity: "error"; ids: [string, string]; phrasing: string }
  /** Two FAQs that ask the same; `pair` are the two texts that show it. */
  | {
      kind: "duplicate";
      severity: "warning";
      ids: [string, string];
      similarity: number;
      pair: [string, string];
    }
  /** Two FAQs that ask nearly the same and answer otherwise. */
  | {
      kind: "contradiction";
      severity: "warning";
      ids: [string, string];
      pair: [string, string];
      differsIn: "number" | "negation" | "yes-no";
      values: [string, string];
    }
  /** Fewer different phrasings than it takes to recognise it well, the question included. */
  | { kind: "few-phrasings"; severity: "hint"; id: string; count: number; wanted: number }
  /** The same phrasing more than once in one FAQ: it counts once. */
  | { kind: "repeated-phrasing"; severity: "hint"; id: string; phrasing: string };

export interface CheckOptions {
  /** Distinct phrasings that an FAQ should have (5). */
  wantedPhrasings?: number;
  /** Finds rewordings that share no words; unit vectors or zero. Compared for questions only, of at most 3,000 FAQs. */
  embed?: Embed;
}

const duplicateFrom = 0.7;
const conflictFrom = 0.5;
const vectorDuplicateFrom = 0.88;
const vectorConflictFrom = 0.8;
const mostCompared = 3_000;
const severities = ["error", "warning", "hint"];

/** Problems of a list, errors first, then in the order of the list. An empty list has none. */
export function checkFaqs(
  faqs: readonly Faq[],
  { wantedPhrasings = 5, embed }: CheckOptions = {},
): FaqProblem[] {
  const problems = [
    ...faqs.flatMap((faq) => checkOne(faq, wantedPhrasings)),
    ...sharedPhrasings(faqs),
    ...comparePairs(faqs, embed),
  ];
  return problems
    .map((problem, at) => ({ problem, at }))
    .sort(
      (a, b) =>
        severities.indexOf(a.problem.severity) - severities.indexOf(b.problem.severity) || a.at - b.at,
    )
    .map(({ problem }) => problem);
}

function checkOne({ id, question, phrasings, answer }: Faq, wanted: number): FaqProblem[] {
  const problems: FaqProblem[] = [];
  if (!hasLetters(question)) problems.push({ kind: "empty", severity: "error", id, part: "question" });
  if (!hasLetters(answer)) problems.push({ kind: "empty", severity: "error", id, part: "answer" });
  const blanks = [...answer.matchAll(/\{\{\s*([^{}]{1,60}?)\s*\}\}/gu)].map(([, name]) => name ?? "");
  if (blanks.length > 0)
    problems.push({ kind: "open-blank", severity: "error", id, blanks: [...new Set(blanks)] });
  const seen = new Set<string>();
  const own = textsOf({ question, phrasings });
  for (const text of own) {
    const key = normalise(text).text;
    if (seen.has(key) && text !== question)
      problems.push({ kind: "repeated-phrasing", severity: "hint", id, phrasing: text });
    seen.add(key);
  }
  if (own.length > 0 && seen.size < wanted)
    problems.push({ kind: "few-phrasings", severity: "hint", id, count: seen.size, wanted });
  return problems;
}

function sharedPhrasings(faqs: readonly Faq[]): FaqProblem[] {
  const owner = new Map<string, string>();
  const told = new Set<string>();
  return faqs.flatMap((faq) =>
    textsOf(faq).flatMap((text): FaqProblem[] => {
      const key = keyOf(text);
      const first = owner.get(key);
      if (first === undefined) owner.set(key, faq.id);
      if (first === undefined || first === faq.id || told.has(`${first}\n${faq.id}`)) return [];
      told.add(`${first}\n${faq.id}`);
      return [{ kind: "shared-phrasing", severity: "error", ids: [first, faq.id], phrasing: text }];
    }),
  );
}

interface Pair {
  first: Faq;
  second: Faq;
  pair: [string, string];
  similarity: number;
  isDuplicate: boolean;
}

function comparePairs(faqs: readonly Faq[], embed: Embed | undefined): FaqProblem[] {
  const pairs = new Map<string, Pair>();
  const add = (pair: Pair) => {
    const key = `${pair.first.id}\n${pair.second.id}`;
    const known = pairs.get(key);
    if (
      known === undefined ||
      (pair.isDuplicate && !known.isDuplicate) ||
      (pair.isDuplicate === known.isDuplicate && pair.similarity > known.similarity)
    )
      pairs.set(key, pair);
  };
  const texts = faqs.flatMap((faq) => textsOf(faq).map((text) => ({ faq, text })));
  for (const { first, second, similarity } of findNearDuplicates(
    texts.map(({ text }) => text),
    { threshold: conflictFrom, limit: 20_000 },
  )) {
    const [a, b] = [texts[first], texts[second]];
    if (a === undefined || b === undefined || a.faq.id === b.faq.id || !asksSame(a.text, b.text)) continue;
    add({
      first: a.faq,
      second: b.faq,
      pair: [a.text, b.text],
      similarity,
      isDuplicate: similarity >= duplicateFrom,
    });
  }
  if (embed !== undefined) for (const pair of vectorPairs(faqs.slice(0, mostCompared), embed)) add(pair);
  return [...pairs.values()].flatMap(describePair);
}

function vectorPairs(faqs: readonly Faq[], embed: Embed): Pair[] {
  const vectors = faqs.map(({ question }) => embed(question));
  const found: Pair[] = [];
  for (let first = 0; first < faqs.length; first += 1) {
    const a = faqs[first] as Faq;
    for (let second = first + 1; second < faqs.length; second += 1) {
      const b = faqs[second] as Faq;
      const similarity = cosine(vectors[first] as Float32Array, vectors[second] as Float32Array);
      if (similarity < vectorConflictFrom || a.id === b.id || numbersOf(a.question) !== numbersOf(b.question))
        continue;
      found.push({
        first: a,
        second: b,
        pair: [a.question, b.question],
        similarity,
        isDuplicate: similarity >= vectorDuplicateFrom,
      });
    }
  }
  return found;
}

function describePair({ first, second, pair, similarity, isDuplicate }: Pair): FaqProblem[] {
  const ids: [string, string] = [first.id, second.id];
  const problems: FaqProblem[] = [];
  if (isDuplicate)
    problems.push({
      kind: "duplicate",
      severity: "warning",
      ids,
      similarity: Math.round(similarity * 100) / 100,
      pair,
    });
  const conflict = findAnswerConflict(first.answer, second.answer);
  if (conflict !== null)
    problems.push({ kind: "contradiction", severity: "warning", ids, pair, ...conflict });
  return problems;
}

/** Not when each names a matter that the other does not (退货运费, 换货运费), or their numbers or codes differ. */
function asksSame(a: string, b: string): boolean {
  const [first, second] = [normalise(a), normalise(b)];
  if (numbersOf(a) !== numbersOf(b)) return false;
  const [mine, theirs] = [conceptsOf(first.text), conceptsOf(second.text)];
  const onlyMine = mine.filter((concept) => !theirs.includes(concept));
  const onlyTheirs = theirs.filter((concept) => !mine.includes(concept));
  return onlyMine.length === 0 || onlyTheirs.length === 0;
}

function numbersOf(text: string): string {
  return (text.normalize("NFKC").match(/\d+/gu) ?? []).sort().join(" ");
}

function conceptsOf(text: string): string[] {
  const han = text
    .split(/[^\p{Script=Han}a-z]+/u)
    .filter((run) => /\p{Script=Han}/u.test(run))
    .flatMap((run) => findHanConcepts(run));
  const latin = findLatinConcepts((text.match(/[a-z][a-z']*/gu) ?? []).map(stemOf));
  return [...new Set([...han, ...latin].map(({ concept }) => concept))].filter(
    (concept) => !concept.startsWith("?"),
  );
}

/** Questions that differ in a number are two questions, though matching would take them for one. */
function keyOf(text: string): string {
  const { text: key, plain } = normalise(text);
  return `${key} ${(plain.match(/\d+/gu) ?? []).join(" ")}`;
}

function textsOf({ question, phrasings }: Pick<Faq, "question" | "phrasings">): string[] {
  return [question, ...phrasings].filter(hasLetters);
}

function hasLetters(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let d = 0; d < a.length; d += 1) {
    const [x, y] = [a[d] ?? 0, b[d] ?? 0];
    sum += x * y;
    first += x * x;
    second += y * y;
  }
  return first < 1e-9 || second < 1e-9 ? 0 : sum / Math.sqrt(first * second);
}
