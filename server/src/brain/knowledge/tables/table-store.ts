// SQL for the shop's tables. Cells are the shop's own words and stand in clear, as FAQs do.

import type { TableDraft, TableId, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface TableSummaryRow {
  id: TableId;
  name: string;
  row_count: number;
  column_count: number;
  problem_count: number;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
}
export interface TableRow extends TableSummaryRow {
  rows: string[][];
}
/** The counts of the reading that the list shows. */
export interface TableCounts {
  rowCount: number;
  columnCount: number;
  problemCount: number;
}
export type CountedDraft = TableDraft & TableCounts & { id: TableId };
export interface ByWhom {
  userId: UserId | null;
  at: Date;
}

const summary = "id, name, row_count, column_count, problem_count, version, updated_at, deleted_at";
const columns = `${summary}, rows`;

/** All living tables without their rows, in the order they were made. */
export function listTableSummaries(tx: Tx, tenantId: TenantId): Promise<TableSummaryRow[]> {
  return tx.rows<TableSummaryRow>(
    `select ${summary} from shop_table where tenant_id = $1 and deleted_at is null order by id`,
    [tenantId],
  );
}

/** All living tables, in the order they were made. */
export function listTableRows(tx: Tx, tenantId: TenantId): Promise<TableRow[]> {
  return tx.rows<TableRow>(
    `select ${columns} from shop_table where tenant_id = $1 and deleted_at is null order by id`,
    [tenantId],
  );
}

/** One table, deleted or not. */
export function findTableRow(tx: Tx, tenantId: TenantId, id: TableId): Promise<TableRow | undefined> {
  return tx.maybe<TableRow>(`select ${columns} from shop_table where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

/** How many there are. Makes others who add a table wait until this transaction ends, so that the limit holds. */
export async function countTables(tx: Tx, tenantId: TenantId): Promise<number> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('shop_table' || $1::text, 0))", [tenantId]);
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from shop_table where tenant_id = $1 and deleted_at is null",
    [tenantId],
  );
  return count;
}

/** Fails with PostgreSQL's 23505 when a living table has the name. */
export function insertTableRow(
  tx: Tx,
  tenantId: TenantId,
  draft: CountedDraft,
  by: ByWhom,
): Promise<TableRow> {
  return tx.one<TableRow>(
    `insert into shop_table (tenant_id, id, name, rows, row_count, column_count, problem_count, updated_at, updated_by)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9) returning ${columns}`,
    [tenantId, draft.id, ...values(draft), by.at, by.userId],
  );
}

/** Writes over a table of exactly this version; undefined when somebody else was faster. */
export function updateTableRow(
  tx: Tx,
  tenantId: TenantId,
  draft: CountedDraft & { version: number },
  by: ByWhom,
): Promise<TableRow | undefined> {
  return tx.maybe<TableRow>(
    `update shop_table set name = $3, rows = $4::jsonb, row_count = $5, column_count = $6, problem_count = $7,
       updated_at = $8, updated_by = $9, version = version + 1
     where tenant_id = $1 and id = $2 and version = $10 and deleted_at is null returning ${columns}`,
    [tenantId, draft.id, ...values(draft), by.at, by.userId, draft.version],
  );
}

function values({ name, rows, rowCount, columnCount, problemCount }: CountedDraft): unknown[] {
  return [name, JSON.stringify(rows), rowCount, columnCount, problemCount];
}

export function markTableDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: TableId,
  at: Date,
): Promise<TableRow | undefined> {
  return tx.maybe<TableRow>(
    `update shop_table set deleted_at = $3, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [tenantId, id, at],
  );
}

/** Undoes a deletion that is not older than `since`. */
export function unmarkTableDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: TableId,
  since: Date,
): Promise<TableRow | undefined> {
  return tx.maybe<TableRow>(
    `update shop_table set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3 returning ${columns}`,
    [tenantId, id, since],
  );
}

/** Ends what can no longer be restored. System role: all tenants. */
export function purgeDeletedTables(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from shop_table where deleted_at < $1", [before]);
}
