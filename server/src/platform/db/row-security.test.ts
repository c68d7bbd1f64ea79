// The second lock: whatever a use case asks, it sees and writes its tenant's rows only.
import { beforeAll, expect, test } from "vitest";
import { testDatabase, testTenant } from "../../../test/database.ts";
import {
  codeOf,
  insertNote,
  insertText,
  makeNoteTable,
  note,
  readNotes,
  textsOf,
} from "../../../test/note-table.ts";
import { newId } from "../ids.ts";

const database = await testDatabase();
const { db } = database;
beforeAll(() => makeNoteTable(db));

test("another tenant's rows are invisible and cannot be written", async () => {
  const [mine, theirs] = [await testTenant(), await testTenant()];
  const id = newId<string>();
  await db.transact(theirs.tenantId, (tx) => tx.run(insertText, [theirs.tenantId, id, "theirs", 1]));
  const inMine = <T>(text: string, values: unknown[]) =>
    db.transact(mine.tenantId, (tx) => tx.rows<T>(text, values));
  expect(await inMine("select * from note where id = $1", [id])).toEqual([]);
  expect(await db.once(mine.tenantId, readNotes, [])).toEqual([]);
  expect(await inMine("update note set text = 'stolen' where id = $1 returning id", [id])).toEqual([]);
  expect(await inMine("delete from note where id = $1 returning id", [id])).toEqual([]);
  const foreign = [theirs.tenantId, newId(), "planted", 1];
  expect(await codeOf(db.transact(mine.tenantId, (tx) => tx.run(insertText, foreign)))).toBe("42501");
  expect(await codeOf(db.once(mine.tenantId, insertNote, foreign))).toBe("42501");
  const moved = db.transact(theirs.tenantId, (tx) =>
    tx.run("update note set tenant_id = $1", [mine.tenantId]),
  );
  expect(await codeOf(moved)).toBe("42501");
  expect(await textsOf(db, theirs.tenantId)).toEqual(["theirs"]);
});

test("without a tenant nothing is seen, and the setting does not outlive its transaction", async () => {
  const { tenantId } = await testTenant();
  await db.once(tenantId, insertNote, note(tenantId, "mine"));
  await Promise.all(Array.from({ length: 8 }, () => db.once(tenantId, readNotes, [])));
  for (let round = 0; round < 16; round += 1) {
    expect(await db.transact(null, (tx) => tx.rows(readNotes.text))).toEqual([]);
    expect(await db.once(null, readNotes, [])).toEqual([]);
  }
});

test("the app role cannot become system by a setting; the system role sees all", async () => {
  const [one, two] = [await testTenant(), await testTenant()];
  for (const { tenantId } of [one, two]) await db.once(tenantId, insertNote, note(tenantId, tenantId));
  const pretending = await db.transact(one.tenantId, async (tx) => {
    await tx.run("select set_config('app.system', 'on', true)");
    return tx.rows(readNotes.text);
  });
  expect(pretending).toEqual([{ text: one.tenantId }]);
  const seen = await db.system((tx) =>
    tx.rows("select text from note where text = any ($1)", [[one.tenantId, two.tenantId]]),
  );
  expect(seen).toHaveLength(2);
});

test("a tenant id that is none is refused before anything is sent", async () => {
  const bad = "x'); drop table note; --";
  await expect(db.transact(bad, (tx) => tx.rows("select 1"))).rejects.toThrow(TypeError);
  await expect(Promise.resolve().then(() => db.once(bad, readNotes, []))).rejects.toThrow(TypeError);
});

test("every table is protected, and no login of a use case stands above it", async () => {
  const open = await database.asAdmin(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     and not relrowsecurity and relname <> 'schema_migration'`,
  );
  expect(open).toEqual([]);
  const withoutPolicy = await database.asAdmin(
    `select relname from pg_class c where relrowsecurity and not exists (select from pg_policy where polrelid = c.oid)`,
  );
  expect(withoutPolicy).toEqual([]);
  const roles = await database.asAdmin(
    `select rolname from pg_roles where rolname like 'yingda%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  );
  expect(roles).toEqual([]);
});
