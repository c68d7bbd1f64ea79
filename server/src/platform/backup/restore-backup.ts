/**
 * Puts a backup into an empty database that is migrated to the same level, all or nothing.
 *
 * First the whole file is read and judged; then one transaction loads every table, and re-wraps all data keys for
 * the master key of this machine: the backup's own master key is needed only for reading. Files go to the blob
 * store before the commit; should it fail, the sweep removes them. Stop the server first.
 */
import type pg from "pg";
import { rewrapEverything } from "../crypto/rotate-master.ts";
import { systemTenant } from "../crypto/vault.ts";
import type { BackupEnd, Frame } from "./backup-frames.ts";
import type { AppliedMigration, BackupKey } from "./backup-header.ts";
import { BackupProblem } from "./backup-problem.ts";
import { appliedMigrations, quoted, readSchema, type SavedSchema } from "./backup-schema.ts";
import type { BackupProgress, BackupServices } from "./backup-services.ts";
import { clientTx } from "./client-tx.ts";
import { copyIn } from "./copy.ts";
import { asOwner } from "./dedicated.ts";
import { type OpenedBackup, openBackup } from "./read-backup.ts";

export type RestoredBackup = BackupEnd & { createdAt: Date; appVersion: string };

/** Throws BackupProblem (nothing was changed), KeyProblem, or the database's own error (rolled back). */
export async function restoreBackup(
  services: BackupServices,
  path: string,
  key: BackupKey,
  onProgress: BackupProgress = () => undefined,
): Promise<RestoredBackup> {
  const backup = await openBackup(path, key);
  let end: BackupEnd = { tables: 0, rows: 0, blobs: 0 };
  for await (const frame of backup.frames((share) => onProgress(share * 0.3)))
    if (frame.kind === "end") end = frame;
  await asOwner(services, async (client) => {
    await client.query("begin");
    try {
      const schema = await readSchema(client);
      await refuseOtherLevel(client, backup.header.migrations);
      await refuseFilled(client, schema);
      await loadEverything(services, client, schema, backup, (share) => onProgress(0.3 + share * 0.7));
      await rewrapEverything(clientTx(client), backup.masterKey, services.masterKey);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      throw error;
    }
    await client.query("analyze");
  });
  onProgress(1);
  const { tables, rows, blobs } = end;
  return {
    tables,
    rows,
    blobs,
    createdAt: new Date(backup.header.createdAt),
    appVersion: backup.header.appVersion,
  };
}

async function refuseOtherLevel(client: pg.Client, expected: readonly AppliedMigration[]): Promise<void> {
  const applied = await appliedMigrations(client);
  const level = (list: readonly AppliedMigration[]) =>
    list.map(({ number, checksum }) => `${number}:${checksum}`).join();
  if (level(applied) !== level(expected)) throw new BackupProblem("other-migrations");
}

/** A single row of any tenant counts; what the first start writes belongs to none. */
async function refuseFilled(client: pg.Client, { tables }: SavedSchema): Promise<void> {
  for (const { name, columns } of tables) {
    if (!columns.includes("tenant_id")) continue;
    const { rows } = await client.query<{ filled: boolean }>(
      `select exists (select from public.${quoted(name)} where tenant_id <> $1) as filled`,
      [systemTenant],
    );
    if (rows[0]?.filled !== false) throw new BackupProblem("database-not-empty");
  }
}

async function loadEverything(
  services: BackupServices,
  client: pg.Client,
  schema: SavedSchema,
  backup: OpenedBackup,
  onProgress: BackupProgress,
): Promise<void> {
  const { tables, cyclic } = schema;
  const names = tables.map(({ name }) => `public.${quoted(name)}`);
  const forced = tables
    .filter((table) => table.hasForcedPolicies)
    .map(({ name }) => `public.${quoted(name)}`);
  for (const name of forced) await client.query(`alter table ${name} no force row level security`);
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  for (const key of cyclic) await deferKey(client, key, true);
  await client.query("set constraints all deferred");
  await client.query(`truncate ${names.join(", ")}`); // what the first start of this machine wrote
  await loadFrames(services, client, backup.frames(onProgress));
  await client.query("update media set storage = $1", [services.preferredBlobs]);
  await client.query("set constraints all immediate");
  for (const key of cyclic) await deferKey(client, key, false);
  for (const name of names) await client.query(`alter table ${name} enable trigger user`);
  for (const name of forced) await client.query(`alter table ${name} force row level security`);
}

function deferKey(client: pg.Client, key: { name: string; table: string }, isDeferred: boolean) {
  const how = isDeferred ? "deferrable initially deferred" : "not deferrable";
  return client.query(`alter table ${key.table} alter constraint ${quoted(key.name)} ${how}`);
}

async function loadFrames(
  services: BackupServices,
  client: pg.Client,
  frames: AsyncGenerator<Frame>,
): Promise<void> {
  const blobs = services.blobs[services.preferredBlobs];
  if (blobs === undefined) throw new Error("there is no store for the restored files");
  try {
    for (let step = await frames.next(); !step.done; step = await frames.next()) {
      const frame = step.value;
      if (frame.kind === "table") await loadTable(client, frame, frames);
      else if (frame.kind === "sequence") await setSequence(client, frame);
      else if (frame.kind === "blob") await blobs.write(frame.name, bytesUntil(frames, "blob-bytes"));
    }
  } finally {
    await frames.return(undefined); // lets go of the file when a table was refused
  }
}

async function setSequence(
  client: pg.Client,
  { sequence, lastValue, isCalled }: { sequence: string; lastValue: string; isCalled: boolean },
): Promise<void> {
  await client.query("select setval($1::regclass, $2::bigint, $3)", [
    `public.${quoted(sequence)}`,
    lastValue,
    isCalled,
  ]);
}

async function loadTable(
  client: pg.Client,
  { table, columns }: { table: string; columns: string[] },
  frames: AsyncGenerator<Frame>,
): Promise<void> {
  const list = columns.map(quoted).join(", ");
  const text = `copy public.${quoted(table)} (${list}) from stdin`;
  await copyIn(client, text, bytesUntil(frames, "rows")); // counts are compared by the reader of the frames
}

/** The bytes of the frames of one kind up to the frame that ends them, which is taken as well. */
async function* bytesUntil(
  frames: AsyncGenerator<Frame>,
  kind: "rows" | "blob-bytes",
): AsyncGenerator<Buffer> {
  for (let step = await frames.next(); !step.done; step = await frames.next()) {
    if (step.value.kind !== kind) return;
    yield step.value.bytes;
  }
}
