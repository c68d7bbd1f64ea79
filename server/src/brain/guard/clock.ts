// Times of day and days of the calendar, without a "now": 下午三点 is 15:00, 3:00 may be either half of the day, 11月11日 has
// a month and a day, 周一至周五 is five weekdays, 次日 is "next-day". Called by read-claims.ts before numbers are read.

import { parseChineseNumber } from "@yingda/language";
import type { Found } from "./claim.ts";

const number = "\\d{1,2}|[零一二两三四五六七八九十]{1,3}";
const part =
  "凌晨|清晨|早晨|早上|早间|上午|中午|正午|下午|午后|傍晚|晚上|夜里|夜间|晚间|当晚|今晚|明早|早|晚";
const chineseClock = new RegExp(
  `(?<part>${part})?(?:的)?\\s?(?<hour>${number})\\s?点(?:(?<half>半)|(?<quarter>一刻|三刻)|(?<minute>[0-5]\\d|[一二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分?|整|钟)?(?<tail>[一-龥]?)`,
  "gu",
);
const digital = new RegExp(
  `(?<part>${part})?\\s?(?<![\\d.]|\\d:)(?<hour>[01]?\\d|2[0-4])[:h](?<minute>[0-5]\\d)(?::[0-5]\\d)?\\s?(?<noon>[ap]\\.?m(?![a-z])\\.?)?(?![\\d:])`,
  "gu",
);
const english =
  /(?<![\d.:$¥])(?<hour>1[0-2]|0?[1-9])(?:\.(?<minute>[0-5]\d))?\s?(?<noon>[ap]\.?m(?![a-z])\.?)/gu;
const hourWord = "1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
const oClock = new RegExp(
  `(?<![\\d.:$¥a-z])(?<hour>${hourWord})(?: ?o'?clock)?(?: in the (?<later>morning|afternoon|evening)| at (?<night>night))`,
  "gu",
);
const plainClock = new RegExp(`(?<![\\d.:$¥a-z])(?<hour>${hourWord}) ?o'?clock`, "gu");
const pastTo = new RegExp(
  `(?<![a-z])(?:a )?(?:(?<past>half|quarter|five|ten|twenty|twenty-five) (?<side>past)|(?:(?<=\\b(?:at|by|until|till|around|about|before|after) (?:a )?)(?<less>quarter|five|ten|twenty|twenty-five)|(?<lesser>quarter)) to) (?<hour>${hourWord})(?![a-z\\d])`,
  "gu",
);
/** "at nine", "from ten", "until 6" where no noun follows. */
const atHour = new RegExp(
  `(?<=\\b(?:at|from|by|until|till|before|after|between|since) )(?<hour>${hourWord})(?=[,;!?)]|\\.(?:\\s|$)|$| (?:and|to|until|till|in|on|at|every|each|sharp|today|tonight|tomorrow|daily|last|this)(?![a-z])(?! (?:\\d+|[a-z]+) (?:years?|months?|weeks?|days?|hours?|minutes?|people|dollars|euros|pounds|working|business|kilos?|kg|cm)(?![a-z])))`,
  "gu",
);
/** The end of a stretch whose first hour was told: "from nine to six". */
const toHour = new RegExp(
  `(?<=\\b(?:from|between|to) (?:${hourWord})(?: in the morning| in the afternoon)? (?:to|until|till|and) )(?<hour>${hourWord})(?=[,;!?)]|\\.(?:\\s|$)|$| (?:in|on|at|every|each|daily)(?![a-z]))`,
  "gu",
);
/** The first hour of "9-18点", "9 to 6pm", 早9晚6. */
const rangeHead =
  /(?<![\d.:/-])(?<hour>\d{1,2})(?=\s?(?:-|~|–|—|到|至|to)\s?\d{1,2}(?:点|[:.]\d\d|\s?[ap]\.?m(?![a-z])))(?!\s?[-~–—到至]\s?\d{1,2}[:]\d\d\s?分)/gu;
const morningEvening =
  /[早朝](?<first>\d{1,2}|[五六七八九十]{1,2})(?:点)?(?:到|至)?晚(?:上)?(?<last>\d{1,2}|[五六七八九]|十[一二]?)(?:点)?/gu;
const noonWord = /\b(?:at |by |before |until |after )?(?<word>noon|midday|midnight)\b/gu;
/** On one line an hour that only a day of 24 has. */
const allHours = /(?<![\d.:])(?:0\d|1[3-9]|2[0-4]):[0-5]\d(?![\d:]|\s?[ap]\.?m)/u;
const lineReach = 60;
const notHours = /^[建说要注原信意]/u;
const wordHours = "one two three four five six seven eight nine ten eleven twelve".split(" ");

/** Times of day of a masked, folded text. */
export function findTimes(text: string): Found[] {
  const found: Found[] = [];
  const add = (match: RegExpExecArray, minutes: number[] | null, cut = 0) => {
    if (minutes === null) return;
    found.push({
      start: match.index,
      end: match.index + match[0].length - cut,
      meaning: { kind: "time", minutes },
    });
  };
  for (const match of text.matchAll(morningEvening)) {
    const first = hourOf(match.groups?.first ?? "");
    const last = hourOf(match.groups?.last ?? "");
    if (first === null || last === null) continue;
    add(match, [first * 60]);
    add(match, [(last < 12 ? last + 12 : last) * 60]);
  }
  for (const match of text.matchAll(chineseClock)) {
    const groups = match.groups ?? {};
    const tail = groups.tail ?? "";
    // 二点五 is a decimal
    const isDecimal =
      groups.minute === undefined && groups.half === undefined && /^[零一二三四五六七八九]$/u.test(tail);
    if (notHours.test(tail) || isDecimal) continue;
    const isBare =
      groups.part === undefined && match[0].length - tail.length === (groups.hour ?? "").length + 1;
    // 一点 is "a little", 两点 may be two remarks
    if (isBare && /^[一两]$/u.test(groups.hour ?? "")) continue;
    add(match, minutesOf(groups), tail.length);
  }
  for (const match of text.matchAll(digital)) {
    const minutes = minutesOf(match.groups ?? {});
    add(match, saysAllHours(text, match) ? (minutes?.slice(0, 1) ?? null) : minutes);
  }
  for (const match of text.matchAll(english)) add(match, minutesOf(match.groups ?? {}));
  for (const pattern of [oClock, plainClock, atHour, toHour])
    for (const match of text.matchAll(pattern)) add(match, minutesOf(match.groups ?? {}));
  for (const match of text.matchAll(pastTo)) add(match, pastOrTo(match.groups ?? {}));
  for (const match of text.matchAll(rangeHead)) add(match, minutesOf(match.groups ?? {}));
  for (const match of text.matchAll(noonWord)) add(match, [match.groups?.word === "midnight" ? 0 : 720]);
  return longestFirst(found);
}

/** "9:00-20:00", "09:00": its line counts to 24, so that 9:00 is no evening; not beside a half of the day. */
function saysAllHours(text: string, { index, groups = {}, 0: { length } }: RegExpExecArray): boolean {
  if (groups.part !== undefined || groups.noon !== undefined) return false;
  const line = text.slice(
    Math.max(text.lastIndexOf("\n", index) + 1, index - lineReach),
    Math.min(text.length, index + length + lineReach),
  );
  return allHours.test(line.split("\n")[0] ?? "");
}

function hourOf(text: string): number | null {
  if (/^\d/u.test(text)) return Number(text);
  const word = wordHours.indexOf(text);
  return word >= 0 ? word + 1 : parseChineseNumber(text);
}

function minutesOf(groups: Record<string, string | undefined>): number[] | null {
  const hour = hourOf(groups.hour ?? "");
  if (hour === null || hour > 24) return null;
  const minute =
    groups.half !== undefined
      ? 30
      : groups.quarter !== undefined
        ? groups.quarter === "一刻"
          ? 15
          : 45
        : groups.minute === undefined
          ? 0
          : /^\d/u.test(groups.minute)
            ? Number(groups.minute)
            : (parseChineseNumber(groups.minute) ?? 0);
  const at = (ofDay: number) => (ofDay % 24) * 60 + minute;
  if (hour > 12 || hour === 0) return [at(hour)];
  const half = halfOf(groups);
  if (half === "am") return [at(hour === 12 ? 0 : hour)];
  if (half === "pm") return [at(hour === 12 ? 12 : hour + 12)];
  if (half === "noon") return [at(hour <= 3 ? hour + 12 : hour)];
  if (half === "night") return [at(hour === 12 ? 0 : hour <= 4 ? hour : hour + 12)];
  return [at(hour), at(hour + 12)];
}

const minutesOfWord: Record<string, number> = {
  half: 30,
  quarter: 15,
  five: 5,
  ten: 10,
  twenty: 20,
  "twenty-five": 25,
};

function pastOrTo({ past, less, lesser, hour = "" }: Record<string, string | undefined>): number[] | null {
  const whole = hourOf(hour);
  const minutes = minutesOfWord[past ?? less ?? lesser ?? ""];
  if (whole === null || minutes === undefined) return null;
  const first = whole * 60 + (past === undefined ? -minutes : minutes);
  return [(first + 720) % 1_440, first % 1_440];
}

function halfOf({ part: word, noon, later, night }: Record<string, string | undefined>): string | null {
  if (noon !== undefined) return noon.startsWith("a") ? "am" : "pm";
  if (night !== undefined) return "night";
  if (later !== undefined) return later === "morning" ? "am" : "pm";
  if (word === undefined) return null;
  if (/中午|正午/u.test(word)) return "noon";
  if (/下午|午后|傍晚/u.test(word)) return "pm";
  return /晚|夜/u.test(word) ? "night" : "am";
}

/** Where two readings overlap the longer one stays; two that begin and end together stay both. */
export function longestFirst(found: Found[]): Found[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Found[] = [];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last === undefined || one.start >= last.end || (one.start === last.start && one.end === last.end))
      kept.push(one);
  }
  return kept;
}
