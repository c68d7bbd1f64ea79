// What a turn asks of tools that change the world: rows and events in the transaction of the reply that says so. Nothing is
// called here; tool-run-subscriber.ts does it after the commit.
import type { ConversationId } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import type { Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import type { TurnPlan } from "../plan-turn.ts";
import { sealWork } from "./tool-run-seal.ts";
import { type NewToolRun, putToolRun } from "./tool-run-store.ts";

/** Before the transaction, which holds statements only. */
export async function sealToolRuns(
  ctx: Ctx,
  conversationId: ConversationId,
  { deeds, memory }: Pick<TurnPlan, "deeds" | "memory">,
): Promise<NewToolRun[]> {
  if (deeds.length === 0) return [];
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return deeds.map(({ flow, step, tool, input, key }) => {
    const id = newId<string>();
    const sealedWork = sealWork(vault, id, { input, state: memory.flowState });
    return { id, conversationId, flow, step, tool, key, sealedWork };
  });
}

/** Call it last in the transaction: the events lock the conversation's outbox. */
export async function writeToolRuns(ctx: Ctx, tx: Tx, runs: readonly NewToolRun[]): Promise<void> {
  for (const run of runs) {
    if (!(await putToolRun(tx, ctx.tenantId, run, ctx.clock.now()))) continue;
    const { conversationId, id: toolRunId } = run;
    await emit(ctx, tx, conversationId, [{ kind: "tool-run-asked", payload: { conversationId, toolRunId } }]);
  }
}
