// Amounts said without a numeral: 半小时, half price, "within a week", once a month, the third floor. Called by amounts.ts.

import { rounded } from "./numerals.ts";
import type { Reading } from "./readings.ts";
import { unitOf, unitPattern } from "./units.ts";

const halfWords: [RegExp, number, string][] = [
  [/半(?:个)?(?:小时|钟头)|\bhalf(?:[- ]an?)?[- ]hour/gu, 0.5, "小时"],
  [/半(?:天|日)|\bhalf a day/gu, 0.5, "天"],
  [/(?<=[一-龥])(?<!个)半个?月|^半个?月|\bhalf a month/gu, 0.5, "个月"],
  [/[一1]个半月/gu, 1.5, "个月"],
  [/[两2]个半月/gu, 2.5, "个月"],
  [/半年|\bhalf (?:a )?year/gu, 0.5, "年"],
  [/(?<![a-z])(?:a|an|one) [a-z]{4,9} and a half/gu, 1.5, ""],
  [/(?<=个)一个?半月/gu, 1.5, "个月"],
  [/(?<![一-龥])first floor|一楼/gu, 1, "楼"],
  [/\b(?:second|2nd) floor/gu, 2, "楼"],
  [/\b(?:third|3rd) floor/gu, 3, "楼"],
  [/\b(?:fourth|4th) floor/gu, 4, "楼"],
  [/\b(?:fifth|5th) floor/gu, 5, "楼"],
  [/(?<![a-z])three[- ]quarters of an hour/gu, 0.75, "小时"],
  [/(?<![a-z])(?:a )?quarter of an hour/gu, 0.25, "小时"],
  [/半斤/gu, 0.5, "斤"],
  [
    /半(?=[杯瓶盒包袋箱片])[杯瓶盒包袋箱片]|(?<![a-z])half an? (?:cup|bottle|pack|bag|tablet|litre|liter|kilo|mile|dozen)/gu,
    0.5,
    "",
  ],
  [/(?<![a-z])(?:a |every )?fortnight(?![a-z])/gu, 14, "天"],
  [/半价|对折|\bhalf[- ](?:price|off)/gu, 50, "%"],
  [
    /(?<=\b(?:within|in|for|takes?|about|approximately|around|up to|than|least|most|after|lasts?|over|under|another|nearly) )(?:a|an|one) (?:second|minute|hour|day|week|month|year)(?! or)/gu,
    1,
    "",
  ],
  [
    /\b(?:a|one)[- ](?:day|week|month|year)(?=(?:'s)?[- ](?:warranty|guarantee|free|trial|return|support|service|money|subscription|membership|of ))/gu,
    1,
    "",
  ],
  [
    /(?:每[周月年天日次单人]|仅限?|最多|至多|至少|限[购领用]?|各)(?:可|能|免费)?一次|\bonce (?=a |per |every )/gu,
    1,
    "次",
  ],
  [/(?:只(?:能|可以?)?|限|可以?)一次(?![性])|(?<=[a-z],? )once(?=[,.;)]|$)/gu, 1, "次"],
  [/\btwice(?![a-z]| as)/gu, 2, "次"],
  [
    /(?<![a-z])(?:a|an|one) (?:(?:whole|full|entire|good) )?(?:hour|day|week|month|year|minute)(?= (?:before|after|later|ahead|earlier|in advance|early|without|from (?:now|the|your)))/gu,
    1,
    "",
  ],
  [
    /(?<![a-z])(?:a|one) (?:whole|full|entire) (?:hour|day|week|month|year|terabyte|gigabyte|kilo|litre|liter)/gu,
    1,
    "",
  ],
  [/(?<=\bfirst )(?:kilo|kilogram|kg|litre|liter|mile|metre)(?![a-z])/gu, 1, ""],
  [
    /(?<![另前后下上])一半(?![以的]?上)|\bhalf(?= (?:up ?front|of the|the (?:price|cost|amount|total|money)|now))|(?<=\bpay )half/gu,
    50,
    "%",
  ],
  [/(?<=\b(?:the|your) first )(?:week|month|year)(?![a-z])/gu, 1, ""],
  [
    /四分之一|(?<![\d/])1\/4(?![\d/])|(?<![a-z])(?:a|one)[ -]quarter(?= (?:of|is|when|on|at|in|now|up))/gu,
    25,
    "%",
  ],
  [/四分之三|(?<![\d/])3\/4(?![\d/])|(?<![a-z])three[ -]quarters/gu, 75, "%"],
  [/三分之一|(?<![\d/])1\/3(?![\d/])|(?<![a-z])(?:a|one)[ -]third(?! floor)/gu, 33.333333, "%"],
  [/三分之二|(?<![\d/])2\/3(?![\d/])|(?<![a-z])two[ -]thirds/gu, 66.666667, "%"],
  [/二分之一|(?<=[付交退占剩先约] ?|pay )1\/2(?![\d/])/gu, 50, "%"],
  [/首个?月(?!份)/gu, 1, "个月"],
  [/首年/gu, 1, "年"],
  [/首周/gu, 1, "周"],
  [/双倍|\bdouble (?=points|the)/gu, 2, "倍"],
];

/** 1/2 cup, 3/4 full */
const fraction = new RegExp(`(?<![\\d./])(?<part>[1-3])/(?<whole>[2-4])(?= ?(?<unit>${unitPattern}))`, "gu");

/** "a litre of water" of a source backs 1 升; in a reply an article counts nothing. */
const article = /(?<![a-z])(?:a|an|one) (?:[a-z]{2,12})(?![a-z])/gu;
/** "a day or two" */
const oneOrTwo = /(?<![a-z])(?:a|an|one) ([a-z]{3,9}) or (?:two|so)(?![a-z])/gu;

/** Amounts of a folded text without a numeral: 半小时, half price, "within a week", once a month. */
export function findHalves(text: string, side: "claims" | "backing"): Reading[] {
  const readings: Reading[] = [...onesOrTwos(text), ...fractions(text)];
  const words: typeof halfWords = side === "backing" ? [...halfWords, [article, 1, ""]] : halfWords;
  for (const [pattern, value, word] of words)
    for (const found of text.matchAll(pattern)) {
      const unit = unitOf(
        word === "" ? (found[0].split(/[ -]|^半/u).findLast((part) => unitOf(part) !== null) ?? "") : word,
      );
      // behind a numeral it is its half: 两个半小时
      if (
        unit === null ||
        /[\d一二两三四五六七八九十]个?$/u.test(text.slice(Math.max(0, found.index - 2), found.index))
      )
        continue;
      const isOff = unit.unit === "%" && /价|折|price|off/u.test(found[0]);
      const amount = rounded(value * unit.factor);
      readings.push({
        start: found.index,
        end: found.index + found[0].length,
        low: amount,
        high: amount,
        script: "digits",
        unit: isOff ? { ...unit, unit: "off" } : unit,
        isOff,
        hasHalf: true,
      });
    }
  return readings;
}

function onesOrTwos(text: string): Reading[] {
  return [...text.matchAll(oneOrTwo)].flatMap((found) => {
    const unit = unitOf(found[1] ?? "");
    if (unit === null) return [];
    const high = found[0].endsWith("two") ? 2 : 1;
    return [
      {
        start: found.index,
        end: found.index + found[0].length,
        low: unit.factor,
        high: rounded(high * unit.factor),
        script: "digits" as const,
        unit,
        isOff: false,
        hasHalf: true,
      },
    ];
  });
}

function fractions(text: string): Reading[] {
  return [...text.matchAll(fraction)].flatMap(({ index, 0: { length }, groups }) => {
    const { part, whole, unit: word = "" } = groups ?? {};
    const unit = unitOf(word);
    if (unit === null) return [];
    const amount = rounded((Number(part) / Number(whole)) * unit.factor);
    const end = text.indexOf(word, index + length) + word.length;
    return [
      {
        start: index,
        end,
        low: amount,
        high: amount,
        script: "digits" as const,
        unit,
        isOff: false,
        hasHalf: true,
      },
    ];
  });
}
