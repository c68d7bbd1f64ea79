/**
 * Encrypts one sealed column of one tenant again under the newest data key; called by rotate-data.ts only.
 *
 * What is left to do is read off the values (bytes 2-5 hold the key id in clear), so it may stop anywhere.
 * Rows that a writer holds are passed over and met again in the next pass, so nobody waits for us and nothing
 * deadlocks. A value that no key opens was damaged before; it is counted and left.
 */
import type { Db, Tx } from "../db/transact.ts";
import { type Place, SealError } from "./envelope.ts";
import type { TenantVault } from "./key-ring.ts";
import { type SealedColumn, sqlName } from "./sealed-columns.ts";
import type { Vault } from "./vault.ts";

export type ColumnJob = {
  db: Db;
  vault: Vault;
  tenantId: string;
  column: SealedColumn;
  /** The key every value shall be sealed with; must be the vault's active one. */
  keyId: number;
  onRows: (rows: number) => void;
  signal?: AbortSignal | undefined;
};

export type ColumnResult = { kind: "done"; unreadableRows: number } | { kind: "rows-locked" };

const batchRows = 200;
const mostPasses = 20;

/** Walks the column until nothing is left that can be done; "rows-locked" when writers kept holding some. */
export async function reencryptColumn(job: ColumnJob): Promise<ColumnResult> {
  const statements = await job.db.system((tx) => statementsFor(tx, job.column));
  for (let pass = 0; pass < mostPasses; pass += 1) {
    let unreadableRows = 0;
    let after: readonly string[] | null = [];
    while (after !== null) {
      job.signal?.throwIfAborted();
      const batch: Batch = await reencryptBatch(job, statements, after);
      unreadableRows += batch.unreadableRows;
      job.onRows(batch.rows);
      after = batch.last;
    }
    const remaining = await job.db.system((tx) => rowsOfOtherKeys(tx, job.tenantId, job.column, job.keyId));
    if (remaining <= unreadableRows) return { kind: "done", unreadableRows };
  }
  return { kind: "rows-locked" };
}

/** How many values of the column are sealed with another key. */
export async function rowsOfOtherKeys(
  tx: Tx,
  tenantId: string,
  { table, column }: SealedColumn,
  keyId: number,
): Promise<number> {
  const counted = await tx.one<{ rows: number }>(
    `select count(*)::int as rows from ${sqlName(table)}
     where tenant_id = $1 and substring(${sqlName(column)} from 2 for 4) <> $2`,
    [tenantId, keyIdBytes(keyId)],
  );
  return counted.rows;
}

type Batch = { rows: number; unreadableRows: number; last: readonly string[] | null };

/** One batch in one transaction, from after a key on. `last` is null when the end was reached. */
async function reencryptBatch(
  { db, vault, tenantId, column, keyId }: ColumnJob,
  statements: ColumnStatements,
  after: readonly string[],
): Promise<Batch> {
  const tenantVault = await vault.forTenant(tenantId);
  return db.system(async (tx) => {
    const found = await tx.rows<{ key: string[]; row: string; sealed: Buffer }>(
      after.length === 0 ? statements.first : statements.next,
      [tenantId, keyIdBytes(keyId), ...after],
    );
    const resealed = found.flatMap(({ key, row, sealed }) => {
      const fresh = reseal(tenantVault, { table: column.table, column: column.column, row }, sealed);
      return fresh === undefined ? [] : [{ key, fresh }];
    });
    if (resealed.length > 0)
      await tx.run(statements.update, [
        tenantId,
        resealed.map(({ fresh }) => fresh),
        ...statements.keyTypes.map((_, i) => resealed.map(({ key }) => key[i])),
      ]);
    const last = found.length < batchRows ? null : (found.at(-1)?.key ?? null);
    return { rows: resealed.length, unreadableRows: found.length - resealed.length, last };
  });
}

function reseal(vault: TenantVault, place: Place, sealed: Buffer): Buffer | undefined {
  try {
    return vault.seal(place, vault.open(place, sealed));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

type ColumnStatements = { keyTypes: string[]; first: string; next: string; update: string };

/** The statements for one column, built from its table's primary key (without tenant_id). */
async function statementsFor(tx: Tx, column: SealedColumn): Promise<ColumnStatements> {
  const keyColumns = await tx.rows<{ name: string; type: string }>(
    `select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_index i cross join unnest(i.indkey) with ordinality as k(attnum, place)
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = $1::regclass and i.indisprimary and a.attname <> 'tenant_id' order by k.place`,
    [`public.${sqlName(column.table)}`],
  );
  const table = sqlName(column.table);
  const sealed = sqlName(column.column);
  const names = keyColumns.map(({ name }) => sqlName(name));
  const types = keyColumns.map(({ type }) => type);
  const row = column.rowFrom.map((name) => `${sqlName(name)}::text`).join(" || ':' || ");
  const select = (condition: string) =>
    `select array[${names.map((name) => `${name}::text`).join(", ")}]::text[] as key, ${row} as row, ${sealed} as sealed
     from ${table} where tenant_id = $1 and substring(${sealed} from 2 for 4) <> $2 ${condition}
     ${names.length > 0 ? `order by ${names.join(", ")}` : ""} limit ${batchRows} for update skip locked`;
  const after = types.map((type, i) => `$${i + 3}::${type}`).join(", ");
  return {
    keyTypes: types,
    first: select(""),
    next: select(`and (${names.join(", ")}) > (${after})`),
    update: `update ${table} t set ${sealed} = u.fresh
      from unnest($2::bytea[]${types.map((type, i) => `, $${i + 3}::${type}[]`).join("")})
        as u(fresh${names.map((_, i) => `, k${i}`).join("")})
      where t.tenant_id = $1 ${names.map((name, i) => `and t.${name} = u.k${i}`).join(" ")}`,
  };
}

function keyIdBytes(keyId: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(keyId);
  return bytes;
}
