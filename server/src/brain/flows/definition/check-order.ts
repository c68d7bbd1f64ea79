// Whether every blank that is spoken, or that a tool needs, has surely been asked or looked up on each way to its step. A
// run that comes to an unfilled blank gives up and hands over, so the author is told before. Part of check-flow.ts.

import { blanksIn } from "./blanks.ts";
import type { Flow, FlowCase, FlowSlot, FlowStep, FlowWords } from "./flow.ts";
import type { FlowProblem } from "./problems.ts";
import { branchesOf } from "./steps.ts";
import { type FlowTools, toolNamed } from "./tools.ts";

/** A way to a step: what was filled on it, and which tests of conditions came out how. */
interface Way {
  step: string;
  filled: ReadonlySet<string>;
  tests: ReadonlyMap<string, boolean>;
}

/**
 * Ways that differ are walked apart, so that a second condition on the same value goes as the first one did. A flow with
 * more ways than this has some unlooked at: none is refused that a customer could not meet.
 */
const mostWays = 4_000;

/** One problem per blank and step. Names that nothing fills at all are unknown-blank's affair. */
export function checkOrder(flow: Flow, tools: FlowTools): FlowProblem[] {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  const slots = new Map(flow.slots.map((slot) => [slot.id, slot]));
  const known = new Set([...slots.keys(), ...flow.steps.flatMap((step) => resultsOf(step))]);
  const missing = new Map<string, Set<string>>();
  const [first] = flow.steps;
  const open: Way[] = first === undefined ? [] : [{ step: first.id, filled: new Set(), tests: new Map() }];
  const seen = new Set<string>();
  for (let way = open.pop(); way !== undefined && seen.size < mostWays; way = open.pop()) {
    const step = steps.get(way.step);
    const key = JSON.stringify([way.step, [...way.filled].sort(), [...way.tests].sort()]);
    if (step === undefined || seen.has(key)) continue;
    seen.add(key);
    for (const blank of blanksNeeded(step, slots, tools)) {
      const [name = ""] = blank.split(".");
      if (!known.has(name) || way.filled.has(name)) continue;
      missing.set(step.id, (missing.get(step.id) ?? new Set()).add(blank));
    }
    open.push(...waysOn(step, way, slots));
  }
  return flow.steps.flatMap(({ id }): FlowProblem[] =>
    [...(missing.get(id) ?? [])].map((blank) => ({ kind: "used-before-asked", step: id, blank })),
  );
}

function waysOn(step: FlowStep, way: Way, slots: ReadonlyMap<string, FlowSlot>): Way[] {
  return branchesOf(step).flatMap(({ name, to }): Way[] => {
    if (to === undefined) return [];
    if (step.kind === "condition") {
      const tests = testsBehind(step.value, step.cases, name, way.tests);
      const [value = ""] = step.value.split(".");
      const isThere = provesFilled(step.cases, name);
      return tests === null
        ? []
        : [{ step: to, filled: isThere ? new Set([...way.filled, value]) : way.filled, tests }];
    }
    const { now, changed } = filledBehind(step, name, way.filled, slots);
    const tests = new Map([...way.tests].filter(([test]) => !isAbout(test, changed)));
    return [{ step: to, filled: now, tests }];
  });
}

/** What is filled behind a branch, and which name has another value than before. */
function filledBehind(
  step: FlowStep,
  branch: string,
  filled: ReadonlySet<string>,
  slots: ReadonlyMap<string, FlowSlot>,
): { now: Set<string>; changed: string | null } {
  const now = new Set(filled);
  if (step.kind === "ask") {
    if (step.isAnew) now.delete(step.slot);
    if (branch === "next" && slots.get(step.slot)?.isOptional !== true) now.add(step.slot);
    return { now, changed: step.isAnew || !filled.has(step.slot) ? step.slot : null };
  }
  if (step.kind === "set") {
    if (step.value === "") now.delete(step.slot);
    else now.add(step.slot);
    return { now, changed: step.slot };
  }
  const [result] = branch === "next" ? resultsOf(step) : [];
  if (result !== undefined) now.add(result);
  return { now, changed: result ?? null };
}

/** The tests as they come out on this branch; null when that cannot be after what came out before. */
function testsBehind(
  value: string,
  cases: readonly FlowCase[],
  branch: string,
  before: Way["tests"],
): Map<string, boolean> | null {
  const taken = caseOf(branch) ?? cases.length;
  const tests = new Map(before);
  for (const [at, { next: _, ...test }] of cases.slice(0, taken + 1).entries()) {
    const key = `${value} ${JSON.stringify(test)}`;
    const isMet = at === taken;
    if (before.get(key) === !isMet) return null;
    tests.set(key, isMet);
  }
  return tests;
}

function isAbout(test: string, name: string | null): boolean {
  const [value = ""] = test.split(" ");
  return name !== null && value.split(".")[0] === name;
}

/** Place of the case that a branch is; undefined for "else". */
function caseOf(branch: string): number | undefined {
  const at = /^case (\d+)$/u.exec(branch)?.[1];
  return at === undefined ? undefined : Number(at) - 1;
}

/** Past "is empty", and within any other case, the value is there. */
function provesFilled(cases: readonly FlowCase[], branch: string): boolean {
  const at = caseOf(branch);
  if (at === undefined) return cases.some(isEmptiness);
  const one = cases[at];
  if (one === undefined || one.isFilled === false) return false;
  return (
    one.isFilled === true || one.is !== undefined || one.atLeast !== undefined || one.atMost !== undefined
  );
}

function isEmptiness({ is, atLeast, atMost, isFilled }: FlowCase): boolean {
  return isFilled === false && is === undefined && atLeast === undefined && atMost === undefined;
}

function resultsOf(step: FlowStep): string[] {
  return (step.kind === "lookup" || step.kind === "do") && step.saveAs !== undefined ? [step.saveAs] : [];
}

/** The blanks without which the step cannot do its part. A summary does without. */
function blanksNeeded(step: FlowStep, slots: Map<string, FlowSlot>, tools: FlowTools): string[] {
  switch (step.kind) {
    case "say":
    case "choose":
      return blanksOfWords(step.words);
    case "ask": {
      const slot = slots.get(step.slot);
      return blanksOfWords(step.words ?? slot?.question);
    }
    case "lookup":
    case "do": {
      const fields = toolNamed(tools, step.tool)?.input ?? {};
      const needed = Object.entries(step.input).filter(([field]) => Object.hasOwn(fields, field));
      const spoken = step.kind === "do" ? blanksOfWords(step.confirm) : [];
      return [...needed.flatMap(([, text]) => blanksIn(text)), ...spoken];
    }
    case "end":
    case "ask-for-ticket":
      return blanksOfWords(step.words);
    // a hand-over that cannot say its own words has others; conditions and set take what is there
    case "hand-over":
    case "condition":
    case "set":
    case "wait":
      return [];
    default:
      return step satisfies never;
  }
}

function blanksOfWords(words: FlowWords | undefined): string[] {
  return words === undefined ? [] : [...blanksIn(words.zh), ...blanksIn(words.en)];
}
