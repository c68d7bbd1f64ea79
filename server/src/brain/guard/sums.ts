// Whether an amount of money that no source says follows from what they say: 3 × 29 = 87, 房费加押金, ¥400 with 10% off, the
// price of a kilo. Only what the reply itself counts, adds or takes off is worked out, from prices of the sources and
// from counts that somebody said; a sum that is wrong has no support. Called by judge-reply.ts where nothing else did.

import type { Amount, Found } from "./claim.ts";
import { type Place, sentenceAround, tellingWords } from "./context.ts";
import { findNumerals, rounded } from "./numerals.ts";
import type { ReadSource } from "./source-index.ts";

const mostPrices = 12;
const mostCount = 60;
const total =
  /一共|合计|总共|总计|共(?!享|用|同)|加起来|加上|总价|一起|加(?![急收价])|加(?=\s?[¥\d一二两三四五六七八九])|实付|到手|先收|[+=]|(?<![a-z])(?:total|altogether|comes? to|makes?|plus|up ?front|all in|in all|together|with the|adds? up|you(?:'d| would|'ll)? pay)(?![a-z])/u;
const cheaper =
  /减|折|省|便宜|半价|第二|抵|优惠|(?<![a-z])(?:second|off|less|save|discount|half|reduced|cheaper|minus)(?![a-z])/u;
const each =
  /每|单价|一[公斤克件个瓶杯片包天晚节次]|(?<![a-z])(?:per|each|apiece|a (?:kilo|kg|litre|liter|piece|lesson|class|night|day|month|bottle|pack|capsule)|works? out)(?![a-z])/u;
const between =
  /便宜|贵(?![司店方公重])|差|省|尾款|余款|剩|[再还]要?[凑买加差]|(?<![a-z])(?:leaves|leaving|rest|remain\w*|balance|save|cheaper|dearer|expensive|another|difference|more|short|to go|instead of|than)(?![a-z])/u;
const takenOff = /(?:减|抵|返|省|便宜|优惠|less|save|minus)\s?(?:了|掉)?\s?[¥$€£]?$/u;
const takenOffBehind = /^\s?(?:off|less|cheaper|discount)(?![a-z])/u;

interface Price {
  value: number;
  currency: string;
  /** What is named beside it. */
  words: Set<string>;
}

/** What the reply can be worked out from. */
export interface Sums {
  prices: Price[];
  reductions: Price[];
  offs: number[];
  /** Per cent of a price: 20. */
  shares: number[];
  /** What the customer said that they pay or hold. */
  told: Price[];
  numbers: Set<number>;
}

/** Prices, reductions and numbers of the sources. An offer is not made by the customer; what they count is. */
export function sumsOf(answering: readonly ReadSource[], reply: string): Sums {
  const sums: Sums = { prices: [], reductions: [], offs: [], shares: [], told: [], numbers: new Set() };
  const asked = tellingWords(reply);
  for (const source of answering) {
    for (const number of source.numbers) sums.numbers.add(number);
    if (/年|(?<![a-z])(?:annual|years?|yearly)(?![a-z])/u.test(source.text)) sums.numbers.add(12);
    for (const { meaning } of source.facts)
      if (meaning.kind === "number" && meaning.unit === "g")
        sums.numbers.add(meaning.low / 1_000).add(meaning.low / 500);
    for (const fact of source.facts)
      if (source.isCustomer) sums.told.push(...priceOf(fact));
      else readFact(sums, fact, source, asked);
  }
  return sums;
}

function readFact(sums: Sums, fact: Found, source: ReadSource, asked: ReadonlySet<string>): void {
  const { meaning, start, end } = fact;
  if (meaning.kind === "percentage" && meaning.unit === "off" && meaning.low === meaning.high)
    sums.offs.push(meaning.low);
  if (meaning.kind === "percentage" && meaning.unit === "%" && meaning.low === meaning.high)
    sums.shares.push(meaning.low);
  if (meaning.kind !== "money" || meaning.low !== meaning.high) return;
  const around = { start: Math.max(0, start - 12), end };
  const price = {
    value: meaning.low,
    currency: meaning.unit,
    words: tellingWords(source.text.slice(around.start, start)),
  };
  const before = source.text.slice(Math.max(0, start - 8), start);
  const isOff = takenOff.test(before) || takenOffBehind.test(source.text.slice(end, end + 10));
  if (isOff) sums.reductions.push(price);
  else if (sums.prices.length < mostPrices / 2 || isNear(source.text, fact, asked)) sums.prices.push(price);
  sums.prices.length = Math.min(sums.prices.length, mostPrices);
}

/** Of a long price list only the rows that the reply speaks of. */
function isNear(text: string, place: Place, asked: ReadonlySet<string>): boolean {
  const { start, end } = sentenceAround(text, place);
  return [...tellingWords(text.slice(start, end))].some((word) => asked.has(word));
}

/**
 * Whether the amount follows.
 *
 * In:  the folded reply, the claim and the amounts of money before it in its sentence that are themselves supported.
 * Out: true only for money, where the sentence says what was done with the prices.
 */
export function followsFrom(text: string, claim: Found, parts: readonly Found[], sums: Sums): boolean {
  const { meaning } = claim;
  if (meaning.kind !== "money" || meaning.low !== meaning.high || sums.prices.length === 0) return false;
  const place = sentenceAround(text, claim);
  const sentence = text.slice(place.start, place.end);
  const head = text.slice(place.start, claim.start);
  const counts = countsIn(head, parts, place.start, sums.numbers);
  const known = [...sums.prices, ...parts.flatMap(priceOf)];
  const same = ({ currency }: Price) => currency === meaning.unit || currency === "" || meaning.unit === "";
  const is = (value: number) => Math.abs(rounded(value) - meaning.low) < 0.005;
  const prices = known.filter(same).map(({ value }) => value);
  const added = parts
    .flatMap(priceOf)
    .filter(same)
    .map(({ value }) => value);
  if (prices.some((price) => counts.some((count) => is(price * count)))) return true;
  if (
    total.test(sentence) &&
    (isSumOfParts(added, is) ||
      isBasket(counts.length === 0 ? namedIn(sentence, known.filter(same)) : prices, counts, is))
  )
    return true;
  if (
    between.test(sentence) &&
    isDifference([...prices, ...sums.told.filter(same).map(({ value }) => value)], counts, is)
  )
    return true;
  if (
    sums.shares.some(
      (share) => saysShare(sentence, share) && prices.some((price) => is((price * share) / 100)),
    )
  )
    return true;
  if (isReduced(prices, sums, is, cheaper.test(sentence) || counts.includes(2))) return true;
  return (
    each.test(sentence) && prices.some((price) => [...sums.numbers].some((by) => by > 1 && is(price / by)))
  );
}

function priceOf({ meaning }: Found): Price[] {
  return meaning.kind === "money" && meaning.low === meaning.high
    ? [{ value: meaning.low, currency: (meaning as Amount).unit, words: new Set() }]
    : [];
}

/** Counts that the reply names before the amount and somebody said. */
function countsIn(head: string, parts: readonly Found[], start: number, said: ReadonlySet<number>): number[] {
  return findNumerals(head)
    .filter(
      (one) =>
        !parts.some(
          (part) =>
            part.start <= start + one.start && start + one.end <= part.end && !isPieces(head, one.end),
        ),
    )
    .map(({ low, high }) => (low === high ? low : 0))
    .filter((count) => Number.isInteger(count) && count > 0 && count <= mostCount && said.has(count));
}

/** 四块手工皂: pieces, not yuan. */
function isPieces(head: string, end: number): boolean {
  return /^块(?!钱)[\p{Script=Han}]/u.test(head.slice(end, end + 3));
}

/** The last two, three … of the parts that were told. */
function isSumOfParts(parts: readonly number[], is: (value: number) => boolean): boolean {
  let sum = parts.at(-1) ?? 0;
  for (let at = parts.length - 2; at >= 0; at -= 1) {
    sum += parts[at] ?? 0;
    if (is(sum)) return true;
  }
  return false;
}

/** Two adults and one child: each count with a price of its own; a price beside it that nobody counted is one. */
function isBasket(
  prices: readonly number[],
  counts: readonly number[],
  is: (value: number) => boolean,
): boolean {
  const some = [...new Set(prices)].slice(0, mostPrices);
  const [first = 1, second = 1] = counts;
  if (counts.length > 2) return false;
  return some.some((a) => some.some((b) => a !== b && is(a * first + b * second)));
}

/** Without a count both prices have to be named: "wash and wax". */
function namedIn(sentence: string, prices: readonly Price[]): number[] {
  const named = tellingWords(sentence);
  return prices.filter(({ words }) => [...words].some((word) => named.has(word))).map(({ value }) => value);
}

/** "便宜 36 元", "another $15": the difference of two prices, one of them perhaps several times. */
function isDifference(
  prices: readonly number[],
  counts: readonly number[],
  is: (value: number) => boolean,
): boolean {
  const times = [1, ...counts];
  return prices.some((a) =>
    prices.some((b) => times.some((count) => is(a * count - b) || is(a - b * count))),
  );
}

/** 定金 20% is a share whether the reply says 20 again or only that it is the deposit. */
function saysShare(sentence: string, share: number): boolean {
  if (tellingWords(sentence).has("=deposit")) return true;
  return findNumerals(sentence).some(({ low }) => low === share || low * 10 === share);
}

/** With the discount, without the reduction, or the second one at the discount: 79 + 39.5. */
function isReduced(
  prices: readonly number[],
  { offs, reductions }: Sums,
  is: (value: number) => boolean,
  isDiscount: boolean,
): boolean {
  return prices.some(
    (price) =>
      reductions.some(({ value }) => value < price && is(price - value)) ||
      (isDiscount &&
        offs.some((off) => is((price * (100 - off)) / 100) || is(price + (price * (100 - off)) / 100))),
  );
}
