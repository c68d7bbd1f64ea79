// Inverted index over a shop's phrasings: which phrasings share features with a message, and how much. Typed arrays,
// rebuilt whole when a phrasing changes (a few ms for a thousand). Used by matcher.ts only.

import type { Vector } from "./feature-space.ts";

export class LexicalIndex {
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  readonly #weights: Float32Array;
  readonly #scores: Float32Array;

  /** `vectors[row]` belongs to phrasing `row`; `featureCount` is the size of the feature space. */
  constructor(vectors: Vector[], featureCount: number) {
    const counts = new Int32Array(featureCount + 1);
    for (const vector of vectors) for (const id of vector.ids) counts[id + 1] = (counts[id + 1] ?? 0) + 1;
    for (let i = 0; i < featureCount; i += 1) counts[i + 1] = (counts[i + 1] ?? 0) + (counts[i] ?? 0);
    this.#starts = counts;
    const total = counts[featureCount] ?? 0;
    this.#rows = new Int32Array(total);
    this.#weights = new Float32Array(total);
    const next = counts.slice();
    vectors.forEach((vector, row) => {
      for (let i = 0; i < vector.ids.length; i += 1) {
        const id = vector.ids[i] as number;
        const place = next[id] as number;
        this.#rows[place] = row;
        this.#weights[place] = vector.weights[i] as number;
        next[id] = place + 1;
      }
    });
    this.#scores = new Float32Array(vectors.length);
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
