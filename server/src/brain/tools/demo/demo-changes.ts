// The demo's order system as a tool that changes something: in this process, a row per change. The key makes it once:
// the same key again answers the same and changes nothing. Never goes through the network.

import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import type { ToolAnswer } from "../../flows/run/flow-run.ts";
import { demoChangesOf, nextDemoNumber, putDemoChange } from "./demo-change-store.ts";
import { askDemoOrders } from "./demo-orders.ts";
import { askDemoRules, planDemoChange, wordOf } from "./demo-rules.ts";

type Input = Record<string, unknown>;

const placeOf = (key: string) => ({ table: "demo_change", column: "sealed_input", row: key });
export const demoSealedColumn = { table: "demo_change", column: "sealed_input", rowFrom: ["key"] };

/** Makes a change once per key. "unavailable" for a tool that the demo does not have. */
export async function changeDemoOrders(
  ctx: Ctx,
  { tool, input, key }: { tool: string; input: Input; key: string },
): Promise<ToolAnswer> {
  const now = ctx.clock.now();
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return transact(ctx, async (tx) => {
    const number = await nextDemoNumber(tx, ctx.tenantId);
    const planned = planDemoChange(tool, input, number, now);
    if (planned?.kind !== "result") return planned ?? { kind: "failure", why: "unavailable" };
    const sealed_input = vault.seal(placeOf(key), JSON.stringify(input));
    const kept = await putDemoChange(tx, ctx.tenantId, { key, tool, sealed_input, number }, now);
    const first = JSON.parse(vault.openText(placeOf(key), kept.sealed_input)) as Input;
    return planDemoChange(kept.tool, first, kept.number, now) ?? planned;
  });
}

/** Asks the demo; an order whose address was changed has the new one. */
export async function askDemo(
  ctx: Ctx,
  { tool, input }: { tool: string; input: Input },
): Promise<ToolAnswer> {
  const now = ctx.clock.now();
  const answer = askDemoRules(tool, input, now) ?? askDemoOrders(tool, input, now);
  if (tool !== "orders.find" || answer.kind !== "result") return answer;
  const address = await addressOf(ctx, wordOf(input.orderNumber));
  return address === null ? answer : { kind: "result", fields: { ...answer.fields, address } };
}

async function addressOf(ctx: Ctx, orderNumber: string): Promise<string | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const rows = await transact(ctx, (tx) => demoChangesOf(tx, ctx.tenantId, "orders.change-address"));
  for (const { key, sealed_input } of rows) {
    const input = JSON.parse(vault.openText(placeOf(key), sealed_input)) as Input;
    if (wordOf(input.orderNumber) === orderNumber) return wordOf(input.address);
  }
  return null;
}
