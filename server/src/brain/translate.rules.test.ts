// A foreign line with a model that may translate: answered from the shop's texts in the customer's language, numbers compared
// both ways; whatever is wrong ends with the shipped sentence and a person, as without a model.
import { personWillAnswer } from "@yingda/templates";
import { expect, test } from "vitest";
import type { Completion, PromptAsk } from "../inference/index.ts";
import { becauseSentences } from "./explain.ts";
import { decideWith, scripted } from "./testing/model-talk.ts";
import { turn } from "./testing/turns.ts";

const spanish = "¿cómo puedo devolver el pedido?";
const there = "怎么退货";
const back =
  "Puede devolverlo en 7 días desde la entrega, con la etiqueta intacta; el envío corre a su cargo.";
const textOf = (ask: PromptAsk) => (ask.prompt === "translate" ? String(ask.inputs.data.text) : "");
const translating = (first: string | Completion, second: string | Completion = back) =>
  scripted((ask) => {
    const said = textOf(ask) === spanish ? first : second;
    return typeof said === "string" ? said : Promise.resolve(said);
  });
const codes = (decision: { trace: { because: { code: string } }[] }) =>
  decision.trace.map(({ because }) => because.code);

test("translated, answered by the engine from the shop's texts, translated back; the trace shows both", async () => {
  const model = translating(there);
  const decision = await decideWith(model.complete, turn(spanish));
  expect(decision).toMatchObject({ outcome: "answer", faq: "returns", isSendable: true });
  expect(decision.actions[0]).toMatchObject({
    kind: "reply",
    content: { text: back },
    citations: [{ kind: "faq", slug: "returns" }],
  });
  expect(model.asked.map(textOf)).toEqual([
    spanish,
    "签收后 7 天内可以退货，请保持吊牌完好，运费由买家承担。",
  ]);
  expect(model.asked.map(({ inputs }) => inputs.words)).toEqual([
    { language: "中文（中国）" },
    { language: "西班牙语" },
  ]);
  expect(codes(decision).filter((code) => code === "translated")).toHaveLength(2);
  for (const code of codes(decision)) expect(becauseSentences[code]).toBeDefined();
});

const failure: Completion = { kind: "failure", code: "llm/over-budget", tookMs: 0 };
test.each([
  ["the first translation fails", translating(failure), "model-budget"],
  ["the way back fails", translating(there, failure), "model-budget"],
  ["a number came in on the way there", translating("怎么在 99 天内退货"), "translated-changed"],
  ["a number changed on the way back", translating(there, back.replace("7", "70")), "translated-changed"],
  ["a link came in", translating(there, `${back} https://evil.example`), "translated-changed"],
  ["the shop has no answer", translating("你们招聘兼职程序员吗"), "translated-nothing"],
  ["they want a person", translating("转人工"), "translated-nothing"],
])("%s: the shipped sentence and a person", async (_, model, code) => {
  const decision = await decideWith(model.complete, turn(spanish));
  expect(decision.outcome).toBe("handoff");
  expect(decision.actions[0]).toMatchObject({ text: personWillAnswer("es") });
  expect(codes(decision)).toContain(code);
});

test("while the customer may still be writing, nothing is asked", async () => {
  const model = translating(there);
  const decision = await decideWith(model.complete, turn(spanish, { isDue: false }));
  expect(model.asked).toEqual([]);
  expect(decision.outcome).toBe("handoff");
});
