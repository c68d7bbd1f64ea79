/**
 * Which columns hold sealed values: the rooms list theirs, app.ts joins the lists, rotation walks them.
 * A column missing here would keep needing an old key, so a test compares the list with the schema.
 */
import type { Tx } from "../db/transact.ts";

export type SealedColumn = {
  table: string;
  column: string;
  /** Columns whose values, joined by ":", are the `row` the value was sealed with. */
  rowFrom: readonly string[];
};

/** The platform's own. */
export const platformSealedColumns: readonly SealedColumn[] = [
  { table: "media", column: "sealed_name", rowFrom: ["id"] },
  { table: "media", column: "sealed_file_key", rowFrom: ["id"] },
];

/** Columns of the schema named sealed_* that the list lacks, as "table.column". */
export async function columnsNotListed(tx: Tx, listed: readonly SealedColumn[]): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and column_name like 'sealed\\_%' order by 1`,
  );
  const known = new Set(listed.map(({ table, column }) => `${table}.${column}`));
  return rows.map(({ name }) => name).filter((name) => !known.has(name));
}

const plainName = /^[a-z_][a-z0-9_]*$/;

/** A name for use in SQL text; the lists are code, so anything unusual is a bug. */
export function sqlName(name: string): string {
  if (!plainName.test(name)) throw new Error(`not a plain SQL name: ${name}`);
  return `"${name}"`;
}
