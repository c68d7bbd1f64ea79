// Lines that lean on what was said before: read with the line before, favoured by the category of the last answer, or offered
// the question that was just answered. On the clothing pack with its samples.

import type { TurnInput } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { decideOn, knowledge } from "../testing/turns.ts";
import { favourGoingOn } from "./going-on.ts";
import { readOn } from "./read-on.ts";

const thresholds = { answer: 0.75, askBack: 0.18 };

function after(said: string, faqSlug: string | null): TurnInput["history"] {
  return [
    { author: "contact", text: said, faqSlug: null },
    { author: "bot", text: "…", faqSlug },
  ];
}

function input(history: TurnInput["history"]): TurnInput {
  return { history, thresholds } as TurnInput;
}

describe("a line that says too little", () => {
  const overseas = after("do you ship to my cousin in Norway", "apparel.overseas");

  test("is answered with what it means together with the line before", () => {
    expect(decideOn("how many weeks are we talking", { history: [] }).outcome).not.toBe("answer");
    expect(decideOn("how many weeks are we talking", { history: overseas })).toMatchObject({
      outcome: "answer",
      faq: "apparel.intl-time",
    });
  });

  test("is not read with a line before when it is sure by itself", () => {
    expect(decideOn("包邮吗", { history: overseas })).toMatchObject({ faq: "apparel.free-shipping" });
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
    const pilling = after("衣服起球怎么办", "apparel.pilling");
    expect(readOn("你们老板家的猫叫什么名字", 0.1, input(pilling), knowledge).stillAbout).toBeNull();
    expect(readOn("试过了，没用", 0.1, input(pilling), knowledge).stillAbout).toBe("apparel.pilling");
  });

  test("thanks between the two do not cut them apart", () => {
    const thanked = [...overseas, ...after("ok thanks", null)];
    expect(readOn("how many weeks are we talking", 0.3, input(thanked), knowledge).together).not.toBeNull();
  });

  test("stands alone where nothing went before, where it is long, and after a long line", () => {
    const nothing = { together: null, stillAbout: null };
    expect(readOn("大概几天", 0.2, input([]), knowledge)).toEqual(nothing);
    expect(readOn("长".repeat(101), 0.2, input(overseas), knowledge)).toEqual(nothing);
    expect(readOn("大概几天", 0.2, input(after("长".repeat(201), null)), knowledge)).toEqual(nothing);
  });
});

describe("the last answer", () => {
  const found = knowledge.retrieve("退货运费", []);
  const [first] = found.matches;
  if (first === undefined) throw new Error("nothing was found");
  const unsure = (id: string, confidence: number) => ({
    ...found,
    matches: [{ ...first, id, confidence }],
  });
  const confidenceAfter = (said: string | null, id: string, confidence: number) =>
    favourGoingOn(unsure(id, confidence), after("…", said), knowledge).matches[0]?.confidence;

  test("makes what is likely twice as likely, and six times as likely what is of its category", () => {
    expect(confidenceAfter("apparel.size-advice", "apparel.return-fee", 0.6)).toBeCloseTo(0.75, 5);
    expect(confidenceAfter("apparel.how-to-return", "apparel.return-fee", 0.6)).toBeCloseTo(0.9, 5);
  });

  test("counts when thanks stand between the two, and no longer when it is long ago", () => {
    const found = unsure("apparel.return-fee", 0.6);
    const answered = after("…", "apparel.size-advice");
    const thanked = [...answered, ...after("好的谢谢", null)];
    const longAgo = [...thanked, ...after("在吗", null)];
    expect(favourGoingOn(found, thanked, knowledge).matches[0]?.confidence).toBeCloseTo(0.75, 5);
    expect(favourGoingOn(found, longAgo, knowledge).matches[0]?.confidence).toBe(0.6);
  });

  test("counts nothing in a shop of few questions, which is asked much that none of them answers", () => {
    const few = { size: 5, category: () => "运费" };
    const found = unsure("apparel.return-fee", 0.6);
    expect(favourGoingOn(found, after("…", "apparel.size-advice"), few)).toBe(found);
  });

  test.each<[string, string | null, string, number]>([
    ["nothing was answered", null, "apparel.return-fee", 0.6],
    ["it is the answer just given", "apparel.return-fee", "apparel.return-fee", 0.6],
    ["it is but a guess", "apparel.how-to-return", "apparel.return-fee", 0.2],
  ])("leaves it alone where %s", (_, said, id, confidence) => {
    expect(confidenceAfter(said, id, confidence)).toBe(confidence);
  });
});
