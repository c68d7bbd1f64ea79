// The matcher's promises: it finds what a shop taught it, keeps up with single changes, is never sure of nonsense, is
// fast and small. Accuracy on open sets is measured by lab/language-first.ts, not here.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatcher, createMatcherGently } from "./matcher.ts";
import type { MatcherItem } from "./matcher-types.ts";

const shop: MatcherItem[] = [
  {
    id: "shipping",
    phrasings: ["多久发货", "什么时候发货", "付款后几天寄出", "今天能发吗", "when will it ship"],
  },
  { id: "fee", phrasings: ["包邮吗", "运费多少钱", "邮费怎么算", "满多少包邮", "is shipping free"] },
  { id: "return", phrasings: ["可以退货吗", "怎么退货", "七天无理由吗", "不喜欢能退吗", "can i return it"] },
  {
    id: "size",
    phrasings: ["穿什么码", "尺码怎么选", "165斤穿多大", "偏大还是偏小", "what size should i get"],
  },
  { id: "invoice", phrasings: ["可以开发票吗", "发票怎么开", "要报销", "开专票", "can i get an invoice"] },
];

test("a phrasing itself is found with near certainty", () => {
  const matcher = createMatcher(shop);
  for (const { id, phrasings } of shop) {
    for (const phrasing of phrasings) {
      const [first] = matcher.match(`你好，${phrasing}？谢谢`).matches;
      expect(first).toMatchObject({ id });
      expect(first?.confidence).toBeGreaterThanOrEqual(0.98);
    }
  }
});

test.each([
  ["啥时候给我寄呀", "shipping"],
  ["邮资谁出", "fee"],
  ["不想要了给退不", "return"],
  ["拿几码合适", "size"],
  ["能开票不", "invoice"],
  ["怎么還不發貨", "shipping"],
  ["how do i send it back", "return"],
])("%s is %s without sharing its words", (text, id) => {
  expect(createMatcher(shop).match(text).matches[0]?.id).toBe(id);
});

test("a homophone typo still finds it", () => {
  expect(createMatcher(shop).match("什么时候发或").matches[0]?.id).toBe("shipping");
});

test("what no phrasing knows is not answered with confidence", () => {
  const matcher = createMatcher(shop);
  for (const text of [
    "明天会下雨吗",
    "帮我写首诗",
    "who won the match",
    "红烧肉怎么做",
    "asdf qwer",
    "……",
    "",
  ]) {
    expect(matcher.match(text).matches[0]?.confidence ?? 0).toBeLessThan(0.5);
  }
});

test("why names the nearest phrasing and what is shared", () => {
  const { matches, coverage, margin } = createMatcher(shop).match("请问发票怎么弄");
  expect(matches[0]?.why).toMatchObject({ phrasing: "发票怎么开", isExact: false });
  expect(matches[0]?.why.shared).toContain("发票");
  expect(coverage).toBeGreaterThan(0.3);
  expect(margin).toBeGreaterThan(0);
});

test("a negative keeps its item away", () => {
  const confused = createMatcher(shop).match("运费险怎么退").matches[0];
  const taught = createMatcher(
    shop.map((item) => (item.id === confused?.id ? { ...item, negatives: ["运费险怎么退"] } : item)),
  );
  const after = taught.match("运费险怎么退").matches.find(({ id }) => id === confused?.id);
  expect(after?.confidence ?? 0).toBeLessThan(confused?.confidence ?? 0);
});

test("an item is not offered for what is nearer to one of its negatives than to any phrasing", () => {
  const items = [
    { id: "fee", phrasings: ["运费多少", "运费谁出"], negatives: ["退货运费谁出"], unborrowed: [] },
    { id: "size", phrasings: ["怎么选尺码", "穿多大的"] },
  ];
  const matcher = createMatcher(items, { borrows: false });
  expect(matcher.match("退货的运费谁出").matches.map(({ id }) => id)).not.toContain("fee");
  expect(matcher.match("运费谁出").matches[0]?.id).toBe("fee");
  expect(matcher.match("请问运费谁出呀").matches[0]?.id).toBe("fee");
});

test("a phrasing that stands among the negatives, too, is still that question", () => {
  const matcher = createMatcher([{ id: "fee", phrasings: ["运费多少"], negatives: ["运费多少"] }]);
  expect(matcher.match("运费多少").matches[0]?.id).toBe("fee");
});

test("a short follow-up leans on the line before", () => {
  const matcher = createMatcher([
    ...shop,
    { id: "refund", phrasings: ["退款多久到账", "钱什么时候退", "退款要几天", "退的钱在哪"] },
  ]);
  expect(matcher.match("那要多久呢", { previous: ["我要退款"] }).matches[0]?.id).toBe("refund");
  expect(matcher.match("那要多久呢", { previous: ["今天能发吗"] }).matches[0]?.id).toBe("shipping");
});

describe("one item at a time", () => {
  const gift: MatcherItem = { id: "gift", phrasings: ["可以包装成礼物吗", "有礼盒吗", "能写贺卡吗"] };

  test("added, replaced and removed items are live at once, the others stay", () => {
    const matcher = createMatcher(shop);
    matcher.set(gift);
    expect(matcher.match("有没有礼盒装").matches[0]?.id).toBe("gift");
    expect(matcher.match("怎么退货").matches[0]?.id).toBe("return");
    matcher.set({ id: "gift", phrasings: ["生日当天能送到吗"] });
    expect(matcher.match("生日当天能送到吗").matches[0]?.id).toBe("gift");
    expect(matcher.match("有没有礼盒装").matches[0]?.why.phrasing).not.toBe("有礼盒吗");
    expect(matcher.remove("gift")).toBe(true);
    expect(matcher.remove("gift")).toBe(false);
    expect(matcher.match("生日当天能送到吗").matches.map(({ id }) => id)).not.toContain("gift");
    expect(matcher.size).toBe(shop.length);
  });

  test("what is said word for word stands before what is only like it", () => {
    const matcher = createMatcher(shop);
    for (const id of ["b", "a"]) matcher.set({ id, phrasings: [`专属问题${id}编号`, `关于${id}${id}的事`] });
    expect(matcher.match("关于bb的事").matches[0]).toMatchObject({ id: "b", why: { isExact: true } });
  });

  test("any sequence of changes ends with exactly the items that were left", () => {
    const steps = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("set", "remove")), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(steps, (sequence) => {
        const matcher = createMatcher(shop);
        const left = new Set<string>();
        for (const [id, step] of sequence) {
          if (step === "set") {
            matcher.set({ id, phrasings: [`专属问题${id}编号`, `关于${id}${id}的事`] });
            left.add(id);
          } else {
            expect(matcher.remove(id)).toBe(left.delete(id));
          }
        }
        expect(matcher.size).toBe(shop.length + left.size);
        for (const id of ["a", "b", "c", "d"]) {
          const found = matcher.match(`关于${id}${id}的事`).matches[0];
          expect(found?.id === id && found.why.isExact).toBe(left.has(id));
        }
        expect(matcher.match("包邮吗").matches[0]?.id).toBe("fee");
      }),
      { numRuns: 15 },
    );
  });
});

test("confidence is a probability, best first, for any text", () => {
  const matcher = createMatcher(shop);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      const { matches, coverage } = matcher.match(text);
      const confidences = matches.map(({ confidence }) => confidence);
      expect(confidences.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
      expect(coverage).toBeGreaterThanOrEqual(0);
      expect(coverage).toBeLessThanOrEqual(1.001);
    }),
  );
});

test("training in pieces gives the same matcher", async () => {
  let pauses = 0;
  const gentle = await createMatcherGently(shop, async () => {
    pauses += 1;
  });
  const whole = createMatcher(shop);
  expect(pauses).toBeGreaterThan(10);
  for (const text of ["多久能寄", "退", "发票", "what size"])
    expect(gentle.match(text)).toEqual(whole.match(text));
});

test("an empty shop finds nothing", () => {
  expect(createMatcher([]).match("什么时候发货").matches).toEqual([]);
});

test("the first item of an empty shop, and the first phrasing of its only item, are learnt at once", () => {
  for (const start of [[], [{ id: "shipping", phrasings: [] }]]) {
    const matcher = createMatcher(start);
    matcher.set(shop[0] as MatcherItem);
    matcher.set(shop[1] as MatcherItem);
    const [first, second] = matcher.match("啥时候能发货呀").matches;
    expect(first?.id).toBe("shipping");
    expect(first?.confidence).toBeGreaterThan(0.5);
    expect(second?.confidence ?? 0).toBeLessThan(0.3);
  }
});

test("fast and small for 40 FAQs of 10 phrasings", () => {
  const topics = [
    ..."发退换洗码钱票店货单券盒色料厚送寄修租约课药鞋包表灯床车花茶糖米油书笔纸伞帽袜扇",
  ].slice(0, 40);
  const items = topics.map((topic) => ({
    id: topic,
    phrasings: [
      "怎么",
      "什么时候",
      "多少",
      "能不能",
      "有没有",
      "为什么",
      "在哪",
      "可以",
      "谁来",
      "要多久",
    ].map((ask, i) => `${ask}${topic}${"东西这件事情行不行啊"[i]}`),
  }));
  const matcher = createMatcher(items);
  const times = Array.from({ length: 400 }, (_, i) => {
    const began = performance.now();
    matcher.match(`我想问问什么时候能${topics[i % 40]}到底行不行`);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  expect(times[200]).toBeLessThan(2); // 0.1 ms on a quiet machine; this only catches a change of order
  expect(matcher.bytes).toBeLessThan(20e6);
});
