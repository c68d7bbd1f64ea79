// The policies that ship: right, in both languages, and fair: waiting longer never brings a right back.

import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { decidePolicy } from "./decide-policy.ts";
import type { Given, PolicyValue } from "./policy.ts";
import { policyAsked } from "./policy-asked.ts";
import { readPolicyInputs } from "./read-policy-inputs.ts";
import { type ShippedPolicyKey, shippedPolicy, shippedPolicyKeys } from "./shipped-policies.ts";

const now = new Date("2026-11-21T05:00:00Z");
const policies = shippedPolicyKeys.map(shippedPolicy);

/** The outcome for a message, or the inputs asked for. */
function answer(key: ShippedPolicyKey, text: string, at = now): string {
  const policy = shippedPolicy(key);
  const decided = decidePolicy(policy, readPolicyInputs(policy, text, at).given, at);
  return decided.kind === "decided" ? decided.outcome : decided.inputs.map(({ input }) => input).join(", ");
}

test("all five are right and speak both languages", () => {
  expect(policies.map(({ key }) => key)).toEqual([...shippedPolicyKeys]);
  for (const { rules, otherwise, inputs } of policies) {
    const spoken = [...rules, otherwise].flatMap(({ words, cites }) => [words, cites]);
    for (const { zh, en } of [...spoken, ...inputs.map(({ ask }) => ask)]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[ -~]+$/u);
    }
  }
});

describe("a customer's sentence, decided", () => {
  test.each<[ShippedPolicyKey, string, string]>([
    ["return-window", "昨天签收的能退吗", "can-return"],
    ["return-window", "received it yesterday, can I return it?", "can-return"],
    ["return-window", "这周一买的还能退吗", "can-return"],
    ["return-window", "上周三买的还能退吗", "received-on, tier"],
    ["return-window", "我是金卡会员，10号收到的，能退吗", "can-return"],
    ["return-window", "I'm a gold member and it arrived on Nov 10, can I return it", "can-return"],
    ["return-window", "上个月收到的能退吗", "too-late"],
    ["return-window", "能退吗", "received-on, tier"],
    ["exchange", "昨天收到的，太大了能换吗", "exchange-paid"],
    ["exchange", "arrived 10 days ago and it is broken, can I exchange it?", "exchange-free"],
    ["exchange", "上个月收到的能换吗", "too-late"],
    ["warranty", "充电器坏了，去年12月买的，还保修吗", "not-covered"],
    ["warranty", "今年3月买的主机还保修吗", "covered"],
    ["warranty", "bought it two years ago, is it under warranty?", "not-covered"],
    ["delivery-area", "能送到乌鲁木齐吗", "delivered-slow"],
    ["delivery-area", "do you ship to Germany?", "not-delivered"],
    ["delivery-area", "do you deliver to Shanghai", "delivered-fast"],
    ["delivery-fee", "在新疆，要运费吗", "remote-fee"],
    ["delivery-fee", "满 300 包邮吗我买了 80，寄到广东", "usual-fee"],
    ["delivery-fee", "shipping to Guangdong, I spent 99 yuan", "free"],
    ["delivery-fee", "运费多少", "place, amount"],
  ])("%s: %s → %s", (key, text, expected) => {
    expect(answer(key, text)).toBe(expected);
  });
});

describe("which policy is asked about", () => {
  test.each<[string, string | undefined]>([
    ["上周三买的还能退吗", "return-window"],
    ["Can I still return it?", "return-window"],
    ["想换货", "exchange"],
    ["还在保修期吗", "warranty"],
    ["is it still under warranty", "warranty"],
    ["新疆能送吗", "delivery-area"],
    ["do you ship to Japan", "delivery-area"],
    ["从广东寄到新疆运费多少", "delivery-fee"],
    ["how much is postage", "delivery-fee"],
    ["你们几点关门", undefined],
    ["在哪儿看订单", undefined],
    ["what are your opening hours", undefined],
  ])("%s → %s", (text, expected) => {
    expect(policyAsked(policies, text)[0]?.policy).toBe(expected);
  });
  test("the words that told are named", () => {
    expect(policyAsked(policies, "運費多少，包郵嗎")).toEqual([
      { policy: "delivery-fee", words: ["运费", "包邮"] },
    ]);
  });
});

test("monotone: with everything else alike, waiting longer never brings a right back", () => {
  const granted = new Set(["can-return", "exchange-free", "exchange-paid", "covered"]);
  const cases: [ShippedPolicyKey, string, string, string[]][] = [
    ["return-window", "received-on", "tier", ["gold", "other"]],
    ["exchange", "received-on", "reason", ["fault", "preference"]],
    ["warranty", "bought-on", "part", ["main", "accessory", "wearing"]],
  ];
  const today = Temporal.PlainDate.from("2026-11-21");
  const anyCase = fc
    .constantFrom(...cases)
    .chain(([key, date, choice, keys]) =>
      fc.tuple(fc.constant({ key, date, choice }), fc.constantFrom(...keys)),
    );
  fc.assert(
    fc.property(anyCase, fc.nat(800), fc.nat(30), ([{ key, date, choice }, chosen], ago, more) => {
      const grantedAfter = (days: number) => {
        const on = `${today.subtract({ days })}`;
        const value: PolicyValue = { type: "date", from: on, to: on };
        const given: Given = { [date]: value, [choice]: { type: "choice", key: chosen } };
        const decided = decidePolicy(shippedPolicy(key), given, now);
        expect(decided.kind).toBe("decided");
        return decided.kind === "decided" && granted.has(decided.outcome);
      };
      if (grantedAfter(ago + more)) expect(grantedAfter(ago)).toBe(true);
    }),
    { numRuns: 80 },
  );
});
