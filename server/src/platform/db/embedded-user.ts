// Which user of the operating system the database runs as. PostgreSQL refuses to run as root, so a server started by
// root hands it to the system user `yingda` if there is one, else to `nobody`; users are never created here. A server
// that is not root runs the database as itself. An existing database folder keeps the user it belongs to.
import { chmod, chown, mkdir, readFile, stat } from "node:fs/promises";
import { dirname, parse } from "node:path";
import { StartupError } from "../errors.ts";

export interface DatabaseUser {
  uid: number;
  gid: number;
  name: string;
}

const candidates = ["yingda", "nobody"];

/** Null: run as the user this process has. */
export async function chooseDatabaseUser(databaseFolder: string): Promise<DatabaseUser | null> {
  if (process.getuid?.() !== 0) return null;
  const users = await systemUsers();
  const owner = await stat(databaseFolder).catch(() => null);
  if (owner && owner.uid !== 0) {
    const known = users.find((user) => user.uid === owner.uid);
    return known ?? { uid: owner.uid, gid: owner.gid, name: String(owner.uid) };
  }
  const chosen = candidates.map((name) => users.find((user) => user.name === name)).find(Boolean);
  if (chosen) return chosen;
  throw new StartupError("database-user-missing", {
    zh: "以 root 启动时，数据库需要系统用户 yingda 或 nobody：useradd --system yingda，或不要用 root 启动。",
    en: "Started as root, the database needs the system user yingda or nobody: useradd --system yingda, or do not start as root.",
  });
}

async function systemUsers(): Promise<DatabaseUser[]> {
  const text = await readFile("/etc/passwd", "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Makes a folder that only the database's user may enter. */
export async function makeDatabaseFolder(path: string, user: DatabaseUser | null): Promise<void> {
  await mkdir(path, { recursive: true });
  if (user) await chown(path, user.uid, user.gid);
  await chmod(path, 0o700);
}

/**
 * Makes sure the database's user can pass through every folder above `path`. Opens the last one itself when it is
 * ours (1 bit: passing through, not listing); a closed folder further up is the operator's to decide about.
 */
export async function openWayTo(path: string, user: DatabaseUser | null): Promise<void> {
  if (!user) return;
  const own = await stat(path);
  if (!mayPass(own, user)) await chmod(path, (own.mode & 0o777) | 0o011);
  for (let folder = dirname(path); folder !== parse(folder).root; folder = dirname(folder)) {
    if (mayPass(await stat(folder), user)) continue;
    throw new StartupError("data-folder-unusable", {
      zh: `数据库以用户 ${user.name} 运行，进不去目录 ${folder}。请把 YINGDA_DATA 设到别处，例如 /var/lib/yingda。`,
      en: `The database runs as ${user.name}, who may not enter ${folder}. Set YINGDA_DATA elsewhere, such as /var/lib/yingda.`,
    });
  }
}

function mayPass(folder: { mode: number; uid: number; gid: number }, user: DatabaseUser): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
