// SQL for the flows that a tenant has switched on or written anew.

import type { TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface FlowRow {
  flow: string;
  is_on: boolean;
  version: number;
  /** Null: the shipped text. */
  yaml: string | null;
  tools: "demo" | null;
}

const columns = "flow, is_on, version, yaml, tools";

export function listFlowRows(tx: Tx, tenantId: TenantId): Promise<FlowRow[]> {
  return tx.rows<FlowRow>(`select ${columns} from tenant_flow where tenant_id = $1`, [tenantId]);
}

export function findFlowRow(tx: Tx, tenantId: TenantId, flow: string): Promise<FlowRow | undefined> {
  return tx.maybe<FlowRow>(`select ${columns} from tenant_flow where tenant_id = $1 and flow = $2`, [
    tenantId,
    flow,
  ]);
}

/** Switches a flow. `tools`: which system its lookups ask from now on; undefined leaves it. */
export async function writeFlowSwitch(
  tx: Tx,
  tenantId: TenantId,
  { flow, isOn, tools, at }: { flow: string; isOn: boolean; tools?: "demo" | null | undefined; at: Date },
): Promise<void> {
  await tx.run(
    `insert into tenant_flow (tenant_id, flow, is_on, tools, changed_at) values ($1, $2, $3, $4, $6)
     on conflict (tenant_id, flow) do update set is_on = excluded.is_on, changed_at = excluded.changed_at,
       version = tenant_flow.version + 1, tools = case when $5 then excluded.tools else tenant_flow.tools end`,
    [tenantId, flow, isOn, tools ?? null, tools !== undefined, at],
  );
}
