// Starts one PostgreSQL per test project (vitest calls this once for rooms-18 and once for rooms-15), applies all
// migrations to a template database, and tells the workers how to reach it. Each test file then clones the template
// (database.ts). Nothing here is durable: fsync is off, and the folder goes away with the run. A run that was killed
// leaves its folder and its database; the next run ends and removes them.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../src/platform/db/embedded.ts";
import { bundledPackages, olderPackages } from "../src/platform/db/embedded-binaries.ts";
import { type EmbeddedRole, embeddedRoles } from "../src/platform/db/embedded-secrets.ts";
import { migrate } from "../src/platform/db/migrate.ts";
import { isAlive, isPostmasterOf, readPostmaster, stopPostmaster } from "../src/platform/db/postmaster.ts";
import { createLog } from "../src/platform/log.ts";
import type {} from "./provided.ts";
import { scratchHome, scratchHomes, scratchPrefix } from "./scratch-home.ts";

const template = "yingda_template";

/** Settings that make tests fast and would lose data at a power cut. */
export const fleetingSettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  min_wal_size: "32MB",
  max_wal_size: "128MB",
  max_connections: "120",
  deadlock_timeout: "50ms",
  client_connection_check_interval: "200ms",
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const version = project.config.env?.YINGDA_TEST_PG ?? process.env.YINGDA_TEST_PG ?? "18";
  const folder = makeFolder(scratchHome());
  const programs = makeFolder(tmpdir());
  const log = createLog({ level: "warn" });
  const binariesFolder = join(programs, "bin");
  const embedded = await startEmbedded({
    dataFolder: join(folder, "data"),
    log,
    packages: version === "15" ? olderPackages : bundledPackages,
    binariesFolder,
    settings: fleetingSettings,
    initdbArguments: ["--no-sync"],
  });
  const stop = async () => {
    await embedded.stop();
    for (const made of [folder, programs]) rmSync(made, { recursive: true, force: true });
  };
  try {
    const admin = new pg.Client(embedded.clientConfig("postgres", "postgres"));
    await admin.connect();
    await admin.query(`create database ${template} owner yingda_owner`);
    await admin.end();
    await migrate({ client: embedded.clientConfig("yingda_owner", template), settings: [], log });
    await pretendOneTenant(embedded.clientConfig("postgres", template));
  } catch (error) {
    await stop();
    throw error;
  }
  const { host = "", port = 0 } = embedded.clientConfig("postgres");
  const passwordOf = (role: EmbeddedRole) => [role, String(embedded.clientConfig(role).password)];
  const passwords = Object.fromEntries(embeddedRoles.map(passwordOf)) as Record<EmbeddedRole, string>;
  project.provide("postgres", { version, host, port, passwords, template, binariesFolder });
  return stop;
}

/**
 * Tells the planner what holds in a shop's installation: nearly all rows are one tenant's. Without statistics it takes
 * the tenant alone for a good condition, and in empty tables every index then looks as good as the right one.
 */
async function pretendOneTenant(config: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  const slots = (prefix: string) => [1, 2, 3, 4, 5].map((slot) => `${prefix}${slot}`).join(", ");
  const empty = Array(15).fill("0").join(", ");
  await client.query(`
    insert into pg_statistic (starelid, staattnum, stainherit, stanullfrac, stawidth, stadistinct,
      ${slots("stakind")}, ${slots("staop")}, ${slots("stacoll")})
    select attrelid, attnum, false, 0, 16, 1, ${empty} from pg_attribute join pg_class c on c.oid = attrelid
    where attname = 'tenant_id' and relkind = 'r' and relnamespace = 'public'::regnamespace`);
  await client.end();
}

/** Names its owner inside, so that the next run can tell whether it is still needed. */
function makeFolder(home: string): string {
  const folder = mkdtempSync(join(home, scratchPrefix));
  chmodSync(folder, 0o755); // the database may run as another user
  writeFileSync(join(folder, "owner.pid"), String(process.pid));
  return folder;
}

async function removeLeftovers(): Promise<void> {
  const left = scratchHomes().flatMap((home) => readdirSync(home).map((name) => join(home, name)));
  for (const folder of left.filter((path) => basename(path).startsWith(scratchPrefix))) {
    if (isAlive(readOwner(folder))) continue;
    for (const databaseFolder of databaseFolders(folder, 4)) {
      const postmaster = await readPostmaster(databaseFolder);
      if (postmaster && (await isPostmasterOf(postmaster.pid, databaseFolder)) === "yes")
        await stopPostmaster(postmaster.pid);
    }
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // a file system a killed test had mounted there; it goes away with the machine's next start
    }
  }
}

/** Folders named postgres, down to this depth. */
function databaseFolders(folder: string, depth: number): string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inner.flatMap(({ name }) => {
    const path = join(folder, name);
    if (name === "postgres") return [path];
    return depth > 1 ? databaseFolders(path, depth - 1) : [];
  });
}

/** The run that made a folder; our own id while it is still being made. */
function readOwner(folder: string): number {
  try {
    return Number(readFileSync(join(folder, "owner.pid"), "utf8"));
  } catch {
    return process.pid;
  }
}
