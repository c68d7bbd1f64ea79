// Which of a shop's tools a large model may call in a turn. An allow-list: one that only reads, that is on for this inbox, that
// the owner has opened to the model, and that needs no proof of identity or has one. Everything else is never offered, and asked
// for all the same it is refused here a second time.

import { z } from "zod";
import type { ToolOffer } from "../../inference/index.ts";
import { holesOf } from "./call/fill-values.ts";
import type { KnownTool } from "./shop/definitions.ts";
import { provedInputs } from "./shop/definitions.ts";
import type { ConnectedTools } from "./shop/tool-cache.ts";

/** In the place of a flow's name, wherever a call says who makes it; no flow can be called so. */
export const modelCaller = "*model";

/** A tool as a model is offered it. */
export interface ModelTool {
  /** The shop's name for it ("erp.stock"). */
  name: string;
  title: string;
  /** Under a name that the protocol takes. */
  offer: ToolOffer;
}

/** Of these only a few; more confuse a model and cost at every question. */
const mostOffered = 12;
const longestInput = 200;
/** Characters that the protocol takes for a name. */
const longestName = 64;
const proved: readonly string[] = Object.values(provedInputs);

/** `isProved`: whether the contact has proved who they are in the way that the tool asks for. */
export function mayModelCall(
  { effect, isOn, modelMayCall, inboxes, identity }: Omit<KnownTool, "id">,
  inboxId: string | null,
  isProved: (how: "code" | "site-login") => boolean,
): boolean {
  if (effect !== "read" || !isOn || modelMayCall !== true) return false;
  if (inboxes !== null && inboxId !== null && !inboxes.includes(inboxId)) return false;
  return identity === "none" || isProved(identity);
}

export function modelToolsOf(
  connected: ConnectedTools,
  inboxId: string | null,
  isProved: (how: "code" | "site-login") => boolean,
): ModelTool[] {
  return [...connected.values()]
    .filter(({ tool }) => mayModelCall(tool, inboxId, isProved))
    .slice(0, mostOffered)
    .map(({ tool }, at) => asModelTool(tool, at));
}

/** `at`: its place among those offered, which tells long names apart. */
export function asModelTool(tool: Omit<KnownTool, "id">, at = 0): ModelTool {
  const { name, title, about } = tool;
  const called = name.replaceAll(/[^\w-]/gu, "_");
  const offer = {
    name: called.length <= longestName ? called : `${called.slice(0, longestName - 3)}_${at}`,
    description: [title, about].filter((text) => text !== "").join(". "),
    input: inputOf(tool),
  };
  return { name, title, offer };
}

/** What the owner named as inputs, and nothing else; what a proof fills is no input of a model. */
function inputOf({ parameters, call }: Omit<KnownTool, "id">): z.ZodType {
  const fields: Record<string, z.ZodType> = {};
  for (const { input, type, isRequired, value, about, name } of parameters) {
    if (input === null || proved.includes(input)) continue;
    const described = shapes[type]().describe(about === "" ? name : about);
    fields[input] = isRequired && value === undefined ? described : described.optional();
  }
  const holes = call.kind === "http" && call.body !== null ? holesOf(call.body) : [];
  for (const hole of holes)
    if (!proved.includes(hole)) fields[hole] ??= z.string().max(longestInput).optional();
  return z.strictObject(fields);
}

const shapes = {
  text: () => z.string().max(longestInput),
  number: () => z.number(),
  "yes-no": () => z.boolean(),
} as const;
