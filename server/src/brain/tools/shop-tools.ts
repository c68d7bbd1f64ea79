// Asks a shop's tool that only reads, in whichever system the shop has connected. Today that is the demo's own order
// system or none; a lookup without a system is unavailable, and the flow hands over to a person.

import type { ToolAnswer } from "../flows/run/flow-run.ts";
import { askDemoOrders } from "./demo/demo-orders.ts";

export async function askShopTool(
  source: "demo" | null,
  { tool, input }: { tool: string; input: Record<string, unknown> },
  now: Date,
): Promise<ToolAnswer> {
  if (source === "demo") return askDemoOrders(tool, input, now);
  return { kind: "failure", why: "unavailable" };
}
