// Inputs out of customers' words, Chinese and English alike; what could be taken in two ways is not taken at all.
// Saturday 21 November 2026, 13:00 in Shanghai.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decidePolicy } from "./decide-policy.ts";
import type { Policy } from "./policy.ts";
import { readPolicyInputs } from "./read-policy-inputs.ts";
import { shippedPolicy } from "./shipped-policies.ts";
import { amount, boughtOn, pieces, place, policyOf, said, tier } from "./testing/policies.ts";

const now = new Date("2026-11-21T05:00:00Z");
const fits = policyOf(
  [boughtOn, tier, place, amount, pieces],
  [{ when: [{ input: "bought-on", daysSince: { to: 7 } }], outcome: "yes" }],
);

/** Each value in short: "2026-11-11", "280.00 CNY", "gold", "广东省/深圳市". */
function read(text: string, policy: Policy = fits, asked?: string, at = now): Record<string, string> {
  const { given } = readPolicyInputs(policy, text, at, asked === undefined ? {} : { asked });
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      if (value.type === "date")
        return [key, value.from === value.to ? value.from : `${value.from}/${value.to}`];
      if (value.type === "money") return [key, String(value.amountMinor)];
      if (value.type === "number") return [key, String(value.value)];
      if (value.type === "choice") return [key, value.key];
      return [key, [value.country, value.province, value.city].filter((part) => part !== null).join("/")];
    }),
  );
}

describe("a day of purchase", () => {
  test.each([
    ["上周三买的还能退吗", "2026-11-11"],
    ["上週三買的還能退嗎", "2026-11-11"],
    ["今天刚买的", "2026-11-21"],
    ["昨晚下单的", "2026-11-20"],
    ["买了6天了还能退吗", "2026-11-15"],
    ["买了 6 天", "2026-11-15"],
    ["周日买的还能退吗", "2026-11-15"],
    ["1月5号买的还能退吗", "2026-01-05"],
    ["2024年2月29日买的", "2024-02-29"],
    ["不是上周三，是周四买的", "2026-11-19"],
    ["10月31号买的，11月30号能退吗", "2026-10-31"],
    ["上周买的", "2026-11-09/2026-11-15"],
    ["上个月买的", "2026-10-01/2026-10-31"],
    ["去年买的", "2025-01-01/2025-12-31"],
    ["三周前买的", "2026-10-28/2026-11-03"],
    ["买了一个月了", "2026-10-07/2026-11-06"],
    ["I bought it yesterday, can I still return it?", "2026-11-20"],
    ["bought on Feb 29, 2024", "2024-02-29"],
    ["ordered it 6 days ago", "2026-11-15"],
    ["it's been 5 days since I bought it", "2026-11-16"],
    ["I ordered it on Sunday, can I return it", "2026-11-15"],
    ["bought last month", "2026-10-01/2026-10-31"],
    ["明天买的", "2026-11-22"],
  ])("%s → %s", (text, expected) => {
    expect(read(text)).toEqual({ "bought-on": expected });
  });

  test.each([
    "今天还能退吗",
    "7天内能退吗",
    "买了7天内能退吗",
    "两三天前买的",
    "买了差不多一个月",
    "买了一年多",
    "买了超过7天了",
    "快一年前买的",
    "上周三买的还是周四买的我忘了",
    "还没买，下周三发货吗",
    "上周三没买",
    "周日能买到吗",
    "上周三之前买的",
    "质保期一年",
    "can I return it today",
    "bought about three weeks ago",
    "bought over a year ago",
    "will it be ordered on Sunday",
    "I haven't bought it yesterday",
  ])("%s → nothing", (text) => {
    expect(read(text)["bought-on"]).toBeUndefined();
  });

  test("a bare day answers the question, and only then", () => {
    expect(read("上周三")).toEqual({ "bought-on": "2026-11-11" });
    expect(read("是昨天", fits, "bought-on")).toEqual({ "bought-on": "2026-11-20" });
    expect(read("yesterday.", fits, "bought-on")).toEqual({ "bought-on": "2026-11-20" });
    expect(read("昨天", fits, "amount")).toEqual({});
  });

  test("the policy's zone says which day it was", () => {
    const late = new Date("2026-11-21T17:00:00Z");
    expect(read("昨天买的", fits, undefined, late)).toEqual({ "bought-on": "2026-11-21" });
    expect(read("昨天买的", { ...fits, timeZone: "Europe/London" }, undefined, late)).toEqual({
      "bought-on": "2026-11-20",
    });
  });
});

describe("a day of receipt, where another event comes before it", () => {
  const policy = shippedPolicy("return-window");
  test.each([
    ["上周三下的单，昨天收到的", "2026-11-20"],
    ["上周三买的昨天收到的", "2026-11-20"],
    ["bought it last week and received it yesterday", "2026-11-20"],
    ["received it yesterday and bought it last week", "2026-11-20"],
    ["上周三买的", "2026-11-11/2026-11-21"],
    ["没收到货，上周三买的", "2026-11-11/2026-11-21"],
    ["收到货六天了", "2026-11-15"],
    ["I've had it for 3 weeks", "2026-10-28/2026-11-03"],
  ])("%s → %s", (text, expected) => {
    expect(read(text, policy)).toEqual({ "received-on": expected });
  });
});

describe("amounts and numbers", () => {
  test.each([
    ["满 300 吗我买了 280", { amount: "28000" }],
    ["满300包邮吗我买了280块5", { amount: "28050" }],
    ["一共两百八十元", { amount: "28000" }],
    ["I spent 280 yuan", { amount: "28000" }],
    ["the total is 99.9, is it free?", { amount: "9990" }],
    ["280", {}],
    ["满300包邮吗", {}],
    ["运费8块吗", {}],
    ["买了大概280块", {}],
    ["买了280还是380", {}],
    ["I spent $280", {}],
    ["is it free over 300 yuan", {}],
    ["买了3件", { pieces: "3" }],
    ["3 pieces", { pieces: "3" }],
    ["买了两件一共198", { amount: "19800", pieces: "2" }],
  ])("%s → %o", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
  test("a bare number answers the question that was asked", () => {
    expect(read("280", fits, "amount")).toEqual({ amount: "28000" });
    expect(read("280", fits, "pieces")).toEqual({ pieces: "280" });
    expect(read("280", fits, "tier")).toEqual({});
  });
});

describe("choices", () => {
  test.each([
    ["我是金卡会员", { tier: "gold" }],
    ["I am a gold member", { tier: "gold" }],
    ["白金卡", { tier: "platinum" }],
    ["我不是金卡", {}],
    ["I'm not a gold member", {}],
    ["怎么升级到金卡", {}],
    ["金卡还是普通会员我不记得了", {}],
    ["golden retriever", {}],
    ["不是", {}],
  ])("%s → %o", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
  test("a bare no counts only as the answer", () => {
    expect(read("不是。", fits, "tier")).toEqual({ tier: "none" });
    expect(read("No!", fits, "tier")).toEqual({ tier: "none" });
  });
});

describe("regions", () => {
  test.each([
    ["在新疆", "CN/新疆维吾尔自治区"],
    ["I live in Tibet", "CN/西藏自治区"],
    ["從廣東寄到新疆", "CN/新疆维吾尔自治区"],
    ["from Guangdong to Xinjiang", "CN/新疆维吾尔自治区"],
    ["广东 深圳", "CN/广东省/深圳市"],
    ["ship to Japan", "JP"],
  ])("%s → %s", (text, expected) => {
    expect(read(text)).toEqual({ place: expected });
  });
  test.each(["广东和新疆一样吗", "不在新疆", "新疆大枣包邮吗", "偏远地区", "江浙沪包邮吗"])(
    "%s → nothing",
    (text) => {
      expect(read(text)).toEqual({});
    },
  );
});

describe("products", () => {
  const catalogue = [
    { id: "p1", name: "小岛加湿器 S2" },
    { id: "p2", name: "羊绒围巾" },
  ];
  const group = (key: string, words: string[], more: object) => ({
    key,
    called: said(key),
    words: { zh: words, en: [] },
    ...more,
  });
  const policy = (isRest: boolean) =>
    policyOf(
      [
        {
          key: "item",
          type: "product",
          called: said("item"),
          ask: said("item"),
          choices: [group("electric", ["电器"], { products: ["p1"] }), group("other", [], { isRest })],
        },
      ],
      [{ when: [{ input: "item", in: ["electric"] }], outcome: "yes" }],
    );
  const item = (text: string, isRest: boolean) =>
    readPolicyInputs(policy(isRest), text, now, { catalogue }).given.item;

  test("by the words of a group, by the catalogue, and the rest of it", () => {
    expect(item("电器能退吗", true)).toEqual({ type: "choice", key: "electric" });
    expect(item("小岛加湿器S2能退吗", true)).toEqual({ type: "choice", key: "electric" });
    expect(item("羊绒围巾能退吗", true)).toEqual({ type: "choice", key: "other" });
    expect(item("羊绒围巾能退吗", false)).toBeUndefined();
    expect(item("能退吗", true)).toBeUndefined();
  });
});

test("what was said in two ways is named as unclear", () => {
  expect(readPolicyInputs(fits, "广东和新疆一样吗", now)).toMatchObject({ given: {}, unclear: ["place"] });
  expect(readPolicyInputs(fits, "昨天买的，前天买的", now).unclear).toEqual(["bought-on"]);
  expect(readPolicyInputs(fits, "上周三买的", now).quotes).toEqual({ "bought-on": "上周三" });
});

test.each([
  ["我在我在我在", "我在".repeat(5_000)],
  ["words of buying", "买了昨天".repeat(3_000)],
  ["spaces", "it is in the ".repeat(1_000)],
  ["digits", "1".repeat(50_000)],
  ["marks", ",.，。".repeat(5_000)],
])("%s without end is read in a moment", (_, text) => {
  const before = performance.now();
  readPolicyInputs(fits, text, now);
  expect(performance.now() - before).toBeLessThan(3_000);
});

test("no text makes it throw, and what is read can be decided on", () => {
  const words = fc.constantFrom(
    "上周三",
    "买的",
    "收到",
    "280",
    "元",
    "新疆",
    "金卡",
    "不是",
    " ",
    "，",
    "3 weeks ago",
    "bought",
    "\ud83d",
    "满",
    "到",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (message) => {
      const { given, unclear } = readPolicyInputs(fits, message, now);
      expect(Object.keys(given).filter((key) => unclear.includes(key))).toEqual([]);
      expect(["decided", "missing"]).toContain(decidePolicy(fits, given, now).kind);
    }),
    { numRuns: 150 },
  );
});
