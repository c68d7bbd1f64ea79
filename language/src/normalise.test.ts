// One spelling for one text: politeness off, values masked, traditional and Cantonese wordings met by simplified ones.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unifyCharacters } from "./characters.ts";
import { detectLanguage } from "./language.ts";
import { normalise } from "./normalise.ts";

test.each([
  ["亲，你好，请问什么时候发货呀？谢谢～", "什么时候发货"],
  ["在吗 我想问一下运费多少", "运费多少"],
  ["Hi there, could you please tell me when will it ship? Thanks a lot!", "when will it ship"],
  ["excuse me, do you ship to canada", "do you ship to canada"],
  ["什麼時候發貨", "什么时候发货"],
  ["幾時出貨呀唔該", "什么时候出货"],
  ["ＳＩＺＥ　Ｌ有吗", "size l有吗"],
  ["问题解决不了", "问题解决不了"],
  ["在没发货前能改地址吗", "在没发货前能改地址吗"],
  ["his order is late", "his order is late"],
])("%s → %s", (original, text) => {
  expect(normalise(original).text).toBe(text);
});

test("what is only politeness keeps its text", () => {
  expect(normalise("你好").text).toBe("你好");
  expect(normalise("谢谢亲").text).not.toBe("");
});

test("politeness and emoji that were taken off are told", () => {
  const { removed } = normalise("你好，什么时候发货[微笑]谢谢😊");
  expect(removed.greetings).toEqual(["你好"]);
  expect(removed.thanks).toEqual(["谢谢"]);
  expect(removed.emoji).toEqual(["[微笑]", "😊"]);
});

test.each([
  ["我165cm 110斤穿什么码", ["height", "weight"]],
  ["订单XD20260817331什么时候到", ["order"]],
  ["打我电话13800000101", ["phone"]],
  ["满99元包邮吗", ["money"]],
  ["发到 a.b@mail.example 行吗", ["email"]],
  ["看这个 https://shop.example/p?id=1 有货吗", ["url"]],
  ["双十一会降价吗", ["date"]],
])("values are masked: %s", (original, kinds) => {
  expect(normalise(original).masks.map(({ kind }) => kind)).toEqual(kinds);
});

test("two customers with different measures ask the same", () => {
  expect(normalise("我165cm 110斤穿什么码").text).toBe(normalise("我172cm 140斤穿什么码").text);
});

test("normalising is steady and survives any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      const once = unifyCharacters(text);
      expect(unifyCharacters(once)).toBe(once);
      expect(normalise(text).original).toBe(text);
    }),
  );
});

describe("language", () => {
  test.each([
    ["什么时候发货", "zh-Hans"],
    ["什麼時候發貨", "zh-Hant"],
    ["幾時出貨呀，仲未到嘅", "yue"],
    ["when will it ship", "en"],
    ["请问 size L 有吗", "zh-Hans"],
    ["いつ届きますか", "ja"],
    ["배송 언제 와요", "ko"],
    ["¿cuándo llega mi pedido?", "es"],
  ])("%s is %s", (text, language) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  test("nothing to judge by has no confidence", () => {
    for (const text of ["", "123", "👍", "???"]) expect(detectLanguage(text).confidence).toBe(0);
  });
});
