// Feature names as 32-bit numbers, so that shipped weights need no strings. Used by the encoder and its trainer.

/** FNV-1a over UTF-16 units with a final mix; never 0, which marks an empty place in hash tables. */
export function hashFeature(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) {
    hash ^= name.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return hash >>> 0 || 1;
}

/** Open-addressing table from hash to row: two typed arrays, no objects. */
export class HashTable {
  readonly #keys: Uint32Array;
  readonly #rows: Int32Array;
  readonly #mask: number;

  constructor(keys: ArrayLike<number>) {
    let size = 16;
    while (size < keys.length * 2) size *= 2;
    this.#keys = new Uint32Array(size);
    this.#rows = new Int32Array(size);
    this.#mask = size - 1;
    for (let row = 0; row < keys.length; row += 1) {
      let at = (keys[row] as number) & this.#mask;
      while (this.#keys[at] !== 0) at = (at + 1) & this.#mask;
      this.#keys[at] = keys[row] as number;
      this.#rows[at] = row;
    }
  }

  /** Row of a hash, or -1. */
  find(hash: number): number {
    let at = hash & this.#mask;
    for (;;) {
      const key = this.#keys[at] as number;
      if (key === hash) return this.#rows[at] as number;
      if (key === 0) return -1;
      at = (at + 1) & this.#mask;
    }
  }
}
