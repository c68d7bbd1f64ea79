import { randomBytes } from "node:crypto";
import {
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TenantId } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../../test/database.ts";
import { fixedClock } from "../clock.ts";
import { findPlain } from "../crypto/find-plain.ts";
import { createVault, KeyProblem, MasterKey, makeRecovery, type Vault } from "../crypto/index.ts";
import { newId } from "../ids.ts";
import { createMediaStore, FolderBlobs, type MediaStore } from "../media/index.ts";
import { collect } from "../media/upload-source.ts";
import { BackupProblem } from "./backup-problem.ts";
import type { BackupServices } from "./backup-services.ts";
import { createBackup } from "./create-backup.ts";
import { inspectBackup } from "./read-backup.ts";
import { restoreBackup } from "./restore-backup.ts";

const clock = fixedClock();
let folder: string;

/** A machine: a database, a master key of its own in it, files. */
type Machine = {
  database: TestDatabase;
  services: BackupServices;
  vault: Vault;
  media: MediaStore;
  masterKey: MasterKey;
};

async function machine(name: string): Promise<Machine> {
  const database = await testDatabase();
  const masterKey = MasterKey.generate();
  const disk = new FolderBlobs(join(folder, name));
  await disk.prepare();
  await database.asAdmin("insert into key_check (check_value, created_at) values ($1, now())", [
    masterKey.derive("key-check"),
  ]);
  const { db } = database;
  const vault = createVault({ db, clock, masterKey });
  await vault.forSystem();
  const media = createMediaStore({ db, vault, clock, blobs: { disk }, preferred: "disk" });
  const services = {
    db,
    clock,
    masterKey,
    blobs: { disk },
    preferredBlobs: "disk" as const,
    appVersion: "1.2.3",
  };
  return { database, services, vault, media, masterKey };
}

const nasty = 'tab\t newline\n return\r backslash\\ \\N \\. quote" null\u2400 退款 👍';
const rowsInAll = 100_000;

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

async function fillEvents({ database }: Machine, tenantId: string, count: number): Promise<void> {
  await database.asAdmin(
    `insert into outbox_event (tenant_id, aggregate_id, seq, id, kind, at, payload)
     select $1, $1, n, gen_random_uuid(), 'test-event', now(), jsonb_build_object('n', n, 'text', $3::text)
     from generate_series(1, $2) n`,
    [tenantId, count, nasty],
  );
}

/** What is in every table, as one hash each; wrapped keys differ between machines by design. */
async function fingerprint({ database }: Machine): Promise<Record<string, string>> {
  const tables = await database.asAdmin<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname not in ('schema_migration', 'data_key', 'key_check') order by 1`,
  );
  const result: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.asAdmin<{ hash: string }>(
      `select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) as hash from "${name}" t`,
    );
    result[name] = row?.hash ?? "";
  }
  return result;
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) =>
      error instanceof BackupProblem || error instanceof KeyProblem ? error.kind : `other: ${String(error)}`,
  );
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
  source = await machine("source");
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
    const busy = await machine("busy");
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
    const target = await machine("busy-target");
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

describe("a lost connection", () => {
  test("ends a backup or a restore with an error, leaves no file and no row, and hurts nobody else", async () => {
    const target = await machine("interrupted");
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
      const target = await machine(`target ${by}`);
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
    const target = await machine("again");
    await restoreBackup(target.services, path, { recoveryKey });
    const second = join(folder, "second.ydbackup");
    await createBackup(target.services, second);
    expect(await inspectBackup(second, { recoveryKey })).toMatchObject({ rows: created.rows });
    expect(await kindOf(inspectBackup(second, { masterKey: source.masterKey }))).toBe("wrong-key");
    expect(await inspectBackup(second, { masterKey: target.masterKey })).toMatchObject({ blobs: 4 });
  });
});

describe("what is refused, before any change", () => {
  let target: Machine;
  let before: Record<string, string>;
  const broken = () => join(folder, "broken.ydbackup");
  const attempt = (file = broken()) =>
    kindOf(restoreBackup(target.services, file, { masterKey: source.masterKey }));

  beforeAll(async () => {
    target = await machine("refusing");
    before = await fingerprint(target);
  });

  test("files cut anywhere", async () => {
    const { size } = await stat(path);
    for (const length of [
      0,
      5,
      11,
      40,
      700,
      5_000,
      size >> 1,
      size - 300_000,
      size - 17,
      size - 16,
      size - 1,
    ]) {
      await copyFile(path, broken());
      await truncate(broken(), length);
      expect(await attempt()).toMatch(/^(damaged|not-a-backup)$/);
    }
    await copyFile(path, broken());
    const file = await open(broken(), "a");
    await file.write("x");
    await file.close();
    expect(await attempt()).toBe("damaged");
  });

  test("files with one byte flipped, wherever it is", async () => {
    const whole = await readFile(path);
    const places = [3, 9, 11, 30, 100, 400, 1_000, whole.length - 1, whole.length - 20];
    for (let i = 0; i < 25; i += 1) places.push(Math.floor((whole.length * i) / 25) + 1);
    for (const at of places) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await writeFile(broken(), flipped);
      expect(await attempt()).toMatch(/^(damaged|not-a-backup|wrong-key|newer-format)$/);
    }
  });

  test("files with chunks swapped, dropped or taken from another backup", async () => {
    const whole = await readFile(path);
    const bodyAt = 12 + whole.readUInt32BE(8) + 7;
    const chunk = 1_048_576 + 16;
    const cut = (i: number) => whole.subarray(bodyAt + i * chunk, bodyAt + (i + 1) * chunk);
    expect(whole.length).toBeGreaterThan(bodyAt + 3 * chunk);
    const rest = whole.subarray(bodyAt + 3 * chunk);
    const other = join(folder, "other.ydbackup");
    await createBackup(source.services, other);
    const foreign = await readFile(other);
    const foreignBody = 12 + foreign.readUInt32BE(8) + 7;
    const head = whole.subarray(0, bodyAt);
    for (const parts of [
      [head, cut(1), cut(0), cut(2), rest],
      [head, cut(0), cut(2), rest],
      [head, cut(0), cut(1), cut(1), rest],
      [head, foreign.subarray(foreignBody, foreignBody + chunk), cut(1), cut(2), rest],
      [whole.subarray(0, bodyAt - 7), foreign.subarray(foreignBody - 7)],
      [foreign.subarray(0, foreignBody - 7), whole.subarray(bodyAt - 7)],
    ]) {
      await writeFile(broken(), Buffer.concat(parts));
      expect(await attempt()).toBe("damaged");
    }
  });

  test("wrong keys, by kind", async () => {
    expect(await kindOf(restoreBackup(target.services, path, { masterKey: MasterKey.generate() }))).toBe(
      "wrong-key",
    );
    const other = makeRecovery(source.masterKey).recoveryKey;
    expect(await kindOf(restoreBackup(target.services, path, { recoveryKey: other }))).toBe("recovery-wrong");
    const mistyped = `${recoveryKey.slice(0, -1)}${recoveryKey.at(-1) === "0" ? "1" : "0"}`;
    expect(await kindOf(restoreBackup(target.services, path, { recoveryKey: mistyped }))).toBe(
      "recovery-mistyped",
    );
    const without = await machine("without-recovery");
    const file = join(folder, "without.ydbackup");
    await createBackup(without.services, file);
    expect(await kindOf(inspectBackup(file, { recoveryKey }))).toBe("no-recovery");
  });

  test("another database level, a filled database, another file", async () => {
    await target.database.asAdmin(
      "insert into schema_migration (number, name, checksum, took_ms) values (9999, 'x', 'y', 1)",
    );
    expect(await attempt(path)).toBe("other-migrations");
    await target.database.asAdmin("delete from schema_migration where number = 9999");
    const filled = await machine("filled");
    await filled.database.tenant();
    expect(await kindOf(restoreBackup(filled.services, path, { masterKey: source.masterKey }))).toBe(
      "database-not-empty",
    );
    await writeFile(broken(), "just a text");
    expect(await attempt()).toBe("not-a-backup");
  });

  test("and nothing was changed by any of it", async () => {
    expect(await fingerprint(target)).toEqual(before);
    expect(await readdir(join(folder, "refusing"))).toEqual([".incoming"]);
    target.vault.useMasterKey(target.masterKey);
    expect((await target.vault.forSystem()).lookup("a", "b")).toHaveLength(32);
    expect(await attempt(path)).toBe("done");
  });
});
