// Backups of this installation: by hand, and every night, seven kept. One at a time.
import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BackupServices } from "../platform/backup/index.ts";
import type { Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { FileReply } from "../platform/http/index.ts";
import { LongTask, type Progress } from "./long-task.ts";

export interface Backups {
  readonly folder: string;
  start(): Progress;
  list(): Promise<{ name: string; sizeBytes: number; at: Date }[]>;
  /** The one under way, or the last one when it failed. */
  readonly running: Progress | null;
  nextAt(): Date;
  /** @throws AppError request/not-found */
  open(name: string): Promise<FileReply>;
  /** The nightly one; throws when it fails, so that the job is tried again. */
  nightly(): Promise<void>;
  settled(): Promise<void>;
}

/** When shops sleep. */
export const nightlyCron = "10 2 * * *";
export const nightlyZone = "Asia/Shanghai";
const nightlyUtcMinutes = 18 * 60 + 10;
const kept = 7;

export function backupFolderOf(config: { dataFolder: string }): string {
  return join(config.dataFolder, "backups");
}

export function createBackups({ config, clock, log }: Services, ground: BackupServices): Backups {
  const folder = backupFolderOf(config);
  const task = new LongTask("backup", clock, log);

  async function run(report: (share: number) => void): Promise<void> {
    const { createBackup, backupFileName, pruneBackups } = await import("../platform/backup/index.ts");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const made = await createBackup(ground, join(folder, backupFileName(clock.now())), report);
    await pruneBackups(folder, kept, clock.now());
    log.info({ rows: made.rows, blobs: made.blobs, sizeBytes: made.sizeBytes }, "backup written");
  }

  async function list(): Promise<{ name: string; sizeBytes: number; at: Date }[]> {
    const { listBackups } = await import("../platform/backup/index.ts");
    return listBackups(folder);
  }

  return {
    folder,
    start() {
      if (!task.begin(run) || !task.state) throw new AppError("backup/running");
      return task.state;
    },
    list,
    get running() {
      return task.state?.state === "done" ? null : task.state;
    },
    nextAt() {
      const now = clock.now();
      const next = new Date(now);
      next.setUTCHours(0, nightlyUtcMinutes, 0, 0);
      if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
      return next;
    },
    async open(name) {
      const found = (await list()).find((file) => file.name === name);
      if (!found) throw new AppError("request/not-found");
      return {
        body: createReadStream(join(folder, found.name)),
        name: found.name,
        sizeBytes: found.sizeBytes,
      };
    },
    async nightly() {
      if (!task.begin(run)) return;
      await task.settled();
      if (task.state?.state === "failed")
        throw new AppError("platform/unavailable", { details: { code: task.state.code } });
    },
    settled: () => task.settled(),
  };
}
