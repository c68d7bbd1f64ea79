// Who may name which table: tried on planted queries, then on the real tree with its real list of owners.
import { expect, test } from "vitest";
import { tableOwners } from "../../server/src/platform/db/table-owners.ts";
import { plantTree, repositoryRoot } from "./source-tree.ts";
import { ownerOffences, tableOffences } from "./table-owners.ts";

const owners = {
  message: "conversations",
  queue_entry: "routing",
  queue: "routing",
  outbox_event: "platform",
};

/** «x» in a sample stands for a hole of a template. */
function say(path: string, sample: string): string {
  using tree = plantTree({ [path]: sample.replaceAll("«", "\u0024{").replaceAll("»", "}") });
  return tableOffences(tree.root, owners).offences.join("\n");
}

const bad: [what: string, sql: string, says: string][] = [
  ["a template", "tx.many(`select id from message where id = «id»`)", "message belongs to conversations"],
  ["a plain string", 'tx.many("select id from message")', "message belongs to conversations"],
  ["capitals", 'tx.many("SELECT id FROM message")', "message belongs to conversations"],
  [
    "a join",
    "tx.many(`select 1 from queue q\n  join message m on m.id = q.id`)",
    "message belongs to conversations",
  ],
  [
    "a left join",
    "tx.many(`select 1 from queue q left join lateral (select 1 from message) m on true`)",
    "message belongs to",
  ],
  [
    "a list of tables",
    "tx.many(`select 1 from queue q, message as m where true`)",
    "message belongs to conversations",
  ],
  [
    "a sub-query",
    "tx.many(`select 1 from queue where id in (select id from message)`)",
    "message belongs to conversations",
  ],
  ["insert", "tx.run(`insert into message (id) values ($1)`)", "message belongs to conversations"],
  ["update", "tx.run(`update message m set x = 1`)", "message belongs to conversations"],
  ["delete", "tx.run(`delete from message where id = $1`)", "message belongs to conversations"],
  [
    "delete using",
    "tx.run(`delete from queue q using message m where m.id = q.id`)",
    "message belongs to conversations",
  ],
  ["truncate", "tx.run(`truncate table message`)", "message belongs to conversations"],
  ["copy", "tx.run(`copy message to stdout`)", "message belongs to conversations"],
  [
    "with a schema and quotes",
    'tx.run(`select 1 from public."message"`)',
    "message belongs to conversations",
  ],
  [
    "an inner with",
    "tx.run(`with x as (delete from message returning id) select id from x`)",
    "message belongs to conversations",
  ],
  ["a piece of a query", "const where = `join message m on m.id = q.id`", "message belongs to conversations"],
  [
    "a sum of strings",
    'tx.run("select 1 " + "from message where id = " + id)',
    "message belongs to conversations",
  ],
  ["a table that nobody owns", "tx.run(`select 1 from letters`)", "letters belongs to no room"],
  ["a computed table", "tx.run(`select 1 from «table» where true`)", "write the table's name out"],
];

test.each(bad)("caught in routing: %s", (_what, sql, says) => {
  expect(say("server/src/routing/some-store.ts", sql)).toContain(says);
});

const good: [what: string, sql: string][] = [
  ["its own tables", "tx.run(`insert into queue_entry (id) select id from queue for update skip locked`)"],
  [
    "functions and value lists",
    "tx.run(`select * from unnest($1::uuid[]) as t(id), jsonb_to_recordset($2) r join queue q on true`)",
  ],
  [
    "a named sub-query",
    "tx.run(`with message as (select 1 from queue), old (id) as materialized (select 1 from queue) select 1 from message, old`)",
  ],
  [
    "words that look like a place",
    "tx.run(`select extract(epoch from sent_at), substring(x from 2), a is distinct from b from queue for no key update`)",
  ],
  [
    "on conflict",
    "tx.run(`insert into queue (id) values ($1) on conflict (id) do update set id = excluded.id`)",
  ],
  ["the catalogue", "tx.run(`select relname from pg_class`)"],
  [
    "a sentence",
    'const text = "select a file from the list, or update the settings"; const other = "no reply from message";',
  ],
  ["SQL in a comment", "// select id from message\nexport const x = 1;"],
];

test.each(good)("allowed in routing: %s", (_what, sql) => {
  expect(say("server/src/routing/some-store.ts", sql)).toBe("");
});

test("tests, migrations and the ground floor's computed names are left alone", () => {
  const sql = "tx.run(`select id from message`)";
  expect(say("server/src/routing/a.test.ts", sql)).toBe("");
  expect(say("server/src/platform/db/migrations/0001.ts", sql)).toBe("");
  expect(say("server/src/platform/backup/a.ts", "tx.run(`select * from «table»`)")).toBe("");
  expect(say("server/src/platform/backup/b.ts", "tx.run(`copy «table» from stdin`)")).toBe("");
  expect(say("server/src/platform/backup/a.ts", sql)).toContain("message belongs to conversations");
});

test("the list of owners is held to the migrations", () => {
  using tree = plantTree({
    "server/src/platform/db/migrations/0001.sql":
      "create table message (id int);\ncreate table if not exists letters (id int);\n-- create table dreams\ncreate table message_1 partition of message;",
    "server/src/conversations/index.ts": "",
  });
  expect(
    ownerOffences(tree.root, { message: "conversations", ghost: "conversations", queue: "routing" }),
  ).toEqual([
    "table letters has no owner",
    "nothing creates ghost",
    "nothing creates queue",
    "queue belongs to routing, which is no room",
  ]);
});

test("in the real tree a room queries only the tables it owns", () => {
  const { offences, queriesSeen } = tableOffences(repositoryRoot, tableOwners);
  expect(queriesSeen, "a check that looks at nothing must not pass").toBeGreaterThan(0);
  expect(offences).toEqual([]);
});

test("in the real tree every table has an owner", () => {
  expect(ownerOffences(repositoryRoot, tableOwners)).toEqual([]);
});
