// What an owner wrote becomes a policy, or every mistake in it is named with its place, in both languages.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPolicy, readPolicyText } from "./read-policy.ts";
import { amount, boughtOn, outcome, pieces, place, source, tier } from "./testing/policies.ts";

function problems(raw: unknown): string[] {
  const read = readPolicy(raw);
  return read.kind === "wrong" ? read.problems.map(({ code, path }) => `${code} ${path}`) : [];
}
const days = (range: object) => ({ input: "bought-on", daysSince: range });

test("a right policy has no problems", () => {
  expect(problems(source([boughtOn], [{ when: [days({ to: 7 })], outcome: "yes" }]))).toEqual([]);
});

describe("each mistake is named with its place", () => {
  test.each<[string, unknown, string]>([
    [
      "an input that is not there",
      source([boughtOn], [{ when: [{ input: "colour", daysSince: { to: 7 } }], outcome: "yes" }]),
      "unknown-input rules[0].when[0].input",
    ],
    [
      "no default",
      { ...source([boughtOn], [{ when: [days({ to: 7 })], outcome: "yes" }]), default: undefined },
      "missing-default default",
    ],
    [
      "an empty range",
      source([boughtOn], [{ when: [days({ from: 8, to: 7 })], outcome: "yes" }]),
      "empty-range rules[0].when[0].daysSince",
    ],
    [
      "an empty range between two whole days",
      source([boughtOn], [{ when: [days({ above: 7, below: 8 })], outcome: "yes" }]),
      "empty-range rules[0].when[0].daysSince",
    ],
    [
      "two conditions that exclude each other",
      source([boughtOn], [{ when: [days({ to: 7 }), days({ from: 8 })], outcome: "yes" }]),
      "empty-range rules[0].when",
    ],
    [
      "a range without bounds",
      source([boughtOn], [{ when: [days({})], outcome: "yes" }]),
      "wrong-condition rules[0].when[0].daysSince",
    ],
    [
      "a measure that does not fit the input",
      source([amount], [{ when: [{ input: "amount", daysSince: { to: 7 } }], outcome: "yes" }]),
      "wrong-condition rules[0].when[0]",
    ],
    [
      "a rule behind a wider one",
      source(
        [boughtOn],
        [
          { when: [days({ to: 15 })], outcome: "yes" },
          { when: [days({ to: 7 })], outcome: "no" },
        ],
      ),
      "unreachable-rule rules[1]",
    ],
    [
      "a rule behind two that cover it together",
      source(
        [boughtOn, tier],
        [
          { when: [{ input: "tier", in: ["gold", "platinum"] }], outcome: "yes" },
          { when: [{ input: "tier", in: ["none"] }, days({ to: 9 })], outcome: "perhaps" },
          { when: [days({ from: 3, to: 9 })], outcome: "no" },
        ],
      ),
      "unreachable-rule rules[2]",
    ],
    [
      "ranges that share a day",
      source(
        [boughtOn],
        [
          { when: [days({ to: 7 })], outcome: "return" },
          { when: [days({ from: 7, to: 15 })], outcome: "exchange" },
        ],
      ),
      "overlapping-rules rules[1]",
    ],
    [
      "amounts that overlap",
      source(
        [amount],
        [
          { when: [{ input: "amount", amount: { to: 99 } }], outcome: "fee" },
          { when: [{ input: "amount", amount: { from: "98.5" } }], outcome: "free" },
        ],
      ),
      "overlapping-rules rules[1]",
    ],
    [
      "a province behind its country",
      source(
        [place],
        [
          { when: [{ input: "place", in: ["中国"] }], outcome: "yes" },
          { when: [{ input: "place", in: ["新疆"] }], outcome: "slow" },
        ],
      ),
      "unreachable-rule rules[1]",
    ],
    [
      "a place nobody knows",
      source([place], [{ when: [{ input: "place", in: ["霍格沃茨"] }], outcome: "yes" }]),
      "unknown-region rules[0].when[0].in",
    ],
    [
      "a choice that is not there",
      source([tier], [{ when: [{ input: "tier", in: ["silver"] }], outcome: "yes" }]),
      "unknown-choice rules[0].when[0].in",
    ],
    [
      "a key used twice",
      source([tier, tier], [{ when: [{ input: "tier", in: ["gold"] }], outcome: "yes" }]),
      "duplicate-key inputs[1].key",
    ],
    [
      "a time zone that is none",
      {
        ...source([tier], [{ when: [{ input: "tier", in: ["gold"] }], outcome: "yes" }]),
        timeZone: "Mars/Base",
      },
      "unknown-time-zone timeZone",
    ],
    [
      "money as a fraction without quotes",
      source([amount], [{ when: [{ input: "amount", amount: { from: 99.5 } }], outcome: "free" }]),
      "shape rules[0].when[0].amount.from",
    ],
  ])("%s", (_, raw, expected) => {
    expect(problems(raw)).toEqual([expected]);
  });

  test("and said in both languages", () => {
    const read = readPolicy({ ...source([tier], []), rules: "none" });
    expect(read).toMatchObject({ kind: "wrong", problems: [{ code: "shape", path: "rules" }] });
    const [first] = read.kind === "wrong" ? read.problems : [];
    expect(first?.words.zh).toMatch(/\p{Script=Han}/u);
    expect(first?.words.en).toMatch(/array/u);
  });
});

describe("what is right is left alone", () => {
  test.each<[string, unknown]>([
    [
      "an exception before the general rule",
      source(
        [boughtOn, tier],
        [
          { when: [days({ to: 3 })], outcome: "refund" },
          { when: [days({ to: 7 })], outcome: "return" },
          { when: [days({ to: 15 }), { input: "tier", in: ["gold"] }], outcome: "return" },
        ],
      ),
    ],
    [
      "ranges that meet",
      source(
        [amount, pieces],
        [
          { when: [{ input: "amount", amount: { below: 99 } }], outcome: "fee" },
          { when: [{ input: "amount", amount: { from: 99, to: "199.99" } }], outcome: "half" },
          { when: [{ input: "pieces", number: { above: 2.5 } }], outcome: "free" },
        ],
      ),
    ],
    [
      "a city before its province before its country, and everywhere else",
      source(
        [place],
        [
          { when: [{ input: "place", in: ["深圳"] }], outcome: "today" },
          { when: [{ input: "place", in: ["Guangdong"] }], outcome: "fast" },
          { when: [{ input: "place", notIn: ["中国"] }], outcome: "no" },
          { when: [{ input: "place", in: ["日本", "中国"] }], outcome: "slow" },
        ],
      ),
    ],
  ])("%s", (_, raw) => {
    expect(problems(raw)).toEqual([]);
  });
});

describe("text", () => {
  test("broken YAML is told with its line", () => {
    const read = readPolicyText("key: a\nname: { zh: 甲\n");
    expect(read).toMatchObject({ kind: "wrong", problems: [{ code: "not-yaml" }] });
  });
  test("an alias bomb and a text too long are refused", () => {
    expect(readPolicyText("a: &a [1]\nb: [*a, *a]\n")).toMatchObject({ problems: [{ code: "not-yaml" }] });
    expect(readPolicyText(" ".repeat(100_000))).toMatchObject({ problems: [{ code: "too-large" }] });
  });
  test("the same policy as JSON", () => {
    const json = JSON.stringify(
      source([tier], [{ when: [{ input: "tier", in: ["gold"] }], outcome: "yes" }]),
    );
    expect(readPolicyText(json).kind).toBe("policy");
  });
  test("no text and no value makes it throw", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        expect(["policy", "wrong"]).toContain(readPolicyText(text).kind);
        expect(["policy", "wrong"]).toContain(readPolicy(value).kind);
      }),
      { numRuns: 60 },
    );
  });
});

test("whichever ranges a policy has: a rule is called unreachable exactly when no day reaches it", () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(range, fc.constantFrom("gold", "none", null)), { minLength: 1, maxLength: 6 }),
      (parts) => {
        const boxes = parts.map(([[a, b], who]) => ({ from: Math.min(a, b), to: Math.max(a, b), who }));
        const rules = boxes.map(({ from, to, who }) => ({
          when: [days({ from, to }), ...(who === null ? [] : [{ input: "tier", in: [who] }])],
          outcome: outcome("same").outcome,
        }));
        const told = problems(source([boughtOn, tier], rules));
        const firstFor = (day: number, who: string) =>
          boxes.findIndex((box) => day >= box.from && day <= box.to && (box.who === null || box.who === who));
        const reached = new Set<number>();
        for (let day = 0; day <= 8; day += 1)
          for (const who of ["gold", "platinum", "none"]) reached.add(firstFor(day, who));
        const unreached = boxes.flatMap((_, index) =>
          reached.has(index) ? [] : [`unreachable-rule rules[${index}]`],
        );
        expect(told).toEqual(unreached);
      },
    ),
    { numRuns: 150 },
  );
});
