// Values behind masks: what differs from customer to customer is one word, what shops have questions about stays readable.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskValues } from "./masks.ts";
import { normalise } from "./normalise.ts";
import { anyText } from "./testing/hostile-texts.ts";

test.each([
  ["快递SF1234567890123到哪了", ["parcel SF1234567890123"]],
  ["单号yt1234567890123", ["parcel yt1234567890123"]],
  ["订单250817-123456789012345", ["order 250817-123456789012345"]],
  ["电话138 0000 0101", ["phone 138 0000 0101"]],
  ["打400-123-4567", ["phone 400-123-4567"]],
  ["+1 415 555 2671", ["phone +1 415 555 2671"]],
  ["九十九块五贵不贵", ["money 九十九块五"]],
  ["20 bucks", ["money 20 bucks"]],
  ["十月一号能到吗", ["date 十月一号"]],
  ["by Dec 24th please", ["date dec 24th"]],
  ["三点半上门", ["time 三点半"]],
  ["我要两件", ["quantity 两"]],
  ["12 boxes", ["quantity 12"]],
  ["有XXL吗", ["size xxl"]],
  ["有m码吗", ["size m"]],
  ["42码有吗", ["size 42"]],
  ["显示E-04", ["fault e-04"]],
  ["报伊四", ["fault 伊四"]],
  ["F3报错", ["fault f3"]],
  ["等了3天", ["number 3"]],
  ["一块寄可以吗", []],
  ["iphone15", []],
  ["便宜一点", []],
])("%s holds %j", (text, expected) => {
  expect(normalise(text).masks.map(({ kind, text: typed }) => `${kind} ${typed.toLowerCase()}`)).toEqual(
    expected.map((entry) => entry.toLowerCase()),
  );
});

describe("the same question, whatever the value", () => {
  test.each([
    ["我要两件", "我要5件"],
    ["九十九块能便宜吗", "¥120能便宜吗"],
    ["快递SF1234567890123到哪了", "快递YT9876543210123到哪了"],
    ["42码有吗", "38码有吗"],
    ["有xxl吗", "有2XL吗"],
    ["显示E-04", "显示伊四"],
    ["报e4", "报 E04"],
    ["打13800000101", "打15912345678"],
    ["下午3点半能送吗", "下午15:20能送吗"],
  ])("%s = %s", (a, b) => {
    expect(normalise(a).text).toBe(normalise(b).text);
  });

  test.each([
    ["显示e4", "显示e5"],
    ["有xl吗", "有m码吗"],
    ["iphone15", "iphone16"],
    ["空调报f0", "空调报p0"],
  ])("but %s is not %s", (a, b) => {
    expect(normalise(a).text).not.toBe(normalise(b).text);
  });
});

test("every masked value stands in the text, in reading order, and one mask for each", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: masked, masks } = maskValues(text);
      let at = 0;
      for (const { text: typed } of masks) {
        at = text.indexOf(typed, at);
        expect(at).toBeGreaterThanOrEqual(0);
        at += typed.length;
      }
      const words = masked.match(
        /#(?:url|email|phone|parcel|order|date|time|money|height|weight|size|fault|quantity|number)\b/gu,
      );
      expect(words?.length ?? 0).toBeGreaterThanOrEqual(masks.length);
    }),
    { numRuns: 500 },
  );
});
