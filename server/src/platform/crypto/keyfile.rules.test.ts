import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { KeyProblem } from "./key-problem.ts";
import { installNextKey, openKeyFile, readKeyFile, writeNextKey } from "./keyfile.ts";
import { MasterKey } from "./master-key.ts";

let folder: string;
const empty = async () => true;
const filled = async () => false;
const settings = () => ({ path: join(folder, "etc/yingda/master.key"), dataFolder: join(folder, "data") });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-key-"));
  await mkdir(join(folder, "data"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function problemOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
  } catch (error) {
    if (error instanceof KeyProblem) return error.kind;
    throw error;
  }
  return undefined;
}

describe("the master key file", () => {
  test("is made once, 0600 in a 0700 folder, and read again after that", async () => {
    const first = await openKeyFile(settings(), empty);
    expect(first.created).toBe(true);
    expect((await stat(settings().path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "etc/yingda"))).mode & 0o777).toBe(0o700);
    const second = await openKeyFile(settings(), filled);
    expect(second.created).toBe(false);
    expect(second.masterKey.isSameAs(first.masterKey)).toBe(true);
  });

  test("two servers starting at once agree on one key", async () => {
    const opened = await Promise.all([1, 2, 3, 4].map(() => openKeyFile(settings(), empty)));
    const stored = await readKeyFile(settings().path);
    expect(opened.every(({ masterKey }) => stored !== undefined && masterKey.isSameAs(stored))).toBe(true);
  });

  test("is not made anew beside a filled database, and says so in both languages", async () => {
    await expect(openKeyFile(settings(), filled)).rejects.toMatchObject({
      code: "master-key",
      kind: "absent",
      zh: expect.stringContaining("恢复密钥"),
      en: expect.stringContaining("recovery key"),
    });
  });

  test.each([0o640, 0o604, 0o660, 0o644])("is refused with mode %o", async (mode) => {
    await openKeyFile(settings(), empty);
    await chmod(settings().path, mode);
    expect(await problemOf(openKeyFile(settings(), empty))).toBe("too-open");
  });

  test("is refused when any character is lost or changed", async () => {
    await openKeyFile(settings(), empty);
    const line = await readFile(settings().path, "utf8");
    for (let at = 0; at < line.trimEnd().length; at += 7) {
      const swapped = line[at] === "A" ? "B" : "A";
      await writeFile(settings().path, line.slice(0, at) + swapped + line.slice(at + 1));
      expect(await problemOf(openKeyFile(settings(), empty))).toBe("damaged");
    }
    await writeFile(settings().path, line.slice(0, 40));
    expect(await problemOf(openKeyFile(settings(), empty))).toBe("damaged");
    await writeFile(settings().path, "");
    expect(await problemOf(openKeyFile(settings(), empty))).toBe("damaged");
  });

  test("is refused inside the data folder, through a link, too", async () => {
    const dataFolder = join(folder, "data");
    const inside = { dataFolder, path: join(dataFolder, "keys/master.key") };
    expect(await problemOf(openKeyFile(inside, empty))).toBe("inside-data-folder");
    await symlink(dataFolder, join(folder, "elsewhere"));
    const linked = { dataFolder, path: join(folder, "elsewhere/master.key") };
    expect(await problemOf(openKeyFile(linked, empty))).toBe("inside-data-folder");
    const beside = { dataFolder, path: join(folder, "data-keys/master.key") };
    expect(await problemOf(openKeyFile(beside, empty))).toBeUndefined();
  });

  test("is replaced with the old one kept beside it", async () => {
    const { masterKey: old } = await openKeyFile(settings(), empty);
    const next = MasterKey.generate();
    await writeNextKey(settings().path, next);
    expect((await readKeyFile(settings().path))?.isSameAs(old)).toBe(true);
    await installNextKey(settings().path);
    expect((await readKeyFile(settings().path))?.isSameAs(next)).toBe(true);
    expect((await readKeyFile(`${settings().path}.old`))?.isSameAs(old)).toBe(true);
    expect((await stat(settings().path)).mode & 0o777).toBe(0o600);
  });
});

test("sub-keys differ by label and the key can be forgotten", () => {
  const key = MasterKey.generate();
  expect(key.derive("a").equals(key.derive("b"))).toBe(false);
  expect(key.derive("a").equals(key.derive("a"))).toBe(true);
  key.forget();
  expect(key.reveal().equals(Buffer.alloc(32))).toBe(true);
});
