// The text of each flow of a tenant: the one that ships, or the tenant's own; read, checked, with its problems.

import { readFlowDialogues, readFlows } from "@yingda/templates";
import { checkFlow } from "../definition/check-flow.ts";
import type { Flow } from "../definition/flow.ts";
import type { FlowProblem } from "../definition/problems.ts";
import { type FlowRead, readFlow } from "../definition/read-flow.ts";
import { type FlowTools, flowTools } from "../definition/tools.ts";
import type { FlowRow } from "./flow-store.ts";

export interface FlowText {
  id: string;
  yaml: string;
  isOwn: boolean;
  /** Null when the text cannot be read at all. */
  flow: Flow | null;
  /** A flow with problems does not run. */
  problems: FlowProblem[];
}

let shipped: Map<string, FlowText> | null = null;
let shippedDialogues: Map<string, string> | null = null;

/** The ten that ship, by id; read and checked once per process. */
export function shippedFlows(): ReadonlyMap<string, FlowText> {
  shipped ??= new Map(readFlows().map(({ name, text }) => [name, flowText(name, text, false)]));
  return shipped;
}

/** The dialogues that ship with a flow; "" for a tenant's own flow. */
export function dialoguesOf(id: string, row: FlowRow | undefined): string {
  shippedDialogues ??= new Map(readFlowDialogues().map(({ name, text }) => [name, text]));
  return row?.dialogues ?? shippedDialogues.get(id) ?? "";
}

/** The text that counts for the tenant's customers; null when nothing of that id is published. */
export function textOfFlow(
  id: string,
  row: FlowRow | undefined,
  tools: FlowTools = flowTools,
): FlowText | null {
  if (row !== undefined && row.yaml !== null) return flowText(id, row.yaml, true, tools);
  return shippedFlows().get(id) ?? null;
}

/** A text as the flow of this id: read, with what is wrong with it. `tools`: with the tenant's own. */
export function flowText(id: string, yaml: string, isOwn: boolean, tools: FlowTools = flowTools): FlowText {
  const read = readOnce(yaml);
  if (read.kind === "refused") return { id, yaml, isOwn, flow: null, problems: read.problems };
  const { flow } = read;
  const problems = checkFlow(flow, tools);
  if (flow.id !== id) problems.unshift({ kind: "wrong-id", step: null, id });
  return { id, yaml, isOwn, flow, problems };
}

/** Texts read lately, the longest unused first: a list of flows reads each every time it is shown. */
const texts = new Map<string, FlowRead>();
const mostTexts = 60;

function readOnce(yaml: string): FlowRead {
  const known = texts.get(yaml);
  if (known !== undefined) texts.delete(yaml);
  const read = known ?? readFlow(yaml);
  texts.set(yaml, read);
  const [oldest] = texts.size > mostTexts ? texts.keys() : [];
  if (oldest !== undefined) texts.delete(oldest);
  return read;
}
