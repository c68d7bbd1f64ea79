// Months and days as the shop counts them. Pure.
import { Temporal } from "temporal-polyfill";

/** "YYYY-MM" of an instant in a time zone. */
export function monthOf(at: Date, timeZone: string): string {
  return zoned(at, timeZone).toPlainDate().toPlainYearMonth().toString();
}

/** First instant of a month and of the next, and how far into it an instant is. */
export function monthSpan(month: string, timeZone: string): { from: Date; to: Date; days: number } {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const next = first.add({ months: 1 });
  const start = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return { from: start(first), to: start(next), days: first.daysInMonth };
}

/**
 * What a month will have cost at its end: what was spent, and for the time that is left the pace of the last seven days (or of
 * the month, where it is younger). `nowMs` after the month: what was spent.
 */
export function forecast(
  spent: number,
  lastWeek: number,
  span: { from: Date; to: Date },
  nowMs: number,
): number {
  const left = span.to.getTime() - nowMs;
  if (left <= 0) return spent;
  const weekMs = 7 * 86_400_000;
  const seenMs = Math.min(weekMs, Math.max(3_600_000, nowMs - span.from.getTime()));
  return spent + (lastWeek / seenMs) * left;
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}
