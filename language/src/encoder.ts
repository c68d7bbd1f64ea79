// A small sentence encoder: every feature of a text (features.ts) has a learnt vector; their sum, scaled to length 1,
// says what the text is about, in Chinese and English alike. Shipped int8 weights (../data/encoder.bin, made by
// `npm run lab -- train-language`), no network. Used by the matcher, alignment and clustering.

import { readFileSync } from "node:fs";
import type { Wide } from "./dot.ts";
import { HashTable, hashFeature } from "./feature-hash.ts";
import type { Features } from "./features.ts";
import { lazily } from "./own-data.ts";
import { type StoredWeights, unpackWeights, type Weights } from "./weights-file.ts";

export class Encoder {
  readonly dims: number;
  readonly intents: readonly string[];
  /** Unit vectors of the corpus intents, one after the other. */
  readonly prototypes: Wide;
  readonly #table: HashTable;
  readonly #rows: Int8Array;
  readonly #scales: Float32Array;

  constructor(weights: Weights) {
    this.dims = weights.dims;
    this.intents = weights.names;
    this.prototypes = Float64Array.from(weights.vectors, (value) => value / 127);
    this.#table = new HashTable(weights.keys);
    this.#rows = weights.rows;
    this.#scales = weights.scales;
  }

  /** Unit vector of a text's features; all zero when none of them is known. */
  encode(features: Features): Float32Array {
    const vector = new Float32Array(this.dims);
    for (const [name, kind] of features) this.#add(vector, hashFeature(name), kind);
    return toUnit(vector);
  }

  /** The same from hashes with their weights by kind. */
  encodeHashed(hashes: Uint32Array, kinds: Float32Array): Float32Array {
    const vector = new Float32Array(this.dims);
    for (let i = 0; i < hashes.length; i += 1) this.#add(vector, hashes[i] as number, kinds[i] as number);
    return toUnit(vector);
  }

  #add(vector: Float32Array, hash: number, kind: number): void {
    const row = this.#table.find(hash);
    if (row < 0) return;
    const { dims } = this;
    const rows = this.#rows;
    const scale = kind * (this.#scales[row] as number);
    const start = row * dims;
    for (let d = 0; d < dims; d += 1) vector[d] = (vector[d] as number) + scale * (rows[start + d] as number);
  }
}

/** Scales a vector to length 1 in place; a zero vector stays. */
export function toUnit<Numbers extends Float32Array | Wide>(vector: Numbers): Numbers {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = squares < 1e-12 ? 0 : 1 / Math.sqrt(squares);
  for (let d = 0; d < vector.length; d += 1) vector[d] = (vector[d] as number) * scale;
  return vector;
}

let handedOver: StoredWeights | null = null;

/** What the shipped encoder is made of: read on first use, or handed over by the thread that read it. */
export const shippedWeights = lazily(
  () => handedOver ?? unpackWeights(readFileSync(new URL("../data/encoder.bin", import.meta.url)), "encoder"),
);

/** Gives a worker thread the weights that another thread has read. Call it before anything else. */
export function shareWeights(weights: StoredWeights): void {
  handedOver = weights;
}

/** The encoder that ships. @throws DamagedModelError when its file was damaged. */
export const shippedEncoder = lazily(() => new Encoder(shippedWeights()));
