/**
 * A machine for backup tests: a database of its own, a master key of its own in it, a folder of files.
 */
import { join } from "node:path";
import { type TestDatabase, testDatabase } from "../../../../test/database.ts";
import { fixedClock } from "../../clock.ts";
import { createVault, KeyProblem, MasterKey, type Vault } from "../../crypto/index.ts";
import { createMediaStore, FolderBlobs, type MediaStore } from "../../media/index.ts";
import { BackupProblem } from "../backup-problem.ts";
import type { BackupServices } from "../backup-services.ts";

export type Machine = {
  database: TestDatabase;
  services: BackupServices;
  vault: Vault;
  media: MediaStore;
  masterKey: MasterKey;
};

export const clock = fixedClock();

/** As after the first start: migrated, with keys, and nobody in it. */
export async function testMachine(folder: string): Promise<Machine> {
  const database = await testDatabase();
  const masterKey = MasterKey.generate();
  const disk = new FolderBlobs(join(folder, database.name));
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

/** Text with everything that a line format must escape. */
export const nasty = 'tab\t newline\n return\r backslash\\ \\N \\. quote" null\u2400 退款 👍';

export async function fillEvents({ database }: Machine, tenantId: string, count: number): Promise<void> {
  await database.asAdmin(
    `insert into outbox_event (tenant_id, aggregate_id, seq, id, kind, at, payload)
     select $1, $1, n, gen_random_uuid(), 'test-event', now(), jsonb_build_object('n', n, 'text', $3::text)
     from generate_series(1, $2) n`,
    [tenantId, count, nasty],
  );
}

/** What is in every table, as count and sum of hashes; wrapped keys differ between machines by design. */
export async function fingerprint({ database }: Machine): Promise<Record<string, string>> {
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

/** "done", or the kind of problem it was refused with. */
export async function kindOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) =>
      error instanceof BackupProblem || error instanceof KeyProblem ? error.kind : `other: ${String(error)}`,
  );
}
