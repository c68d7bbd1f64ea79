// Decisions by calendar days, amounts, places and choices: the edges belong to the range, rough knowledge decides where it
// can, and what is missing is asked for. Saturday 21 November 2026, 13:00 in Shanghai, unless told otherwise.

import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { monthsBegun } from "./calendar-days.ts";
import { decidePolicy } from "./decide-policy.ts";
import type { Given, PolicyValue } from "./policy.ts";
import { amount, boughtOn, pieces, place, policyOf, tier } from "./testing/policies.ts";

const now = new Date("2026-11-21T05:00:00Z");
const day = (from: string, to = from): PolicyValue => ({ type: "date", from, to });
const yuan = (amountMinor: number): PolicyValue => ({ type: "money", amountMinor, currency: "CNY" });

const window = policyOf(
  [boughtOn, tier],
  [
    { when: [{ input: "bought-on", daysSince: { to: 7 } }], outcome: "yes" },
    {
      when: [
        { input: "bought-on", daysSince: { to: 15 } },
        { input: "tier", in: ["gold"] },
      ],
      outcome: "yes",
    },
  ],
);
const months = policyOf(
  [boughtOn],
  [{ when: [{ input: "bought-on", monthsSince: { to: 12 } }], outcome: "yes" }],
);

/** The outcome, or the inputs asked for with the reason. */
function decide(policy: typeof window, given: Given, at = now): string {
  const decided = decidePolicy(policy, given, at);
  return decided.kind === "decided"
    ? decided.outcome
    : decided.inputs.map(({ input, why }) => `${input} ${why}`).join(", ");
}

describe("days", () => {
  test.each([
    ["2026-11-21", "yes"],
    ["2026-11-15", "yes"],
    ["2026-11-14", "yes"],
    ["2026-11-13", "tier not-said"],
    ["2026-11-06", "tier not-said"],
    ["2026-11-05", "otherwise"],
  ])("bought on %s: %s", (on, expected) => {
    expect(decide(window, { "bought-on": day(on) })).toBe(expected);
  });

  test.each([
    ["over a leap day", "2028-02-22", "2028-02-29T04:00:00Z", "yes"],
    ["over a leap day, one day later", "2028-02-22", "2028-03-01T04:00:00Z", "tier not-said"],
    ["over the end of February of a common year", "2026-02-22", "2026-03-01T04:00:00Z", "yes"],
    ["over the end of the year", "2026-12-28", "2027-01-04T04:00:00Z", "yes"],
    ["to the last minute of the seventh day in Shanghai", "2026-11-14", "2026-11-21T15:59:59Z", "yes"],
    ["and no further", "2026-11-14", "2026-11-21T16:00:00Z", "tier not-said"],
    ["today, just after midnight", "2026-11-22", "2026-11-21T16:00:00Z", "yes"],
  ])("%s", (_, on, at, expected) => {
    expect(decide(window, { "bought-on": day(on) }, new Date(at))).toBe(expected);
  });

  test("the policy's zone says which day it is, also across a change of clocks", () => {
    const berlin = { ...window, timeZone: "Europe/Berlin" };
    expect(decide(berlin, { "bought-on": day("2026-03-22") }, new Date("2026-03-29T21:59:00Z"))).toBe("yes");
    expect(decide(berlin, { "bought-on": day("2026-03-22") }, new Date("2026-03-29T22:01:00Z"))).toBe(
      "tier not-said",
    );
  });

  test("a day to come is asked about, a day that is none is not used", () => {
    expect(decide(window, { "bought-on": day("2026-11-22") })).toContain("bought-on in-future");
    expect(decide(window, { "bought-on": day("2026-02-29") })).toContain("bought-on not-usable");
    expect(decide(window, { "bought-on": day("2026-11-20", "2026-11-19") })).toContain(
      "bought-on not-usable",
    );
  });

  test("a stretch of days decides where every day of it says the same", () => {
    expect(decide(window, { "bought-on": day("2026-11-16", "2026-11-22") })).toBe("yes");
    expect(decide(window, { "bought-on": day("2026-10-01", "2026-10-31") })).toBe("otherwise");
    expect(decide(window, { "bought-on": day("2026-11-09", "2026-11-15") })).toContain(
      "bought-on not-precise",
    );
  });
});

describe("months", () => {
  test.each([
    ["2025-11-21", "2026-11-21", "yes"],
    ["2025-11-20", "2026-11-21", "otherwise"],
    ["2024-02-29", "2025-02-28", "yes"],
    ["2024-02-29", "2025-03-01", "otherwise"],
    ["2027-02-28", "2028-02-28", "yes"],
    ["2027-02-28", "2028-02-29", "otherwise"],
  ])("twelve months from %s, asked on %s: %s", (bought, today, expected) => {
    expect(decide(months, { "bought-on": day(bought) }, new Date(`${today}T04:00:00Z`))).toBe(expected);
  });

  test("begun months are the least number of months that reach the day", () => {
    const dates = fc
      .integer({ min: 0, max: 40_000 })
      .map((days) => Temporal.PlainDate.from("1990-01-01").add({ days }));
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 1_500 }), (since, days) => {
        const today = since.add({ days });
        const count = monthsBegun(since, today);
        expect(Temporal.PlainDate.compare(since.add({ months: count }), today)).toBeGreaterThanOrEqual(0);
        if (count > 0)
          expect(Temporal.PlainDate.compare(since.add({ months: count - 1 }), today)).toBeLessThan(0);
      }),
    );
  });
});

describe("amounts, numbers, places", () => {
  const fee = policyOf(
    [place, amount, pieces],
    [
      { when: [{ input: "place", in: ["深圳"] }], outcome: "courier" },
      { when: [{ input: "place", notIn: ["中国"] }], outcome: "abroad" },
      { when: [{ input: "place", in: ["新疆", "Tibet"] }], outcome: "remote" },
      { when: [{ input: "amount", amount: { from: "99.10" } }], outcome: "free" },
      { when: [{ input: "pieces", number: { above: 0.3 } }], outcome: "many" },
    ],
  );
  const china = (province: string | null, city: string | null = null): PolicyValue => ({
    type: "region",
    country: "CN",
    province,
    city,
  });
  test.each<[string, Given, string]>([
    ["a city in a listed province", { place: china("新疆维吾尔自治区", "喀什地区") }, "remote"],
    ["a listed city", { place: china("广东省", "深圳市") }, "courier"],
    [
      "only the province of a listed city",
      { place: china("广东省") },
      "place not-precise, amount not-said, pieces not-said",
    ],
    ["only the country", { place: china(null) }, "place not-precise, amount not-said, pieces not-said"],
    ["abroad", { place: { type: "region", country: "JP", province: null, city: null } }, "abroad"],
    ["exactly the amount", { place: china("浙江省"), amount: yuan(9_910) }, "free"],
    ["a hundredth less", { place: china("浙江省"), amount: yuan(9_909) }, "pieces not-said"],
    [
      "another currency",
      { place: china("浙江省"), amount: { type: "money", amountMinor: 9_910, currency: "USD" } },
      "amount not-usable, pieces not-said",
    ],
    ["half a hundredth", { place: china("浙江省"), amount: yuan(0.5) }, "amount not-usable, pieces not-said"],
    [
      "0.1 + 0.2 is 0.3",
      { place: china("浙江省"), amount: yuan(0), pieces: { type: "number", value: 0.1 + 0.2 } },
      "otherwise",
    ],
    [
      "a rule that fits behind one that still might",
      { place: china("广东省"), amount: yuan(20_000) },
      "place not-precise",
    ],
    ["nothing", {}, "place not-said, amount not-said, pieces not-said"],
  ])("%s", (_, given, expected) => {
    expect(decide(fee, given)).toBe(expected);
  });
});

describe("what comes with a decision", () => {
  test("the rule, its sentence, what it rests on and the computation in both languages", () => {
    const decided = decidePolicy(window, { "bought-on": day("2026-11-15") }, now);
    expect(decided).toMatchObject({
      kind: "decided",
      policy: "sample",
      rule: "rule-0",
      outcome: "yes",
      cites: { zh: "rule of yes。" },
      restsOn: [{ input: "bought-on", value: day("2026-11-15") }],
      computation: [
        {
          isMet: true,
          words: {
            zh: "买了 6 天（2026-11-15）；要求：7 天以内，最后一天也算，到 2026-11-22 为止 → 符合",
            en: "Bought 6 days ago (2026-11-15); needed: within 7 days, the last day included, until 2026-11-22 → met",
          },
        },
      ],
    });
  });

  test("the default shows what was not met", () => {
    const decided = decidePolicy(
      window,
      { "bought-on": day("2026-11-10"), tier: { type: "choice", key: "none" } },
      now,
    );
    expect(decided).toMatchObject({ kind: "decided", rule: null, outcome: "otherwise" });
    expect(
      decided.kind === "decided" && decided.computation.map(({ isMet, input }) => [input, isMet]),
    ).toEqual([
      ["bought-on", false],
      ["tier", false],
    ]);
  });

  test("inputs are asked for in the policy's order, with a lead that says why", () => {
    const asked = decidePolicy(window, { "bought-on": day("2026-11-09", "2026-11-15") }, now);
    expect(asked).toMatchObject({
      kind: "missing",
      inputs: [
        {
          input: "bought-on",
          question: {
            zh: "需要再具体一点才能确定。哪天买的？",
            en: "I need that a little more exactly. When did you buy it?",
          },
        },
        { input: "tier", question: { zh: "是金卡吗？", en: "Are you gold?" } },
      ],
    });
  });

  test("keys of objects are no given values", () => {
    expect(decide(window, JSON.parse('{"__proto__": {"bought-on": 1}, "constructor": 1}'))).toContain(
      "not-said",
    );
  });
});

const anyValue: fc.Arbitrary<PolicyValue> = fc.oneof(
  fc.record({ type: fc.constant("date" as const), from: fc.string(), to: fc.string() }),
  fc.tuple(fc.integer({ min: -400, max: 40 }), fc.integer({ min: 0, max: 60 })).map(([shift, length]) => {
    const from = Temporal.PlainDate.from("2026-11-21").add({ days: shift });
    return day(from.toString(), from.add({ days: length }).toString());
  }),
  fc.record({
    type: fc.constant("money" as const),
    amountMinor: fc.double(),
    currency: fc.constantFrom("CNY", "USD"),
  }),
  fc.record({ type: fc.constant("number" as const), value: fc.double() }),
  fc.record({ type: fc.constant("choice" as const), key: fc.constantFrom("gold", "none", "?") }),
);

test("total: any given values get exactly one of an outcome and a question", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("bought-on", "tier", "amount"), anyValue), (given) => {
      const decided = decidePolicy(window, given, now);
      if (decided.kind === "missing") expect(decided.inputs.length).toBeGreaterThan(0);
      else {
        expect(["yes", "otherwise"]).toContain(decided.outcome);
        expect(decided.computation.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});

test("what is asked for is enough: with all of it given, the policy decides", () => {
  const answers: Given = { "bought-on": day("2026-11-10"), tier: { type: "choice", key: "gold" } };
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("bought-on", "tier"), anyValue), (given) => {
      const first = decidePolicy(window, given, now);
      if (first.kind === "decided") return;
      const missing = Object.fromEntries(
        first.inputs.map(({ input }) => [input, answers[input] as PolicyValue]),
      );
      expect(decidePolicy(window, { ...given, ...missing }, now).kind).toBe("decided");
    }),
    { numRuns: 300 },
  );
});

test("rough knowledge never decides otherwise than the exact day would", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 20 }),
      fc.nat(20),
      (ago, length, at) => {
        const first = Temporal.PlainDate.from("2026-11-21").subtract({ days: ago + length });
        const none: PolicyValue = { type: "choice", key: "none" };
        const rough = decide(window, {
          "bought-on": day(`${first}`, `${first.add({ days: length })}`),
          tier: none,
        });
        const exact = decide(window, {
          "bought-on": day(`${first.add({ days: Math.min(at, length) })}`),
          tier: none,
        });
        expect([exact, "bought-on not-precise"]).toContain(rough);
      },
    ),
  );
});
