import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backupFileName, listBackups, pruneBackups } from "./keep-backups.ts";

let folder: string;
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 2, 3, 4));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-keep-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("the newest seven stay, other files are not touched", async () => {
  for (let n = 1; n <= 10; n += 1) await writeFile(join(folder, backupFileName(day(n))), "x".repeat(n));
  const others = ["mine.ydbackup", "yingda-20261101-020304.ydbackup.txt", "going-back.json"];
  for (const name of others) await writeFile(join(folder, name), "x");
  expect(await pruneBackups(folder, 7, day(10))).toEqual([3, 2, 1].map((n) => backupFileName(day(n))));
  const kept = await listBackups(folder);
  expect(kept.map(({ name }) => name)).toEqual([10, 9, 8, 7, 6, 5, 4].map((n) => backupFileName(day(n))));
  expect(kept[0]).toMatchObject({ at: day(10), sizeBytes: 10 });
  expect((await readdir(folder)).filter((name) => others.includes(name))).toHaveLength(3);
});

test("the last one always stays; half files go after a day", async () => {
  await writeFile(join(folder, backupFileName(day(1))), "x");
  const [old, young] = [`${backupFileName(day(2))}.part`, `${backupFileName(day(3))}.part`];
  for (const name of [old, young]) await writeFile(join(folder, name), "x");
  await utimes(join(folder, old), day(1), day(1));
  await utimes(join(folder, young), day(3), day(3));
  expect(await pruneBackups(folder, 0, day(3))).toEqual([old]);
  expect(await listBackups(folder)).toHaveLength(1);
  expect(backupFileName(day(1))).toBe("yingda-20261101-020304.ydbackup");
});

test("a folder that is not there has none", async () => {
  expect(await listBackups(join(folder, "none"))).toEqual([]);
  expect(await pruneBackups(join(folder, "none"), 7, day(1))).toEqual([]);
});
