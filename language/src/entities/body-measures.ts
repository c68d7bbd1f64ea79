// What customers say of their bodies to be told a size: 165cm, 一米六五, 5'7", 110斤, 体重55, "165 110". Called by
// findEntities; a weight that is no person's is left to quantities.

import { type Piece, piecesOf } from "./entity.ts";
import { anyNumeral, readNumber } from "./numerals.ts";

const centimetres = /(?<![\d.])(1[0-9]\d|2[0-2]\d|[5-9]\d)(?:\.\d)?\s?(?:cm|厘米|公分|釐米)(?![a-z])/gu;
const metres = /(?<![\d.])([12])(?:[米m](\d{1,2})|\.(\d{1,2})\s?(?:米|m(?![a-z])|公分))(?!\d|\.\d)/gu;
/** "1.65 110斤": metres without a unit, where the text speaks of bodies. */
const bareMetres = /(?<![\d.¥$])(1)\.([4-9]\d?)(?!\d|\.\d|\s?[元块kl])/gu;
const bodyWords = /身高|体重|个子|\d\s?(?:斤|公斤|kg|lbs?)|穿|多高|胖|瘦|tall/u;
const chineseMetres =
  /(?<![十百千\d])([一二两1-2])米([一二三四五六七八九零〇]?[一二三四五六七八九零〇十]{1,3}|\d{1,2})(?:左右|多|出头)?/gu;
const feet =
  /(?<![\d.])([4-7])\s?(?:'|′|’|ft\b|feet|foot)\s?(?:(\d{1,2})(?:\.\d)?\s?(?:"|″|”|''|in(?:ch(?:es)?)?\b)?)?(?!\d)/gu;
const named =
  /(?:身高|个子|身长|height|tall(?: is)?)\s*(?:是|为|:|is|大概|差不多|=)?\s*(1[2-9]\d|20\d|21\d)(?!\d|[-/])/gu;
const kilos = new RegExp(
  `(?<![\\d.])(${anyNumeral}) ?(公斤|千克|kg|kgs|kilos?|市斤|斤|lbs?|pounds?|磅|stone)(?![a-z])`,
  "gu",
);
const namedWeight =
  /(?:体重|weight|weigh(?:s|ing)?)\s*(?:是|为|:|is|大概|差不多|about|around|=)?\s*(\d{2,3}(?:\.\d)?)(?!\d|\s?(?:斤|公斤|kg|lb|pound|千克|磅))/gu;
/** Height and weight side by side, as customers of clothes write them: "165 110", "172/65". */
const pair =
  /(?<![\d.¥$])(1[4-9]\d|20\d)(?:cm|公分)?\s?[ ,，/、-]\s?(\d{2,3})(?:\.5)?(?!\d|[a-z]|\/|元|块|天|号|码|[.-]\d)/gu;

/** Without one of these in the message a weight is that of goods. */
const wearWords =
  /身高|体重|穿|码|胖|瘦|bmi|tall|\bi'?m\b|i am|weigh|我|他|她|娃|宝宝|孩子|男|女|老公|老婆|patient|person|size|选|号|cm|公分|[一两12]米[一二三四五六七八九\d]|^\s*[\d一二两][\d.百一二三四五六七八九十]*\s?(?:斤|公斤|kg)|\d\s?['′]|^1\.\d{1,2}\s/u;
const toKilograms: Record<string, number> = {
  公斤: 1,
  千克: 1,
  kg: 1,
  kgs: 1,
  kilo: 1,
  kilos: 1,
  斤: 0.5,
  市斤: 0.5,
  lb: 0.453592,
  lbs: 0.453592,
  pound: 0.453592,
  pounds: 0.453592,
  磅: 0.453592,
  stone: 6.35029,
};
const ofBody =
  /(?:我|他|她|体重|身高|老公|老婆|爸|妈|孩子|宝宝|女儿|儿子|朋友|人|胖|瘦|weigh|i'm|i am|male|female|cm|公分|[一两12]米\S{0,2})[^,，。;；!！?？]{0,8}$/u;
const ofGoods =
  /^\s?(?:苹果|的?货|装|大米|水果|肉|面粉|米|茶|一袋|一箱|一包|起|以内|包裹|快递|重的|重量|以上|of\b|bag|box|package|parcel)/u;

/** Heights and weights of people in a folded text. */
export function findBody(text: string): Piece[] {
  return [
    ...piecesOf(text, centimetres, (found) => height(Number.parseFloat(found[0]), heightCue(text, found))),
    ...piecesOf(text, metres, (found) => {
      const [, whole = "", part, decimals = ""] = found;
      return isOfThing(text, found) ? null : height(metresOf(whole, part ?? decimals), 0.9);
    }),
    ...piecesOf(text, bareMetres, ([, whole = "", part = ""]) =>
      bodyWords.test(text) ? height(metresOf(whole, part), 0.8) : null,
    ),
    ...piecesOf(text, chineseMetres, (found) => {
      const [, whole = "", part = ""] = found;
      return isOfThing(text, found) ? null : height(chineseMetresOf(whole, part), 0.85);
    }),
    ...piecesOf(text, feet, ([, whole = "", inches]) =>
      Number(inches ?? 0) > 11
        ? null
        : height(Math.round(Number(whole) * 30.48 + Number(inches ?? 0) * 2.54), 0.9),
    ),
    ...piecesOf(text, named, (found) => trailingNumber(found, height(Number(found[1]), 0.9))),
    ...piecesOf(text, kilos, (found) => readWeight(text, found)),
    ...piecesOf(text, namedWeight, (found) => trailingNumber(found, bareWeight(Number(found[1]), 0.8))),
    ...pairs(text),
  ];
}

function pairs(text: string): Piece[] {
  return [...text.matchAll(pair)].flatMap((found) => {
    const [typed, tall = "", heavy = ""] = found;
    const weight = bareWeight(Number(heavy), 0.7);
    const tallness = height(Number(tall), 0.8);
    if (weight === null || tallness === null || Number(heavy) < 40) return [];
    const at = found.index + typed.lastIndexOf(heavy);
    const unit = /^\s?(?:斤|公斤|kg|千克|磅|lbs?)/u.exec(text.slice(at + heavy.length));
    const first = { start: found.index, end: found.index + tall.length, finding: tallness };
    if (unit !== null) return [first];
    return [first, { start: at, end: at + heavy.length, finding: weight }];
  });
}

/** Only the number of "身高165" is the height. */
function trailingNumber(found: RegExpExecArray, finding: Piece["finding"] | null): Piece | null {
  if (finding === null) return null;
  const number = found[1] as string;
  const start = found.index + found[0].length - number.length;
  return { start, end: start + number.length, finding };
}

/** Furniture, rooms and girths are measured in metres too. */
function isOfThing(text: string, found: RegExpExecArray): boolean {
  const before = text.slice(Math.max(0, found.index - 8), found.index);
  const after = text.slice(found.index + found[0].length, found.index + found[0].length + 6);
  return (
    /(?:直径|圆桌|床垫?|桌|柜|墙|宽|长度?|臀围|胸围|腰围|侧面|对角线|限高|单边|门板|玻璃|乘|×|x|画|布|线|管|ceiling|limit|pallet|cable|肚子)[^,，。]{0,5}$/u.test(
      before,
    ) ||
    /^(?:的(?:床|桌|柜|窗|门|布|线|管)|宽|长|深|厚|乘|×|x|围|\s?(?:max|wide|long|deep|at our))/u.test(after)
  );
}

function readWeight(text: string, found: RegExpExecArray): Piece["finding"] | null {
  const value = readNumber(found[1] as string);
  if (value === null) return null;
  const kilograms = value * (toKilograms[found[2] as string] ?? 1);
  const before = text.slice(Math.max(0, found.index - 20), found.index);
  const after = text.slice(found.index + found[0].length);
  if (ofGoods.test(after) || (!ofBody.test(before) && !wearWords.test(text))) return null;
  if (kilograms < (ofBody.test(before) ? 2 : 30) || kilograms > 250) return null;
  return weightOf(kilograms, ofBody.test(before) ? 0.95 : 0.8);
}

/** A bare number behind 体重: jin where kilograms would be too many or too few for people who say it so. */
function bareWeight(value: number, confidence: number): Piece["finding"] | null {
  if (value < 35 || value > 300) return null;
  return weightOf(value >= 85 ? value / 2 : value, confidence);
}

function weightOf(kilograms: number, confidence: number): Piece["finding"] {
  const rounded = Math.round(kilograms * 10) / 10;
  return { kind: "weight", value: `${rounded} kg`, kilograms: rounded, confidence };
}

function height(value: number, confidence: number): Piece["finding"] | null {
  if (!Number.isFinite(value) || value < 45 || value > 230) return null;
  return { kind: "height", value: `${value} cm`, centimetres: value, confidence };
}

function heightCue(text: string, found: RegExpExecArray): number {
  if (
    /(?:胸围|腰围|臀围|衣长|裤长|袖长|肩宽|脚长|长度?|宽度?|高度|直径|bust|waist|hips?|chest|length|width)\s*(?:是|为|:|is|大概)?\s*$/u.test(
      text.slice(0, found.index),
    )
  )
    return 0.2;
  return Number.parseFloat(found[0]) >= 140 && Number.parseFloat(found[0]) <= 210 ? 0.9 : 0.5;
}

function metresOf(whole: string, part: string): number {
  return Number(whole) * 100 + (part.length === 1 ? Number(part) * 10 : Number(part));
}

function chineseMetresOf(whole: string, part: string): number {
  const metre = readNumber(whole) ?? 0;
  const digits = /^\d+$/u.test(part) ? part : null;
  if (digits !== null) return metresOf(String(metre), digits);
  const value = readNumber(part);
  if (value === null) return Number.NaN;
  return metre * 100 + (part.length === 1 ? value * 10 : value);
}
