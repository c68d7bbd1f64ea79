// Days as English says them: tomorrow, the day after tomorrow, next Friday, this weekend, October 1st, 1 Oct 2026, end of
// the month, last week. Called by date-times.ts.

import { addMonths, dayNumber, daysInMonth, isRealDate, mondayOf, partsOfDay } from "./calendar.ts";
import { type DateScene, type DayHint, dayHint, type Hint, hintsOf } from "./date-hints.ts";
import { nearestDayOfMonth, nearestWeekday, nearestWeekend, nearestYear } from "./nearest-dates.ts";

const dayWords: Record<string, number> = {
  "the day after tomorrow": 2,
  "day after tomorrow": 2,
  "the day before yesterday": -2,
  "day before yesterday": -2,
  tomorrow: 1,
  tmrw: 1,
  tmr: 1,
  yesterday: -1,
  today: 0,
};
const dayWord = new RegExp(`\\b(?:${Object.keys(dayWords).join("|")})\\b`, "gu");
const weekdays = [
  "mon(?:day)?",
  "tue(?:s|sday)?",
  "wed(?:nesday)?",
  "thu(?:r|rs|rsday)?",
  "fri(?:day)?",
  "sat(?:urday)?",
  "sun(?:day)?",
];
const which = "(?:(this|next|last|coming|this coming|on|by|since|until|till|before|every) )?";
const weekday = new RegExp(
  `\\b${which}(?:${weekdays.map((name) => `(${name})`).join("|")})\\b(?: (next week|last week|this week))?`,
  "gu",
);
const months =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const monthDay = new RegExp(
  `\\b(${months})\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:,? (20\\d{2}))?(?![\\d:%]| ?(?:pm|am)\\b)`,
  "gu",
);
const dayMonth = new RegExp(
  `(?<![\\d.:])(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${months})\\b\\.?(?:,? (20\\d{2}))?`,
  "gu",
);
const monthOnly = new RegExp(
  `\\b(?:in|of|by|since|until|for|early|mid|late|next|last|this)[ -](${months.replace("|may|", "|may(?! i| you| we)|")})\\b(?! \\d)(?:,? (20\\d{2}))?`,
  "gu",
);
const numeric = /(?<![\d/.-])(\d{1,2})\/(\d{1,2})\/(20\d{2})(?![\d/])/gu;
const ordinal =
  /\b(?:on |by |before |since |until )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|time|order|one|item|floor|day|week|person))/gu;
const period = /\b(this|next|last|coming|past) (week(?!end| day)|month|year|weekend)\b/gu;
const weekend = /\b(?:(?:on |over |at |during )?the |on |at )?weekends?\b/gu;
const edge = /\b(?:the )?(end|beginning|start|middle) of (?:the |this )?(month|year|week)\b/gu;

/** Day hints of a folded text. */
export function findEnglishDays(scene: DateScene): Hint[] {
  const { text, now } = scene;
  return [
    ...hintsOf(text, dayWord, ([word]) => dayHint(now.day + (dayWords[word] ?? 0))),
    ...hintsOf(text, weekday, (found) => readWeekday(scene, found)),
    ...hintsOf(text, monthDay, (found) => readMonthDay(scene, found, found[1], found[2], found[3])),
    ...hintsOf(text, dayMonth, (found) => readMonthDay(scene, found, found[2], found[1], found[3])),
    ...hintsOf(text, monthOnly, ([typed, name = "", year]) => readMonth(scene, typed, name, year)),
    ...hintsOf(text, numeric, (found) => readNumeric(found.slice(1).map(Number))),
    ...hintsOf(text, ordinal, (found) => {
      const isPast = scene.isPast(found.index, found.index + found[0].length);
      const day = nearestDayOfMonth(now.day, Number(found[1]), isPast);
      return day === null ? null : { ...dayHint(day, ["month"]), step: "month" };
    }),
    ...hintsOf(text, period, ([, side = "", unit = ""]) => readPeriod(now.day, side, unit)),
    ...hintsOf(text, weekend, ({ index, 0: typed }) =>
      weekendHint(nearestWeekend(now.day, scene.isPast(index, index + typed.length))),
    ),
    ...hintsOf(text, edge, ([, side = "", unit = ""]) => readEdge(now.day, side, unit)),
  ];
}

function readWeekday(scene: DateScene, found: RegExpExecArray): DayHint | null {
  const [typed, side, ...rest] = found;
  const at = rest.slice(0, 7).findIndex((name) => name !== undefined);
  const name = rest[at] ?? "";
  if (side === "every") return null;
  if (/^(?:sat|sun)$/u.test(name) && side === undefined && rest[7] === undefined) return null; // he sat, the sun
  const monday = mondayOf(scene.now.day);
  if (side === "next" || rest[7] === "next week") return dayHint(monday + 7 + at);
  if (side === "last") return dayHint(nearestWeekday(scene.now.day, at + 1, true));
  if (rest[7] === "last week") return dayHint(monday - 7 + at);
  if (rest[7] === "this week") return dayHint(monday + at);
  const isTodaySaid = /\btoday\b.{0,3}$/u.test(scene.text.slice(Math.max(0, found.index - 9), found.index));
  const isAhead = /^(?:by|until|till|coming|this coming)$/u.test(side ?? "") || isTodaySaid;
  const isPast = side === "since" || (!isAhead && scene.isPast(found.index, found.index + typed.length));
  return { ...dayHint(nearestWeekday(scene.now.day, at + 1, isPast)), step: "week" };
}

function readMonthDay(
  scene: DateScene,
  found: RegExpExecArray,
  name = "",
  dayText = "",
  yearText: string | undefined = undefined,
): DayHint | null {
  const month = monthNumber(name);
  const day = Number(dayText);
  const isPast = scene.isPast(found.index, found.index + found[0].length);
  const year = yearText === undefined ? nearestYear(scene.now.day, month, day, isPast) : Number(yearText);
  if (!isRealDate(year, month, day)) return null;
  return dayHint(dayNumber(year, month, day), yearText === undefined ? ["year"] : []);
}

function readMonth(scene: DateScene, typed: string, name: string, yearText: string | undefined): DayHint {
  const month = monthNumber(name);
  const isPast = /^(?:since|last)/u.test(typed);
  const year = yearText === undefined ? nearestYear(scene.now.day, month, 15, isPast) : Number(yearText);
  return monthHint(year, month, yearText === undefined ? ["year"] : []);
}

/** 10/31/2026 and 31/10/2026 tell themselves; where both readings are dates, month first. */
function readNumeric([first = 0, second = 0, year = 0]: number[]): DayHint | null {
  const [month, day] = first <= 12 ? [first, second] : [second, first];
  return isRealDate(year, month, day) ? dayHint(dayNumber(year, month, day)) : null;
}

function readPeriod(today: number, side: string, unit: string): DayHint {
  const shift = side === "next" ? 1 : side === "last" || side === "past" ? -1 : 0;
  if (unit === "weekend") return weekendHint(mondayOf(today) + 5 + 7 * shift);
  if (unit === "week")
    return { kind: "day", day: mondayOf(today) + 7 * shift, days: 7, granularity: "week", assumed: [] };
  const { year, month } = partsOfDay(today);
  if (unit === "month") {
    const first = partsOfDay(addMonths(dayNumber(year, month, 1), shift));
    return monthHint(first.year, first.month, []);
  }
  const first = dayNumber(year + shift, 1, 1);
  return {
    kind: "day",
    day: first,
    days: dayNumber(year + shift + 1, 1, 1) - first,
    granularity: "year",
    assumed: [],
  };
}

function readEdge(today: number, side: string, unit: string): DayHint {
  const { year, month } = partsOfDay(today);
  const part = side === "end" ? 2 : side === "middle" ? 1 : 0;
  if (unit === "week") {
    const monday = mondayOf(today);
    return { kind: "day", day: monday + ([0, 2, 3][part] ?? 0), days: 2, granularity: "range", assumed: [] };
  }
  if (unit === "year") return monthHint(year, [1, 6, 12][part] ?? 12, []);
  const first = dayNumber(year, month, 1);
  const days = part === 2 ? daysInMonth(year, month) - 20 : 10;
  return { kind: "day", day: first + part * 10, days, granularity: "range", assumed: [] };
}

function weekendHint(saturday: number): DayHint {
  return { kind: "day", day: saturday, days: 2, granularity: "weekend", assumed: [] };
}

function monthHint(year: number, month: number, assumed: DayHint["assumed"]): DayHint {
  return {
    kind: "day",
    day: dayNumber(year, month, 1),
    days: daysInMonth(year, month),
    granularity: "month",
    assumed,
  };
}

function monthNumber(name: string): number {
  return "jan feb mar apr may jun jul aug sep oct nov dec".split(" ").indexOf(name.slice(0, 3)) + 1;
}
