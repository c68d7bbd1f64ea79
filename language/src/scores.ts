// What every part of the engine says about every item of a shop for one message: cosines with own and borrowed
// phrasings (words and vectors), the classifier's probability, and what the corpus as a whole takes the message for.
// One pass over the shop's rows; used by matcher.ts, whose evidence (evidence.ts) is made of these numbers.

import type { Wide } from "./dot.ts";
import type { Vector } from "./feature-space.ts";
import type { Known } from "./known-words.ts";
import { isBorrowedRow, isNegativeRow, noneSlot, type ShopRows } from "./shop-rows.ts";

/** Per slot unless said otherwise; slot 0 is "none of them" (the background pool). */
export interface Scores {
  /** Classifier's probability. */
  probability: Float32Array;
  /** Best cosine of words with an own phrasing, and with a borrowed one. */
  words: Float32Array;
  wordsBorrowed: Float32Array;
  /** The same of vectors. */
  sense: Float32Array;
  senseBorrowed: Float32Array;
  /** Cosine with the mean of all its phrasings. */
  centre: Float32Array;
  /** Probability that the corpus gives to the intents it means. Slot 0: to intents that no item means. */
  bridge: Float32Array;
  /** Row of the best own or borrowed phrasing, or -1. */
  nearest: Int32Array;
  /** 1 where a negative example is nearer than every phrasing. */
  refused: Uint8Array;
  /** Share of the message's weight that the shop's texts know, 0-1. */
  coverage: number;
  /** How many items the shop has. */
  items: number;
  /** Own phrasings of each slot. */
  counts: Int32Array;
  /** How much the message's words say, by their rarity. */
  said: number;
  /** How much of the message's words a slot's askers use; slot 0 and free places know nothing. */
  known: (slot: number) => Known;
}

/** A borrowed phrasing stands this much below an equally near own one when the nearest is named. */
const borrowedDiscount = 0.92;
const wordsShare = 0.5;

/** Vectors are compared with the rows of this many slots, the nearest by centre; the others get what their centre says. */
const mostSlotsCompared = 24;

/** Places of the highest values from `from` on, highest first, the earlier of equal ones first: one pass, no sorting. */
export function highest(values: Float32Array, size: number, from = 0): number[] {
  const best: number[] = [];
  for (let at = from; at < values.length; at += 1) {
    const value = values[at] as number;
    if (best.length === size && value <= (values[best[size - 1] as number] as number)) continue;
    let place = best.length === size ? size - 1 : best.length;
    for (; place > 0 && value > (values[best[place - 1] as number] as number); place -= 1)
      best[place] = best[place - 1] as number;
    best[place] = at;
  }
  return best;
}

/** The slots whose centres are nearest; all of them in a small shop. */
export function nearestSlots(centre: Float32Array, most = mostSlotsCompared): Uint8Array {
  const chosen = new Uint8Array(centre.length).fill(1);
  if (centre.length <= most) return chosen;
  const floor = centre[highest(centre, most)[most - 1] as number] as number;
  for (let slot = 0; slot < centre.length; slot += 1)
    chosen[slot] = (centre[slot] as number) >= floor ? 1 : 0;
  chosen[noneSlot] = 1;
  return chosen;
}

/** `spares`: the mark of rows that are not compared by vector (ShopRows.spared). `leaveOut`: a row that is not compared with (the text itself, when a shop judges its own phrasings). */
export function compareWithRows(
  shop: ShopRows,
  sparse: Vector,
  dense: Wide,
  centre: Float32Array,
  spares: number,
  leaveOut = -1,
): Pick<Scores, "words" | "wordsBorrowed" | "sense" | "senseBorrowed" | "nearest" | "refused"> {
  const slots = centre.length;
  const found = {
    words: new Float32Array(slots),
    wordsBorrowed: new Float32Array(slots),
    sense: new Float32Array(slots),
    senseBorrowed: new Float32Array(slots),
    nearest: new Int32Array(slots).fill(-1),
    refused: new Uint8Array(slots),
  };
  const lexical = shop.lexical(sparse);
  const chosen = nearestSlots(centre);
  const { starts, ends } = shop.ranges;
  for (let slot = 0; slot < slots; slot += 1)
    compareSlot(
      shop,
      slot,
      starts[slot] as number,
      ends[slot] as number,
      chosen[slot] === 1 ? dense : null,
      lexical,
      spares,
      leaveOut,
      found,
    );
  return found;
}

function compareSlot(
  shop: ShopRows,
  slot: number,
  from: number,
  to: number,
  dense: Wide | null,
  lexical: Float32Array,
  spares: number,
  leaveOut: number,
  found: Pick<Scores, "words" | "wordsBorrowed" | "sense" | "senseBorrowed" | "nearest" | "refused">,
): void {
  const { kinds, spared } = shop;
  const best = [0, 0];
  const bestSense = [0, 0];
  let closest = 0;
  let nearest = -1;
  let against = 0;
  let most = 0;
  for (let at = from; at < to; at += 1) {
    if (at === leaveOut) continue;
    const word = lexical[at] as number;
    const cosine = dense === null || spared[at] === spares ? 0 : shop.dense(dense, at);
    const near = wordsShare * word + (1 - wordsShare) * cosine;
    const kind = kinds[at] as number;
    if (kind === isNegativeRow) {
      if (near > against) against = near;
      continue;
    }
    const borrowed = kind === isBorrowedRow ? 1 : 0;
    if (word > (best[borrowed] as number)) best[borrowed] = word;
    if (cosine > (bestSense[borrowed] as number)) bestSense[borrowed] = cosine;
    if (near > most) most = near;
    const close = borrowed === 1 ? near * borrowedDiscount : near;
    if (close > closest) {
      closest = close;
      nearest = at;
    }
  }
  const share = against > closest && slot !== noneSlot ? 0.5 : 1;
  found.words[slot] = (best[0] as number) * share;
  found.wordsBorrowed[slot] = (best[1] as number) * share;
  found.sense[slot] = (bestSense[0] as number) * share;
  found.senseBorrowed[slot] = (bestSense[1] as number) * share;
  found.nearest[slot] = nearest;
  found.refused[slot] = against > most && slot !== noneSlot ? 1 : 0;
}
