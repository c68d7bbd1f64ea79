// A tenant's tables out of the database, ready to be asked. Called by the knowledge cache.

import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { prepareTables } from "../../tables/ask-tables.ts";
import { type KnownTable, knownTable } from "./known-table.ts";
import { listTableRows } from "./table-store.ts";

/** One table after the other, with others served between them: the largest takes some 100 ms. */
export async function loadTables(ctx: Ctx): Promise<KnownTable[]> {
  const rows = await transact(ctx, (tx) => listTableRows(tx, ctx.tenantId));
  const tables: KnownTable[] = [];
  for (const row of rows) {
    const known = knownTable(row);
    prepareTables([known.table]);
    tables.push(known);
    await new Promise((resume) => setImmediate(resume));
  }
  return tables;
}
