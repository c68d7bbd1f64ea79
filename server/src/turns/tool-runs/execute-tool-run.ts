// Does what a customer has confirmed, outside any transaction: claims the row, calls the tool under the row's key, writes what
// came of it. Called once per event and again after every crash, so each of the three steps may find the work of an
// earlier try:
//   asked              nobody has called the tool: claim and call
//   running            a try was cut off. The same key again where that is no second effect, else nobody knows
//   done/failed/unknown  nothing to do but to tell, which is tell-outcome.ts
import { doConfirmed, mayRepeat } from "../../brain/index.ts";
import { signedInCustomer } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { emit } from "../../platform/outbox/index.ts";
import { openWork, sealAnswer, type ToolAnswer } from "./tool-run-seal.ts";
import { endToolRun, lockToolRun, startToolRun, type ToolRunRow } from "./tool-run-store.ts";

/** Cut-off tries after which a person is asked instead. */
const mostAttempts = 3;
/** Below the minute after which the outbox takes a handler for hanging; a tool's own limits are shorter. */
const toolMs = 45_000;

type Claim = { kind: "call"; row: ToolRunRow } | { kind: "unknown"; row: ToolRunRow } | { kind: "over" };

/** @throws what the database throws; then the event comes again. */
export async function executeToolRun(ctx: Ctx, id: string): Promise<void> {
  const claimed = await claim(ctx, id);
  if (claimed.kind === "over") return;
  const { row } = claimed;
  const answer = claimed.kind === "unknown" ? null : await call(ctx, row);
  await finish(ctx, row, answer);
}

/** Locked while it is looked at, so that two at the same time do not both begin. */
async function claim(ctx: Ctx, id: string): Promise<Claim> {
  const seen = await transact(ctx, (tx) => lockToolRun(tx, id));
  const isRepeatable = seen ? await mayRepeat(ctx, seen) : false;
  return transact(ctx, async (tx) => {
    const row = await lockToolRun(tx, id);
    if (!row || (row.state !== "asked" && row.state !== "running")) return { kind: "over" };
    const isCutOff = row.state === "running" && (!isRepeatable || row.attempts >= mostAttempts);
    if (isCutOff) return { kind: "unknown", row };
    await startToolRun(tx, id);
    return { kind: "call", row };
  });
}

/** Null: nobody knows whether it was done. */
async function call(ctx: Ctx, row: ToolRunRow): Promise<ToolAnswer | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const { input } = openWork(vault, row);
  const { flow, tool, key, conversationId } = row;
  const deed = { flow, tool, input, key, conversationId };
  const { answer } = await doConfirmed(
    ctx,
    deed,
    () => signedInCustomer(ctx, conversationId),
    AbortSignal.timeout(toolMs),
  );
  return answer;
}

async function finish(ctx: Ctx, row: ToolRunRow, answer: ToolAnswer | null): Promise<void> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const state = answer === null ? "unknown" : answer.kind === "result" ? "done" : "failed";
  const sealedAnswer = answer && sealAnswer(vault, row.id, answer);
  const { conversationId, id: toolRunId } = row;
  await transact(ctx, async (tx) => {
    if (!(await endToolRun(tx, row.id, { state, sealedAnswer }, ctx.clock.now()))) return;
    const payload = { conversationId, toolRunId, state } as const;
    await emit(ctx, tx, conversationId, [{ kind: "tool-run-ended", payload }]);
  });
}
