// Dates and times, resolved against a given now: the pieces that the other finders of dates see ("后天", "下午", "三点")
// are put together, what was not said is filled in and named, and two moments with 到 between them become a range.
// Called by findEntities.

import {
  dayNumber,
  instantOf,
  isoDay,
  isoMoment,
  isoWeek,
  partsOfDay,
  type WallClock,
  wallClockOf,
} from "./calendar.ts";
import { findChineseDays } from "./chinese-dates.ts";
import { findClockHints } from "./clock-hints.ts";
import type {
  ClockHint,
  DateScene,
  DayHint,
  DeadlineHint,
  Hint,
  InstantHint,
  PartHint,
} from "./date-hints.ts";
import { shifted } from "./date-hints.ts";
import { findDistances } from "./distances.ts";
import { findEnglishDays } from "./english-dates.ts";
import type { Granularity, Piece } from "./entity.ts";
import { hourOf } from "./hours.ts";
import { speaksOfPast } from "./past-words.ts";

interface Moment {
  start: number;
  end: number;
  day?: DayHint;
  part?: PartHint;
  clock?: ClockHint;
  instant?: InstantHint;
  deadline?: DeadlineHint;
}
/** A stretch of time in the zone's clocks; `to` is not in it. */
export interface Stretch {
  from: WallClock;
  to: WallClock;
  granularity: Granularity;
  assumed: ("half-day" | "day" | "month" | "year")[];
}

const gap = /^(?:[\s,，的]|\b(?:at|on|in|the|by|around|about|of)\b|@|那天|当天|大概|差不多){0,5}$/u;
const rangeGap = /^\s?(?:到|至|-{1,2}|~|—{1,2}|–|to|until|till|through|thru)\s?$/u;
const betweenGap = /^\s(?:and)\s$/u;
const mostHints = 60; // a timetable is no message

/** Dates and times of a folded text. @throws RangeError for an unknown time zone or an invalid now. */
export function findDateTimes(text: string, now: Date, timeZone: string): Piece[] {
  const scene: DateScene = {
    text,
    now: wallClockOf(now, timeZone),
    isPast: (start, end) => speaksOfPast(text, start, end),
  };
  const hints = [
    ...findChineseDays(scene),
    ...findEnglishDays(scene),
    ...findDistances(scene),
    ...findClockHints(text),
  ];
  const moments = joinHints(text, withoutOverlaps(hints).slice(0, mostHints));
  return joinRanges(scene, moments, timeZone);
}

/** The longest hint wins where two overlap. */
function withoutOverlaps(hints: Hint[]): Hint[] {
  const byLength = [...hints].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Hint[] = [];
  for (const hint of byLength)
    if (kept.every(({ start, end }) => hint.end <= start || hint.start >= end)) kept.push(hint);
  return kept.sort((a, b) => a.start - b.start);
}

function joinHints(text: string, hints: Hint[]): Moment[] {
  const moments: Moment[] = [];
  for (const { start, end, ...hint } of hints) {
    const last = moments.at(-1);
    const isNear = last !== undefined && gap.test(text.slice(last.end, start));
    if (isNear && fits(last, hint)) {
      Object.assign(last, { [hint.kind]: hint, end });
    } else moments.push({ start, end, [hint.kind]: hint });
  }
  return moments.filter(
    ({ part, day, clock }) => !(part?.isAlone === false && day === undefined && clock === undefined),
  );
}

function fits(moment: Moment, hint: { kind: Hint["kind"]; days?: number }): boolean {
  if (moment[hint.kind] !== undefined || moment.instant !== undefined || moment.deadline !== undefined)
    return false;
  if (hint.kind === "instant" || hint.kind === "deadline") return false;
  const days = hint.kind === "day" ? (hint.days ?? 1) : (moment.day?.days ?? 1);
  return days === 1; // no hour of a month
}

function joinRanges(scene: DateScene, moments: Moment[], timeZone: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < moments.length; at += 1) {
    const first = moments[at] as Moment;
    const second = moments[at + 1];
    const between = second === undefined ? "" : scene.text.slice(first.end, second.start);
    const isBetween = betweenGap.test(between) && /\bbetween\s*$/u.test(scene.text.slice(0, first.start));
    if (second !== undefined && (rangeGap.test(between) || isBetween)) {
      const range = resolveRange(scene, first, second);
      if (range !== null) {
        pieces.push(pieceOf(first.start, second.end, range, timeZone));
        at += 1;
        continue;
      }
    }
    pieces.push(pieceOf(first.start, first.end, resolve(scene, first), timeZone));
  }
  return pieces;
}

function resolve(scene: DateScene, moment: Moment): Stretch {
  const { now } = scene;
  const { start, end, part, clock, instant, deadline } = moment;
  const day = moment.day ?? (part?.isToday === true ? oneDay(now.day) : undefined);
  if (deadline !== undefined) return { from: now, to: deadline.until, granularity: "range", assumed: [] };
  if (instant !== undefined) {
    const length = instant.granularity === "second" ? 1 : 60;
    const from = { day: instant.clock.day, second: instant.clock.second - (instant.clock.second % length) };
    if (instant.until !== undefined) return { from, to: instant.until, granularity: "range", assumed: [] };
    return { from, to: shifted(from, length), granularity: instant.granularity, assumed: [] };
  }
  if (clock !== undefined) return hourOf(now, clock, part ?? null, day ?? null, scene.isPast(start, end));
  if (part !== undefined) return partOf(now, part, day ?? null, scene.isPast(start, end));
  const whole = day ?? oneDay(now.day);
  return {
    from: { day: whole.day, second: 0 },
    to: { day: whole.day + whole.days, second: 0 },
    granularity: whole.granularity,
    assumed: [...whole.assumed],
  };
}

function partOf(now: WallClock, part: PartHint, day: DayHint | null, isPast: boolean): Stretch {
  let ofDay = day?.day ?? now.day;
  if (day === null && isPast && part.from > now.second) ofDay -= 1;
  if (day === null && !isPast && part.to <= now.second) ofDay += 1;
  return {
    from: { day: ofDay, second: part.from },
    to: shifted({ day: ofDay, second: 0 }, part.to),
    granularity: "part-of-day",
    assumed: day === null ? ["day"] : [...day.assumed],
  };
}

/** The second moment leans on the first: its day, its month, its half of the day. Null when it would end before it began. */
function resolveRange(scene: DateScene, first: Moment, second: Moment): Stretch | null {
  if (first.deadline !== undefined || second.deadline !== undefined || second.instant !== undefined)
    return null;
  // in "9点到18点" hours are those of a working day, whatever the hour is now
  const morning = { ...scene, now: { day: scene.now.day, second: 0 } };
  const isDaySaid = first.day !== undefined || second.day !== undefined;
  let from = resolve(
    morning,
    first.day === undefined && second.day !== undefined ? { ...first, day: second.day } : first,
  );
  const leaning = { ...second, day: endingDay(first, second, from.from.day) };
  let to = resolve(morning, leaning);
  const isSecondSure =
    second.part !== undefined ||
    (second.clock !== undefined && (second.clock.half !== null || second.clock.isOfDay));
  if (isSecondSure && from.assumed.includes("half-day")) {
    const options = [12, 0, -12].map((hours) => shifted(from.from, hours * 3_600));
    const start = options.find((option) => option.day === to.from.day && isBefore(option, to.from));
    if (start !== undefined)
      from = { ...from, from: start, assumed: from.assumed.filter((name) => name !== "half-day") };
  }
  if (second.clock !== undefined && !isBefore(from.from, to.from)) {
    to = { ...to, from: shifted(to.from, isSecondSure ? 86_400 : 43_200) };
  }
  // "到5点" ends at five; "到5号" ends with the fifth
  let end = second.clock === undefined ? to.to : to.from;
  let start = from.from;
  const isOneDay = from.granularity === "day" && to.granularity === "day" && to.from.day === from.from.day;
  if (isOneDay || !isBefore(start, end)) return null;
  const assumed = [...new Set([...from.assumed, ...to.assumed])];
  if (!isDaySaid && first.instant === undefined && isBefore(end, scene.now)) {
    start = shifted(start, 86_400);
    end = shifted(end, 86_400);
  }
  return { from: start, to: end, granularity: "range", assumed };
}

/** The day on which a range ends: its own, moved on until it does not lie before the first, or the first's. */
function endingDay(first: Moment, { day }: Moment, firstDay: number): DayHint {
  if (day === undefined) return oneDay(firstDay);
  if (day.step === "week") return { ...day, day: firstDay + ((((day.day - firstDay) % 7) + 7) % 7) };
  const { year, month } = partsOfDay(firstDay);
  const { day: ofMonth, month: ownMonth } = partsOfDay(day.day);
  const isMonthOpen = day.step === "month" && first.day !== undefined;
  const candidates = isMonthOpen
    ? [dayNumber(year, month, ofMonth), dayNumber(year, month + 1, ofMonth)]
    : day.assumed.includes("year")
      ? [dayNumber(year, ownMonth, ofMonth), dayNumber(year + 1, ownMonth, ofMonth)]
      : [];
  const found = candidates.find((candidate) => candidate >= firstDay);
  return found === undefined
    ? day
    : { ...day, day: found, assumed: day.assumed.filter((name) => name !== "month") };
}

function oneDay(day: number): DayHint {
  return { kind: "day", day, days: 1, granularity: "day", assumed: [] };
}

function isBefore(a: WallClock, b: WallClock): boolean {
  return a.day < b.day || (a.day === b.day && a.second < b.second);
}

function pieceOf(start: number, end: number, stretch: Stretch, timeZone: string): Piece {
  const { from, to, granularity, assumed } = stretch;
  return {
    start,
    end,
    finding: {
      kind: "date-time",
      value: isoOf(stretch, timeZone),
      granularity,
      startsAt: instantOf(from, timeZone).toISOString(),
      endsAt: instantOf(shifted(to, 0), timeZone).toISOString(),
      assumed,
      confidence: assumed.length === 0 ? 0.95 : 0.85,
    },
  };
}

function isoOf({ from, to, granularity }: Stretch, timeZone: string): string {
  if (granularity === "year") return isoDay(from.day).slice(0, 4);
  if (granularity === "month") return isoDay(from.day).slice(0, 7);
  if (granularity === "week") return isoWeek(from.day);
  if (granularity === "day") return isoDay(from.day);
  if (granularity === "hour" || granularity === "minute" || granularity === "second")
    return isoMoment(from, timeZone);
  const end = shifted(to, 0);
  const isWholeDays = from.second === 0 && end.second === 0 && granularity !== "part-of-day";
  if (isWholeDays) return `${isoDay(from.day)}/${isoDay(end.day - 1)}`;
  return `${isoMoment(from, timeZone)}/${isoMoment(end, timeZone)}`;
}
