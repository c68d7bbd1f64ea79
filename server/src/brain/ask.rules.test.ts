// Asking outside a conversation remembers what was asked back, as a conversation does.

import { expect, test } from "vitest";
import { ask, textOfAction } from "./ask.ts";
import { packKnowledge } from "./knowledge/pack-knowledge.ts";

const knowledge = packKnowledge("apparel");
if (knowledge === null) throw new Error("the pack is missing");

test("a question is answered with the text a customer would read", () => {
  const { reply } = ask(knowledge, { text: "满多少包邮" });
  expect(reply).toMatchObject({ outcome: "answer", faq: "apparel.free-shipping" });
  expect(reply.text).toContain("满 99 元包邮");
  expect(reply.candidates[0]).toMatchObject({
    faq: "apparel.free-shipping",
    question: "包邮吗？满多少包邮？",
  });
});

test("an answer to what was asked back picks from it", () => {
  const thresholds = { answer: 0.999, askBack: 0.2 };
  const first = ask(knowledge, { text: "我想换个大一码", thresholds });
  expect(first.reply.outcome).toBe("ask-back");
  expect(first.reply.text).toMatch(/\n1\. /);
  const offered = first.decision.actions[0];
  const slug = offered?.kind === "ask-back" ? offered.candidates[0]?.faq : null;
  const second = ask(knowledge, { text: "1", thresholds, memory: first.memory });
  expect(second.reply).toMatchObject({ outcome: "answer", faq: slug, confidence: 1 });
  expect(second.memory.flowState).toBeNull();
});

test("two misses in a row lead to a person", () => {
  const first = ask(knowledge, { text: "qwerty uiop" });
  expect(first.reply.outcome).toBe("ask-back");
  expect(ask(knowledge, { text: "zxcv bnm", memory: first.memory }).reply.outcome).toBe("handoff");
});

test("actions without words have none", () => {
  expect(textOfAction({ kind: "set-flow-state", state: null })).toBe("");
});
