// Numbers with what they count: ¥99, 3 到 5 个工作日, 九折, 半小时, 99块5, two and a half hours, 满300减50. Units are made
// canonical and ranges joined; a number that nobody explains stays a bare number and must be found all the same. Called by
// read-claims.ts on a text from which contacts, codes, dates and times were masked.

import type { Amount, AmountKind, Found } from "./claim.ts";
import { findHalves } from "./half-words.ts";
import { joinParts, joinRanges } from "./join-readings.ts";
import { boundOf, ratesOf } from "./limits.ts";
import { findNumerals, rounded } from "./numerals.ts";
import { near, type Reading, withUnit } from "./readings.ts";

const rateAfter =
  /^\s?(?:大概|大约|要|收|才|也就|就|吃|喝|喂|服|抹|涂|敷|洗|最多|能|可以)?(?:用|[\d一二两三四五六七八九十]|多少|几|¥|\$|送|给)/u;
/** Amounts of a masked, folded text in reading order. Throws nothing. */
export function findAmounts(text: string, side: "claims" | "backing"): Found[] {
  const readings = findNumerals(text).map((numeral) => withUnit(text, numeral));
  const joined = joinRanges(text, joinParts(text, [...readings, ...findHalves(text, side)].sort(byStart)));
  const all = side === "backing" ? [...joined, ...elided(text, joined)] : joined;
  return all.flatMap((reading) => {
    const meaning = meaningOf(text, reading, side);
    return meaning === null ? [] : [{ start: reading.start, end: reading.end, meaning }];
  });
}

/** "return within 7 days or exchange within 15.": a bare number of a source also has the last unit of time. */
function elided(text: string, readings: readonly Reading[]): Reading[] {
  return readings.flatMap((reading, at) => {
    const last = readings[at - 1];
    if (reading.unit !== null || last?.unit?.kind !== "duration" || reading.start - last.end > 60) return [];
    const isBetween = /[.。!?\n](?:\s|$)/u.test(text.slice(last.end, reading.start));
    const isNoun =
      /^\s?[a-z\p{Script=Han}]/u.test(text.slice(reading.end, reading.end + 2)) &&
      !/^ (?:and|or)/u.test(text.slice(reading.end, reading.end + 4));
    if (isBetween || isNoun) return [];
    const { unit } = last;
    return [
      {
        ...reading,
        low: rounded(reading.low * unit.factor),
        high: rounded(reading.high * unit.factor),
        unit,
      },
    ];
  });
}

function byStart(a: Reading, b: Reading): number {
  return a.start - b.start || b.end - a.end;
}

function meaningOf(
  text: string,
  { start, end, low, high, unit, script }: Reading,
  side: "claims" | "backing",
): Amount | null {
  const before = text.slice(Math.max(0, start - near), start);
  const after = text.slice(end, end + near);
  const isHan = script === "han";
  // "一天四百五": what one pays for a day
  const isRate =
    isHan && low === high && low === unit?.factor && unit.kind === "duration" && rateAfter.test(after);
  const isSpan =
    isHan && low === high && low === unit?.factor && /(?:[元块钱]|[¥$€£]\s?[\d.]+)\s?$/u.test(before);
  if (isRate || isSpan) return null;
  const isPrice = unit === null && isHan && isShortPrice(text.slice(start, end));
  const isWholeNumber = isHan && end - start > 1 && /[十百千万亿]/u.test(text.slice(start, end));
  if (!isPrice && unit === null && isHan && !isWholeNumber) return null;
  if (unit === null && script === "latin" && low <= 1) return null;
  const isOne = low === 1 && high === 1;
  // "一个订单" and "发一张照片" count nothing unless a limit is said
  if (
    side === "claims" &&
    isOne &&
    unit?.kind === "number" &&
    /^[一\p{L}]/u.test(text.slice(start, end)) &&
    !limits(before)
  )
    return null;
  const kind: AmountKind = unit?.kind ?? (isPrice ? "money" : "number");
  const word = /(?<![a-z])([a-z]{2,14})[ -]?$/u.exec(before)?.[1];
  return {
    kind,
    unit: unit?.unit ?? "",
    low,
    high,
    bound: boundOf(before, after),
    per: ratesOf(before, after),
    name: unit === null && word !== undefined ? `${word}${text.slice(start, end)}` : null,
  };
}

/** 三百八, 八千五: only prices are said so short. */
function isShortPrice(numeral: string): boolean {
  return /[百千万][一二三四五六七八九]$/u.test(numeral);
}

function limits(before: string): boolean {
  return /(?:仅限?|只限?|最多|至多|至少|限购?|不超过|每[人单户次]|满|only|most|least|limit(?:ed to)?)\s?$/u.test(
    before,
  );
}
