// All texts a shop is compared with, in one list: its own phrasings, those it borrows from the corpus, its negative
// examples and the background pool, each with sparse weights and a vector. Rebuilt whole when an item changes (some
// 20 ms for ten thousand texts). Used by matcher.ts.

import { dotNarrow, type Wide } from "./dot.ts";
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
const hanScript = /\p{Script=Han}/u;

/** Whether a text is taken for Chinese when languages are told apart. */
export function isHan(text: string): boolean {
  return hanScript.test(text);
}

export const isBorrowedRow = 1;
export const isNegativeRow = 2;

export class ShopRows {
  readonly space = new FeatureSpace();
  rows: readonly Row[] = [];
  /** Kind of each row: 0 own, 1 borrowed, 2 negative, 3 background. */
  kinds = new Uint8Array(0);
  /** 1 for a row that a Chinese message need not be compared with by vector, 2 for one that any other need not, else 0. */
  spared: Uint8Array = new Uint8Array(0);
  ranges: RowRanges = { starts: new Int32Array(0), ends: new Int32Array(0) };
  #index = LexicalIndex.empty;

  add(slot: number, kind: RowKind, text: PreparedText, intent: string | null = null): Row {
    return { slot, kind, text, raw: this.space.add(text), intent };
  }

  forget(rows: readonly Row[]): void {
    for (const row of rows) this.space.remove(row.raw);
  }

  /** Takes these rows from now on, in pieces of a few milliseconds. `rows`: those of one slot one after the other. */
  *rebuilding(rows: readonly Row[], slots: number): Generator<void> {
    this.rows = rows;
    this.#index = yield* LexicalIndex.building(rows, this.space);
    this.kinds = Uint8Array.from(rows, ({ kind }) => kindNumbers[kind]);
    this.spared = sparedRows(rows, slots);
    const starts = new Int32Array(slots);
    const ends = new Int32Array(slots);
    rows.forEach(({ slot }, at) => {
      if (ends[slot] === 0) starts[slot] = at;
      ends[slot] = at + 1;
    });
    this.ranges = { starts, ends };
  }

  /** Rough memory, in bytes, without the texts. */
  get bytes(): number {
    return this.#index.bytes + this.space.bytes;
  }

  /** Sparse weights of a row, as rare as its features are now. */
  vectorOf(row: number): Vector {
    return this.space.weigh((this.rows[row] as Row).raw);
  }

  /** Cosine of a sparse vector with every row. The array is reused by the next call. */
  lexical(vector: Vector): Float32Array {
    return this.#index.score(vector);
  }

  /** Cosine of a dense unit vector with one row. */
  dense(vector: Wide, row: number): number {
    return dotNarrow(vector, (this.rows[row] as Row).text.vector);
  }
}

/** An item that borrows in both languages is compared in the message's own: what is nearest stands there. */
function sparedRows(rows: readonly Row[], slots: number): Uint8Array {
  const marks = Uint8Array.from(rows, ({ kind, text }) =>
    kind !== "borrowed" ? 0 : isHan(text.key) ? 2 : 1,
  );
  const found = new Uint8Array(slots);
  rows.forEach(({ slot }, at) => {
    found[slot] = (found[slot] as number) | (marks[at] as number);
  });
  return marks.map((mark, at) => (found[(rows[at] as Row).slot] === 3 ? mark : 0));
}
