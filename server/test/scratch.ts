// Folders and databases for tests of the database itself, gone when the test file has ended.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from "../src/platform/db/embedded.ts";
import { bundledPackages, olderPackages } from "../src/platform/db/embedded-binaries.ts";
import { silentLog } from "../src/platform/log.ts";
import { whenFileEnds } from "./cleanup.ts";
import type {} from "./provided.ts";
import { scratchHome, scratchPrefix } from "./scratch-home.ts";

/** A folder other users may pass through, as the database of a server run by root needs it. */
export function scratchFolder(name = "scratch"): string {
  const folder = mkdtempSync(join(scratchHome(), `${scratchPrefix}${name}-`));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "owner.pid"), String(process.pid)); // who may be asked whether it is still needed
  whenFileEnds(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Only the helpers that every migration stands on, so that these tests do not depend on the product's tables. */
export function groundMigrations(): string {
  const folder = join(scratchFolder("migrations"), "ground");
  mkdirSync(folder);
  const own = join(import.meta.dirname, "../src/platform/db/migrations/0000-ground.sql");
  copyFileSync(own, join(folder, "0000-ground.sql"));
  return folder;
}

/** Options of an embedded database of the version under test, as durable as in production. */
export function embeddedOptions(dataFolder: string): Omit<EmbeddedOptions, "log"> {
  const { version, binariesFolder } = inject("postgres");
  const packages = version === "15" ? olderPackages : bundledPackages;
  return { dataFolder, packages, binariesFolder, initdbArguments: ["--no-sync"] };
}

/** Starts a database of the test's own; stopped at the end of the file if the test has not done so. */
export async function startScratch(options: Omit<EmbeddedOptions, "log">): Promise<EmbeddedPostgres> {
  const embedded = await startEmbedded({ ...options, log: silentLog });
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await embedded.stop();
  };
  whenFileEnds(stop);
  return { ...embedded, stop };
}
