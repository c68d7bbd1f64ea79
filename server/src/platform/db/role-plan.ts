// How the three roles are reached in this installation. Decided at the start, and handed on as plain settings:
//   bundled   yingda_owner, yingda_app and yingda_system each have their own login
//   logins    the same in a database of the operator's, whose user may create roles
//   assumed   that user takes the roles by SET ROLE, where own logins do not get through (PgBouncer's user list)
//   single    the user may not create roles: one role for all, FORCE ROW LEVEL SECURITY and `app.system`
import { createHmac } from "node:crypto";
import pg from "pg";
import { StartupError } from "../errors.ts";
import type { Log } from "../log.ts";
import { codeOf } from "./database-error.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import type { EmbeddedPostgres } from "./embedded.ts";
import type { LanePlan, LocalSettings } from "./lane.ts";
import { scramVerifier } from "./scram.ts";

export type RoleMode = "bundled" | "logins" | "assumed" | "single";

export interface RolePlan {
  mode: RoleMode;
  app: LanePlan;
  system: LanePlan;
  /** Direct, for migrations and long work; its settings hold for the session. */
  owner: LanePlan;
  /** Direct, as the system role. */
  direct: LanePlan;
}

export interface TimeOuts {
  statementMs: number;
  idleInTransactionMs: number;
}

const roles = ["yingda_owner", "yingda_app", "yingda_system"] as const;
type RoleName = (typeof roles)[number];
const oldestVersion = 15;

/** Time-outs of the app role when it has its own login: given with the connection, they cost nothing per transaction. */
function withTimeOuts(client: pg.ClientConfig, timeOuts: TimeOuts): pg.ClientConfig {
  return {
    ...client,
    statement_timeout: timeOuts.statementMs,
    idle_in_transaction_session_timeout: timeOuts.idleInTransactionMs,
  };
}

/** The same as settings of each transaction, for a login that other roles share. */
function timeOutSettings(timeOuts: TimeOuts): LocalSettings {
  return [
    ["statement_timeout", String(timeOuts.statementMs)],
    ["idle_in_transaction_session_timeout", String(timeOuts.idleInTransactionMs)],
  ];
}

/** The plan for our own PostgreSQL; `database` is another than "yingda" only in tests. */
export function planBundled(
  embedded: Pick<EmbeddedPostgres, "clientConfig">,
  timeOuts: TimeOuts,
  database?: string,
): RolePlan {
  const system = { client: embedded.clientConfig("yingda_system", database), settings: [] };
  return {
    mode: "bundled",
    app: { client: withTimeOuts(embedded.clientConfig("yingda_app", database), timeOuts), settings: [] },
    system,
    direct: system,
    owner: { client: embedded.clientConfig("yingda_owner", database), settings: [] },
  };
}

/**
 * The plan for an operator's database. Makes the roles when it may.
 * @throws StartupError database-unreachable, database-too-old, database-role-unsafe
 */
export async function planExternal(
  url: string,
  directUrl: string,
  timeOuts: TimeOuts,
  log: Log,
): Promise<RolePlan> {
  const pooled = parseDatabaseUrl(url);
  const direct = parseDatabaseUrl(directUrl);
  const client = await connectFirst(direct);
  try {
    const mode = await chooseMode(client, pooled, direct, log);
    log.info({ mode }, "database roles chosen");
    if (mode === "logins") return planLogins(pooled, direct, timeOuts);
    return mode === "assumed" ? planAssumed(pooled, direct, timeOuts) : planSingle(pooled, direct, timeOuts);
  } finally {
    await client.end();
  }
}

function planLogins(pooled: pg.ClientConfig, direct: pg.ClientConfig, timeOuts: TimeOuts): RolePlan {
  const as = (config: pg.ClientConfig, role: RoleName) => loginOf(config, direct, role);
  // given as settings too: a pooler may not pass on what a connection asks for
  return {
    mode: "logins",
    app: { client: as(pooled, "yingda_app"), settings: timeOutSettings(timeOuts) },
    system: { client: as(pooled, "yingda_system"), settings: [] },
    direct: { client: as(direct, "yingda_system"), settings: [] },
    owner: { client: direct, settings: [["role", "yingda_owner"]] },
  };
}

function planAssumed(pooled: pg.ClientConfig, direct: pg.ClientConfig, timeOuts: TimeOuts): RolePlan {
  return {
    mode: "assumed",
    app: { client: pooled, settings: [["role", "yingda_app"], ...timeOutSettings(timeOuts)] },
    system: { client: pooled, settings: [["role", "yingda_system"]] },
    direct: { client: direct, settings: [["role", "yingda_system"]] },
    owner: { client: direct, settings: [["role", "yingda_owner"]] },
  };
}

function planSingle(pooled: pg.ClientConfig, direct: pg.ClientConfig, timeOuts: TimeOuts): RolePlan {
  const opened: LocalSettings = [["app.system", "on"]];
  return {
    mode: "single",
    app: { client: pooled, settings: timeOutSettings(timeOuts) },
    system: { client: pooled, settings: opened },
    direct: { client: direct, settings: opened },
    owner: { client: direct, settings: opened },
  };
}

async function connectFirst(direct: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...direct, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // the query in hand reports it
  try {
    await client.connect();
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw new StartupError(
      "database-unreachable",
      {
        zh: `连不上 DATABASE_URL 指定的数据库：`,
        en: `The database of DATABASE_URL does not answer: ${String(cause)}`,
      },
      cause,
    );
  }
  const shown = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const major = Math.floor(Number(shown.rows[0]?.version) / 10_000);
  if (major >= oldestVersion) return client;
  await client.end();
  throw new StartupError("database-too-old", {
    zh: `数据库是 PostgreSQL ${major}，需要 ${oldestVersion} 或更新版本。`,
    en: `The database is PostgreSQL ${major}; ${oldestVersion} or newer is needed.`,
  });
}

/** What the tables were made for decides; on an empty database, what the user may do. */
async function chooseMode(client: pg.Client, pooled: pg.ClientConfig, direct: pg.ClientConfig, log: Log) {
  const madeFor = await tablesMadeFor(client);
  if (madeFor === "single") return "single";
  const roleProblem = await makeRoles(client, direct);
  if (roleProblem === null)
    return (await canLogIn(loginOf(pooled, direct, "yingda_app"))) ? "logins" : "assumed";
  if (madeFor === null) {
    log.warn(
      { code: codeOf(roleProblem) },
      "the database user may not create roles, one role is used for all",
    );
    return "single";
  }
  throw new StartupError(
    "database-role-unsafe",
    {
      zh: "此数据库的表属于 yingda_owner，DATABASE_URL 的用户无权使用该角色。请换回创建时的用户。",
      en: "The tables of this database belong to yingda_owner, which the user of DATABASE_URL may not become. Use the user that made them.",
    },
    roleProblem,
  );
}

async function tablesMadeFor(client: pg.Client): Promise<"roles" | "single" | null> {
  const there = await client.query<{ is_there: boolean }>(
    "select to_regprocedure('yingda_has_roles()') is not null as is_there",
  );
  if (!there.rows[0]?.is_there) return null;
  const made = await client.query<{ has_roles: boolean }>("select yingda_has_roles() as has_roles");
  return made.rows[0]?.has_roles ? "roles" : "single";
}

/** Null when all three roles exist, are ours to take and own what they must; else the error that says why not. */
async function makeRoles(client: pg.Client, direct: pg.ClientConfig): Promise<unknown> {
  const database = pg.escapeIdentifier(direct.database ?? "");
  try {
    await client.query("begin");
    for (const role of roles) await makeRole(client, role, direct);
    await client.query(`grant connect on database ${database} to yingda_app, yingda_system`);
    // the job queue has a schema of its own
    await client.query(`grant create on database ${database} to yingda_owner`);
    await client.query("grant usage, create on schema public to yingda_owner");
    await client.query("grant usage on schema public to yingda_app, yingda_system");
    // a grant one may not give is only a warning in PostgreSQL, so the result is looked at
    const may = await client.query<{ create: boolean }>(
      "select has_schema_privilege('yingda_owner', 'public', 'create') as create",
    );
    if (!may.rows[0]?.create) throw new Error("yingda_owner may not create tables in schema public");
    for (const role of roles) await client.query(`set local role ${role}; set local role none`);
    await client.query("commit");
    return null;
  } catch (error) {
    await client.query("rollback");
    return error;
  }
}

const ownedBy = "Yingda, made from database ";

/** A role another installation made keeps its password; then ours does not get in and SET ROLE is used. */
async function makeRole(client: pg.Client, role: RoleName, direct: pg.ClientConfig): Promise<void> {
  const note = `${ownedBy}${direct.database}`;
  const found = await client.query<{ note: string | null }>(
    "select shobj_description(oid, 'pg_authid') as note from pg_roles where rolname = $1",
    [role],
  );
  if (found.rowCount === 0) {
    await client.query(`create role ${role}`);
    await client.query(`comment on role ${role} is ${pg.escapeLiteral(note)}`);
  }
  const member = await client.query<{ is_member: boolean }>(
    "select pg_has_role(current_user, $1, 'member') as is_member",
    [role],
  );
  if (!member.rows[0]?.is_member || found.rowCount === 0) await client.query(`grant ${role} to current_user`);
  const isOurs = found.rowCount === 0 || found.rows[0]?.note === note;
  if (role === "yingda_owner" || !isOurs || !direct.password) return;
  if (await canLogIn(loginOf(direct, direct, role))) return;
  await client.query(`alter role ${role} login password '${scramVerifier(passwordOf(direct, role))}'`);
}

/** Derived from the operator's own password, so there is nothing more to keep; a changed one is set anew at the start. */
function passwordOf({ password, database }: pg.ClientConfig, role: string): string {
  return createHmac("sha256", String(password))
    .update(`yingda role ${role} of ${database}`)
    .digest("base64url");
}

function loginOf(config: pg.ClientConfig, direct: pg.ClientConfig, role: RoleName): pg.ClientConfig {
  return { ...config, user: role, password: passwordOf(direct, role) };
}

async function canLogIn(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // a probe that fails is a "no"
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
