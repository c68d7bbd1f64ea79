// A blank that may be empty when its step comes is found, by the way that leads there; what every way fills is not.

import { expect, test } from "vitest";
import { checkFlow } from "./check-flow.ts";
import type { FlowProblem } from "./problems.ts";
import { readFlowValue } from "./read-flow.ts";
import { flowTools } from "./tools.ts";

const words = { zh: "好", en: "ok" };
const slot = (id: string, more: object = {}) => ({
  id,
  type: "text",
  label: words,
  question: words,
  again: words,
  ...more,
});
const spoken = (text: string) => ({ zh: text, en: text });
const ask = (id: string, next: string, more: object = {}) => ({
  id: `ask-${id}`,
  kind: "ask",
  slot: id,
  next,
  ...more,
});
const end = (text: string) => ({ id: "end", kind: "end", words: spoken(text) });

function ordersOf(steps: object[], slots: object[] = [slot("name"), slot("colour")]): FlowProblem[] {
  const read = readFlowValue({
    id: "it",
    version: 1,
    name: words,
    starts: { intents: [], phrases: {} },
    slots,
    steps,
  });
  if (read.kind === "refused") throw new Error("not a flow");
  return checkFlow(read.flow, flowTools).filter(({ kind }) => kind === "used-before-asked");
}
const missing = (step: string, blank: string) => [{ kind: "used-before-asked", step, blank }];

test("what is asked on the way is there; what is asked later is not", () => {
  expect(ordersOf([ask("name", "end"), end("{{name}}")])).toEqual([]);
  expect(
    ordersOf([
      { id: "hello", kind: "say", words: spoken("{{name}}"), next: "ask-name" },
      ask("name", "end"),
      end(""),
    ]),
  ).toEqual(missing("hello", "name"));
});

test("one way without the question is enough", () => {
  const choose = (next: string) => ({
    id: "which",
    kind: "choose",
    words,
    again: words,
    options: [
      { value: "a", label: words, next: "ask-name" },
      { value: "b", label: words, next },
    ],
  });
  expect(ordersOf([choose("end"), ask("name", "end"), end("{{name}}")])).toEqual(missing("end", "name"));
  expect(ordersOf([choose("ask-name"), ask("name", "end"), end("{{name}}")])).toEqual([]);
});

test("who gives up an answer has none, and an optional one may be skipped", () => {
  expect(ordersOf([ask("name", "end", { gaveUp: "end" }), end("{{name}}")])).toEqual(missing("end", "name"));
  expect(ordersOf([ask("name", "end"), end("{{name}}")], [slot("name", { isOptional: true })])).toEqual(
    missing("end", "name"),
  );
});

test("a condition that came out one way comes out so again, until the value changes", () => {
  const is = (id: string, next: string, otherwise: string) => ({
    id,
    kind: "condition",
    value: "name",
    cases: [{ is: "company", next }],
    else: otherwise,
  });
  const twice = [
    ask("name", "first"),
    is("first", "ask-colour", "second"),
    ask("colour", "second"),
    is("second", "end", "bye"),
    end("{{colour}}"),
    { id: "bye", kind: "end" },
  ];
  expect(ordersOf(twice)).toEqual([]);
  const changed = twice.map((step) => (step.id === "ask-colour" ? { ...step, next: "again" } : step));
  expect(
    ordersOf([
      ...changed.map((step) => (step.id === "first" ? { ...step, else: "again" } : step)),
      { id: "again", kind: "set", slot: "name", value: "company", next: "second" },
    ]),
  ).toEqual(missing("end", "colour"));
});

test("filled is known past a test for it, and a result behind its lookup", () => {
  const isEmpty = {
    id: "is-empty",
    kind: "condition",
    value: "name",
    cases: [{ isFilled: false, next: "bye" }],
    else: "end",
  };
  expect(ordersOf([isEmpty, end("{{name}}"), { id: "bye", kind: "end" }])).toEqual([]);
  const lookup = (failed: string) => ({
    id: "find",
    kind: "lookup",
    tool: "orders.find",
    input: { orderNumber: "{{name}}" },
    saveAs: "order",
    next: "end",
    failed,
  });
  const steps = (failed: string) => [
    ask("name", "find"),
    lookup(failed),
    end("{{order.item}}"),
    { id: "bye", kind: "end" },
  ];
  expect(ordersOf(steps("bye"))).toEqual([]);
  expect(ordersOf(steps("end"))).toEqual(missing("end", "order.item"));
});

test("a flow of very many ways is checked in its time", () => {
  const steps = Array.from({ length: 40 }, (_, at) => ({
    id: `c${at}`,
    kind: "choose",
    words,
    again: words,
    options: [
      { value: "a", label: words, next: `s${at}` },
      { value: "b", label: words, next: at === 39 ? "end" : `c${at + 1}` },
    ],
  }));
  const sets = Array.from({ length: 40 }, (_, at) => ({
    id: `s${at}`,
    kind: "set",
    slot: `slot${at}`,
    value: "x",
    next: at === 39 ? "end" : `c${at + 1}`,
  }));
  const slots = Array.from({ length: 40 }, (_, at) => slot(`slot${at}`));
  expect(ordersOf([...steps, ...sets, end("{{slot39}}")], slots)).toEqual(missing("end", "slot39"));
});
