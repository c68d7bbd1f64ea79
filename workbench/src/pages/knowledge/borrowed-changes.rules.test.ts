// What is shown before the server answers is what it will answer, and changes sent together are the changes one by one.
import type { FaqHealth } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BorrowedChange, mergeChanges, withChange } from "./borrowed-changes.ts";

const health: FaqHealth = {
  isMatched: true,
  problems: [],
  isKnownToCorpus: true,
  borrowed: [
    {
      slug: "order.shipping-time",
      strength: 0.9,
      zh: "多久发货",
      en: "When do you ship?",
      isRefused: false,
      phrasings: [
        { text: "啥时候寄", isRefused: false },
        { text: "几号发", isRefused: true },
      ],
    },
  ],
};
const names = ["order.shipping-time", "啥时候寄", "几号发"];
const refused = ({ borrowed }: FaqHealth) =>
  borrowed.flatMap(({ slug, isRefused, phrasings }) => [
    ...(isRefused ? [slug] : []),
    ...phrasings.filter((one) => one.isRefused).map(({ text }) => text),
  ]);

test("a phrasing and an intent are refused and taken back", () => {
  const without = withChange(health, { refuse: ["啥时候寄"], takeBack: ["几号发"] });
  expect(refused(without)).toEqual(["啥时候寄"]);
  expect(refused(withChange(health, { refuse: ["order.shipping-time"], takeBack: [] }))).toEqual([
    "order.shipping-time",
    "几号发",
  ]);
  expect(refused(withChange(without, { refuse: [], takeBack: ["啥时候寄"] }))).toEqual([]);
});

test("of two changes about one name the later counts", () => {
  const on: BorrowedChange = { refuse: ["a"], takeBack: [] };
  const off: BorrowedChange = { refuse: [], takeBack: ["a"] };
  expect(mergeChanges([on, off])).toEqual(off);
  expect(mergeChanges([off, on])).toEqual(on);
});

test("together is one by one", () => {
  const single = fc.constantFrom(...names).chain((name) =>
    fc.boolean().map((isRefused) => ({
      refuse: isRefused ? [name] : [],
      takeBack: isRefused ? [] : [name],
    })),
  );
  fc.assert(
    fc.property(fc.array(single, { maxLength: 8 }), (changes) => {
      expect(withChange(health, mergeChanges(changes))).toEqual(changes.reduce(withChange, health));
    }),
  );
});
