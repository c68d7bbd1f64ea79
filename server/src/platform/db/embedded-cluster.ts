// The inside of the bundled database: made by initdb at the first start, then given its roles and its database. Each
// step may be cut off at any point and is completed by the next start.
import { spawn } from "node:child_process";
import { chown, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { StartupError } from "../errors.ts";
import type { Binaries } from "./embedded-binaries.ts";
import type { Passwords } from "./embedded-secrets.ts";
import { type DatabaseUser, makeDatabaseFolder } from "./embedded-user.ts";
import { scramMatches, scramVerifier } from "./scram.ts";

export const databaseName = "yingda";

export interface Cluster {
  databaseFolder: string;
  /** A folder only the database's user may enter, for its socket. */
  runFolder: string;
  binaries: Binaries;
  user: DatabaseUser | null;
}

/** Environment and user every PostgreSQL program is started with. */
export function programOptions({ user, databaseFolder }: Pick<Cluster, "user" | "databaseFolder">) {
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  const env = { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC", ...windowsNeeds() };
  return { ...identity, cwd: databaseFolder, env };
}

function windowsNeeds(): Record<string, string> {
  return process.platform === "win32"
    ? { SystemRoot: process.env.SystemRoot ?? "", TEMP: process.env.TEMP ?? "" }
    : {};
}

/** The major version that made this folder; null when there is no database in it. */
export async function clusterVersion(databaseFolder: string): Promise<string | null> {
  return readFile(join(databaseFolder, "PG_VERSION"), "utf8").then(
    (version) => version.trim(),
    () => null,
  );
}

/** Runs initdb beside the final place and moves it there when complete. `extra`: more arguments, for tests. */
export async function createCluster(cluster: Cluster, password: string, extra: string[]): Promise<void> {
  const { databaseFolder, runFolder, binaries, user } = cluster;
  const half = `${databaseFolder}.half`;
  const passwordFile = join(runFolder, "first-password");
  await rm(half, { recursive: true, force: true });
  await makeDatabaseFolder(half, user);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const choices = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8"];
  try {
    await runProgram({ ...cluster, databaseFolder: half }, binaries.initdb, [
      ...["-D", half, ...choices, "--no-locale", "--data-checksums", "--no-instructions"],
      ...extra,
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, databaseFolder);
}

/** Sets the superuser's password on a stopped database, for when the file of passwords was lost. */
export async function resetSuperuser(cluster: Cluster, password: string): Promise<void> {
  const statement = `alter role postgres password '${scramVerifier(password)}'\n`;
  const how = ["--single", "-D", cluster.databaseFolder, "-c", "log_min_messages=error", "postgres"];
  await runProgram(cluster, cluster.binaries.postgres, how, statement);
}

async function runProgram(cluster: Cluster, program: string, parts: string[], input = ""): Promise<void> {
  const child = spawn(program, parts, { ...programOptions(cluster), stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  child.stdin.on("error", () => undefined); // it may end before it read everything; its exit code tells
  child.stdin.end(input);
  const [code, said, complained] = await Promise.all([ended, text(child.stdout), text(child.stderr)]).catch(
    (cause: unknown) => {
      throw startFailed(String(cause), cause);
    },
  );
  if (code !== 0) throw startFailed(`${said}${complained}`.trim());
}

export function startFailed(output: string, cause?: unknown): StartupError {
  return new StartupError(
    "database-start-failed",
    { zh: "内置数据库启动失败：", en: `The bundled database did not start:\n${output.slice(-2000)}` },
    cause,
  );
}

/** Makes what is missing of roles and database, and passwords that do not fit. */
export async function furnishCluster(admin: pg.ClientConfig, passwords: Passwords): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const found = await client.query<{ rolname: string; rolpassword: string | null }>(
      "select rolname, rolpassword from pg_authid where rolname like 'yingda\\_%'",
    );
    const verifiers = new Map(found.rows.map((row) => [row.rolname, row.rolpassword]));
    for (const role of ["yingda_owner", "yingda_app", "yingda_system"] as const) {
      const name = pg.escapeIdentifier(role);
      if (!verifiers.has(role)) await client.query(`create role ${name} login`);
      if (!scramMatches(verifiers.get(role) ?? null, passwords[role]))
        await client.query(`alter role ${name} password '${scramVerifier(passwords[role])}'`);
    }
    const database = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (database.rowCount === 0) await client.query(`create database ${databaseName} owner yingda_owner`);
    await client.query(
      `revoke all on database ${databaseName} from public;
       grant connect on database ${databaseName} to yingda_app, yingda_system`,
    );
  } finally {
    await client.end();
  }
}
