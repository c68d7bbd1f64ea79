// Days and hours of a time zone without a library: a day is a number (days since 1970-01-01), an hour is minutes of that
// day. Used by the finders of dates; the clock itself is always given by the caller.

export interface DayParts {
  year: number;
  month: number;
  day: number;
  /** Monday 1 to Sunday 7. */
  weekday: number;
}
export interface WallClock {
  day: number;
  /** Seconds since midnight. */
  second: number;
}

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** What the clocks of a zone show at an instant. @throws RangeError for an unknown zone or an invalid date. */
export function wallClockOf(instant: Date, timeZone: string): WallClock {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return { day: dayNumber(year, month, day), second: hour * 3_600 + minute * 60 + second };
}

/** The instant at which the clocks of a zone show this; in a gap of summer time, the one just behind it. */
export function instantOf({ day, second }: WallClock, timeZone: string): Date {
  const target = day * dayMs + second * 1_000;
  let guess = target;
  for (let round = 0; round < 3; round += 1) {
    const shown = wallClockOf(new Date(guess), timeZone);
    const error = target - (shown.day * dayMs + shown.second * 1_000);
    if (error === 0) break;
    guess += error;
  }
  return new Date(guess);
}

/** Day number of a date; months and days beyond their range roll over as in Date. */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / dayMs);
}

/** The date of a day number. */
export function partsOfDay(day: number): DayParts {
  const date = new Date(day * dayMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: ((((day + 3) % 7) + 7) % 7) + 1,
  };
}

/** False for the 31st of April. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return partsOfDay(dayNumber(year, month, day)).day === day && day <= 31;
}

/** Days from the first of a month to the first of the next. */
export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

/** Months moved by a number; the day is cut to the length of the month (31 January + 1 month = 28 February). */
export function addMonths(day: number, months: number): number {
  const { year, month, day: ofMonth } = partsOfDay(day);
  const index = year * 12 + month - 1 + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  return dayNumber(toYear, toMonth, Math.min(ofMonth, daysInMonth(toYear, toMonth)));
}

/** Monday of the ISO week of a day. */
export function mondayOf(day: number): number {
  return day - partsOfDay(day).weekday + 1;
}

/** "2026-11-23" */
export function isoDay(day: number): string {
  const { year, month, day: ofMonth } = partsOfDay(day);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(ofMonth)}`;
}

/** "2026-W48", by the week's Thursday. */
export function isoWeek(day: number): string {
  const thursday = mondayOf(day) + 3;
  const { year } = partsOfDay(thursday);
  return `${year}-W${two(Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1)}`;
}

/** "2026-11-23T15:00+08:00"; seconds only where they are not 0. */
export function isoMoment(clock: WallClock, timeZone: string): string {
  const instant = instantOf(clock, timeZone);
  const shown = wallClockOf(instant, timeZone);
  const offset = Math.round((shown.day * dayMs + shown.second * 1_000 - instant.getTime()) / 60_000);
  const sign = offset < 0 ? "-" : "+";
  const size = Math.abs(offset);
  const rest = shown.second % 60;
  const clockText = `${two(Math.floor(shown.second / 3_600))}:${two(Math.floor(shown.second / 60) % 60)}`;
  return `${isoDay(shown.day)}T${clockText}${rest === 0 ? "" : `:${two(rest)}`}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
