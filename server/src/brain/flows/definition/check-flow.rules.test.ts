// Every kind of mistake in a flow is found, at its step; and every problem is a sentence in both languages.

import { describe, expect, test } from "vitest";
import { checkFlow } from "./check-flow.ts";
import { explainProblem, type FlowProblem } from "./problems.ts";
import { readFlow, readFlowValue } from "./read-flow.ts";
import { flowTools } from "./tools.ts";

const words = { zh: "好", en: "ok" };
const order = { id: "order", type: "order-number", label: words, question: words, again: words };
const end = { id: "bye", kind: "end", words };
const input = { orderNumber: "{{order}}" };
const lookup = {
  id: "find",
  kind: "lookup",
  tool: "orders.find",
  input,
  saveAs: "found",
  next: "bye",
  failed: "bye",
};
const urge = {
  id: "urge",
  kind: "do",
  tool: "orders.urge",
  input,
  confirm: words,
  next: "bye",
  declined: "bye",
  failed: "bye",
};

function problemsOf(steps: object[], slots: object[] = [order], name: object = words): FlowProblem[] {
  const read = readFlowValue({
    id: "it",
    version: 1,
    name,
    starts: { intents: [], phrases: { zh: [], en: [] } },
    slots,
    steps,
  });
  return read.kind === "refused" ? read.problems : checkFlow(read.flow, flowTools);
}

test("a sound flow has no problems", () => {
  expect(
    problemsOf([
      { id: "ask", kind: "ask", slot: "order", next: "find" },
      { ...lookup, next: "urge" },
      urge,
      end,
    ]),
  ).toEqual([]);
});

const say = (id: string, next?: string) => ({
  id,
  kind: "say",
  words,
  ...(next === undefined ? {} : { next }),
});

test.each<[string, object[], FlowProblem]>([
  [
    "a step that nothing leads to",
    [say("a", "bye"), end, say("lost", "bye")],
    { kind: "unreachable-step", step: "lost" },
  ],
  ["a branch that leads nowhere", [say("a")], { kind: "missing-branch", step: "a", branch: "next" }],
  [
    "a branch to a step that is not there",
    [say("a", "b")],
    { kind: "unknown-step", step: "a", branch: "next", to: "b" },
  ],
  [
    "a condition without else",
    [{ id: "c", kind: "condition", value: "order", cases: [{ is: "x", next: "bye" }] }, end],
    { kind: "missing-branch", step: "c", branch: "else" },
  ],
  [
    "a slot that is not there",
    [{ id: "a", kind: "ask", slot: "colour", next: "bye" }, end],
    { kind: "unknown-slot", step: "a", slot: "colour" },
  ],
  [
    "a tool that is not there",
    [{ ...lookup, tool: "orders.burn" }, end],
    { kind: "unknown-tool", step: "find", tool: "orders.burn" },
  ],
  [
    "a tool that changes the world in a lookup",
    [{ ...lookup, tool: "orders.urge" }, end],
    { kind: "wrong-tool", step: "find", tool: "orders.urge" },
  ],
  [
    "a needed input left out",
    [{ ...lookup, input: {} }, end],
    { kind: "wrong-input", step: "find", tool: "orders.find", field: "orderNumber" },
  ],
  [
    "an input that the tool has not",
    [{ ...lookup, input: { ...input, constructor: "x" } }, end],
    { kind: "wrong-input", step: "find", tool: "orders.find", field: "constructor" },
  ],
  [
    "a blank that nothing fills",
    [{ ...say("a", "bye"), words: { zh: "{{found.price}}", en: "ok" } }, end],
    { kind: "unknown-blank", step: "a", blank: "found.price" },
  ],
  [
    "a blank that does not end",
    [{ ...say("a", "bye"), words: { zh: "您的{{order}，好", en: "ok" } }, end],
    { kind: "unknown-blank", step: "a", blank: "您的order，好…" },
  ],
  [
    "a blank that does not begin, in what a tool is given",
    [{ ...lookup, input: { orderNumber: '{"no":{"is":1}}' } }, end],
    { kind: "unknown-blank", step: "find", blank: '"no":"is":1…' },
  ],
  [
    "a do without confirmation",
    [{ ...urge, confirm: undefined }, end],
    { kind: "no-confirmation", step: "urge" },
  ],
  [
    "an empty confirmation",
    [{ ...urge, confirm: { zh: "", en: "" } }, end],
    { kind: "no-confirmation", step: "urge" },
  ],
  [
    "a language missing",
    [{ ...say("a", "bye"), words: { zh: "好" } }, end],
    { kind: "missing-language", step: "a", language: "en", place: "words" },
  ],
  [
    "a spoken variant in one language",
    [{ ...say("a", "bye"), words: { ...words, spoken: { zh: "好" } } }, end],
    { kind: "missing-language", step: "a", language: "en", place: "words.spoken" },
  ],
  ["a name used twice", [say("a", "bye"), end, end], { kind: "duplicate-id", step: null, id: "bye" }],
  [
    "a loop without a turn",
    [say("a", "b"), say("b", "a")],
    { kind: "loop-without-turn", step: "a", steps: ["a", "b", "a"] },
  ],
  [
    "a loop through a lookup that repeats what is filled",
    [{ id: "ask", kind: "ask", slot: "order", next: "find" }, { ...lookup, notFound: "ask" }, end],
    { kind: "loop-without-turn", step: "ask", steps: ["ask", "find", "ask"] },
  ],
])("%s", (_name, steps, problem) => {
  expect(problemsOf(steps)).toContainEqual(problem);
});

test("a loop in which the customer is asked anew is sound", () => {
  const again = { id: "again", kind: "ask", slot: "order", isAnew: true, next: "find" };
  expect(
    problemsOf([
      { id: "ask", kind: "ask", slot: "order", next: "find" },
      { ...lookup, notFound: "again" },
      again,
      end,
    ]),
  ).toEqual([]);
});

test("a choice slot needs choices", () => {
  const problems = problemsOf(
    [{ id: "a", kind: "ask", slot: "order", next: "bye" }, end],
    [{ ...order, type: "choice" }],
  );
  expect(problems).toEqual([{ kind: "no-choices", step: null, slot: "order" }]);
});

describe("reading", () => {
  test.each([
    ["broken indents", "id: a\n  b: [", "unreadable"],
    ["a list", "- a", "unreadable"],
    ["nothing", "", "unreadable"],
    ["the same field twice", "id: a\nid: b", "unreadable"],
    [
      "aliases without end",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e"].map((k, i) => `${k}: &${k} [${Array(9).fill(`*${"abcd"[i]}`).join(",")}]`).join("\n")}`,
      "unreadable",
    ],
    ["nesting without end", `a: ${"[".repeat(20_000)}`, "unreadable"],
    ["too much", "#".repeat(300_001), "unreadable"],
    ["something else", "id: a\nprice: 3", "bad-shape"],
  ])("%s is refused with its reason", (_name, text, kind) => {
    const read = readFlow(text);
    expect(read.kind).toBe("refused");
    if (read.kind === "refused") expect(read.problems[0]?.kind).toBe(kind);
  });

  test("a wrong field of a step names the step", () => {
    const problems = problemsOf([{ id: "greet", kind: "say", words: 3 }]);
    expect(problems).toEqual([
      expect.objectContaining({ kind: "bad-shape", step: "greet", path: "steps.0.words" }),
    ]);
  });

  test("the line of broken YAML is told", () => {
    const read = readFlow("id: a\nname: {zh: 好\nversion: 1");
    expect(read.kind === "refused" && read.problems[0]).toMatchObject({ kind: "unreadable", line: 3 });
  });
});

test("every problem is explained in both languages, with its step", () => {
  const step = "s1";
  const all: FlowProblem[] = [
    { kind: "unreadable", step: null, line: 2, detail: "x" },
    { kind: "bad-shape", step, path: "p", detail: "x" },
    { kind: "duplicate-id", step: null, id: "x" },
    { kind: "unreachable-step", step },
    { kind: "missing-branch", step, branch: "next" },
    { kind: "unknown-step", step, branch: "next", to: "x" },
    { kind: "unknown-slot", step, slot: "x" },
    { kind: "unknown-tool", step, tool: "x" },
    { kind: "unknown-blank", step, blank: "x" },
    { kind: "wrong-tool", step, tool: "x" },
    { kind: "wrong-input", step, tool: "x", field: "y" },
    { kind: "no-choices", step: null, slot: "x" },
    { kind: "loop-without-turn", step, steps: ["a", "a"] },
    { kind: "no-confirmation", step },
    { kind: "missing-language", step, language: "en", place: "words" },
  ];
  for (const problem of all) {
    const { zh, en } = explainProblem(problem);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    if (problem.step !== null) expect(zh.includes("s1") && en.includes("s1")).toBe(true);
  }
});
