import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPlain } from "./find-plain.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-plain-"));
  await mkdir(join(folder, "a/b"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const word = "金丝雀暗号canary7731";
const around = (bytes: Uint8Array) => Buffer.concat([randomBytes(1_000), bytes, randomBytes(1_000)]);
const spellings: [string, Uint8Array][] = [
  ["utf-8", Buffer.from(word)],
  ["utf-16", Buffer.from(word, "utf16le")],
  ["gb18030", iconv.encode(word, "gb18030")],
  ["hex", Buffer.from(Buffer.from(word).toString("hex"))],
  ["base64+0", Buffer.from(Buffer.from(`${word}!`).toString("base64"))],
  ["base64+1", Buffer.from(Buffer.from(`x${word}!`).toString("base64"))],
  ["base64+2", Buffer.from(Buffer.from(`xy${word}!?`).toString("base64"))],
];

test.each(spellings)("a word written as %s is found, in any folder", async (writtenAs, bytes) => {
  await writeFile(join(folder, "a/b/file"), around(bytes));
  await writeFile(join(folder, "a/clean"), randomBytes(10_000));
  expect(await findPlain(folder, [word, "another"])).toEqual([
    { file: join(folder, "a/b/file"), word, writtenAs },
  ]);
});

test("a word across the edge of what is read at once, and in a file name, is found", async () => {
  const big = randomBytes(4_000_200);
  Buffer.from(word).copy(big, 4_000_000 - 7);
  await writeFile(join(folder, "big"), big);
  await writeFile(join(folder, `a/${word}.txt`), "x");
  expect((await findPlain(folder, [word])).map(({ writtenAs }) => writtenAs).sort()).toEqual([
    "file name",
    "utf-8",
  ]);
});

test("a clean folder is clean; an empty one proves nothing", async () => {
  await expect(findPlain(folder, [word])).rejects.toThrow("nothing to look at");
  await writeFile(join(folder, "x"), randomBytes(100_000));
  expect(await findPlain(folder, [word])).toEqual([]);
});
