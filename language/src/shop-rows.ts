// All texts a shop is compared with, in one list: its own phrasings, those it borrows from the corpus, its negative
// examples and the background pool, each with sparse weights and a vector. Rebuilt whole when an item changes (some
// 20 ms for ten thousand texts). Used by matcher.ts.

import { FeatureSpace, type RawVector, type Vector } from "./feature-space.ts";
import { LexicalIndex } from "./lexical-index.ts";
import type { PreparedText } from "./prepared-text.ts";

export type RowKind = "own" | "borrowed" | "negative" | "background";

export interface Row {
  slot: number;
  kind: RowKind;
  text: PreparedText;
  raw: RawVector;
  /** The corpus intent it is borrowed from. */
  intent: string | null;
}

export const noneSlot = 0;

/** Rows of one slot stand together: from `starts[slot]` to `ends[slot]`. */
export interface RowRanges {
  starts: Int32Array;
  ends: Int32Array;
}

const kindNumbers: Record<RowKind, number> = { own: 0, borrowed: 1, negative: 2, background: 3 };
const rowsAtOnce = 2_000;
export const isBorrowedRow = 1;
export const isNegativeRow = 2;

export class ShopRows {
  readonly space = new FeatureSpace();
  rows: readonly Row[] = [];
  /** Sparse weights of each row. */
  vectors: Vector[] = [];
  /** Kind of each row: 0 own, 1 borrowed, 2 negative, 3 background. */
  kinds = new Uint8Array(0);
  ranges: RowRanges = { starts: new Int32Array(0), ends: new Int32Array(0) };
  #index = LexicalIndex.empty;
  #dense = new Float32Array(0);

  add(slot: number, kind: RowKind, text: PreparedText, intent: string | null = null): Row {
    return { slot, kind, text, raw: this.space.add(text), intent };
  }

  forget(rows: readonly Row[]): void {
    for (const row of rows) this.space.remove(row.raw);
  }

  /** Takes these rows from now on, in pieces of a few milliseconds. `rows`: those of one slot one after the other. */
  *rebuilding(rows: readonly Row[], slots: number): Generator<void> {
    this.rows = rows;
    this.vectors = [];
    for (const { raw } of rows) if (this.vectors.push(this.space.weigh(raw)) % rowsAtOnce === 0) yield;
    this.#index = yield* LexicalIndex.building(this.vectors, this.space.size);
    this.kinds = Uint8Array.from(rows, ({ kind }) => kindNumbers[kind]);
    const starts = new Int32Array(slots);
    const ends = new Int32Array(slots);
    rows.forEach(({ slot }, at) => {
      if (ends[slot] === 0) starts[slot] = at;
      ends[slot] = at + 1;
    });
    this.ranges = { starts, ends };
    const dims = rows[0]?.text.vector.length ?? 0;
    yield;
    this.#dense = new Float32Array(rows.length * dims);
    rows.forEach(({ text }, at) => {
      this.#dense.set(text.vector, at * dims);
    });
  }

  get bytes(): number {
    return this.#dense.byteLength;
  }

  /** Cosine of a sparse vector with every row. The array is reused by the next call. */
  lexical(vector: Vector): Float32Array {
    return this.#index.score(vector);
  }

  /** Cosine of a dense unit vector with one row. */
  dense(vector: Float32Array, row: number): number {
    const { length } = vector;
    const start = row * length;
    const dense = this.#dense;
    let sum = 0;
    for (let d = 0; d < length; d += 1) sum += (vector[d] as number) * (dense[start + d] as number);
    return sum;
  }
}
