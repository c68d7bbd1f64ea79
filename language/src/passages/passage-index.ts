// Which passages of a shop's documents answer a question: BM25 over Han pairs, stems, codes and synonym groups, joined with
// what the encoder thinks each sentence is about and, where the shop has an embedding model, with its vectors. One segment
// a document; nothing is recomputed when another document changes. Knows no database and no tenant: belongs to one.

import { unifyCharacters } from "../characters.ts";
import { type PassageSegment, type SourcePassage, vectorOf } from "./passage-segment.ts";
import { ownTerms, type QuestionTerm, questionTerms } from "./passage-terms.ts";

export interface RankedPassage<Passage extends SourcePassage = SourcePassage> {
  /** The key of its segment, and its place there. */
  segment: string;
  row: number;
  passage: Passage;
  /** 0 to 1: how much of the question the passage covers, and how near it is in meaning. */
  score: number;
  /** The share of the question's words that stand in it, the rare ones counting most. 0 to 1. */
  covered: number;
  /** Cosine of the question with the nearest sentence. */
  near: number;
}

/** A question taken apart once, with how much each of its terms says among these passages. */
export interface ReadQuestion {
  text: string;
  /** Weight by term: its kind times its rarity; its own words, and with the groups of words near in meaning. */
  terms: ReadonlyMap<number, number>;
  wideTerms: ReadonlyMap<number, number>;
  /** What full coverage would be. */
  total: number;
  wideTotal: number;
  /** The share of the question that stands in no document at all. */
  unknown: number;
  vector: Float32Array;
}

/** How much the encoder's nearness counts beside the words. */
const nearShare = 0.22;
/** A model of the shop's choice, where its vectors are there. */
const modelShare = 0.3;
/** Passages looked at for nearness: more never came to the top (see the tests of this folder). */
const mostWeighed = 60;
/** Rarity in a small collection says little: as if there were this many ordinary passages beside it. */
const background = 30;
/** Of a Han pair that stands nowhere: it may be a word that the documents lack, or no word at all. */
const unknownShare = 0.7;
const seamShare = 0.05;
const edgeShare = 0.4;

/** Cosine by passage id from an embedding model; null where it has none. */
export type ModelNearness = (passageId: string) => number | null;

export class PassageIndex<Passage extends SourcePassage = SourcePassage> {
  readonly #segments = new Map<string, PassageSegment<Passage>>();
  #size = 0;
  #scores = new Float32Array(0);
  #stands = new Uint32Array(0);

  get size(): number {
    return this.#size;
  }

  /** Rough memory in bytes. */
  get bytes(): number {
    let sum = 0;
    for (const segment of this.#segments.values()) sum += segment.bytes;
    return sum;
  }

  set(key: string, segment: PassageSegment<Passage>): void {
    this.remove(key);
    this.#segments.set(key, segment);
    this.#size += segment.passages.length;
  }

  remove(key: string): void {
    this.#size -= this.#segments.get(key)?.passages.length ?? 0;
    this.#segments.delete(key);
  }

  /** Takes a question apart. The same reading serves `find` and the choice of sentences. */
  read(question: string): ReadQuestion {
    const [terms, wideTerms] = [new Map<number, number>(), new Map<number, number>()];
    let [total, wideTotal, missing] = [0, 0, 0];
    for (const [hash, term] of questionTerms(question)) {
      const seenIn = this.#seenIn(hash);
      const rarity = Math.log(1 + (this.#size + background - seenIn + 0.5) / (seenIn + 0.5));
      const counts = term.weight * rarity * (seenIn === 0 ? this.#shareOfUnknown(term) : 1);
      // a group that no document speaks of takes nothing from the others
      if (term.isWide !== true || seenIn > 0) {
        wideTotal += counts;
        wideTerms.set(hash, counts);
      }
      if (term.isWide === true) continue;
      total += counts;
      if (seenIn === 0) missing += counts;
      terms.set(hash, counts);
    }
    const unknown = total === 0 ? 1 : missing / total;
    const text = unifyCharacters(question);
    return { text, terms, wideTerms, total, wideTotal, unknown, vector: vectorOf(question) };
  }

  #seenIn(hash: number): number {
    let sum = 0;
    for (const segment of this.#segments.values()) sum += segment.seenIn(hash);
    return sum;
  }

  /** A pair between two that are known is their seam ("衣柜安装": 柜安); alone it is a word that the documents lack. */
  #shareOfUnknown({ before, after, isAtEdge }: QuestionTerm): number {
    if (before === undefined || after === undefined) return unknownShare;
    if (this.#seenIn(before) === 0 || this.#seenIn(after) === 0) return unknownShare;
    // a single character is seen nearly everywhere: only beside a pair does it tell a seam
    return isAtEdge === true ? edgeShare : seamShare;
  }

  /** The best passages, best first; none that shares no word with the question and is not near it either. */
  find(question: ReadQuestion, most: number, model: ModelNearness | null = null): RankedPassage<Passage>[] {
    const hits: Hit<Passage>[] = [];
    for (const [key, segment] of this.#segments) this.#collect(key, segment, question, hits);
    hits.sort((a, b) => b.covered - a.covered);
    const weighed = varied(hits, Math.max(mostWeighed, most));
    for (const hit of weighed) {
      const segment = this.#segments.get(hit.segment) as PassageSegment<Passage>;
      hit.near = segment.nearness(hit.row, question.vector);
      const said = model?.(hit.passage.id) ?? null;
      const own = (1 - nearShare) * hit.covered + nearShare * hit.near;
      hit.score = said === null ? own : (1 - modelShare) * own + modelShare * Math.max(0, said);
    }
    weighed.sort((a, b) => b.score - a.score);
    return inTurn(weighed, most).map(({ stands: _, ...ranked }) => ranked);
  }

  #collect(
    key: string,
    segment: PassageSegment<Passage>,
    { wideTerms: terms, wideTotal: total }: ReadQuestion,
    hits: Hit<Passage>[],
  ): void {
    const size = segment.passages.length;
    if (this.#scores.length < size) {
      this.#scores = new Float32Array(size * 2);
      this.#stands = new Uint32Array(size * 2);
    }
    const scores = this.#scores.fill(0, 0, size);
    const stands = this.#stands.fill(0, 0, size);
    let bit = 1;
    for (const [hash, weight] of terms) {
      segment.addTerm(hash, weight, scores, stands, bit);
      bit = bit === 1 << 31 ? 1 : bit << 1; // of more than 32 terms two share a bit: the sets are only compared
    }
    for (let row = 0; row < size; row += 1) {
      const covered = total === 0 ? 0 : Math.min(1, (scores[row] as number) / total);
      if (covered <= 0.02) continue;
      const passage = segment.passages[row] as Passage;
      hits.push({ segment: key, row, passage, score: 0, covered, near: 0, stands: stands[row] as number });
    }
  }
}

/** A passage with the set of the question's terms that stand in it, a bit each. */
interface Hit<Passage extends SourcePassage> extends RankedPassage<Passage> {
  stands: number;
}

/** So that hundreds of rows that all say "washing machine" and nothing else do not fill the places of other passages. */
const mostAlike = 6;
const alikeShare = 0.9;

/** The first `most` of which no more than a few hold the same words of the question. */
function varied<Passage extends SourcePassage>(hits: readonly Hit<Passage>[], most: number): Hit<Passage>[] {
  const seen = new Map<string, number>();
  const kept: Hit<Passage>[] = [];
  for (const hit of hits) {
    if (kept.length === most) break;
    const alike = `${hit.segment} ${hit.stands}`;
    const times = seen.get(alike) ?? 0;
    seen.set(alike, times + 1);
    if (times < mostAlike) kept.push(hit);
  }
  return kept;
}

/** Best first, where a passage that holds no other words of the question than one before it counts for less. */
function inTurn<Passage extends SourcePassage>(hits: Hit<Passage>[], most: number): Hit<Passage>[] {
  const waiting = [...hits];
  const chosen: Hit<Passage>[] = [];
  while (chosen.length < most && waiting.length > 0) {
    const best = waiting.reduce((first, one) => (one.score > first.score ? one : first));
    waiting.splice(waiting.indexOf(best), 1);
    chosen.push(best);
    for (const hit of waiting)
      if (hit.segment === best.segment && (hit.stands & ~best.stands) === 0) hit.score *= alikeShare;
  }
  return chosen;
}

/** The terms of a text, for `shareIn`. */
export function termsIn(text: string): ReadonlySet<number> {
  return ownTerms(text);
}

/** Which share of the question stands in these texts taken together, given by their terms: 0 to 1. */
export function shareIn({ terms, total }: ReadQuestion, texts: readonly ReadonlySet<number>[]): number {
  if (total === 0) return 0;
  let sum = 0;
  for (const [hash, weight] of terms) if (texts.some((text) => text.has(hash))) sum += weight;
  return sum / total;
}
