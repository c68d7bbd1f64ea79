// The list of calls: when, which tool, for what, how it ended. Request and answer are redacted before they come here, and
// sealed; they end after 30 days. A call that cannot be written down is no reason to fail it.

import type { SentRequest, ToolCallEntry, ToolId } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx, Services } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids.ts";
import type { ToolCallResult } from "../call/call-tool.ts";
import { callRows, deleteCallsBefore, insertCall } from "./call-store.ts";
import { noteLastCall } from "./tool-store.ts";

const keptMs = 30 * 86_400_000;
const shown = 50;

const placeOf = (id: string) => ({ table: "tool_call", column: "sealed_details", row: id });
export const callSealedColumn = { table: "tool_call", column: "sealed_details", rowFrom: ["id"] };

export interface CallAbout {
  toolId: ToolId | null;
  toolName: string;
  by: "flow" | "test" | "model";
  flow: string | null;
  conversationId: string | null;
}

export async function noteCall(ctx: Ctx, about: CallAbout, result: ToolCallResult): Promise<void> {
  try {
    const vault = await ctx.vault.forTenant(ctx.tenantId);
    const id = newId<string>();
    const at = ctx.clock.now();
    const { state, status, error, request, excerpt, tookMs } = result;
    const sealedDetails = vault.seal(placeOf(id), JSON.stringify({ request, excerpt }));
    const code = error?.code ?? null;
    await transact(ctx, async (tx) => {
      await insertCall(tx, ctx.tenantId, {
        id,
        at,
        ...about,
        state,
        status,
        error: code,
        tookMs,
        sealedDetails,
      });
      if (about.toolId !== null)
        await noteLastCall(tx, ctx.tenantId, about.toolId, { at, state, error: code });
    });
  } catch (error) {
    ctx.log.warn({ err: error }, "tool call not written down");
  }
}

/** The newest 50, or those before an id. */
export async function listToolCalls(
  ctx: Ctx,
  { tool, before }: { tool?: ToolId | undefined; before?: string | undefined },
): Promise<ToolCallEntry[]> {
  requirePermission(ctx, "settings-read");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const rows = await transact(ctx, (tx) => callRows(tx, ctx.tenantId, { tool, before, limit: shown }));
  return rows.map(({ at, sealedDetails, ...row }) => {
    const details: { request: SentRequest | null; excerpt: string } =
      sealedDetails === null
        ? { request: null, excerpt: "" }
        : JSON.parse(vault.openText(placeOf(row.id), sealedDetails));
    return { ...row, at: at.toISOString(), ...details };
  });
}

export async function purgeToolCalls({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  return db.system((tx) => deleteCallsBefore(tx, new Date(clock.nowMs() - keptMs)));
}
