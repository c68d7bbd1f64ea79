// A shop's tools as flows use them: which of its systems answers a lookup, which does what a customer confirmed, and how
// sure it is that it was done. The demo's own order system, or none; a lookup without a system is unavailable.

import type { Ctx } from "../../platform/context.ts";
import type { ToolAnswer } from "../flows/run/flow-run.ts";
import { askDemo, changeDemoOrders } from "./demo/demo-changes.ts";
import { canDemoDo } from "./demo/demo-rules.ts";

export type ToolSource = "demo" | null;

export async function askShopTool(
  ctx: Ctx,
  source: ToolSource,
  call: { tool: string; input: Record<string, unknown> },
): Promise<ToolAnswer> {
  if (source === "demo") return askDemo(ctx, call);
  return { kind: "failure", why: "unavailable" };
}

/** Whether a tool that changes something is connected. */
export function canDo(source: ToolSource, tool: string): boolean {
  return source === "demo" && canDemoDo(tool);
}

export interface ToolDeed {
  flow: string;
  tool: string;
  input: Record<string, unknown>;
  /** The same for every try: what makes the effect one. */
  key: string;
  conversationId: string | null;
}

/** `answer` null: perhaps done, perhaps not. */
export interface DeedOutcome {
  answer: ToolAnswer | null;
}

/** Does what was confirmed. Throws nothing that the tool did; a database that is away throws, and it is tried again. */
export async function doShopTool(
  ctx: Ctx,
  source: ToolSource,
  deed: ToolDeed,
  signal: AbortSignal,
): Promise<DeedOutcome> {
  signal.throwIfAborted();
  if (source === "demo") return { answer: await changeDemoOrders(ctx, deed) };
  return { answer: { kind: "failure", why: "not-done" } };
}

/** Whether a deed may be tried again when it is not known how far the first try came. */
export function isRepeatable(source: ToolSource): boolean {
  return source === "demo";
}
