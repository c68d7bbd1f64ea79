// In a database with a single role the owner itself is bound by the policies: a backup could come out empty, and COPY
// into such a table is refused. Both ways between the two kinds of installation.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testClientConfig } from "../../../test/database.ts";
import { createVault, MasterKey } from "../crypto/index.ts";
import { type Db, type MigrationTools, openDatabase } from "../db/index.ts";
import { newId } from "../ids.ts";
import { createLog } from "../log.ts";
import { FolderBlobs } from "../media/index.ts";
import type { BackupServices } from "./backup-services.ts";
import { createBackup } from "./create-backup.ts";
import { listBackups } from "./keep-backups.ts";
import { restoreBackup } from "./restore-backup.ts";
import { clock, fillEvents, kindOf, testMachine } from "./testing/machine.ts";
import { type UpgradeResult, upgradeWithBackup } from "./upgrade.ts";

let folder: string;
let db: Db;
let open: () => Promise<Db>;
const log = createLog({ level: "silent" });
const masterKey = MasterKey.generate();
const results: UpgradeResult[] = [];
const name = `single_${newId<string>().replaceAll("-", "")}`;

async function asAdmin(database: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(testClientConfig("postgres", database));
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-single-"));
  await asAdmin("postgres", `create role ${name} login password 'x'`);
  await asAdmin("postgres", `create database ${name}`);
  await asAdmin(name, `grant all on schema public to ${name}`);
  const { host, port } = testClientConfig("postgres", name);
  const url = `postgres://${name}:x@localhost:${port}/${name}?host=${encodeURIComponent(host ?? "")}`;
  open = () => {
    const blobs = { disk: new FolderBlobs(join(folder, "single")) };
    const services = { clock, blobs, preferredBlobs: "disk" as const, appVersion: "1" };
    const bringUpToDate = async ({ dedicated, migrate }: MigrationTools) => {
      const upgrade = {
        openMasterKey: async () => masterKey,
        backupFolder: join(folder, "backups"),
        migrate,
        log,
      };
      results.push(await upgradeWithBackup({ ...upgrade, services: { ...services, db: { dedicated } } }));
    };
    return openDatabase({ url }, { log, bringUpToDate });
  };
  db = await open();
});
afterAll(async () => {
  await db.close();
  await asAdmin("postgres", `drop database ${name} with (force)`);
  await asAdmin("postgres", `drop role ${name}`);
  await rm(folder, { recursive: true, force: true });
});

async function singleServices(): Promise<BackupServices> {
  const disk = new FolderBlobs(join(folder, "single"));
  await disk.prepare();
  await db.system((tx) =>
    tx.run("insert into key_check (check_value, created_at) values ($1, now())", [
      masterKey.derive("key-check"),
    ]),
  );
  return { db, clock, masterKey, blobs: { disk }, preferredBlobs: "disk", appVersion: "1" };
}

test("everything is saved and restored, and security is forced again afterwards", async () => {
  const source = await testMachine(folder);
  const { tenantId, name: shop } = await source.database.tenant();
  await fillEvents(source, tenantId, 500);
  const place = { table: "a", column: "b", row: "c" };
  const sealed = (await source.vault.forTenant(tenantId)).seal(place, "kept");
  const first = join(folder, "first.ydbackup");
  const { rows } = await createBackup(source.services, first);

  const single = await singleServices();
  await restoreBackup(single, first, { masterKey: source.masterKey });
  const unforced = "select relname from pg_class where relrowsecurity and not relforcerowsecurity";
  expect(await asAdmin(name, unforced)).toEqual([]);
  expect(await asAdmin(name, "select count(*)::int as n from outbox_event")).toEqual([{ n: 500 }]);
  const vault = createVault({ db, clock, masterKey: single.masterKey });
  expect((await vault.forTenant(tenantId)).openText(place, sealed)).toBe("kept");

  const second = join(folder, "second.ydbackup");
  expect((await createBackup(single, second)).rows).toBe(rows);
  const target = await testMachine(folder);
  await restoreBackup(target.services, second, { masterKey: single.masterKey });
  const seen = await target.database.db.transact(tenantId, (tx) => tx.rows("select name from tenant"));
  expect(seen).toEqual([{ name: shop }]);
  expect(await kindOf(restoreBackup(single, second, { masterKey: single.masterKey }))).toBe(
    "database-not-empty",
  );
});

test("a role that does not see all rows makes no backup", async () => {
  const blind = async () => {
    const client = new pg.Client({ ...testClientConfig("postgres", name), user: name, password: "x" });
    await client.connect();
    return client;
  };
  const services: BackupServices = {
    db: { dedicated: blind },
    clock,
    masterKey,
    blobs: { disk: new FolderBlobs(folder) },
    preferredBlobs: "disk",
    appVersion: "1",
  };
  await expect(createBackup(services, join(folder, "blind.ydbackup"))).rejects.toThrow(
    "does not see all rows",
  );
});

test("opening the database asks for a backup only when there is something to upgrade", async () => {
  expect(results).toEqual([{ kind: "created", applied: expect.arrayContaining(["0001-tenants.sql"]) }]);
  const again = await open();
  expect(results.at(-1)).toEqual({ kind: "up-to-date" });
  await again.close();
  expect(await listBackups(join(folder, "backups"))).toEqual([]);
});
