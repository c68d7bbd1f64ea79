// How long, as it is said: the number before a unit of time, alone ("3", "两", "half a") or as two ends ("两三", "3-5", "two or
// three"), and the words beside it that make it rough. Shared by distances.ts (三天前) and durations.ts (三天).

import { anyNumeral, englishNumeral, readApproximate, readNumber } from "./numerals.ts";

/** The two ends of what was said; the same one twice for a plain number. */
export interface Count {
  low: number;
  high: number;
}

export const chineseTimeUnit = "秒钟?|分钟|个?小时|个?钟头|个工作日|工作日|天|周|个?星期|个?礼拜|个月|年";
export const englishTimeUnit =
  "seconds?|minutes?|mins?|hours?|hrs?|(?:working |business )?days?|weeks?|months?|years?";

/** "3、4": neighbours only, since "1、30天" is the first line of a list. */
const neighbours = [..."12345678"].map((digit) => `${digit}、${Number(digit) + 1}`);
const chineseNeighbours = [..."一二三四五六七八"].map((digit, at) => `${digit}、${"二三四五六七八九"[at]}`);
const listed = `(?<![\\d.])(?:${[...neighbours, ...chineseNeighbours, "两、三"].join("|")})`;
const chineseBetween = " ?(?:-{1,2}|~|–|—|到|至|或) ?";
const short = "(?:\\d{1,4}(?:\\.5)?|[一二两三四五六七八九十百]{1,5})";
/** Not the tail of a longer number, nor of 几十, 第三, 周三. */
const shortStart =
  "(?:(?<![\\d.几数第]|第 )\\d{1,4}(?:\\.5)?|(?<![几数第周期拜零〇一二两三四五六七八九十百千万])[一二两三四五六七八九十百]{1,5})";
/** Pattern of the count of a distance from now (at most 9,999); no capturing groups. */
export const distanceCount = `(?:${listed}|${shortStart}(?:${chineseBetween}${short})?)`;
/** Pattern of one number of a distance, in the same places; no capturing groups. */
export const distanceNumber = shortStart;
/** Pattern of the count of a length of time; no capturing groups. */
export const lengthCount = `(?:${listed}|${anyNumeral}(?:${chineseBetween}${anyNumeral})?)`;

const englishOne = `(?:\\d{1,6}(?:\\.\\d{1,2})?|${englishNumeral})`;
/** Pattern of an English count; no capturing groups. */
export const englishCount = `(?:(?<=\\bbetween )${englishOne} and ${englishOne}|${englishOne}(?:(?: to | or | ?[-~–] ?)${englishOne})?|an?|half an?)`;

const endsByWord = /^(.+)(?: to | or | and )(.+)$/u;
const endsByMark = /^(.+?) ?(?:-{1,2}|[~–—到至或、]) ?(.+)$/u;

/** What a count of these patterns says; null for what is no number or runs backwards ("5-3"). */
export function readCount(text: string): Count | null {
  if (/^an?$/u.test(text)) return { low: 1, high: 1 };
  if (text.startsWith("half")) return { low: 0.5, high: 0.5 };
  const about = readApproximate(text);
  if (about !== null) return about;
  const whole = readNumber(text);
  if (whole !== null) return { low: whole, high: whole };
  const [, first = "", second = ""] = endsByWord.exec(text) ?? endsByMark.exec(text) ?? [];
  const low = readNumber(first);
  const high = readNumber(second);
  return low === null || high === null || low >= high ? null : { low, high };
}

const limitBefore =
  /(?:超过?|超出|多于|大于|不到|不足|[没未不]?满|没过|少于|小于|低于|不多于|至少|最少|起码|最多|至多|顶多|不止|(?:more|longer|less|fewer|earlier|later) than|over|under|at least|at most|up to|within(?: the)?(?: first)?)(?:了|有|是|的)? {0,2}$/u;
const limitAfter = /^ ?(?:[之以]?内(?![裤衣])|以[上下]|or (?:more|longer|less|fewer|under|over)\b)/u;
const aboutBefore =
  /(?:大概|大约|约|差不多|将近|接近|快|近|about|around|roughly|approximately|almost|nearly)(?:了|有|是)? {0,2}$/u;
const aboutAfter = /^ ?(?:左右|上下|前后|多(?!少|久)|or (?:so|two)\b)/u;

/** Whether the words beside a length make it a limit, "超过7天", "7天以内", "at least a week": no day can be told from it. */
export function isLimit(text: string, start: number, end: number): boolean {
  return (
    limitBefore.test(text.slice(Math.max(0, start - 14), start)) || limitAfter.test(text.slice(end, end + 12))
  );
}

/** Whether a length is a limit, or about so much. */
export function isRough(text: string, start: number, end: number): boolean {
  return (
    isLimit(text, start, end) ||
    aboutBefore.test(text.slice(Math.max(0, start - 14), start)) ||
    aboutAfter.test(text.slice(end, end + 8))
  );
}
