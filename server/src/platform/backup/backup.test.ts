import { randomBytes } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TenantId } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPlain } from "../crypto/find-plain.ts";
import { MasterKey, makeRecovery, type Vault } from "../crypto/index.ts";
import { newId } from "../ids.ts";
import { collect } from "../media/upload-source.ts";
import { createBackup } from "./create-backup.ts";
import { inspectBackup } from "./read-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import {
  clock,
  fillEvents,
  fingerprint,
  kindOf,
  type Machine,
  nasty,
  testMachine,
} from "./testing/machine.ts";

const rowsInAll = 100_000;
let folder: string;

/** Fills a machine with contacts, a file, and events in number. */
async function fill({ database, vault, media }: Machine): Promise<{ tenantId: TenantId; contactId: string }> {
  const { tenantId } = await database.tenant();
  const tenantVault = await vault.forTenant(tenantId);
  const contactId = newId<string>();
  const name = tenantVault.seal({ table: "contact", column: "sealed_name", row: contactId }, nasty);
  await database.db.transact(tenantId, async (tx) => {
    await tx.run(
      `insert into contact (tenant_id, id, sealed_name, tags, first_seen_at, last_seen_at)
       values ($1, $2, $3, $4, now(), now())`,
      [tenantId, contactId, name, [nasty, "", "{a,b}", "NULL"]],
    );
    await tx.run(
      "insert into canned_reply (tenant_id, id, title, body, created_at) values ($1, $2, $3, $4, now())",
      [tenantId, newId<string>(), nasty, nasty],
    );
  });
  await media.put(tenantId, { source: randomBytes(1_500_000), name: "photo.bin", inboxId: null });
  await media.put(tenantId, { source: Buffer.from("退款凭证"), name: "note.txt", inboxId: null });
  return { tenantId, contactId };
}

let source: Machine;
let tenantId: TenantId;
let contactId: string;
let recoveryKey: string;
let path: string;
let content: Record<string, string>;
let created: Awaited<ReturnType<typeof createBackup>>;
const progress: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-backup-"));
  source = await testMachine(folder);
  ({ tenantId, contactId } = await fill(source));
  await fill(source);
  await fillEvents(source, tenantId, rowsInAll);
  const recovery = makeRecovery(source.masterKey);
  recoveryKey = recovery.recoveryKey;
  await source.database.asAdmin("update key_check set recovery_wrapped = $1", [recovery.wrapped]);
  content = await fingerprint(source);
  path = join(folder, "one.ydbackup");
  created = await createBackup(source.services, path, (share) => progress.push(share));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a backup", () => {
  test("holds everything, says so, and shows how far it is", async () => {
    const inspected = await inspectBackup(path, { masterKey: source.masterKey });
    expect(inspected).toMatchObject({
      tables: created.tables,
      rows: created.rows,
      blobs: 4,
      appVersion: "1.2.3",
      createdAt: clock.now(),
      hasRecoveryKey: true,
      sizeBytes: (await stat(path)).size,
    });
    expect(created.rows).toBeGreaterThan(rowsInAll);
    expect(created.missingBlobs).toBe(0);
    expect(inspected.migrations.length).toBeGreaterThan(5);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test("shows nothing to who has no key, not even names of tables", async () => {
    const alone = join(folder, "alone");
    await rm(alone, { recursive: true, force: true });
    await mkdir(alone);
    await copyFile(path, join(alone, "x"));
    const words = ["退款", "photo.bin", "canned_reply", "test-event", tenantId, contactId];
    expect(await findPlain(alone, words)).toEqual([]);
  });

  test("is of one instant, while others write", async () => {
    const busy = await testMachine(folder);
    const { tenantId: busyTenant } = await busy.database.tenant();
    await fillEvents(busy, busyTenant, 20_000);
    let isDone = false;
    const writer = (async () => {
      // every transaction adds one event and one canned reply: at any instant their numbers are equal
      for (let n = 1; !isDone; n += 1)
        await busy.database.db.transact(busyTenant, async (tx) => {
          await tx.run(
            `insert into canned_reply (tenant_id, id, title, body, created_at) values ($1, gen_random_uuid(), 't', 'b', now())`,
            [busyTenant],
          );
          await tx.run("insert into tenant_counter (tenant_id, kind, value) values ($1, $2, 1)", [
            busyTenant,
            `n${n}`,
          ]);
        });
    })();
    const target = await testMachine(folder);
    const file = join(folder, "busy.ydbackup");
    await createBackup(busy.services, file);
    isDone = true;
    await writer;
    await restoreBackup(target.services, file, { masterKey: busy.masterKey });
    const [counts] = await target.database.asAdmin<{ a: number; b: number }>(
      "select (select count(*)::int from canned_reply) as a, (select count(*)::int from tenant_counter) as b",
    );
    expect(counts?.a).toBe(counts?.b);
    expect(counts?.a).toBeGreaterThan(0);
  });

  test("that fails leaves no file", async () => {
    const target = join(folder, "missing-folder", "x.ydbackup");
    await expect(createBackup(source.services, target)).rejects.toMatchObject({ code: "ENOENT" });
    const other = { ...source.services, masterKey: MasterKey.generate() };
    expect(await kindOf(createBackup(other, join(folder, "wrong.ydbackup")))).toBe("wrong");
    expect((await readdir(folder)).filter((name) => name.startsWith("wrong"))).toEqual([]);
  });
});

describe.runIf(process.platform === "linux")("a full disk", () => {
  test("says so, leaves no file, and the connection is let go of", async () => {
    const target = join(folder, "full.ydbackup");
    await symlink("/dev/full", `${target}.part`);
    await expect(createBackup(source.services, target)).rejects.toMatchObject({ code: "platform/disk-full" });
    expect((await readdir(folder)).filter((name) => name.startsWith("full"))).toEqual([]);
    const open =
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = 'yingda_owner'";
    await expect
      .poll(async () => (await source.database.asAdmin<{ n: number }>(open))[0]?.n, { timeout: 5_000 })
      .toBe(0);
  });
});

describe("a lost connection", () => {
  test("ends a backup or a restore with an error, leaves no file and no row, and hurts nobody else", async () => {
    const target = await testMachine(folder);
    const kill = () =>
      target.database.asAdmin(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'yingda_owner' and pid <> pg_backend_pid()`,
      );
    const dying = join(folder, "dying.ydbackup");
    await fillEvents(target, newId<string>(), 30_000);
    let isKilled = false;
    const killOnce = (share: number) => {
      if (share < 0.05 || isKilled) return;
      isKilled = true;
      void kill();
    };
    await expect(createBackup(target.services, dying, killOnce)).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.startsWith("dying"))).toEqual([]);
    await target.database.asAdmin("delete from outbox_event");
    isKilled = false;
    const killInLoad = (share: number) => killOnce(share > 0.4 ? share : 0);
    const restoring = restoreBackup(target.services, path, { masterKey: source.masterKey }, killInLoad);
    await expect(restoring).rejects.toThrow();
    const [count] = await target.database.asAdmin<{ n: number }>(
      "select count(*)::int as n from outbox_event",
    );
    expect(count?.n).toBe(0);
    expect(await kindOf(restoreBackup(target.services, path, { masterKey: source.masterKey }))).toBe("done");
  });
});

describe("restoring on another machine", () => {
  test.each(["master key", "recovery key"])(
    "by %s brings back every row, every file, every sealed value",
    async (by) => {
      const target = await testMachine(folder);
      const key =
        by === "master key" ? { masterKey: source.masterKey } : { recoveryKey: recoveryKey.toLowerCase() };
      const shares: number[] = [];
      const restored = await restoreBackup(target.services, path, key, (share) => shares.push(share));
      expect(restored).toEqual({
        tables: created.tables,
        rows: created.rows,
        blobs: 4,
        createdAt: clock.now(),
        appVersion: "1.2.3",
      });
      expect(shares.at(-1)).toBe(1);
      expect(await fingerprint(target)).toEqual(content);

      target.vault.useMasterKey(target.masterKey);
      const [row] = await target.database.db.transact(tenantId, (tx) =>
        tx.rows<{ sealed_name: Buffer; tags: string[] }>(
          "select sealed_name, tags from contact where id = $1",
          [contactId],
        ),
      );
      const vault = await target.vault.forTenant(tenantId);
      const place = { table: "contact", column: "sealed_name", row: contactId };
      expect(vault.openText(place, row?.sealed_name ?? Buffer.alloc(0))).toBe(nasty);
      expect(row?.tags).toEqual([nasty, "", "{a,b}", "NULL"]);
      const files = await target.database.asAdmin<{ id: string }>(
        "select id from media where tenant_id = $1",
        [tenantId],
      );
      for (const { id } of files) {
        const [before, after] = await Promise.all(
          [source.media, target.media].map(async (media) => {
            const opened = await media.open(tenantId, id as never);
            return opened && { name: opened.media.name, bytes: await collect(opened.body) };
          }),
        );
        expect(after).toEqual(before);
        expect(after?.bytes.length).toBeGreaterThan(0);
      }
      const system = (vaultOf: Vault) =>
        vaultOf.forSystem().then((keys) => keys.lookup("account", "li@shop.com"));
      expect((await system(target.vault)).equals(await system(source.vault))).toBe(true);
    },
  );

  test("keeps the recovery key working, now for the new machine's master key", async () => {
    const target = await testMachine(folder);
    await restoreBackup(target.services, path, { recoveryKey });
    const second = join(folder, "second.ydbackup");
    await createBackup(target.services, second);
    expect(await inspectBackup(second, { recoveryKey })).toMatchObject({ rows: created.rows });
    expect(await kindOf(inspectBackup(second, { masterKey: source.masterKey }))).toBe("wrong-key");
    expect(await inspectBackup(second, { masterKey: target.masterKey })).toMatchObject({ blobs: 4 });
  });
});
