// What the engine does at the edges: a new version, an answer that comes late, a second yes, a blank that nothing fills,
// a correction that comes too late, a flow that nobody checked.

import { describe, expect, test } from "vitest";
import { type Flow, flowShape } from "../definition/flow.ts";
import { advance, startFlow } from "./advance.ts";
import type { Advanced, FlowEvent, FlowRun } from "./flow-run.ts";
import { takesMessage } from "./start.ts";

const deps = { now: new Date("2026-11-23T02:00:00Z"), timeZone: "Asia/Shanghai" };
const both = (text: string) => ({ zh: text, en: text });
const order = {
  id: "order",
  type: "order-number",
  label: { zh: "订单号", en: "order number" },
  names: { zh: ["订单"], en: ["order"] },
  question: {
    zh: "订单号？",
    en: "Order number?",
    spoken: { zh: "请按键输入订单号", en: "Key in the number" },
  },
  again: both("again?"),
  tries: 2,
};
const note = {
  id: "note",
  type: "text",
  label: { zh: "备注", en: "note" },
  question: both("note?"),
  again: both("again?"),
};
const steps = [
  { id: "ask", kind: "ask", slot: "order", next: "urge" },
  {
    id: "urge",
    kind: "do",
    tool: "orders.urge",
    input: { orderNumber: "{{order}}" },
    saveAs: "urged",
    confirm: { zh: "催 {{order}} 吗？", en: "Urge {{order}}?" },
    next: "more",
    declined: "bye",
    failed: "more",
  },
  { id: "more", kind: "ask", slot: "note", next: "told" },
  { id: "told", kind: "say", words: both("{{urged.expectedToShipAt}}"), next: "bye" },
  { id: "bye", kind: "end", words: both("bye") },
];

function flowOf(changes: object = {}): Flow {
  const starts = { intents: [], phrases: { zh: [], en: [] } };
  return flowShape.parse({
    id: "it",
    version: 1,
    name: both("it"),
    starts,
    slots: [order, note],
    steps,
    ...changes,
  });
}

function play(events: FlowEvent[], flow = flowOf(), text = "hi"): Advanced {
  let step = startFlow(flow, { runId: "r1", locale: "zh", text }, deps);
  for (const event of events) {
    if (step.state === null) throw new Error("ended before the last event");
    step = advance(flow, step.state, event, deps);
  }
  return step;
}

const say = (text: string): FlowEvent => ({ kind: "said", text });
const result = (callId: string, fields = {}): FlowEvent => ({
  kind: "tool-answered",
  callId,
  answer: { kind: "result", fields },
});
const texts = ({ actions }: Advanced) => actions.flatMap((action) => ("text" in action ? [action.text] : []));
const handedOver = ({ actions }: Advanced) =>
  actions.flatMap((action) => (action.kind === "hand-over" ? [action.reason] : []));
const kept = ({ state }: Advanced): FlowRun => {
  if (state === null) throw new Error("the run has ended");
  return state;
};

describe("one yes, one effect", () => {
  test("a second yes while the tool works does nothing more", () => {
    const first = play([say("20261120001"), say("好的")]);
    expect(first.actions).toContainEqual({
      kind: "do-tool",
      tool: "orders.urge",
      input: { orderNumber: "20261120001" },
      callId: "r1:urge:1",
    });
    const second = advance(flowOf(), kept(first), say("好的"), deps);
    expect(second.actions.map(({ kind }) => kind)).toEqual(["say"]);
  });

  test("the same answer twice counts once, and a foreign one not at all", () => {
    const before = play([say("20261120001"), say("好的"), result("r1:urge:9")]);
    expect(before.trace.map(({ code }) => code)).toEqual(["late-answer"]);
    const after = advance(flowOf(), kept(before), result("r1:urge:1"), deps);
    const again = advance(flowOf(), kept(after), result("r1:urge:1"), deps);
    expect(kept(again).done).toEqual(["urge"]);
    expect(again.actions).toEqual([]);
  });

  test("what is neither yes nor no is asked twice more and then goes to a person", () => {
    const last = play([say("20261120001"), say("要钱吗"), say("要钱吗"), say("要钱吗")]);
    expect(handedOver(last)).toEqual(["gave-up"]);
  });

  test("a correction wins over the yes beside it", () => {
    const step = play([say("20261120001"), say("好的，不对，订单号是20261120002")]);
    expect(step.actions.some(({ kind }) => kind === "do-tool")).toBe(false);
    expect(texts(step).at(-1)).toBe("催 20261120002 吗？");
  });

  test("after an interruption a confirmation is repeated every time", () => {
    const other: FlowEvent = { kind: "asked-something-else" };
    expect(texts(play([say("20261120001"), other, other]))).toEqual(["我们继续：催 20261120001 吗？"]);
  });
});

describe("a person takes over", () => {
  test("when the flow was changed meanwhile", () => {
    const { state } = play([]);
    const step = advance(flowOf({ version: 2 }), state as FlowRun, say("20261120001"), deps);
    expect(handedOver(step)).toEqual(["flow-changed"]);
    expect(step.state).toBeNull();
  });

  test("when wished for, with everything gathered", () => {
    const step = play([say("20261120001"), { kind: "asked-for-human" }]);
    expect(step.actions[0]).toMatchObject({
      reason: "asked-for-human",
      summary: "流程：it\n订单号：20261120001\n停在步骤：urge",
    });
  });

  test("when wished for while a tool works: nobody knows whether it was done", () => {
    const step = play([say("20261120001"), say("好的"), { kind: "asked-for-human" }]);
    expect(step.actions[0]).toMatchObject({ summary: expect.stringContaining("请核实是否办成：urge") });
  });

  test("when a blank cannot be filled, and it is not spoken", () => {
    const step = play([say("20261120001"), say("好的"), result("r1:urge:1", {}), say("快点")]);
    expect(handedOver(step)).toEqual(["unfilled-blank"]);
    expect(texts(step)).toEqual(["这一点我需要请同事确认，请稍候。"]);
  });

  test("when a slot is corrected after something was done with it", () => {
    const step = play([
      say("20261120001"),
      say("好的"),
      result("r1:urge:1"),
      say("不对，订单号是20261120002"),
    ]);
    expect(handedOver(step)).toEqual(["too-late-to-change"]);
  });

  test("after the last try", () => {
    expect(handedOver(play([say("？"), say("？")]))).toEqual(["gave-up"]);
  });

  test("where an unchecked flow goes round or leads nowhere", () => {
    const round = [
      { id: "a", kind: "set", slot: "note", value: "x", next: "b" },
      { id: "b", kind: "set", slot: "note", value: "y", next: "a" },
    ];
    expect(handedOver(play([], flowOf({ steps: round })))).toEqual(["broken-flow"]);
    expect(
      handedOver(play([], flowOf({ steps: [{ id: "a", kind: "set", slot: "note", value: "x" }] }))),
    ).toEqual(["broken-flow"]);
    expect(
      handedOver(play([], flowOf({ steps: [{ id: "a", kind: "ask", slot: "constructor", next: "a" }] }))),
    ).toEqual(["broken-flow"]);
  });
});

describe("time", () => {
  test("a tool that never answers has failed, and may have done it", () => {
    const before = play([say("20261120001"), say("好的")]);
    const step = advance(flowOf(), kept(before), { kind: "timer", timerId: kept(before).timer }, deps);
    expect(kept(step).uncertain).toEqual(["urge"]);
    const left = advance(flowOf(), kept(step), say("算了"), deps);
    expect(texts(left)).toEqual(["好的，先到这里。还有别的可以帮您吗？"]);
  });

  test("an old timer counts for nothing", () => {
    expect(play([say("20261120001"), { kind: "timer", timerId: 1 }]).actions).toEqual([]);
  });

  test("an answer after the reminder begins the waiting anew", () => {
    const asked = play([]);
    const reminded = advance(flowOf(), kept(asked), { kind: "timer", timerId: kept(asked).timer }, deps);
    const answered = advance(flowOf(), kept(reminded), say("20261120001"), deps);
    expect(kept(answered).isReminded).toBe(false);
  });
});

test("the phone hears the spoken variant, and the keys of the choices", () => {
  expect(play([]).actions[0]).toMatchObject({ text: "订单号？", spoken: "请按键输入订单号" });
  expect(play([say("20261120001")]).actions[0]).toMatchObject({
    spoken: "催 20261120001 吗？ 是请按1，不是请按2",
  });
});

test("the run follows the customer into the other language", () => {
  expect(texts(play([{ kind: "said", text: "20261120001", locale: "en" }]))).toEqual(["Urge 20261120001?"]);
});

test("a customer's own braces are not spoken as a blank", () => {
  const step = play([
    say("20261120001"),
    say("好的"),
    result("r1:urge:1", { expectedToShipAt: "{{order}}" }),
    say("{{order}}"),
  ]);
  expect(texts(step)).toEqual(["order", "bye"]);
});

describe("whether a message belongs to the run", () => {
  test.each([
    ["20261120001", "surely"],
    ["算了", "surely"],
    ["你们几点关门", "no"],
  ])("%s: %s, while the number is asked for", (text, expected) => {
    expect(takesMessage(flowOf(), kept(play([])), { text }, deps)).toBe(expected);
  });

  test("a question that takes any words takes a message perhaps", () => {
    const state = kept(play([say("20261120001"), say("好的"), result("r1:urge:1")]));
    expect(takesMessage(flowOf(), state, { text: "你们几点关门" }, deps)).toBe("perhaps");
  });

  test("at a confirmation, a yes does and a question does not", () => {
    const state = kept(play([say("20261120001")]));
    expect(takesMessage(flowOf(), state, { text: "可以" }, deps)).toBe("surely");
    expect(takesMessage(flowOf(), state, { text: "运费多少" }, deps)).toBe("no");
  });
});
