// Which hour of which day is meant: 下午三点 is 15:00, 晚上十二点 ends the day, a bare 三点 is the next three o'clock at which
// shops and customers are awake. Called by date-times.ts.

import type { WallClock } from "./calendar.ts";
import type { ClockHint, DayHint, PartHint } from "./date-hints.ts";
import { shifted } from "./date-hints.ts";
import type { Stretch } from "./date-times.ts";

const lengthOf = { hour: 3_600, minute: 60, second: 1 };
const awake = { from: 7 * 3_600, to: 23 * 3_600 };

/** The stretch that an hour means, beside a part of the day or a day where they were said. */
export function hourOf(
  now: WallClock,
  clock: ClockHint,
  part: PartHint | null,
  day: DayHint | null,
  isPast: boolean,
): Stretch {
  const { granularity } = clock;
  const done = (from: WallClock, assumed: Stretch["assumed"]): Stretch => ({
    from,
    to: shifted(from, lengthOf[granularity]),
    granularity,
    assumed: [...(day?.assumed ?? []), ...assumed],
  });
  const at = (ofDay: number, hour: number) => shifted({ day: ofDay, second: 0 }, secondsAt(clock, hour));
  const sure = sureHour(clock, part);
  if (sure !== null) {
    if (day !== null) return done(at(day.day, sure), []);
    return done(
      nearestOf(
        [-1, 0, 1].map((shift) => at(now.day + shift, sure)),
        now,
        isPast,
      ),
      ["day"],
    );
  }
  const usual = clock.hour >= 1 && clock.hour <= 6 ? clock.hour + 12 : clock.hour;
  if (day !== null && day.day !== now.day) return done(at(day.day, usual), ["half-day"]);
  const hours = clock.hour === 12 ? [12] : [clock.hour, clock.hour + 12];
  const assumed: Stretch["assumed"] = day === null ? ["half-day", "day"] : ["half-day"];
  const today = hours
    .map((hour) => at(now.day, hour))
    .filter(({ second }) => second >= awake.from && second < awake.to);
  const open = today.filter((candidate) => (isPast ? !isAfter(candidate, now) : isAfter(candidate, now)));
  const chosen = isPast ? open.at(-1) : open[0];
  if (chosen !== undefined) return done(chosen, assumed);
  if (day !== null) return done(at(day.day, usual), assumed);
  return done(at(now.day + (isPast ? -1 : 1), usual), assumed);
}

/** The hour of the day (up to 28 for the small hours of a night), or null when both halves are possible. */
function sureHour({ hour, half, isOfDay }: ClockHint, part: PartHint | null): number | null {
  if (half !== null) return (hour % 12) + (half === "pm" ? 12 : 0);
  if (part === null) return isOfDay ? hour : null;
  if (hour > 12 || hour === 0) return hour;
  if (part.half === "am") return part.from === 0 && hour === 12 ? 0 : hour;
  if (part.half === "noon") return hour <= 3 ? hour + 12 : hour;
  if (part.half === "pm") return hour === 12 ? 12 : hour + 12;
  return hour === 12 ? 24 : hour <= 4 ? hour + 24 : hour + 12;
}

function secondsAt({ minute, second }: ClockHint, hour: number): number {
  return hour * 3_600 + minute * 60 + second;
}

function nearestOf(candidates: WallClock[], now: WallClock, isPast: boolean): WallClock {
  const fitting = candidates.filter((candidate) =>
    isPast ? !isAfter(candidate, now) : isAfter(candidate, now),
  );
  return (isPast ? fitting.at(-1) : fitting[0]) ?? (candidates[1] as WallClock);
}

function isAfter(a: WallClock, b: WallClock): boolean {
  return a.day > b.day || (a.day === b.day && a.second > b.second);
}
