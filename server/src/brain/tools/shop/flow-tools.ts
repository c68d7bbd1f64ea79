// The tools that flows of a shop may name: the abstract ones that ship, and the shop's own under their names. Where a shop
// connects an abstract one ("orders.find"), the shipped inputs and outputs stay what flows are checked against.

import type { Ctx } from "../../../platform/context.ts";
import type { FlowTool, FlowTools, ToolField } from "../../flows/definition/tools.ts";
import { flowTools } from "../../flows/definition/tools.ts";
import { holesOf } from "../call/fill-values.ts";
import { type KnownTool, provedInputs } from "./definitions.ts";
import { type ConnectedTools, connectedTools } from "./tool-cache.ts";

const proved: readonly string[] = Object.values(provedInputs);

/** Off tools are not among them: a flow that needs one has a problem and does not run. */
export function flowToolsOf(connected: ConnectedTools): FlowTools {
  const own = [...connected]
    .filter(([name]) => !Object.hasOwn(flowTools, name))
    .map(([name, { tool }]): [string, FlowTool] => [name, asFlowTool(tool)]);
  return own.length === 0 ? flowTools : { ...flowTools, ...Object.fromEntries(own) };
}

export async function shopFlowTools(ctx: Ctx): Promise<FlowTools> {
  return flowToolsOf(await connectedTools(ctx));
}

function asFlowTool({ effect, title, parameters, picks, call }: KnownTool): FlowTool {
  const given = parameters.flatMap(({ input, isRequired, value }) =>
    input === null || proved.includes(input)
      ? []
      : [[isRequired && value === undefined ? input : `${input}?`, "text"] as const],
  );
  const holes = call.kind === "http" && call.body !== null ? holesOf(call.body) : [];
  const named = new Set(given.map(([name]) => name.replace(/\?$/u, "")));
  const more = holes
    .filter((name) => !named.has(name) && !proved.includes(name))
    .map((name) => [`${name}?`, "text"] as const);
  const output = picks.map(({ name, type }): [string, ToolField] => [`${name}?`, type]);
  return {
    effect,
    about: { zh: title, en: title },
    input: Object.fromEntries([...given, ...more]),
    output: Object.fromEntries(output),
  };
}

/** Inputs of a tool that traces never show. */
export function redactedInputs(connected: ConnectedTools, tool: string): readonly string[] {
  return connected.get(tool)?.tool.redact ?? [];
}
