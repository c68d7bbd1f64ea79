// The policy as a table: what is said, in which situation, and what must come of it. What holds for every
// turn whatever is said is in decide-always.rules.test.ts.

import type { Content, TurnDecision, TurnInput } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { decideNow } from "./decide.ts";
import { decideOn, empty, knowledge, turn } from "./testing/turns.ts";

const first = (decision: TurnDecision) => decision.actions[0];
const image: Content = {
  kind: "image",
  mediaId: "0198c000-0000-7000-8000-000000000001" as never,
  name: "a.jpg",
  type: "image/jpeg",
  sizeBytes: 9,
};
const sticker: Content = { ...image, kind: "sticker" };
const asked: TurnInput["flowState"] = {
  kind: "asked-back",
  candidates: [
    { slug: "apparel.free-shipping", question: "包邮吗？满多少包邮？" },
    { slug: "apparel.refund-time", question: "退款多久到账？" },
  ],
};

describe("policy order", () => {
  test.each<[string, Parameters<typeof turn>[0], Partial<TurnInput>, Partial<TurnDecision>, string]>([
    [
      "danger goes before everything",
      "充电时着火了，转人工",
      {},
      { outcome: "handoff", isSendable: false },
      "danger",
    ],
    ["a threat goes before its answer", "再不发货我打12315", {}, { outcome: "handoff" }, "threat"],
    [
      "its word said calmly beside a known question is no threat",
      "能开发票吗，我们律师要报销",
      {},
      { outcome: "answer", faq: "apparel.invoice" },
      "sure-enough",
    ],
    [
      "a wish for a person goes before the answer beside it",
      "什么时候发货，转人工",
      {},
      { outcome: "handoff", isSendable: true },
      "asked-for-human",
    ],
    [
      "a wish in any line counts",
      ["你好", "别跟我机器人扯", "谢谢"],
      {},
      { outcome: "handoff", isSendable: true },
      "asked-for-human",
    ],
    [
      "a refused person is no wish",
      "不要人工，包邮吗",
      {},
      { outcome: "answer", faq: "apparel.free-shipping" },
      "sure-enough",
    ],
    ["greeting", "你好", {}, { outcome: "small-talk", isSendable: false, faq: null }, "small-talk"],
    [
      "greeting with a matter is the matter",
      ["你好", "包邮吗"],
      {},
      { outcome: "answer", faq: "apparel.free-shipping" },
      "sure-enough",
    ],
    [
      "an answer is sendable at once",
      "满多少包邮",
      {},
      { outcome: "answer", isSendable: true },
      "sure-enough",
    ],
    [
      "English is answered",
      "how long does delivery take",
      {},
      { outcome: "answer", faq: "apparel.delivery-time" },
      "sure-enough",
    ],
    [
      "a picked number answers",
      "2",
      { flowState: asked },
      { outcome: "answer", faq: "apparel.refund-time", confidence: 1 },
      "picked",
    ],
    [
      "a picked ordinal answers",
      "第一个",
      { flowState: asked },
      { outcome: "answer", faq: "apparel.free-shipping" },
      "picked",
    ],
    [
      "picked words answer",
      "退款多久到账？",
      { flowState: asked },
      { outcome: "answer", faq: "apparel.refund-time" },
      "picked",
    ],
    ["none of these", "都不是", { flowState: asked }, { outcome: "ask-back" }, "none-of-these"],
    [
      "a wish goes before an open question",
      "转人工",
      { flowState: asked },
      { outcome: "handoff" },
      "asked-for-human",
    ],
    [
      "a new matter leaves the open question",
      "可以开发票吗",
      { flowState: asked },
      { outcome: "answer", faq: "apparel.invoice" },
      "sure-enough",
    ],
    [
      "nothing fits: once more please",
      "asdfgh",
      {},
      { outcome: "ask-back", isSendable: false },
      "nothing-fits",
    ],
    ["second miss: a person", "asdfgh", { turnsWithoutProgress: 1 }, { outcome: "handoff" }, "second-miss"],
    [
      "second miss while closed: the form",
      "asdfgh",
      { turnsWithoutProgress: 1, handoffAvailability: "closed" },
      { outcome: "leave-message" },
      "second-miss",
    ],
    ["a picture alone goes to a person", image, {}, { outcome: "handoff" }, "unreadable"],
    [
      "a picture beside words does not",
      [image, "这款是什么面料"],
      {},
      { outcome: "answer", faq: "apparel.material" },
      "sure-enough",
    ],
    ["a sticker is small talk", sticker, {}, { outcome: "small-talk" }, "small-talk"],
  ])("%s", (_, said, changes, expected, code) => {
    const decision = decideOn(said, changes);
    expect(decision).toMatchObject(expected);
    expect(decision.trace.at(-1)?.because.code).toBe(code);
  });
});

describe("who can take it", () => {
  test.each([
    ["open", "handoff", "handoff"],
    ["queueing", "handoff", "handoff"],
    ["closed", "leave-message", "offer-leave-message"],
    ["nobody", "leave-message", "offer-leave-message"],
  ] as const)("a wish while %s: %s", (handoffAvailability, outcome, kind) => {
    const decision = decideOn("转人工", { handoffAvailability });
    expect(decision.outcome).toBe(outcome);
    expect(first(decision)).toMatchObject({ kind, reason: "asked-for-human" });
  });

  test("a queue says the place and the wait", () => {
    const queue = { place: 3, expectedWaitSeconds: 150 };
    const decision = decideOn("转人工", { handoffAvailability: "queueing", queue });
    expect(first(decision)).toMatchObject({ text: expect.stringContaining("第 3 位") });
    expect(first(decision)).toMatchObject({ text: expect.stringContaining("3 分钟") });
  });

  test("nobody is promised while nobody can come", () => {
    for (const said of ["转人工", "我要告你们，找律师", "充电时着火了"]) {
      const decision = decideOn(said, { handoffAvailability: "closed" });
      expect(first(decision)).toMatchObject({ kind: "offer-leave-message" });
      expect(JSON.stringify(decision.actions)).not.toMatch(/请稍候|正在为您转接/);
    }
  });

  test("the summary tells the agent what was said, what it is about and the order number", () => {
    const history: TurnInput["history"] = [{ author: "contact", text: "裙子收到了", faqSlug: null }];
    const decision = decideOn("收到的裙子有个破洞，订单XD20260817331。找你们经理", { history });
    const [action] = decision.actions;
    expect(action?.kind === "handoff" ? action.summary : "").toMatch(
      /裙子收到了.*破洞[\s\S]*(?:破损|破洞|质量|坏)[\s\S]*xd20260817331/i,
    );
  });
});

describe("answers", () => {
  test("carry their citation and the filled text", () => {
    const decision = decideOn("满多少包邮");
    expect(first(decision)).toMatchObject({
      kind: "reply",
      faq: "apparel.free-shipping",
      citations: [{ kind: "faq", slug: "apparel.free-shipping", title: "包邮吗？满多少包邮？" }],
      content: { kind: "text", text: expect.stringContaining("满 99 元包邮") },
    });
  });

  test("come in the language of the question", () => {
    expect(first(decideOn("is shipping free"))).toMatchObject({
      content: { text: expect.stringContaining("Shipping is free when you pay 99 yuan") },
    });
    expect(first(decideOn("請問有包郵嗎", { locale: "en" }))).toMatchObject({
      content: { text: expect.stringContaining("包邮") },
    });
  });

  test("a word that everybody uses does not change the language", () => {
    for (const locale of ["zh-CN", "en"] as const) {
      const [action] = decideOn("ok", { locale }).actions;
      const text = action?.kind === "reply" && action.content.kind === "text" ? action.content.text : "";
      expect(/\p{Script=Han}/u.test(text)).toBe(locale === "zh-CN");
    }
  });

  test("two questions in one turn get two answers", () => {
    const decision = decideOn("包邮吗？几天能到？");
    expect(decision.actions.map((action) => (action.kind === "reply" ? action.faq : action.kind))).toEqual([
      "apparel.free-shipping",
      "apparel.delivery-time",
    ]);
  });

  test("an unfilled blank is held, never spoken", () => {
    const decision = decideOn("满多少包邮", {}, empty);
    expect(decision).toMatchObject({ outcome: "held", faq: "apparel.free-shipping", isSendable: false });
    expect(first(decision)).toMatchObject({
      kind: "hold",
      reason: "held",
      summary: expect.stringContaining("包邮门槛"),
    });
    const [action] = decision.actions;
    expect(action?.kind === "hold" ? action.text : "").not.toMatch(/\{\{|99/);
  });

  test("the same answer a third time in a row becomes a person", () => {
    const bot = { author: "bot" as const, text: "…", faqSlug: "apparel.free-shipping" };
    expect(decideOn("满多少包邮", { history: [bot] }).outcome).toBe("answer");
    const decision = decideOn("满多少包邮", { history: [bot, bot] });
    expect(first(decision)).toMatchObject({ kind: "handoff", reason: "not-solved" });
  });

  test("thresholds are the inbox's", () => {
    const strict = { answer: 1, askBack: 1 };
    expect(decideOn("满多少包邮", { thresholds: strict }).outcome).toBe("ask-back");
    expect(decideOn("退", { thresholds: { answer: 0.9, askBack: 0.2 } }).actions[0]).toMatchObject({
      kind: "ask-back",
    });
  });
});

describe("asking back", () => {
  const unsure = { thresholds: { answer: 0.999, askBack: 0.3 } };

  test("offers up to four questions and a person, and remembers them", () => {
    const decision = decideOn("我想换个大一码", unsure);
    const [action, memory] = decision.actions;
    if (action?.kind !== "ask-back") throw new Error("not asked back");
    expect(action.candidates.length).toBeGreaterThanOrEqual(1);
    expect(action.candidates.length).toBeLessThanOrEqual(4);
    expect(action.choices.at(-1)).toMatchObject({ action: "human" });
    expect(memory).toMatchObject({ kind: "set-flow-state", state: { kind: "asked-back" } });
  });

  test("does not offer a person while there is none", () => {
    const [action] = decideOn("我想换个大一码", { ...unsure, handoffAvailability: "nobody" }).actions;
    expect(action?.kind === "ask-back" ? action.choices.map((choice) => choice.action) : []).not.toContain(
      "human",
    );
  });

  test("what it offers, when said, is answered", () => {
    const [action] = decideOn("我想换个大一码", unsure).actions;
    if (action?.kind !== "ask-back") throw new Error("not asked back");
    for (const choice of action.choices.filter(({ action: does }) => does === "say")) {
      expect(decideOn(choice.label)).toMatchObject({ outcome: "answer", faq: choice.id });
    }
  });

  test("not a third time, and not to somebody who complains", () => {
    expect(decideOn("我想换个大一码", { ...unsure, turnsWithoutProgress: 2 }).outcome).toBe("handoff");
    expect(first(decideOn("态度太差了，我要投诉", unsure))).toMatchObject({
      kind: "handoff",
      reason: "complaint",
    });
  });

  test("the open question is forgotten when it is answered", () => {
    expect(decideOn("1", { flowState: asked }).actions.at(-1)).toEqual({
      kind: "set-flow-state",
      state: null,
    });
  });
});

test("an aborted decision throws the signal's reason", () => {
  const abort = new AbortController();
  abort.abort(new Error("too late"));
  expect(() => decideNow({ knowledge }, turn("包邮吗"), abort.signal)).toThrow("too late");
});

test("a decision takes a few milliseconds at most", () => {
  const times = Array.from({ length: 60 }, () => {
    const began = performance.now();
    decideOn("我上礼拜在你家买的那件米色风衣到现在还没收到，物流三天没动了，帮我看看怎么回事？");
    return performance.now() - began;
  }).sort((a, b) => a - b);
  expect(times[30]).toBeLessThan(20); // under 1 ms on a quiet machine
});
