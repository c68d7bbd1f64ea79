// The promises of transact, as the app role on a cloned database.
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { connectTestDatabase, testDatabase, testTenant } from "../../../test/database.ts";
import {
  codeOf,
  insertNote,
  insertText,
  makeNoteTable,
  note,
  readNotes,
  textsOf,
} from "../../../test/note-table.ts";
import { AppError } from "../errors.ts";
import { newId } from "../ids.ts";
import { transact } from "./transact.ts";

const database = await testDatabase();
const { db } = database;
beforeAll(() => makeNoteTable(db));

test("commits what resolves and undoes what rejects", async () => {
  const { tenantId } = await testTenant();
  const added = await transact({ db, tenantId }, (tx) => tx.run(insertText, note(tenantId, "kept")));
  expect(added).toBe(1);
  const failing = db.transact(tenantId, async (tx) => {
    await tx.run(insertText, note(tenantId, "undone"));
    throw new AppError("request/conflict");
  });
  expect(await codeOf(failing)).toBe("request/conflict");
  expect(await textsOf(db, tenantId)).toEqual(["kept"]);
});

test("reads values as the program wants them", async () => {
  const { tenantId } = await testTenant();
  const row = await db.transact(tenantId, (tx) =>
    tx.one<Record<string, unknown>>(
      `insert into note (tenant_id, id, text, rank, at, on_day, big) values ($1, $2, $3, $4, $5, $6, $7) returning *`,
      [tenantId, newId(), "typed", 9_007_199_254_740_991, new Date(1_763_000_000_123), "2026-11-20", [1, 2]],
    ),
  );
  expect(row).toMatchObject({ rank: 9_007_199_254_740_991, at: new Date(1_763_000_000_123) });
  expect(row).toMatchObject({ on_day: "2026-11-20", big: [1, 2] });
  const tooBig = db.transact(tenantId, (tx) => tx.one("select 9007199254740993::bigint as n"));
  await expect(tooBig).rejects.toThrow(RangeError);
});

test("one needs a row, maybe does not, run counts", async () => {
  const { tenantId } = await testTenant();
  const none = "select text from note where text = $1";
  await expect(db.transact(tenantId, (tx) => tx.one(none, ["?"]))).rejects.toThrow("gave none");
  expect(await db.transact(tenantId, (tx) => tx.maybe(none, ["?"]))).toBeUndefined();
  expect(await db.transact(tenantId, (tx) => tx.run("delete from note"))).toBe(0);
});

test("the failed statement's own error is told, also when the work goes on", async () => {
  const { tenantId } = await testTenant();
  await db.transact(tenantId, (tx) => tx.run(insertText, note(tenantId, "taken")));
  const goingOn = db.transact(tenantId, async (tx) => {
    await tx.run(insertText, note(tenantId, "taken")).catch(() => undefined);
    await tx.run(insertText, note(tenantId, "after"));
  });
  expect(await codeOf(goingOn)).toBe("23505");
  const swallowed = db.transact(tenantId, async (tx) => {
    await tx.run(insertText, note(tenantId, "before"));
    await tx.run(insertText, note(tenantId, "taken")).catch(() => undefined);
    return "looks fine";
  });
  expect(await codeOf(swallowed)).toBe("23505");
  const translated = db.transact(tenantId, async (tx) => {
    await tx.run(insertText, note(tenantId, "taken")).catch((cause) => {
      throw new AppError("request/conflict", { cause });
    });
  });
  expect(await codeOf(translated)).toBe("request/conflict");
  expect(await textsOf(db, tenantId)).toEqual(["taken"]);
});

test("statements asked for at once run one after the other, and none runs after the end", async () => {
  const { tenantId } = await testTenant();
  const held = await db.transact(tenantId, async (tx) => {
    await Promise.all(["a", "b", "c"].map((text) => tx.run(insertText, [tenantId, newId(), text, 1])));
    return tx;
  });
  expect(await textsOf(db, tenantId)).toEqual(["a", "b", "c"]);
  await expect(held.rows("select 1")).rejects.toThrow("the transaction is over");
  const hasty = db.transact(tenantId, async (tx) => {
    void tx.run(insertText, note(tenantId, "late"));
    throw new AppError("request/conflict");
  });
  expect(await codeOf(hasty)).toBe("request/conflict");
  expect(await textsOf(db, tenantId)).toEqual(["a", "b", "c"]);
});

test("actions after the commit run only after a commit", async () => {
  const { tenantId } = await testTenant();
  const ran: string[] = [];
  await db.transact(tenantId, async (tx) => {
    tx.afterCommit(() => ran.push("first"));
    tx.afterCommit(() => {
      throw new Error("a broken action");
    });
    tx.afterCommit(() => ran.push("second"));
    await tx.run(insertText, note(tenantId, "x"));
    expect(ran).toEqual([]);
  });
  const failing = db.transact(tenantId, async (tx) => {
    tx.afterCommit(() => ran.push("never"));
    await tx.run(insertText, note(tenantId, "x"));
  });
  expect(await codeOf(failing)).toBe("23505");
  expect(ran).toEqual(["first", "second"]);
});

test("a deadlock is run again, once for each loser, and actions of lost attempts are dropped", async () => {
  const { tenantId } = await testTenant();
  const [one, two] = [newId<string>(), newId<string>()];
  await db.transact(tenantId, async (tx) => {
    await tx.run(insertText, [tenantId, one, "one", 0]);
    await tx.run(insertText, [tenantId, two, "two", 0]);
  });
  let attempts = 0;
  const committed: string[] = [];
  let bothHold: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  let holders = 0;
  const swap = (name: string, first: string, second: string) =>
    db.transact(tenantId, async (tx) => {
      attempts += 1;
      tx.afterCommit(() => committed.push(name));
      await tx.run("update note set rank = rank + 1 where id = $1", [first]);
      holders += 1;
      if (holders === 2) bothHold();
      await holding;
      await tx.run("update note set rank = rank + 1 where id = $1", [second]);
    });
  await Promise.all([swap("there", one, two), swap("back", two, one)]);
  expect(attempts).toBe(3);
  expect(committed.sort()).toEqual(["back", "there"]);
  const ranks = await db.transact(tenantId, (tx) => tx.rows("select rank from note"));
  expect(ranks).toEqual([{ rank: 2 }, { rank: 2 }]);
});

test("a transaction that waits for something else is ended by the idle time-out", async () => {
  const { tenantId } = await testTenant();
  const strict = connectTestDatabase(database.name, { idleInTransactionMs: 50 });
  const waiting = strict.transact(tenantId, async (tx) => {
    await tx.run(insertText, note(tenantId, "slow"));
    await new Promise((resolve) => setTimeout(resolve, 150)); // a network call would be waited for like this
    await tx.run(insertText, note(tenantId, "slower"));
  });
  await expect(waiting).rejects.toThrow("stood idle");
  expect(await textsOf(db, tenantId)).toEqual([]);
  await strict.close();
});

test("use cases read but do not write, the system role still does", async () => {
  const { tenantId } = await testTenant();
  await db.once(tenantId, insertNote, note(tenantId, "before"));
  db.refuseWrites(() => new AppError("platform/disk-full"));
  try {
    const blocked = note(tenantId, "blocked");
    expect(await codeOf(db.transact(tenantId, (tx) => tx.run(insertText, blocked)))).toBe(
      "platform/disk-full",
    );
    expect(await codeOf(db.once(tenantId, insertNote, blocked))).toBe("platform/disk-full");
    expect(await db.once(tenantId, readNotes, [])).toEqual([{ text: "before" }]);
    expect(await db.system((tx) => tx.run("delete from note where tenant_id = $1", [tenantId]))).toBe(1);
  } finally {
    db.refuseWrites(null);
  }
  await db.once(tenantId, insertNote, note(tenantId, "again"));
  expect(await textsOf(db, tenantId)).toEqual(["again"]);
});

test("dedicated connections have the rights of their role", async () => {
  const { tenantId } = await testTenant();
  await db.once(tenantId, insertNote, note(tenantId, tenantId));
  const system = await db.dedicated("system");
  const seen = await system.query("select 1 from note where text = $1", [tenantId]);
  expect(seen.rowCount).toBe(1);
  await expect(system.query("create table mine (a int)")).rejects.toBeInstanceOf(pg.DatabaseError);
  await system.end();
});
