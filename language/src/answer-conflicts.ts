// Where two answers to nearly the same question contradict each other: another number for the same unit, a plain yes against
// a plain no, the same thing granted and denied. Used by faq-checks.ts. It tells what it saw; a person judges.

import { unifyCharacters } from "./characters.ts";
import { anyNumeral, englishNumeral, readNumber } from "./entities/numerals.ts";

export interface AnswerConflict {
  differsIn: "number" | "negation" | "yes-no";
  /** What each answer says. */
  values: [string, string];
}

const units: [string, string][] = [
  ["working-day", "个?工作日|(?:working|business) days?"],
  ["day", "天|日(?![期常])|days?"],
  ["hour", "个?小时|个?钟头|hours?|hrs?"],
  ["minute", "分钟|minutes?|mins?"],
  ["week", "周|个?星期|个?礼拜|weeks?"],
  ["month", "个月|months?"],
  ["year", "年(?!\\d|前|后)|years?"],
  ["yuan", "元|块钱?|rmb|yuan"],
  ["dollar", "dollars?|usd|bucks"],
  ["percent", "%|percent"],
  ["tenth-off", "折"],
  ["piece", "件|pieces?|pcs|items?"],
  ["kilogram", "公斤|千克|kg|kilos?"],
  ["clock", "点(?!击|评|赞|餐)|o'clock|am|pm"],
];
const measured = units.map(([unit, words]) => ({
  unit,
  pattern: new RegExp(
    `(${anyNumeral}|${englishNumeral})\\s?(?:-|~|到|至|to)?\\s?(?:${anyNumeral})?\\s?(?:${words})`,
    "gu",
  ),
}));
const signed = /[¥$€£]\s?(\d+(?:\.\d+)?)/gu;
const no =
  /^(?:亲|您好|你好|抱歉|不好意思|很遗憾|对不起|sorry|unfortunately|hi|hello|[,，。!！\s~])*(?:(?:目前|暂时?|我们|本店|商品|这款|这个|是|店里|一律|we|you|it|this|they|our \w+)[\s,]?){0,3}(?:不|没有?|无|非|暂不|否|no\b|not\b|cannot|can't|don't|doesn't|isn't|aren't|won't|never)/u;
const yes =
  /^(?:亲|您好|你好|hi|hello|[,，。!！\s~])*(?:(?:目前|我们|本店|商品|这款|这个|店里|we|you|it|this|they|our \w+)[\s,]?){0,3}(?:可以|能|支持|有|是的?|会|当然|包|提供|接受|没问题|yes\b|sure|of course|certainly|can\b|do\b|is\b|are\b|will\b|offer|accept|absolutely)/u;
const denial =
  /(?:不(?:予|再|能|可以?|会|支持|提供|接受|包|含|承担|需要?|用|收)|无法|没有|暂无|无需|cannot|can't|don't|do not|doesn't|won't|not)/gu;

/** The first contradiction of two answers, or null. */
export function findAnswerConflict(first: string, second: string): AnswerConflict | null {
  const a = unifyCharacters(first.slice(0, 2_000));
  const b = unifyCharacters(second.slice(0, 2_000));
  if (a === "" || b === "" || a === b) return null;
  return numberConflict(a, b) ?? yesNoConflict(a, b) ?? denialConflict(a, b);
}

function numberConflict(a: string, b: string): AnswerConflict | null {
  for (const { unit, pattern } of measured) {
    const mine = valuesOf(a, pattern, unit);
    const theirs = valuesOf(b, pattern, unit);
    if (mine.size === 0 || theirs.size === 0) continue;
    if ([...mine.keys()].some((value) => theirs.has(value))) continue;
    return { differsIn: "number", values: [[...mine.values()].join(" "), [...theirs.values()].join(" ")] };
  }
  return null;
}

/** Numbers of one unit with how they were written; amounts with a sign of money count as yuan or dollars. */
function valuesOf(text: string, pattern: RegExp, unit: string): Map<number, string> {
  const values = new Map<number, string>();
  for (const [typed, number = ""] of text.matchAll(pattern)) {
    const value = readNumber(number);
    if (value !== null) values.set(value, typed.trim());
  }
  if (unit === "yuan" || unit === "dollar") {
    for (const [typed, number = ""] of text.matchAll(signed))
      if (typed.startsWith("¥") === (unit === "yuan")) values.set(Number(number), typed);
  }
  return values;
}

function yesNoConflict(a: string, b: string): AnswerConflict | null {
  const [mine, theirs] = [polarityOf(a), polarityOf(b)];
  if (mine === null || theirs === null || mine === theirs) return null;
  return { differsIn: "yes-no", values: [headOf(a), headOf(b)] };
}

function polarityOf(answer: string): "yes" | "no" | null {
  if (no.test(answer)) return "no";
  return yes.test(answer) ? "yes" : null;
}

function headOf(answer: string): string {
  return [
    ...(answer.split(/[,，。.!！?？;；\n]/u).find((part) => [...part.trim()].length > 2) ?? answer).trim(),
  ]
    .slice(0, 24)
    .join("");
}

/** "不支持退货" against "支持退货": what one denies the other says without denying it. */
function denialConflict(a: string, b: string): AnswerConflict | null {
  for (const [from, to, isSwapped] of [
    [a, b, false],
    [b, a, true],
  ] as const) {
    for (const found of from.matchAll(denial)) {
      const rest = from.slice(found.index + found[0].length);
      const thing = /^\p{Script=Han}{2,4}/u.exec(rest)?.[0] ?? /^ ?[a-z]{4,}/u.exec(rest)?.[0]?.trim();
      if (thing === undefined) continue;
      const word = thing.slice(0, /^[a-z]/u.test(thing) ? undefined : 2);
      const granted = new RegExp(`(?:可以?|能|支持|提供|接受|包|享受|we|you can)\\s?${word}`, "u").exec(to);
      const isDeniedThere = new RegExp(
        `(?:不|无|没)\\p{Script=Han}{0,3}${word}|(?:not|n't|cannot) ${word}`,
        "u",
      ).test(to);
      if (granted === null || isDeniedThere) continue;
      const own = found[0] + thing;
      return { differsIn: "negation", values: isSwapped ? [granted[0], own] : [own, granted[0]] };
    }
  }
  return null;
}
