// Sizes of clothes and shoes: XL, 165/88A, 42码, US 8, 大码, "size 10". A single letter counts only where something beside
// it speaks of sizes. Called by findEntities.

import { type Piece, piecesOf } from "./entity.ts";
import { anyNumeral, readNumber } from "./numerals.ts";

const letterSize = "(?:[2-8]?xl|x{1,4}[ls]|[sml])";
const letters = new RegExp(
  `(?<![\\w'’&.-]|[a-km-rt-z]/)(${letterSize})(?:\\s?(?:码|号|size\\b)|(?![\\w'’&.-]|/[a-km-rt-wyz]))`,
  "gu",
);
const besideSingle =
  /(?:[码号穿拍换买要选拿有款色是试订发]|size|尺码|medium|large|small|in an?|an?|the|or|to|get|take|wear|still|还是|和|跟|与|[,，/、])\s*$/u;
const behindSingle =
  /^\s*(?:码|号|size|还是|和|跟|or\b|有|没|可以|行|合适|偏|大|小|够|的|吗|呢|[,，/、?？]|$)/u;
const chineseSize = /(?<!多)(加大|特大|超大|最大|特小|最小|大|中|小|均|加小)(?:码|号)(?!线|称|召|外|牌)/gu;
const numbered = new RegExp(`(?<![\\d.第])(${anyNumeral}) ?(码|号半|码半)(?!头|洗|数)`, "gu");
const haoSize = /(?<![\d.月第])(3[2-9]|4[0-8])(?:\.5)? ?号(?!线|楼|店|房|门|柜)/gu;
const gb = /(?<!\d)(1[3-9]\d|[4-9]\d)\/(\d{2,3})([a-dy])?(?![\d/])/gu;
const foreign =
  /\b(us|uk|eu|eur|au|jp|欧码|美码|英码|日码)\s?(?:size\s?)?(\d{1,2}(?:\.5)?)(?![\d%.,]|\s?(?:dollars|days|%))/gu;
const sizeWord =
  /\bsizes?\s(?:is\s)?(\d{1,2}(?:\.5)?|(?:extra[ -])?(?:small|large)|medium|one size|[sml])(?![\w.])/gu;
const bareShoe = /(?<![\d.¥$])(3[4-9]|4[0-8])(?:\.5)?(?=的(?:$|[\s,，。吧吗呢]|有|没|给|就))/gu;
/** "in a medium": a word that something before and behind it makes a size. */
const wordSize =
  /(?<=\b(?:in an?|size|wear|wears|take|order|ordered|get|got|have|and|or|between|the|need|want|in|(?:have|want|get|take|need|wear|order) an?) )((?:extra[ -]|x-?)?(?:small|large)|medium)(?= ?(?:$|[?.,!]|or\b|and\b|fits?\b|please\b|left\b|available\b|sizes?\b|too\b|instead\b|still\b))/gu;

/** Sizes of clothes and shoes in a folded text. */
export function findSizes(text: string): Piece[] {
  return [
    ...piecesOf(text, gb, ([, height = "", girth = "", shape]) =>
      Number(girth) < 50 || Number(girth) > 140 || Number(height) <= Number(girth)
        ? null
        : size(`${height}/${girth}${(shape ?? "").toUpperCase()}`, 0.95),
    ),
    ...piecesOf(text, letters, (found) => {
      const value = found[1] as string;
      const isSingle = value.length === 1 && found[0].length === 1;
      const before = text.slice(0, found.index);
      const after = text.slice(found.index + found[0].length);
      const isAlone = before.trim() === "" && after.replace(/[\s?？!。.]/gu, "") === "";
      const hasCue = besideSingle.test(before) || (behindSingle.test(after) && !/[a-z]\s*$/u.test(before));
      if (isSingle && !isAlone && !hasCue) return null;
      return size(letterName(value), isSingle ? 0.75 : 0.95);
    }),
    ...piecesOf(text, chineseSize, ([, word = ""]) => size(`${word}码`, 0.85)),
    ...piecesOf(text, numbered, ([, number = "", unit = ""]) => {
      const value = readNumber(number);
      if (value === null || value < 1 || value > 200) return null;
      if (/^[一二两三四五六七八九]$/u.test(number)) return null; // 大一码 is one size up
      if (unit === "号半" && value < 30) return null;
      return size(String(unit.endsWith("半") ? value + 0.5 : value), 0.9);
    }),
    ...piecesOf(text, haoSize, (found) => size(found[0].replace(/ ?号/u, ""), 0.8)),
    ...piecesOf(text, foreign, ([, system = "", number = ""]) =>
      size(`${systemName(system)} ${number}`, 0.85),
    ),
    ...piecesOf(text, sizeWord, ([, name = ""]) => size(letterName(name), 0.85)),
    ...piecesOf(text, bareShoe, (found) => size(found[0], 0.6)),
    ...piecesOf(text, /\bone[ -]size\b/gu, () => size("均码", 0.9)),
    ...piecesOf(text, wordSize, ([, name = ""]) => size(letterName(name), 0.6)),
  ];
}

function letterName(name: string): string {
  const upper = name.toUpperCase().replace(/[ -]/gu, "");
  const known: Record<string, string> = {
    SMALL: "S",
    MEDIUM: "M",
    LARGE: "L",
    EXTRASMALL: "XS",
    EXTRALARGE: "XL",
    XSMALL: "XS",
    XLARGE: "XL",
    ONESIZE: "均码",
    XXL: "2XL",
    XXXL: "3XL",
    XXXXL: "4XL",
  };
  return known[upper] ?? upper;
}

function systemName(system: string): string {
  const known: Record<string, string> = { 欧码: "EU", 美码: "US", 英码: "UK", 日码: "JP", eur: "EU" };
  return known[system] ?? system.toUpperCase();
}

function size(value: string, confidence: number): Piece["finding"] {
  return { kind: "size", value, confidence };
}
