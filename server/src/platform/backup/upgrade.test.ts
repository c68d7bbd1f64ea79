import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { fixedClock } from "../clock.ts";
import { createVault, MasterKey } from "../crypto/index.ts";
import { migrate } from "../db/migrate.ts";
import { createLog } from "../log.ts";
import { FolderBlobs } from "../media/index.ts";
import { listBackups } from "./keep-backups.ts";
import { type Upgrade, upgradeWithBackup } from "./upgrade.ts";

const ownMigrations = join(import.meta.dirname, "../db/migrations");
const log = createLog({ level: "silent" });
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "yingda-upgrade-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A filled database at today's level and a program whose migrations are `more` ahead of it. */
async function installed(name: string, more: Record<string, string>) {
  const database = await testDatabase();
  const clock = fixedClock();
  const masterKey = MasterKey.generate();
  await database.asAdmin("insert into key_check (check_value, created_at) values ($1, now())", [
    masterKey.derive("key-check"),
  ]);
  const vault = createVault({ db: database.db, clock, masterKey });
  const { tenantId, name: shop } = await database.tenant();
  const sealed = (await vault.forTenant(tenantId)).seal({ table: "x", column: "y", row: "z" }, "kept");
  const folder = join(root, name);
  const migrationsFolder = join(folder, "migrations");
  const applied = await database.asAdmin<{ name: string }>("select name from schema_migration");
  for (const { name: file } of applied) await cp(join(ownMigrations, file), join(migrationsFolder, file));
  for (const [file, text] of Object.entries(more)) await writeFile(join(migrationsFolder, file), text);
  const disk = new FolderBlobs(join(folder, "media"));
  await disk.prepare();
  const { db } = database;
  const upgrade: Upgrade = {
    services: { db, clock, blobs: { disk }, preferredBlobs: "disk", appVersion: "1" },
    openMasterKey: async () => masterKey,
    backupFolder: join(folder, "backups"),
    migrationsFolder,
    migrate: (from = migrationsFolder) =>
      migrate({ client: database.clientConfig("yingda_owner"), settings: [], log, folder: from }),
    log,
  };
  const look = async () => {
    const [row] = await database.asAdmin<{ shop: string; level: number; extra: boolean }>(
      `select (select name from tenant where tenant_id = $1) as shop, (select count(*)::int from schema_migration) as level,
         to_regclass('public.extra') is not null as extra`,
      [tenantId],
    );
    const reopened = createVault({ db, clock, masterKey });
    const text = (await reopened.forTenant(tenantId)).openText({ table: "x", column: "y", row: "z" }, sealed);
    return { ...row, text };
  };
  const level = applied.length;
  return { upgrade, look, shop, level, database, migrationsFolder };
}

const good = "create table extra (id int primary key);";
const bad = "create table extra_two (id int primary key); select 1 / 0;";

test("a backup is made first, then the migrations run", async () => {
  const { upgrade, look, shop, level } = await installed("good", { "9001-extra.sql": good });
  const result = await upgradeWithBackup(upgrade);
  expect(result).toMatchObject({ kind: "upgraded", applied: ["9001-extra.sql"] });
  expect(await look()).toEqual({ shop, level: level + 1, extra: true, text: "kept" });
  expect(await listBackups(upgrade.backupFolder)).toHaveLength(1);
  expect(await upgradeWithBackup(upgrade)).toEqual({ kind: "up-to-date" });
  expect(await listBackups(upgrade.backupFolder)).toHaveLength(1);
});

test("when a later migration fails, the database is as it was", async () => {
  const { upgrade, look, shop, level, database } = await installed("bad", {
    "9001-extra.sql": good,
    "9002-bad.sql": bad,
  });
  const result = await upgradeWithBackup(upgrade);
  expect(result).toMatchObject({ kind: "went-back", cause: { code: "database-migration-failed" } });
  expect(await look()).toEqual({ shop, level, extra: false, text: "kept" });
  expect(await readdir(upgrade.backupFolder)).toHaveLength(1);
  // and the program of before can work with it: its roles, policies and functions are there
  const { tenantId } = await database.tenant();
  const seen = await database.db.transact(tenantId, (tx) =>
    tx.rows<{ name: string }>("select name from tenant"),
  );
  expect(seen).toHaveLength(1);
});

test("when the first one fails, nothing was touched and nothing is restored", async () => {
  const { upgrade, look, shop, level, database } = await installed("first", { "9001-bad.sql": bad });
  const [before] = await database.asAdmin<{ oid: number }>("select 'tenant'::regclass::oid::int as oid");
  expect(await upgradeWithBackup(upgrade)).toMatchObject({ kind: "went-back" });
  expect(await database.asAdmin("select 'tenant'::regclass::oid::int as oid")).toEqual([before]);
  expect(await look()).toEqual({ shop, level, extra: false, text: "kept" });
});

test("a way back that was cut off is finished at the next start", async () => {
  const { upgrade, look, shop, level, migrationsFolder } = await installed("cut", {
    "9001-extra.sql": good,
    "9002-bad.sql": bad,
  });
  let calls = 0;
  const dying: Upgrade = {
    ...upgrade,
    migrate: (from) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error("killed")) : upgrade.migrate(from);
    },
  };
  await expect(upgradeWithBackup(dying)).rejects.toThrow("killed");
  const marker = await readFile(join(upgrade.backupFolder, "going-back.json"), "utf8");
  expect(JSON.parse(marker)).toMatchObject({ backupPath: expect.stringContaining(".ydbackup") });
  await rm(join(migrationsFolder, "9002-bad.sql"));
  await rm(join(migrationsFolder, "9001-extra.sql"));
  expect(await upgradeWithBackup(upgrade)).toEqual({ kind: "up-to-date" });
  expect(await look()).toEqual({ shop, level, extra: false, text: "kept" });
  expect(await readdir(upgrade.backupFolder)).toHaveLength(1);
});
