// Numbers for feature names and how rare each one is among a shop's phrasings and the background pool. Rarity is what
// makes "运费" weigh more than "怎么". Used by matcher.ts, which adds and removes texts as the shop edits.

import type { Features } from "./features.ts";

/** A text as sorted feature numbers with weights of unit length. */
export interface Vector {
  ids: Int32Array;
  weights: Float32Array;
}

/** A text's features by number, before rarity: kept so that vectors can be made anew when rarity changes. */
export interface RawVector {
  ids: Int32Array;
  kinds: Float32Array;
}

export class FeatureSpace {
  readonly #idOf = new Map<string, number>();
  readonly #nameOf: string[] = [];
  #seenIn = new Float64Array(4_096);
  #texts = 0;

  get size(): number {
    return this.#nameOf.length;
  }

  nameOf(id: number): string {
    return this.#nameOf[id] ?? "";
  }

  /** How many texts hold the feature. */
  countOf(id: number): number {
    return this.#seenIn[id] ?? 0;
  }

  /** Numbers a text's features, making new numbers, and counts the text in. */
  add(features: Features): RawVector {
    this.#texts += 1;
    const ids = new Int32Array(features.size);
    const kinds = new Float32Array(features.size);
    let at = 0;
    for (const [name, kind] of features) {
      let id = this.#idOf.get(name);
      if (id === undefined) {
        id = this.#nameOf.length;
        this.#idOf.set(name, id);
        this.#nameOf.push(name);
        this.#grow(id);
      }
      this.#seenIn[id] = (this.#seenIn[id] ?? 0) + 1;
      ids[at] = id;
      kinds[at] = kind;
      at += 1;
    }
    return { ids, kinds };
  }

  /** Counts a text out again. Its numbers stay reserved, so that weights of other features keep their places. */
  remove(raw: RawVector): void {
    this.#texts -= 1;
    for (const id of raw.ids) this.#seenIn[id] = Math.max(0, (this.#seenIn[id] ?? 0) - 1);
  }

  /** The numbers of a message's features that are known, and the weight of those that are not. */
  look(features: Features): { raw: RawVector; unseen: string[]; unseenWeight: number } {
    const ids: number[] = [];
    const kinds: number[] = [];
    const unseen: string[] = [];
    let unseenWeight = 0;
    for (const [name, kind] of features) {
      const id = this.#idOf.get(name);
      if (id !== undefined && this.countOf(id) > 0) {
        ids.push(id);
        kinds.push(kind);
      } else {
        const weight = kind * this.#rarityOfCount(0);
        unseenWeight += weight * weight;
        if (/^(?:h:..$|w:)/u.test(name)) unseen.push(name.slice(2));
      }
    }
    return { raw: { ids: Int32Array.from(ids), kinds: Float32Array.from(kinds) }, unseen, unseenWeight };
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

  #rarityOfCount(count: number): number {
    return Math.log(1 + (this.#texts + 1) / (count + 1));
  }

  #grow(id: number): void {
    if (id < this.#seenIn.length) return;
    const larger = new Float64Array(this.#seenIn.length * 2);
    larger.set(this.#seenIn);
    this.#seenIn = larger;
  }
}
