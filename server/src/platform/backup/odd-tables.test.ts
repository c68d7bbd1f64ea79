// Tables of every awkward kind: cycles and self-references, generated and identity columns, sequences, triggers, odd
// names, partitions, and row-level security that is forced on the owner, as in a database with a single role.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestDatabase } from "../../../test/database.ts";
import { inOrder } from "./backup-schema.ts";
import { createBackup } from "./create-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { testMachine } from "./testing/machine.ts";

const ddl = `
  create table odd_egg (id int primary key, hen_id int not null);
  create table odd_hen (id int primary key, egg_id int not null references odd_egg, boss_id int references odd_hen);
  alter table odd_egg add foreign key (hen_id) references odd_hen deferrable initially deferred;
  create table odd_left (id int primary key, other int);
  create table odd_right (id int primary key, other int not null references odd_left);
  alter table odd_left add foreign key (other) references odd_right;
  create table "odd ""Name" (
    "key ""one" bigint generated always as identity primary key,
    "order" text not null,
    doubled text generated always as ("order" || "order") stored,
    at timestamptz, day date, amount numeric(20, 4), ratio real, is_on boolean,
    ints int[], texts text[], doc jsonb, raw bytea, span interval, net inet
  );
  create sequence odd_sequence;
  create table odd_part (tenant int, n int, primary key (tenant, n)) partition by list (tenant);
  create table odd_part_1 partition of odd_part for values in (1);
  create table odd_part_2 partition of odd_part for values in (2);
  create table odd_touched (id int primary key, touched int not null default 0);
  create function odd_touch() returns trigger language plpgsql as $$ begin new.touched := new.touched + 1; return new; end $$;
  create trigger odd_touch before insert on odd_touched for each row execute function odd_touch();
  create table odd_forced (id int primary key);
  alter table odd_forced enable row level security;
  alter table odd_forced force row level security;
  create policy odd_all on odd_forced using (yingda_is_system()) with check (yingda_is_system());
`;
const rows = `
  insert into odd_egg values (1, 1), (2, 2);
  insert into odd_hen values (1, 1, null), (2, 2, 1);
  insert into odd_left values (1), (2);
  insert into odd_right values (7, 1), (8, 2);
  update odd_left set other = id + 6;
  insert into "odd ""Name" ("order", at, day, amount, ratio, is_on, ints, texts, doc, raw, span, net) values
    (E'a\\tb\\nc\\\\d', '2026-11-20 02:00+00', '2026-11-20', 12345678901234.5678, 0.1, true, '{1,NULL,-3}',
     array['x,y', E'z\\n', null, '"'], '{"k": [1, "退"]}', '\\x00ff0a0d5c', '1 mon 2 days 03:04:05.678', '10.0.0.1/8'),
    ('', null, null, null, 'NaN', false, '{}', '{}', 'null', '', null, null),
    ('\\N', 'infinity', '0044-03-15 BC', 0, '-Infinity', null, null, '{""}', '"\\\\."', null, null, '::1');
  select setval('odd_sequence', 4711);
  insert into odd_part values (1, 1), (2, 1), (2, 2);
  insert into odd_touched (id) values (1), (2);
  insert into odd_forced values (1), (2), (3);
`;

async function asOwner(database: TestDatabase, text: string): Promise<void> {
  const client = await database.db.dedicated("owner");
  await client.query("begin");
  await client.query("set constraints all deferred");
  await client.query(text);
  await client.query("commit");
  await client.end();
}

async function look(database: TestDatabase): Promise<unknown> {
  const seen: unknown[] = [];
  for (const text of [
    'select to_json(t)::text as row from "odd ""Name" t order by 1',
    "select to_json(t)::text as row from odd_egg t order by 1",
    "select to_json(t)::text as row from odd_hen t order by 1",
    "select to_json(t)::text as row from odd_left t order by 1",
    "select to_json(t)::text as row from odd_right t order by 1",
    "select tableoid::regclass::text || to_json(t)::text as row from odd_part t order by 1",
    "select to_json(t)::text as row from odd_touched t order by 1",
    "select to_json(t)::text as row from odd_forced t order by 1",
    "select last_value::text || is_called as row from odd_sequence",
    'select nextval(pg_get_serial_sequence(\'"odd ""Name"\', \'key "one\'))::text as row',
    `select conname || condeferrable || condeferred as row from pg_constraint where conrelid::regclass::text like 'odd%' order by 1`,
    `select relname || relforcerowsecurity as row from pg_class where relname like 'odd%' and relkind = 'r' order by 1`,
    `select tgname || tgenabled::text as row from pg_trigger where not tgisinternal and tgrelid::regclass::text like 'odd%' order by 1`,
  ])
    seen.push((await database.asAdmin<{ row: string }>(text)).map(({ row }) => row));
  return seen;
}

test("come back exactly, and the tables are left as they were", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yingda-odd-"));
  const [from, to] = [await testMachine(folder), await testMachine(folder)];
  for (const { database } of [from, to]) await asOwner(database, ddl);
  // as in a database with a single role: what the owner sees is decided by the forced policy
  await asOwner(from.database, rows);
  const path = join(folder, "odd.ydbackup");
  await createBackup(from.services, path);
  await restoreBackup(to.services, path, { masterKey: from.services.masterKey });
  const expected = await look(from.database);
  expect(await look(to.database)).toEqual(expected);
  expect(JSON.stringify(expected)).toContain("12345678901234.5678");
  expect(JSON.stringify(expected)).toContain("4711");
  await rm(folder, { recursive: true, force: true });
});

test("an order that foreign keys ask for is found, and cycles are told", () => {
  const tables = ["message", "conversation", "contact", "tenant", "hen", "egg"].map((name) => ({ name }));
  const key = (table: string, target: string) => ({
    name: `${table}_${target}`,
    table,
    target,
    isDeferrable: false,
  });
  const keys = [
    key("message", "conversation"),
    key("conversation", "contact"),
    key("contact", "tenant"),
    key("contact", "contact"),
    key("hen", "egg"),
    key("egg", "hen"),
  ];
  const { tables: ordered, cyclic } = inOrder(tables, keys);
  const place = (name: string) => ordered.findIndex((table) => table.name === name);
  expect(ordered).toHaveLength(6);
  expect(place("tenant")).toBeLessThan(place("contact"));
  expect(place("contact")).toBeLessThan(place("conversation"));
  expect(place("conversation")).toBeLessThan(place("message"));
  expect(cyclic).toHaveLength(1);
});
