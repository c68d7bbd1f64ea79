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

/** Open-addressing table from hash to row: two typed arrays, no objects. Rows are numbered in the order they were added. */
export class HashTable {
  #keys: Uint32Array;
  #rows: Int32Array;
  #mask: number;
  #size = 0;

  constructor(keys: ArrayLike<number> = []) {
    let room = 16;
    while (room < keys.length * 2) room *= 2;
    this.#keys = new Uint32Array(room);
    this.#rows = new Int32Array(room);
    this.#mask = room - 1;
    for (let row = 0; row < keys.length; row += 1) this.add(keys[row] as number);
  }

  get size(): number {
    return this.#size;
  }

  /** Row of a hash, or -1. */
  find(hash: number): number {
    const at = this.#placeOf(hash);
    return this.#keys[at] === hash ? (this.#rows[at] as number) : -1;
  }

  /** Row of a hash; the next one for a hash that has none. */
  add(hash: number): number {
    const at = this.#placeOf(hash);
    if (this.#keys[at] === hash) return this.#rows[at] as number;
    this.#keys[at] = hash;
    this.#rows[at] = this.#size;
    this.#size += 1;
    if (this.#size * 2 > this.#keys.length) this.#grow();
    return this.#size - 1;
  }

  /** The hash of every row. */
  hashes(): Uint32Array {
    const hashes = new Uint32Array(this.#size);
    this.#keys.forEach((hash, at) => {
      if (hash !== 0) hashes[this.#rows[at] as number] = hash;
    });
    return hashes;
  }

  /** Where the hash stands, or the empty place where it would. */
  #placeOf(hash: number): number {
    let at = hash & this.#mask;
    for (let key = this.#keys[at]; key !== hash && key !== 0; key = this.#keys[at])
      at = (at + 1) & this.#mask;
    return at;
  }

  #grow(): void {
    const hashes = this.hashes();
    this.#keys = new Uint32Array(this.#keys.length * 2);
    this.#rows = new Int32Array(this.#keys.length);
    this.#mask = this.#keys.length - 1;
    for (let row = 0; row < hashes.length; row += 1) {
      const at = this.#placeOf(hashes[row] as number);
      this.#keys[at] = hashes[row] as number;
      this.#rows[at] = row;
    }
  }
}
