// Lines that lean on what was said before: weighed with the line before, favoured by the category of the last answer, doubted
// where both lines together mean something else, or offered the question that was just answered. On packs with their samples.

import type { TurnInput } from "@yingda/contract";
import type { MatchResult } from "@yingda/language";
import { describe, expect, test } from "vitest";
import { becauseSentences } from "../explain.ts";
import { packKnowledge } from "../knowledge/pack-knowledge.ts";
import { evidenceAfterLine } from "../testing/follow-ups.ts";
import { decideOn, knowledge, turn } from "../testing/turns.ts";
import { contextEvidenceNames, inContext, lineBefore } from "./in-context.ts";
import { stillAbout } from "./still-about.ts";

const thresholds = { answer: 0.75, askBack: 0.18 };

function after(said: string, faqSlug: string | null): TurnInput["history"] {
  return [
    { author: "contact", text: said, faqSlug: null },
    { author: "bot", text: "…", faqSlug },
  ];
}

const overseas = after("do you ship to my cousin in Norway", "apparel.overseas");

describe("a line that says too little", () => {
  test("is answered with what it means together with the line before", () => {
    expect(decideOn("how many weeks are we talking", { history: [] }).outcome).not.toBe("answer");
    expect(decideOn("how many weeks are we talking", { history: overseas })).toMatchObject({
      outcome: "answer",
      faq: "apparel.intl-time",
    });
  });

  test("is offered the question just answered when it goes on about it, not the same answer again", () => {
    const decision = decideOn("按你说的弄了 没用", {
      history: after("衣服起球怎么办", "apparel.pilling"),
      thresholds,
    });
    expect(decision).toMatchObject({ outcome: "ask-back", faq: null });
    const [asks] = decision.actions;
    expect(asks?.kind === "ask-back" && asks.candidates[0]?.faq).toBe("apparel.pilling");
  });

  test("does not offer it to a question that says itself what it asks", () => {
    const before = { text: "衣服起球怎么办", faq: "apparel.pilling" };
    const still = (text: string) =>
      stillAbout(text, 0.1, before, knowledge.retrieve(`${before.text}\n${text}`, []));
    expect(still("你们老板家的猫叫什么名字")).toBeNull();
    expect(still("试过了，没用")).toBe("apparel.pilling");
  });
});

describe("a line that seems to say what it means", () => {
  test("is not weighed when it surely does", () => {
    expect(evidenceAfterLine(knowledge, turn("包邮吗", { history: overseas }))).toEqual([]);
    expect(decideOn("包邮吗", { history: overseas })).toMatchObject({ faq: "apparel.free-shipping" });
  });

  test("is asked back with what it may mean after the line before", () => {
    const consulting = packKnowledge("consulting");
    if (consulting === null) throw new Error("the pack is missing");
    const costs = "roughly what would 2 pages cost me";
    expect(decideOn(costs, {}, consulting)).toMatchObject({ outcome: "answer", faq: "consulting.fee-quote" });
    const stamped = after(
      "need my birth cert put into german with a stamp so the embassy takes it",
      "consulting.sworn-translation",
    );
    const decision = decideOn(costs, { history: stamped }, consulting);
    expect(decision).toMatchObject({ outcome: "ask-back", faq: null });
    const [asks] = decision.actions;
    expect(asks?.kind === "ask-back" && asks.candidates.map(({ faq }) => faq)).toContain(
      "consulting.translation-price",
    );
  });
});

describe("the line before", () => {
  test("is the contact's last with a matter, whatever thanks stand between", () => {
    const thanked = [...overseas, ...after("ok thanks", null)];
    expect(lineBefore("how many weeks", thanked)).toEqual({
      text: "do you ship to my cousin in Norway",
      faq: "apparel.overseas",
    });
  });

  test("counts only where both are short enough to be one question", () => {
    expect(lineBefore("大概几天", [])).toBeNull();
    expect(lineBefore("长".repeat(101), overseas)).toBeNull();
    expect(lineBefore("大概几天", after("长".repeat(201), null))).toBeNull();
    expect(lineBefore("", overseas)).toBeNull();
  });
});

describe("weighing", () => {
  const found = knowledge.retrieve("退货运费", []);
  const [first] = found.matches;
  if (first === undefined) throw new Error("nothing was found");
  const reading = (matches: Record<string, number>): MatchResult => ({
    ...found,
    matches: Object.entries(matches).map(([id, confidence]) => ({ ...first, id, confidence })),
  });
  const categories: Record<string, string> = { said: "a", fee: "a", size: "b" };
  const weighed = (
    alone: Record<string, number>,
    together: Record<string, number>,
    { said = "said", size = 100 } = {},
  ) => {
    const category = (id: string) => categories[id] ?? "";
    const shop = { retrieve: () => reading(together), category, size };
    const { matches } = inContext([reading(alone)], "…", { text: "…", faq: said }, shop).weighed;
    return Object.fromEntries(matches.map(({ id, confidence }) => [id, confidence]));
  };

  test("makes a question of the category just answered likelier than another", () => {
    const likely = weighed({ fee: 0.5, size: 0.5 }, { said: 0.9 });
    expect(likely["fee"]).toBeGreaterThan((likely["size"] ?? 1) + 0.2);
  });

  test("makes a question likelier that both lines together ask, and less likely that they do not", () => {
    const unsure = weighed({ size: 0.6 }, { said: 0.9 })["size"] ?? 0;
    expect(weighed({ size: 0.6 }, { said: 0.9, size: 0.6 })["size"]).toBeGreaterThan(unsure);
  });

  test("doubts what is likely alone where both together ask another question that the line may mean", () => {
    const alone = { size: 0.93, fee: 0.02 };
    const undoubted = weighed(alone, { said: 0.9, size: 0.05 })["size"] ?? 0;
    const doubted = weighed(alone, { said: 0.3, fee: 0.7, size: 0.05 })["size"] ?? 0;
    expect(doubted).toBeLessThan(undoubted - 0.05);
    // one that the line cannot mean is but what the line before was about
    expect(weighed({ size: 0.93 }, { said: 0.3, fee: 0.7, size: 0.05 })["size"]).toBeGreaterThan(doubted);
  });

  test("makes nothing likelier than its surest reading in a shop of few questions", () => {
    const few = weighed({ fee: 0.5 }, { said: 0.9, fee: 0.6 }, { size: 5 });
    expect(few["fee"]).toBe(0.6);
    expect(weighed({ fee: 0.5 }, { said: 0.9, fee: 0.6 })["fee"]).toBeGreaterThan(0.7);
    expect(weighed({ size: 0.6 }, { said: 0.9 }, { size: 5 })["size"]).toBeLessThan(0.6);
  });

  test("gives the answer just given again only where the line itself asks for it", () => {
    expect(weighed({ said: 0.4 }, { said: 0.98 })["said"]).toBeLessThanOrEqual(0.4);
    expect(weighed({ said: 0.93 }, { said: 0.98 })["said"]).toBeGreaterThan(0.8);
  });

  test("is told to whoever reads the trace", () => {
    const { trace } = decideOn("how many weeks are we talking", { history: overseas });
    const told = trace.find(({ because }) => because.code === "weighed-after");
    expect(told).toMatchObject({ step: "context", saw: "do you ship to my cousin in Norway" });
    expect(Number(told?.because.values?.["now"])).toBeGreaterThan(Number(told?.because.values?.["alone"]));
    expect(becauseSentences["weighed-after"]).toEqual({
      "zh-CN": expect.any(String),
      en: expect.any(String),
    });
  });

  test("names what speaks for each question, a number each", () => {
    const evidence = evidenceAfterLine(
      knowledge,
      turn("how many weeks are we talking", { history: overseas }),
    );
    expect(evidence.length).toBeGreaterThan(0);
    for (const { evidence: numbers } of evidence) {
      expect(numbers).toHaveLength(contextEvidenceNames.length);
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
  });
});
