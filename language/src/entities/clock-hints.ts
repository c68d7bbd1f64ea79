// Hours and parts of a day: 三点, 下午3点半, 15:00, 八点二十, 晚上, 3pm, half past three, noon, this evening. Called by
// date-times.ts, which puts them beside a day.

import { type ClockHint, type Hint, hintsOf, type PartHint } from "./date-hints.ts";
import { readNumber } from "./numerals.ts";

const hourSeconds = 3_600;
const parts: [string, number, number, PartHint["half"]][] = [
  ["凌晨|半夜|深夜|后半夜", 0, 6, "am"],
  ["清晨|一大早|大清早|清早|早晨|早上|早间", 6, 10, "am"],
  ["上午|上半天|头晌", 8, 12, "am"],
  ["中午|正午|晌午", 11, 14, "noon"],
  ["午后|下午|下半天|后晌", 12, 18, "pm"],
  ["傍晚|黄昏", 17, 19, "pm"],
  ["晚上|夜里|夜间|晚间|当晚", 18, 24, "night"],
];
const chinesePart = new RegExp(`(?:${parts.map(([names]) => `(${names})`).join("|")})(?!好|安|餐|饭)`, "gu");
/** After 今, 明, 昨 one character does: 明早, 昨晚. */
const shortPart = /(?<=[今明昨前后当天号日一二三四五六])(?:(早)|(晚|夜))(?!点|餐|饭|安)/gu;
const hourNumber = "(\\d{1,2}|[零一二两三四五六七八九十]{1,3})";
const chineseClock = new RegExp(
  `(?<![\\d.:年月第差几])${hourNumber}点(?:(钟|整)|(半)|(一刻|三刻)|过?([0-5]\\d|[一二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])分?|([一二三四五六七八九]|\\d)分)?(?:钟)?(?!\\d|[个件种条些意建要原问理儿]|[一二三四五六七八九](?!点))`,
  "gu",
);
const digital = /(?<![\d.:/])([01]?\d|2[0-4])[:：]([0-5]\d)(?::([0-5]\d))?(?:\s?([ap])\.?m\b\.?)?(?![\d:])/gu;
const halfDay = /(?<![\d.:$])(\d{1,2})(?:\.([0-5]\d))?\s?([ap])\.?m\b\.?(?!\w)/gu;
const words = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
const oClock = new RegExp(`\\b(\\d{1,2}|${words}) ?o'?clock\\b`, "gu");
const pastTo = new RegExp(
  `\\b(half|quarter|a quarter|five|ten|twenty|twenty-five|\\d{1,2})(?: minutes)? (past|to|after) (\\d{1,2}|${words})\\b(?! (?:days|weeks|months|years|people|items|pieces|of|business|working|hours|minutes|dollars|%))`,
  "gu",
);
const atHour = new RegExp(
  `\\b(?:at|around|by|before|after|until|till) (\\d{1,2}|${words})(?= (?:today|tomorrow|tonight|on|in the|this|next|every)\\b|[?.,!]|$)`,
  "gu",
);
/** The first hour of "between 3 and 5pm", "9-18点", and the hour of "three in the afternoon". */
const rangeHead =
  /(?<![\d.:/-])(\d{1,2})(?=\s?(?:-|–|to|and)\s?\d{1,2}(?::\d\d)?\s?[ap]\.?m\b| ?(?:-|~|到|至) ?\d{1,2}点)/gu;
const wordInPart = new RegExp(
  `\\b(\\d{1,2}|${words})(?= (?:in the (?:morning|afternoon|evening)|at night)\\b)`,
  "gu",
);
const englishPart =
  /\b(?:in the |this |early |late |the )?(?:(morning)|(afternoon)|(evening)|(night)|(noon|midday|lunchtime)|(midnight))\b/gu;
const tonight = /\btonight\b/gu;
const attached =
  /(?:in the|this|tomorrow|yesterday|early|late|day|at|by|around|before|after|until|\d(?:st|nd|rd|th)|tonight|noon)\s*$/u;

/** Hints of hours and parts of a day in a folded text. */
export function findClockHints(text: string): Hint[] {
  return [
    ...hintsOf(text, chinesePart, (found) => {
      const [, from, to, half] =
        parts[found.slice(1).findIndex((name) => name !== undefined)] ?? (parts[0] as (typeof parts)[number]);
      return partHint(from, to, half, true);
    }),
    ...hintsOf(text, shortPart, ([, morning]) =>
      morning === undefined ? partHint(18, 24, "night", false) : partHint(6, 10, "am", false),
    ),
    ...hintsOf(text, chineseClock, (found) => readChineseClock(text, found)),
    ...hintsOf(text, digital, ([typed, hour = "", minute = "", second, half]) =>
      clock(
        Number(hour),
        Number(minute),
        Number(second ?? 0),
        half,
        typed.startsWith("0") || Number(hour) > 12,
      ),
    ),
    ...hintsOf(text, halfDay, ([, hour = "", minute, half]) =>
      Number(hour) > 12 || Number(hour) === 0
        ? null
        : clock(Number(hour), Number(minute ?? 0), 0, half, false, minute === undefined),
    ),
    ...hintsOf(text, oClock, ([, hour = ""]) => clock(readNumber(hour), 0, 0, undefined, false, true)),
    ...hintsOf(text, pastTo, ([, minutes = "", side, hour = ""]) => readPastTo(minutes, side === "to", hour)),
    ...hintsOf(text, atHour, ([, hour = ""]) => clock(readNumber(hour), 0, 0, undefined, false, true)),
    ...[rangeHead, wordInPart].flatMap((pattern) =>
      hintsOf(text, pattern, ([, hour = ""]) => clock(readNumber(hour), 0, 0, undefined, false, true)),
    ),
    ...hintsOf(text, englishPart, (found) => readEnglishPart(text, found)),
    ...hintsOf(text, tonight, () => ({ ...partHint(18, 24, "night", true), isToday: true })),
  ];
}

function readChineseClock(text: string, found: RegExpExecArray): ClockHint | null {
  const [typed, hourText = "", exact, half, quarter, minuteText, single] = found;
  const hour = readNumber(hourText);
  const before = text.slice(Math.max(0, found.index - 2), found.index);
  if (hour === null || hour > 24) return null;
  const isBare = typed.length === hourText.length + 1;
  // 一点 is "a bit" unless a part of the day or a day stands before it; so is 两点, 三点 before what can be counted
  if (isBare && hourText === "一" && !/[午上晨夜晚早天号日]$/u.test(before)) return null;
  if (
    isBare &&
    /[有快慢早晚多少大小便宜好高低]$/u.test(before) &&
    !/[午上]|[今明昨]晚|[今明昨]早/u.test(before) &&
    hour < 3
  )
    return null;
  const minute =
    half !== undefined
      ? 30
      : quarter !== undefined
        ? quarter === "一刻"
          ? 15
          : 45
        : (readNumber(minuteText ?? single ?? "零") ?? 0);
  const isWhole = exact !== undefined || isBare;
  return clock(hour, minute, 0, undefined, hour > 12 || hour === 0, isWhole);
}

function readPastTo(minutesText: string, isTo: boolean, hourText: string): ClockHint | null {
  const hour = readNumber(hourText);
  const minutes =
    minutesText === "half" ? 30 : minutesText.endsWith("quarter") ? 15 : readNumber(minutesText);
  if (hour === null || minutes === null || minutes > 59 || minutes === 0 || hour < 1) return null;
  return isTo
    ? clock(hour === 1 ? 12 : hour - 1, 60 - minutes, 0, undefined, false)
    : clock(hour, minutes, 0, undefined, false);
}

function readEnglishPart(text: string, found: RegExpExecArray): PartHint | ClockHint | null {
  const [typed, morning, afternoon, evening, night, noon, midnight] = found;
  if (/\bgood\s*$/u.test(text.slice(0, found.index))) return null;
  const isAttached = / /u.test(typed) || attached.test(text.slice(0, found.index));
  if (noon !== undefined) return clock(12, 0, 0, undefined, true);
  if (midnight !== undefined) return clock(24, 0, 0, undefined, true);
  const day = typed.startsWith("this ") ? { isToday: true as const } : {};
  if (morning !== undefined) return { ...partHint(6, 12, "am", isAttached), ...day };
  if (afternoon !== undefined) return { ...partHint(12, 18, "pm", isAttached), ...day };
  if (evening !== undefined) return { ...partHint(17, 22, "night", isAttached), ...day };
  return night === undefined ? null : partHint(18, 24, "night", isAttached && !/^the /u.test(typed));
}

function partHint(from: number, to: number, half: PartHint["half"], isAlone: boolean): PartHint {
  return { kind: "part", from: from * hourSeconds, to: to * hourSeconds, half, isAlone };
}

function clock(
  hour: number | null,
  minute: number,
  second: number,
  half: string | undefined,
  isOfDay: boolean,
  isWhole = false,
): ClockHint | null {
  if (hour === null || hour > 24 || (hour === 24 && minute + second > 0) || minute > 59) return null;
  if (half !== undefined && (hour > 12 || hour === 0)) return null;
  const granularity = second > 0 ? "second" : isWhole ? "hour" : "minute";
  return {
    kind: "clock",
    hour,
    minute,
    second,
    half: half === undefined ? null : half === "a" ? "am" : "pm",
    isOfDay,
    granularity,
  };
}
