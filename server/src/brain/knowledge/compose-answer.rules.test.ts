// What an FAQ says to whom and when: variants, windows, spoken wording, contents, expiry; and what decide makes of it.

import { type FaqExtras, type FaqVariant, faqVariant, noExtras } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideOn } from "../testing/turns.ts";
import { chooseVariant, isExpired, isWithin, type Moment } from "./choose-variant.ts";
import { composeAnswer } from "./compose-answer.ts";
import { type KnownFaq, ShopKnowledge } from "./knowledge.ts";

const saturday = new Date("2026-11-21T02:00:00Z"); // 10:00 in Shanghai
const moment: Moment = {
  at: saturday,
  timeZone: "Asia/Shanghai",
  channel: "web",
  contactTags: [],
  languages: ["zh", "zh-CN"],
  isSpoken: false,
};

function faq(slug: string, question: string, extras: Partial<FaqExtras> = {}): KnownFaq {
  return {
    slug,
    question,
    questionEn: "",
    answer: `${question}：看这里`,
    answerEn: "",
    phrasings: [],
    negatives: [],
    unborrowed: [],
    checkedOn: null,
    extras: { ...noExtras, ...extras },
  };
}
const variant = (given: Partial<FaqVariant> & { answer: string }) => faqVariant.parse(given);
const none = new Map<string, string>();

describe("variants", () => {
  const vip = variant({ answer: "贵宾", contactTags: ["VIP"] });
  const web = variant({ answer: "网页", channels: ["web"] });
  const webVip = variant({ answer: "网页贵宾", channels: ["web"], contactTags: ["VIP"] });
  const weekend = variant({ answer: "周末", window: { weekdays: [6, 7] } as never });

  test("without a fitting one the answer itself is said", () => {
    expect(chooseVariant([vip], moment)).toBeNull();
  });

  test("the one with more conditions wins, then the group, the channel, the time; then the upper one", () => {
    const of = (tags: string[]) => ({ ...moment, contactTags: tags });
    expect(chooseVariant([weekend, web], moment)?.answer).toBe("网页");
    expect(chooseVariant([web, weekend, vip], of(["VIP"]))?.answer).toBe("贵宾");
    expect(chooseVariant([vip, web, webVip], of(["VIP", "老客户"]))?.answer).toBe("网页贵宾");
    expect(chooseVariant([web, { ...web, answer: "第二个" }], moment)?.answer).toBe("网页");
  });

  test("which one is chosen does not depend on the order, but for equal ones", () => {
    const all = [vip, webVip, weekend, variant({ answer: "中文", languages: ["zh-CN"] })];
    const wanted = chooseVariant(all, { ...moment, contactTags: ["VIP"] })?.answer;
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(chooseVariant(order, { ...moment, contactTags: ["VIP"] })?.answer).toBe(wanted);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["inside the day", "2026-11-21T02:00:00Z", true],
    ["the evening before begins at 22", "2026-11-20T14:30:00Z", false],
    ["the night belongs to the evening", "2026-11-21T17:59:00Z", true],
    ["not after its end", "2026-11-21T18:00:00Z", false],
  ])("a window over midnight: %s", (_, at, isIn) => {
    const night = { fromOn: null, untilOn: null, weekdays: [6], fromMinute: 9 * 60, untilMinute: 2 * 60 };
    expect(isWithin(night, { at: new Date(at), timeZone: "Asia/Shanghai" })).toBe(isIn);
  });

  test("days count in the shop's zone; the last day counts", () => {
    const days = {
      fromOn: "2026-11-21",
      untilOn: "2026-11-21",
      weekdays: [],
      fromMinute: null,
      untilMinute: null,
    };
    const at = new Date("2026-11-20T17:00:00Z");
    expect(isWithin(days, { at, timeZone: "Asia/Shanghai" })).toBe(true);
    expect(isWithin(days, { at, timeZone: "Europe/London" })).toBe(false);
  });

  test("a variant needs a condition, and both times or none", () => {
    expect(faqVariant.safeParse({ answer: "谁都行" }).success).toBe(false);
    expect(faqVariant.safeParse({ answer: "八点起", window: { fromMinute: 480 } }).success).toBe(false);
  });
});

describe("contents and spoken wording", () => {
  const rich = faq("ship", "多久发货", {
    spoken: "{{时限}}小时内发货",
    contents: [
      { kind: "link", title: "看{{时限}}", url: "https://shop.example/a" },
      { kind: "choices", text: "还想问", labels: ["改地址"] },
    ],
  });

  test("contents follow the text with their blanks filled; an unfilled one holds everything", () => {
    const filled = composeAnswer(rich, "zh-CN", new Map([["时限", "48"]]), moment);
    expect(filled).toEqual({
      text: "多久发货：看这里",
      unfilled: [],
      contents: [
        { kind: "card", title: "看48", url: "https://shop.example/a" },
        { kind: "choices", text: "还想问", choices: [{ id: "faq-1", label: "改地址", action: "say" }] },
      ],
    });
    expect(composeAnswer(rich, "zh-CN", none, moment).unfilled).toEqual(["时限"]);
  });

  test("spoken it is one text, the spoken one", () => {
    const spoken = composeAnswer(rich, "zh-CN", new Map([["时限", "48"]]), { ...moment, isSpoken: true });
    expect(spoken).toEqual({ text: "48小时内发货", contents: [], unfilled: [] });
  });
});

describe("in a turn", () => {
  const shop = (changes: Partial<FaqExtras>) =>
    new ShopKnowledge(
      [
        faq("ship", "你们多久发货", changes),
        faq("fee", "运费是多少钱", { expiresOn: "2026-11-01" }),
        faq("size", "衣服怎么选尺码"),
      ],
      none,
    );
  const at = (iso: string) => [
    { messageId: "m", content: { kind: "text" as const, text: "你们多久发货" }, at: new Date(iso) },
  ];

  test("the answer, its contents, then what people ask next", () => {
    const knowledge = shop({
      contents: [{ kind: "text", text: "节假日顺延" }],
      related: ["size", "fee", "gone"],
      offersRelated: true,
    });
    const decision = decideOn("", { utterances: at("2026-11-21T02:00:00Z") }, knowledge);
    expect(decision.actions.map((action) => action.kind === "reply" && action.content)).toMatchObject([
      { kind: "text", text: "你们多久发货：看这里" },
      { kind: "text", text: "节假日顺延" },
      { kind: "choices", choices: [{ id: "size", label: "衣服怎么选尺码" }] },
    ]);
  });

  test("related questions are not offered unless the FAQ says so", () => {
    const decision = decideOn("", { utterances: at("2026-11-21T02:00:00Z") }, shop({ related: ["size"] }));
    expect(decision.actions).toHaveLength(1);
  });

  test("the customer group decides", () => {
    const knowledge = shop({ variants: [variant({ answer: "当天发", contactTags: ["VIP"] })] });
    const ask = (contactTags: string[]) =>
      decideOn("", { utterances: at("2026-11-21T02:00:00Z"), contactTags }, knowledge).actions[0];
    expect(ask(["VIP"])).toMatchObject({ content: { text: "当天发" } });
    expect(ask([])).toMatchObject({ content: { text: "你们多久发货：看这里" } });
  });

  test("an expired FAQ is not said, nor offered, and the trace says why", () => {
    const knowledge = shop({ expiresOn: "2026-11-21" });
    const before = decideOn("", { utterances: at("2026-11-20T15:59:00Z") }, knowledge);
    expect(before).toMatchObject({ outcome: "answer", faq: "ship" });
    const after = decideOn("", { utterances: at("2026-11-20T16:00:00Z") }, knowledge);
    expect(after.outcome).not.toBe("answer");
    expect(after.understanding.candidates.map(({ faq: slug }) => slug)).not.toContain("ship");
    expect(after.trace.map(({ because }) => because.code)).toContain("faq-expired");
  });

  test("a day is over in the shop's zone", () => {
    const at = new Date("2026-11-20T20:00:00Z");
    expect(isExpired("2026-11-21", { at, timeZone: "Asia/Shanghai" })).toBe(true);
    expect(isExpired("2026-11-21", { at, timeZone: "America/New_York" })).toBe(false);
    expect(isExpired(null, { at, timeZone: "Asia/Shanghai" })).toBe(false);
  });
});
