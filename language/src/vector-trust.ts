// How far a shop may trust the encoder: whether the nearest other phrasing by vector belongs to the same item as often as
// the nearest by words does. In a field that the encoder knows it does more often; among words that it never saw its
// vectors mislead. Used by the classifier when it is trained.

import { widen } from "./dot.ts";
import type { Row, ShopRows } from "./shop-rows.ts";

/** Phrasings judged, and how many of the shop's they are compared with: whole items, drawn evenly. */
const mostJudged = 150;
const mostCompared = 1_200;
const judgedAtOnce = 20;
/** The fourth power: half as many right by vectors is hardly any trust. Tuned on sets of far fields (docs/decisions). */
const severity = 4;
const leastTrust = 0.1;

/** 0.1 to 1, in pieces of a few milliseconds; 1 for a shop with nothing to compare. */
export function* trustingVectors(shop: ShopRows): Generator<void, number> {
  const own = ownRows(shop);
  const step = Math.max(1, Math.ceil(own.length / mostJudged));
  let byWords = 1;
  let byVectors = 1;
  for (let i = 0; i < own.length; i += step) {
    const at = own[i] as number;
    const { slot, text } = shop.rows[at] as Row;
    const lexical = shop.lexical(shop.vectorOf(at));
    const nearestByWords = nearest(own, at, (other) => lexical[other] as number);
    const vector = widen(text.vector);
    const nearestByVector = nearest(own, at, (other) => shop.dense(vector, other));
    if (shop.rows[nearestByWords]?.slot === slot) byWords += 1;
    if (shop.rows[nearestByVector]?.slot === slot) byVectors += 1;
    if ((i / step) % judgedAtOnce === judgedAtOnce - 1) yield;
  }
  return Math.max(leastTrust, Math.min(1, (byVectors / byWords) ** severity));
}

function ownRows(shop: ShopRows): number[] {
  const own = shop.rows.flatMap(({ kind }, at) => (kind === "own" ? [at] : []));
  const share = Math.ceil(own.length / mostCompared);
  return share <= 1 ? own : own.filter((at) => (shop.rows[at] as Row).slot % share === 0);
}

/** Row of the most similar other phrasing; -1 when nothing is shared with any. */
function nearest(rows: readonly number[], self: number, similarity: (row: number) => number): number {
  let best = -1;
  let highest = 0;
  for (const row of rows) {
    if (row === self) continue;
    const value = similarity(row);
    if (value <= highest) continue;
    highest = value;
    best = row;
  }
  return best;
}
