// What a question says before any table is looked at: its groups, measures of a body, a time of day; and what day it is at
// the shop. Used by ask-tables.ts.

import {
  detectLanguage,
  findEntities,
  normalise,
  partsOfDay,
  unifyCharacters,
  wallClockOf,
} from "@yingda/language";
import { measuresOf } from "./measures.ts";
import type { Scene } from "./outcome.ts";
import type { Heard, NamedTime } from "./read-question.ts";
import { groupsOf } from "./word-groups.ts";

const longestQuestion = 300;
const mostGroups = 80; // a longer message asks more than one cell
/** Public holidays with a fixed day, in China or widely elsewhere: no weekly sheet speaks for them. */
const holidays = new Set(["01-01", "05-01", "10-01", "10-02", "10-03", "12-25"]);

/** In: a question as typed. Out: what is heard in it, or null for an empty or overlong one. */
export function hearQuestion(question: string, now: Date, timeZone: string): Heard | null {
  if (question.length > longestQuestion) return null;
  const said = inMainlandWords(question);
  const text = unifyCharacters(said);
  const groups = groupsOf(said);
  if (groups.length === 0 || groups.length > mostGroups) return null;
  const entities = findEntities(text, { now, timeZone });
  const times = entities.flatMap((entity): NamedTime[] => {
    if (entity.kind !== "date-time" || !/^(?:hour|minute)$/u.test(entity.granularity)) return [];
    // the day of a calendar date may be a holiday, and a guessed half of the day is no time
    if (entity.assumed.includes("half-day") || /\d\s?[月号]|\d[/-]\d|节|月/u.test(entity.text)) return [];
    const found = /T(\d{2}):(\d{2})/u.exec(entity.value);
    if (found === null) return [];
    const hasDay = !entity.assumed.includes("day");
    return [
      {
        minute: Number(found[1]) * 60 + Number(found[2]),
        weekday: hasDay ? weekdayOf(entity.value.slice(0, 10)) : null,
        start: entity.start,
        end: entity.end,
      },
    ];
  });
  return { groups, measures: measuresOf(text, entities), times, isChinese: /\p{Script=Han}/u.test(text) };
}

/** 印表機 is asked where the sheet says 打印机; only where no value would be masked on the way. */
function inMainlandWords(question: string): string {
  if (!/^(?:zh-Hant|yue)$/u.test(detectLanguage(question).language)) return question;
  const { text, masks } = normalise(question);
  return masks.length === 0 && text !== "" ? text : question;
}

function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** The shop's day and minute. @throws RangeError for an unknown time zone or an invalid now. */
export function todayAt(now: Date, timeZone: string): Scene["today"] {
  const { day, second } = wallClockOf(now, timeZone);
  const here = partsOfDay(day);
  return {
    weekday: here.weekday,
    minute: Math.floor(second / 60),
    isHoliday: isHoliday(here),
    tomorrowIsHoliday: isHoliday(partsOfDay(day + 1)),
  };
}

function isHoliday({ month, day }: { month: number; day: number }): boolean {
  return holidays.has(`${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
}
