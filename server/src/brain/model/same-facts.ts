// Whether a translation says the same numbers, prices, codes and addresses as its source, in any two languages. The guard reads
// promises in Chinese and English alone, so only what it has let through (or the shop wrote) is ever translated for a contact;
// this sees to it that nothing is changed on the way. Stricter than needed: a translation that writes a number out in words may
// fail, and is then not used. Pure.

import { findNumerals } from "../guard/numerals.ts";

export type FactsChanged = "number" | "currency" | "code" | "address" | "length";

const addresses = /https?:\/\/[^\s\p{Script=Han}，。、)）]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** A model, an order number: letters and then digits. */
const codes = /(?<![\p{L}\p{N}])[a-z]{1,8}-?\d[\w-]*/giu;
const longRun = /\d{6,}/gu;
/** Money of others than the shop's: a sign that appears out of nothing changes a price. */
const currencies: [string, RegExp][] = [
  ["CNY", /[¥￥元块圆]|人民币|\b(?:cny|rmb|yuan)\b|円|위안|юан|หยวน|يوان/iu],
  ["USD", /\$|美元|美金|\b(?:usd|dollars?|dólares?|dollaro?)\b|доллар|달러|ดอลลาร์|دولار/iu],
  ["EUR", /€|欧元|\b(?:eur|euros?)\b|евро|유로/iu],
  ["GBP", /£|英镑|\bgbp\b/iu],
  ["RUB", /₽|卢布|\brub\b|рубл/iu],
  ["KRW", /₩|韩元|韩币|\bkrw\b|원(?![가-힣])/iu],
  ["JPY", /日元|日币|\b(?:jpy|yen)\b/iu],
  ["THB", /฿|泰铢|\bthb\b|บาท/iu],
  ["VND", /₫|越南盾|\b(?:vnd|đồng)\b/iu],
];

/** The first thing that differs; null when the translation may stand for the source. */
export function factsChanged(source: string, translation: string): FactsChanged | null {
  if (translation.trim() === "" || translation.length > source.length * 8 + 80) return "length";
  const [from, to] = [fold(source), fold(translation)];
  if (!sameSet(matches(from, addresses), matches(to, addresses))) return "address";
  const [plainFrom, plainTo] = [from.replace(addresses, " "), to.replace(addresses, " ")];
  const written = plainTo.replace(/\s/gu, "");
  if (matches(plainFrom, codes).some((code) => !written.includes(code))) return "code";
  if (!sameSet(matches(plainFrom, longRun), matches(plainTo, longRun))) return "number";
  if (!isWithin(plainFrom, plainTo) || !isWithin(plainTo, plainFrom)) return "number";
  const isNew = ([, pattern]: [string, RegExp]) => pattern.test(plainTo) && !pattern.test(plainFrom);
  return currencies.some(isNew) && /\d/u.test(plainFrom) ? "currency" : null;
}

/** Every number in digits of one stands in the other, in digits or in words. */
function isWithin(one: string, other: string): boolean {
  const known = new Set(findNumerals(other).flatMap(({ low, high }) => [low, high]));
  return findNumerals(one)
    .filter(({ script }) => script === "digits")
    .every(({ low, high }) => known.has(low) && known.has(high));
}

/** Half-width, small, and every script's digits as ours. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Digits of a script stand in a row of ten. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

function matches(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? [];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.every((item) => other.includes(item)) && other.every((item) => one.includes(item));
}
