// What a line is judged as, how a run adds up, and what changed between two.
import type { AskReply, RehearsalCaseId, RehearsalLine } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { addUp, compare, judgeLine } from "./judge.ts";

const reply = (changes: Partial<AskReply>): AskReply => ({
  outcome: "answer",
  text: "48 小时内发货",
  faq: "common.shipping-time",
  confidence: 0.9,
  candidates: [],
  tookMs: 1,
  contents: [],
  trace: [],
  ...changes,
});
const right = { outcome: ["answered" as const], faq: "common.shipping-time" };

describe("a line", () => {
  test("the right answer, another one, none wanted", () => {
    expect(judgeLine("多久发货", reply({}), right)).toMatchObject({ isExpected: true, isWrong: false });
    expect(judgeLine("多久发货", reply({ faq: "common.hours" }), right)).toMatchObject({
      isExpected: false,
      isWrong: true,
    });
    expect(judgeLine("老板的猫", reply({}), { outcome: "refused" })).toMatchObject({ isWrong: true });
    expect(judgeLine("多久发货", reply({}), null)).toMatchObject({ isExpected: null, isWrong: false });
  });

  test("a question back counts as one only when something can be picked", () => {
    const offered = reply({
      outcome: "ask-back",
      text: "哪一个？\n1. 发货\n2. 运费",
      candidates: [{ faq: "a", question: "发货", confidence: 0.4 }],
    });
    expect(judgeLine("发货运费", offered, null).got).toBe("asked-back");
    expect(judgeLine("发货运费", reply({ outcome: "ask-back", text: "换个说法？" }), null).got).toBe(
      "refused",
    );
    expect(judgeLine("投诉", reply({ outcome: "handoff" }), null).got).toBe("handed-over");
  });
});

const line = (changes: Partial<RehearsalLine> = {}): RehearsalLine => ({
  customer: "多久发货",
  got: "answered",
  faq: "a",
  text: "好",
  isExpected: null,
  isWrong: false,
  ...changes,
});
const result = (id: string, ...lines: RehearsalLine[]) => ({ caseId: id as RehearsalCaseId, lines });

test("a run adds up", () => {
  const results = [
    result("1", line({ isExpected: true }), line({ got: "small-talk" })),
    result("2", line({ got: "asked-back" })),
    result("3", line(), line({ got: "handed-over" })),
    result("4", line({ isExpected: false, isWrong: true })),
  ];
  expect(addUp(results, 0.5)).toEqual({
    cases: 4,
    lines: 6,
    solved: 1,
    askedBack: 1,
    handedOver: 1,
    checked: 2,
    asExpected: 1,
    wrong: 1,
    yuan: 0.5,
  });
});

test("two runs: only lines that came out otherwise, of cases that both have", () => {
  const before = [result("1", line(), line({ faq: "b" })), result("2", line())];
  const after = [result("1", line({ text: "anders" }), line({ faq: "c" })), result("3", line())];
  expect(compare(before, after)).toEqual([
    { caseId: "1", at: 1, before: line({ faq: "b" }), after: line({ faq: "c" }) },
  ]);
});
