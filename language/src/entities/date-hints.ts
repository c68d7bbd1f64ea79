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
/** "半小时后", "in two hours". */
export interface InstantHint {
  kind: "instant";
  clock: WallClock;
  granularity: "hour" | "minute" | "second";
}
/** "三天内", "within a week": from now to the end of that day or instant. */
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

const done =
  /^[^,，。;；!！?？\n]{0,4}?(?:买的?|下的?单|拍的|付的?款|付了|订的|定的|收到|收的|到的|发的|寄的|签收|签的|退的|申请的|报的|来过|就|已经|问过|联系过|说的|送来|用的|到现在|至今)/u;
const coming = /(?:能|会|可以|要|想|才能|准备|打算|必须|得|前)/u;
const doneBefore =
  /(?:已经|上次|之前|当时|since|bought|ordered|placed|paid|received|arrived|delivered on|was|were|purchased|sent it)[^.,?!，。？！\n]{0,30}$/u;

/** Whether the words beside a date say that it is past. */
export function speaksOfPast(text: string, start: number, end: number): boolean {
  const after = text.slice(end, end + 12);
  if (done.test(after) && !coming.test(after.slice(0, 4))) return true;
  return doneBefore.test(text.slice(Math.max(0, start - 45), start));
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
