// SQL of the last import of past conversations; it holds no words. Owner: turns.

import type { MaskedCounts, RecordChoice, RecordImport, TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface ImportRow {
  state: RecordImport["state"];
  done: number;
  total: number;
  added: number;
  masked: MaskedCounts;
  choice: RecordChoice;
  at: Date;
}

const columns = "state, done, total, added, masked, choice, at";
/** One that has not moved for so long has died with its process. */
const diedAfter = "30 minutes";

export function findImport(tx: Tx, tenantId: TenantId): Promise<ImportRow | undefined> {
  return tx.maybe<ImportRow>(`select ${columns} from rehearsal_import where tenant_id = $1`, [tenantId]);
}

/** null while another one is going. */
export async function beginImport(
  tx: Tx,
  tenantId: TenantId,
  { choice, total, at }: Pick<ImportRow, "choice" | "total" | "at">,
): Promise<ImportRow | null> {
  const row = await tx.maybe<ImportRow>(
    `insert into rehearsal_import as i (tenant_id, state, total, choice, at) values ($1, 'running', $2, $3, $4)
     on conflict (tenant_id) do update set state = 'running', done = 0, added = 0, masked = '{}',
       total = excluded.total, choice = excluded.choice, at = excluded.at
     where i.state <> 'running' or i.at < excluded.at - interval '${diedAfter}'
     returning ${columns}`,
    [tenantId, total, JSON.stringify(choice), at],
  );
  return row ?? null;
}

export async function moveImport(tx: Tx, tenantId: TenantId, row: ImportRow): Promise<void> {
  await tx.run(
    "update rehearsal_import set state = $2, done = $3, added = $4, masked = $5 where tenant_id = $1",
    [tenantId, row.state, row.done, row.added, JSON.stringify(row.masked)],
  );
}
