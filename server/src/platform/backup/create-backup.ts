/**
 * Writes one encrypted file with the whole database and all files, while everything goes on.
 *
 * All tables are read in one REPEATABLE READ transaction, so the file shows one instant; blobs are copied as they
 * lie (each sealed under its own key, whose wrapping is in the database). The file appears under its name only
 * when it is complete and on the disk. It also runs before an upgrade, on the earlier level: the statements here and
 * in media-rows.ts `mediaAfter` may only name columns that have always been there.
 */
import { open, rename, rm, stat } from "node:fs/promises";
import type pg from "pg";
import { checkMasterKey, recoveryState } from "../crypto/key-check.ts";
import { sealStream } from "../crypto/sealed-stream.ts";
import { asDiskFull } from "../media/folder-blobs.ts";
import { blobName } from "../media/media-cipher.ts";
import { mediaAfter } from "../media/media-rows.ts";
import { type BackupEnd, countRows, type Frame, writeFrame } from "./backup-frames.ts";
import { makeHeader } from "./backup-header.ts";
import { appliedMigrations, quoted, readSchema, type SavedTable } from "./backup-schema.ts";
import type { BackupProgress, BackupServices } from "./backup-services.ts";
import { clientTx } from "./client-tx.ts";
import { copyOut } from "./copy.ts";
import { asOwner } from "./dedicated.ts";

export type CreatedBackup = BackupEnd & {
  path: string;
  sizeBytes: number;
  /** Files that were removed while the backup ran. */
  missingBlobs: number;
};

const rowsFrameBytes = 1_000_000;
const mediaPageRows = 500;

/** Throws AppError platform/disk-full when there is no room; a failed backup leaves no file. */
export async function createBackup(
  services: BackupServices,
  path: string,
  onProgress: BackupProgress = () => undefined,
): Promise<CreatedBackup> {
  const part = `${path}.part`;
  try {
    const run = await asOwner(services, (client) => writeBackup(services, client, part, onProgress));
    await rename(part, path);
    onProgress(1);
    return { ...run.written, missingBlobs: run.missingBlobs, path, sizeBytes: (await stat(path)).size };
  } catch (error) {
    throw asDiskFull(error);
  } finally {
    await rm(part, { force: true });
  }
}

async function writeBackup(
  services: BackupServices,
  client: pg.Client,
  part: string,
  onProgress: BackupProgress,
): Promise<BackupRun> {
  await client.query("begin transaction isolation level repeatable read, read only");
  await refuseBlindRole(client);
  await checkMasterKey(clientTx(client), services.masterKey);
  const run = new BackupRun(services, client, onProgress);
  const { wrapped: recovery } = await recoveryState(clientTx(client));
  const migrations = await appliedMigrations(client);
  const facts = { createdAt: services.clock.now(), appVersion: services.appVersion, migrations, recovery };
  const { bytes: header, shape } = makeHeader(services.masterKey, facts);
  await writeFile(part, header, sealStream(shape, run.frames()));
  await client.query("commit");
  return run;
}

class BackupRun {
  readonly written: BackupEnd = { tables: 0, rows: 0, blobs: 0 };
  missingBlobs = 0;
  readonly #services: BackupServices;
  readonly #client: pg.Client;
  readonly #onProgress: BackupProgress;
  #expectedBytes = 1;
  #doneBytes = 0;

  constructor(services: BackupServices, client: pg.Client, onProgress: BackupProgress) {
    this.#services = services;
    this.#client = client;
    this.#onProgress = onProgress;
  }

  async *frames(): AsyncGenerator<Buffer> {
    const schema = await readSchema(this.#client);
    this.#expectedBytes = await expectedBytes(this.#client);
    for (const table of schema.tables) yield* this.#table(table);
    for (const sequence of schema.sequences) yield writeFrame(await this.#sequence(sequence));
    yield* this.#blobs();
    yield writeFrame({ kind: "end", ...this.written });
  }

  async *#table(table: SavedTable): AsyncGenerator<Buffer> {
    yield writeFrame({ kind: "table", table: table.name, columns: table.columns });
    const columns = table.columns.map(quoted).join(", ");
    const rows = copyOut(
      this.#client,
      `copy (select ${columns} from public.${quoted(table.name)}) to stdout`,
    );
    let count = 0;
    let pending: Buffer[] = [];
    let pendingBytes = 0;
    const flush = (): Buffer => {
      const bytes = Buffer.concat(pending);
      count += countRows(bytes);
      pending = [];
      pendingBytes = 0;
      return writeFrame({ kind: "rows", bytes });
    };
    for await (const bytes of rows) {
      pending.push(bytes);
      pendingBytes += bytes.length;
      if (pendingBytes >= rowsFrameBytes) yield flush();
      this.#advance(bytes.length);
    }
    if (pendingBytes > 0) yield flush();
    yield writeFrame({ kind: "table-end", count });
    this.written.tables += 1;
    this.written.rows += count;
  }

  async #sequence(name: string): Promise<Frame> {
    const { rows } = await this.#client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from public.${quoted(name)}`,
    );
    return {
      kind: "sequence",
      sequence: name,
      lastValue: rows[0]?.last ?? "1",
      isCalled: rows[0]?.called ?? false,
    };
  }

  async *#blobs(): AsyncGenerator<Buffer> {
    const tx = clientTx(this.#client);
    let after: { tenantId: string; id: string } | null = null;
    while (true) {
      const page: Awaited<ReturnType<typeof mediaAfter>> = await mediaAfter(tx, after, mediaPageRows);
      for (const { tenantId, id, storage, hasThumb } of page) {
        yield* this.#blob(storage, blobName(tenantId, id, "full"));
        if (hasThumb) yield* this.#blob(storage, blobName(tenantId, id, "thumb"));
      }
      after = page.at(-1) ?? null;
      if (after === null) return;
    }
  }

  async *#blob(storage: "disk" | "s3", name: string): AsyncGenerator<Buffer> {
    const bytes = await this.#services.blobs[storage]?.read(name);
    if (bytes === undefined) {
      this.missingBlobs += 1; // removed since the instant that the tables show
      return;
    }
    yield writeFrame({ kind: "blob", name });
    let count = 0;
    for await (const piece of bytes) {
      count += piece.length;
      yield writeFrame({ kind: "blob-bytes", bytes: Buffer.from(piece) });
      this.#advance(piece.length);
    }
    yield writeFrame({ kind: "blob-end", count });
    this.written.blobs += 1;
  }

  #advance(bytes: number): void {
    this.#doneBytes += bytes;
    this.#onProgress(Math.min(0.99, this.#doneBytes / this.#expectedBytes));
  }
}

/** A role that policies hide rows from would make a backup of nothing, without an error. */
async function refuseBlindRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sees: boolean }>("select yingda_is_system() as sees");
  if (rows[0]?.sees !== true) throw new Error("the backup's role does not see all rows");
}

/** Roughly how many bytes will be read: text is longer than the stored rows, so twice their size. */
async function expectedBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `select (2 * coalesce(sum(pg_relation_size(oid)), 0))::float8
       + (select coalesce(sum(size_bytes), 0) from media where deleted_at is null)::float8 as bytes
     from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  return Math.max(1, rows[0]?.bytes ?? 1);
}

async function writeFile(path: string, header: Buffer, sealed: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(header);
    for await (const bytes of sealed) await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
