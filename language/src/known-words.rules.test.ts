// How much of a message an item's askers have words for, and the file behind it: found by own phrasings and by all of an
// intent's, a text does not vouch for itself, and damaged bytes are refused.

import { expect, test } from "vitest";
import { corpusGroups, readGroup } from "./corpus.ts";
import { FeatureSpace } from "./feature-space.ts";
import { packIntentWords, shippedIntentWords, unpackIntentWords } from "./intent-words.ts";
import { KnownWords, messageWords } from "./known-words.ts";
import { prepareText } from "./prepared-text.ts";
import { DamagedModelError } from "./weights-file.ts";

const space = new FeatureSpace();
const parking = new KnownWords(["is there parking", "where can i park my car"].map(prepareText), [
  { slug: "common.parking", strength: 1 },
]);
const asked = (text: string) => messageWords(prepareText(text), space);

test("words that nobody who asked for it ever said are missing", () => {
  const rent = parking.know(asked("do you rent helicopters"), false);
  expect(rent.covered).toBeLessThan(0.6);
  expect(rent.missing).toBeGreaterThan(0.5);
  const park = parking.know(asked("where can i park"), false);
  expect(park.covered).toBeCloseTo(1);
  expect(park.missing).toBe(0);
  expect(parking.know(asked("附近有停车场吗"), false).covered).toBeGreaterThan(0.5); // only the corpus says so
});

test("a message without words is known by everybody", () => {
  expect(parking.know(asked("??"), false)).toEqual({ covered: 1, missing: 0 });
});

test("a phrasing does not vouch for its own words", () => {
  const bare = new KnownWords([prepareText("wumpus hunting"), prepareText("wumpus food")], []);
  expect(bare.know(asked("wumpus hunting"), false).covered).toBeCloseTo(1);
  const apart = bare.know(asked("wumpus hunting"), true);
  expect(apart.covered).toBeLessThan(1);
  expect(apart.covered).toBeGreaterThan(0); // the other phrasing has the first word, too
});

test("the file that ships holds words for every intent", () => {
  const words = shippedIntentWords();
  const slugs = corpusGroups().flatMap((group) => readGroup(group).map(({ slug }) => slug));
  expect(slugs.filter((slug) => words.of(slug).length < 10)).toEqual([]);
  expect(words.of("no.such-intent")).toHaveLength(0);
});

test("packed words come back, and damaged ones do not", () => {
  const packed = packIntentWords(
    new Map([
      ["a.b", Uint32Array.of(1, 5, 4_000_000_000)],
      ["a.c", Uint32Array.of(2)],
    ]),
  );
  expect([...unpackIntentWords(packed).of("a.b")]).toEqual([1, 5, 4_000_000_000]);
  expect([...unpackIntentWords(packed).of("a.c")]).toEqual([2]);
  const changed = Buffer.from(packed);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  for (const bytes of [changed, packed.subarray(0, -4), Buffer.from("x"), Buffer.from("{}\nabcd")])
    expect(() => unpackIntentWords(bytes)).toThrow(DamagedModelError);
});
