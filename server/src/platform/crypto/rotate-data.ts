/**
 * New data and search keys for a tenant, and everything encrypted again in the background.
 *
 * `beginRotation` adds the keys. They seal nothing until every process knows them (keyPropagationMs); then
 * `continueRotation` re-encrypts column by column, re-keys the search index through the room that owns it, and
 * retires the old keys. It may be stopped anywhere and called again: what is done is read off the rows
 * themselves (the key id stands in clear in a sealed value). Writers go on meanwhile; a row that changes under
 * us is left to its writer.
 */
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../db/transact.ts";
import type { TenantVault } from "./key-ring.ts";
import { addKeys, freshKey, type KeyPurpose, keysOfTenant, retireKeysBelow } from "./key-store.ts";
import type { MasterKey } from "./master-key.ts";
import { type SealedColumn, sqlName } from "./sealed-columns.ts";
import { keyPropagationMs, type Vault } from "./vault.ts";

/** What the owner of a search index does for a re-key: writes one batch under the vault's active search key. */
export type SearchRekey = {
  /** Rows of this tenant whose numbers are of another key than `keyId`. */
  remaining(tx: Tx, tenantId: string, keyId: number): Promise<number>;
  /** Re-keys up to `limit` of them in its own transaction; resolves to how many, 0 when none is left. */
  rekeyBatch(tenantId: string, vault: TenantVault, limit: number): Promise<number>;
};

export type DataRotation = {
  db: Db;
  clock: Clock;
  vault: Vault;
  columns: readonly SealedColumn[];
  searches: readonly SearchRekey[];
  /** As the vault's; tests and single processes may use 0. */
  propagationMs?: number;
};

export type RotationProgress = { doneRows: number; totalRows: number };
export type RotationResult =
  | { kind: "nothing-to-do" }
  | { kind: "waiting"; until: Date }
  | { kind: "done"; rows: number };

const batchRows = 200;
const rotated: readonly KeyPurpose[] = ["data", "search"];

/** Adds a new data and search key unless a rotation of this tenant is already under way. */
export async function beginRotation(
  rotation: Pick<DataRotation, "db" | "clock" | "vault">,
  masterKey: MasterKey,
  tenantId: string,
): Promise<{ kind: "begun" | "under-way" }> {
  const { db, clock, vault } = rotation;
  const outcome = await db.system(async (tx) => {
    await tx.run("select pg_advisory_xact_lock(hashtextextended('rotate:' || $1, 0))", [tenantId]);
    const keys = await keysOfTenant(tx, tenantId);
    const live = (purpose: KeyPurpose) => keys.filter((key) => key.purpose === purpose && !key.retiredAt);
    if (rotated.some((purpose) => live(purpose).length > 1)) return "under-way";
    const nextId = (purpose: KeyPurpose) => 1 + Math.max(0, ...live(purpose).map(({ keyId }) => keyId));
    const at = clock.now();
    await addKeys(
      tx,
      rotated.map((purpose) => freshKey(masterKey, tenantId, purpose, nextId(purpose), at)),
    );
    return "begun";
  });
  vault.reload(tenantId);
  return { kind: outcome };
}

/** Tenants whose rotation is not finished; for the job that continues them after a restart. */
export async function tenantsInRotation(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ tenant_id: string }>(
    `select distinct tenant_id from data_key where retired_at is null and purpose in ('data', 'search')
     group by tenant_id, purpose having count(*) > 1`,
  );
  return rows.map(({ tenant_id }) => tenant_id);
}

/** Carries a begun rotation on, to the end unless `signal` stops it. */
export async function continueRotation(
  rotation: DataRotation,
  tenantId: string,
  onProgress: (progress: RotationProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<RotationResult> {
  const { db, clock, vault, columns, searches, propagationMs = keyPropagationMs } = rotation;
  const newest = await db.system((tx) => newestKeys(tx, tenantId));
  if (newest === undefined) return { kind: "nothing-to-do" };
  const until = new Date(newest.createdAt.getTime() + propagationMs);
  if (clock.now() < until) return { kind: "waiting", until };
  vault.reload(tenantId);
  const totalRows = await db.system((tx) => countRemaining(tx, rotation, tenantId, newest));
  let doneRows = 0;
  const note = (rows: number) => {
    doneRows += rows;
    onProgress({ doneRows, totalRows: Math.max(totalRows, doneRows) });
  };
  for (const column of columns)
    await reencryptColumn(rotation, tenantId, column, newest.dataKeyId, note, signal);
  for (const search of searches)
    for (let rows = -1; rows !== 0; note(rows)) {
      signal?.throwIfAborted();
      rows = await search.rekeyBatch(tenantId, await vault.forTenant(tenantId), batchRows);
    }
  await db.system(async (tx) => {
    await retireKeysBelow(tx, tenantId, "data", newest.dataKeyId, clock.now());
    await retireKeysBelow(tx, tenantId, "search", newest.searchKeyId, clock.now());
  });
  vault.reload(tenantId);
  return { kind: "done", rows: doneRows };
}

type NewestKeys = { dataKeyId: number; searchKeyId: number; createdAt: Date };

/** The newest keys while older ones are still in use; undefined when nothing is under way. */
async function newestKeys(tx: Tx, tenantId: string): Promise<NewestKeys | undefined> {
  const keys = await keysOfTenant(tx, tenantId);
  const live = (purpose: KeyPurpose) => keys.filter((key) => key.purpose === purpose && !key.retiredAt);
  const data = live("data");
  const search = live("search");
  const [newestData, newestSearch] = [data.at(-1), search.at(-1)];
  if (newestData === undefined || newestSearch === undefined) return undefined;
  if (data.length < 2 && search.length < 2) return undefined;
  const createdAt =
    newestData.createdAt > newestSearch.createdAt ? newestData.createdAt : newestSearch.createdAt;
  return { dataKeyId: newestData.keyId, searchKeyId: newestSearch.keyId, createdAt };
}

async function countRemaining(
  tx: Tx,
  rotation: DataRotation,
  tenantId: string,
  newest: NewestKeys,
): Promise<number> {
  let rows = 0;
  for (const { table, column } of rotation.columns) {
    const counted = await tx.one<{ rows: number }>(
      `select count(*)::int as rows from ${sqlName(table)}
       where tenant_id = $1 and substring(${sqlName(column)} from 2 for 4) <> $2`,
      [tenantId, keyIdBytes(newest.dataKeyId)],
    );
    rows += counted.rows;
  }
  for (const search of rotation.searches) rows += await search.remaining(tx, tenantId, newest.searchKeyId);
  return rows;
}

async function reencryptColumn(
  rotation: DataRotation,
  tenantId: string,
  column: SealedColumn,
  keyId: number,
  note: (rows: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { db, vault } = rotation;
  const statements = await db.system((tx) => statementsFor(tx, column));
  let after: string[] | null = null;
  while (true) {
    signal?.throwIfAborted();
    const tenantVault = await vault.forTenant(tenantId);
    const batch: { rows: number; last: string[] | null } = await db.system(async (tx) => {
      const found = await tx.rows<{ key: string[]; row: string; sealed: Buffer }>(
        after === null ? statements.first : statements.next,
        [tenantId, keyIdBytes(keyId), ...(after ?? [])],
      );
      const resealed = found.map(({ row, sealed }) => {
        const place = { table: column.table, column: column.column, row };
        return tenantVault.seal(place, tenantVault.open(place, sealed));
      });
      if (found.length > 0)
        await tx.run(statements.update, [
          tenantId,
          resealed,
          found.map(({ sealed }) => sealed),
          ...statements.keyColumns.map((_, i) => found.map(({ key }) => key[i])),
        ]);
      return { rows: found.length, last: found.at(-1)?.key ?? null };
    });
    if (batch.last === null) return;
    note(batch.rows);
    after = batch.last;
  }
}

/** The statements for one column, built from its table's primary key (without tenant_id). */
async function statementsFor(tx: Tx, column: SealedColumn) {
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
  const row = column.rowFrom.map((name) => `${sqlName(name)}::text`).join(" || ':' || ");
  const select = (condition: string) =>
    `select array[${names.map((name) => `${name}::text`).join(", ") || "''"}] as key, ${row} as row, ${sealed} as sealed
     from ${table} where tenant_id = $1 and substring(${sealed} from 2 for 4) <> $2 ${condition}
     ${names.length > 0 ? `order by ${names.join(", ")}` : ""} limit ${batchRows} for update skip locked`;
  const later = keyColumns.map(({ type }, i) => `$${i + 3}::${type}`).join(", ");
  return {
    keyColumns,
    first: select(""),
    next: select(names.length > 0 ? `and (${names.join(", ")}) > (${later})` : "and false"),
    update: `update ${table} t set ${sealed} = u.fresh
      from unnest($2::bytea[], $3::bytea[]${keyColumns.map(({ type }, i) => `, $${i + 4}::${type}[]`).join("")})
        as u(fresh, before${names.map((_, i) => `, k${i}`).join("")})
      where t.tenant_id = $1 and t.${sealed} = u.before ${names.map((name, i) => `and t.${name} = u.k${i}`).join(" ")}`,
  };
}

function keyIdBytes(keyId: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(keyId);
  return bytes;
}
