// The shop's own classifier: logistic regression (regression.ts) on the words and the vector of every own phrasing, a
// sample of the borrowed ones and the background pool. While the shop is calibrated a copy stands beside it that has not
// seen every other text, and judges those. Used by matcher.ts.

import type { FeatureSpace, Vector } from "./feature-space.ts";
import { type Example, Regression, type RestingRegression } from "./regression.ts";
import { nearestSlots } from "./scores.ts";
import { noneSlot, type Row, type ShopRows } from "./shop-rows.ts";
import { trustingVectors } from "./vector-trust.ts";

const epochs = 4;
const blindEpochs = 3;
const epochsPerUpdate = 3;
const othersPerUpdate = 500;
const noneImportance = 0.5;
const borrowedImportance = 0.35;
const mostBorrowed = 12;
const enoughOwn = 8;
/** In a shop with this many own phrasings, a feature that stands in one text alone is left out to save memory. */
const manyOwn = 2_000;
const leastSeenBorrowed = 4;
const mostRivals = 24;
const examplesAtOnce = 200;
/** Weights of a larger model would not fit a shop's machine; such a shop is matched without a classifier. */
const mostWeights = 16_000_000;

/** Whether the blind copy has not seen a row. */
export function isBlindTo(row: number): boolean {
  return row % 2 === 1;
}

/** An item with many own phrasings needs borrowed ones less: 1 up to eight of its own, then falling. */
export function shareOfBorrowed(own: number): number {
  return Math.min(1, enoughOwn / Math.max(1, own));
}

/** A classifier as it is saved. */
export interface ClassifierState {
  dims: number;
  isOff: boolean;
  /** How much the vector counts beside the words, 0-1. */
  trust: number;
  /** Hashes of the features that have weights, by number; before them stand `dims` numbers for the vector. */
  hashes: Uint32Array;
  regression: RestingRegression;
}

export class ShopClassifier {
  #regression = new Regression(0, 1);
  #blind: Regression | null = null;
  #numberOf = new Int32Array(0);
  #features = 0;
  #isOff = false;
  #dims = 0;
  #trust = 1;
  /** Training texts, kept until the shop has judged itself. */
  #known: (Example & { row: number })[] = [];

  get bytes(): number {
    return this.#regression.bytes;
  }

  /** What is to be saved; `space` is the one that it was trained with. */
  state(space: FeatureSpace): ClassifierState {
    const hashes = new Uint32Array(this.#features - this.#dims);
    const hashOf = space.hashes();
    this.#numberOf.forEach((number, id) => {
      if (number >= 0) hashes[number - this.#dims] = hashOf[id] as number;
    });
    const regression = this.#regression.atRest();
    return { dims: this.#dims, isOff: this.#isOff, trust: this.#trust, hashes, regression };
  }

  /** The inverse of `state`, with a new space. */
  static from(saved: ClassifierState, space: FeatureSpace): ShopClassifier {
    const classifier = new ShopClassifier();
    const ids = Array.from(saved.hashes, (hash) => space.reserve(hash));
    classifier.#numberOf = new Int32Array(space.size).fill(-1);
    ids.forEach((id, at) => {
      classifier.#numberOf[id] = saved.dims + at;
    });
    classifier.#dims = saved.dims;
    classifier.#features = saved.dims + saved.hashes.length;
    classifier.#isOff = saved.isOff;
    classifier.#trust = saved.trust;
    classifier.#regression = Regression.resting(saved.regression);
    return classifier;
  }

  /** Trains from scratch. */
  *training(shop: ShopRows, centres: Float32Array): Generator<void> {
    this.#number(shop);
    const slots = this.#dims === 0 ? 1 : centres.length / this.#dims;
    this.#isOff = this.#features * slots > mostWeights;
    const size = this.#isOff ? 0 : this.#features;
    this.#regression = freshRegression(size, slots, shop.rows);
    if (this.#isOff) return;
    this.#trust = yield* trustingVectors(shop);
    this.#known = yield* this.#examples(shop, centres, () => true);
    yield;
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      this.#regression.train(this.#known, 1);
      yield;
    }
  }

  /** A copy that is blind to every other text (`isBlindTo`). */
  *trainingBlind(shop: ShopRows): Generator<void> {
    this.#blind = null;
    if (this.#isOff) return;
    const regression = freshRegression(this.#features, this.#regression.slots, shop.rows);
    const seen = this.#known.filter(({ row }) => !isBlindTo(row));
    for (let epoch = 0; epoch < blindEpochs; epoch += 1) {
      regression.train(seen, 1);
      yield;
    }
    this.#blind = regression;
  }

  /** Lets go of what only training and judging need. */
  settle(): void {
    this.#blind = null;
    this.#known = [];
    this.#regression.settle();
  }

  /** Learns an item that was added or changed. */
  learn(shop: ShopRows, centres: Float32Array, slot: number): void {
    if (this.#isOff) return;
    this.#extend(shop);
    this.#regression.growTo(this.#features);
    this.#regression.open(slot);
    const step = Math.max(1, Math.floor(shop.rows.length / othersPerUpdate));
    const choosing = this.#examples(shop, centres, (row, at) => row.slot === slot || at % step === 0);
    let chosen = choosing.next();
    while (chosen.done !== true) chosen = choosing.next();
    this.#regression.train(chosen.value, epochsPerUpdate);
    this.#regression.settle();
  }

  close(slot: number): void {
    this.#regression.close(slot);
  }

  /** Probability of every slot; the array is reused by the next call. */
  predict(sparse: Vector, dense: Float32Array): Float32Array {
    return this.#regression.predict(this.#vectorOf(sparse, dense));
  }

  /** The same by the copy that has not seen every other text. */
  predictBlind(sparse: Vector, dense: Float32Array): Float32Array {
    return (this.#blind ?? this.#regression).predict(this.#vectorOf(sparse, dense));
  }

  /** Numbers the features that own phrasings have, and of the others those that are not rare. */
  #number(shop: ShopRows): void {
    this.#dims = shop.rows[0]?.text.vector.length ?? 0;
    this.#features = this.#dims;
    this.#numberOf = new Int32Array(0);
    this.#extend(shop);
  }

  #extend(shop: ShopRows): void {
    const before = this.#numberOf;
    this.#numberOf = new Int32Array(shop.space.size).fill(-1);
    this.#numberOf.set(before);
    const own = shop.rows.reduce((count, { kind }) => count + (kind === "own" ? 1 : 0), 0);
    const leastSeenOwn = own < manyOwn ? 1 : 2;
    for (const { kind, raw } of shop.rows) {
      for (const id of raw.ids) {
        if (
          this.#numberOf[id] !== -1 ||
          shop.space.countOf(id) < (kind === "own" ? leastSeenOwn : leastSeenBorrowed)
        )
          continue;
        this.#numberOf[id] = this.#features;
        this.#features += 1;
      }
    }
  }

  #vectorOf(sparse: Vector, dense: Float32Array): Vector {
    const ids = new Int32Array(dense.length + sparse.ids.length);
    const weights = new Float32Array(ids.length);
    for (let d = 0; d < dense.length; d += 1) {
      ids[d] = d;
      weights[d] = this.#trust * (dense[d] as number);
    }
    let at = dense.length;
    for (let i = 0; i < sparse.ids.length; i += 1) {
      const number = this.#numberOf[sparse.ids[i] as number] ?? -1;
      if (number < 0) continue;
      ids[at] = number;
      weights[at] = sparse.weights[i] as number;
      at += 1;
    }
    return { ids: ids.subarray(0, at), weights: weights.subarray(0, at) };
  }

  /** The wanted rows as examples, in pieces of a few milliseconds. */
  *#examples(
    shop: ShopRows,
    centres: Float32Array,
    isWanted: (row: Row, at: number) => boolean,
  ): Generator<void, (Example & { row: number })[]> {
    const borrowed = new Map<number, number>();
    const borrowedOf = new Map<number, number>();
    const ownOf = new Map<number, number>();
    for (const { slot, kind } of shop.rows)
      if (kind === "own") ownOf.set(slot, (ownOf.get(slot) ?? 0) + 1);
      else if (kind === "borrowed") borrowedOf.set(slot, (borrowedOf.get(slot) ?? 0) + 1);
    const examples: (Example & { row: number })[] = [];
    for (const [at, row] of shop.rows.entries()) {
      if (!isWanted(row, at)) continue;
      if (row.kind === "borrowed") {
        const seen = borrowed.get(row.slot) ?? 0;
        borrowed.set(row.slot, seen + 1);
        const step = Math.max(1, Math.ceil((borrowedOf.get(row.slot) ?? 1) / mostBorrowed));
        if (seen % step !== 0) continue;
      }
      examples.push({
        row: at,
        vector: this.#vectorOf(shop.vectors[at] as Vector, row.text.vector),
        label: row.slot,
        isNot: row.kind === "negative",
        among: rivalsOf(row, centres),
        importance:
          row.kind === "borrowed"
            ? borrowedImportance * shareOfBorrowed(ownOf.get(row.slot) ?? 0)
            : row.slot === noneSlot
              ? noneImportance
              : 1,
      });
      if (examples.length % examplesAtOnce === 0) yield;
    }
    return examples;
  }
}

/** The slots whose centres are nearest to a text, its own and "none" among them. */
function rivalsOf({ slot, text }: Row, centres: Float32Array): Int32Array {
  const { vector } = text;
  const slots = centres.length / vector.length;
  const cosines = new Float32Array(slots);
  for (let other = 0; other < slots; other += 1) {
    let sum = 0;
    for (let d = 0; d < vector.length; d += 1)
      sum += (vector[d] as number) * (centres[other * vector.length + d] as number);
    cosines[other] = sum;
  }
  const chosen = nearestSlots(cosines, mostRivals);
  chosen[slot] = 1;
  const rivals: number[] = [];
  for (let other = 0; other < slots; other += 1)
    if (chosen[other] === 1 && (other === noneSlot || other === slot || cosines[other] !== 0))
      rivals.push(other);
  return Int32Array.from(rivals);
}

function freshRegression(features: number, slots: number, rows: readonly Row[]): Regression {
  const regression = new Regression(features, slots);
  regression.open(noneSlot);
  for (const slot of new Set(rows.map((row) => row.slot))) if (slot !== noneSlot) regression.open(slot);
  return regression;
}
