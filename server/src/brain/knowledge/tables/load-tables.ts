// A tenant's tables out of the database, ready to be asked. Called by the knowledge cache.

import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { type KnownTable, knownTable } from "./known-table.ts";
import { listTableRows } from "./table-store.ts";

/** One table after the other, with others served between them: an ordinary one takes some ms, the largest a second. */
export async function loadTables(ctx: Ctx): Promise<KnownTable[]> {
  const rows = await transact(ctx, (tx) => listTableRows(tx, ctx.tenantId));
  const tables: KnownTable[] = [];
  for (const row of rows) {
    tables.push(knownTable(row));
    await new Promise((resume) => setImmediate(resume));
  }
  return tables;
}
