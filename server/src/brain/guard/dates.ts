// Days: 2026-11-11, 11月11日, 15号, Nov 11, 周一至周五, Monday to Friday, 明天, 当天, next day, 月底. Nothing is resolved against
// a clock: what a source says must be said again. Called by read-claims.ts before numbers are read.

import { parseChineseNumber } from "@yingda/language";
import type { DateMeaning, Found } from "./claim.ts";
import { longestFirst } from "./clock.ts";

const iso =
  /(?<![\d.])(?<year>(?:19|20)\d\d)[-/.](?<month>1[0-2]|0?[1-9])(?:[-/.](?<day>[12]\d|3[01]|0?[1-9]))?(?![\d-])/gu;
const n = "\\d{1,2}|[一二三四五六七八九十]{1,3}";
const chinese = new RegExp(
  `(?:(?<year>(?:19|20)\\d\\d|[二][零〇一二三四五六七八九]{3})\\s?年\\s?)?(?<![\\d.])(?<month>${n})\\s?月(?:份|\\s?(?<day>${n})(?:\\s?[日号])?(?<to>\\s?(?:-|~|–|到|至)\\s?(?:${n})(?!\\s?月))?\\s?[日号])?(?!大|子|龄)`,
  "gu",
);
const yearOnly = /(?<![\d.])(?<year>(?:19|20)\d\d)\s?年(?!以上|内|之内|质保)/gu;
const dayOnly =
  /(?<![\d.])(?<day>\d{1,2}|[一二三四五六七八九十]{1,3})(?:(?<![大小]一)\\s?号(?!\s?(?:[楼线店门仓库机房铺院桌柜台位窗厅栋座车口床球钉]|停车))|日(?!内|之内|以内|无理由|后|左右|达|到|元|发|游|常|均|三餐))/gu;
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthName =
  "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?";
const ordinalTail = "(?:st|nd|rd|th)?";
const monthFirst = new RegExp(
  `\\b${monthName} (?:the )?(?<day>[12]\\d|3[01]|0?[1-9])${ordinalTail}(?![\\d:.]\\d|\\d|[a-z%])(?:,? (?<year>(?:19|20)\\d\\d))?`,
  "gu",
);
const dayFirst = new RegExp(
  `(?<![\\d.])(?<day>[12]\\d|3[01]|0?[1-9])${ordinalTail} (?:of )?${monthName}(?:,? (?<year>(?:19|20)\\d\\d))?`,
  "gu",
);
/** "back on the 28th" */
const ordinalDay =
  /(?<=\b(?:on|by|until|till|before|after|from|through|to) the )(?<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?![a-z]| (?:floor|storey|level|visit|time|order|item|one|of [a-z]))/gu;
/** "24 to 26 December": the first day has the month of the second. */
const dayRange = new RegExp(
  `(?<![\\d.$€£¥])(?<day>[12]\\d|3[01]|0?[1-9])${ordinalTail}(?= ?(?:-|–|~|to|through|until|till|and) ?(?:[12]\\d|3[01]|0?[1-9])${ordinalTail} (?:of )?${monthName})`,
  "gu",
);
/** "December 24 to 26": the second. */
const dayBehind = new RegExp(
  `(?<=\\b${monthName} (?:the )?(?:[12]\\d|3[01]|0?[1-9])${ordinalTail} ?(?:-|–|~|to|through|until|till|and) ?(?:the )?)(?<day>[12]\\d|3[01]|0?[1-9])${ordinalTail}(?![\\d:.]\\d|\\d|[a-z%]| [a-z]*(?:am|pm|people|days|hours))`,
  "gu",
);
/** 26/11/2026; where both could be a month the day is first. */
const dayMonthYear =
  /(?<![\d./-])(?:(?<day>[12]\d|3[01]|0?[1-9])[/.](?<month>1[0-2]|0?[1-9])|(?<month2>1[0-2]|0?[1-9])\/(?<day2>[12]\d|3[01]))[/.](?<year>(?:19|20)\d\d)(?![\d/])/gu;
const monthAlone = new RegExp(
  `(?<=\\b(?:in|by|until|till|from|since|of|this|next|early|late|mid|end of|to|through)[- ])${monthName}(?: (?<year>(?:19|20)\\d\\d))?`,
  "gu",
);
/** "June to September" */
const monthRange = new RegExp(
  `\\b${monthName}(?= ?(?:to|through|until|till|-|–) ?(?:the end of )?[a-z]{3,9}(?![a-z]))`,
  "gu",
);
const slashed =
  /(?<![\d./-]|[付交退占剩先约的] ?|(?:pay|about|only|just|return|keep) )(?<month>1[0-2]|0?[1-9])\/(?<day>[12]\d|3[01]|0?[1-9])(?![\d/%]| ?(?:cups?|price|off|tsp|tbsp|inch|hours?|of)(?![a-z])|[杯价折])/gu;

const dashed =
  /(?<![\d./-])(?:(?<month>0[1-9]|1[0-2])-(?<day>[0-2]\d|3[01]))(?![\d/%-])(?=$|[,;)。\n]|\s(?:\d|前|起|派|发|到|$))/gu;

const weekday =
  "(?<![\\d一二两三四五六七八九十几半])(?:周|星期|礼拜)[一二三四五六日天末](?!愉快|快乐|次|回|遍|趟|年)";
const weekdayRange = new RegExp(
  `${weekday}(?:\\s?(?:到|至|-|~|–)\\s?(?:${weekday}|[一二三四五六日天])|(?:、(?:${weekday}|[一二三四五六日]))+)?`,
  "gu",
);
const weekdayName = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?(?![a-z])";
const englishWeekdays = new RegExp(
  `\\b${weekdayName}(?: ?(?:to|through|thru|-|–|~|until) ?${weekdayName}|(?:(?:,| and|, and| &) ${weekdayName})+)?`,
  "gu",
);
const weekendWord = /(?<!(?:nice|lovely|great|good|wonderful|happy) )\bweekends?\b|双休日/gu;
const everyDay =
  /(?:每[天日]|(?<![当今明])天天)(?=[^,。!?\n]{0,10}(?:\d|点|营业|发货|开|上班|接待|都[在有能可]))|每周七天|全年无休|\b(?:every day|daily(?=[,.;)]|$| (?:from|at|between|\d))|seven days a week|7 days a week)\b/gu;
const relatives: [string, RegExp][] = [
  [
    "same-day",
    /当[天日](?=[^,。!?\n]{0,4}(?:发|到|送|达|寄|出库|上门|取件|完成|(?:就|即)?[能可]以?取))|\bsame[- ](?:day|morning|afternoon|evening|night)\b/gu,
  ],
  [
    "next-day",
    /次日|隔天|隔日|第二天|\bnext[- ]day\b|\bthe following day\b|\bthe day after\b(?! tomorrow)/gu,
  ],
  ["tomorrow", /明[天日早晚儿]|\btomorrow\b/gu],
  ["after-tomorrow", /大?后[天日](?!期)|\bday after tomorrow\b/gu],
  [
    "today",
    /(?:今[天日晚]|今早)(?=[^\n]{0,14}(?:发|到|送|寄|出|截|前|内|退|完成|处理|截止|有效|优惠|特价|打折))|\b(?:today|tonight)\b(?= (?:only|by|before|and)|[.!,]|$)/gu,
  ],
  ["this-week", /[本这]个?周(?![一二三四五六日天末])|\bthis week\b/gu],
  [
    "next-week",
    /下个?(?:周|星期)(?![一二三四五六日天末])|下个?(?=(?:周|星期|礼拜)[一二三四五六日天末])|\bnext week\b|\bnext (?=(?:mon|tue|wed|thu|fri|sat|sun))/gu,
  ],
  ["next-month", /下个?月|\bnext month\b/gu],
  ["double-11", /双\s?(?:十一|11)/gu],
  ["double-12", /双\s?(?:十二|12)/gu],
  ["618", /(?<![\d.¥$-])618(?=大促|活动|年中|期间|狂欢|促销| sale)/gu],
  ["month-end", /月底|月末|\bend of (?:the|this) month\b/gu],
  ["year-end", /年底|年末|\bend of (?:the|this) year\b/gu],
];

/** Days of a masked, folded text. */
export function findDates(text: string, side: "claims" | "backing"): Found[] {
  const found: Found[] = [];
  const add = (match: RegExpExecArray, meaning: Partial<DateMeaning>) =>
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      meaning: {
        kind: "date",
        year: null,
        month: null,
        day: null,
        weekdays: null,
        relative: null,
        ...meaning,
      },
    });
  for (const pattern of [
    iso,
    chinese,
    yearOnly,
    dayOnly,
    monthFirst,
    dayFirst,
    dayRange,
    monthRange,
    dayBehind,
    ordinalDay,
    dayMonthYear,
    monthAlone,
    slashed,
    dashed,
  ])
    for (const match of text.matchAll(pattern)) {
      const day = fieldsOf(match.groups ?? {});
      if (day !== null) {
        add(match, day);
        const [, last] = /(?:-|~|–|到|至)\s?(.+)$/u.exec(match.groups?.to ?? "") ?? [];
        if (last !== undefined) add(match, { ...day, day: numberOf(last) });
      }
    }
  for (const match of text.matchAll(weekdayRange)) add(match, { weekdays: chineseWeekdays(match[0]) });
  for (const match of text.matchAll(englishWeekdays)) {
    // "sat" and "sun" alone are words of a reply, and days of a timetable
    const isWord = side === "claims" && /^(?:sat|sun)$/u.test(match[0]);
    if (!isWord) add(match, { weekdays: namedWeekdays(match[0]) });
  }
  for (const match of text.matchAll(weekendWord)) add(match, { weekdays: [6, 7] });
  for (const match of text.matchAll(everyDay)) add(match, { weekdays: [1, 2, 3, 4, 5, 6, 7] });
  for (const [relative, pattern] of relatives)
    for (const match of text.matchAll(pattern)) add(match, { relative });
  return longestFirst(found);
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return /^\d/u.test(text) ? Number(text) : parseChineseNumber(text);
}

function fieldsOf(groups: Record<string, string | undefined>): Partial<DateMeaning> | null {
  const named = months.indexOf((groups.month ?? "").slice(0, 3));
  const month = named >= 0 ? named + 1 : numberOf(groups.month ?? groups.month2);
  const day = numberOf(groups.day ?? groups.day2);
  if ((month !== null && (month < 1 || month > 12)) || (day !== null && (day < 1 || day > 31))) return null;
  return { year: numberOf(groups.year), month, day };
}

function chineseWeekdays(text: string): number[] {
  const days = [...text.matchAll(/[一二三四五六日天末]/gu)].map(
    ([character]) => "一二三四五六日".indexOf(character === "天" ? "日" : character) + 1,
  );
  if (text.includes("末")) return [6, 7];
  return /[到至\-~–]/u.test(text) ? between(days) : sorted(days);
}

function namedWeekdays(text: string): number[] {
  const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const days = [...text.matchAll(/mon|tue|wed|thu|fri|sat|sun/gu)].map(([name]) => names.indexOf(name) + 1);
  return / to |through|thru|[-–~]|until/u.test(text) ? between(days) : sorted(days);
}

function between([first = 1, last = first]: number[]): number[] {
  const days: number[] = [];
  for (let step = 0, day = first; step < 7; step += 1, day = (day % 7) + 1) {
    days.push(day);
    if (day === last) break;
  }
  return sorted(days);
}

function sorted(days: number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b);
}
