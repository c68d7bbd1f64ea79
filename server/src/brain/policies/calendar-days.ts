// Calendar days of the shop: which day it is there, and how far apart two days are. No hours and no zone once the day is
// known, so that "seven days" never depends on the minute at which somebody asks.

import { Temporal } from "temporal-polyfill";

/** The day that a zone's calendar shows at an instant. @throws RangeError for an unknown zone or an invalid date. */
export function dayIn(timeZone: string, at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** A day written YYYY-MM-DD; null for anything else, 2026-02-29 among it. */
export function readDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** True for a zone name this machine knows. */
export function isZone(name: string): boolean {
  try {
    return dayIn(name, new Date(0)).year > 0;
  } catch {
    return false;
  }
}

/** Days from one to the other; negative when the second comes first. */
export function daysFrom(first: Temporal.PlainDate, second: Temporal.PlainDate): number {
  return first.until(second, { largestUnit: "days" }).days;
}

/** A day's number on the line of days (1970-01-01 is 0). */
export function dayNumber(day: Temporal.PlainDate): number {
  return daysFrom(Temporal.PlainDate.from("1970-01-01"), day);
}

/**
 * Months since a day, begun ones counted: the least number of months with which the day reaches `today`; 0 for that day
 * and before. A month ends on the same day of the month, or on its last day where there is none (31 January → 28
 * February), as terms are counted in the Civil Code of China, articles 201 and 202.
 */
export function monthsBegun(since: Temporal.PlainDate, today: Temporal.PlainDate): number {
  const apart = (today.year - since.year) * 12 + today.month - since.month;
  const reached = [apart, apart + 1].find((months) => daysFrom(today, since.add({ months })) >= 0);
  return Math.max(0, reached ?? apart + 1);
}
