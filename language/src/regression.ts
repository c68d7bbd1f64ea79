// Multinomial logistic regression on sparse vectors, trained in some tens of milliseconds by AdaGrad. One class per
// item and one for "none of them" (the background pool). Deterministic: examples are shuffled by a fixed seed.
// Weights lie feature by feature, so that one feature's weights for all classes are read together. Classes are slots:
// a slot may be empty (removed item) and be given to another item later. Used by matcher.ts only.

import type { Vector } from "./feature-space.ts";

export interface Example {
  vector: Vector;
  /** Slot that the text belongs to, or, with `isNot`, certainly does not belong to. */
  label: number;
  isNot: boolean;
  importance: number;
}

/** Step size, and how bold scores are: unit vectors are short. Tuned on open sets (README, Measured). */
const rate = 0.5;
const sharpness = 2;
const decay = 2e-4;
/** Classes whose gradient is smaller are not touched: after two rounds that is most of them. */
const negligible = 0.02;

export class Regression {
  readonly slots: number;
  #weights: Float32Array;
  #squares: Float32Array;
  readonly #bias: Float32Array;
  readonly #biasSquares: Float32Array;
  readonly #scores: Float32Array;
  readonly #isUsed: Uint8Array;
  readonly #wasUsed: Uint8Array;
  #seed = 20_261_121;

  constructor(features: number, slots: number) {
    this.slots = slots;
    this.#weights = new Float32Array(features * slots);
    this.#squares = new Float32Array(features * slots);
    this.#bias = new Float32Array(slots);
    this.#biasSquares = new Float32Array(slots);
    this.#scores = new Float32Array(slots);
    this.#isUsed = new Uint8Array(slots);
    this.#wasUsed = new Uint8Array(slots);
  }

  /** Puts a slot into use. A slot that was in use before gets clean weights. */
  open(slot: number): void {
    this.#isUsed[slot] = 1;
    if (this.#wasUsed[slot] === 0) {
      this.#wasUsed[slot] = 1;
      return;
    }
    this.#bias[slot] = 0;
    this.#biasSquares[slot] = 0;
    for (let at = slot; at < this.#weights.length; at += this.slots) {
      this.#weights[at] = 0;
      this.#squares[at] = 0;
    }
  }

  /** Takes a slot out of use: its probability is 0 from now on. */
  close(slot: number): void {
    this.#isUsed[slot] = 0;
  }

  /** Runs over the examples `epochs` times. Calling it again goes on from the weights reached so far. */
  train(examples: Example[], epochs: number): void {
    const order = examples.map((_, i) => i);
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      for (let i = order.length - 1; i > 0; i -= 1) {
        this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
        const j = this.#seed % (i + 1);
        const kept = order[i] as number;
        order[i] = order[j] as number;
        order[j] = kept;
      }
      for (const i of order) this.#learn(examples[i] as Example);
    }
  }

  /** Room for features that appeared since the model was made. */
  growTo(features: number): void {
    if (features * this.slots <= this.#weights.length) return;
    const room = Math.ceil(features * 1.1) * this.slots;
    const weights = new Float32Array(room);
    weights.set(this.#weights);
    this.#weights = weights;
    const squares = new Float32Array(room);
    squares.set(this.#squares);
    this.#squares = squares;
  }

  /** Lets go of what only training needs (half of the memory). Training again starts the step sizes afresh. */
  settle(): void {
    this.#squares = new Float32Array(0);
  }

  /** Bytes held by the weights. */
  get bytes(): number {
    return this.#weights.byteLength + this.#squares.byteLength;
  }

  /** Probability of every slot. The array is reused by the next call. */
  predict(vector: Vector): Float32Array {
    const { slots } = this;
    const scores = this.#scores;
    const weights = this.#weights;
    scores.set(this.#bias);
    for (let i = 0; i < vector.ids.length; i += 1) {
      const start = (vector.ids[i] as number) * slots;
      if (start >= weights.length) continue;
      const weight = (vector.weights[i] as number) * sharpness;
      for (let c = 0; c < slots; c += 1)
        scores[c] = (scores[c] as number) + weight * (weights[start + c] as number);
    }
    for (let c = 0; c < slots; c += 1) if (this.#isUsed[c] === 0) scores[c] = -1e9;
    return softmax(scores);
  }

  #learn(example: Example): void {
    const { vector, label, isNot, importance } = example;
    if (this.#squares.length === 0) this.#squares = new Float32Array(this.#weights.length);
    const gradient = this.predict(vector);
    if (isNot) pushAway(gradient, label);
    else gradient[label] = (gradient[label] as number) - 1;
    for (let c = 0; c < this.slots; c += 1) {
      const slope = (gradient[c] as number) * importance;
      if (Math.abs(slope) >= negligible) this.#step(vector, c, slope);
    }
  }

  #step(vector: Vector, slot: number, slope: number): void {
    const biasSquares = (this.#biasSquares[slot] as number) + slope * slope;
    this.#biasSquares[slot] = biasSquares;
    this.#bias[slot] = (this.#bias[slot] as number) - (0.1 * rate * slope) / Math.sqrt(biasSquares + 1);
    for (let i = 0; i < vector.ids.length; i += 1) {
      const at = (vector.ids[i] as number) * this.slots + slot;
      const weight = this.#weights[at] as number;
      const gradient = slope * (vector.weights[i] as number) * sharpness + decay * weight;
      const squares = (this.#squares[at] as number) + gradient * gradient;
      this.#squares[at] = squares;
      this.#weights[at] = weight - (rate * gradient) / Math.sqrt(squares + 1e-2);
    }
  }
}

/** Gradient of -log(1 - p[label]): lowers one class and lifts the others in proportion. */
function pushAway(probabilities: Float32Array, label: number): void {
  const p = Math.min(0.999, probabilities[label] as number);
  for (let c = 0; c < probabilities.length; c += 1) {
    probabilities[c] = c === label ? p : (-p * (probabilities[c] as number)) / (1 - p);
  }
}

function softmax(scores: Float32Array): Float32Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let total = 0;
  for (let c = 0; c < scores.length; c += 1) {
    const value = Math.exp((scores[c] as number) - highest);
    scores[c] = value;
    total += value;
  }
  for (let c = 0; c < scores.length; c += 1) scores[c] = (scores[c] as number) / total;
  return scores;
}
