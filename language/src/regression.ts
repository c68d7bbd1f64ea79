// Multinomial logistic regression on a sparse and a dense vector, trained in some tens of milliseconds by AdaGrad. One class
// per item and one for "none of them" (the background pool). Deterministic: examples are shuffled by a fixed seed.
// Weights of sparse features lie feature by feature, so that one feature's weights for all classes are read together; those
// of the dense vector lie class by class. Classes are slots: a slot may be empty (removed item) and be given to another item
// later. Used by classifier.ts only.

import { dotRow, type Wide } from "./dot.ts";
import type { Vector } from "./feature-space.ts";

export interface Example {
  sparse: Vector;
  dense: Wide;
  /** Slot that the text belongs to, or, with `isNot`, certainly does not belong to. */
  label: number;
  isNot: boolean;
  importance: number;
  /** The slots it is told apart from, its own among them: the nearest ones, which are all that matter. */
  among: Int32Array;
}

/** A regression at rest, as it is saved. */
export interface RestingRegression {
  slots: number;
  seed: number;
  dense: Float32Array;
  packed: Int8Array;
  scales: Float32Array;
  bias: Float32Array;
  biasSquares: Float32Array;
  isUsed: Uint8Array;
  wasUsed: Uint8Array;
}

/** Step size, and how bold scores are: unit vectors are short. Tuned on open sets (README, Measured). */
const rate = 0.5;
const sharpness = 2;
const decay = 2e-4;
/** Keeps first steps small. */
const leastSquares = 1e-2;
/** Classes whose gradient is smaller are not touched: after two rounds that is most of them. */
const negligible = 0.005;

export class Regression {
  readonly slots: number;
  readonly #dims: number;
  /** Of the dense vector: `dims` numbers a slot. */
  readonly #dense: Wide;
  #denseSquares = new Float64Array(0);
  #weights: Float32Array;
  #squares: Float32Array;
  readonly #bias: Float32Array;
  readonly #biasSquares: Float32Array;
  readonly #scoresOf: Float32Array;
  readonly #isUsed: Uint8Array;
  readonly #wasUsed: Uint8Array;
  /** The weights at rest: a byte each, and a scale per feature. */
  #packed: Int8Array = new Int8Array(0);
  #scales: Float32Array = new Float32Array(0);
  #seed = 20_261_121;

  constructor(dims: number, features: number, slots: number) {
    this.slots = slots;
    this.#dims = dims;
    this.#dense = new Float64Array(dims * slots);
    this.#weights = new Float32Array(features * slots);
    this.#squares = new Float32Array(0);
    this.#bias = new Float32Array(slots);
    this.#biasSquares = new Float32Array(slots);
    this.#scoresOf = new Float32Array(slots);
    this.#isUsed = new Uint8Array(slots);
    this.#wasUsed = new Uint8Array(slots);
  }

  /** The inverse of `atRest`: predicts and goes on learning as the one that was saved. */
  static resting(saved: RestingRegression): Regression {
    const regression = new Regression(saved.dense.length / Math.max(1, saved.slots), 0, saved.slots);
    regression.#seed = saved.seed;
    regression.#dense.set(saved.dense);
    regression.#packed = saved.packed;
    regression.#scales = saved.scales;
    regression.#bias.set(saved.bias);
    regression.#biasSquares.set(saved.biasSquares);
    regression.#isUsed.set(saved.isUsed);
    regression.#wasUsed.set(saved.wasUsed);
    return regression;
  }

  /** What is to be saved. The arrays are the regression's own. */
  atRest(): RestingRegression {
    this.settle();
    return {
      slots: this.slots,
      seed: this.#seed,
      dense: Float32Array.from(this.#dense),
      packed: this.#packed,
      scales: this.#scales,
      bias: this.#bias,
      biasSquares: this.#biasSquares,
      isUsed: this.#isUsed,
      wasUsed: this.#wasUsed,
    };
  }

  /** Puts a slot into use. A slot that was in use before gets clean weights. */
  open(slot: number): void {
    this.#isUsed[slot] = 1;
    if (this.#wasUsed[slot] === 0) {
      this.#wasUsed[slot] = 1;
      return;
    }
    this.#unsettle();
    this.#bias[slot] = 0;
    this.#biasSquares[slot] = 0;
    this.#dense.fill(0, slot * this.#dims, (slot + 1) * this.#dims);
    for (let at = slot; at < this.#weights.length; at += this.slots) this.#weights[at] = 0;
  }

  /** Takes a slot out of use: its probability is 0 from now on. */
  close(slot: number): void {
    this.#isUsed[slot] = 0;
  }

  /** Runs over the examples `epochs` times. Calling it again goes on from the weights reached so far. */
  train(examples: Example[], epochs: number): void {
    this.#unsettle();
    if (this.#squares.length !== this.#weights.length) this.#squares = new Float32Array(this.#weights.length);
    if (this.#denseSquares.length === 0) this.#denseSquares = new Float64Array(this.#dense.length);
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
    this.#unsettle();
    if (features * this.slots <= this.#weights.length) return;
    const room = Math.ceil(features * 1.1) * this.slots;
    const weights = new Float32Array(room);
    weights.set(this.#weights);
    this.#weights = weights;
  }

  /**
   * Lets go of what only training needs and keeps the sparse weights in a byte each (an eighth of the memory). Training
   * again takes them up from there and starts the step sizes afresh.
   */
  settle(): void {
    this.#squares = new Float32Array(0);
    this.#denseSquares = new Float64Array(0);
    for (let at = 0; at < this.#dense.length; at += 1)
      this.#dense[at] = Math.fround(this.#dense[at] as number); // as saved
    if (this.#weights.length === 0) return;
    const { slots } = this;
    const features = this.#weights.length / slots;
    this.#packed = new Int8Array(this.#weights.length);
    this.#scales = new Float32Array(features);
    for (let feature = 0; feature < features; feature += 1) {
      let largest = 1e-9;
      const end = (feature + 1) * slots;
      for (let at = end - slots; at < end; at += 1)
        largest = Math.max(largest, Math.abs(this.#weights[at] as number));
      this.#scales[feature] = largest / 127;
      const bytes = 127 / largest;
      for (let at = end - slots; at < end; at += 1) {
        const weight = this.#weights[at] as number;
        if (weight !== 0) this.#packed[at] = Math.round(weight * bytes);
      }
    }
    this.#weights = new Float32Array(0);
  }

  #unsettle(): void {
    if (this.#packed.length === 0) return;
    // a loop: Float32Array.from with a function takes a hundred times as long
    const weights = new Float32Array(this.#packed.length);
    for (let feature = 0, at = 0; at < weights.length; feature += 1) {
      const scale = this.#scales[feature] as number;
      for (const end = at + this.slots; at < end; at += 1) weights[at] = scale * (this.#packed[at] as number);
    }
    this.#weights = weights;
    this.#packed = new Int8Array(0);
  }

  /** Bytes held by the weights. */
  get bytes(): number {
    return this.#dense.byteLength + this.#weights.byteLength + this.#packed.byteLength;
  }

  /** Probability of every slot. The array is reused by the next call. */
  predict(sparse: Vector, dense: Wide): Float32Array {
    const { slots } = this;
    const scores = this.#scoresOf;
    const isPacked = this.#packed.length > 0;
    const weights = isPacked ? this.#packed : this.#weights;
    for (let c = 0; c < slots; c += 1) scores[c] = this.#ofDense(dense, c);
    for (let i = 0; i < sparse.ids.length; i += 1) {
      const feature = sparse.ids[i] as number;
      const start = feature * slots;
      if (start >= weights.length) continue;
      const weight =
        (sparse.weights[i] as number) * sharpness * (isPacked ? (this.#scales[feature] as number) : 1);
      for (let c = 0; c < slots; c += 1)
        scores[c] = (scores[c] as number) + weight * (weights[start + c] as number);
    }
    for (let c = 0; c < slots; c += 1) if (this.#isUsed[c] === 0) scores[c] = -1e9;
    return softmax(scores);
  }

  #ofDense(dense: Wide, slot: number): number {
    const known = this.#dims === 0 ? 0 : sharpness * dotRow(dense, this.#dense, slot);
    return (this.#bias[slot] as number) + known;
  }

  #learn({ sparse, dense, label, isNot, importance, among }: Example): void {
    const gradient = this.#predictAmong(sparse, dense, among);
    const at = among.indexOf(label);
    if (isNot) pushAway(gradient, at);
    else gradient[at] = (gradient[at] as number) - 1;
    for (let c = 0; c < among.length; c += 1) {
      const slope = (gradient[c] as number) * importance;
      if (Math.abs(slope) < negligible) continue;
      const slot = among[c] as number;
      this.#stepBias(slot, slope);
      this.#stepDense(dense, slot, slope * sharpness);
      this.#stepSparse(sparse, slot, slope * sharpness);
    }
  }

  /** Probabilities of some slots, in their order. The array is reused by the next call. */
  #predictAmong(sparse: Vector, dense: Wide, among: Int32Array): Float32Array {
    const { slots } = this;
    const weights = this.#weights;
    const scores = this.#scoresOf.subarray(0, among.length);
    for (let c = 0; c < among.length; c += 1) scores[c] = this.#ofDense(dense, among[c] as number);
    for (let i = 0; i < sparse.ids.length; i += 1) {
      const start = (sparse.ids[i] as number) * slots;
      const weight = (sparse.weights[i] as number) * sharpness;
      for (let c = 0; c < among.length; c += 1)
        scores[c] = (scores[c] as number) + weight * (weights[start + (among[c] as number)] as number);
    }
    return softmax(scores);
  }

  #stepBias(slot: number, slope: number): void {
    const squares = (this.#biasSquares[slot] as number) + slope * slope;
    this.#biasSquares[slot] = squares;
    this.#bias[slot] = (this.#bias[slot] as number) - (0.1 * rate * slope) / Math.sqrt(squares + 1);
  }

  #stepDense(dense: Wide, slot: number, slope: number): void {
    const weights = this.#dense;
    const seen = this.#denseSquares;
    const start = slot * dense.length;
    for (let d = 0; d < dense.length; d += 1) {
      const weight = weights[start + d] as number;
      const gradient = slope * (dense[d] as number) + decay * weight;
      const squares = (seen[start + d] as number) + gradient * gradient;
      seen[start + d] = squares;
      weights[start + d] = weight - (rate * gradient) / Math.sqrt(squares + leastSquares);
    }
  }

  #stepSparse(sparse: Vector, slot: number, slope: number): void {
    const weights = this.#weights;
    const seen = this.#squares;
    const { slots } = this;
    for (let i = 0; i < sparse.ids.length; i += 1) {
      const at = (sparse.ids[i] as number) * slots + slot;
      const weight = weights[at] as number;
      const gradient = slope * (sparse.weights[i] as number) + decay * weight;
      const squares = (seen[at] as number) + gradient * gradient;
      seen[at] = squares;
      weights[at] = weight - (rate * gradient) / Math.sqrt(squares + leastSquares);
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
