// Supervisor of the bundled PostgreSQL: the binaries of the npm package, run as a child process on a folder of the
// data folder. Called by whoever opens the database when DATABASE_URL is not set, and by the tests. What surprises:
// the child does not die with a killed server (it is meant to survive, it holds the data) and is taken over by the
// next start; and when the database itself dies it is started again for as long as this process lives.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { mkdir, readFile, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { elapsedMs } from "../clock.ts";
import { StartupError } from "../errors.ts";
import type { Log } from "../log.ts";
import { bundledPackages, installBinaries, removeOtherBinaries } from "./embedded-binaries.ts";
import {
  type Cluster,
  clusterVersion,
  createCluster,
  databaseName,
  furnishCluster,
  programOptions,
  resetSuperuser,
  startFailed,
} from "./embedded-cluster.ts";
import { chooseEndpoint, removeEndpoint } from "./embedded-endpoint.ts";
import { type EmbeddedRole, makePasswords, type Passwords, readPasswords } from "./embedded-secrets.ts";
import { type Endpoint, serverArguments } from "./embedded-settings.ts";
import { chooseDatabaseUser, makeDatabaseFolder, openWayTo } from "./embedded-user.ts";
import { lockFolder } from "./folder-lock.ts";
import { postgresTypes } from "./postgres-types.ts";
import { isAlive, isPostmasterOf, readPostmaster, stopPostmaster } from "./postmaster.ts";

export interface EmbeddedOptions {
  dataFolder: string;
  log: Log;
  /** npm scope of the binaries. */
  packages?: string;
  /** Where copies of the binaries are kept; the data folder unless told. */
  binariesFolder?: string;
  /** "loopback" is for systems without unix sockets; a fixed port is refused when it is taken. */
  transport?: "socket" | "loopback";
  port?: number;
  /** Changes single settings; tests switch fsync off. */
  settings?: Record<string, string>;
  initdbArguments?: string[];
  /** The database ended unasked; it is being started again. */
  onExit?: () => void;
  onRestart?: () => void;
}

export interface EmbeddedPostgres {
  version: string;
  /** Settings of a connection as this role, "yingda" being the database unless told. */
  clientConfig(role: EmbeddedRole, database?: string): pg.ClientConfig;
  /** Process id of the postmaster; null while it is being started again. */
  pid(): number | null;
  /** True when it was found running and taken over. */
  wasAdopted: boolean;
  stop(): Promise<void>;
}

interface Running {
  pid: number;
  exited: Promise<void>;
}

const restartFirstMs = 100;
const restartMostMs = 10_000;
const startAttempts = 5; // after a crash the dying backends may hold the shared memory for a moment

/**
 * Starts, or takes over, the database of a data folder and has it ready for connections.
 * @throws StartupError data-folder-locked, data-folder-unusable, database-*
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataFolder, log } = options;
  const lock = lockFolder(dataFolder);
  try {
    const cluster = await prepareCluster(options);
    const passwords = await ensureCluster(cluster, options);
    const supervisor = await superviseCluster(cluster, passwords, options);
    await furnishCluster(supervisor.clientConfig("postgres", "postgres"), passwords);
    await removeOtherBinaries(binariesFolderOf(options), cluster.binaries);
    const { pid, wasAdopted } = supervisor;
    log.info({ databasePid: pid(), version: cluster.binaries.version, wasAdopted }, "database ready");
    return { ...supervisor, stop: () => supervisor.stop().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function binariesFolderOf({ binariesFolder, dataFolder }: EmbeddedOptions): string {
  return binariesFolder ?? join(dataFolder, "bin");
}

async function prepareCluster(options: EmbeddedOptions): Promise<Cluster> {
  const { dataFolder } = options;
  const databaseFolder = join(dataFolder, "postgres");
  const runFolder = join(dataFolder, "run");
  const binaries = await installBinaries(options.packages ?? bundledPackages, binariesFolderOf(options));
  const user = await chooseDatabaseUser(databaseFolder);
  await openWayTo(dataFolder, user);
  await openWayTo(binariesFolderOf(options), user);
  await makeDatabaseFolder(runFolder, user);
  return { databaseFolder, runFolder, binaries, user };
}

/** Has a database of the right version on disk whose superuser's password is known. */
async function ensureCluster(cluster: Cluster, options: EmbeddedOptions): Promise<Passwords> {
  const { databaseFolder, binaries } = cluster;
  const found = await clusterVersion(databaseFolder);
  if (found !== null && found !== binaries.major)
    throw new StartupError("database-version-differs", {
      zh: `数据目录由 PostgreSQL ${found} 创建，本程序自带 ${binaries.major}。请用旧版本做备份，再在新目录恢复。`,
      en: `The data folder was made by PostgreSQL ${found}, this program brings ${binaries.major}. Back up with the old version and restore into a new folder.`,
    });
  const known = await readPasswords(options.dataFolder);
  const passwords = known ?? (await makePasswords(options.dataFolder));
  if (found === null) {
    await createCluster(cluster, passwords.postgres, options.initdbArguments ?? []);
  } else if (known === null) {
    const orphan = await runningPostmaster(databaseFolder);
    if (orphan) await stopPostmaster(orphan.pid);
    await resetSuperuser(cluster, passwords.postgres);
  }
  return passwords;
}

async function runningPostmaster(databaseFolder: string) {
  const postmaster = await readPostmaster(databaseFolder);
  if (!postmaster) return null;
  return (await isPostmasterOf(postmaster.pid, databaseFolder)) === "no" ? null : postmaster;
}

async function superviseCluster(cluster: Cluster, passwords: Passwords, options: EmbeddedOptions) {
  const { log } = options;
  let isStopping = false;
  const hasCrashed = (await readPostmaster(cluster.databaseFolder)) !== null;
  const adopted = await adoptOrphan(cluster, passwords, options);
  const endpoint = adopted?.endpoint ?? (await chooseEndpoint(cluster, options));
  let running: Running | null =
    adopted ?? (await launchPatiently(cluster, endpoint, options, hasCrashed ? startAttempts : 1));
  const endWithUs = () => {
    if (running) process.kill(running.pid, "SIGINT");
  };
  process.once("exit", endWithUs);

  const supervision = (async () => {
    while (running) {
      await running.exited;
      running = null;
      if (isStopping) return;
      log.error("database ended unasked, starting it again");
      options.onExit?.();
      running = await relaunch();
      if (running) options.onRestart?.();
    }
  })();

  async function relaunch(): Promise<Running | null> {
    for (let waitMs = restartFirstMs; !isStopping; waitMs = Math.min(waitMs * 2, restartMostMs)) {
      try {
        return await launch(cluster, endpoint, options);
      } catch (error) {
        log.error({ err: error, waitMs }, "database did not start, trying again");
        await sleep(waitMs);
      }
    }
    return null;
  }

  async function stop(): Promise<void> {
    isStopping = true;
    process.removeListener("exit", endWithUs);
    if (running) await stopGently(cluster, running.pid);
    await supervision;
    if (running) await stopGently(cluster, running.pid); // came up while we were asked to stop
    await removeEndpoint(cluster, endpoint);
  }

  return {
    version: cluster.binaries.version,
    wasAdopted: adopted !== null,
    pid: () => running?.pid ?? null,
    clientConfig: (role: EmbeddedRole, database = databaseName) =>
      connectionTo(endpoint, role, passwords[role], database),
    stop,
  };
}

function connectionTo(endpoint: Endpoint, user: string, password: string, database: string): pg.ClientConfig {
  const { host, port } = endpoint;
  return { host, port, user, password, database, application_name: "yingda", types: postgresTypes };
}

/**
 * Takes over a database a killed server left behind, if it runs on our folder with exactly the settings we would
 * give it; any other one is stopped. Null: nothing runs here any more.
 */
async function adoptOrphan(cluster: Cluster, passwords: Passwords, options: EmbeddedOptions) {
  const { databaseFolder, binaries } = cluster;
  const left = await readPostmaster(databaseFolder);
  if (!left) return null;
  if ((await isPostmasterOf(left.pid, databaseFolder)) === "no") return null;
  const isSocket = left.socketFolder !== "";
  const endpoint = { host: isSocket ? left.socketFolder : left.address, port: left.port, isSocket };
  const given = serverArguments(databaseFolder, binaries.major, endpoint, options.settings);
  const startedAs = await readFile(join(databaseFolder, "postmaster.opts"), "utf8").catch(() => "");
  const wouldStart = [binaries.postgres, ...given.map((part) => `"${part}"`)].join(" ");
  if (startedAs.trim() === wouldStart && (await answersForFolder(endpoint, passwords, databaseFolder)))
    return { pid: left.pid, exited: goneOf(left.pid), endpoint };
  options.log.warn({ databasePid: left.pid }, "stopping a database left behind");
  await stopPostmaster(left.pid);
  return null;
}

/** Proves by its data_directory that who answers is the database of this folder, and not a neighbour's. */
async function answersForFolder(
  endpoint: Endpoint,
  passwords: Passwords,
  databaseFolder: string,
): Promise<boolean> {
  const config = connectionTo(endpoint, "postgres", passwords.postgres, "postgres");
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined); // an adoption that fails is a "no", whatever the reason
  try {
    await client.connect();
    const shown = await client.query<{ data_directory: string }>("show data_directory");
    return (await realpath(shown.rows[0]?.data_directory ?? "/")) === (await realpath(databaseFolder));
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Resolves when a process that is not our child has ended. */
async function goneOf(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(250);
}

async function launchPatiently(
  cluster: Cluster,
  endpoint: Endpoint,
  options: EmbeddedOptions,
  attempts: number,
): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(cluster, endpoint, options);
    } catch (error) {
      if (attempt === attempts) throw error;
      await sleep(attempt * 200);
    }
  }
}

/** Starts the postmaster and resolves when it accepts connections. */
async function launch(cluster: Cluster, endpoint: Endpoint, options: EmbeddedOptions): Promise<Running> {
  const { databaseFolder, binaries } = cluster;
  await removeStaleLocks(databaseFolder, endpoint);
  const output = await openOutput(options.dataFolder);
  const given = serverArguments(databaseFolder, binaries.major, endpoint, options.settings);
  // detached: Ctrl-C in a terminal reaches the whole process group, and the database must outlive the server's farewell
  const child = spawn(binaries.postgres, given, {
    ...programOptions(cluster),
    detached: true,
    stdio: ["ignore", output.handle, output.handle],
  });
  closeSync(output.handle);
  const ended = endOf(child);
  const stopWaiting = new AbortController();
  const failed = await Promise.race([waitReady(child, databaseFolder, stopWaiting.signal), ended]);
  stopWaiting.abort();
  if (failed) throw startFailed((await readFile(output.file, "utf8")).slice(output.startsAt), failed.cause);
  return { pid: child.pid ?? 0, exited: ended.then(() => undefined) };
}

/**
 * PostgreSQL refuses to start while a process of that number exists, though it may be a stranger's, or a dead one that
 * nobody collected. Two servers on one folder are still impossible: the shared memory of a living one is found.
 */
async function removeStaleLocks(databaseFolder: string, endpoint: Endpoint): Promise<void> {
  if (await runningPostmaster(databaseFolder)) return;
  await rm(join(databaseFolder, "postmaster.pid"), { force: true });
  if (endpoint.isSocket) await rm(join(endpoint.host, `.s.PGSQL.${endpoint.port}.lock`), { force: true });
}

interface Ending {
  cause: unknown;
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (cause) => resolve({ cause }));
    child.once("exit", (code, signal) => resolve({ cause: new Error(`postgres ended: ${signal ?? code}`) }));
  });
}

/** Recovery after a crash may take minutes; for as long as the process lives it is waited for. */
async function waitReady(child: ChildProcess, databaseFolder: string, signal: AbortSignal): Promise<null> {
  const started = elapsedMs();
  while (!signal.aborted) {
    const postmaster = await readPostmaster(databaseFolder);
    if (child.pid !== undefined && postmaster?.pid === child.pid && postmaster.isReady) break;
    await sleep(elapsedMs() - started < 2000 ? 5 : 50);
  }
  return null;
}

const outputLimit = 5_000_000; // bytes; one older file is kept

async function openOutput(dataFolder: string) {
  const folder = join(dataFolder, "logs");
  const file = join(folder, "postgres.log");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > outputLimit) await rename(file, `${file}.1`);
  return { file, handle: openSync(file, "a", 0o600), startsAt: size > outputLimit ? 0 : size };
}

async function stopGently({ binaries, databaseFolder, ...rest }: Cluster, pid: number): Promise<void> {
  if (process.platform !== "win32") return stopPostmaster(pid);
  const stopping = spawn(binaries.pgCtl, ["stop", "-D", databaseFolder, "-m", "fast", "-w"], {
    ...programOptions({ databaseFolder, ...rest }),
    stdio: "ignore",
  });
  await endOf(stopping);
}
