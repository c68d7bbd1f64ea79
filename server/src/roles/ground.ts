// Opens what everything stands on: the database (bundled or DATABASE_URL) with its tables up to date, and the master key.
// Used by the server and by commands that work without it.
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { BackupServices } from "../platform/backup/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { KeyProblem, type MasterKey, openKeys, readKeyFile } from "../platform/crypto/index.ts";
import {
  type Db,
  type EmbeddedPostgres,
  type MigrationTools,
  openDatabase,
  startEmbedded,
} from "../platform/db/index.ts";
import { StartupError } from "../platform/errors.ts";
import type { Log } from "../platform/log.ts";
import { createGuardedFetch } from "../platform/net/index.ts";
import { backupFolderOf } from "./backups.ts";
import { openBlobs } from "./services.ts";
import { version } from "./version.ts";

export interface Ground {
  db: Db;
  masterKey: MasterKey;
  /** True at the very first start. */
  isNew: boolean;
  backup: BackupServices;
  close(): Promise<void>;
}

export interface GroundOptions {
  config: Config;
  clock: Clock;
  log: Log;
  /** "upgrades": a backup, then migrations; "as-is": migrations only, for commands that replace the data anyway. */
  tables?: "upgrades" | "as-is";
}

/** @throws StartupError with a sentence for the operator. */
export async function openGround({
  config,
  clock,
  log,
  tables = "upgrades",
}: GroundOptions): Promise<Ground> {
  await makeFolder(config.dataFolder);
  const embedded =
    config.databaseUrl === null ? await startEmbedded({ dataFolder: config.dataFolder, log }) : null;
  let db: Db | null = null;
  try {
    const backupBase = backupBaseOf(config, clock);
    db = await openDatabase(sourceOf(config, embedded), {
      log,
      poolSize: config.poolSize,
      ...(tables === "upgrades"
        ? { bringUpToDate: (tools: MigrationTools) => upgrade(config, log, backupBase, tools) }
        : {}),
    });
    const { masterKey, isNew } = await openKeys(db, clock, {
      path: config.keyFile,
      dataFolder: config.dataFolder,
    });
    const opened = db;
    return {
      db,
      masterKey,
      isNew,
      backup: { ...backupBase, db, masterKey },
      async close() {
        await opened.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await db?.close();
    await embedded?.stop();
    throw error;
  }
}

function sourceOf(config: Config, embedded: EmbeddedPostgres | null) {
  if (embedded) return { embedded };
  return { url: config.databaseUrl ?? "", directUrl: config.databaseDirectUrl ?? undefined };
}

function backupBaseOf(config: Config, clock: Clock): Omit<BackupServices, "db" | "masterKey"> {
  const fetch = createGuardedFetch({
    clock,
    allow: config.allowPrivate,
    ownPorts: [config.port],
    connectTimeoutMs: 10_000,
  });
  return { clock, appVersion: version, ...openBlobs({ config, clock, fetch }) };
}

async function upgrade(
  config: Config,
  log: Log,
  base: ReturnType<typeof backupBaseOf>,
  { dedicated, migrate }: MigrationTools,
): Promise<void> {
  const { upgradeWithBackup } = await import("../platform/backup/index.ts");
  const result = await upgradeWithBackup({
    services: { ...base, db: { dedicated } },
    openMasterKey: () => requireKey(config.keyFile),
    backupFolder: backupFolderOf(config),
    migrate,
    log,
  });
  if (result.kind !== "went-back") return;
  const { backupPath, cause } = result;
  const text = {
    zh: `升级失败，数据库已恢复到升级前的状态（备份：${backupPath}）。请继续使用原来的版本，并附上日志反馈问题。`,
    en: `The upgrade failed and the database is as it was before (backup: ${backupPath}). Go on with the earlier version and report the log.`,
  };
  throw new StartupError("database-migration-failed", text, cause);
}

async function requireKey(path: string): Promise<MasterKey> {
  const masterKey = await readKeyFile(path);
  if (masterKey) return masterKey;
  throw new KeyProblem(
    "absent",
    `找不到主密钥文件 ${path}，但数据库里已有数据。请放回该文件，或用备份和恢复密钥还原。`,
    `The master key file ${path} is missing although the database holds data. Put it back, or restore a backup with the recovery key.`,
  );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    // passable: the bundled database may run as another user below it
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await removeEmpty(await mkdtemp(join(folder, ".probe-")));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT") throw diskFull(folder, cause);
    throw new StartupError(
      "data-folder-unusable",
      { zh: `数据目录 ${folder} 无法写入。`, en: `The data folder ${folder} cannot be written.` },
      cause,
    );
  }
}

async function removeEmpty(folder: string): Promise<void> {
  const { rmdir } = await import("node:fs/promises");
  await rmdir(folder);
}

export function diskFull(folder: string, cause: unknown): StartupError {
  return new StartupError(
    "disk-full",
    {
      zh: `${folder} 所在的磁盘已满，请腾出空间后再启动。`,
      en: `The disk of ${folder} is full: make room and start again.`,
    },
    cause,
  );
}
