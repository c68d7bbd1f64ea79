// A shop's tools as flows use them: which of its systems answers a lookup, which does what a customer confirmed, and how
// sure it is that it was done. A connected tool of that name goes first, then the demo's own order system where the flow
// is tied to it; without either a lookup is unavailable and a person does what was confirmed.

import type { Ctx } from "../../platform/context.ts";
import type { ToolAnswer } from "../flows/run/flow-run.ts";
import { callTool } from "./call/call-tool.ts";
import { askDemo, changeDemoOrders } from "./demo/demo-changes.ts";
import { canDemoDo } from "./demo/demo-rules.ts";
import { noteCall } from "./shop/call-log.ts";
import { openConnection } from "./shop/definitions.ts";
import type { ConnectedTool, ConnectedTools } from "./shop/tool-cache.ts";

export type ToolSource = "demo" | null;

/** Who calls: what a tool's rules are about. */
export interface ToolCaller {
  flow: string;
  source: ToolSource;
  inboxId: string | null;
  conversationId: string | null;
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

/** Asks a tool that only reads. */
export async function askShopTool(
  ctx: Ctx,
  connected: ConnectedTools,
  caller: ToolCaller,
  { tool, input }: { tool: string; input: Record<string, unknown> },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const found = allowed(connected, tool, caller);
  if (found !== null) {
    if (found.tool.effect !== "read") return { kind: "failure", why: "unavailable" };
    return (await call(ctx, found, caller, input, null, signal)) ?? { kind: "failure", why: "unavailable" };
  }
  if (caller.source === "demo") return askDemo(ctx, { tool, input });
  return { kind: "failure", why: "unavailable" };
}

/** Whether something is connected that does what this tool's name says. */
export function canDo(connected: ConnectedTools, tool: string, caller: ToolCaller): boolean {
  const found = allowed(connected, tool, caller);
  if (found !== null) return found.tool.effect === "change";
  return caller.source === "demo" && canDemoDo(tool);
}

/** Does what was confirmed. Throws nothing that the tool did; a database that is away throws, and it is tried again. */
export async function doShopTool(
  ctx: Ctx,
  connected: ConnectedTools,
  source: ToolSource,
  deed: ToolDeed,
  signal: AbortSignal,
): Promise<DeedOutcome> {
  const { flow, tool, input, key, conversationId } = deed;
  const caller: ToolCaller = { flow, source, inboxId: null, conversationId };
  const found = allowed(connected, tool, caller);
  if (found !== null && found.tool.effect === "change")
    return { answer: await call(ctx, found, caller, input, key, signal) };
  if (found === null && source === "demo") return { answer: await changeDemoOrders(ctx, deed) };
  return { answer: { kind: "failure", why: "not-done" } };
}

/** Whether a deed may be tried again when it is not known how far the first try came. */
export function isRepeatable(connected: ConnectedTools, source: ToolSource, tool: string): boolean {
  const found = connected.get(tool);
  return found === undefined ? source === "demo" : found.tool.idempotency !== null;
}

/** Null where the shop has no such tool, or this flow or inbox may not call it. */
function allowed(
  connected: ConnectedTools,
  name: string,
  { flow, inboxId }: ToolCaller,
): ConnectedTool | null {
  const found = connected.get(name);
  if (found === undefined) return null;
  const { flows, inboxes } = found.tool;
  const isFlows = flows === null || flows.includes(flow);
  const isInboxes = inboxes === null || inboxId === null || inboxes.includes(inboxId);
  return isFlows && isInboxes ? found : null;
}

async function call(
  ctx: Ctx,
  { tool, connection }: ConnectedTool,
  { flow, conversationId }: ToolCaller,
  input: Record<string, unknown>,
  key: string | null,
  signal: AbortSignal,
): Promise<ToolAnswer | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const given = { tool, connection: openConnection(vault, connection), input, key };
  const result = await callTool(ctx, given, signal);
  await noteCall(ctx, { toolId: tool.id, toolName: tool.name, by: "flow", flow, conversationId }, result);
  return result.answer;
}
