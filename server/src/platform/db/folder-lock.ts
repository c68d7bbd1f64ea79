// One server per data folder. The lock is one the operating system holds (through SQLite's file lock, which ships
// with Node) and not a file with a process id in it: it ends with the process however that ends, so there is no
// stale lock to judge and no race in taking one over, and it also holds between containers that share a folder.
// The process id beside it is only for the message.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartupError } from "../errors.ts";

export interface FolderLock {
  release(): void;
}

/** Takes the lock of a data folder or throws StartupError data-folder-locked that says which process holds it. */
export function lockFolder(folder: string): FolderLock {
  const holderFile = join(folder, "server.pid");
  const file = openLockFile(folder);
  try {
    file.exec("begin exclusive");
  } catch (cause) {
    file.close();
    const holder = readHolder(holderFile);
    throw new StartupError(
      "data-folder-locked",
      {
        zh: `数据目录 ${folder} 正被进程 ${holder} 使用。多个服务请设置 DATABASE_URL 或另选 YINGDA_DATA。`,
        en: `The data folder ${folder} is in use by process ${holder}. Set DATABASE_URL to run several servers, or another YINGDA_DATA.`,
      },
      cause,
    );
  }
  writeFileSync(holderFile, `${process.pid}\n`, { mode: 0o644 });
  return {
    release() {
      if (file.isOpen) file.close();
    },
  };
}

function openLockFile(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true });
    return new DatabaseSync(join(folder, "server.lock"));
  } catch (cause) {
    throw new StartupError(
      "data-folder-unusable",
      { zh: `数据目录 ${folder} 不可写。`, en: `The data folder ${folder} cannot be written.` },
      cause,
    );
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "?";
  }
}
