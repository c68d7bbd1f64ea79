// What postmaster.pid says about the database that runs, or ran, on a folder, and how to end it. Needed because a
// killed server leaves its database running (an orphan), and because a process id in that file may meanwhile belong
// to something else.
import { readFileSync } from "node:fs";
import { readFile, readlink, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { elapsedMs } from "../clock.ts";

export interface Postmaster {
  pid: number;
  port: number;
  /** Folder of the unix socket; "" when there is none. */
  socketFolder: string;
  address: string;
  isReady: boolean;
}

/** Null when there is no such file or it is being written. Lines: pid, folder, start, port, socket, address, shm, status. */
export async function readPostmaster(databaseFolder: string): Promise<Postmaster | null> {
  const text = await readFile(join(databaseFolder, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return {
    pid,
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] ?? "",
    address: lines[5] ?? "",
    isReady: lines[7] === "ready",
  };
}

/** A process that ended but was not yet collected by its parent (usual in containers) is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  if (process.platform !== "linux") return true;
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * Whether this process is a PostgreSQL that works in this folder. Where /proc does not exist the answer is
 * "unknown", and only a connection that shows its data_directory can tell.
 */
export async function isPostmasterOf(pid: number, databaseFolder: string): Promise<"yes" | "no" | "unknown"> {
  if (!isAlive(pid)) return "no";
  if (process.platform !== "linux") return "unknown";
  try {
    const program = basename((await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, ""));
    const folder = await readlink(`/proc/${pid}/cwd`);
    return program === "postgres" && folder === (await realpath(databaseFolder)) ? "yes" : "no";
  } catch {
    return isAlive(pid) ? "unknown" : "no";
  }
}

const stopSteps: [NodeJS.Signals, number][] = [
  ["SIGINT", 15_000], // fast: ends sessions, writes a checkpoint
  ["SIGQUIT", 5_000], // immediate: recovers at the next start
  ["SIGKILL", 5_000],
];

/** Ends a postmaster, gently at first. Resolves when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, waitMs] of stopSteps) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // gone already
    }
    const started = elapsedMs();
    while (elapsedMs() - started < waitMs) {
      if (!isAlive(pid)) return;
      await sleep(10);
    }
  }
}
