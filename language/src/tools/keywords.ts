// Words and phrases that tell what texts are about, without a segmenter: strings that come up more often than in what
// shops are asked everywhere, that stand between changing neighbours, and that are no piece of a longer one as frequent.
// Used for topics, labels of clusters and word clouds.

import { readCorpus } from "../corpus.ts";
import { normalise } from "../normalise.ts";
import { lazily } from "../own-data.ts";
import { isStopWord, stemOf } from "../stems.ts";
import { findHanConcepts } from "../synonyms.ts";

export interface Keyword {
  phrase: string;
  /** In how many of the texts. */
  count: number;
  /** Higher is more telling; comparable within one call. */
  score: number;
}

interface Candidate {
  phrase: string;
  texts: number;
  /** Texts of the background that hold it. */
  usual: number;
  left: Set<string>;
  right: Set<string>;
}

const longestHan = 6;
const longestWords = 3;
const mostTexts = 20_000;
const longestText = 400;
/** Characters that neither begin nor end a phrase worth telling. */
const hanEdge =
  /^[的了吗呢吧啊呀嘛么我你您他她它们是有不在也都就还要会能可这那个些么很太给把被和跟与及或但让对从到上下里过着得地为以所而且又再才没别啥咋怎几多少想请问哪谁第只去来说看]|[的了吗呢吧啊呀嘛么我你您他她它们是不也都就还要会能可这那很太给把被和跟与或但让对从过着得地为以所而且又再才没别啥咋怎几多少想问哪谁第只说去来个]$/u;
const hanAsking =
  /什么|怎么|多少|可以|能不|是不|有没|为什|时候|一下|一个|这个|那个|没有|不是|不能|我们|你们|他们|现在|已经|还是|就是|如果/u;

/** How usual pairs of characters and stems are among what shops are asked: every eighth line of the corpus. */
const background = lazily(() => {
  const counts = new Map<string, number>();
  let lines = 0;
  const add = (text: string) => {
    lines += 1;
    for (const gram of gramsOf(text, 3, 1)) counts.set(gram.phrase, (counts.get(gram.phrase) ?? 0) + 1);
  };
  for (const { phrasings, phrasingsEn } of readCorpus()) {
    for (let at = 0; at < phrasings.length; at += 8) add(phrasings[at] as string);
    for (let at = 0; at < phrasingsEn.length; at += 8) add(phrasingsEn[at] as string);
  }
  return { counts, lines: Math.max(1, lines) };
});

/**
 * Keywords and key phrases of some texts, most telling first.
 *
 * In:  any texts (of more than 20,000 the first; of each the first 400 characters); how many to give (10); in how many
 *      texts a phrase must stand (2, or 1 where there are fewer than four texts).
 */
export function findKeywords(
  texts: readonly string[],
  { limit = 10, atLeast }: { limit?: number; atLeast?: number } = {},
): Keyword[] {
  const read = texts.slice(0, mostTexts);
  const least = atLeast ?? (read.length < 4 ? 1 : 2);
  const candidates = countCandidates(read);
  const frequent = [...candidates.values()].filter(({ texts: count }) => count >= least);
  const { lines } = background();
  const scored = withoutPieces(frequent)
    .filter(({ phrase, left, right }) => isFree(phrase, left, right, least))
    .map(({ phrase, texts: count, usual }) => {
      const lift = Math.log2(count / read.length / ((usual + 0.5) / lines));
      const length = /^\p{Script=Han}/u.test(phrase) ? [...phrase].length / 2 : phrase.split(" ").length;
      const word = isListed(phrase) ? 1.6 : least > 1 && count < 3 ? 0.6 : 1;
      return { phrase, count, score: count * lift * word * Math.sqrt(Math.min(least > 1 ? 3 : 2, length)) };
    })
    .filter(({ score }) => score > 0);
  return scored.sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1)).slice(0, limit);
}

/** A word of the lists of what shops and customers say is no chance string. */
function isListed(phrase: string): boolean {
  if (!/^\p{Script=Han}/u.test(phrase)) return true;
  return findHanConcepts(phrase).some(({ start, end }) => start === 0 && end === phrase.length);
}

function countCandidates(texts: readonly string[]): Map<string, Candidate> {
  const { counts } = background();
  const candidates = new Map<string, Candidate>();
  for (const text of texts) {
    const seen = new Set<string>();
    for (const { phrase, left, right } of gramsOf(text, longestHan, longestWords)) {
      let candidate = candidates.get(phrase);
      if (candidate === undefined) {
        candidate = { phrase, texts: 0, usual: usualOf(counts, phrase), left: new Set(), right: new Set() };
        candidates.set(phrase, candidate);
      }
      if (!seen.has(phrase)) candidate.texts += 1;
      seen.add(phrase);
      if (candidate.left.size < 4) candidate.left.add(left);
      if (candidate.right.size < 4) candidate.right.add(right);
    }
  }
  return candidates;
}

/** A phrase is at most as usual as the least usual piece of it. */
function usualOf(counts: ReadonlyMap<string, number>, phrase: string): number {
  const known = counts.get(phrase);
  if (known !== undefined) return known;
  if (!/^\p{Script=Han}/u.test(phrase)) {
    return Math.min(...phrase.split(" ").map((word) => counts.get(word) ?? 0));
  }
  const characters = [...phrase];
  if (characters.length <= 3) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + 3 <= characters.length; at += 1)
    least = Math.min(least, counts.get(characters.slice(at, at + 3).join("")) ?? 0);
  return least;
}

/** Runs of Han characters and of words that could be phrases, with what stands beside them. */
function gramsOf(
  text: string,
  hanLength: number,
  wordLength: number,
): { phrase: string; left: string; right: string }[] {
  const grams: { phrase: string; left: string; right: string }[] = [];
  for (const [run] of normalise(text.slice(0, longestText)).text.matchAll(
    /\p{Script=Han}+|(?<![#\w])[a-z][a-z']*(?: [a-z][a-z']*)*/gu,
  )) {
    if (/^\p{Script=Han}/u.test(run)) addHan(grams, [...run], hanLength);
    else addWords(grams, run.split(" "), wordLength);
  }
  return grams;
}

function addHan(
  grams: { phrase: string; left: string; right: string }[],
  run: string[],
  longest: number,
): void {
  for (let at = 0; at < run.length; at += 1) {
    for (let length = 2; length <= longest && at + length <= run.length; length += 1) {
      const phrase = run.slice(at, at + length).join("");
      if (hanEdge.test(phrase) || hanAsking.test(phrase)) continue;
      grams.push({
        phrase,
        left: run[at - 1] ?? `^${grams.length}`,
        right: run[at + length] ?? `$${grams.length}`,
      });
    }
  }
}

function addWords(
  grams: { phrase: string; left: string; right: string }[],
  words: string[],
  longest: number,
): void {
  for (let at = 0; at < words.length; at += 1) {
    for (let length = 1; length <= longest && at + length <= words.length; length += 1) {
      const part = words.slice(at, at + length);
      const [first = "", last = ""] = [part[0], part.at(-1)];
      if (
        isStopWord(first) ||
        isStopWord(last) ||
        first.length < 3 ||
        last.length < 3 ||
        isAsking(first) ||
        isAsking(last)
      )
        continue;
      grams.push({
        phrase: part.join(" "),
        left: words[at - 1] ?? `^${grams.length}`,
        right: words[at + length] ?? `$${grams.length}`,
      });
    }
  }
}

function isAsking(word: string): boolean {
  return /^(?:how|what|when|where|which|who|why|does|want|need|know|get|got|much|many|long|one|ones|like|still|yet|now|also)$/u.test(
    word,
  );
}

/** A phrase that nearly always stands inside the same longer one is only a piece of it. */
function withoutPieces(candidates: Candidate[]): Candidate[] {
  const byPhrase = new Map(candidates.map((candidate) => [candidate.phrase, candidate]));
  const swallowed = new Set<string>();
  for (const { phrase, texts } of candidates) {
    for (const piece of piecesOf(phrase)) {
      const inner = byPhrase.get(piece);
      if (inner !== undefined && texts >= inner.texts * 0.7) swallowed.add(piece);
    }
  }
  return candidates.filter(({ phrase }) => !swallowed.has(phrase));
}

function piecesOf(phrase: string): string[] {
  const isHan = /^\p{Script=Han}/u.test(phrase);
  const units = isHan ? [...phrase] : phrase.split(" ");
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += 1)
    for (let end = at + 1; end <= units.length; end += 1)
      if (end - at < units.length) pieces.push(units.slice(at, end).join(isHan ? "" : " "));
  return pieces;
}

/** A word has changing neighbours; "货的运" has not. */
function isFree(
  phrase: string,
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
  least: number,
): boolean {
  if (least < 2 || !/^\p{Script=Han}/u.test(phrase)) return true;
  return left.size > 1 && right.size > 1;
}

/** Whether two keywords say one thing ("refund", "refunds"; "退货", "退货运费"). */
export function isSameKeyword(a: string, b: string): boolean {
  const stems = (phrase: string) => phrase.split(" ").map(stemOf).join(" ");
  return a.includes(b) || b.includes(a) || stems(a) === stems(b);
}
