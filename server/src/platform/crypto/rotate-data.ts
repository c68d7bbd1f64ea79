/**
 * New data and search keys for a tenant, and everything encrypted again in the background.
 *
 * `beginRotation` adds the keys. They seal nothing until every process knows them (keyPropagationMs); then
 * `continueRotation` re-encrypts column by column, re-keys the search indexes through the rooms that own them
 * (both keys are searched meanwhile) and retires the old keys. It may be stopped anywhere and called again.
 */
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../db/transact.ts";
import type { TenantVault } from "./key-ring.ts";
import { addKeys, freshKey, type KeyPurpose, keysOfTenant, retireKeysBelow } from "./key-store.ts";
import type { MasterKey } from "./master-key.ts";
import { reencryptColumn, rowsOfOtherKeys } from "./reencrypt-column.ts";
import type { SealedColumn } from "./sealed-columns.ts";
import { keyGraceMs, type Vault } from "./vault.ts";

/** What the owner of a search index does for a re-key. */
export type SearchRekey = {
  /** Rows of this tenant whose numbers are of another key than `keyId`. */
  remaining(tx: Tx, tenantId: string, keyId: number): Promise<number>;
  /** Writes up to `limit` of them under the vault's searchKeyId, in a transaction of its own; 0 when none is left. */
  rekeyBatch(tenantId: string, vault: TenantVault, limit: number): Promise<number>;
};

export type DataRotation = {
  db: Db;
  clock: Clock;
  vault: Vault;
  columns: readonly SealedColumn[];
  searches: readonly SearchRekey[];
};

export type RotationProgress = { doneRows: number; totalRows: number };
export type RotationResult =
  | { kind: "nothing-to-do" }
  | { kind: "waiting"; until: Date }
  /** `unreadableRows` could not be opened with any key (damaged before); they were left as they are. */
  | { kind: "done"; rows: number; unreadableRows: number };

const searchBatchRows = 200;
const retryLockedMs = 60_000;
/** After this time no handle is left, even in this process, that seals or indexes under the keys before. */
const oldHandlesMs = 2 * keyGraceMs;
const rotated: readonly KeyPurpose[] = ["data", "search"];

/** Adds a new data and search key unless a rotation of this tenant is already under way. */
export async function beginRotation(
  { db, clock, vault }: Pick<DataRotation, "db" | "clock" | "vault">,
  masterKey: MasterKey,
  tenantId: string,
): Promise<{ kind: "begun" | "under-way" }> {
  await vault.forTenant(tenantId); // the first keys exist from here on
  const kind = await db.system(async (tx) => {
    await tx.run("select pg_advisory_xact_lock(hashtextextended('rotate:' || $1, 0))", [tenantId]);
    const keys = await keysOfTenant(tx, tenantId);
    if (rotated.some((purpose) => liveKeys(keys, purpose).length > 1)) return "under-way";
    const nextId = (purpose: KeyPurpose) => 1 + (liveKeys(keys, purpose).at(-1)?.keyId ?? 0);
    const at = clock.now();
    await addKeys(
      tx,
      rotated.map((purpose) => freshKey(masterKey, tenantId, purpose, nextId(purpose), at)),
    );
    return "begun";
  });
  vault.reload(tenantId);
  return { kind };
}

/** When the tenant's newest data key was made; undefined before its first. System role. */
export async function newestKeyAt(tx: Tx, tenantId: string): Promise<Date | undefined> {
  const keys = await keysOfTenant(tx, tenantId);
  return keys.findLast(({ purpose }) => purpose === "data")?.createdAt;
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
  const { db, clock, vault, columns, searches } = rotation;
  const newest = await db.system((tx) => newestKeys(tx, tenantId));
  if (newest === undefined) return { kind: "nothing-to-do" };
  const until = new Date(newest.createdAt.getTime() + Math.max(vault.propagationMs, oldHandlesMs));
  if (clock.now() < until) return { kind: "waiting", until };
  vault.reload(tenantId);
  const totalRows = await db.system((tx) => countRemaining(tx, rotation, tenantId, newest));
  let doneRows = 0;
  const onRows = (rows: number) => {
    doneRows += rows;
    onProgress({ doneRows, totalRows: Math.max(totalRows, doneRows) });
  };
  let unreadableRows = 0;
  let isHeldUp = false;
  for (const column of columns) {
    const job = { db, vault, tenantId, column, keyId: newest.dataKeyId, onRows, signal };
    const result = await reencryptColumn(job);
    if (result.kind === "rows-locked") isHeldUp = true;
    else unreadableRows += result.unreadableRows;
  }
  for (const search of searches) await rekeySearch(vault, search, tenantId, onRows, signal);
  if (isHeldUp) return { kind: "waiting", until: new Date(clock.nowMs() + retryLockedMs) };
  await db.system(async (tx) => {
    await retireKeysBelow(tx, tenantId, "data", newest.dataKeyId, clock.now());
    await retireKeysBelow(tx, tenantId, "search", newest.searchKeyId, clock.now());
  });
  vault.reload(tenantId);
  return { kind: "done", rows: doneRows, unreadableRows };
}

async function rekeySearch(
  vault: Vault,
  search: SearchRekey,
  tenantId: string,
  onRows: (rows: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  while (true) {
    signal?.throwIfAborted();
    const rows = await search.rekeyBatch(tenantId, await vault.forTenant(tenantId), searchBatchRows);
    if (rows === 0) return;
    onRows(rows);
  }
}

type NewestKeys = { dataKeyId: number; searchKeyId: number; createdAt: Date };
type Keys = Awaited<ReturnType<typeof keysOfTenant>>;

function liveKeys(keys: Keys, purpose: KeyPurpose): Keys {
  return keys.filter((key) => key.purpose === purpose && key.retiredAt === null);
}

/** The newest keys while older ones are still in use; undefined when nothing is under way. */
async function newestKeys(tx: Tx, tenantId: string): Promise<NewestKeys | undefined> {
  const keys = await keysOfTenant(tx, tenantId);
  const data = liveKeys(keys, "data");
  const search = liveKeys(keys, "search");
  const [newestData, newestSearch] = [data.at(-1), search.at(-1)];
  if (newestData === undefined || newestSearch === undefined) return undefined;
  if (data.length < 2 && search.length < 2) return undefined;
  const createdAt =
    newestData.createdAt > newestSearch.createdAt ? newestData.createdAt : newestSearch.createdAt;
  return { dataKeyId: newestData.keyId, searchKeyId: newestSearch.keyId, createdAt };
}

async function countRemaining(
  tx: Tx,
  { columns, searches }: DataRotation,
  tenantId: string,
  newest: NewestKeys,
): Promise<number> {
  let rows = 0;
  for (const column of columns) rows += await rowsOfOtherKeys(tx, tenantId, column, newest.dataKeyId);
  for (const search of searches) rows += await search.remaining(tx, tenantId, newest.searchKeyId);
  return rows;
}
