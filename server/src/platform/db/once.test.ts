// The promises of once: one statement, its own errors, a connection that stays usable.
import { beforeAll, expect, test } from "vitest";
import { testDatabase, testTenant } from "../../../test/database.ts";
import { codeOf, insertNote, makeNoteTable, note, readNotes, textsOf } from "../../../test/note-table.ts";
import { newId } from "../ids.ts";
import { once } from "./transact.ts";

const database = await testDatabase();
const { db } = database;
beforeAll(() => makeNoteTable(db));

test("runs one statement of the tenant and commits it", async () => {
  const { tenantId } = await testTenant();
  const id = newId<string>();
  const rows = await once<{ id: string; at: Date; on_day: null }>({ db, tenantId }, insertNote, [
    tenantId,
    id,
    "好",
    7,
  ]);
  expect(rows).toMatchObject([{ id, text: "好", rank: 7, on_day: null }]);
  expect(rows[0]?.at).toBeInstanceOf(Date);
  expect(await db.once(tenantId, readNotes, [])).toEqual([{ text: "好" }]);
  expect(await textsOf(db, tenantId)).toEqual(["好"]);
});

test("tells the statement's own error and leaves the connection usable", async () => {
  const { tenantId } = await testTenant();
  await db.once(tenantId, insertNote, note(tenantId, "taken"));
  for (let round = 0; round < 20; round += 1) {
    const again = db.once(tenantId, insertNote, note(tenantId, "taken"));
    expect(await codeOf(again)).toBe("23505");
  }
  const broken = db.once(tenantId, { name: "test-broken", text: "select no_such_column from note" }, []);
  expect(await codeOf(broken)).toBe("42703");
  const fixed = db.once(tenantId, { name: "test-broken", text: "select 1 as fine" }, []);
  expect(await fixed).toEqual([{ fine: 1 }]);
  expect(await codeOf(db.once(tenantId, insertNote, [tenantId, "no uuid", "y", 1]))).toBe("22P02");
  const circle: { self?: unknown } = {};
  circle.self = circle;
  await expect(db.once(tenantId, insertNote, [tenantId, newId(), circle, 1])).rejects.toThrow(TypeError);
  expect(await textsOf(db, tenantId)).toEqual(["taken"]);
  expect(db.stats().app.total).toBeLessThanOrEqual(8);
});

test("a result that cannot be read rejects, and the same connection goes on", async () => {
  const { tenantId } = await testTenant();
  const tooBig = { name: "test-too-big", text: "select 9007199254740993::bigint as n" };
  await expect(db.once(tenantId, tooBig, [])).rejects.toThrow(RangeError);
  expect(await db.once(tenantId, readNotes, [])).toEqual([]);
});

test("two texts under one name are refused", async () => {
  const { tenantId } = await testTenant();
  const texts = ["select 1 as n", "select 2 as n"];
  const answers = await Promise.allSettled(
    texts.flatMap((text) =>
      Array.from({ length: 20 }, () => db.once(tenantId, { name: "test-two", text }, [])),
    ),
  );
  expect(answers.some((answer) => answer.status === "rejected")).toBe(true);
});

test("many at once keep their rows apart", async () => {
  const tenants = await Promise.all(Array.from({ length: 4 }, () => testTenant()));
  const asked = Array.from({ length: 200 }, (_, index) => tenants[index % 4]?.tenantId ?? "");
  await Promise.all(
    asked.map((tenantId, index) => db.once(tenantId, insertNote, note(tenantId, `n${index}`, index))),
  );
  for (const [offset, { tenantId }] of tenants.entries()) {
    const texts = await textsOf(db, tenantId);
    expect(texts).toHaveLength(50);
    expect(texts.every((text) => Number(text.slice(1)) % 4 === offset)).toBe(true);
  }
});

test("a table changed under a prepared statement does not break it", async () => {
  const { tenantId } = await testTenant();
  const all = { name: "test-all-notes", text: "select * from note" };
  await Promise.all(Array.from({ length: 16 }, () => db.once(tenantId, all, [])));
  const owner = await db.dedicated("owner");
  await owner.query("alter table note add column extra text");
  await owner.end();
  const answers = await Promise.all(Array.from({ length: 16 }, () => db.once(tenantId, all, [])));
  expect(answers).toHaveLength(16);
});
