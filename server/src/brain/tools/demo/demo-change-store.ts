// SQL for what the demo's order system was asked to change.

import type { TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface DemoChangeRow {
  key: string;
  tool: string;
  sealed_input: Buffer;
  number: number;
}

/** The number that a new change gets. */
export async function nextDemoNumber(tx: Tx, tenantId: TenantId): Promise<number> {
  const { next } = await tx.one<{ next: number }>(
    "select coalesce(max(number), 0) + 1 as next from demo_change where tenant_id = $1",
    [tenantId],
  );
  return next;
}

/** The change of this key, made now or before. */
export async function putDemoChange(
  tx: Tx,
  tenantId: TenantId,
  change: DemoChangeRow,
  at: Date,
): Promise<DemoChangeRow> {
  await tx.run(
    `insert into demo_change (tenant_id, key, tool, sealed_input, number, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, key) do nothing`,
    [tenantId, change.key, change.tool, change.sealed_input, change.number, at],
  );
  return tx.one<DemoChangeRow>(
    "select key, tool, sealed_input, number from demo_change where tenant_id = $1 and key = $2",
    [tenantId, change.key],
  );
}

/** The newest first. */
export function demoChangesOf(tx: Tx, tenantId: TenantId, tool: string): Promise<DemoChangeRow[]> {
  return tx.rows<DemoChangeRow>(
    `select key, tool, sealed_input, number from demo_change where tenant_id = $1 and tool = $2
     order by number desc limit 200`,
    [tenantId, tool],
  );
}
