// Days as Chinese writes and says them: 后天, 下周三, 上个月5号, 10月1号, 月底, 周末, 2026-10-01, 国庆. Called by date-times.ts;
// distances from now (三天后) are in distances.ts.

import { addMonths, dayNumber, daysInMonth, isRealDate, mondayOf, partsOfDay } from "./calendar.ts";
import { type DateScene, type DayHint, dayHint, type Hint, hintsOf } from "./date-hints.ts";
import { findFeasts } from "./holidays.ts";
import { nearestDayOfMonth, nearestWeekday, nearestWeekend, nearestYear } from "./nearest-dates.ts";
import { readNumber } from "./numerals.ts";

const number = "(?:\\d{1,2}|[一二三四五六七八九十]{1,3}|[廿卅][一二三四五六七八九]?)";
const dayWords: Record<string, number> = {
  大前天: -3,
  前天: -2,
  前日: -2,
  昨天: -1,
  昨日: -1,
  昨儿个: -1,
  昨儿: -1,
  今天: 0,
  今日: 0,
  今儿个: 0,
  今儿: 0,
  当天: 0,
  明天: 1,
  明日: 1,
  明儿个: 1,
  明儿: 1,
  后天: 2,
  后日: 2,
  后儿: 2,
  大后天: 3,
  听日: 1,
  琴日: -1,
  寻日: -1,
};
const shortDays: Record<string, number> = { 今: 0, 明: 1, 昨: -1, 前: -2, 后: 2 };
const dayWord = new RegExp(
  `${Object.keys(dayWords)
    .sort((a, b) => b.length - a.length)
    .join("|")}|[今明昨前后](?=[早晚夜])`,
  "gu",
);
const full = /(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|号)?(?!\d)/gu;
const compact = /(?<![\da-z])(20[2-4]\d)([01]\d)([0-3]\d)(?!\d)/gu;
const monthDay = new RegExp(
  `(?<![\\d.])(今年|明年|去年|前年|后年|\\d{4}年)?的?(${number})月份?的?(${number})(?:日|号)?(?!\\d|[个件天块元次])`,
  "gu",
);
const monthOnly = new RegExp(
  `(?<![\\d.])(今年|明年|去年|前年|后年|\\d{4}年)?(${number})月(份|初|底|末|中旬?|上旬|下旬)?(?![\\d一二三四五六七八九十])`,
  "gu",
);
const relativeMonth = new RegExp(
  `(上上个?|上个?|这个?|本|当|下下个?|下个?)月(?:份)?的?(?:(${number})(?:日|号)|(初|底|末|中旬?))?`,
  "gu",
);
const ofMonth = new RegExp(
  `(?<![\\d.月第/年a-z])(${number})(?:号(?!线|楼|店|房|门|机|码|链|柜|桌|仓|电池|色|球|字|衣|款|车|口|杯|床|位|键|钥|半)|日(?![元语本用常无达内游以之后前均抛租]))`,
  "gu",
);
/** The first day of "3-5号". */
const rangeHead = /(?<![\d.\-/月年])(\d{1,2})(?= ?(?:-|~|到|至) ?\d{1,2}(?:号|日)(?![线楼店房]))/gu;
const edgeOfMonth = /(?<![\d一二三四五六七八九十个])月(初|底|末|中)(?![\d])/gu;
const weekday =
  /(?<![每一两三四五六七八九十\d])(上上个?|上个?|这个?|本|下下个?|下个?)?(?:周|星期|礼拜)(?:([一二三四五六日天1-6])(?![\d个天年]|次)|(末))/gu;
const week = /(上上个?|上个?|这个?|本|下下个?|下个?)(?:周|星期|礼拜)(?![一二三四五六日天末1-6])/gu;
const year = /(今年|明年|去年|前年|后年|(?<!\d)20\d{2}年)(底|初|末)?(?![\d一二三四五六七八九十]{1,3}月)/gu;

/** Day hints of a folded text. */
export function findChineseDays(scene: DateScene): Hint[] {
  const { text, now } = scene;
  return [
    ...hintsOf(text, dayWord, ([word]) => dayHint(now.day + (dayWords[word] ?? shortDays[word] ?? 0))),
    ...[full, compact].flatMap((pattern) => hintsOf(text, pattern, readFull)),
    ...hintsOf(text, monthDay, (found) => readMonthDay(scene, found)),
    ...hintsOf(text, monthOnly, (found) => readMonth(scene, found)),
    ...hintsOf(text, relativeMonth, (found) => readRelativeMonth(now.day, found)),
    ...[ofMonth, rangeHead].flatMap((pattern) =>
      hintsOf(text, pattern, (found) => {
        const isPast = scene.isPast(found.index, found.index + found[0].length);
        const day = nearestDayOfMonth(now.day, readNumber(found[1] as string) ?? 0, isPast);
        return day === null ? null : { ...dayHint(day, ["month"]), step: "month" };
      }),
    ),
    ...hintsOf(text, edgeOfMonth, ([, edge]) => {
      const { year: y, month } = partsOfDay(now.day);
      return monthHint(y, month, edge, ["month"]);
    }),
    ...hintsOf(text, weekday, (found) => readWeekday(scene, found)),
    ...hintsOf(text, week, ([, shift = ""]) => ({
      kind: "day",
      day: mondayOf(now.day) + 7 * shiftOf(shift),
      days: 7,
      granularity: "week",
      assumed: [],
    })),
    ...hintsOf(text, year, ([, word, edge]) => readYear(now.day, word, edge)),
    ...findFeasts(text, now.day, scene.isPast).map(
      ({ start, end, day, days, isYearAssumed }): Hint => ({
        ...dayHint(day, isYearAssumed ? ["year"] : []),
        days,
        granularity: days > 1 ? "range" : "day",
        start,
        end,
      }),
    ),
  ];
}

function readFull(found: RegExpExecArray): DayHint | null {
  const [y = 0, m = 0, d = 0] = found.slice(1).map(Number);
  return y > 1900 && y < 2200 && isRealDate(y, m, d) ? dayHint(dayNumber(y, m, d)) : null;
}

function readMonthDay(scene: DateScene, found: RegExpExecArray): DayHint | null {
  const month = readNumber(found[2] as string) ?? 0;
  const day = readNumber(found[3] as string) ?? 0;
  const said = yearOf(found[1], partsOfDay(scene.now.day).year);
  const isPast = scene.isPast(found.index, found.index + found[0].length);
  const y = said ?? nearestYear(scene.now.day, month, day, isPast);
  return isRealDate(y, month, day) ? dayHint(dayNumber(y, month, day), said === null ? ["year"] : []) : null;
}

function readMonth(scene: DateScene, found: RegExpExecArray): DayHint | null {
  const month = readNumber(found[2] as string) ?? 0;
  if (month < 1 || month > 12) return null;
  const said = yearOf(found[1], partsOfDay(scene.now.day).year);
  const isPast = scene.isPast(found.index, found.index + found[0].length);
  const y = said ?? nearestYear(scene.now.day, month, 15, isPast);
  return monthHint(y, month, found[3], said === null ? ["year"] : []);
}

function readRelativeMonth(today: number, found: RegExpExecArray): DayHint | null {
  const now = partsOfDay(today);
  const { year: y, month } = partsOfDay(
    addMonths(dayNumber(now.year, now.month, 1), shiftOf(found[1] as string)),
  );
  if (found[2] === undefined) return monthHint(y, month, found[3], []);
  const day = readNumber(found[2]) ?? 0;
  return isRealDate(y, month, day) ? dayHint(dayNumber(y, month, day)) : null;
}

function readWeekday(scene: DateScene, found: RegExpExecArray): DayHint {
  const [, shift, name] = found;
  const monday = mondayOf(scene.now.day);
  const isPast = scene.isPast(found.index, found.index + found[0].length);
  if (name === undefined) {
    const day = shift === undefined ? nearestWeekend(scene.now.day, isPast) : monday + 5 + 7 * shiftOf(shift);
    return { kind: "day", day, days: 2, granularity: "weekend", assumed: [] };
  }
  const number_ = "一二三四五六".indexOf(name) + 1 || Number(name) || 7;
  if (shift !== undefined) return dayHint(monday + number_ - 1 + 7 * shiftOf(shift));
  const isTodaySaid = /今[天日儿][^,，。;；!！?？\n]{0,3}$/u.test(
    scene.text.slice(Math.max(0, found.index - 6), found.index),
  );
  return { ...dayHint(nearestWeekday(scene.now.day, number_, isPast && !isTodaySaid)), step: "week" };
}

function readYear(today: number, word: string | undefined, edge: string | undefined): DayHint {
  const thisYear = partsOfDay(today).year;
  const y = yearOf(word, thisYear) ?? thisYear;
  if (edge !== undefined) return monthHint(y, edge === "初" ? 1 : 12, undefined, []);
  const first = dayNumber(y, 1, 1);
  return { kind: "day", day: first, days: dayNumber(y + 1, 1, 1) - first, granularity: "year", assumed: [] };
}

/** A month, or a third of it: 初 and 上旬 its first ten days, 中 and 中旬 the next, 底, 末 and 下旬 the rest. */
function monthHint(
  y: number,
  month: number,
  third: string | undefined,
  assumed: DayHint["assumed"],
): DayHint {
  const first = dayNumber(y, month, 1);
  const length = daysInMonth(y, month);
  if (third === undefined || third === "份") {
    return { kind: "day", day: first, days: length, granularity: "month", assumed };
  }
  const offset = /^[初上]/u.test(third) ? 0 : /^中/u.test(third) ? 10 : 20;
  return {
    kind: "day",
    day: first + offset,
    days: offset === 20 ? length - 20 : 10,
    granularity: "range",
    assumed,
  };
}

function shiftOf(word: string): number {
  const size = word.startsWith("上上") || word.startsWith("下下") ? 2 : 1;
  return word.startsWith("上") ? -size : word.startsWith("下") ? size : 0;
}

function yearOf(word: string | undefined, thisYear: number): number | null {
  if (word === undefined) return null;
  const known: Record<string, number> = { 今年: 0, 明年: 1, 后年: 2, 去年: -1, 前年: -2 };
  const shift = known[word];
  return shift === undefined ? Number.parseInt(word, 10) : thisYear + shift;
}
