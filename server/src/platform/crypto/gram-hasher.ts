/**
 * Turns grams into the numbers of the blind index: HMAC-SHA-256 under the tenant's search key, cut to int32.
 *
 * One per search key, held by the vault and dropped with it. Grams repeat a lot, so hashes are cached in two
 * generations: what was not asked for during a whole generation falls out, without the cost of a true LRU.
 */
import { createHmac, type KeyObject } from "node:crypto";

export class GramHasher {
  readonly #key: KeyObject;
  readonly #generationSize: number;
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  /** `cached`: how many grams to remember in all. */
  constructor(key: KeyObject, cached = 8_000) {
    this.#key = key;
    this.#generationSize = Math.ceil(cached / 2);
  }

  /** The numbers for these grams, without repeats (two grams may share a number). */
  hash(grams: readonly string[]): number[] {
    const numbers = new Set<number>();
    for (const gram of grams) numbers.add(this.#hashOne(gram));
    return [...numbers];
  }

  /** Drops the cache; the hasher may be used no more. */
  forget(): void {
    this.#young.clear();
    this.#old.clear();
  }

  #hashOne(gram: string): number {
    const known = this.#young.get(gram);
    if (known !== undefined) return known;
    const number =
      this.#old.get(gram) ?? createHmac("sha256", this.#key).update(gram).digest().readInt32BE(0);
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(gram, number);
    return number;
  }
}
