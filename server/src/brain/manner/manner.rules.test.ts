// How the bot comes across: anger and apologies, the persona's words, who speaks first, the pace at peak.
import type { TurnBehaviour, TurnDecision } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { decideOn } from "../testing/turns.ts";
import { wordsFor } from "./persona.ts";
import { apologiseOnce, hasApology } from "./temper.ts";

const usual: TurnBehaviour = {
  persona: { tone: "warm", emoji: false, address: "formal" },
  opening: "bot",
  patience: 2,
  isFirst: true,
  isPeak: false,
};
const textsOf = ({ actions }: TurnDecision) =>
  actions.flatMap((action) =>
    action.kind === "reply"
      ? action.content.kind === "text"
        ? [action.content.text]
        : []
      : "text" in action
        ? [action.text]
        : [],
  );
const stateOf = ({ actions }: TurnDecision) =>
  actions.flatMap((action) => (action.kind === "set-flow-state" ? [action.state] : []))[0];

describe("anger", () => {
  test.each([
    "什么破店，穿一次腋下就开线，找你们还装死",
    "退货都退了三次了！三次！你们到底有没有人管",
    "This is garbage, you people are a joke",
    "Unacceptable!! I want to return this garbage!!",
  ])("%s goes to a person with one apology, never to an FAQ", (said) => {
    const decision = decideOn(said);
    expect(decision).toMatchObject({ outcome: "handoff", faq: null });
    expect(decision.actions[0]).toMatchObject({ kind: "handoff", reason: "complaint" });
    expect(hasApology(textsOf(decision).join(" "))).toBe(true);
  });

  test("an apology is not said twice in a row", () => {
    const history = [
      { author: "contact" as const, text: "衣服有个洞", faqSlug: null },
      { author: "bot" as const, text: "非常抱歉给您带来了不好的体验。", faqSlug: null },
    ];
    const again = decideOn("什么破店，找你们还装死", { history });
    expect(again.outcome).toBe("handoff");
    expect(hasApology(textsOf(again).join(" "))).toBe(false);
    expect(textsOf(again).join("")).not.toBe("");
    const miss = decideOn("嘎嘎呜啦啦", { history });
    expect(miss.outcome).toBe("ask-back");
    expect(hasApology(textsOf(miss).join(" "))).toBe(false);
  });

  test("only the head's apology is taken away, and never the whole sentence", () => {
    expect(apologiseOnce("抱歉，我没太明白。", "很抱歉。")).toBe("我没太明白。");
    expect(apologiseOnce("Sorry, I did not get that.", "I am sorry.")).toBe("I did not get that.");
    expect(apologiseOnce("抱歉。", "很抱歉。")).toBe("抱歉。");
    expect(apologiseOnce("抱歉，我没太明白。", "您好")).toBe("抱歉，我没太明白。");
  });

  test("a calm question is answered as it was, a complaint that is a known question after a kind word", () => {
    const calm = decideOn("怎么退货");
    expect(calm.outcome).toBe("answer");
    expect(hasApology(textsOf(calm)[0] ?? "")).toBe(false);
    const upset = decideOn("扣了我两次钱");
    expect(upset).toMatchObject({ outcome: "answer", faq: "apparel.pay-failed" });
    expect(textsOf(upset)[0]).toMatch(/^让您遇到这样的情况，很抱歉。\n/u);
    const apologises = decideOn("发错货了，我要的是黑色你们发的白色");
    expect(textsOf(apologises)[0]).toMatch(/^非常抱歉发错了。/u);
  });
});

describe("persona", () => {
  test("tone, emoji and address change the bot's own sentences only", () => {
    const familiar = wordsFor("zh-CN", { tone: "lively", emoji: true, address: "familiar" });
    expect(familiar.connecting).toMatch(/😊$/u);
    expect(JSON.stringify({ ...familiar, summary: null })).not.toContain("您");
    expect(familiar.connectingQueued(3, 2)).toContain("你排在第 3 位");
    expect(familiar.sorryComplaint).not.toContain("😊");
    const behaviour = {
      ...usual,
      persona: { tone: "plain" as const, emoji: true, address: "familiar" as const },
    };
    const answer = decideOn("怎么退货", { behaviour });
    expect(textsOf(answer)).toEqual(textsOf(decideOn("怎么退货")));
    expect(textsOf(decideOn("转人工", { behaviour }))[0]).toBe("正在转接人工客服，请稍候。 😊");
  });
});

describe("who speaks first", () => {
  const choice = { ...usual, opening: "choice" as const };

  test("the contact chooses, and what was asked is answered when the bot is chosen", () => {
    const asked = decideOn("怎么退货", { behaviour: choice });
    expect(asked.outcome).toBe("ask-back");
    const flowState = stateOf(asked) ?? null;
    expect(flowState).toMatchObject({ kind: "offered-bot", said: "怎么退货" });
    const behaviour = { ...choice, isFirst: false };
    for (const pick of ["1", "智能助手马上回答"])
      expect(decideOn(pick, { behaviour, flowState })).toMatchObject({
        outcome: "answer",
        faq: "apparel.how-to-return",
      });
    expect(decideOn("2", { behaviour, flowState }).outcome).toBe("handoff");
    expect(decideOn("退款多久到账", { behaviour, flowState }).outcome).toBe("answer");
  });

  test("a person first, while one is there; the bot when nobody is", () => {
    const behaviour = { ...usual, opening: "person" as const };
    expect(decideOn("怎么退货", { behaviour }).actions[0]).toMatchObject({
      kind: "handoff",
      reason: "person-first",
    });
    expect(decideOn("怎么退货", { behaviour, handoffAvailability: "closed" }).outcome).toBe("answer");
    expect(decideOn("怎么退货", { behaviour: { ...behaviour, isFirst: false } }).outcome).toBe("answer");
  });
});

describe("peak", () => {
  const behaviour = { ...usual, isFirst: false, isPeak: true };
  const queue = { place: 8, expectedWaitSeconds: 540 };
  const busy = { behaviour, queue, handoffAvailability: "queueing" as const };

  test("a wish for a person is met with an offer once, then granted; the trace says that it is peak", () => {
    const first = decideOn("转人工", busy);
    expect(first.outcome).toBe("ask-back");
    expect(textsOf(first)[0]).toMatch(/前面有 7 位，大约要等 9 分钟/u);
    expect(first.trace.map(({ because }) => because.code)).toContain("peak");
    const history = [
      { author: "contact" as const, text: "转人工", faqSlug: null },
      { author: "bot" as const, text: textsOf(first)[0] ?? "", faqSlug: null },
    ];
    expect(decideOn("转人工", { ...busy, history, flowState: stateOf(first) ?? null }).outcome).toBe(
      "handoff",
    );
    expect(decideOn("转人工", { ...busy, history }).outcome).toBe("handoff");
  });

  test("whoever is angry is not kept from a person", () => {
    expect(decideOn("什么破店，找你们还装死，叫你们老板来", busy).outcome).toBe("handoff");
  });
});

test("patience: as many turns without progress as the inbox bears", () => {
  const decided = (patience: number, turnsWithoutProgress: number) =>
    decideOn("嘎嘎呜啦啦", { behaviour: { ...usual, patience }, turnsWithoutProgress }).outcome;
  expect(decided(2, 0)).toBe("ask-back");
  expect(decided(2, 1)).toBe("handoff");
  expect(decided(4, 2)).toBe("ask-back");
  expect(decided(4, 3)).toBe("handoff");
});
