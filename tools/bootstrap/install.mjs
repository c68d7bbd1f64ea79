/**
 * Makes node_modules equal to package-lock.json, once, with `npm ci`.
 *
 * A stamp in node_modules holds the lockfile's hash. Without the stamp (someone ran npm themselves) the list npm keeps of what
 * it installed is compared instead, so that a good tree is never thrown away. One installation at a time, by a lock file.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { Remedy, say } from "./texts.mjs";

/** What a full installation takes on disk, measured, with room for npm's own cache. */
const needMb = 1500;

/** Installs when needed. Throws a Remedy when it cannot be done. */
export async function ensureInstalled(root) {
  const tree = treeOf(root);
  if (isStamped(tree)) return;
  if (matchesLockfile(root, tree)) return stamp(tree);
  if (!isWritable(root)) throw new Remedy("read-only", { folder: root });
  const release = await takeLock(root);
  try {
    if (isStamped(tree)) return; // the process we waited for did it
    refuseFullDisk(root);
    const { runNpmCi } = await import("./npm-ci.mjs");
    await runNpmCi(root, expectedPackages(tree.lock), needMb);
    stamp(tree);
  } finally {
    release();
  }
}

function treeOf(root) {
  const lockText = fs.readFileSync(join(root, "package-lock.json"), "utf8");
  return {
    hash: createHash("sha256").update(lockText).digest("hex"),
    stampFile: join(root, "node_modules", ".yingda-stamp"),
    get lock() {
      return JSON.parse(lockText);
    },
  };
}

function isStamped(tree) {
  return fs.existsSync(tree.stampFile) && fs.readFileSync(tree.stampFile, "utf8").trim() === tree.hash;
}

function stamp(tree) {
  try {
    fs.writeFileSync(tree.stampFile, `${tree.hash}\n`);
  } catch {
    // a read-only tree that is complete may be used as it is
  }
}

/** Does npm's own record of the installed tree hold what the lockfile asks for on this platform? */
export function matchesLockfile(root, tree) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!fs.existsSync(record)) return false;
  const installed = JSON.parse(fs.readFileSync(record, "utf8")).packages;
  const wanted = tree.lock.packages;
  const isSame = ([path, entry]) =>
    entry.link || (wanted[path] && wanted[path].integrity === entry.integrity);
  const isThere = ([path, entry]) =>
    path === "" || !path.includes("node_modules/") || path in installed || entry.optional === true;
  return Object.entries(installed).every(isSame) && Object.entries(wanted).every(isThere);
}

/** The packages that an installation on this platform puts in place, for the progress line. */
export function expectedPackages(lock) {
  const isFor = (allowed, ours) => allowed === undefined || [allowed].flat().includes(ours);
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes("node_modules/") && !entry.link)
    .filter(
      ([, entry]) =>
        isFor(entry.os, process.platform) && isFor(entry.cpu, process.arch) && isFor(entry.libc, "glibc"),
    )
    .map(([path]) => path);
}

function isWritable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refuseFullDisk(root) {
  if (!fs.statfsSync) return; // before Node 18.15
  const { bavail, bsize } = fs.statfsSync(root);
  if ((bavail * bsize) / 1e6 < needMb) throw new Remedy("install-disk", { needMb });
}

/** Waits for another living installer, takes the lock, returns the function that gives it back. */
async function takeLock(root) {
  const folder = join(root, ".cache");
  const file = join(folder, "install.lock");
  fs.mkdirSync(folder, { recursive: true });
  for (let told = false; ; told = true) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const pid = Number(fs.readFileSync(file, "utf8"));
    if (!isAlive(pid)) fs.rmSync(file, { force: true });
    else if (!told) say("install-waits", { pid });
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
