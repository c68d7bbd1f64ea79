// Opens the database: settles the roles, brings the tables up to date, makes sure that use cases run as a role that
// row-level security binds, and gives back the Db everybody works with. Called by app.ts, by commands and by tests.
import pg from "pg";
import { type AppError, StartupError } from "../errors.ts";
import { isUuid } from "../ids.ts";
import type { Log } from "../log.ts";
import { isStaleStatement, presentError } from "./database-error.ts";
import type { EmbeddedPostgres } from "./embedded.ts";
import { fly, type Prelude } from "./flight.ts";
import { enter, type Lane, type LanePlan, type Lease, openLane } from "./lane.ts";
import { migrate } from "./migrate.ts";
import { openNotifier } from "./notifier.ts";
import { planBundled, planExternal, type RolePlan, type TimeOuts } from "./role-plan.ts";
import { runTransaction } from "./run-transaction.ts";
import { statementNames } from "./statement-names.ts";
import type { Db, NamedStatement } from "./transact.ts";

export type DatabaseSource = { embedded: EmbeddedPostgres } | { url: string; directUrl?: string | undefined };

export interface OpenOptions {
  log: Log;
  /** Connections for use cases; 16 unless told. */
  poolSize?: number;
  /** Connections of the system role; 6 unless told. */
  systemPoolSize?: number;
  /** Of the app role; 5 s and 10 s unless told. Tests shorten the second to find network calls in transactions. */
  statementTimeOutMs?: number;
  idleInTransactionMs?: number;
  migrationsFolder?: string;
  /** Brings the tables up to date instead of only applying what is missing: app.ts puts a backup before it. */
  bringUpToDate?(tools: MigrationTools): Promise<void>;
}

export interface MigrationTools {
  dedicated: Db["dedicated"];
  /** Applies what is missing from a folder (default: our own); resolves to the names applied. */
  migrate(folder?: string): Promise<string[]>;
}

/** @throws StartupError database-* */
export async function openDatabase(source: DatabaseSource, options: OpenOptions): Promise<Db> {
  const { log, migrationsFolder } = options;
  const plan =
    "embedded" in source
      ? planBundled(source.embedded, timeOutsOf(options))
      : await planExternal(source.url, source.directUrl ?? source.url, timeOutsOf(options), log);
  const migrateFrom = (folder = migrationsFolder) =>
    migrate({ ...plan.owner, log, ...(folder === undefined ? {} : { folder }) });
  if (options.bringUpToDate)
    await options.bringUpToDate({ dedicated: dedicatedOf(plan), migrate: migrateFrom });
  else await migrateFrom();
  await requireSafeRole(plan.app);
  return connectDatabase(plan, options);
}

export function timeOutsOf({
  statementTimeOutMs = 5000,
  idleInTransactionMs = 10_000,
}: OpenOptions): TimeOuts {
  return { statementMs: statementTimeOutMs, idleInTransactionMs };
}

/**
 * Refuses to run use cases as somebody row-level security does not bind.
 * @throws StartupError database-role-unsafe
 */
export async function requireSafeRole({ client: config, settings }: LanePlan): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    for (const [name, value] of settings)
      await client.query("select set_config($1, $2, false)", [name, value]);
    const found = await client.query<{ name: string; is_above: boolean; owns_open_table: boolean }>(
      `select rolname as name, rolsuper or rolbypassrls as is_above,
        exists (select from pg_class c where c.relowner = r.oid and c.relrowsecurity and not c.relforcerowsecurity)
          as owns_open_table
      from pg_roles r where rolname = current_user`,
    );
    const role = found.rows[0];
    if (role && !role.is_above && !role.owns_open_table) return;
    throw new StartupError("database-role-unsafe", {
      zh: `数据库角色 ${role?.name} 不受行级安全约束（超级用户、BYPASSRLS 或表的所有者），拒绝启动。`,
      en: `The database role ${role?.name} is not bound by row-level security (superuser, BYPASSRLS or owner of the tables): refusing to start.`,
    });
  } finally {
    await client.end();
  }
}

/** Opens the pools of a plan whose database is up to date. Connects at the first use. */
export function connectDatabase(plan: RolePlan, options: OpenOptions): Db {
  const { log, poolSize = 16, systemPoolSize = 6 } = options;
  const app = openLane(plan.app, poolSize, log);
  const system = openLane(plan.system, systemPoolSize, log);
  const notifier = openNotifier(plan.direct.client, log);
  const names = statementNames();
  let refusal: (() => AppError) | null = null;

  return {
    transact: async (tenantId, work) =>
      runTransaction({ lane: app, tenantId: checkedTenant(tenantId), names, log, refusal }, work),
    once: async (tenantId, statement, values) =>
      flyOnce(app, enter(checkedTenant(tenantId), refusal !== null), statement, values, refusal),
    system: (work) => runTransaction({ lane: system, tenantId: null, names, log, refusal: null }, work),
    listen: notifier.listen,
    notify: notifier.notify,
    dedicated: dedicatedOf(plan),
    refuseWrites(because) {
      refusal = because;
    },
    stats: () => ({ app: app.stats(), system: system.stats() }),
    async close() {
      await notifier.close();
      await Promise.all([app.close(), system.close()]);
    },
  };
}

/** A mistaken caller is told here and not by PostgreSQL in the middle of a flight. */
function checkedTenant(tenantId: string | null): string | null {
  if (tenantId !== null && !isUuid(tenantId)) throw new TypeError("a tenant id is a UUID");
  return tenantId;
}

/** Again only when the connection no longer knows the statement: then nothing has run. */
async function flyOnce<R>(
  lane: Lane,
  prelude: Prelude,
  { name, text }: NamedStatement,
  values: unknown[],
  refusal: (() => AppError) | null,
): Promise<R[]> {
  for (let isSecond = false; ; isSecond = true) {
    let lost: Lease["lost"] = () => null;
    try {
      const landing = await lane.borrow((lease) => {
        lost = lease.lost;
        return fly<R>(lease.client, { preludes: [prelude], name, text, values });
      });
      return landing.rows;
    } catch (error) {
      if (isSecond || !isStaleStatement(error)) throw presentError(error, lost(), refusal);
    }
  }
}

function dedicatedOf(plan: RolePlan): Db["dedicated"] {
  return (role) => openDedicated(role === "owner" ? plan.owner : plan.direct);
}

async function openDedicated({ client: config, settings }: LanePlan): Promise<pg.Client> {
  const client = new pg.Client({ ...config, keepAlive: true });
  await client.connect();
  for (const [name, value] of settings) await client.query("select set_config($1, $2, false)", [name, value]);
  return client;
}
