// Inverted index over a shop's phrasings: which phrasings share features with a message, and how much. Typed arrays,
// rebuilt whole when a phrasing changes (a few ms for a thousand). Used by shop-rows.ts only.

import type { FeatureSpace, RawVector, Vector } from "./feature-space.ts";

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
   * `texts[row]` belongs to phrasing `row`.
   */
  static *building(texts: readonly { raw: RawVector }[], space: FeatureSpace): Generator<void, LexicalIndex> {
    const counts = new Int32Array(space.size + 1);
    for (const { raw } of texts) for (const id of raw.ids) counts[id + 1] = (counts[id + 1] as number) + 1;
    yield;
    for (let i = 0; i < space.size; i += 1) counts[i + 1] = (counts[i + 1] as number) + (counts[i] as number);
    const index = new LexicalIndex(counts, counts[space.size] ?? 0, texts.length);
    const next = counts.slice();
    for (const [row, { raw }] of texts.entries()) {
      const { ids, weights } = space.weigh(raw);
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

  get bytes(): number {
    return 4 * (this.#starts.length + this.#rows.length + this.#weights.length + this.#scores.length);
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
