// Readings that belong together: "3 到 5 天", "¥99-199", 1小时30分钟, 99块5, "80 × 40 cm". Called by amounts.ts.

import { rounded } from "./numerals.ts";
import type { Reading } from "./readings.ts";
import type { Unit } from "./units.ts";

/** "3 或 5 天" are two, "80 × 40 cm" too; the first takes the unit of the second. */
const sideBySide = /^\s?(?:或者?|or|[x×*]|\uE000{1,4}|乘以?|by|、)\s?$/u;
const joins = /^\s?(?:-|~|–|—{1,2}|--|到|至|to|and)\s?(?:(?:¥|\$|€|£)\s?)?$/u;

/** "3 到 5 天", "3天-5天", "¥99-199": the end without a unit takes the other's. */
export function joinRanges(text: string, readings: Reading[]): Reading[] {
  const joined: Reading[] = [];
  for (const written of readings) {
    const before = joined.at(-1);
    if (before !== undefined && written.start < before.end) continue;
    const isMixed =
      before?.unit?.kind === "duration" &&
      written.unit?.kind === "duration" &&
      before.unit.unit !== written.unit.unit &&
      joins.test(text.slice(before.end, written.start));
    const reading = isMixed ? inSeconds(written) : written;
    const last = isMixed && before !== undefined ? inSeconds(before) : before;
    const between = last === undefined ? null : text.slice(last.end, reading.start);
    const unit = last?.unit ?? reading.unit;
    const isEither =
      last !== undefined &&
      between !== null &&
      /^\s?(?:或者?|or)\s?$/u.test(between) &&
      reading.low - last.low * (last.unit === null ? scaleOf(reading) : 1) === scaleOf(reading);
    if (last !== undefined && reading.unit !== null && isEither) {
      // "two or three days" is a stretch
      const low = reading.low - scaleOf(reading);
      joined[joined.length - 1] = { ...reading, start: last.start, low, high: reading.high };
      continue;
    }
    const isTimes = reading.unit?.kind === "money" && between !== null && /[x×*\uE000]/u.test(between);
    if (
      last?.unit === null &&
      reading.unit !== null &&
      between !== null &&
      !isTimes &&
      sideBySide.test(between)
    ) {
      const scale = scaleOf(reading);
      joined[joined.length - 1] = {
        ...last,
        low: rounded(last.low * scale),
        high: rounded(last.high * scale),
        unit: reading.unit,
      };
      joined.push(reading);
      continue;
    }
    const isSame =
      last !== undefined &&
      (last.unit === null || reading.unit === null || sameUnit(last.unit, reading.unit));
    const isAnd = between !== null && /and/u.test(between);
    const isBetween =
      isAnd && /\bbetween\s?$/u.test(text.slice(Math.max(0, (last?.start ?? 0) - 9), last?.start));
    if (last === undefined || between === null || !isSame || !joins.test(between) || (isAnd && !isBetween)) {
      joined.push(reading);
      continue;
    }
    const isFold = text.charAt(reading.end - 1) === "折"; // 8-9折
    const first =
      last.unit === null && unit !== null
        ? rounded(isFold ? 100 - last.low * (last.low < 10 ? 10 : 1) : last.low * scaleOf(reading))
        : last.low;
    const second =
      reading.unit === null && last.unit !== null ? rounded(reading.high * last.unit.factor) : reading.high;
    const low = isFold ? second : first;
    const high = isFold ? first : second;
    if (low < high && last.low === last.high && reading.low === reading.high)
      joined[joined.length - 1] = {
        ...reading,
        start: last.start,
        low,
        high,
        unit: reading.unit ?? last.unit,
      };
    else joined.push(reading);
  }
  return joined;
}

/** What one of the unit as written is worth: "3-5 年" counts both in years, "1-2 斤" in half kilos. */
function scaleOf({ unit, hasHalf }: Reading): number {
  return unit === null || hasHalf || unit.unit === "off" ? 1 : unit.factor;
}

/** "半个月到二十天": both in seconds, a month as 30 days. */
function inSeconds(reading: Reading): Reading {
  if (reading.unit?.unit !== "month") return reading;
  const month = 30 * 86_400;
  return {
    ...reading,
    low: reading.low * month,
    high: reading.high * month,
    unit: { kind: "duration", unit: "second", factor: month },
  };
}

function sameUnit(a: Unit, b: Unit): boolean {
  return a.kind === b.kind && (a.unit === b.unit || a.unit === "" || b.unit === "");
}

const between = /^(?:零|又|,? ?and |[ ,]{0,2})$/u;

/** 1小时30分钟, 99块5, 1年零3个月, "two and a half hours". */
export function joinParts(text: string, readings: Reading[]): Reading[] {
  const joined: Reading[] = [];
  for (const reading of readings) {
    const last = joined.at(-1);
    const gap = last === undefined ? null : text.slice(last.end, reading.start);
    if (last === undefined || gap === null || !isPartOf(text, last, reading, gap)) {
      joined.push(reading);
      continue;
    }
    const isTail = reading.unit === null;
    const more = isTail ? reading.low / (reading.low < 10 ? 10 : 100) : reading.low;
    joined[joined.length - 1] = {
      ...last,
      end: reading.end,
      low: rounded(last.low + more),
      high: rounded(last.high + more),
    };
  }
  return joined;
}

function isPartOf(text: string, last: Reading, next: Reading, gap: string): boolean {
  if (last.low !== last.high || next.low !== next.high || last.unit === null) return false;
  if (next.unit === null)
    return (
      gap === "" &&
      next.low < 100 &&
      /^(?:CNY|m)$/u.test(last.unit.unit) &&
      /(?<![厘毫分])[块米]$/u.test(text.slice(last.start, last.end)) &&
      !/^[般起个样直次下定些种]/u.test(text.slice(next.end, next.end + 1))
    );
  if (!between.test(gap) || last.unit.kind !== next.unit.kind || last.unit.unit !== next.unit.unit)
    return false;
  const isSummed = last.unit.kind === "duration" || (last.unit.kind === "money" && gap === "");
  return isSummed && next.unit.factor < last.unit.factor;
}
