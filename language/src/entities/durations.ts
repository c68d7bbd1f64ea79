// Lengths of time: 三天, 半小时, 3-5天, two weeks; also what is only a limit ("超过7天", "within a week"). A moment counted from
// now ("三天后") is none. What a length says of an event ("买了6天") is for the caller. Called by findEntities.

import { type Piece, piecesOf } from "./entity.ts";
import { anyNumeral, readNumber } from "./numerals.ts";
import {
  chineseTimeUnit,
  englishCount,
  englishTimeUnit,
  isLimit,
  isRough,
  lengthCount,
  readCount,
} from "./time-lengths.ts";

const secondsOf: [RegExp, number, string][] = [
  [/^(?:秒钟?|seconds?|secs?)$/u, 1, "PT$S"],
  [/^(?:分钟?|minutes?|mins?)$/u, 60, "PT$M"],
  [/^(?:个?小时|个?钟头|个?钟|hours?|hrs?)$/u, 3_600, "PT$H"],
  [/^(?:天|日|整天|工作日|个工作日|(?:working |business )?days?)$/u, 86_400, "P$D"],
  [/^(?:周|个?星期|个?礼拜|weeks?)$/u, 604_800, "P$W"],
  [/^(?:个月|months?)$/u, 2_592_000, "P$M"],
  [/^(?:年|years?|yrs?)$/u, 31_536_000, "P$Y"],
];
const chineseDuration = new RegExp(
  `(?<![\\d.第\\-:/]|第 )(?:(${lengthCount}) {0,2}(${chineseTimeUnit})(半)?|半(?:个)?(小时|钟头|月|天|年)|(${anyNumeral}) {0,2}(?:个)?半(小时|钟头|月|天|年)|个把(小时|月|星期))(?!级|猫|岁|[一二三四五六七八九十\\d号月日])`,
  "gu",
);
const englishDuration = new RegExp(
  `(?<![\\w.,/\\-])(${englishCount})(?: {0,2}|-)(${englishTimeUnit})(?!\\w)`,
  "gu",
);
const fromNow = /^ {0,2}(?:[之以]?[前后]| (?:ago|later|from now|after|before)\b)/u;

/** Lengths of time in a folded text. */
export function findDurations(text: string): Piece[] {
  return [
    ...piecesOf(text, chineseDuration, (found) => {
      const [, count, unit = "", half, halfUnit, andHalf, andHalfUnit, oneOrSo] = found;
      if (isMoment(text, found)) return null;
      const rough = isRough(text, found.index, found.index + found[0].length);
      if (oneOrSo !== undefined) return duration(1, `个${oneOrSo}`, true);
      if (halfUnit !== undefined) return duration(0.5, unitWithCounter(halfUnit), rough);
      if (andHalfUnit !== undefined)
        return duration((readNumber(andHalf ?? "") ?? 0) + 0.5, unitWithCounter(andHalfUnit), rough);
      const ends = readCount(count ?? "");
      if (ends === null || (unit === "年" && ends.low >= 1_900)) return null;
      return duration(ends.low + (half === undefined ? 0 : 0.5), unit, rough || ends.low < ends.high);
    }),
    ...piecesOf(text, englishDuration, (found) => {
      const [, count = "", unit = ""] = found;
      const ends = /^an? sec/u.test(found[0]) || isMoment(text, found) ? null : readCount(count);
      if (ends === null) return null;
      const rough = isRough(text, found.index, found.index + found[0].length);
      return duration(ends.low, unit, rough || ends.low < ends.high);
    }),
  ];
}

/** "三天后" is a moment; "超过三天后" is none. */
function isMoment(text: string, { index, 0: typed }: RegExpExecArray): boolean {
  const end = index + typed.length;
  return fromNow.test(text.slice(end, end + 12)) && !isLimit(text, index, end);
}

function unitWithCounter(unit: string): string {
  return unit === "月" ? "个月" : unit;
}

function duration(value: number, unit: string, isApproximate: boolean): Piece["finding"] | null {
  const known = secondsOf.find(([pattern]) => pattern.test(unit));
  if (known === undefined || value <= 0 || value > 100_000) return null;
  const [, seconds, shape] = known;
  const rounded = Math.round(value * 100) / 100;
  return {
    kind: "duration",
    value: shape.replace("$", String(rounded)),
    seconds: Math.round(rounded * seconds),
    isApproximate,
    confidence: 0.9,
  };
}
