// Where tests put databases: in memory where the machine has plenty (a clone of the template then takes 15 ms and not
// 400 on a busy disk), else the folder for temporary files. Programs never go there: it may not allow running them.
import { statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";

export const scratchPrefix = "yingda-test-";
const memoryFolder = "/dev/shm";
const roomNeeded = 2_000_000_000; // bytes; a run of both versions uses about a fifth

export function scratchHome(): string {
  return hasRoom() ? memoryFolder : tmpdir();
}

/** Every place a killed run may have left something. */
export function scratchHomes(): string[] {
  return hasRoom() ? [memoryFolder, tmpdir()] : [tmpdir()];
}

function hasRoom(): boolean {
  if (process.platform !== "linux") return false;
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    return bavail * bsize > roomNeeded && freemem() > 2 * roomNeeded;
  } catch {
    return false;
  }
}
