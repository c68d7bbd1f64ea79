// Business hours as pure functions: is the shop open at an instant, and when does it open next.
// Used by availability, left messages and the widget's face. Blocks are wall-clock minutes in the shop's own zone, so a
// day of 23 or 25 hours is judged by what the clock on the wall shows. No hours set (null) means always open.
import type { BusinessHours } from "@yingda/contract";
import { Temporal } from "temporal-polyfill";

type Block = { opensMinute: number; closesMinute: number };

/** How far ahead an opening is looked for: a year and a week covers "closed until the next season". */
const horizonDays = 372;

/** Whether the clock on the shop's wall shows an opening minute at this instant; a holiday replaces its weekday. */
export function isOpenAt(hours: BusinessHours | null, at: Date): boolean {
  if (!hours) return true;
  return isOpenLocally(hours, zoned(hours, at));
}

/**
 * The first instant at or after `at` when the shop is open; `at` itself while it is open.
 * Null when it stays closed for over a year (an empty week).
 */
export function nextOpening(hours: BusinessHours | null, at: Date): Date | null {
  if (isOpenAt(hours, at) || !hours) return at;
  const start = zoned(hours, at);
  const today = start.toPlainDate();
  for (let ahead = 0; ahead <= horizonDays; ahead += 1) {
    const day = today.add({ days: ahead });
    const blocks = blocksOn(hours, day);
    if (blocks.length === 0) continue;
    const openings = candidatesOn(day, blocks, hours.timeZone)
      .filter((time) => time.epochMilliseconds >= at.getTime() && isOpenLocally(hours, time))
      .map((time) => time.epochMilliseconds);
    if (openings.length > 0) return new Date(Math.min(...openings));
  }
  return null;
}

/** True for a zone name this machine knows; the edge refuses others before they are stored. */
export function isTimeZone(name: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId.length > 0;
  } catch {
    return false;
  }
}

function zoned(hours: BusinessHours, at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(hours.timeZone);
}

function isOpenLocally(hours: BusinessHours, time: Temporal.ZonedDateTime): boolean {
  const minute = time.hour * 60 + time.minute;
  return blocksOn(hours, time.toPlainDate()).some(
    (block) => block.opensMinute <= minute && minute < block.closesMinute,
  );
}

function blocksOn(hours: BusinessHours, day: Temporal.PlainDate): readonly Block[] {
  const name = day.toString();
  const holiday = hours.holidays.find(({ on }) => on === name);
  return holiday ? holiday.blocks : (hours.week[day.dayOfWeek - 1] ?? []);
}

/**
 * Every instant of a local day at which the shop may turn from closed to open: the blocks' beginnings (both of them where
 * the clock goes back over one), the day's beginning, and the moments the clock jumps (an opening inside the skipped
 * hour begins at the jump).
 */
function candidatesOn(
  day: Temporal.PlainDate,
  blocks: readonly Block[],
  timeZone: string,
): Temporal.ZonedDateTime[] {
  const dayStart = day.toZonedDateTime(timeZone);
  const dayEnd = day.add({ days: 1 }).toZonedDateTime(timeZone);
  const found = [dayStart];
  for (const { opensMinute } of blocks) {
    const local = day.toPlainDateTime({ hour: Math.floor(opensMinute / 60), minute: opensMinute % 60 });
    found.push(local.toZonedDateTime(timeZone, { disambiguation: "earlier" }));
    found.push(local.toZonedDateTime(timeZone, { disambiguation: "later" }));
  }
  let jump = dayStart.subtract({ seconds: 1 }).getTimeZoneTransition("next");
  while (jump && Temporal.ZonedDateTime.compare(jump, dayEnd) < 0) {
    found.push(jump);
    jump = jump.getTimeZoneTransition("next");
  }
  return found;
}
