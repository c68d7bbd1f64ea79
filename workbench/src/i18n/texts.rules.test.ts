// What the types cannot prove: both languages name the same values, nothing is left empty, no half-width punctuation
// slipped into Chinese sentences.
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { zhCN } from "./zh-CN.ts";

function flat(texts: object, at = ""): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[`${at}${name}`, value]] : flat(value as object, `${at}${name}.`),
  );
}
const chinese = new Map(flat(zhCN));
const english = new Map(flat(en));
const valuesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).toSorted();

test("there are texts, and none is empty", () => {
  expect(chinese.size).toBeGreaterThan(300);
  expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
});

test("both languages show the same values", () => {
  const unequal = [...chinese].filter(
    ([key, text]) => String(valuesOf(text)) !== String(valuesOf(english.get(key) ?? "")),
  );
  expect(unequal).toEqual([]);
});

test("English has no key that Chinese lacks, but singulars", () => {
  expect([...english.keys()].filter((key) => !chinese.has(key) && !key.endsWith("_one"))).toEqual([]);
});

/** Words that docs/glossary.md has another word for. */
const otherWords = {
  chinese: /试用|坐席|顾客|演练|缺口|本地引擎/,
  english: /(?<!{)\b(?:trial|wordings?|local engine)\b/i,
};

test("one thing has one word", () => {
  const found = (texts: Map<string, string>, words: RegExp) =>
    [...texts].filter(([, text]) => words.test(text));
  expect(found(chinese, otherWords.chinese)).toEqual([]);
  expect(found(english, otherWords.english)).toEqual([]);
});

test("Chinese sentences have full-width punctuation", () => {
  const half = [...chinese].filter(([, text]) => /[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]/.test(text));
  expect(half).toEqual([]);
});
