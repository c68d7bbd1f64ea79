// Distances from now, in Chinese and English: 三天后, 两三天前, 半小时后, 过两天; in two days, 3 weeks ago; and the deadlines 两小时内,
// 未来三天内, within an hour. "超过7天" and "within 7 days" are lengths of time (durations.ts). Called by date-times.ts.

import { addMonths } from "./calendar.ts";
import {
  type DateScene,
  type DayHint,
  type DeadlineHint,
  dayHint,
  type Hint,
  hintsOf,
  type InstantHint,
  shifted,
} from "./date-hints.ts";
import {
  type Count,
  distanceCount,
  distanceNumber,
  englishCount,
  englishTimeUnit,
  isLimit,
  readCount,
} from "./time-lengths.ts";

const unit = "秒钟?|分钟|刻钟|个?小时|个?钟头|个?钟|天|日|周|个?星期|个?礼拜|个?月|年";
const measured = `(${distanceCount}) {0,2}(${unit})`;
const halved = "半(?:个)?(小时|钟头|天|月|年)";
const distance = new RegExp(
  `(再?过 {0,2})?(?:${measured}(半)?|${halved}|(${distanceNumber}) {0,2}个半(小时|钟头|月)) {0,2}(之后|以后|过后|后|之前|以前|前)(?!天|[后前])`,
  "gu",
);
/** Not 超过, 不过, 没过, nor the 过 of 用过 and 已经过: those tell how long it took. */
const passing = new RegExp(
  `(?<![超经不没刚已用穿戴住吃喝试玩看洗放等睡做])再?过 {0,2}(?:${measured}|${halved})(?!之?后|以后|前|了)`,
  "gu",
);
const within = new RegExp(
  `(?:(未来|接下来|今后)的? {0,2})?(?:${measured}|${halved}) {0,2}(?:之内|以内|内)`,
  "gu",
);

const ahead = new RegExp(
  `\\b(?:in|after) (?:about |around |another )?(${englishCount})(?: {1,2}|-)(${englishTimeUnit})\\b(?:'?s? time)?`,
  "gu",
);
const later = new RegExp(
  `(?<![\\w.])(${englishCount}) {1,2}(${englishTimeUnit}) {1,2}(ago|later|from now|back|earlier)\\b`,
  "gu",
);
const englishWithin = new RegExp(
  `\\b(?:within|in less than|in under) (the next )?(${englishCount})(?: {1,2}|-)(${englishTimeUnit})\\b`,
  "gu",
);

/** Distances from now in a folded text. */
export function findDistances({ text, now }: DateScene): Hint[] {
  return [
    ...hintsOf(text, distance, (found) => {
      const [, passed = "", count, unitWord, half, halfUnit, andHalf, andHalfUnit, side = ""] = found;
      if (isLimit(text, found.index + passed.length, found.index + found[0].length)) return null;
      const more = half !== undefined || andHalf !== undefined ? 0.5 : 0;
      const size = sizeOf(halfUnit === undefined ? (count ?? andHalf ?? "") : "half", more);
      return moved(now, size, halfUnit ?? andHalfUnit ?? unitWord ?? "", side.endsWith("前") ? -1 : 1);
    }),
    ...hintsOf(text, passing, (found) => {
      const [, count, unitWord, halfUnit] = found;
      if (isLimit(text, found.index, found.index + found[0].length)) return null;
      return moved(now, sizeOf(count ?? "half"), halfUnit ?? unitWord ?? "", 1);
    }),
    ...hintsOf(text, within, ([, fromNow, count, unitWord, halfUnit]) =>
      deadline(now, sizeOf(count ?? "half"), halfUnit ?? unitWord ?? "", fromNow !== undefined),
    ),
    ...hintsOf(text, ahead, (found) => {
      const [, count = "", unitWord = ""] = found;
      if (isLimit(text, found.index, found.index + found[0].length)) return null;
      return moved(now, sizeOf(count), unitWord, 1);
    }),
    ...hintsOf(text, later, (found) => {
      const [, count = "", unitWord = "", side = ""] = found;
      if (isLimit(text, found.index, found.index + found[0].length)) return null;
      return moved(now, sizeOf(count), unitWord, /^(?:ago|back|earlier)$/u.test(side) ? -1 : 1);
    }),
    ...hintsOf(text, englishWithin, ([, fromNow, count = "", unitWord = ""]) =>
      deadline(now, sizeOf(count), unitWord, fromNow !== undefined),
    ),
  ];
}

function sizeOf(count: string, more = 0): Count | null {
  const said = readCount(count);
  return said === null ? null : { low: said.low + more, high: said.high + more };
}

/** Hours end at an instant; "7天内" is a length of time unless it is counted from now ("未来7天内"). */
function deadline(
  now: DateScene["now"],
  size: Count | null,
  unitWord: string,
  isFromNow: boolean,
): DeadlineHint | null {
  const hint = size === null ? null : movedBy(now, size.high, unitWord);
  if (hint === null) return null;
  if (hint.kind === "instant") return { kind: "deadline", until: hint.clock };
  return isFromNow ? { kind: "deadline", until: { day: hint.day, second: 86_400 } } : null;
}

/** A moment some way from now, or, for two ends ("两三天前"), the stretch between them. Null for no distance at all. */
function moved(
  now: DateScene["now"],
  size: Count | null,
  unitWord: string,
  side: 1 | -1,
): DayHint | InstantHint | null {
  if (size === null) return null;
  const [nearer, farther] = [size.low, size.high].map((end) => movedBy(now, end * side, unitWord));
  if (!nearer || !farther || size.low === size.high) return nearer ?? null;
  const [first, last] = side > 0 ? [nearer, farther] : [farther, nearer];
  if (first.kind === "day" && last.kind === "day")
    return { ...first, days: last.day - first.day + 1, granularity: "range" };
  return first.kind === "instant" && last.kind === "instant" ? { ...first, until: last.clock } : null;
}

/** Days and more give a day, less an instant. */
function movedBy(now: DateScene["now"], size: number, unitWord: string): DayHint | InstantHint | null {
  if (size === 0 || Math.abs(size) > 10_000) return null;
  if (/^(?:年|years?)$/u.test(unitWord)) return dayHint(addMonths(now.day, Math.round(size * 12)));
  if (/月$|^months?$/u.test(unitWord)) {
    return dayHint(size % 1 === 0 ? addMonths(now.day, size) : now.day + Math.round(size * 30));
  }
  if (/^(?:周|个?星期|个?礼拜|weeks?)$/u.test(unitWord)) return dayHint(now.day + Math.round(size * 7));
  const isDays = /^(?:天|日|(?:working |business )?days?)$/u.test(unitWord);
  if (isDays && size % 1 === 0) return dayHint(now.day + size);
  const seconds = isDays
    ? 86_400
    : /小时|钟头|^个?钟$|^h/u.test(unitWord)
      ? 3_600
      : unitWord === "刻钟"
        ? 900
        : /^[分m]/u.test(unitWord)
          ? 60
          : 1;
  const granularity = seconds >= 60 ? "minute" : "second";
  return { kind: "instant", clock: shifted(now, size * seconds), granularity };
}
