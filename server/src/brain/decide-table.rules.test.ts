// The policy where the shop has tables: a cell is told with its proof, several rows are asked back, a question goes on from
// the cell before, and what the tables do not know is left to the FAQs.

import type { TurnDecision, TurnInput } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { becauseSentences } from "./explain.ts";
import { ShopKnowledge } from "./knowledge/knowledge.ts";
import { packKnowledge } from "./knowledge/pack-knowledge.ts";
import { tableFromRows } from "./tables/table-from-rows.ts";
import { decideOn } from "./testing/turns.ts";

const prices = [
  ["型号", "单价", "库存"],
  ["A3 激光打印机", "¥2,680", "3台"],
  ["A4 激光打印机", "¥1,099", "有"],
  ["标签打印机", "¥459", "无"],
];
const sizes = [
  ["尺码", "胸围(cm)", "下摆宽(cm)"],
  ...["S", "M", "L", "XL", "XXL"].map((size, at) => [size, String(88 + at * 4), String(48 + at * 2)]),
];
const hours = [
  ["星期", "营业时间"],
  ["周一至周五", "9:00-18:00"],
  ["周六", "10:00-17:00"],
];

/** A shop with these tables and no FAQs, or with those given. */
function shopWith(
  tables: Record<string, string[][]>,
  knowledge = new ShopKnowledge([], new Map()),
): ShopKnowledge {
  knowledge.useTables(
    Object.entries(tables).map(([name, rows]) => ({
      table: tableFromRows(name, rows),
      checkedOn: "2026-11-21",
    })),
  );
  return knowledge;
}
const everything = { 价目表: prices, 尺码表: sizes, 营业时间: hours };
const shop = shopWith(everything, packKnowledge("apparel") ?? undefined);
const bare = shopWith(everything);

const textOf = ({ actions: [first] }: TurnDecision) =>
  first?.kind === "reply" && first.content.kind === "text"
    ? first.content.text
    : first?.kind === "ask-back"
      ? first.text
      : "";
const stateOf = ({ actions }: TurnDecision): TurnInput["flowState"] => {
  const change = actions.find(({ kind }) => kind === "set-flow-state");
  return change?.kind === "set-flow-state" ? change.state : null;
};
const codeOf = ({ trace }: TurnDecision) => trace.at(-1)?.because.code;

test("rows that are named are asked for, although an FAQ about that thing is sure", () => {
  const steamers = [
    ["型号", "单价"],
    ["K5 挂烫机", "¥398"],
    ["K7 挂烫机", "¥598"],
  ];
  const knowledge = packKnowledge("apparel") ?? undefined;
  const surest = knowledge?.retrieve("挂烫机多少钱", []).matches[0];
  expect(surest?.confidence).toBeGreaterThan(0.75); // whether it may be ironed
  const decision = decideOn("挂烫机多少钱", {}, shopWith({ 价目表: steamers }, knowledge));
  expect(decision).toMatchObject({ outcome: "ask-back" });
  const [back] = decision.actions;
  expect(back?.kind === "ask-back" ? back.choices.map(({ label }) => label) : []).toEqual(
    expect.arrayContaining(["K5 挂烫机", "K7 挂烫机"]),
  );
});

describe("a cell is told", () => {
  test("with the cell as proof, at once", () => {
    const decision = decideOn("A3打印机多少钱", {}, shop);
    expect(decision).toMatchObject({ outcome: "answer", isSendable: true, faq: null });
    expect(textOf(decision)).toContain("¥2,680");
    expect(decision.actions[0]).toMatchObject({
      citations: [
        {
          kind: "table",
          table: "价目表",
          row: "A3 激光打印机",
          column: "单价",
          title: "价目表 · A3 激光打印机 · 单价",
          checkedOn: "2026-11-21",
        },
      ],
    });
    expect(codeOf(decision)).toBe("table-cell");
  });

  test("in English to who writes English", () => {
    const english = shopWith({
      Prices: [
        ["Item", "Price"],
        ["Desk lamp", "$29"],
        ["Floor lamp", "$79"],
      ],
    });
    expect(textOf(decideOn("how much is the desk lamp", { locale: "en" }, english))).toBe(
      "Desk lamp, Price: $29.",
    );
  });

  test("opening times are read by the shop's clock", () => {
    const at = new Date("2026-11-21T04:00:00Z");
    const asked = [{ messageId: "m", content: { kind: "text" as const, text: "今天几点关门" }, at }];
    const decision = decideOn("", { utterances: asked, timeZone: "Asia/Shanghai" }, shop);
    expect(textOf(decision)).toContain("10:00-17:00");
  });

  test("but a wish for a person and danger go before it", () => {
    expect(decideOn("A3打印机多少钱，转人工", {}, shop).outcome).toBe("handoff");
    expect(decideOn("A3打印机着火了", {}, shop).outcome).toBe("handoff");
  });

  test("not for the third time in a row", () => {
    const text = textOf(decideOn("A3打印机多少钱", {}, shop));
    const said = { author: "bot" as const, text, faqSlug: null };
    expect(decideOn("A3打印机多少钱", { history: [said] }, shop).outcome).toBe("answer");
    expect(codeOf(decideOn("A3打印机多少钱", { history: [said, said] }, shop))).not.toBe("table-cell");
  });
});

describe("what goes to the FAQs", () => {
  test("an FAQ of exactly these words, even where a table knows an answer", () => {
    const faq = {
      slug: "own.price",
      question: "A3打印机多少钱",
      questionEn: "",
      answer: "请到店询价",
      answerEn: "",
      phrasings: [],
      negatives: [],
      unborrowed: [],
      checkedOn: null,
    };
    const own = shopWith({ 价目表: prices }, new ShopKnowledge([faq], new Map()));
    expect(decideOn("A3打印机多少钱", {}, own)).toMatchObject({ outcome: "answer", faq: "own.price" });
    expect(textOf(decideOn("A4打印机多少钱", {}, own))).toContain("¥1,099");
  });

  test("what no table holds, with or without a cell told before", () => {
    expect(decideOn("满多少包邮", {}, shop)).toMatchObject({ faq: "apparel.free-shipping" });
    const told = stateOf(decideOn("A3打印机多少钱", {}, shop));
    expect(decideOn("满多少包邮", { flowState: told }, shop)).toMatchObject({ faq: "apparel.free-shipping" });
  });

  test("everything, of a shop without tables: the trace says so", () => {
    const decision = decideOn("A3打印机多少钱", {}, shopWith({}));
    expect(decision.trace.find(({ step }) => step === "table")).toMatchObject({
      decided: "pass",
      because: { code: "no-table" },
    });
  });
});

describe("several rows", () => {
  const asked = decideOn("激光打印机多少钱", {}, shop);
  const flowState = stateOf(asked);

  test("are asked back with what they are called", () => {
    expect(asked).toMatchObject({ outcome: "ask-back", isSendable: false });
    expect(asked.actions[0]).toMatchObject({
      choices: [
        { label: "A3 激光打印机", action: "say" },
        { label: "A4 激光打印机", action: "say" },
        { action: "human" },
      ],
    });
  });

  test.each([
    ["a number", "2", "¥1,099"],
    ["an ordinal", "第一个", "¥2,680"],
    ["the words of the button", "A4 激光打印机", "¥1,099"],
    ["a part of the name", "A4的", "¥1,099"],
  ])("%s picks", (_how, said, price) => {
    const decision = decideOn(said, { flowState }, shop);
    expect(decision.outcome).toBe("answer");
    expect(textOf(decision)).toContain(price);
  });

  test("none of these asks to say more, another question is answered", () => {
    expect(codeOf(decideOn("都不是", { flowState }, shop))).toBe("none-of-these");
    expect(decideOn("满多少包邮", { flowState }, shop)).toMatchObject({ faq: "apparel.free-shipping" });
  });

  test("a row that went meanwhile is not told from memory", () => {
    const fewer = shopWith({ 价目表: prices.slice(0, 2) });
    expect(textOf(decideOn("2", { flowState }, fewer))).not.toContain("1,099");
  });

  test("after two questions back nobody is asked a third time", () => {
    const decision = decideOn("激光打印机多少钱", { turnsWithoutProgress: 2 }, shop);
    expect(decision.outcome).not.toBe("ask-back");
  });

  test("an open question is answered by the size alone", () => {
    const open = decideOn("下摆宽多少", {}, bare);
    expect(open.outcome).toBe("ask-back");
    const decision = decideOn("XL", { flowState: stateOf(open) }, bare);
    expect(textOf(decision)).toContain("54");
  });
});

describe("a follow-up", () => {
  const told = stateOf(decideOn("M码胸围多少", {}, shop));

  test("goes on from the cell before", () => {
    expect(told).toMatchObject({ kind: "table", told: { table: "尺码表", label: "M" } });
    expect(textOf(decideOn("那 XL 呢", { flowState: told }, shop))).toContain("100");
  });

  test("after a thank-you too, but not when it is stale or the row is another one", () => {
    const thanked = decideOn("谢谢", { flowState: told }, shop);
    expect(thanked.outcome).toBe("small-talk");
    expect(stateOf(thanked)).toEqual(told);
    const late = [
      { messageId: "m", content: { kind: "text" as const, text: "那 XL 呢" }, at: new Date(31 * 60_000) },
    ];
    expect(codeOf(decideOn("", { utterances: late, flowState: told }, shop))).not.toBe("table-cell");
    const changed = shopWith({
      尺码表: [
        ["尺码", "胸围(cm)"],
        ["XL", "100"],
        ["L", "96"],
        ["M", "92"],
      ],
    });
    expect(codeOf(decideOn("有现货吗", { flowState: told }, changed))).not.toBe("table-cell");
  });
});

test("every code of the step has a sentence in both languages", () => {
  for (const code of ["no-table", "table-cell", "picked-cell", "which-row"])
    expect(becauseSentences[code]).toEqual({ "zh-CN": expect.any(String), en: expect.any(String) });
});
