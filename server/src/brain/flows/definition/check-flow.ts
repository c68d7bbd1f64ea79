// Whether a flow may be published: every problem at once, each naming its step. A flow without problems never gets stuck
// and never acts without asking; a run is safe with any flow, but politely gives up where one is broken.

import { blanksIn } from "./blanks.ts";
import { checkGraph } from "./check-graph.ts";
import { checkOrder } from "./check-order.ts";
import type { Flow, FlowSlot, FlowStep, StepOf } from "./flow.ts";
import type { FlowProblem } from "./problems.ts";
import { branchesOf, type Text, textsOfSlot, textsOfStep } from "./steps.ts";
import { type FlowTools, fieldOf, toolNamed } from "./tools.ts";

interface Known {
  steps: Set<string>;
  slots: Map<string, FlowSlot>;
  /** Name of a result to the tools that may fill it. */
  results: Map<string, string[]>;
  tools: FlowTools;
}

/**
 * In:  a flow of the right shape, and the tools that it may use.
 * Out: what must be repaired before it is published, in the order of the steps; empty when it is ready.
 */
export function checkFlow(flow: Flow, tools: FlowTools): FlowProblem[] {
  const known = knownTo(flow, tools);
  const texts = [{ place: "name", text: flow.name }];
  return [
    ...duplicates(flow.steps.map(({ id }) => id)),
    ...duplicates(flow.slots.map(({ id }) => id)),
    ...missingLanguages(texts, null),
    ...flow.slots.flatMap((slot) => checkSlot(slot, known)),
    ...flow.steps.flatMap((step) => checkStep(step, known)),
    ...checkGraph(flow),
    ...checkOrder(flow, tools),
  ];
}

function knownTo(flow: Flow, tools: FlowTools): Known {
  const results = new Map<string, string[]>();
  for (const step of flow.steps) {
    if ((step.kind !== "lookup" && step.kind !== "do") || step.saveAs === undefined) continue;
    results.set(step.saveAs, [...(results.get(step.saveAs) ?? []), step.tool]);
  }
  const slots = new Map(flow.slots.map((slot) => [slot.id, slot]));
  return { steps: new Set(flow.steps.map(({ id }) => id)), slots, results, tools };
}

function duplicates(ids: string[]): FlowProblem[] {
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  return [...twice].map((id) => ({ kind: "duplicate-id", step: null, id }));
}

function checkSlot(slot: FlowSlot, known: Known): FlowProblem[] {
  const texts = textsOfSlot(slot);
  const unknown = unknownBlanks(texts, known, null).map((problem) => ({ ...problem, slot: slot.id }));
  const problems = [...missingLanguages(texts, null), ...unknown];
  if (slot.type !== "choice") return problems;
  if (slot.choicesFrom === undefined)
    return slot.choices.length > 0
      ? problems
      : [...problems, { kind: "no-choices", step: null, slot: slot.id }];
  return isKnownValue(slot.choicesFrom, known)
    ? problems
    : [...problems, { kind: "unknown-blank", step: null, slot: slot.id, blank: slot.choicesFrom }];
}

function checkStep(step: FlowStep, known: Known): FlowProblem[] {
  const texts = textsOfStep(step);
  const problems = [
    ...checkBranches(step, known),
    ...missingLanguages(texts, step.id),
    ...unknownBlanks(texts, known, step.id),
  ];
  if ((step.kind === "ask" || step.kind === "set") && !known.slots.has(step.slot))
    problems.push({ kind: "unknown-slot", step: step.id, slot: step.slot });
  if (step.kind === "set") problems.push(...blankProblems(blanksIn(step.value), known, step.id));
  if (step.kind === "condition") problems.push(...checkCondition(step, known));
  if (step.kind === "lookup" || step.kind === "do") problems.push(...checkTool(step, known));
  if (
    step.kind === "do" &&
    (step.confirm === undefined || (step.confirm.zh === "" && step.confirm.en === ""))
  )
    problems.push({ kind: "no-confirmation", step: step.id });
  return problems;
}

function checkBranches(step: FlowStep, known: Known): FlowProblem[] {
  return branchesOf(step).flatMap(({ name, to, isOptional }): FlowProblem[] => {
    if (to === undefined) return isOptional ? [] : [{ kind: "missing-branch", step: step.id, branch: name }];
    return known.steps.has(to) ? [] : [{ kind: "unknown-step", step: step.id, branch: name, to }];
  });
}

function checkCondition(step: StepOf<"condition">, known: Known): FlowProblem[] {
  if (isKnownValue(step.value, known)) return [];
  return step.value.includes(".")
    ? [{ kind: "unknown-blank", step: step.id, blank: step.value }]
    : [{ kind: "unknown-slot", step: step.id, slot: step.value }];
}

function checkTool(step: StepOf<"lookup"> | StepOf<"do">, known: Known): FlowProblem[] {
  const tool = toolNamed(known.tools, step.tool);
  if (tool === null) return [{ kind: "unknown-tool", step: step.id, tool: step.tool }];
  const problems = Object.values(step.input).flatMap((text) => blankProblems(blanksIn(text), known, step.id));
  if ((tool.effect === "read") !== (step.kind === "lookup"))
    problems.push({ kind: "wrong-tool", step: step.id, tool: step.tool });
  const needed = Object.keys(tool.input).filter((field) => !field.endsWith("?"));
  const wrong = [
    ...Object.keys(step.input).filter((field) => fieldOf(tool.input, field) === null),
    ...needed.filter((field) => !Object.hasOwn(step.input, field)),
  ];
  problems.push(
    ...wrong.map((field) => ({ kind: "wrong-input" as const, step: step.id, tool: step.tool, field })),
  );
  return problems;
}

function missingLanguages(texts: Text[], step: string | null): FlowProblem[] {
  return texts.flatMap(({ place, text }) =>
    (["zh", "en"] as const)
      .filter((language) => text[language] === "")
      .map((language) => ({ kind: "missing-language" as const, step, language, place })),
  );
}

function unknownBlanks(texts: Text[], known: Known, step: string | null): FlowProblem[] {
  return blankProblems(
    texts.flatMap(({ text }) => [...blanksIn(text.zh), ...blanksIn(text.en)]),
    known,
    step,
  );
}

function blankProblems(blanks: string[], known: Known, step: string | null): FlowProblem[] {
  return [...new Set(blanks)]
    .filter((blank) => !isKnownValue(blank, known))
    .map((blank) => ({ kind: "unknown-blank", step, blank }));
}

/** A slot's id, or a result with a field that one of its tools gives. */
function isKnownValue(name: string, { slots, results, tools }: Known): boolean {
  const [first = "", field] = name.split(".");
  if (field === undefined) return slots.has(first);
  return (results.get(first) ?? []).some((toolName) => {
    const tool = toolNamed(tools, toolName);
    return tool !== null && fieldOf(tool.output, field) !== null;
  });
}
