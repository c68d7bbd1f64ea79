// The text of each flow of a tenant: the one that ships, or the tenant's own; read, checked, with its problems.

import { readFlows } from "@yingda/templates";
import { checkFlow } from "../definition/check-flow.ts";
import type { Flow } from "../definition/flow.ts";
import type { FlowProblem } from "../definition/problems.ts";
import { readFlow } from "../definition/read-flow.ts";
import { flowTools } from "../definition/tools.ts";
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

/** The ten that ship, by id; read and checked once per process. */
export function shippedFlows(): ReadonlyMap<string, FlowText> {
  shipped ??= new Map(readFlows().map(({ name, text }) => [name, flowText(name, text, false)]));
  return shipped;
}

/** The text that counts for the tenant; null when there is no flow of that id. */
export function textOfFlow(id: string, row: FlowRow | undefined): FlowText | null {
  if (row !== undefined && row.yaml !== null) return flowText(id, row.yaml, true);
  return shippedFlows().get(id) ?? null;
}

function flowText(id: string, yaml: string, isOwn: boolean): FlowText {
  const read = readFlow(yaml);
  if (read.kind === "refused") return { id, yaml, isOwn, flow: null, problems: read.problems };
  return { id, yaml, isOwn, flow: read.flow, problems: checkFlow(read.flow, flowTools) };
}
