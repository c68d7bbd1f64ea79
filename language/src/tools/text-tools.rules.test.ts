// Tools over many texts: pieces in common, near duplicates, keywords, clusters with a label. The clusters are tested with a
// small embedding of this file's own, so that they do not depend on the weights that ship.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText, hostileTexts, timed } from "../testing/hostile-texts.ts";
import { clusterTexts } from "./clusters.ts";
import { findKeywords } from "./keywords.ts";
import { findNearDuplicates } from "./near-duplicates.ts";
import { shinglesOf, textSimilarity } from "./shingles.ts";

describe("how alike two texts are", () => {
  test.each([
    ["怎么退货", "你好，请问怎么退货呀谢谢", 1, 1],
    ["怎么退货", "怎麼退貨", 1, 1],
    ["订单XD20260817331到哪了", "订单XD20260817999到哪了", 1, 1],
    ["怎么退货", "怎么退货啊？", 1, 1],
    ["可以退货吗", "可以退换货吗", 0.3, 0.9],
    ["怎么退货", "什么时候发货", 0, 0.2],
    ["how do i return this", "how do i return these", 0.5, 1],
    ["", "", 1, 1],
    ["怎么退货", "", 0, 0],
  ])("%s / %s", (a, b, least, most) => {
    const similarity = textSimilarity(a, b);
    expect(similarity).toBeGreaterThanOrEqual(least);
    expect(similarity).toBeLessThanOrEqual(most);
    expect(textSimilarity(b, a)).toBe(similarity);
  });

  test("pieces are pairs of characters and stems", () => {
    expect([...shinglesOf("退货运费 return shipping")]).toEqual(["退货", "货运", "运费", "return", "ship"]);
  });
});

describe("near duplicates", () => {
  test("are found, most alike first", () => {
    const texts = [
      "怎么退货",
      "什么时候发货",
      "请问怎么退货",
      "可以开发票吗",
      "什么时候能发货",
      "how do i return it",
      "How do I return it?",
    ];
    const pairs = findNearDuplicates(texts, { threshold: 0.55 });
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([
      [0, 2],
      [5, 6],
      [1, 4],
    ]);
  });

  test("every pair above the threshold and no other, as counting all pairs would find", () => {
    const word = fc.constantFrom("退货", "运费", "发票", "怎么", "多久", "可以", "return", "ship", "fee");
    const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 14 }),
        fc.constantFrom(0.3, 0.5, 0.7, 0.9, 1),
        (texts, threshold) => {
          const found = findNearDuplicates(texts, { threshold }).map(
            ({ first, second }) => `${first}-${second}`,
          );
          const expected = texts.flatMap((a, first) =>
            texts.flatMap((b, second) =>
              first < second && textSimilarity(a, b) >= threshold ? [`${first}-${second}`] : [],
            ),
          );
          expect(new Set(found)).toEqual(new Set(expected));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("in a long list within seconds", () => {
    const parts = [
      "怎么",
      "什么时候",
      "能不能",
      "退货",
      "发货",
      "换货",
      "发票",
      "运费",
      "优惠",
      "尺码",
      "地址",
      "取消",
    ];
    const texts = Array.from(
      { length: 3_000 },
      (_, i) => `${parts[i % 12]}${parts[(i * 7) % 12]}${parts[(i * 5) % 11]}${i}号`,
    );
    expect(timed(() => void findNearDuplicates(texts, { threshold: 0.8 }))).toBeLessThan(8_000);
  });
});

describe("keywords", () => {
  const complaints = [
    "破壁机漏水怎么办",
    "你家破壁机用两次就漏水",
    "破壁机底座漏水了",
    "刚买的破壁机漏水",
    "破壁机有异味",
    "新的破壁机有异味正常吗",
  ];

  test("are the words that these texts share and others do not", () => {
    const phrases = findKeywords(complaints, { limit: 3 }).map(({ phrase }) => phrase);
    expect(phrases).toContain("破壁机");
    expect(phrases.some((phrase) => phrase.includes("漏水"))).toBe(true);
    expect(phrases).not.toContain("怎么办");
  });

  test("count texts and not mentions", () => {
    const [first] = findKeywords(["破壁机破壁机破壁机", "破壁机好吗", "破壁机"], { limit: 1 });
    expect(first).toMatchObject({ phrase: "破壁机", count: 3 });
  });

  test("of English are words and pairs, not what holds a sentence together", () => {
    const phrases = findKeywords(
      [
        "the blender jar leaks",
        "my blender jar is leaking",
        "blender jar cracked",
        "is the blender jar glass",
      ],
      { limit: 3 },
    ).map(({ phrase }) => phrase);
    expect(phrases[0]).toBe("blender jar");
    expect(phrases).not.toContain("the");
  });

  test("of one text are its rare pieces", () => {
    const phrases = findKeywords(["请问破壁机的刀头可以单独买吗"], { limit: 4 }).map(({ phrase }) => phrase);
    expect(phrases.join(" ")).toMatch(/破壁机|刀头/u);
  });

  test("of nothing are none", () => {
    expect(findKeywords([])).toEqual([]);
    expect(findKeywords(["", "？？", "👍"])).toEqual([]);
  });
});

/** Each topic word has an axis; what it does not know is zero. */
function embed(text: string): Float32Array {
  const axes = [
    /退|return|send back/u,
    /运费|邮费|postage|shipping fee/u,
    /发票|invoice|报销/u,
    /漏水|leak/u,
  ];
  return Float32Array.from(axes, (axis) => (axis.test(text) ? 1 : 0));
}

describe("clusters", () => {
  const texts = [
    "怎么退货",
    "不想要了能退吗",
    "退货流程",
    "请问怎么退货呀",
    "how do i return this",
    "运费多少",
    "邮费怎么算",
    "what is the postage",
    "开发票",
    "可以报销吗",
    "在火星上能用吗",
  ];
  const clusters = clusterTexts(texts, (text) => text, embed);

  test("hold what means the same, biggest first", () => {
    expect(clusters.map(({ members }) => members.length)).toEqual([5, 3, 2, 1]);
    expect(clusters[0]?.members).toContain("how do i return this");
    expect(clusters[1]?.members).toContain("what is the postage");
  });

  test("have a label that is one of their questions", () => {
    for (const { label, members } of clusters)
      expect(members.some((member) => textSimilarity(member, label) === 1)).toBe(true);
  });

  test("lose and double nothing", () => {
    expect(clusters.flatMap(({ members }) => members).sort()).toEqual([...texts].sort());
  });

  test("of items with the same words count each", () => {
    const [only, ...more] = clusterTexts(["退货", "退货？", "请问退货"], (text) => text, embed);
    expect(only?.members.length).toBe(3);
    expect(more).toEqual([]);
  });

  test("without a single known word go by their characters", () => {
    const found = clusterTexts(
      ["火星能用吗", "火星能用吗啊", "木星在哪"],
      (text) => text,
      () => new Float32Array(4),
    );
    expect(found.map(({ members }) => members.length)).toEqual([2, 1]);
  });

  test("of any texts and vectors: each item in one group", () => {
    const vector = fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, vector), { maxLength: 12 }), (pairs) => {
        const found = clusterTexts(
          pairs,
          ([text]) => text,
          (text) => Float32Array.from(pairs.find(([own]) => own === text)?.[1] ?? [0, 0, 0]),
        );
        expect(found.reduce((sum, { members }) => sum + members.length, 0)).toBe(pairs.length);
        for (const { tightness } of found) {
          expect(tightness).toBeGreaterThanOrEqual(0);
          expect(tightness).toBeLessThanOrEqual(1.001);
        }
      }),
      { numRuns: 150 },
    );
  });
});

test.each(hostileTexts)("%s", (_, text) => {
  const texts = [text, text, "怎么退货"];
  expect(timed(() => void findNearDuplicates(texts))).toBeLessThan(1_500);
  expect(timed(() => void findKeywords(texts))).toBeLessThan(1_500);
  expect(timed(() => void clusterTexts(texts, (item) => item, embed))).toBeLessThan(1_500);
  expect(timed(() => void textSimilarity(text, "退货"))).toBeLessThan(1_500);
});
