// A full disk: the guard refuses writes before it comes to that; when it comes to that all the same, nothing
// acknowledged is lost and the database is back by itself when there is room again.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { whenFileEnds } from "../../../test/cleanup.ts";
import { testDatabase, testTenant } from "../../../test/database.ts";
import { codeOf, insertNote, makeNoteTable, note, textsOf } from "../../../test/note-table.ts";
import { embeddedOptions, groundMigrations, scratchFolder, startScratch } from "../../../test/scratch.ts";
import { newId } from "../ids.ts";
import { silentLog } from "../log.ts";
import { type DiskSpace, type DiskState, guardDisk } from "./disk.ts";
import { openDatabase } from "./open-database.ts";

const database = await testDatabase();
beforeAll(() => makeNoteTable(database.db));

test("while space is low use cases are refused and the owner is told", async () => {
  const { db } = database;
  const { tenantId } = await testTenant();
  let space: DiskSpace = { freeBytes: 100_000_000, totalBytes: 10_000_000_000 };
  const told: DiskState[] = [];
  const onChange = (state: DiskState) => told.push(state);
  const guard = await guardDisk(db, { path: "/", log: silentLog, probe: async () => space, onChange });
  const refused = db.once(tenantId, insertNote, note(tenantId, "refused"));
  await expect(refused).rejects.toMatchObject({
    code: "platform/disk-full",
    status: 507,
    details: { freeBytes: 100_000_000 },
  });
  expect(await textsOf(db, tenantId)).toEqual([]);
  space = { freeBytes: 5_000_000_000, totalBytes: 10_000_000_000 };
  await guard.look();
  await db.once(tenantId, insertNote, note(tenantId, "welcome"));
  expect(told.map(({ isLow }) => isLow)).toEqual([true, false]);
  guard.close();
});

/** A small file system in memory, where the system lets us have one. */
function mountSmall(folder: string): boolean {
  mkdirSync(folder);
  const mounted =
    spawnSync("mount", ["-t", "tmpfs", "-o", "size=120m,mode=755", "tmpfs", folder]).status === 0;
  if (mounted) whenFileEnds(() => spawnSync("umount", ["-l", folder]));
  return mounted;
}

const small = join(scratchFolder("full"), "small");
const canMount = mountSmall(small);

test.runIf(canMount)(
  "at zero nothing acknowledged is lost, and writing works again when there is room",
  async () => {
    const embedded = await startScratch(embeddedOptions(join(small, "data")));
    const db = await openDatabase({ embedded }, { log: silentLog, migrationsFolder: groundMigrations() });
    await makeNoteTable(db);
    const tenantId = newId<string>();
    const filler = join(small, "filler");
    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=1M", "count=200"]); // ends by itself when the disk is full
    const acknowledged: string[] = [];
    const body = "x".repeat(200_000);
    const codes = new Set<string>();
    for (let count = 0; count < 400 && codes.size === 0; count += 1) {
      const text = `${count} ${body}`;
      const code = await codeOf(db.once(tenantId, insertNote, note(tenantId, text)));
      if (code === "no error") acknowledged.push(text);
      else codes.add(code);
    }
    expect([...codes].every((code) => ["platform/disk-full", "platform/unavailable"].includes(code))).toBe(
      true,
    );
    expect(codes.size).toBe(1);
    rmSync(filler);
    writeFileSync(join(small, "room"), "");
    const again = () => codeOf(db.once(tenantId, insertNote, note(tenantId, `again ${newId()}`)));
    await expect.poll(again, { timeout: 14_000, interval: 100 }).toBe("no error");
    const found = new Set(await textsOf(db, tenantId));
    expect(acknowledged.filter((text) => !found.has(text))).toEqual([]);
    await db.close();
    await embedded.stop();
  },
);
