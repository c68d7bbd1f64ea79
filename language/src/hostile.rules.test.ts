// Every function of the door that reads a stranger's text meets what strangers send to break things: it does not throw, and
// it does not take long, however the text is built. Functions with tests of their own on the same texts are not repeated.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toSimplified, toTraditional, unifyCharacters } from "./characters.ts";
import { parseChineseNumber, parseEnglishNumber, readNumber } from "./entities/numerals.ts";
import { detectLanguage } from "./language.ts";
import { maskValues } from "./masks.ts";
import { normalise } from "./normalise.ts";
import { classifySmallTalk } from "./small-talk.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";
import { wantsPerson } from "./wants-person.ts";
import { toShopWords } from "./wordings.ts";

const readers: [string, (text: string) => unknown][] = [
  ["unifyCharacters", unifyCharacters],
  ["toSimplified", toSimplified],
  ["toTraditional", toTraditional],
  ["normalise", normalise],
  ["maskValues", (text) => maskValues(text.slice(0, 2_000))],
  ["toShopWords", (text) => toShopWords(text.slice(0, 2_000), "yue")],
  ["wantsPerson", wantsPerson],
  ["wantsPerson on a normalised text", (text) => wantsPerson(normalise(text))],
  ["classifySmallTalk", (text) => classifySmallTalk(normalise(text))],
  ["readNumber", readNumber],
  ["parseChineseNumber", parseChineseNumber],
  ["parseEnglishNumber", parseEnglishNumber],
];

describe.each(readers)("%s", (_, read) => {
  test.each(hostileTexts)("takes %s", (_name, text) => {
    expect(timed(() => void read(text))).toBeLessThan(1_500);
  });

  test("takes any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(timed(() => void read(text))).toBeLessThan(400);
      }),
      { numRuns: 300 },
    );
  });
});

test("a message of fifteen characters is read in some twenty millionths of a second", () => {
  const messages = [
    "我的订单三天了还没有动静怎么回事",
    "请问这款有没有XL码的白色呀亲",
    "你好麻烦帮我查一下快递到哪里了",
    "可以开发票吗 抬头写公司的那种",
  ];
  const read = (message: string) => {
    normalise(message);
    detectLanguage(message);
    wantsPerson(message);
  };
  for (let i = 0; i < 2_000; i += 1) read(messages[i % 4] as string);
  const rounds = Array.from({ length: 9 }, () =>
    timed(() => {
      for (let i = 0; i < 400; i += 1) read(messages[i % 4] as string);
    }),
  ).sort((a, b) => a - b);
  const microseconds = ((rounds[2] ?? 0) / 400) * 1_000;
  expect(microseconds).toBeLessThan(250); // 20 on a quiet machine, the promise is 60; this only catches a change of order
});
