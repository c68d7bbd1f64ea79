// How well a product's name fits a message: the whole name with slips, or pieces of it that tell it from the others. Used by
// products.ts on the few names that share most with the message.

import { type ProductIndex, type ProductName, pairsOf } from "./product-index.ts";

export interface Placed {
  /** Place among the units of the message. */
  from: number;
  to: number;
  score: number;
  name: ProductName;
}
/** A message unit by unit. */
export interface Units {
  units: string[];
  sounds: string[];
  /** Place of each unit in the folded text. */
  at: number[];
}

/** A whole name that fits worse is none. */
export const leastScore = 0.62;

/**
 * The stretch of the message nearest to the whole name, by edits: a character of the same sound costs 0.3, of a like
 * letter or another character 1, a missing or added one 1.
 */
export function alignWhole(name: ProductName, message: Units): Placed | null {
  const { units, sounds } = message;
  const length = name.units.length;
  if (length === 0 || units.length === 0) return null;
  let previous = name.units.map((_, i) => i + 1);
  previous.unshift(0);
  let starts = new Array<number>(length + 1).fill(0);
  let best: Placed | null = null;
  for (let j = 1; j <= units.length; j += 1) {
    const current = [0];
    const currentStarts = [j];
    for (let i = 1; i <= length; i += 1) {
      const change = changeCost(
        name.units[i - 1] as string,
        name.sounds[i - 1] as string,
        units[j - 1] as string,
        sounds[j - 1] as string,
      );
      const swap = (previous[i - 1] as number) + change;
      const add = (previous[i] as number) + 1;
      const drop = (current[i - 1] as number) + 1;
      const cost = Math.min(swap, add, drop);
      current.push(cost);
      currentStarts.push(
        (cost === swap ? starts[i - 1] : cost === add ? starts[i] : currentStarts[i - 1]) as number,
      );
    }
    const score = 1 - (current[length] as number) / length;
    const from = currentStarts[length] as number;
    if (score > (best?.score ?? 0) && isWholeWord(message, from, j)) best = { from, to: j, score, name };
    previous = current;
    starts = currentStarts;
  }
  if (best === null) return null;
  const isShort = length <= 2 || (length <= 4 && /^[a-z\d]+$/u.test(name.units.join("")));
  return best.score < (isShort ? 0.84 : length <= 4 ? 0.7 : leastScore) ? null : best;
}

function changeCost(unit: string, sound: string, other: string, otherSound: string): number {
  if (unit === other) return 0;
  if (sound === otherSound) return 0.3;
  // a digit is never a slip for another: 15 is not 16
  return /\d/u.test(unit) || /\d/u.test(other) ? 1.6 : 1;
}

/** A stretch of the message made of pieces of the name ("纯棉短袖"), when it tells this product from the others. */
export function alignPart({ rarity }: ProductIndex, name: ProductName, message: Units): Placed | null {
  const { units, sounds } = message;
  const namePairs = new Set(name.pairs);
  const nameSounds = new Set(pairsOf(name.sounds));
  let best: Placed | null = null;
  let from = -1;
  let telling = 0;
  let matched = 0;
  let isBySound = false;
  for (let at = 0; at < units.length; at += 1) {
    const pair = `${units[at]}|${units[at + 1]}`;
    const soundPair = `${sounds[at]}|${sounds[at + 1]}`;
    const isSame = namePairs.has(pair);
    const isAlike = !isSame && /\p{Script=Han}/u.test(units[at] ?? "") && nameSounds.has(soundPair);
    if (at + 1 < units.length && (isSame || isAlike)) {
      if (from < 0) [from, telling, matched, isBySound] = [at, 0, 1, true];
      telling = Math.max(telling, isSame ? rarity(pair) : 0.9 * rarity(`~${soundPair}`));
      matched += isSame ? 1 : 0.8;
      isBySound &&= !isSame;
      continue;
    }
    // a stretch may go on behind a border of two pieces ("纯棉|短袖"): matched then counts each piece
    if (from < 0) continue;
    const next = `${units[at + 1]}|${units[at + 2]}`;
    if (at + 2 < units.length && namePairs.has(next)) {
      matched += 1;
      continue;
    }
    const [head, tail] = wholeWords(message, from, at + 1);
    const score = partScore(telling, Math.min(matched, tail - head), name.units.length, isBySound);
    const isLatin = /^[a-z\d+]+$/u.test(units.slice(head, tail).join(""));
    if (tail - head >= (isLatin ? 3 : 2) && score > (best?.score ?? 0))
      best = { from: head, to: tail, name, score };
    from = -1;
  }
  return best;
}

function partScore(telling: number, matched: number, length: number, isBySound: boolean): number {
  const share = Math.min(1, (matched / length) * 2);
  const size = Math.min(1, (matched - 1) / 4);
  return Math.min(0.95, telling * (0.45 + 0.25 * share + 0.25 * size)) * (isBySound ? 0.85 : 1);
}

/** A Latin word or a number may not be cut: "pro" is not in "product", "15" not in "150". */
function isWholeWord(message: Units, from: number, to: number): boolean {
  return isBorder(message, from) && isBorder(message, to);
}

function isBorder({ units, at }: Units, place: number): boolean {
  const before = units[place - 1] ?? "";
  const after = units[place] ?? "";
  if ((at[place] ?? 0) - (at[place - 1] ?? 0) > 1) return true; // a space stood between
  return !(/[a-z]/u.test(before) && /[a-z]/u.test(after)) && !(/\d/u.test(before) && /\d/u.test(after));
}

/** A stretch cut down to whole words. */
function wholeWords(message: Units, from: number, to: number): [number, number] {
  let head = from;
  let tail = to;
  while (head < tail && !isBorder(message, head)) head += 1;
  while (tail > head && !isBorder(message, tail)) tail -= 1;
  return [head, tail];
}
