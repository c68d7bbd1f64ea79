// The passages of one document, ready to be searched: which terms stand where (postings in typed arrays, 3 bytes each), and
// what each sentence is about (the encoder's vector, a byte a dimension). A changed document is a new segment; the others
// stay as they are. Made and read by passage-index.ts.

import { shippedEncoder, toUnit } from "../encoder.ts";
import { HashTable } from "../feature-hash.ts";
import { extractFeatures } from "../features.ts";
import { normalise } from "../normalise.ts";
import { hashedFeatures } from "../prepared-text.ts";
import { countTerms } from "./passage-terms.ts";
import { splitSentences } from "./split-sentences.ts";

export interface SourcePassage {
  id: string;
  text: string;
  /** The title of the document and the headings above, outermost first: found like text, a heading twice as well. */
  title: string;
  heading: readonly string[];
}

/** BM25: how soon repetition stops to count, and how much a long passage is held back. */
const saturation = 1.2;
const lengthShare = 0.5;
/** Terms of an ordinary passage; fixed, so that a segment does not change with its neighbours. */
const usualLength = 600;
/** What a full byte of an impact stands for. */
export const impactStep = (saturation + 1) / 255;
const sentencesAtOnce = 20;
/** A shorter one ("见下表。") says nothing by itself; of a longer one the head says what it is about. */
const shortestSentence = 6;
const longestSentence = 200;
/** More passages than a number of a posting can name. */
export const mostPassagesOfSegment = 65_535;

export class PassageSegment<Passage extends SourcePassage = SourcePassage> {
  readonly passages: readonly Passage[];
  readonly #terms: HashTable;
  readonly #starts: Uint32Array;
  readonly #rows: Uint16Array;
  readonly #impacts: Uint8Array;
  /** First vector of each passage, and one after the last. */
  readonly #firstVector: Uint32Array;
  readonly #vectors: Int8Array;

  private constructor(
    passages: readonly Passage[],
    terms: HashTable,
    postings: { starts: Uint32Array; rows: Uint16Array; impacts: Uint8Array },
    vectors: { first: Uint32Array; all: Int8Array },
  ) {
    this.passages = passages;
    this.#terms = terms;
    this.#starts = postings.starts;
    this.#rows = postings.rows;
    this.#impacts = postings.impacts;
    this.#firstVector = vectors.first;
    this.#vectors = vectors.all;
  }

  /** Builds one in pieces of a few milliseconds. @throws RangeError for more than 65,535 passages */
  static *building<Passage extends SourcePassage>(
    passages: readonly Passage[],
  ): Generator<void, PassageSegment<Passage>> {
    if (passages.length > mostPassagesOfSegment) throw new RangeError("too many passages for one segment");
    const terms = new HashTable();
    const lists: { rows: number[]; impacts: number[] }[] = [];
    for (const [row, passage] of passages.entries()) {
      const counts = countTerms(weighedText(passage));
      let length = 0;
      for (const count of counts.values()) length += count;
      const hold = saturation * (1 - lengthShare + (lengthShare * length) / usualLength);
      for (const [hash, count] of counts) {
        const term = terms.add(hash);
        const list = lists[term] ?? { rows: [], impacts: [] };
        lists[term] = list;
        list.rows.push(row);
        list.impacts.push(Math.round((count * (saturation + 1)) / (count + hold) / impactStep));
      }
      if (row % 4 === 3) yield;
    }
    return new PassageSegment(passages, terms, pack(lists), yield* vectorsOf(passages));
  }

  get bytes(): number {
    const texts = this.passages.reduce((sum, { text }) => sum + 2 * text.length + 200, 0);
    return texts + 12 * this.#terms.size * 2 + 3 * this.#rows.length + this.#vectors.length;
  }

  /** In how many passages the term stands. */
  seenIn(hash: number): number {
    const term = this.#terms.find(hash);
    return term < 0 ? 0 : (this.#starts[term + 1] as number) - (this.#starts[term] as number);
  }

  /** Adds the term's weighted impacts to the passages' scores, and sets its bit where it stands. */
  addTerm(hash: number, weight: number, scores: Float32Array, stands: Uint32Array, bit: number): void {
    const term = this.#terms.find(hash);
    if (term < 0) return;
    const end = this.#starts[term + 1] as number;
    for (let at = this.#starts[term] as number; at < end; at += 1) {
      const row = this.#rows[at] as number;
      scores[row] = (scores[row] as number) + weight * impactStep * (this.#impacts[at] as number);
      stands[row] = (stands[row] as number) | bit;
    }
  }

  /** Cosine of the question with the passage's nearest sentence; 0 where it has none. */
  nearness(row: number, question: Float32Array): number {
    const dims = question.length;
    let best = 0;
    const last = this.#firstVector[row + 1] as number;
    for (let at = this.#firstVector[row] as number; at < last; at += 1) {
      let sum = 0;
      for (let d = 0; d < dims; d += 1)
        sum += (question[d] as number) * (this.#vectors[at * dims + d] as number);
      if (sum > best) best = sum;
    }
    return best / 127;
  }
}

function weighedText({ title, heading, text }: SourcePassage): string {
  const above = heading.join("\n");
  return `${title}\n${above}\n${above}\n${text}`;
}

function pack(lists: readonly { rows: number[]; impacts: number[] }[]) {
  const starts = new Uint32Array(lists.length + 1);
  for (const [term, { rows }] of lists.entries()) starts[term + 1] = (starts[term] as number) + rows.length;
  const rows = new Uint16Array(starts[lists.length] as number);
  const impacts = new Uint8Array(rows.length);
  for (const [term, list] of lists.entries()) {
    rows.set(list.rows, starts[term]);
    impacts.set(list.impacts, starts[term]);
  }
  return { starts, rows, impacts };
}

function* vectorsOf(
  passages: readonly SourcePassage[],
): Generator<void, { first: Uint32Array; all: Int8Array }> {
  const first = new Uint32Array(passages.length + 1);
  const vectors: Int8Array[] = [];
  for (const [row, { text, heading }] of passages.entries()) {
    const lead = heading.at(-1) ?? "";
    const sentences = splitSentences(text).map(({ start, end }) =>
      text.slice(start, Math.min(end, start + longestSentence)),
    );
    for (const sentence of lead === "" ? sentences : [lead, ...sentences]) {
      if (sentence.length < shortestSentence && sentence !== lead) continue;
      vectors.push(Int8Array.from(vectorOf(sentence), (value) => Math.round(127 * value)));
      if (vectors.length % sentencesAtOnce === 0) yield;
    }
    first[row + 1] = vectors.length;
  }
  const dims = shippedEncoder().dims;
  const all = new Int8Array(vectors.length * dims);
  for (const [at, vector] of vectors.entries()) all.set(vector, at * dims);
  return { first, all };
}

/** What a text is about: the encoder's unit vector. */
export function vectorOf(text: string): Float32Array {
  const { hashes, kinds } = hashedFeatures(extractFeatures(normalise(text).text));
  return toUnit(shippedEncoder().encodeHashed(hashes, kinds));
}
