// A flow's open question answered in words that the engine cannot read: a model may point at the value, and only at what the
// customer wrote.
import { expect, test } from "vitest";
import type { Completion } from "../../inference/index.ts";
import { FlowTalk, textOf } from "../testing/flow-talk.ts";
import { scripted } from "../testing/model-talk.ts";

const line = "单子写的是 10 01 那个";

async function talkWith(script: string | Completion) {
  const model = scripted((ask) => (ask.prompt === "extract" ? (script as string) : "NO_ANSWER"));
  const talk = new FlowTalk(["order-status"]);
  talk.model = { complete: model.complete, shop: "小店" };
  await talk.say("订单状态");
  const asks = () => model.asked.filter(({ prompt }) => prompt === "extract");
  return { talk, asks };
}
const value = (text: string | null) => JSON.stringify({ value: text });
const codes = (decision: Awaited<ReturnType<FlowTalk["say"]>>) =>
  decision.trace.map(({ because }) => because.code);

test("the flow goes on with what the model found in the customer's words", async () => {
  const { talk, asks } = await talkWith(value("1001"));
  const decision = await talk.say(line);
  expect(talk.calls).toMatchObject([{ tool: "orders.find", input: { orderNumber: "1001" } }]);
  expect(textOf(decision)).toContain("1001");
  expect(codes(decision)).toContain("model-extracted");
  expect(asks()).toHaveLength(1);
});

test.each([
  ["what the customer never wrote", value("1002")],
  ["what the flow cannot take", value("那个")],
  ["nothing", value(null)],
])("%s is not used: the question is asked again", async (_, script) => {
  const { talk } = await talkWith(script);
  const decision = await talk.say(line);
  expect(talk.calls).toEqual([]);
  expect(codes(decision)).toContain("model-extracted-nothing");
  expect(talk.step).toBe("ask-order");
});

test.each([
  ["单子写的是 10 012 那个", "1001"],
  ["单子写的是 510 01 那个", "1001"],
  ["单子写的是 １０ ０１２ 那个", "1001"],
])("a piece of a longer number is not what the customer wrote: %s", async (said, piece) => {
  const { talk, asks } = await talkWith(value(piece));
  await talk.say(said);
  expect(asks()).toHaveLength(1);
  expect(talk.calls).toEqual([]);
});

test("a model that fails changes nothing; one is not asked where the engine can read, or for small talk", async () => {
  const failing = await talkWith({ kind: "failure", code: "llm/over-budget", tookMs: 0 });
  expect(codes(await failing.talk.say(line))).toContain("model-budget");
  expect(failing.talk.step).toBe("ask-order");
  const { talk, asks } = await talkWith(value("1001"));
  await talk.say("谢谢");
  await talk.say("1001");
  expect(asks()).toEqual([]);
});
