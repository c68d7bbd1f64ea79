// Numbers for hashed features and how rare each one is among a shop's phrasings, what they borrow, and the background
// pool. Rarity is what makes "运费" weigh more than "怎么". Used by shop-rows.ts, which adds and removes texts as the shop edits.

import { HashTable } from "./feature-hash.ts";
import type { PreparedText } from "./prepared-text.ts";

/** A text as feature numbers with weights of unit length. */
export interface Vector {
  ids: Int32Array;
  weights: Float32Array;
}

/** A text's features by number, before rarity: kept so that vectors can be made anew when rarity changes. */
export interface RawVector {
  ids: Int32Array;
  kinds: Float32Array;
}

const numbersAtOnce = 16_384;

type Hashed = Pick<PreparedText, "hashes" | "kinds">;

export class FeatureSpace {
  readonly #numbers = new HashTable();
  #seenIn = new Int32Array(4_096);
  /** Pieces of it are the numbers of texts: an array of its own for each would cost more than what it holds. */
  #chunk = new Int32Array(0);
  #texts = 0;

  get size(): number {
    return this.#numbers.size;
  }

  /** Rough memory, in bytes. */
  get bytes(): number {
    return 20 * this.size + 4 * this.#seenIn.length;
  }

  /** Number of a feature's hash, or -1. */
  idOf(hash: number): number {
    return this.#numbers.find(hash);
  }

  /** How much a feature says by how few texts hold it, also one that none holds. */
  rarityOf(hash: number): number {
    const id = this.idOf(hash);
    return this.#rarityOfCount(id < 0 ? 0 : this.countOf(id));
  }

  /** How many texts hold the feature. */
  countOf(id: number): number {
    return this.#seenIn[id] ?? 0;
  }

  /** The hash of every feature, by its number. */
  hashes(): Uint32Array {
    return this.#numbers.hashes();
  }

  /** The number of a hash; a new one is given to a hash that has none. */
  reserve(hash: number): number {
    const id = this.#numbers.add(hash);
    this.#grow(id);
    return id;
  }

  /** Numbers a text's features, making new numbers, and counts the text in. */
  add({ hashes, kinds }: Hashed): RawVector {
    this.#texts += 1;
    const ids = this.#piece(hashes.length);
    for (let at = 0; at < hashes.length; at += 1) {
      const id = this.reserve(hashes[at] as number);
      this.#seenIn[id] = (this.#seenIn[id] ?? 0) + 1;
      ids[at] = id;
    }
    return { ids, kinds };
  }

  /** Counts a text out again. Its numbers stay reserved, so that weights of other features keep their places. */
  remove(raw: RawVector): void {
    this.#texts -= 1;
    for (const id of raw.ids) this.#seenIn[id] = Math.max(0, (this.#seenIn[id] ?? 0) - 1);
  }

  /** The numbers of a message's features that are known; of the others, where they stand and their weight, squared. */
  look({ hashes, kinds }: Hashed): { raw: RawVector; unseenAt: number[]; unseenWeight: number } {
    const ids: number[] = [];
    const known: number[] = [];
    const unseenAt: number[] = [];
    let unseenWeight = 0;
    for (let at = 0; at < hashes.length; at += 1) {
      const id = this.idOf(hashes[at] as number);
      const kind = kinds[at] as number;
      if (id >= 0 && this.countOf(id) > 0) {
        ids.push(id);
        known.push(kind);
      } else {
        unseenWeight += (kind * this.#rarityOfCount(0)) ** 2;
        unseenAt.push(at);
      }
    }
    return { raw: { ids: Int32Array.from(ids), kinds: Float32Array.from(known) }, unseenAt, unseenWeight };
  }

  /** Weights by kind and rarity, scaled to unit length together with `extraWeight` (the unseen part, squared). */
  weigh(raw: RawVector, extraWeight = 0): Vector {
    const weights = new Float32Array(raw.ids.length);
    let squares = extraWeight;
    for (let i = 0; i < raw.ids.length; i += 1) {
      const weight = (raw.kinds[i] as number) * this.#rarityOfCount(this.countOf(raw.ids[i] as number));
      weights[i] = weight;
      squares += weight * weight;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] as number) * scale;
    return { ids: raw.ids, weights };
  }

  #piece(length: number): Int32Array {
    if (this.#chunk.length < length) this.#chunk = new Int32Array(Math.max(length, numbersAtOnce));
    const piece = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(length);
    return piece;
  }

  #rarityOfCount(count: number): number {
    return Math.log(1 + (this.#texts + 1) / (count + 1));
  }

  #grow(id: number): void {
    if (id < this.#seenIn.length) return;
    const larger = new Int32Array(this.#seenIn.length * 2);
    larger.set(this.#seenIn);
    this.#seenIn = larger;
  }
}
