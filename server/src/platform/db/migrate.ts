// Brings the tables to what this version of the program expects: numbered plain SQL files, forward only, each in its
// transaction together with the record that it ran. Several servers may start at once (an advisory lock lets one work
// while the others wait), and a server killed in the middle leaves nothing half done. A file waits at most 3 s for a
// table somebody uses and then steps back, so that an upgrade never queues a live system behind itself.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { elapsedMs } from "../clock.ts";
import { StartupError } from "../errors.ts";
import type { Log } from "../log.ts";
import { codeOf } from "./database-error.ts";
import type { LocalSettings } from "./lane.ts";

export interface Migration {
  number: number;
  name: string;
  text: string;
  checksum: string;
}

export interface MigrateOptions {
  /** A direct connection that may change tables. */
  client: pg.ClientConfig;
  /** Set for the whole session: the role to take, or `app.system`. */
  settings: LocalSettings;
  log: Log;
  folder?: string;
  /** How long one attempt waits for a table somebody uses; 3 s unless a test is in a hurry. */
  lockTimeOutMs?: number;
}

const ownFolder = join(import.meta.dirname, "migrations");
const lockKey = 7_263_548_120_461; // any number that is only ours
const attempts = 20;
const passingCodes = new Set(["55P03", "40P01"]); // lock not free within lock_timeout, deadlock

/** The migrations of a folder in their order. Throws a plain Error when two share a number. */
export async function readMigrations(folder = ownFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1] ?? Number.NaN);
      if (Number.isNaN(number)) throw new Error(`${name} is not named 0123-some-words.sql`);
      const text = await readFile(join(folder, name), "utf8");
      return { number, name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
  const twice = migrations.find(({ number }, index) => migrations[index + 1]?.number === number);
  if (twice) throw new Error(`two migrations have the number of ${twice.name}`);
  return migrations;
}

/**
 * Applies what is missing.
 * @returns the names of the files applied now.
 * @throws StartupError database-newer-than-code, database-migration-changed, database-migration-failed
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { client: config, settings, log, folder, lockTimeOutMs = 3000 } = options;
  const migrations = await readMigrations(folder);
  const client = new pg.Client(config);
  client.on("error", (error) => log.warn({ err: error }, "migration connection lost"));
  await client.connect();
  try {
    for (const [name, value] of settings)
      await client.query("select set_config($1, $2, false)", [name, value]);
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query(`create table if not exists schema_migration (
      number int primary key, name text not null, checksum text not null,
      applied_at timestamptz not null default now(), took_ms real not null)`);
    const missing = await compare(client, migrations);
    for (const migration of missing) await apply(client, migration, lockTimeOutMs, log);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** What the code has and the database has not, after making sure that the database has nothing the code has not. */
async function compare(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const applied = await client.query<{ number: number; name: string; checksum: string }>(
    "select number, name, checksum from schema_migration order by number",
  );
  for (const row of applied.rows) {
    const ours = migrations.find(({ number }) => number === row.number);
    if (!ours)
      throw new StartupError("database-newer-than-code", {
        zh: `数据库由更新的版本升级过（${row.name}）。请使用新版本程序，或从备份恢复。`,
        en: `The database was upgraded by a newer version (${row.name}). Run that version, or restore a backup.`,
      });
    if (ours.checksum !== row.checksum)
      throw new StartupError("database-migration-changed", {
        zh: `升级脚本 ${row.name} 与数据库里执行过的不一致。`,
        en: `The migration ${row.name} differs from the one this database was upgraded with.`,
      });
  }
  const known = new Set(applied.rows.map((row) => row.number));
  return migrations.filter(({ number }) => !known.has(number));
}

async function apply(
  client: pg.Client,
  migration: Migration,
  lockTimeOutMs: number,
  log: Log,
): Promise<void> {
  const { number, name, text, checksum } = migration;
  for (let attempt = 1; ; attempt += 1) {
    const started = elapsedMs();
    try {
      await client.query("begin");
      await client.query(`set local lock_timeout = ${lockTimeOutMs}`);
      await client.query(text);
      const record = "insert into schema_migration (number, name, checksum, took_ms) values ($1, $2, $3, $4)";
      await client.query(record, [number, name, checksum, elapsedMs() - started]);
      await client.query("commit");
      log.info({ migration: name, tookMs: Math.round(elapsedMs() - started) }, "migration applied");
      return;
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      const isPassing = passingCodes.has(codeOf(error));
      if (!isPassing || attempt === attempts)
        throw new StartupError(
          "database-migration-failed",
          {
            zh: `升级脚本 ${name} 失败：`,
            en: `The migration ${name} failed${lineOf(error, text)}: ${String(error)}`,
          },
          error,
        );
      log.warn({ migration: name, attempt }, "a table is in use, migration tries again");
      await sleep(100 * attempt);
    }
  }
}

/** PostgreSQL counts characters from 1; people count lines. */
function lineOf(error: unknown, text: string): string {
  const position = error instanceof pg.DatabaseError ? Number(error.position) : Number.NaN;
  return Number.isNaN(position) ? "" : ` at line ${text.slice(0, position - 1).split("\n").length}`;
}
