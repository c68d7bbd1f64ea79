// What holds for every turn, whatever is said in whatever situation: something is said, to whoever is there, no blank is
// spoken, and the trace can be read.

import { handoffAvailabilities, type TurnDecision, type TurnInput } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { becauseSentences, explainTrace, sayBecause } from "./explain.ts";
import { decideOn, empty, knowledge } from "./testing/turns.ts";

const first = (decision: TurnDecision) => decision.actions[0];
const asked: TurnInput["flowState"] = {
  kind: "asked-back",
  candidates: [
    { slug: "apparel.shipping-fee", question: "运费怎么算？包邮吗？" },
    { slug: "apparel.refund-time", question: "退款多久到账？" },
  ],
};

describe("every turn", () => {
  const words = [
    "你好",
    "包邮吗",
    "转人工",
    "不要人工",
    "什么时候发货",
    "退",
    "谢谢",
    "傻逼",
    "12315",
    "第一个",
    "2",
    "都不是",
    "hello",
    "refund",
    "？",
    "😡",
    "\n",
    "{{发货时间}}",
  ];
  const inputs = fc.record({
    lines: fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: "grapheme", maxLength: 60 })), {
      minLength: 1,
      maxLength: 4,
    }),
    handoffAvailability: fc.constantFrom(...handoffAvailabilities),
    turnsWithoutProgress: fc.integer({ min: 0, max: 5 }),
    flowState: fc.constantFrom(null, asked),
    locale: fc.constantFrom("zh-CN" as const, "en" as const),
    isFilled: fc.boolean(),
  });

  test("ends in something said, for whoever is there, and never speaks a blank", () => {
    fc.assert(
      fc.property(inputs, ({ lines, isFilled, ...changes }) => {
        const decision = decideOn(lines, changes, isFilled ? knowledge : empty);
        const isAway = changes.handoffAvailability === "closed" || changes.handoffAvailability === "nobody";
        expect(decision.actions.length).toBeGreaterThan(0);
        expect(decision.confidence).toBeGreaterThanOrEqual(0);
        expect(decision.confidence).toBeLessThanOrEqual(1);
        expect(decision.outcome === "handoff" && isAway).toBe(false);
        expect(decision.outcome === "leave-message" && !isAway).toBe(false);
        const wishes = decision.understanding.wantsHuman;
        expect(decision.isSendable).toBe(
          decision.outcome === "answer" || (wishes && first(decision)?.kind !== "hold" && isWish(decision)),
        );
        for (const action of decision.actions) {
          const text =
            "text" in action
              ? action.text
              : action.kind === "reply" && action.content.kind === "text"
                ? action.content.text
                : "ok";
          expect(text).not.toBe("");
          expect(text).not.toMatch(/\{\{[^}]*\}\}/);
        }
      }),
      { numRuns: 300 },
    );
  });

  function isWish(decision: TurnDecision): boolean {
    const [action] = decision.actions;
    return (
      (action?.kind === "handoff" || action?.kind === "offer-leave-message") &&
      action.reason === "asked-for-human"
    );
  }

  test("leaves a trace that a person can read, in both languages", () => {
    fc.assert(
      fc.property(inputs, ({ lines, isFilled, ...changes }) => {
        const { trace } = decideOn(lines, changes, isFilled ? knowledge : empty);
        expect(trace.length).toBeGreaterThanOrEqual(3);
        for (const { because } of trace) {
          expect(becauseSentences).toHaveProperty([because.code]);
          for (const locale of ["zh-CN", "en"] as const)
            expect(sayBecause(because, locale)).not.toMatch(/\{\w+\}/);
        }
        expect(explainTrace(trace, "zh-CN").split("\n").length).toBe(trace.length);
      }),
      { numRuns: 150 },
    );
  });

  test("is the same when asked again", () => {
    expect(decideOn("昨天买的裤子能退不")).toEqual(decideOn("昨天买的裤子能退不"));
  });
});
