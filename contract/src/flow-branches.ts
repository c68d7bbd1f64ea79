// Where a step of a flow can lead: the edges of the editor's canvas and what the checker walks.

import type { FlowStep } from "./flow-shape.ts";

export interface FlowBranch {
  /** "next", "gaveUp", "case 1", or the value of an option. */
  name: string;
  to: string | undefined;
  /** An absent optional branch has a fallback; any other absent one is a hole. */
  isOptional: boolean;
  /** Where the name of the next step stands within the step: ["next"], ["options", 0, "next"]. */
  path: (string | number)[];
}

const must = (name: string, to: string | undefined, path: FlowBranch["path"] = [name]): FlowBranch => ({
  name,
  to,
  isOptional: false,
  path,
});
const may = (name: string, to: string | undefined): FlowBranch => ({
  name,
  to,
  isOptional: true,
  path: [name],
});

/** Every way out of a step. None for hand-over and end. */
export function branchesOfStep(step: FlowStep): FlowBranch[] {
  switch (step.kind) {
    case "say":
    case "set":
    case "ask-for-ticket":
      return [must("next", step.next)];
    case "ask":
      return [must("next", step.next), may("gaveUp", step.gaveUp)];
    case "choose":
      return [
        ...step.options.map(({ value, next }, at) => must(value, next, ["options", at, "next"])),
        may("gaveUp", step.gaveUp),
      ];
    case "condition":
      return [
        ...step.cases.map(({ next }, at) => must(`case ${at + 1}`, next, ["cases", at, "next"])),
        must("else", step.else),
      ];
    case "lookup":
      return [must("next", step.next), may("notFound", step.notFound), must("failed", step.failed)];
    case "do":
      return [
        must("next", step.next),
        must("declined", step.declined),
        may("refused", step.refused),
        must("failed", step.failed),
      ];
    case "wait":
      return [must("next", step.next), may("said", step.said)];
    case "hand-over":
    case "end":
      return [];
    default:
      return step satisfies never;
  }
}
