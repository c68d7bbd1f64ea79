// Where in the YAML a problem stands: its line, so that the editor can point at it. A text that cannot be parsed has only
// the line of the first error.

import type { FlowProblemShown } from "@yingda/contract";
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml";
import { explainProblem, type FlowProblem } from "./problems.ts";

/** The problems as they are shown, in their order. */
export function placeProblems(yaml: string, problems: readonly FlowProblem[]): FlowProblemShown[] {
  if (problems.length === 0) return [];
  const lines = new LineCounter();
  const document = parsed(yaml, lines);
  return problems.map((problem) => {
    const slot = slotOf(problem);
    return {
      kind: problem.kind,
      step: problem.step,
      slot,
      line: "line" in problem ? problem.line : document && lineOf(document, lines, problem, slot),
      text: explainProblem(problem),
    };
  });
}

function parsed(yaml: string, lineCounter: LineCounter): Document | null {
  try {
    const document = parseDocument(yaml, { lineCounter });
    return document.errors.length > 0 ? null : document;
  } catch {
    return null; // nested too deep: the problem says so
  }
}

/** The slot that a problem without a step is about: named by it, or the first part of its place. */
function slotOf(problem: FlowProblem): string | null {
  if (problem.step !== null) return null;
  if (problem.kind === "no-choices") return problem.slot;
  if (problem.kind === "missing-language") {
    const [slot, field] = problem.place.split(".");
    return field === undefined ? null : (slot ?? null);
  }
  return "slot" in problem ? (problem.slot ?? null) : null;
}

function lineOf(
  document: Document,
  lines: LineCounter,
  problem: FlowProblem,
  slot: string | null,
): number | null {
  if (problem.kind === "bad-shape") return lineAt(document, lines, problem.path.split("."));
  if (problem.step !== null)
    return lineAt(document, lines, ["steps", placeOf(document, "steps", problem.step)]);
  if (slot !== null) return lineAt(document, lines, ["slots", placeOf(document, "slots", slot)]);
  if (problem.kind === "wrong-id") return lineAt(document, lines, ["id"]);
  if (problem.kind === "missing-language") return lineAt(document, lines, ["name"]);
  return null;
}

function placeOf(document: Document, list: "steps" | "slots", id: string): number {
  const items = document.get(list);
  return isSeq(items) ? items.items.findIndex((item) => isMap(item) && item.get("id") === id) : -1;
}

/** The line of the deepest part of the path that stands in the text; null where not even its first does. */
function lineAt(document: Document, lines: LineCounter, path: (string | number)[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const keys = path.slice(0, length).map((key) => (/^\d+$/u.test(String(key)) ? Number(key) : key));
    const node = document.getIn(keys, true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return null;
}
