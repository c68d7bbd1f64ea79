// The mean vector of each item's phrasings, own ones and borrowed ones: the steadiest of all scores, and what decides
// which items are looked at closely. Rebuilt with the rows. Used by matcher.ts.

import { shareOfBorrowed } from "./classifier.ts";
import { dotRow, type Wide } from "./dot.ts";
import { toUnit } from "./encoder.ts";
import { noneSlot, type Row, type ShopRows } from "./shop-rows.ts";

const borrowedWeight = 0.5;

export class Centres {
  /** One unit vector per slot, one after the other; zero for an empty one. */
  readonly vectors: Wide;
  /** Own phrasings of each slot. */
  readonly counts: Int32Array;
  readonly #shop: ShopRows;

  /** `rowsOf`: the rows of each slot, none for an empty one. */
  constructor(rowsOf: readonly (readonly Row[])[], shop: ShopRows) {
    const dims = rowsOf.find((rows) => rows.length > 0)?.[0]?.text.vector.length ?? 0;
    this.#shop = shop;
    this.vectors = new Float64Array(rowsOf.length * dims);
    this.counts = Int32Array.from(rowsOf, (rows) => rows.filter(({ kind }) => kind === "own").length);
    rowsOf.forEach((rows, slot) => {
      const centre = this.vectors.subarray(slot * dims, (slot + 1) * dims);
      const share = borrowedWeight * shareOfBorrowed(this.counts[slot] as number);
      for (const { kind, text } of rows) {
        if (kind === "negative") continue;
        const weight = kind === "own" ? 1 : share;
        for (let d = 0; d < dims; d += 1)
          centre[d] = (centre[d] as number) + weight * (text.vector[d] as number);
      }
      toUnit(centre);
    });
  }

  /** Cosine of a unit vector with every centre. `leaveOut`: a row whose own share in its centre is taken off, about. */
  cosines(dense: Wide, leaveOut = -1): Float32Array {
    const cosines = new Float32Array(this.counts.length);
    if (this.vectors.length === 0) return cosines;
    for (let slot = noneSlot + 1; slot < cosines.length; slot += 1)
      cosines[slot] = dotRow(dense, this.vectors, slot);
    const left = leaveOut < 0 ? undefined : this.#shop.rows[leaveOut];
    if (left !== undefined && left.slot !== noneSlot)
      cosines[left.slot] = (cosines[left.slot] as number) - 1 / (1 + (this.counts[left.slot] as number));
    return cosines;
  }
}
