/**
 * The master key file: made once, read at every start, never inside the data folder.
 *
 * One line, `yingda-master-key:1:<base64url>:<checksum>`, mode 0600 in a 0700 folder. It is created only
 * while the database is still empty: a missing key beside a filled database is a loss to be told, not
 * something to paper over with a new key. Whether the key is the right one is checked in key-check.ts.
 */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { link, mkdir, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { randomToken } from "../ids.ts";
import { KeyProblem } from "./key-problem.ts";
import { MasterKey } from "./master-key.ts";

export type KeyFileSettings = {
  /** Absolute path of the key file. */
  path: string;
  /** The data folder, which must not contain the key. */
  dataFolder: string;
};

/**
 * Reads the master key; makes one if the file is absent and `isDatabaseEmpty()` says true.
 * `created` asks the caller to show the recovery key. Throws KeyProblem.
 */
export async function openKeyFile(
  settings: KeyFileSettings,
  isDatabaseEmpty: () => Promise<boolean>,
): Promise<{ masterKey: MasterKey; created: boolean }> {
  await refuseInsideDataFolder(settings);
  const found = await readKeyFile(settings.path);
  if (found !== undefined) return { masterKey: found, created: false };
  if (!(await isDatabaseEmpty())) throw absent(settings.path);
  const masterKey = MasterKey.generate();
  const won = await createKeyFile(settings.path, masterKey);
  if (won) return { masterKey, created: true };
  const theirs = await readKeyFile(settings.path); // another process made it in between
  if (theirs === undefined) throw absent(settings.path);
  return { masterKey: theirs, created: false };
}

/** Reads the file, or undefined when there is none. Throws KeyProblem when it is damaged or readable by others. */
export async function readKeyFile(path: string): Promise<MasterKey | undefined> {
  let text: string;
  try {
    const file = await open(path, "r");
    try {
      const { mode } = await file.stat();
      if (process.platform !== "win32" && (mode & 0o077) !== 0) throw tooOpen(path, mode);
      text = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return undefined;
    if (code === "EACCES" || code === "EPERM" || code === "EISDIR") throw unreadable(path, code);
    throw error;
  }
  return parseKeyLine(text, path);
}

/** Writes a coming key beside the present one, as `<path>.next`; installNextKey makes it the key. */
export async function writeNextKey(path: string, masterKey: MasterKey): Promise<void> {
  await makeFolder(dirname(path));
  await unlink(`${path}.next`).catch(ignoreAbsent);
  await writeExclusive(`${path}.next`, keyLine(masterKey));
  await syncFolder(dirname(path));
}

/** Makes `<path>.next` the key file; the one before stays as `<path>.old`. */
export async function installNextKey(path: string): Promise<void> {
  await unlink(`${path}.old`).catch(ignoreAbsent);
  await link(path, `${path}.old`).catch(ignoreAbsent);
  await rename(`${path}.next`, path);
  await syncFolder(dirname(path));
}

async function createKeyFile(path: string, masterKey: MasterKey): Promise<boolean> {
  await makeFolder(dirname(path));
  const incoming = join(dirname(path), `.${basename(path)}.${randomToken(6)}`);
  await writeExclusive(incoming, keyLine(masterKey));
  try {
    await link(incoming, path); // unlike rename, never overwrites a key made meanwhile
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(incoming);
  }
  await syncFolder(dirname(path));
  return true;
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

async function writeExclusive(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await file.chmod(0o600); // whatever the umask
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function keyLine(masterKey: MasterKey): string {
  const bytes = masterKey.reveal();
  const line = `yingda-master-key:1:${bytes.toString("base64url")}:${checksum(bytes)}\n`;
  bytes.fill(0);
  return line;
}

function parseKeyLine(text: string, path: string): MasterKey {
  const [kind, version, encoded = "", sum] = text.trim().split(":");
  const bytes = Buffer.from(encoded, "base64url");
  if (kind !== "yingda-master-key" || version !== "1" || bytes.length !== 32 || checksum(bytes) !== sum)
    throw new KeyProblem(
      "damaged",
      `主密钥文件 ${path} 已损坏（内容不完整或被改动）。请放回原文件，或用恢复密钥恢复。`,
      `The master key file ${path} is damaged (incomplete or changed). Put the original back, or recover with the recovery key.`,
    );
  return new MasterKey(bytes);
}

function checksum(bytes: Uint8Array): string {
  return createHash("sha256").update("yingda/key-file").update(bytes).digest("hex").slice(0, 8);
}

async function refuseInsideDataFolder(settings: KeyFileSettings): Promise<void> {
  const folder = await realOrSelf(settings.dataFolder);
  const keyFolder = await realOrSelf(dirname(settings.path));
  const between = relative(folder, keyFolder);
  const isOutside = between === ".." || between.startsWith(`..${sep}`) || isAbsolute(between);
  if (!isOutside)
    throw new KeyProblem(
      "inside-data-folder",
      `主密钥文件 ${settings.path} 放在数据目录里了。备份数据目录就等于交出钥匙，请把 YINGDA_KEY_FILE 指到别处。`,
      `The master key file ${settings.path} lies inside the data folder: a copy of the data would carry its key. Point YINGDA_KEY_FILE elsewhere.`,
    );
}

/** The real path of the nearest existing ancestor plus the rest, so that a link cannot hide the place. */
async function realOrSelf(path: string): Promise<string> {
  const full = resolve(path);
  try {
    return await realpath(full);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || dirname(full) === full) return full;
    return join(await realOrSelf(dirname(full)), basename(full));
  }
}

function absent(path: string): KeyProblem {
  return new KeyProblem(
    "absent",
    `找不到主密钥文件 ${path}，而数据库里已有加密数据。请放回原来的密钥文件，或用恢复密钥恢复；新建密钥无法读出旧数据。`,
    `The master key file ${path} is missing although the database holds encrypted rows. Put the original file back, or recover with the recovery key; a new key cannot read the old rows.`,
  );
}

function tooOpen(path: string, mode: number): KeyProblem {
  const seen = (mode & 0o777).toString(8).padStart(4, "0");
  return new KeyProblem(
    "too-open",
    `主密钥文件 ${path} 的权限是 ${seen}，其他用户也能读。请运行：chmod 600 ${path}`,
    `The master key file ${path} has mode ${seen}, so others may read it. Run: chmod 600 ${path}`,
  );
}

function unreadable(path: string, code: string): KeyProblem {
  return new KeyProblem(
    "unreadable",
    `无法读取主密钥文件 ${path}（${code}）。请检查文件属主和权限。`,
    `The master key file ${path} cannot be read (${code}). Check its owner and mode.`,
  );
}

function ignoreAbsent(error: unknown): void {
  if (codeOf(error) !== "ENOENT") throw error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Whether a key file exists, without reading it (for the set-up page and the doctor command). */
export async function keyFileExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
