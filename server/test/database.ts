// A database for each test file, cloned from the template in a few dozen ms, and a tenant for each test. The clone has
// the three roles of production: what a test does as the app role is what a request may do.
//
//   const database = await testDatabase();          // top of a file or of a describe
//   test("…", async () => { const { tenantId } = await database.tenant(); await database.db.transact(tenantId, …) });
import type { TenantId } from "@yingda/contract";
import pg from "pg";
import { inject } from "vitest";
import type { EmbeddedRole } from "../src/platform/db/embedded-secrets.ts";
import { connectDatabase, type OpenOptions, timeOutsOf } from "../src/platform/db/open-database.ts";
import { postgresTypes } from "../src/platform/db/postgres-types.ts";
import { planBundled } from "../src/platform/db/role-plan.ts";
import type { Db } from "../src/platform/db/transact.ts";
import { newId } from "../src/platform/ids.ts";
import { silentLog } from "../src/platform/log.ts";
import { whenFileEnds } from "./cleanup.ts";
import type {} from "./provided.ts";

export interface TestDatabase {
  name: string;
  db: Db;
  /** Settings of a connection as this role, for tests that need one of their own. */
  clientConfig(role: EmbeddedRole): pg.ClientConfig;
  /** A fresh tenant with a name that no other has. */
  tenant(): Promise<TestTenant>;
  /** Runs a query as the superuser, past every policy: for looking at what is stored, not for setting up. */
  asAdmin<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
}

export interface TestTenant {
  tenantId: TenantId;
  name: string;
}

const openDatabases = new Set<TestDatabase>();
// shorter than in production: a use case that waits for a network or a model inside a transaction fails its first test
const idleInTransactionMs = 2000;

/** Clones the template; the database is dropped when the file's tests have ended. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${newId<string>().replaceAll("-", "")}`;
  const { template } = inject("postgres");
  await withAdmin((admin) =>
    // copying files, instead of logging every page, is the faster way for a server that keeps nothing
    admin.query(`create database ${name} template ${template} owner yingda_owner strategy file_copy`),
  );
  const clientConfig = (role: EmbeddedRole) => testClientConfig(role, name);
  const db = connectTestDatabase(name);
  const database: TestDatabase = {
    name,
    db,
    clientConfig,
    tenant: () => insertTenant(db),
    asAdmin: (text, values) => queryOnce(clientConfig("postgres"), text, values),
  };
  openDatabases.add(database);
  whenFileEnds(async () => {
    openDatabases.delete(database);
    await db.close();
    await withAdmin((admin) => admin.query(`drop database ${name} with (force)`));
  });
  return database;
}

/** A fresh tenant in the database of this file; `testDatabase` comes first. */
export async function testTenant(): Promise<TestTenant> {
  const [database] = openDatabases;
  if (!database) throw new Error("testTenant() needs testDatabase() to be awaited before");
  return database.tenant();
}

/** Another Db on a test database, with its own pools and time-outs; the caller closes it. */
export function connectTestDatabase(name: string, options: Partial<OpenOptions> = {}): Db {
  const all = { log: silentLog, idleInTransactionMs, poolSize: 8, systemPoolSize: 4, ...options };
  return connectDatabase(planBundled({ clientConfig: testClientConfig }, timeOutsOf(all), name), all);
}

/** Settings of a connection to any database of the test server. */
export function testClientConfig(role: EmbeddedRole, database = "postgres"): pg.ClientConfig {
  const { host, port, passwords } = inject("postgres");
  return { host, port, user: role, password: passwords[role], database, types: postgresTypes };
}

async function insertTenant(db: Db): Promise<TestTenant> {
  const tenantId = newId<TenantId>();
  const name = `Shop ${tenantId.slice(-12)}`;
  await db.system((tx) =>
    tx.run("insert into tenant (tenant_id, name, is_set_up, created_at) values ($1, $2, true, $3)", [
      tenantId,
      name,
      new Date(),
    ]),
  );
  return { tenantId, name };
}

async function queryOnce<R extends pg.QueryResultRow>(
  config: pg.ClientConfig,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function withAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client(testClientConfig("postgres", "postgres"));
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
