/**
 * Reads a source tree for the house checks, and plants small sample trees for their own tests.
 * Paths are always relative to the root and written with forward slashes, so that rules can be plain patterns.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type SourceFile = { path: string; text: string };

/** The real tree. */
export const repositoryRoot = join(import.meta.dirname, "..", "..");

const skipped = new Set(["node_modules", "dist", "coverage", ".git", ".cache"]);

/** Every file below root/folder whose path matches, sorted; a missing folder gives none. */
export function filesUnder(root: string, folder: string, pattern = /\.tsx?$/): SourceFile[] {
  return pathsUnder(root, folder)
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** As filesUnder, paths only. "" is the root itself. */
export function pathsUnder(root: string, folder: string): string[] {
  return entriesOf(root, folder)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pathsUnder(root, path);
      return entry.isFile() ? [path] : [];
    });
}

/** Names of the folders directly below root/folder. */
export function foldersIn(root: string, folder: string): string[] {
  return entriesOf(root, folder)
    .filter((entry) => entry.isDirectory() && !skipped.has(entry.name))
    .map((entry) => entry.name)
    .sort();
}

function entriesOf(root: string, folder: string) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** A tree with these files (path → text) in a temporary folder, removed at the end of the block: `using tree = plantTree({…})`. */
export function plantTree(files: Record<string, string>): { root: string } & Disposable {
  const root = mkdtempSync(join(tmpdir(), "yingda-planted-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** The channels of a tree: the folders of server/src/channels that are one. */
export function channelsIn(root: string): string[] {
  return foldersIn(root, "server/src/channels").filter((name) => !isCommonGround(name));
}

/** What several channels share, and what their tests share. */
export function isCommonGround(folder: string): boolean {
  return folder === "shared" || folder === "testing";
}

/** Tests and what only tests use: fakes and kits in testing/, the conformance suite that every adapter must pass. */
export function isTestGround(path: string): boolean {
  return isTestFile(path) || /\/testing\/|\/conformance\.ts$|^server\/test\//.test(path);
}
