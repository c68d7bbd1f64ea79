// What the finders of dates hand to date-times.ts: pieces of a moment ("后天", "下午", "三点") before they are put together.

import type { WallClock } from "./calendar.ts";
import type { Granularity } from "./entity.ts";

export interface DayHint {
  kind: "day";
  day: number;
  /** Length in days. */
  days: number;
  granularity: Granularity;
  /** What was not said: "month" for "5号", "year" for "10月1号". */
  assumed: ("month" | "year")[];
  /** A weekday or day of the month that may move on when it ends a range. */
  step?: "week" | "month";
}
export interface PartHint {
  kind: "part";
  /** Seconds since midnight. */
  from: number;
  to: number;
  half: "am" | "noon" | "pm" | "night";
  /** Means something without a day beside it. */
  isAlone: boolean;
  /** "tonight" says the day too. */
  isToday?: true;
}
export interface ClockHint {
  kind: "clock";
  hour: number;
  minute: number;
  second: number;
  half: "am" | "pm" | null;
  /** Written as 15:00 or 08:30: nothing to guess. */
  isOfDay: boolean;
  granularity: "hour" | "minute" | "second";
}
/** "半小时后", "in two hours"; with `until` the stretch of "两三个小时后". */
export interface InstantHint {
  kind: "instant";
  clock: WallClock;
  until?: WallClock;
  granularity: "hour" | "minute" | "second";
}
/** "两小时内", "within the next week": from now to the end of that day or instant. */
export interface DeadlineHint {
  kind: "deadline";
  until: WallClock;
}
export type HintBody = DayHint | PartHint | ClockHint | InstantHint | DeadlineHint;
export type Hint = HintBody & { start: number; end: number };

export interface DateScene {
  text: string;
  now: WallClock;
  /** Do the words around this place speak of the past ("10月1号买的")? */
  isPast: (start: number, end: number) => boolean;
}

/** Seconds since the given clock, as a clock again. */
export function shifted({ day, second }: WallClock, seconds: number): WallClock {
  const total = second + Math.round(seconds);
  return { day: day + Math.floor(total / 86_400), second: ((total % 86_400) + 86_400) % 86_400 };
}

/** Every match of a pattern as a hint; the reader refuses one by null. */
export function hintsOf(
  text: string,
  pattern: RegExp,
  read: (found: RegExpExecArray) => HintBody | null,
): Hint[] {
  const hints: Hint[] = [];
  for (const found of text.matchAll(pattern)) {
    const body = read(found);
    if (body !== null) hints.push({ ...body, start: found.index, end: found.index + found[0].length });
  }
  return hints;
}

/** One day, fully said unless told otherwise. */
export function dayHint(day: number, assumed: DayHint["assumed"] = []): DayHint {
  return { kind: "day", day, days: 1, granularity: "day", assumed };
}
