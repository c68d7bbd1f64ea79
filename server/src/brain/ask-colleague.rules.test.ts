// When a colleague is asked, and when not: the fact is missing, the inbox wants it, nobody is upset, nothing else is open.
import type { TurnBehaviour, TurnInput } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { becauseSentences } from "./explain.ts";
import { ShopKnowledge } from "./knowledge/knowledge.ts";
import { tableFromRows } from "./tables/table-from-rows.ts";
import { decideOn, empty, knowledge } from "./testing/turns.ts";

const behaviour = (colleague: TurnBehaviour["colleague"]): TurnBehaviour => ({
  persona: { tone: "plain", emoji: false, address: "formal" },
  opening: "bot",
  patience: 2,
  isFirst: false,
  isPeak: false,
  colleague,
});
const free = { behaviour: behaviour({ isAsked: false, wasTold: false }) };
const pending = { behaviour: behaviour({ isAsked: true, wasTold: false }) };
const told = { behaviour: behaviour({ isAsked: true, wasTold: true }) };
const off = { behaviour: behaviour(undefined) };
/** Its answer has a blank in `empty`. */
const known = "多久发货";
const unknown = "门店可以带宠物进去吗";

function decided(said: string, changes: Partial<TurnInput>, shop = knowledge) {
  const decision = decideOn(said, changes, shop);
  const [action] = decision.actions;
  return { outcome: decision.outcome, action, code: decision.trace.at(-1)?.because.code ?? "" };
}

describe("asks", () => {
  test("for the blank of a known answer, with its names and a summary", () => {
    const { outcome, action } = decided(known, free, empty);
    expect(outcome).toBe("held");
    expect(action).toMatchObject({
      kind: "ask-colleague",
      missing: "blank",
      question: known,
      faq: expect.stringContaining("apparel."),
      blanks: ["发货时间", "截单时间"],
      summary: expect.stringContaining(known),
      text: expect.stringContaining("同事"),
    });
  });

  test("for what no source says, at once where the question is clear, else after it was said again", () => {
    expect(decided(unknown, free)).toMatchObject({ outcome: "held", action: { missing: "source" } });
    expect(decided("Is there a nursing room in the store", free).action).toMatchObject({ missing: "source" });
    expect(decided("蓝莓塔楼", free)).toMatchObject({ outcome: "ask-back", code: "nothing-fits" });
    expect(decided("蓝莓塔楼", { ...free, turnsWithoutProgress: 1 }).action).toMatchObject({
      kind: "ask-colleague",
      question: "蓝莓塔楼",
    });
  });

  test("for an empty cell of a table, before asking back", () => {
    const shop = new ShopKnowledge([], new Map());
    const rows = [
      ["型号", "单价", "库存"],
      ["A4 激光打印机", "¥1,099", "有"],
      ["A3 激光打印机", "", "3台"],
      ["标签打印机", "¥459", "无"],
    ];
    shop.useTables([{ table: tableFromRows("价目表", rows), checkedOn: null }]);
    expect(decided("A3激光打印机多少钱", free, shop)).toMatchObject({
      action: { missing: "cell" },
      code: "colleague-cell",
    });
    expect(decided("A4激光打印机多少钱", free, shop).outcome).toBe("answer");
    expect(decided("A3激光打印机多少钱", off, shop).outcome).toBe("ask-back");
  });

  test("while nobody is there it says that the reply comes later", () => {
    const { action } = decided(unknown, { ...free, handoffAvailability: "closed" });
    expect(action).toMatchObject({ kind: "ask-colleague", text: expect.stringContaining("上班") });
  });

  test("when none of the offered ones is meant, with what was asked before", () => {
    const candidates = [{ slug: "apparel.refund-time", question: "退款多久到账？" }];
    const history = [{ author: "contact" as const, text: unknown, faqSlug: null }];
    const flowState = { kind: "asked-back" as const, candidates };
    expect(decided("都不是", { ...free, history, flowState }).action).toMatchObject({
      kind: "ask-colleague",
      question: unknown,
    });
    expect(decided("都不是", { ...off, history, flowState }).action?.kind).toBe("ask-back");
  });

  test("a picked question is asked in the words of the FAQ", () => {
    const slug = decideOn(known, off, empty).faq ?? "";
    const flowState = { kind: "asked-back" as const, candidates: [{ slug, question: "几天发货？" }] };
    const { action } = decided("1", { ...free, flowState }, empty);
    expect(action).toMatchObject({ kind: "ask-colleague", missing: "blank" });
    expect(action?.kind === "ask-colleague" && action.question).not.toBe("1");
  });
});

describe("does not ask", () => {
  test("where the inbox does not want it: everything stays as it was", () => {
    expect(decided(known, off, empty)).toMatchObject({ outcome: "held", action: { kind: "hold" } });
    expect(decided(unknown, off)).toMatchObject({ outcome: "ask-back", code: "nothing-fits" });
    expect(decided(unknown, { ...off, turnsWithoutProgress: 1 }).outcome).toBe("handoff");
  });

  test.each([
    ["an answer is known", "多久发货", "answer"],
    ["a person is wanted", "转人工", "handoff"],
    ["there is danger", "充电时着火了怎么办", "handoff"],
    ["somebody is furious", "你们这群骗子，气死我了，垃圾店", "handoff"],
    ["it is small talk", "谢谢", "small-talk"],
  ])("when %s", (_, said, outcome) => {
    expect(decided(said, free)).toMatchObject({ outcome });
    expect(decideOn(said, free).actions.some(({ kind }) => kind === "ask-colleague")).toBe(false);
  });

  test("in the middle of a flow", () => {
    const flowState = { kind: "flow", flow: "booking", run: {}, at: new Date(0).toISOString() } as const;
    expect(decided(known, { ...free, flowState }, empty).action).toMatchObject({ kind: "hold" });
  });
});

describe("while a question is open", () => {
  test("what is known is answered", () => {
    expect(decided(known, pending).outcome).toBe("answer");
  });

  test("what is not known is told once, then it goes on as without a colleague", () => {
    expect(decided(unknown, pending)).toMatchObject({
      outcome: "held",
      action: { kind: "colleague-pending" },
      code: "colleague-pending",
    });
    expect(decided("嗯嗯好像", pending).action).toMatchObject({ kind: "colleague-pending" });
    expect(decided(known, pending, empty).action).toMatchObject({ kind: "colleague-pending" });
    expect(decided(unknown, told).action?.kind).toBe("ask-back");
    expect(decided(unknown, { ...told, turnsWithoutProgress: 1 }).outcome).toBe("handoff");
    expect(decided(known, told, empty).action).toMatchObject({ kind: "hold" });
  });
});

test("every reason has its sentence in both languages", () => {
  for (const code of ["blank", "cell", "source", "pending"])
    expect(becauseSentences[`colleague-${code}`]).toEqual({
      "zh-CN": expect.any(String),
      en: expect.any(String),
    });
  expect(becauseSentences["no-colleague"]).toBeDefined();
});
