/**
 * Names and keeping of backup files in their folder. The nightly job makes one and keeps seven.
 */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const shape = /^yingda-(\d{8})-(\d{6})\.ydbackup$/;
const partShape = /^yingda-\d{8}-\d{6}\.ydbackup\.part$/;
const abandonedMs = 86_400_000;

export type BackupFile = { name: string; path: string; at: Date; sizeBytes: number };

/** `yingda-20261120-020000.ydbackup`, in UTC. */
export function backupFileName(at: Date): string {
  const digits = at.toISOString().replace(/\D/g, "");
  return `yingda-${digits.slice(0, 8)}-${digits.slice(8, 14)}.ydbackup`;
}

/** The backups of a folder, newest first; an absent folder has none. Other files are not looked at. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const files = await Promise.all(
    names
      .filter((name) => shape.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        return { name, path, at: dateOf(name), sizeBytes: (await stat(path)).size };
      }),
  );
  return files.sort((a, b) => b.name.localeCompare(a.name));
}

/** Removes all but the newest `keep` backups, and half files older than a day. Resolves to the names removed. */
export async function pruneBackups(folder: string, keep: number, now: Date): Promise<string[]> {
  const removed = (await listBackups(folder)).slice(Math.max(1, keep)).map(({ name }) => name);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!partShape.test(name)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (now.getTime() - mtimeMs > abandonedMs) removed.push(name);
  }
  for (const name of removed) await rm(join(folder, name), { force: true });
  return removed;
}

function dateOf(name: string): Date {
  const [, day = "", time = ""] = shape.exec(name) ?? [];
  const part = (text: string, at: number) => text.slice(at, at + 2);
  return new Date(
    `${day.slice(0, 4)}-${part(day, 4)}-${part(day, 6)}T${part(time, 0)}:${part(time, 2)}:${part(time, 4)}Z`,
  );
}
