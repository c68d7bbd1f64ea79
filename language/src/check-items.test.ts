// What a matcher is trained on may be wrong, thin, doubled or large: mistakes are told by their name before anything is
// trained, and whatever is no mistake trains and matches.

import { describe, expect, test } from "vitest";
import { type MatcherInputCode, MatcherInputError, matcherInputCodes, matcherLimits } from "./check-items.ts";
import { createMatcher, createMatcherGently } from "./matcher.ts";
import type { MatcherItem } from "./matcher-types.ts";
import { trainInWorker } from "./train-in-worker.ts";

const fee: MatcherItem = { id: "fee", phrasings: ["包邮吗", "运费多少钱"] };
const size: MatcherItem = { id: "size", phrasings: ["穿什么码", "尺码怎么选"] };
const long = "长".repeat(matcherLimits.text + 1);

/** As whoever reads items from a file would hand them over: nothing checked. */
function unchecked(item: unknown): MatcherItem {
  return item as MatcherItem;
}

const mistakes: [MatcherInputCode, string | number | null, MatcherItem[]][] = [
  ["not-an-item", 1, [fee, unchecked(null)]],
  ["not-an-item", 0, [unchecked("包邮吗")]],
  ["id-empty", 1, [fee, { id: " ", phrasings: [] }]],
  ["id-empty", 0, [unchecked({ phrasings: ["包邮吗"] })]],
  ["id-empty", 0, [unchecked({ id: 7, phrasings: ["包邮吗"] })]],
  ["id-too-long", "x".repeat(40), [{ id: "x".repeat(201), phrasings: [] }]],
  ["id-twice", "fee", [fee, size, { id: "fee", phrasings: ["邮费"] }]],
  ["texts-not-a-list", "a", [unchecked({ id: "a" })]],
  ["texts-not-a-list", "a", [unchecked({ id: "a", phrasings: "包邮吗" })]],
  ["texts-not-a-list", "a", [unchecked({ id: "a", phrasings: [], negatives: {} })]],
  ["text-not-a-string", "a", [unchecked({ id: "a", phrasings: ["包邮吗", 7] })]],
  ["text-not-a-string", "a", [unchecked({ id: "a", phrasings: [], unborrowed: [null] })]],
  ["text-not-a-string", "a", [unchecked({ id: "a", phrasings: [], answer: 3 })]],
  ["text-too-long", "a", [{ id: "a", phrasings: [long] }]],
  ["text-too-long", "a", [{ id: "a", phrasings: [], negatives: [long] }]],
  ["too-many-texts", "a", [{ id: "a", phrasings: new Array<string>(5_001).fill("包邮吗") }]],
  [
    "too-many-texts",
    null,
    Array.from({ length: 41 }, (_, i) => ({
      id: `${i}`,
      phrasings: new Array<string>(5_000).fill("包邮吗"),
    })),
  ],
  ["too-many-items", null, Array.from({ length: 20_001 }, (_, i) => ({ id: `${i}`, phrasings: [] }))],
];

describe("mistakes are told by name", () => {
  test.each(mistakes)("%s at %j", async (code, item, items) => {
    const told = { name: "MatcherInputError", code, item };
    expect(() => createMatcher(items)).toThrow(expect.objectContaining(told));
    await expect(createMatcherGently(items, async () => {})).rejects.toMatchObject(told);
    await expect(trainInWorker(items)).rejects.toMatchObject(told);
  });

  test("every code has a test, and every message says what to do", () => {
    expect(new Set(mistakes.map(([code]) => code))).toEqual(new Set(matcherInputCodes));
    for (const code of matcherInputCodes)
      expect(new MatcherInputError(code, "fee").message).toMatch(/^[a-z-]+ \(item "fee"\): .{15,}$/u);
  });

  test("a wrong change is refused and changes nothing", () => {
    const matcher = createMatcher([fee, size]);
    const before = matcher.match("包邮吗");
    for (const item of [unchecked({ id: "fee", phrasings: [3] }), { id: "", phrasings: ["包邮吗"] }])
      expect(() => matcher.set(item)).toThrow(MatcherInputError);
    expect(matcher.match("包邮吗")).toEqual(before);
    expect(matcher.size).toBe(2);
  });
});

describe("what is no mistake", () => {
  test("no item finds nothing, and takes items later", () => {
    const matcher = createMatcher([]);
    expect(matcher.match("包邮吗").matches).toEqual([]);
    matcher.set(fee);
    expect(matcher.match("包邮吗").matches[0]).toMatchObject({ id: "fee", why: { isExact: true } });
  });

  test.each([
    ["none", []],
    ["blank ones", ["", "  ", "？！…", "😀"]],
  ])("an item whose phrasings are %s is kept and never matches", (_, phrasings) => {
    const matcher = createMatcher([fee, { id: "later", phrasings }]);
    expect(matcher.size).toBe(2);
    for (const text of ["包邮吗", "今天天气", "later", "😀", ""])
      expect(matcher.match(text).matches.map(({ id }) => id)).not.toContain("later");
    matcher.set({ id: "later", phrasings: ["穿什么码"] });
    expect(matcher.match("穿什么码").matches[0]?.id).toBe("later");
  });

  test("one item alone is found by its words and not by anybody's", () => {
    const matcher = createMatcher([fee]);
    expect(matcher.match("请问包邮吗").matches[0]?.confidence).toBeGreaterThanOrEqual(0.98);
    for (const text of ["帮我写首诗", "明天会下雨吗", "who won the match"])
      expect(matcher.match(text).matches[0]?.confidence ?? 0).toBeLessThan(0.5);
  });

  test("a phrasing that two items have is a question back, not a guess", () => {
    const matcher = createMatcher([
      { id: "a", phrasings: ["怎么退", "怎么退货"] },
      { id: "b", phrasings: ["怎么退", "怎么退款"] },
      fee,
    ]);
    const { matches, margin } = matcher.match("怎么退");
    expect(new Set(matches.slice(0, 2).map(({ id }) => id))).toEqual(new Set(["a", "b"]));
    expect(matches[1]?.why.isExact).toBe(true);
    expect(margin).toBeLessThan(0.1);
    expect(matcher.match("怎么退货").matches[0]?.id).toBe("a");
    expect(matcher.match("怎么退款").matches[0]?.id).toBe("b");
  });

  test("a phrasing given twice to one item counts once", () => {
    const twice = createMatcher([{ ...fee, phrasings: [...fee.phrasings, ...fee.phrasings] }, size]);
    expect(twice.match("邮费")).toEqual(createMatcher([fee, size]).match("邮费"));
  });

  test("a confidence near 1 never stands at the wrong one of many products", () => {
    const items = [..."红橙黄绿青蓝紫黑白灰"].flatMap((colour) =>
      [..."锅灯床车花茶糖米"].map((thing) => {
        const product = `东方牌${colour}色的${thing}`;
        return { id: product, phrasings: [`${product}多少钱`, `${product}还有货吗`, `我想要${product}`] };
      }),
    );
    const matcher = createMatcher(items);
    for (const { id } of items.filter((_, i) => i % 4 === 1))
      for (const match of matcher.match(`${id}现在卖多少钱`).matches)
        if (match.id !== id) expect(match.confidence).toBeLessThan(0.75);
    matcher.set({ id: "new", phrasings: ["东方牌粉色的灯多少钱"] });
    // what it costs is asked of every product: nobody's own
    expect(matcher.borrowed("new").filter(({ slug }) => slug.includes("price"))).toEqual([]);
  });

  test("2,000 items of three phrasings train, match fast and are told apart", async () => {
    const goods = [..."锅灯床车花茶糖米油书笔纸伞帽袜扇鞋包表杯碗盘刀壶炉箱柜椅桌凳"].slice(0, 25);
    const colours = [..."红橙黄绿青蓝紫黑白灰"];
    const makes = ["东方牌", "南山牌", "西湖牌", "北极牌", "中原牌", "长江牌", "黄河牌", "泰山牌"];
    const items = goods.flatMap((thing) =>
      colours.flatMap((colour) =>
        makes.map((make) => {
          const product = `${make}${colour}色的${thing}`;
          return { id: product, phrasings: [`${product}多少钱`, `${product}还有货吗`, `我想要${product}`] };
        }),
      ),
    );
    expect(items).toHaveLength(2_000);
    const matcher = await createMatcherGently(items, async () => {});
    const asked = items.filter((_, i) => i % 20 === 7);
    const times: number[] = [];
    let first = 0;
    let amongThree = 0;
    for (const { id } of asked) {
      const began = performance.now();
      const { matches } = matcher.match(`${id}现在卖多少钱`);
      times.push(performance.now() - began);
      if (matches[0]?.id === id) first += 1;
      if (matches.slice(0, 3).some((match) => match.id === id)) amongThree += 1;
    }
    expect(first).toBeGreaterThan(asked.length * 0.75);
    expect(amongThree).toBeGreaterThan(asked.length * 0.9);
    expect(times.sort((a, b) => a - b)[50]).toBeLessThan(50); // 1.5 ms on a quiet machine
    expect(matcher.bytes).toBeLessThan(200e6);
  }, 120_000);
});
