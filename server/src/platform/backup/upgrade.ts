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
import type { MasterKey } from "../crypto/index.ts";
import { readMigrations } from "../db/migrate.ts";
import type { Log } from "../log.ts";
import { appliedMigrations, quoted } from "./backup-schema.ts";
import type { BackupProgress, BackupServices } from "./backup-services.ts";
import { createBackup } from "./create-backup.ts";
import { asOwner } from "./dedicated.ts";
import { backupFileName } from "./keep-backups.ts";
import { inspectBackup } from "./read-backup.ts";
import { restoreBackup } from "./restore-backup.ts";

export type Upgrade = {
  /** As for a backup; the master key is asked for only when there is something to save. */
  services: Omit<BackupServices, "masterKey">;
  openMasterKey(): Promise<MasterKey>;
  /** Where the backup goes. */
  backupFolder: string;
  /** Applies what is missing from a folder of migrations (default: the program's own); resolves to their names. */
  migrate(folder?: string): Promise<string[]>;
  /** Only tests have another. */
  migrationsFolder?: string;
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

const ownMigrationsFolder = join(import.meta.dirname, "../db/migrations");
const markerShape = z.object({ backupPath: z.string() });

/** Throws only when the backup or the way back itself fails; then the backup file is the database. */
export async function upgradeWithBackup(upgrade: Upgrade): Promise<UpgradeResult> {
  const { backupFolder, migrationsFolder, migrate, log } = upgrade;
  await finishGoingBack(upgrade);
  const before = await asOwner(upgrade.services, levelOf);
  if (before === 0) return { kind: "created", applied: await migrate(migrationsFolder) };
  const ours = await readMigrations(migrationsFolder);
  if (before >= ours.length) {
    await migrate(migrationsFolder); // nothing to apply; refuses a database that is newer or was changed
    return { kind: "up-to-date" };
  }
  const services = { ...upgrade.services, masterKey: await upgrade.openMasterKey() };
  await mkdir(backupFolder, { recursive: true, mode: 0o700 });
  const backupPath = join(backupFolder, backupFileName(services.clock.now()));
  await createBackup(services, backupPath, upgrade.onProgress);
  try {
    return { kind: "upgraded", applied: await migrate(migrationsFolder), backupPath };
  } catch (cause) {
    log.error({ err: cause }, "upgrade failed, going back");
    if ((await asOwner(services, levelOf)) !== before) await goBack(upgrade, services, backupPath);
    return { kind: "went-back", backupPath, cause };
  }
}

/** Puts the database back to what a backup of this machine holds, whatever is in it now. */
async function goBack(upgrade: Upgrade, services: BackupServices, backupPath: string): Promise<void> {
  const key = { masterKey: services.masterKey };
  const { migrations } = await inspectBackup(backupPath, key); // before anything is dropped
  const marker = markerPath(upgrade.backupFolder);
  await writeFile(`${marker}.new`, JSON.stringify({ backupPath }));
  await rename(`${marker}.new`, marker);
  await asOwner(services, dropEverything);
  const earlier = await mkdtemp(join(tmpdir(), "yingda-migrations-"));
  try {
    const ours = upgrade.migrationsFolder ?? ownMigrationsFolder;
    for (const { name } of migrations) await cp(join(ours, name), join(earlier, name));
    await upgrade.migrate(earlier);
    await restoreBackup(services, backupPath, key);
  } finally {
    await rm(earlier, { recursive: true, force: true });
  }
  await rm(marker);
  upgrade.log.warn({ backupPath }, "the database is as it was before the upgrade");
}

async function finishGoingBack(upgrade: Upgrade): Promise<void> {
  const text = await readFile(markerPath(upgrade.backupFolder), "utf8").catch(() => null);
  if (text === null) return;
  const { backupPath } = markerShape.parse(JSON.parse(text));
  upgrade.log.warn({ backupPath }, "an interrupted way back goes on");
  await goBack(upgrade, { ...upgrade.services, masterKey: await upgrade.openMasterKey() }, backupPath);
}

function markerPath(backupFolder: string): string {
  return join(backupFolder, "going-back.json");
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
