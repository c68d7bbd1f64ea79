// What is marked in a phrasing is what the server named, and marking never changes the text.
import fc from "fast-check";
import { expect, test } from "vitest";
import { markShared } from "./mark-shared.ts";

const shared = (text: string, terms: string[]) =>
  markShared(text, terms).flatMap((part) => (part.isShared ? [part.text] : []));

test("pairs of characters that overlap or touch are one run", () => {
  expect(shared("多久能发货呀", ["多久", "发货"])).toEqual(["多久", "发货"]);
  expect(shared("今天能不能发货", ["能发", "发货"])).toEqual(["能发货"]);
});

test("an English stem is marked as a whole word, and not inside another word", () => {
  expect(shared("Free Shipping over 99", ["ship", "free"])).toEqual(["Free", "Shipping"]);
  expect(shared("a foreign company, for us", ["for"])).toEqual(["for"]);
  expect(shared("can I get receipts", ["receipt", "a"])).toEqual(["receipts"]);
});

test("a term that is not in the text marks nothing, an empty one neither", () => {
  expect(shared("怎么退货", ["发货", ""])).toEqual([]);
  expect(markShared("", ["发货"])).toEqual([]);
});

test("the parts are the text, and take turns", () => {
  const text = fc.string({ unit: fc.constantFrom(..."发货多久aBİ ?"), maxLength: 20 });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), (phrasing, terms) => {
      const parts = markShared(phrasing, terms);
      expect(parts.map((part) => part.text).join("")).toBe(phrasing);
      for (const [at, part] of parts.entries()) expect(parts[at + 1]?.isShared).not.toBe(part.isShared);
    }),
  );
});
