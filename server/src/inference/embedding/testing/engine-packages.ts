// The engine's npm packages for tests, fetched once by the npm client itself into .cache/ and kept there: what a shop's
// machine would download. Without a registry the tests that need it say so and are skipped; in CI they fail.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { enginePackages } from "../models/engine.ts";

const root = join(import.meta.dirname, "../../../../..");
const folder = join(root, ".cache", "embedding-engine");
const fetchMs = 240_000;

export interface EnginePackageFile {
  name: string;
  file: string;
}

function fileOf({ name, version }: { name: string; version: string }): string {
  return join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
}

/** The archives; null when they are not to be had outside CI. */
export async function enginePackageFiles(): Promise<EnginePackageFile[] | null> {
  const missing = enginePackages.filter((part) => !existsSync(fileOf(part)));
  mkdirSync(folder, { recursive: true });
  try {
    for (const { name, version } of missing)
      await promisify(execFile)(
        process.platform === "win32" ? "npm.cmd" : "npm",
        ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder, `${name}@${version}`],
        { cwd: folder, timeout: fetchMs, shell: process.platform === "win32" },
      );
  } catch (error) {
    if (process.env.CI === "true") throw error;
    process.stderr.write(
      `The engine's packages cannot be fetched from the npm registry; tests of ONNX models are skipped: ${String(error)}\n`,
    );
    return null;
  }
  return enginePackages.map((part) => ({ name: part.name, file: fileOf(part) }));
}
