// A flow from YAML and back to YAML. Reading never throws: what is wrong comes back as problems with the line or the
// step. Called by the editor's import and export, by the packs and by tests.

import { type Document, isMap, parseDocument, stringify } from "yaml";
import type { z } from "zod";
import { type Flow, flowShape } from "./flow.ts";
import type { FlowProblem } from "./problems.ts";

export type FlowRead = { kind: "read"; flow: Flow } | { kind: "refused"; problems: FlowProblem[] };

const longestText = 300_000; // characters; the longest flow shipped has under 15,000
const mostAliases = 100; // a document of aliases of aliases grows without end
const mostProblems = 50;

/** Reads one flow from YAML. Says nothing about its sense: that is `checkFlow`. */
export function readFlow(text: string): FlowRead {
  if (text.length > longestText) return refused(null, `longer than ${longestText} characters`);
  let document: Document.Parsed;
  let value: unknown;
  try {
    document = parseDocument(text);
    const [error] = document.errors;
    if (error !== undefined) return refused(error.linePos?.[0].line ?? null, error.code);
    value = document.toJS({ maxAliasCount: mostAliases });
  } catch {
    return refused(null, "nested too deep, or too many aliases"); // the two that the library throws for
  }
  if (!isMap(document.contents)) return refused(null, "a flow is a list of named fields");
  return readFlowValue(value);
}

/** Reads a flow from a value: the editor's canvas, or a stored copy. */
export function readFlowValue(value: unknown): FlowRead {
  const parsed = flowShape.safeParse(value);
  if (parsed.success) return { kind: "read", flow: parsed.data };
  const problems = parsed.error.issues.slice(0, mostProblems).map((issue) => shapeProblem(issue, value));
  return { kind: "refused", problems };
}

/** The same flow as YAML, in the order in which people read it. */
export function writeFlow(flow: Flow): string {
  return stringify(flow, { lineWidth: 0, aliasDuplicateObjects: false });
}

function refused(line: number | null, detail: string): FlowRead {
  return { kind: "refused", problems: [{ kind: "unreadable", step: null, line, detail }] };
}

function shapeProblem(issue: z.core.$ZodIssue, value: unknown): FlowProblem {
  const path = issue.path.map(String);
  return { kind: "bad-shape", step: stepAt(path, value), path: path.join("."), detail: issue.message };
}

function stepAt([list, index]: string[], value: unknown): string | null {
  if (list !== "steps" || index === undefined) return null;
  const steps = (value as { steps?: unknown }).steps;
  const step: unknown = Array.isArray(steps) ? steps[Number(index)] : undefined;
  const id = typeof step === "object" && step !== null ? (step as { id?: unknown }).id : undefined;
  return typeof id === "string" ? id : `#${Number(index) + 1}`;
}
