// SQL for the list of calls.

import type { TenantId, ToolId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface CallRow {
  id: string;
  toolId: ToolId | null;
  toolName: string;
  at: Date;
  by: "flow" | "test" | "model";
  flow: string | null;
  conversationId: string | null;
  state: "done" | "failed" | "unknown";
  status: number | null;
  error: string | null;
  tookMs: number;
  sealedDetails: Buffer | null;
}

export async function insertCall(tx: Tx, tenantId: TenantId, call: CallRow): Promise<void> {
  await tx.run(
    `insert into tool_call (tenant_id, id, tool_id, tool_name, at, by, flow, conversation_id, state, status, error, took_ms,
       sealed_details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tenantId,
      call.id,
      call.toolId,
      call.toolName,
      call.at,
      call.by,
      call.flow,
      call.conversationId,
      call.state,
      call.status,
      call.error,
      call.tookMs,
      call.sealedDetails,
    ],
  );
}

/** The newest first; ids are in the order of time. */
export function callRows(
  tx: Tx,
  tenantId: TenantId,
  { tool, before, limit }: { tool?: ToolId | undefined; before?: string | undefined; limit: number },
): Promise<CallRow[]> {
  return tx.rows(
    `select id, tool_id as "toolId", tool_name as "toolName", at, by, flow, conversation_id as "conversationId", state, status,
       error, took_ms as "tookMs", sealed_details as "sealedDetails" from tool_call
     where tenant_id = $1 and ($2::uuid is null or tool_id = $2) and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [tenantId, tool ?? null, before ?? null, limit],
  );
}

/** System role: all tenants. */
export function deleteCallsBefore(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from tool_call where at < $1", [before]);
}
