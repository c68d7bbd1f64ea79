// What the shipped weights may be made of: nothing that a test set or a set for measuring only holds, and a corpus that
// keeps its own rules.

import { readCorpus } from "@yingda/language/training";
import { expect, test } from "vitest";
import { checkGroup } from "../corpus-check.ts";
import { heldOutHash, readHeldOut } from "./held-out.ts";
import { readTrainingSentences } from "./texts.ts";

test("no sentence of a test set or a set for measuring only is trained on", () => {
  const heldOut = readHeldOut();
  expect(heldOut.size).toBeGreaterThan(100_000);
  const { sources, leftOut } = readTrainingSentences(null);
  const texts = sources.flatMap(([, rows]) => rows.map(({ text }) => text));
  expect(texts.filter((text) => heldOut.has(heldOutHash(text)))).toEqual([]);
  expect(leftOut).toBeGreaterThan(0); // the commonest questions are in everybody's test sets: the filter does something
  expect(texts.length).toBeGreaterThan(leftOut * 100);
});

test("a copy is found behind other punctuation and case", () => {
  expect(heldOutHash("Where is my order?")).toBe(heldOutHash("where is MY order"));
  expect(heldOutHash("多久发货？")).toBe(heldOutHash("多久发货"));
  expect(heldOutHash("多久发货")).not.toBe(heldOutHash("多久到货"));
});

test("the corpus holds at least 500 intents with enough phrasings, and none in two of them", () => {
  const groups = [...new Set(readCorpus().map(({ group }) => group))];
  const checked = groups.map((group) => ({ group, ...checkGroup(group) }));
  for (const { group, wrong } of checked) expect(wrong.slice(0, 5), group).toEqual([]);
  expect(checked.reduce((sum, { intents }) => sum + intents, 0)).toBeGreaterThanOrEqual(500);
});
