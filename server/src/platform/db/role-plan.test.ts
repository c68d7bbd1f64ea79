// An operator's own PostgreSQL: which way the roles are reached, that row-level security holds in each of them, and
// which users are refused. Runs on a database of its own, because roles belong to the whole server.
import pg from "pg";
import { expect, test } from "vitest";
import { whenFileEnds } from "../../../test/cleanup.ts";
import { fleetingSettings } from "../../../test/global-setup.ts";
import {
  codeOf,
  insertNote,
  insertText,
  makeNoteTable,
  note,
  readNotes,
  textsOf,
} from "../../../test/note-table.ts";
import { embeddedOptions, groundMigrations, scratchFolder, startScratch } from "../../../test/scratch.ts";
import { StartupError } from "../errors.ts";
import { newId } from "../ids.ts";
import { silentLog } from "../log.ts";
import { openDatabase } from "./open-database.ts";
import { planExternal } from "./role-plan.ts";
import type { Db } from "./transact.ts";

const embedded = await startScratch({
  ...embeddedOptions(scratchFolder("roles")),
  settings: fleetingSettings,
});
const migrationsFolder = groundMigrations();
const open = { log: silentLog, migrationsFolder };
const timeOuts = { statementMs: 5000, idleInTransactionMs: 2000 };
const { host, port, password } = embedded.clientConfig("postgres");
await asAdmin("postgres", "drop database yingda"); // this server is to look like one that never saw us
await asAdmin("postgres", "drop role yingda_app; drop role yingda_system; drop role yingda_owner");

async function asAdmin<R extends pg.QueryResultRow>(database: string, text: string): Promise<R[]> {
  const client = new pg.Client({ ...embedded.clientConfig("postgres"), database });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

function urlFor(user: string, secret: string, database: string): string {
  return `postgres://${user}:${encodeURIComponent(secret)}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? "")}`;
}

async function makeDatabase(name: string, attributes: string, secret = "s3cret/word"): Promise<string> {
  await asAdmin("postgres", `create role ${name}_user login password '${secret}' ${attributes}`);
  await asAdmin("postgres", `create database ${name} owner ${name}_user`);
  return urlFor(`${name}_user`, secret, name);
}

async function opened(url: string): Promise<Db> {
  const db = await openDatabase({ url }, open);
  whenFileEnds(() => db.close());
  return db;
}

const whoami = {
  name: "test-whoami",
  text: `select session_user::text as session, current_user::text as current,
    current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle`,
};

/** Two tenants cannot see or write each other's rows, by either way in; the system role sees both. */
async function proveSecurity(db: Db): Promise<void> {
  await makeNoteTable(db);
  const [mine, theirs] = [newId<string>(), newId<string>()];
  await db.transact(theirs, (tx) => tx.run(insertText, note(theirs, "theirs")));
  await db.once(mine, insertNote, note(mine, "mine"));
  expect(await textsOf(db, mine)).toEqual(["mine"]);
  expect(await db.once(theirs, readNotes, [])).toEqual([{ text: "theirs" }]);
  expect(await codeOf(db.transact(mine, (tx) => tx.run(insertText, note(theirs, "planted"))))).toBe("42501");
  expect(await codeOf(db.once(mine, insertNote, note(theirs, "planted")))).toBe("42501");
  expect(
    await db.transact(mine, (tx) => tx.run("update note set text = 'stolen' where tenant_id = $1", [theirs])),
  ).toBe(0);
  expect(await db.transact(null, (tx) => tx.rows(readNotes.text))).toEqual([]);
  expect(await db.system((tx) => tx.rows(readNotes.text))).toHaveLength(2);
  // what the system role may does not stay behind on the connection
  for (let round = 0; round < 10; round += 1) expect(await textsOf(db, mine)).toEqual(["mine"]);
}

async function refusal(opening: Promise<unknown>): Promise<StartupError> {
  const outcome = await opening.catch((error: unknown) => error);
  if (outcome instanceof StartupError) return outcome;
  throw new Error("it should have been refused", { cause: outcome });
}

test("a user who may create roles: own logins, made once, and anew when the password changed", async () => {
  const url = await makeDatabase("shop", "createrole");
  const db = await opened(url);
  const [app] = await db.once<Record<string, string>>(null, whoami, []);
  expect(app).toEqual({ session: "yingda_app", current: "yingda_app", statement: "5s", idle: "10s" });
  await proveSecurity(db);
  expect(await asAdmin("shop", "select tableowner from pg_tables where tablename = 'note'")).toEqual([
    { tableowner: "yingda_owner" },
  ]);
  const { mode } = await planExternal(url, url, timeOuts, silentLog);
  expect(mode).toBe("logins");
  await asAdmin("postgres", "alter role shop_user password 'another'");
  const again = await opened(urlFor("shop_user", "another", "shop"));
  expect(await again.transact(null, (tx) => tx.one("select current_user::text as name"))).toEqual({
    name: "yingda_app",
  });
});

test("roles that another installation made: taken by SET ROLE, transaction by transaction", async () => {
  await asAdmin("postgres", "create database second");
  const url = urlFor("postgres", String(password), "second");
  const { mode } = await planExternal(url, url, timeOuts, silentLog);
  expect(mode).toBe("assumed");
  const db = await opened(url);
  const [app] = await db.once<Record<string, string>>(null, whoami, []);
  expect(app).toEqual({ session: "postgres", current: "yingda_app", statement: "5s", idle: "10s" });
  await proveSecurity(db);
  const owner = await db.dedicated("owner");
  expect((await owner.query("select current_user::text as name")).rows).toEqual([{ name: "yingda_owner" }]);
  await owner.end();
});

test("a user who may not create roles: one role, forced row-level security", async () => {
  const url = await makeDatabase("plain", "");
  const { mode } = await planExternal(url, url, timeOuts, silentLog);
  expect(mode).toBe("single");
  const db = await opened(url);
  const [app] = await db.once<Record<string, string>>(null, whoami, []);
  expect(app).toEqual({ session: "plain_user", current: "plain_user", statement: "5s", idle: "10s" });
  await proveSecurity(db);
  const forced = "select relforcerowsecurity as forced from pg_class where relname = 'note'";
  expect(await asAdmin("plain", forced)).toEqual([{ forced: true }]);
  await opened(url); // and a second start finds it as it was left
});

test("a user that row-level security does not bind is refused", async () => {
  const error = await refusal(opened(await makeDatabase("above", "bypassrls")));
  expect(error.code).toBe("database-role-unsafe");
  expect(error.en).toContain("above_user");
  expect(error.zh).toContain("above_user");
});

test("tables made by another user are not taken over", async () => {
  await asAdmin(
    "postgres",
    "create role late_user login password 'x'; grant connect on database shop to late_user",
  );
  const error = await refusal(opened(urlFor("late_user", "x", "shop")));
  expect(error.code).toBe("database-role-unsafe");
});

test("a database that does not answer, or lets us not in, is told as that", async () => {
  const nobody = await refusal(opened("postgres://a:b@127.0.0.1:1/none"));
  expect(nobody.code).toBe("database-unreachable");
  const wrong = await refusal(opened(urlFor("plain_user", "wrong", "plain")));
  expect(wrong.code).toBe("database-unreachable");
  expect(wrong.en).not.toContain("s3cret");
});
