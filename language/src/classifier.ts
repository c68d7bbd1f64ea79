// The shop's own classifier: logistic regression (regression.ts) on the words and the vector of every own phrasing, a
// sample of the borrowed ones and the background pool. While the shop is calibrated a copy stands beside it that has not
// seen every other text, and judges those. Used by matcher.ts.

import { dotRow, type Wide, widen } from "./dot.ts";
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
/** A feature that stands in one text alone tells nothing about another; of what is only borrowed, only the usual is learnt. */
const leastSeenOwn = 2;
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
  isOff: boolean;
  /** How much the vector counts beside the words, 0-1. */
  trust: number;
  /** Hashes of the features that have weights, by number. */
  hashes: Uint32Array;
  regression: RestingRegression;
}

export class ShopClassifier {
  #regression = new Regression(0, 0, 1);
  #blind: Regression | null = null;
  #numberOf = new Int32Array(0);
  #features = 0;
  #isOff = false;
  #trust = 1;
  /** Training texts, kept until the shop has judged itself. */
  #examplesKept: (Example & { row: number })[] = [];

  get bytes(): number {
    return this.#regression.bytes;
  }

  /** What is to be saved; `space` is the one that it was trained with. */
  state(space: FeatureSpace): ClassifierState {
    const hashes = new Uint32Array(this.#features);
    const hashOf = space.hashes();
    this.#numberOf.forEach((number, id) => {
      if (number >= 0) hashes[number] = hashOf[id] as number;
    });
    const regression = this.#regression.atRest();
    return { isOff: this.#isOff, trust: this.#trust, hashes, regression };
  }

  /** The inverse of `state`, with a new space. */
  static from(saved: ClassifierState, space: FeatureSpace): ShopClassifier {
    const classifier = new ShopClassifier();
    const ids = Array.from(saved.hashes, (hash) => space.reserve(hash));
    classifier.#numberOf = new Int32Array(space.size).fill(-1);
    ids.forEach((id, at) => {
      classifier.#numberOf[id] = at;
    });
    classifier.#features = saved.hashes.length;
    classifier.#isOff = saved.isOff;
    classifier.#trust = saved.trust;
    classifier.#regression = Regression.resting(saved.regression);
    return classifier;
  }

  /** Trains from scratch. */
  *training(shop: ShopRows, centres: Wide): Generator<void> {
    this.#number(shop);
    const dims = shop.rows[0]?.text.vector.length ?? 0;
    const slots = dims === 0 ? 1 : centres.length / dims;
    this.#isOff = this.#features * slots > mostWeights;
    this.#regression = this.#isOff
      ? freshRegression(0, 0, slots, shop.rows)
      : freshRegression(dims, this.#features, slots, shop.rows);
    if (this.#isOff) return;
    this.#trust = yield* trustingVectors(shop);
    this.#examplesKept = yield* this.#examples(shop, centres, () => true);
    yield;
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      this.#regression.train(this.#examplesKept, 1);
      yield;
    }
  }

  /** A copy that is blind to every other text (`isBlindTo`). */
  *trainingBlind(shop: ShopRows): Generator<void> {
    this.#blind = null;
    if (this.#isOff) return;
    const dims = shop.rows[0]?.text.vector.length ?? 0;
    const regression = freshRegression(dims, this.#features, this.#regression.slots, shop.rows);
    const seen = this.#examplesKept.filter(({ row }) => !isBlindTo(row));
    for (let epoch = 0; epoch < blindEpochs; epoch += 1) {
      regression.train(seen, 1);
      yield;
    }
    this.#blind = regression;
  }

  /** Lets go of what only training and judging need. */
  settle(): void {
    this.#blind = null;
    this.#examplesKept = [];
    this.#regression.settle();
  }

  /** Learns an item that was added or changed. */
  learn(shop: ShopRows, centres: Wide, slot: number): void {
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
  predict(sparse: Vector, dense: Wide): Float32Array {
    return this.#regression.predict(this.#known(sparse), this.#trusted(dense));
  }

  /** The same by the copy that has not seen every other text. */
  predictBlind(sparse: Vector, dense: Wide): Float32Array {
    return (this.#blind ?? this.#regression).predict(this.#known(sparse), this.#trusted(dense));
  }

  /** Numbers the features that are not rare. */
  #number(shop: ShopRows): void {
    this.#features = 0;
    this.#numberOf = new Int32Array(0);
    this.#extend(shop);
  }

  #extend(shop: ShopRows): void {
    const before = this.#numberOf;
    this.#numberOf = new Int32Array(shop.space.size).fill(-1);
    this.#numberOf.set(before);
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

  /** Those features that have weights, by their numbers here. */
  #known(sparse: Vector): Vector {
    const ids = new Int32Array(sparse.ids.length);
    const weights = new Float32Array(ids.length);
    let at = 0;
    for (let i = 0; i < sparse.ids.length; i += 1) {
      const number = this.#numberOf[sparse.ids[i] as number] ?? -1;
      if (number < 0) continue;
      ids[at] = number;
      weights[at] = sparse.weights[i] as number;
      at += 1;
    }
    return { ids: ids.subarray(0, at), weights: weights.subarray(0, at) };
  }

  #trusted(dense: Wide): Wide {
    const trust = this.#trust;
    return trust === 1 ? dense : dense.map((value) => trust * value);
  }

  /** The wanted rows as examples, in pieces of a few milliseconds. */
  *#examples(
    shop: ShopRows,
    centres: Wide,
    isWanted: (row: Row, at: number) => boolean,
  ): Generator<void, (Example & { row: number })[]> {
    const borrowed = new Map<number, number>();
    const borrowedOf = new Map<number, number>();
    const ownOf = new Map<number, number>();
    for (const { slot, kind } of shop.rows)
      if (kind === "own") ownOf.set(slot, (ownOf.get(slot) ?? 0) + 1);
      else if (kind === "borrowed") borrowedOf.set(slot, (borrowedOf.get(slot) ?? 0) + 1);
    const examples: (Example & { row: number })[] = [];
    const rivalsKept = new Map<number, Int32Array>();
    /** What is borrowed is told apart from the rivals of its item: finding each one's own would take half of the time. */
    const rivalsOfSlot = (slot: number) => {
      const { length } = shop.rows[0]?.text.vector ?? [];
      const centre = centres.subarray(slot * length, (slot + 1) * length);
      const rivals = rivalsKept.get(slot) ?? rivalsOf(slot, centre, centres);
      rivalsKept.set(slot, rivals);
      return rivals;
    };
    for (const [at, row] of shop.rows.entries()) {
      if (!isWanted(row, at)) continue;
      if (row.kind === "borrowed") {
        const seen = borrowed.get(row.slot) ?? 0;
        borrowed.set(row.slot, seen + 1);
        const step = Math.max(1, Math.ceil((borrowedOf.get(row.slot) ?? 1) / mostBorrowed));
        if (seen % step !== 0) continue;
      }
      const dense = widen(row.text.vector);
      examples.push({
        row: at,
        sparse: this.#known(shop.vectorOf(at)),
        dense: this.#trusted(dense),
        label: row.slot,
        isNot: row.kind === "negative",
        among: row.kind === "borrowed" ? rivalsOfSlot(row.slot) : rivalsOf(row.slot, dense, centres),
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
function rivalsOf(slot: number, vector: Wide, centres: Wide): Int32Array {
  const cosines = new Float32Array(centres.length / vector.length);
  for (let other = 0; other < cosines.length; other += 1) cosines[other] = dotRow(vector, centres, other);
  const chosen = nearestSlots(cosines, mostRivals);
  chosen[slot] = 1;
  const rivals: number[] = [];
  for (let other = 0; other < cosines.length; other += 1)
    if (chosen[other] === 1 && (other === noneSlot || other === slot || cosines[other] !== 0))
      rivals.push(other);
  return Int32Array.from(rivals);
}

function freshRegression(dims: number, features: number, slots: number, rows: readonly Row[]): Regression {
  const regression = new Regression(dims, features, slots);
  regression.open(noneSlot);
  for (const slot of new Set(rows.map((row) => row.slot))) if (slot !== noneSlot) regression.open(slot);
  return regression;
}
