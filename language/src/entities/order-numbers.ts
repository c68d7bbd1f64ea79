// Order numbers and parcel numbers. A long number alone says little: the words beside it decide ("订单", "快递单号"), then
// the shapes of carriers, then what is left is taken for an order. Also reads digits that were spoken one by one.

import type { Piece } from "./entity.ts";
import { digitsOf } from "./numerals.ts";
import { guessCarriers, namedCarrier } from "./parcel-carriers.ts";

const token = /(?<![a-z0-9])(?:[a-z]{1,5}-?)?\d[a-z0-9]{3,30}(?:-[a-z0-9]{1,20}){0,3}(?![a-z0-9])/gu;
const spacedDigits = /(?<![\d-])\d{4}(?: \d{4}){2,5}(?: \d{1,4})?(?!\d)/gu;
const spokenDigits = /[零〇一幺二两三四五六七八九]{7,24}/gu;
const parcelWords =
  /(?:快递|物流|运单|包裹|面单|寄回|回寄|退回|寄件|取件|顺丰|圆通|中通|申通|韵达|极兔|德邦|邮政)(?:的)?(?:公司)?(?:单|编)?(?:号码|号)?|(?:tracking|parcel|package|waybill|shipment|courier|\b(?:ems|ups|fedex|dhl|usps|awb)\b)(?: ?(?:number|no\.?|id|code|#))?/gu;
const orderWords =
  /(?:订单|定单|下单|单子|合同|保单)(?:编号|号码|号)?|单号|编号|(?:order|purchase|invoice|booking|reservation|\bpo\b)(?: ?(?:number|no\.?|id|code|#))?|#/gu;
const widest = 16;

/** Order and parcel numbers of a folded text. Phones must have been taken before. */
export function findOrderNumbers(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const found of text.matchAll(token)) {
    const piece = judge(text, found.index, found[0], found[0]);
    if (piece !== null) pieces.push(piece);
  }
  for (const found of text.matchAll(spacedDigits)) {
    const piece = judge(text, found.index, found[0], found[0].replaceAll(" ", ""));
    if (piece !== null) pieces.push(piece);
  }
  for (const found of text.matchAll(spokenDigits)) {
    const piece = judgeSpoken(text, found.index, found[0]);
    if (piece !== null) pieces.push(piece);
  }
  return pieces;
}

function judge(text: string, start: number, typed: string, joined: string): Piece | null {
  const number = joined.toUpperCase();
  const digits = number.replace(/\D/gu, "").length;
  const place = { start, end: start + typed.length };
  const { parcel, order } = nearestWords(text, start, place.end);
  const isParcelCue = parcel > 0 && parcel >= order;
  const beside = text.slice(Math.max(0, start - widest), place.end + widest);
  const guesses = order > parcel ? [] : guessCarriers(number, isParcelCue);
  if (guesses.length > 0 || (isParcelCue && digits >= 8)) {
    const named = namedCarrier(beside);
    const carriers = named === null ? guesses : [named, ...guesses.filter((carrier) => carrier !== named)];
    const confidence = isParcelCue ? 0.95 : 0.8;
    return { ...place, finding: { kind: "parcel", value: number, carriers, confidence } };
  }
  const value = number;
  if (order > 0 && digits >= 4 && number.length >= 5) {
    return { ...place, finding: { kind: "order", value, confidence: 0.95 } };
  }
  const isLettered = /^[A-Z]{1,5}-?\d{6,}/u.test(number);
  if (isLettered && digits >= 7) return { ...place, finding: { kind: "order", value, confidence: 0.75 } };
  if (/^\d{9,32}$|^\d{6}-\d{12,16}$/u.test(number) && !isPhoneShaped(number)) {
    return { ...place, finding: { kind: "order", value, confidence: digits >= 15 ? 0.8 : 0.5 } };
  }
  return null;
}

function judgeSpoken(text: string, start: number, typed: string): Piece | null {
  const digits = digitsOf(typed);
  const place = { start, end: start + typed.length };
  if (/^1[3-9]\d{9}$/u.test(digits)) {
    return {
      ...place,
      finding: { kind: "phone", value: `+86${digits}`, phoneKind: "mobile", confidence: 0.9 },
    };
  }
  const { parcel, order } = nearestWords(text, start, place.end);
  if (parcel > order) {
    const carriers = guessCarriers(digits, true);
    return { ...place, finding: { kind: "parcel", value: digits, carriers, confidence: 0.8 } };
  }
  return order > 0 ? { ...place, finding: { kind: "order", value: digits, confidence: 0.8 } } : null;
}

/** How near a word of parcels and a word of orders stand, 0 (none) to 1 (touching); those before weigh double. */
function nearestWords(text: string, start: number, end: number): { parcel: number; order: number } {
  const before = text.slice(Math.max(0, start - widest), start);
  const after = text.slice(end, end + 8);
  return {
    parcel: nearness(before, after, parcelWords),
    order: nearness(before, after, orderWords),
  };
}

function nearness(before: string, after: string, words: RegExp): number {
  let nearest = 0;
  for (const found of before.matchAll(words))
    nearest = Math.max(nearest, (found.index + found[0].length + 1) / (before.length + 1));
  for (const found of after.matchAll(words))
    nearest = Math.max(nearest, 0.5 * (1 - found.index / (after.length + 1)));
  return nearest;
}

function isPhoneShaped(number: string): boolean {
  return /^1[3-9]\d{9}$|^0\d{9,11}$/u.test(number);
}
