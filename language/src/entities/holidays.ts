// Feasts and shopping days that customers name instead of a date. Chinese ones follow the moon and stand in a table
// (2024-2040; the days on which mainland China keeps them). Used by the finders of dates.

import { dayNumber, partsOfDay } from "./calendar.ts";

interface Feast {
  pattern: string;
  /** Day number in a year, or null when the table does not know. */
  dayIn: (year: number) => number | null;
  days: number;
}

const firstYear = 2024;
/** Month and day as one number, year by year from 2024. */
const springs = [210, 129, 217, 206, 126, 213, 203, 123, 211, 131, 219, 208, 128, 215, 204, 124, 212];
const dragonBoats = [610, 531, 619, 609, 528, 616, 605, 624, 612, 601, 620, 610, 530, 618, 607, 527, 614];
const magpies = [810, 829, 819, 808, 826, 816, 805, 824, 812, 801, 820, 810, 828, 817, 807, 826, 814];
const midAutumns = [917, 1006, 925, 915, 1003, 922, 912, 1001, 919, 908, 927, 916, 1004, 924, 913, 1002, 920];

function fixed(month: number, day: number): Feast["dayIn"] {
  return (year) => dayNumber(year, month, day);
}

function fromTable(table: number[], offset = 0): Feast["dayIn"] {
  return (year) => {
    const entry = table[year - firstYear];
    return entry === undefined ? null : dayNumber(year, Math.floor(entry / 100), entry % 100) + offset;
  };
}

/** The n-th weekday of a month, counted from its first day; with `plus` days behind it. */
function nthWeekday(month: number, weekday: number, nth: number, plus = 0): Feast["dayIn"] {
  return (year) => {
    const first = dayNumber(year, month, 1);
    const shift = (weekday - partsOfDay(first).weekday + 7) % 7;
    return first + shift + (nth - 1) * 7 + plus;
  };
}

const feasts: Feast[] = [
  { pattern: "除夕|大年三十|年三十", dayIn: fromTable(springs, -1), days: 1 },
  { pattern: "大年初一|年初一|正月初一", dayIn: fromTable(springs), days: 1 },
  {
    pattern: "春节|过年|农历新年|chinese new year|lunar new year|spring festival",
    dayIn: fromTable(springs),
    days: 7,
  },
  { pattern: "元宵节?|正月十五", dayIn: fromTable(springs, 14), days: 1 },
  { pattern: "端午节?|dragon boat(?: festival)?", dayIn: fromTable(dragonBoats), days: 1 },
  { pattern: "七夕节?", dayIn: fromTable(magpies), days: 1 },
  { pattern: "中秋节?|mid-?autumn(?: festival)?", dayIn: fromTable(midAutumns), days: 1 },
  { pattern: "元旦节?|new year's day", dayIn: fixed(1, 1), days: 1 },
  { pattern: "情人节|valentine'?s? day", dayIn: fixed(2, 14), days: 1 },
  { pattern: "妇女节|女神节|三八节|女王节", dayIn: fixed(3, 8), days: 1 },
  { pattern: "五一节?|劳动节|may day|labou?r day", dayIn: fixed(5, 1), days: 5 },
  { pattern: "母亲节|mother'?s day", dayIn: nthWeekday(5, 7, 2), days: 1 },
  { pattern: "儿童节|六一节?(?!八)", dayIn: fixed(6, 1), days: 1 },
  { pattern: "父亲节|father'?s day", dayIn: nthWeekday(6, 7, 3), days: 1 },
  { pattern: "618|六一八|6\\.18", dayIn: fixed(6, 18), days: 1 },
  { pattern: "教师节", dayIn: fixed(9, 10), days: 1 },
  { pattern: "国庆节?|十一(?=假期|长假|期间|放假|黄金周)|national day", dayIn: fixed(10, 1), days: 7 },
  { pattern: "万圣节|halloween", dayIn: fixed(10, 31), days: 1 },
  { pattern: "双(?:十一|11)|11\\.11|singles'? day|double (?:11|eleven)", dayIn: fixed(11, 11), days: 1 },
  { pattern: "感恩节|thanksgiving(?: day)?", dayIn: nthWeekday(11, 4, 4), days: 1 },
  { pattern: "黑色?五(?:星期五)?|black friday", dayIn: nthWeekday(11, 4, 4, 1), days: 1 },
  { pattern: "cyber monday|网络星期一", dayIn: nthWeekday(11, 4, 4, 4), days: 1 },
  { pattern: "双(?:十二|12)|12\\.12", dayIn: fixed(12, 12), days: 1 },
  { pattern: "平安夜|christmas eve", dayIn: fixed(12, 24), days: 1 },
  { pattern: "圣诞节?|christmas(?: day)?|xmas", dayIn: fixed(12, 25), days: 1 },
  { pattern: "跨年夜?|new year's eve", dayIn: fixed(12, 31), days: 1 },
];
const anyFeast = new RegExp(
  `(?<![\\d.])(?:(今年|明年|去年|last|this|next)[ ]?)?(?:${feasts.map(({ pattern }) => `(${pattern})`).join("|")})(?:期间|假期|当天|那天|长假)?(?![\\d])`,
  "gu",
);

export interface NamedDay {
  start: number;
  end: number;
  day: number;
  days: number;
  isYearAssumed: boolean;
}

/** Feasts named in a folded text, in the year said or the one coming (or, with `isPast`, the one gone by). */
export function findFeasts(
  text: string,
  today: number,
  isPast: (start: number, end: number) => boolean,
): NamedDay[] {
  const thisYear = partsOfDay(today).year;
  const found: NamedDay[] = [];
  for (const match of text.matchAll(anyFeast)) {
    const feast = feasts[match.slice(2).findIndex((group) => group !== undefined)];
    if (feast === undefined) continue;
    const start = match.index;
    const end = start + match[0].length;
    const said = yearSaid(match[1], thisYear);
    const day = said === null ? nearest(feast, today, thisYear, isPast(start, end)) : feast.dayIn(said);
    if (day !== null) found.push({ start, end, day, days: feast.days, isYearAssumed: said === null });
  }
  return found;
}

function yearSaid(word: string | undefined, thisYear: number): number | null {
  if (word === "今年" || word === "this") return thisYear;
  if (word === "明年" || word === "next") return thisYear + 1;
  return word === undefined ? null : thisYear - 1;
}

function nearest(feast: Feast, today: number, thisYear: number, isPast: boolean): number | null {
  const days = [thisYear - 1, thisYear, thisYear + 1].map(feast.dayIn).filter((day) => day !== null);
  if (isPast) return days.filter((day) => day <= today).at(-1) ?? null;
  return days.find((day) => day + feast.days > today) ?? null;
}
