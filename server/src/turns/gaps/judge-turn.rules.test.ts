// Which turns leave a question without an answer.
import { describe, expect, test } from "vitest";
import { judgeTurn, pickMs, type TurnFacts } from "./judge-turn.ts";

const now = new Date("2026-11-21T10:00:00Z");
const facts = (given: Partial<TurnFacts>): TurnFacts => ({
  outcome: "ask-back",
  faq: null,
  at: new Date(now.getTime() - pickMs),
  decided: "not-sure",
  next: null,
  previous: null,
  ...given,
});

describe("a turn", () => {
  test.each([
    ["asked back and left", {}, "asked-back"],
    ["asked back, then a person", { next: "handoff" }, "asked-back"],
    ["nothing fitted", { decided: "nothing-fits" }, "unanswered"],
    ["missed twice", { outcome: "handoff", decided: "second-miss" }, "unanswered"],
    ["no match and nobody there", { outcome: "leave-message", decided: "second-miss" }, "unanswered"],
    ["said not to have helped", { outcome: "handoff", decided: "not-solved", faq: "fee" }, "not-solved"],
    [
      "a person wanted right after an answer",
      { outcome: "handoff", decided: "asked-for-human", previous: { outcome: "answer", faq: "fee" } },
      "handed-over",
    ],
  ] as const)("%s is a gap", (_, given, reason) => {
    expect(judgeTurn(facts(given as Partial<TurnFacts>), now)).toMatchObject({ kind: "gap", reason });
  });

  test.each([
    ["an answer", { outcome: "answer", decided: "sure-enough" }],
    ["a pick", { next: "answer" }],
    ["a row of a table asked back", { decided: "which-row" }],
    ["a person wanted from the start", { outcome: "handoff", decided: "asked-for-human" }],
    ["danger", { outcome: "handoff", decided: "danger" }],
    ["the bot was off", { outcome: "handoff", decided: "bot-off" }],
  ] as const)("%s is none", (_, given) => {
    expect(judgeTurn(facts(given as Partial<TurnFacts>), now)).toEqual({ kind: "none" });
  });

  test("the contact may still pick: too early to say", () => {
    const at = new Date(now.getTime() - pickMs + 1);
    expect(judgeTurn(facts({ at }), now)).toEqual({ kind: "wait" });
  });
});
