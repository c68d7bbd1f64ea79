/**
 * Upgrade of the database: backup, migrate, and the way back when a migration fails.
 *
 * Called while the database is opened, before anybody uses it. Each migration is a transaction of its own, so a
 * failure of the first leaves nothing to undo; after some were applied the tables are dropped and made again from
 * the backup. A crash on the way back is picked up at the next start (`going-back.json`).
 */
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import type { Log } from "../log.ts";
import { appliedMigrations, quoted } from "./backup-schema.ts";
import type { BackupProgress, BackupServices } from "./backup-services.ts";
import { createBackup } from "./create-backup.ts";
import { backupFileName } from "./keep-backups.ts";
import { inspectBackup } from "./read-backup.ts";
import { restoreBackup } from "./restore-backup.ts";

export type Upgrade = {
  services: BackupServices;
  /** Where the backup goes. */
  backupFolder: string;
  /** The folder of all migrations of this program. */
  migrationsFolder: string;
  /** Applies what is missing from a folder of migrations; resolves to the names applied. */
  migrate(folder: string): Promise<string[]>;
  log: Log;
  onProgress?: BackupProgress;
};

export type UpgradeResult =
  | { kind: "up-to-date" }
  /** A new database: nothing to save. */
  | { kind: "created"; applied: string[] }
  | { kind: "upgraded"; applied: string[]; backupPath: string }
  /** The database is as it was before; run the earlier version. `cause` is what failed. */
  | { kind: "went-back"; backupPath: string; cause: unknown };

const markerShape = z.object({ backupPath: z.string() });

/** Throws only when the backup or the way back itself fails; then the backup file is the database. */
export async function upgradeWithBackup(
  upgrade: Upgrade,
  pending: readonly string[],
): Promise<UpgradeResult> {
  const { services, backupFolder, migrationsFolder, migrate, log } = upgrade;
  await finishGoingBack(upgrade);
  const before = await withOwner(services, levelOf);
  if (before === 0) return { kind: "created", applied: await migrate(migrationsFolder) };
  if (pending.length === 0) return { kind: "up-to-date" };
  await mkdir(backupFolder, { recursive: true, mode: 0o700 });
  const backupPath = join(backupFolder, backupFileName(services.clock.now()));
  await createBackup(services, backupPath, upgrade.onProgress);
  try {
    const applied = await migrate(migrationsFolder);
    return { kind: "upgraded", applied, backupPath };
  } catch (cause) {
    log.error({ err: cause }, "upgrade failed, going back");
    if ((await withOwner(services, levelOf)) !== before) await goBack(upgrade, backupPath);
    return { kind: "went-back", backupPath, cause };
  }
}

/** Puts the database back to what a backup of this machine holds, whatever is in it now. */
export async function goBack(upgrade: Upgrade, backupPath: string): Promise<void> {
  const { services, migrate, migrationsFolder, backupFolder, log } = upgrade;
  const key = { masterKey: services.masterKey };
  const { migrations } = await inspectBackup(backupPath, key); // before anything is dropped
  const marker = markerPath(backupFolder);
  await writeFile(`${marker}.new`, JSON.stringify({ backupPath }));
  await rename(`${marker}.new`, marker);
  await withOwner(services, dropEverything);
  const earlier = await mkdtemp(join(tmpdir(), "yingda-migrations-"));
  try {
    for (const { name } of migrations) await cp(join(migrationsFolder, name), join(earlier, name));
    await migrate(earlier);
    await restoreBackup(services, backupPath, key);
  } finally {
    await rm(earlier, { recursive: true, force: true });
  }
  await rm(marker);
  log.warn({ backupPath }, "the database is as it was before the upgrade");
}

async function finishGoingBack(upgrade: Upgrade): Promise<void> {
  const text = await readFile(markerPath(upgrade.backupFolder), "utf8").catch(() => null);
  if (text === null) return;
  const { backupPath } = markerShape.parse(JSON.parse(text));
  upgrade.log.warn({ backupPath }, "an interrupted way back goes on");
  await goBack(upgrade, backupPath);
}

function markerPath(backupFolder: string): string {
  return join(backupFolder, "going-back.json");
}

async function withOwner<T>(services: BackupServices, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await services.db.dedicated("owner");
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How many migrations the database has; 0 for a new one. */
async function levelOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ known: boolean }>(
    "select to_regclass('public.schema_migration') is not null as known",
  );
  return rows[0]?.known ? (await appliedMigrations(client)).length : 0;
}

/** Drops tables, sequences, types and functions of ours; the schema and its grants stay. */
async function dropEverything(client: pg.Client): Promise<void> {
  await client.query("begin");
  const { rows: relations } = await client.query<{ name: string; kind: string }>(
    `select c.relname::text as name, c.relkind::text as kind from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
  );
  const words: Record<string, string> = { v: "view", m: "materialized view", S: "sequence" };
  for (const { name, kind } of relations)
    await client.query(`drop ${words[kind] ?? "table"} if exists public.${quoted(name)} cascade`);
  const { rows: routines } = await client.query<{ signature: string }>(
    `select p.oid::regprocedure::text as signature from pg_proc p
     where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  );
  for (const { signature } of routines) await client.query(`drop routine if exists ${signature} cascade`);
  const { rows: types } = await client.query<{ name: string }>(
    `select t.typname::text as name from pg_type t
     where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'r')
       and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')`,
  );
  for (const { name } of types) await client.query(`drop type if exists public.${quoted(name)} cascade`);
  await client.query("commit");
}
