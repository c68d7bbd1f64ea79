// Inverted index over a shop's phrasings: which phrasings share features with a message, and how much. Typed arrays,
// rebuilt whole when a phrasing changes (a few ms for a thousand). Used by shop-rows.ts only.

import type { Vector } from "./feature-space.ts";

const textsAtOnce = 2_000;

export class LexicalIndex {
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  readonly #weights: Float32Array;
  readonly #scores: Float32Array;

  private constructor(starts: Int32Array, postings: number, texts: number) {
    this.#starts = starts;
    this.#rows = new Int32Array(postings);
    this.#weights = new Float32Array(postings);
    this.#scores = new Float32Array(texts);
  }

  static readonly empty = new LexicalIndex(new Int32Array(1), 0, 0);

  /**
   * Builds one in pieces of a few milliseconds.
   *
   * `vectors[row]` belongs to phrasing `row`; `featureCount` is the size of the feature space.
   */
  static *building(vectors: readonly Vector[], featureCount: number): Generator<void, LexicalIndex> {
    const counts = new Int32Array(featureCount + 1);
    for (const [row, { ids }] of vectors.entries()) {
      for (const id of ids) counts[id + 1] = (counts[id + 1] ?? 0) + 1;
      if (row % textsAtOnce === textsAtOnce - 1) yield;
    }
    for (let i = 0; i < featureCount; i += 1) counts[i + 1] = (counts[i + 1] ?? 0) + (counts[i] ?? 0);
    const index = new LexicalIndex(counts, counts[featureCount] ?? 0, vectors.length);
    const next = counts.slice();
    for (const [row, { ids, weights }] of vectors.entries()) {
      for (let i = 0; i < ids.length; i += 1) {
        const id = ids[i] as number;
        const place = next[id] as number;
        index.#rows[place] = row;
        index.#weights[place] = weights[i] as number;
        next[id] = place + 1;
      }
      if (row % textsAtOnce === textsAtOnce - 1) yield;
    }
    return index;
  }

  /** Cosine of the message with every phrasing. The array is reused by the next call. */
  score(message: Vector): Float32Array {
    const scores = this.#scores;
    scores.fill(0);
    for (let i = 0; i < message.ids.length; i += 1) {
      const id = message.ids[i] as number;
      const weight = message.weights[i] as number;
      const end = this.#starts[id + 1] ?? 0;
      for (let at = this.#starts[id] ?? 0; at < end; at += 1) {
        const row = this.#rows[at] as number;
        scores[row] = (scores[row] as number) + weight * (this.#weights[at] as number);
      }
    }
    return scores;
  }
}
