// The shape of a flow's graph: steps that nothing leads to, and rounds that never wait for the customer. Part of
// check-flow.ts.

import type { Flow, FlowStep } from "./flow.ts";
import type { FlowProblem } from "./problems.ts";
import { branchesOf, needsTurn } from "./steps.ts";

/** Unreachable steps, and one problem per loop without a turn. */
export function checkGraph(flow: Flow): FlowProblem[] {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  return [...unreachable(flow, steps), ...loops(flow, steps)];
}

function unreachable(flow: Flow, steps: Map<string, FlowStep>): FlowProblem[] {
  const seen = new Set<string>();
  const open = flow.steps.slice(0, 1).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.get(id);
    if (step === undefined || seen.has(id)) continue;
    seen.add(id);
    open.push(...targets(step));
  }
  return flow.steps
    .filter(({ id }) => !seen.has(id))
    .map(({ id }) => ({ kind: "unreachable-step", step: id }));
}

/** Depth first among the steps that wait for nobody; meeting a step of the present path closes a round. */
function loops(flow: Flow, steps: Map<string, FlowStep>): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const finished = new Set<string>();
  const visit = (id: string, path: string[]): void => {
    const step = steps.get(id);
    if (step === undefined || needsTurn(step) || finished.has(id)) return;
    const from = path.indexOf(id);
    if (from >= 0) {
      problems.push({ kind: "loop-without-turn", step: id, steps: [...path.slice(from), id] });
      return;
    }
    for (const to of targets(step)) visit(to, [...path, id]);
    finished.add(id);
  };
  for (const { id } of flow.steps) visit(id, []);
  return problems;
}

function targets(step: FlowStep): string[] {
  return branchesOf(step).flatMap(({ to }) => (to === undefined ? [] : [to]));
}
