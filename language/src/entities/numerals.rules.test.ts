// Numbers in digits, Chinese and English: everyday shortenings, what is no number, and a round trip over all of them.

import fc from "fast-check";
import { expect, test } from "vitest";
import { digitsOf, parseChineseNumber, parseEnglishNumber, readApproximate, readNumber } from "./numerals.ts";

test.each([
  ["三十八", 38],
  ["两百五", 250],
  ["一万二", 12_000],
  ["一百零五", 105],
  ["十", 10],
  ["十二", 12],
  ["二十", 20],
  ["三千五", 3_500],
  ["三千零五", 3_005],
  ["一万零三百", 10_300],
  ["两千零二十六", 2_026],
  ["二〇二六", 2_026],
  ["幺三八零零", 13_800],
  ["三点五", 3.5],
  ["零点二五", 0.25],
  ["一亿二", 120_000_000],
  ["十二万三千四百五十六", 123_456],
  ["廿五", 25],
  ["壹佰贰拾", 120],
  ["俩", 2],
  ["零", 0],
])("%s is %d", (text, value) => {
  expect(parseChineseNumber(text)).toBe(value);
  expect(readNumber(text)).toBe(value);
});

test.each(["", "百", "十十", "五百三千", "点五", "三点", "一点二点三", "好", "十二三", "万", "廿廿"])(
  "%s is no number",
  (text) => {
    expect(parseChineseNumber(text)).toBeNull();
  },
);

test.each([
  ["twenty-five", 25],
  ["a hundred and two", 102],
  ["one hundred", 100],
  ["two thousand three hundred and forty one", 2_341],
  ["a dozen", 12],
  ["two dozen", 24],
  ["nineteen", 19],
  ["a couple", 2],
  ["1,200", 1_200],
  ["3.5万", 35_000],
  ["2千", 2_000],
  ["007", 7],
])("%s is %d", (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each(["a", "and", "twenty and", "five six", "hello", "twenty twenty", "1,2", ""])(
  "%s is no number",
  (text) => {
    expect(readNumber(text)).toBeNull();
  },
);

test.each([
  ["两三", [2, 3]],
  ["五六", [5, 6]],
  ["三五", [3, 5]],
  ["三两", [2, 3]],
  ["十七八", [17, 18]],
  ["二十三四", [23, 24]],
  ["二三十", [20, 30]],
  ["三五百", [300, 500]],
  ["一三", null],
  ["十五", null],
  ["九十", null],
  ["十二三十", null],
  ["三", null],
  ["", null],
])("%s means about %j", (text, ends) => {
  expect(readApproximate(text)).toEqual(ends === null ? null : { low: ends[0], high: ends[1] });
});

const digits = [..."零一二三四五六七八九"];
/** The full written form, as a bank writes it without capitals. */
function writeChinese(value: number): string {
  if (value === 0) return "零";
  const big = value >= 10_000 ? Math.floor(value / 10_000) : 0;
  const rest = value % 10_000;
  const head = big > 0 ? `${writeChinese(big)}万` : "";
  if (rest === 0) return head;
  let text = "";
  let isGap = head !== "" && rest < 1_000;
  for (const [unit, name] of [
    [1_000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(rest / unit) % 10;
    if (digit === 0) {
      isGap ||= text !== "";
      continue;
    }
    if (isGap) text += "零";
    isGap = false;
    text += `${digits[digit]}${name}`;
  }
  return head + text;
}

test("what is written is read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (value) => {
      expect(parseChineseNumber(writeChinese(value))).toBe(value);
    }),
    { numRuns: 2_000 },
  );
});

test("digit by digit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 999_999_999 }), (value) => {
      const spoken = [...String(value)].map((digit) => digits[Number(digit)]).join("");
      expect(digitsOf(spoken)).toBe(String(value));
      expect(parseChineseNumber(spoken)).toBe(value);
    }),
  );
});

test("never throws, never gives nonsense", () => {
  const numeral = fc
    .array(fc.constantFrom(...digits, ..."十百千万亿两点廿1 a"), { maxLength: 14 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string(), numeral), (text) => {
      for (const value of [readNumber(text), parseChineseNumber(text), parseEnglishNumber(text)])
        expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
