// Which of an FAQ's answers is said to whom: the variant whose conditions all apply and that says most about whom it is
// for, else the answer itself. And from which day an FAQ is not said any more. Pure, the same for the same moment.
//
// The more kinds of conditions a variant has, the more particular it is. Of two with as many kinds the one that names the
// customer group goes first, then the one that names the channel, then the time, then the language; then the upper one.

import type { Channel, FaqVariant, FaqWindow } from "@yingda/contract";

/** What an answer can depend on besides the question. */
export interface Moment {
  at: Date;
  /** IANA name. */
  timeZone: string;
  channel: Channel;
  contactTags: readonly string[];
  /** As heard ("zh-Hant") and as answered in ("zh-CN", "en"). */
  languages: readonly string[];
  isSpoken: boolean;
}

const weights = { contactTags: 8, channels: 4, window: 2, languages: 1 };
/** More than all weights together: first comes how many conditions there are. */
const perCondition = 16;

export function chooseVariant(variants: readonly FaqVariant[], moment: Moment): FaqVariant | null {
  let best: FaqVariant | null = null;
  for (const variant of variants)
    if (applies(variant, moment) && (best === null || weightOf(variant) > weightOf(best))) best = variant;
  return best;
}

function applies({ channels, languages, contactTags, window }: FaqVariant, moment: Moment): boolean {
  return (
    (channels.length === 0 || channels.includes(moment.channel)) &&
    (languages.length === 0 || languages.some((language) => moment.languages.includes(language))) &&
    (contactTags.length === 0 || contactTags.some((tag) => moment.contactTags.includes(tag))) &&
    (window === null || isWithin(window, moment))
  );
}

function weightOf({ channels, languages, contactTags, window }: FaqVariant): number {
  return (
    (contactTags.length > 0 ? perCondition + weights.contactTags : 0) +
    (channels.length > 0 ? perCondition + weights.channels : 0) +
    (window === null ? 0 : perCondition + weights.window) +
    (languages.length > 0 ? perCondition + weights.languages : 0)
  );
}

/** A window over midnight belongs to the day on which it began. */
export function isWithin(window: FaqWindow, { at, timeZone }: Pick<Moment, "at" | "timeZone">): boolean {
  const { fromMinute, untilMinute } = window;
  const { minute } = localTime(at, timeZone);
  if (fromMinute === null || untilMinute === null) return isOnDay(window, localTime(at, timeZone));
  if (fromMinute < untilMinute)
    return minute >= fromMinute && minute < untilMinute && isOnDay(window, localTime(at, timeZone));
  if (minute >= fromMinute) return isOnDay(window, localTime(at, timeZone));
  return minute < untilMinute && isOnDay(window, localTime(new Date(at.getTime() - 86_400_000), timeZone));
}

function isOnDay({ fromOn, untilOn, weekdays }: FaqWindow, { day, weekday }: LocalTime): boolean {
  if (fromOn !== null && day < fromOn) return false;
  if (untilOn !== null && day > untilOn) return false;
  return weekdays.length === 0 || weekdays.includes(weekday);
}

interface LocalTime {
  /** "YYYY-MM-DD" */
  day: string;
  /** 1 Monday to 7 Sunday. */
  weekday: number;
  /** Since midnight. */
  minute: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const mostClocks = 200;

/** Day and minute on the wall clock of a zone; China's where the name is unknown. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${parts.year}-${parts.month}-${parts.day}`;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return { day, weekday, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = makeClock(timeZone);
  if (clocks.size >= mostClocks) clocks.clear();
  clocks.set(timeZone, made);
  return made;
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
  const shape = {
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...shape, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-CA", { ...shape, timeZone: "Asia/Shanghai" });
  }
}

/** From the day itself on it is not said. */
export function isExpired(
  expiresOn: string | null,
  { at, timeZone }: Pick<Moment, "at" | "timeZone">,
): boolean {
  return expiresOn !== null && localTime(at, timeZone).day >= expiresOn;
}
