// Full-disk guard: below 1 GB or 5 % free, use cases may no longer write, so that the database keeps the room it
// needs to stay consistent and the owner hears of it while there is still time. Looked at on an interval, never per
// request. app.ts starts `guardDisk` with the owner's alert.
import { statfs } from "node:fs/promises";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Db } from "./transact.ts";

export interface DiskSpace {
  freeBytes: number;
  totalBytes: number;
}

export interface DiskState extends DiskSpace {
  isLow: boolean;
}

const lowBytes = 1_000_000_000;
const lowShare = 0.05;
const recoveredFactor = 1.1; // opens again with a tenth to spare, so that it does not flap at the edge

/** Free space of the file system that holds `path`, as an unprivileged process may use it. */
export async function diskSpace(path: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Whether this much is too little; `wasLow` asks for a little more before it counts as enough again. */
export function isLowSpace({ freeBytes, totalBytes }: DiskSpace, wasLow = false): boolean {
  const margin = wasLow ? recoveredFactor : 1;
  return freeBytes < lowBytes * margin || freeBytes < totalBytes * lowShare * margin;
}

/** One look, for a status page or a command. */
export async function diskState(path: string, probe = diskSpace): Promise<DiskState> {
  const space = await probe(path);
  return { ...space, isLow: isLowSpace(space) };
}

export interface DiskGuard {
  state(): DiskState;
  /** Looks now instead of at the next interval. */
  look(): Promise<DiskState>;
  close(): void;
}

export interface DiskGuardOptions {
  path: string;
  log: Log;
  intervalMs?: number;
  probe?: (path: string) => Promise<DiskSpace>;
  /** Called at each change, and first of all if space is low at the start. */
  onChange: (state: DiskState) => void;
}

/** Watches the file system of the data folder. A probe that fails changes nothing: it is logged and asked again. */
export async function watchDisk(options: DiskGuardOptions): Promise<DiskGuard> {
  const { path, log, onChange, intervalMs = 10_000, probe = diskSpace } = options;
  let state: DiskState = { freeBytes: Number.MAX_SAFE_INTEGER, totalBytes: 0, isLow: false };

  async function look(): Promise<DiskState> {
    try {
      const space = await probe(path);
      const before = state.isLow;
      state = { ...space, isLow: isLowSpace(space, before) };
      if (state.isLow !== before) {
        log.warn({ ...state }, state.isLow ? "disk almost full, writes refused" : "disk space is back");
        onChange(state);
      }
    } catch (error) {
      log.error({ err: error }, "disk space could not be read");
    }
    return state;
  }

  await look();
  const timer = setInterval(() => void look(), intervalMs);
  timer.unref();
  return { state: () => state, look, close: () => clearInterval(timer) };
}

/**
 * Watches, and has use cases refused with platform/disk-full for as long as space is low; reading goes on, and so does
 * the system role, which is what makes room. `onChange` is for telling the owner.
 */
export function guardDisk(db: Db, options: DiskGuardOptions): Promise<DiskGuard> {
  return watchDisk({
    ...options,
    onChange(state) {
      const { freeBytes } = state;
      db.refuseWrites(
        state.isLow ? () => new AppError("platform/disk-full", { details: { freeBytes } }) : null,
      );
      options.onChange(state);
    },
  });
}
