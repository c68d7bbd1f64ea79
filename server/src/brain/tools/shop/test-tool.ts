// Trying a tool from its page: what would be sent, and for a tool that only reads what comes back, with the true error. A
// tool that changes something is only ever shown.

import type { ToolId, ToolTest } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { callTool, dryRun } from "../call/call-tool.ts";
import { noteCall } from "./call-log.ts";
import { openConnection } from "./definitions.ts";
import { livingConnection } from "./manage-connections.ts";
import { findToolRow } from "./tool-store.ts";

const testMs = 25_000;
const exampleKey = "test:0";

/** @throws AppError tool/not-found, tool/input-missing, tool/secret-missing, tool/test-would-change */
export async function testTool(
  ctx: Ctx,
  id: ToolId,
  { input, isLive }: { input: Record<string, string | number | boolean>; isLive: boolean },
): Promise<ToolTest> {
  requirePermission(ctx, "settings-write");
  const { tool, row } = await transact(ctx, async (tx) => {
    const found = await findToolRow(tx, ctx.tenantId, id);
    if (found === undefined) throw new AppError("tool/not-found");
    return { tool: found.definition, row: await livingConnection(ctx, tx, found.connection_id) };
  });
  if (isLive && tool.effect === "change") throw new AppError("tool/test-would-change");
  const connection = openConnection(await ctx.vault.forTenant(ctx.tenantId), row);
  const given = { tool, connection, input, key: tool.effect === "change" ? exampleKey : null };
  const request = await dryRun(ctx, given);
  if (!isLive) return { request, reply: null };
  const result = await callTool(ctx, given, AbortSignal.timeout(testMs));
  const about = { toolId: id, toolName: tool.name, by: "test", flow: null, conversationId: null } as const;
  await noteCall(ctx, about, result);
  const { state, status, tookMs, excerpt, error, answer } = result;
  const fields = answer?.kind === "result" ? answer.fields : {};
  return { request: result.request ?? request, reply: { state, status, tookMs, fields, excerpt, error } };
}
