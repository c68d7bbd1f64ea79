// Distances from now, in Chinese and English: 三天后, 半小时后, 两周前, 过两天, 一周内; in two days, 3 weeks ago, within an
// hour. Called by date-times.ts.

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
import { englishNumeral, readNumber } from "./numerals.ts";
import { englishTimeUnit } from "./quantities.ts";

const amount = "(?:\\d{1,4}(?:\\.5)?|[一二两三四五六七八九十百]{1,5})";
const unit = "秒钟?|分钟|刻钟|个?小时|个?钟头|个?钟|天|日|周|个?星期|个?礼拜|个?月|年";
const distance = new RegExp(
  `(?:再?过)?(?:(${amount})(${unit})(半)?|半(?:个)?(小时|钟头|天|月|年)|(${amount})个半(小时|钟头|月))(之后|以后|过后|后|之前|以前|前)(?!天|[后前])`,
  "gu",
);
const passing = new RegExp(
  `(?:再过|过)(?:(${amount})(${unit})|半(?:个)?(小时|钟头|天|月|年))(?!之?后|以后|前)`,
  "gu",
);
const within = new RegExp(`(?:(${amount})(${unit})|半(?:个)?(小时|钟头|天|月|年))(?:之内|以内|内)`, "gu");

const englishAmount = `(\\d{1,4}(?:\\.5)?|${englishNumeral}|an?|half an?)`;
const ahead = new RegExp(
  `\\b(?:in|after) (?:about |around |another )?${englishAmount}[ -](${englishTimeUnit})\\b(?:'?s? time)?`,
  "gu",
);
const later = new RegExp(
  `(?<![\\w.])${englishAmount} (${englishTimeUnit}) (ago|later|from now|back|earlier)\\b`,
  "gu",
);
const englishWithin = new RegExp(
  `\\b(?:within|in less than|in under) (?:the next )?${englishAmount}[ -](${englishTimeUnit})\\b`,
  "gu",
);

/** Distances from now in a folded text. */
export function findDistances({ text, now }: DateScene): Hint[] {
  return [
    ...hintsOf(text, distance, ([, count, unitWord, half, halfUnit, andHalf, andHalfUnit, side = ""]) => {
      const isHalfMore = half !== undefined || andHalf !== undefined;
      const size = halfUnit === undefined ? sizeOf(count ?? andHalf) + (isHalfMore ? 0.5 : 0) : 0.5;
      return moved(now, side.endsWith("前") ? -size : size, halfUnit ?? andHalfUnit ?? unitWord ?? "");
    }),
    ...hintsOf(text, passing, ([, count, unitWord, halfUnit]) =>
      moved(now, halfUnit === undefined ? sizeOf(count) : 0.5, halfUnit ?? unitWord ?? ""),
    ),
    ...hintsOf(text, within, ([, count, unitWord, halfUnit]) =>
      deadline(now, halfUnit === undefined ? sizeOf(count) : 0.5, halfUnit ?? unitWord ?? ""),
    ),
    ...hintsOf(text, ahead, ([, count, unitWord = ""]) => moved(now, sizeOf(count), unitWord)),
    ...hintsOf(text, later, ([, count, unitWord = "", side = ""]) =>
      moved(now, /^(?:ago|back|earlier)$/u.test(side) ? -sizeOf(count) : sizeOf(count), unitWord),
    ),
    ...hintsOf(text, englishWithin, ([, count, unitWord = ""]) => deadline(now, sizeOf(count), unitWord)),
  ];
}

function sizeOf(count: string | undefined): number {
  if (count === undefined) return 0;
  if (/^an?$/u.test(count)) return 1;
  return count.startsWith("half") ? 0.5 : (readNumber(count) ?? 0);
}

function deadline(now: DateScene["now"], size: number, unitWord: string): DeadlineHint | null {
  const hint = moved(now, size, unitWord);
  if (hint === null) return null;
  return { kind: "deadline", until: hint.kind === "day" ? { day: hint.day, second: 86_400 } : hint.clock };
}

/** A moment some way from now: days and more give a day, less an instant. Null for no distance at all. */
function moved(now: DateScene["now"], size: number, unitWord: string): DayHint | InstantHint | null {
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
