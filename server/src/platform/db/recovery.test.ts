// The database is killed under load: the pools come back by themselves and nothing that was acknowledged is lost.
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { insertNote, makeNoteTable, note } from "../../../test/note-table.ts";
import { embeddedOptions, groundMigrations, scratchFolder, startScratch } from "../../../test/scratch.ts";
import { newId } from "../ids.ts";
import { silentLog } from "../log.ts";
import { openDatabase } from "./open-database.ts";
import type { Db } from "./transact.ts";

const restarts: (() => void)[] = [];
const exits: string[] = [];
const embedded = await startScratch({
  ...embeddedOptions(scratchFolder("recovery")),
  onExit: () => exits.push("exit"),
  onRestart: () => {
    for (const tell of restarts.splice(0)) tell();
  },
});
const db: Db = await openDatabase({ embedded }, { log: silentLog, migrationsFolder: groundMigrations() });
beforeAll(() => makeNoteTable(db));

function nextRestart(): Promise<void> {
  return new Promise((resolve) => restarts.push(resolve));
}

/** Processes whose parent this is; those of a postmaster are its sessions and helpers. */
function childrenOf(pid: number): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((child) => {
    try {
      return readFileSync(`/proc/${child}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === String(pid);
    } catch {
      return false; // ended meanwhile
    }
  });
}

/** With a postmaster alone its sessions live on for a moment and may still answer. */
function killEverything(): void {
  const pid = embedded.pid() ?? 0;
  for (const victim of [pid, ...childrenOf(pid)]) process.kill(victim, "SIGKILL");
}

test.each(["postmaster", "everything"])("kill -9 of the %s while writing", async (what) => {
  const tenantId = newId<string>();
  const acknowledged: string[] = [];
  const refused: unknown[] = [];
  let isWriting = true;
  let enough: () => void = () => undefined;
  const acknowledgedUpTo = (count: number) =>
    new Promise<void>((resolve) => {
      enough = () => acknowledged.length >= count && resolve();
    });

  async function write(): Promise<void> {
    while (isWriting) {
      const values = note(tenantId, newId<string>());
      try {
        if (acknowledged.length % 2) await db.once(tenantId, insertNote, values);
        else await db.transact(tenantId, (tx) => tx.rows(insertNote.text, values));
        acknowledged.push(String(values[1]));
        enough();
      } catch (error) {
        refused.push(error);
      }
    }
  }

  const writers = Array.from({ length: 8 }, write);
  await acknowledgedUpTo(300);
  const restarted = nextRestart();
  const pid = embedded.pid() ?? 0;
  if (what === "everything") killEverything();
  else process.kill(pid, "SIGKILL");
  await restarted;
  await acknowledgedUpTo(acknowledged.length + 300);
  isWriting = false;
  await Promise.all(writers);

  expect(embedded.pid()).not.toBe(pid);
  expect(exits.length).toBeGreaterThan(0);
  for (const error of refused)
    expect(error).toMatchObject({ code: "platform/unavailable", system: "database" });
  const rows = await db.transact(tenantId, (tx) => tx.rows<{ id: string }>("select id from note"));
  const found = new Set(rows.map((row) => row.id));
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(600);
});

test("a request that comes while the database is down waits for it", async () => {
  const tenantId = newId<string>();
  await db.once(tenantId, insertNote, note(tenantId, "before"));
  const restarted = nextRestart();
  killEverything();
  const rows = await db.transact(tenantId, (tx) => tx.rows<{ text: string }>("select text from note"));
  expect(rows).toEqual([{ text: "before" }]);
  await restarted;
});

test("listeners are told that they may have missed something", async () => {
  let tell: () => void = () => undefined;
  const reconnected = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const subscription = await db.listen("after_the_crash", () => undefined, tell);
  process.kill(embedded.pid() ?? 0, "SIGKILL");
  await reconnected;
  await subscription.close();
  await db.close();
});
