// The migration runner: order, two servers at once, a kill in the middle, a database newer than the code.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { killChild, startChild } from "../../../test/child-process.ts";
import { whenFileEnds } from "../../../test/cleanup.ts";
import { testClientConfig, testDatabase } from "../../../test/database.ts";
import { scratchFolder } from "../../../test/scratch.ts";
import { StartupError } from "../errors.ts";
import { newId } from "../ids.ts";
import { silentLog } from "../log.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";

async function asAdmin<R extends pg.QueryResultRow>(database: string, text: string): Promise<R[]> {
  const client = new pg.Client(testClientConfig("postgres", database));
  await client.connect();
  const found = await client.query<R>(text);
  await client.end();
  return found.rows;
}

async function emptyDatabase(): Promise<string> {
  const name = `test_${newId<string>().replaceAll("-", "")}`;
  await asAdmin("postgres", `create database ${name} owner yingda_owner`);
  whenFileEnds(() => asAdmin("postgres", `drop database ${name} with (force)`));
  return name;
}

function files(texts: Record<string, string>): string {
  const folder = scratchFolder("migrations");
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}

function optionsFor(database: string, folder: string) {
  return { client: testClientConfig("yingda_owner", database), settings: [], folder };
}

function run(database: string, folder: string): Promise<string[]> {
  return migrate({ ...optionsFor(database, folder), log: silentLog });
}

async function refusal(running: Promise<unknown>): Promise<StartupError> {
  const outcome = await running.catch((error: unknown) => error);
  if (outcome instanceof StartupError) return outcome;
  throw new Error("it should have been refused", { cause: outcome });
}

const two = {
  "0001-one.sql": "create table one (a int)",
  "0002-two.sql": "create table two (a int); insert into one values (1)",
};

test("applies what is missing, in order, once", async () => {
  const database = await emptyDatabase();
  const folder = files(two);
  expect(await run(database, folder)).toEqual(["0001-one.sql", "0002-two.sql"]);
  expect(await run(database, folder)).toEqual([]);
  writeFileSync(join(folder, "0010-three.sql"), "alter table two add column b text");
  expect(await run(database, folder)).toEqual(["0010-three.sql"]);
  expect(await asAdmin(database, "select number, name from schema_migration order by 1")).toEqual([
    { number: 1, name: "0001-one.sql" },
    { number: 2, name: "0002-two.sql" },
    { number: 10, name: "0010-three.sql" },
  ]);
});

test("servers that start together apply each file once between them", async () => {
  const database = await emptyDatabase();
  const folder = files(two);
  const applied = await Promise.all(Array.from({ length: 4 }, () => run(database, folder)));
  expect(applied.flat().sort()).toEqual(["0001-one.sql", "0002-two.sql"]);
  expect(await asAdmin(database, "select count(*)::int as n from one")).toEqual([{ n: 1 }]);
});

test("a newer database, or a changed file, is refused", async () => {
  const database = await emptyDatabase();
  await run(database, files(two));
  const newer = await refusal(run(database, files({ "0001-one.sql": two["0001-one.sql"] })));
  expect(newer.code).toBe("database-newer-than-code");
  expect(newer.en).toContain("0002-two.sql");
  expect(newer.zh).toContain("0002-two.sql");
  const changed = await refusal(run(database, files({ ...two, "0001-one.sql": "create table one (b int)" })));
  expect(changed.code).toBe("database-migration-changed");
});

test("a file that fails leaves nothing of itself, keeps those before it, and says where", async () => {
  const database = await emptyDatabase();
  const broken = { ...two, "0003-bad.sql": "create table three (a int);\n\nselect no_such_column" };
  const error = await refusal(run(database, files(broken)));
  expect(error.code).toBe("database-migration-failed");
  expect(error.en).toContain("0003-bad.sql failed at line 3");
  expect(
    await asAdmin(database, "select to_regclass('two') is not null as two, to_regclass('three') as three"),
  ).toEqual([{ two: true, three: null }]);
  expect(await run(database, files({ ...broken, "0003-bad.sql": "create table three (a int)" }))).toEqual([
    "0003-bad.sql",
  ]);
});

test("a server killed in the middle leaves nothing half done, and the next start completes", async () => {
  const database = await emptyDatabase();
  const slow =
    "create table half (a int); select pg_sleep(coalesce(current_setting('test.sleep', true), '0')::float)";
  const folder = files({ ...two, "0003-slow.sql": slow });
  const settings = [["test.sleep", "60"]];
  const client = testClientConfig("yingda_owner", database);
  const child = startChild("migrate", { folder, settings, client: { ...client, types: undefined } });
  const sleeping = () =>
    asAdmin(
      database,
      "select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()",
    );
  await expect.poll(async () => (await sleeping()).length, { timeout: 10_000 }).toBe(1);
  await killChild(child);
  expect(await run(database, folder)).toEqual(["0003-slow.sql"]); // waits until the server notices that the client is gone
  expect(await asAdmin(database, "select count(*)::int as n from schema_migration")).toEqual([{ n: 3 }]);
});

test("a table in use is waited for in short attempts", async () => {
  const database = await emptyDatabase();
  const folder = files(two);
  await run(database, folder);
  const reader = new pg.Client(testClientConfig("yingda_owner", database));
  await reader.connect();
  await reader.query("begin; select * from one");
  writeFileSync(join(folder, "0003-alter.sql"), "alter table one add column b text");
  const warned: string[] = [];
  const log = Object.assign(Object.create(silentLog), {
    warn: (_fields: unknown, phrase: string) => {
      warned.push(phrase);
      if (warned.length === 2) void reader.query("commit");
    },
  });
  expect(await migrate({ ...optionsFor(database, folder), log, lockTimeOutMs: 50 })).toEqual([
    "0003-alter.sql",
  ]);
  expect(warned).toEqual(Array(2).fill("a table is in use, migration tries again"));
  await reader.end();
});

test("names and numbers of files are checked", async () => {
  await expect(readMigrations(files({ "1-short.sql": "" }))).rejects.toThrow("is not named");
  await expect(readMigrations(files({ "0001-a.sql": "", "0001-b.sql": "" }))).rejects.toThrow(
    "number of 0001-a.sql",
  );
});

test("the product's own migrations serve a single role, too: forced security, and entry without a tenant", async () => {
  const own = await readMigrations();
  expect(own[0]?.name).toBe("0000-ground.sql");
  const single = await emptyDatabase();
  await asAdmin(
    single,
    `create role ${single}_user login password 'x'; grant all on schema public to ${single}_user`,
  );
  const { host, port } = testClientConfig("postgres");
  const url = `postgres://${single}_user:x@localhost:${port}/${single}?host=${encodeURIComponent(host ?? "")}`;
  const db = await openDatabase({ url }, { log: silentLog });
  expect(await asAdmin(single, "select count(*)::int as n from schema_migration")).toEqual([
    { n: own.length },
  ]);
  const unforced = "select relname from pg_class where relrowsecurity and not relforcerowsecurity";
  expect(await asAdmin(single, unforced)).toEqual([]);

  const [tenantId, secret] = [newId<string>(), Buffer.from("key")];
  const now = new Date();
  await db.system(async (tx) => {
    await tx.run("insert into tenant (tenant_id, name, created_at) values ($1, 'Shop', $2)", [tenantId, now]);
    await tx.run(
      `insert into api_key (tenant_id, id, name, key_hash, last_four, scopes, created_at)
       values ($1, $2, 'test', $3, '1234', '{}', $4)`,
      [tenantId, newId(), secret, now],
    );
  });
  const resolve = (key: Buffer) =>
    db.transact(null, async (tx) => {
      const { found } = await tx.one<{ found: string | null }>(
        "select resolve_tenant('api-key', $1) as found",
        [key],
      );
      return { found, seenAfterwards: (await tx.rows("select 1 from api_key")).length };
    });
  expect(await resolve(secret)).toEqual({ found: tenantId, seenAfterwards: 0 });
  expect(await resolve(Buffer.from("other"))).toEqual({ found: null, seenAfterwards: 0 });
  await db.close();
  await asAdmin(single, `drop owned by ${single}_user; drop role ${single}_user`);
});

test("with roles security is not forced, because the owner migrates", async () => {
  const database = await testDatabase();
  expect(await database.asAdmin("select relname from pg_class where relforcerowsecurity")).toEqual([]);
});
