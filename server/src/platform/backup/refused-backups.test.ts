import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MasterKey, makeRecovery } from "../crypto/index.ts";
import { createBackup } from "./create-backup.ts";
import { inspectBackup } from "./read-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { fillEvents, fingerprint, kindOf, type Machine, testMachine } from "./testing/machine.ts";

let folder: string;
let source: Machine;
let recoveryKey: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-refused-"));
  source = await testMachine(folder);
  const { tenantId } = await source.database.tenant();
  await fillEvents(source, tenantId, 2_000);
  for (let i = 0; i < 2; i += 1)
    await source.media.put(tenantId, { source: randomBytes(2_000_000), name: "photo.bin", inboxId: null });
  const recovery = makeRecovery(source.masterKey);
  recoveryKey = recovery.recoveryKey;
  await source.database.asAdmin("update key_check set recovery_wrapped = $1", [recovery.wrapped]);
  path = join(folder, "one.ydbackup");
  await createBackup(source.services, path);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("what is refused, before any change", () => {
  let target: Machine;
  let before: Record<string, string>;
  const broken = () => join(folder, "broken.ydbackup");
  const attempt = (file = broken()) =>
    kindOf(restoreBackup(target.services, file, { masterKey: source.masterKey }));

  beforeAll(async () => {
    target = await testMachine(folder);
    before = await fingerprint(target);
  });

  test("files cut anywhere", async () => {
    const { size } = await stat(path);
    for (const length of [
      0,
      5,
      11,
      40,
      700,
      5_000,
      size >> 1,
      size - 300_000,
      size - 17,
      size - 16,
      size - 1,
    ]) {
      await copyFile(path, broken());
      await truncate(broken(), length);
      expect(await attempt()).toMatch(/^(damaged|not-a-backup)$/);
    }
    await copyFile(path, broken());
    const file = await open(broken(), "a");
    await file.write("x");
    await file.close();
    expect(await attempt()).toBe("damaged");
  });

  test("files with one byte flipped, wherever it is", async () => {
    const whole = await readFile(path);
    const places = [3, 9, 11, 30, 100, 400, 1_000, whole.length - 1, whole.length - 20];
    for (let i = 0; i < 25; i += 1) places.push(Math.floor((whole.length * i) / 25) + 1);
    for (const at of places) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await writeFile(broken(), flipped);
      expect(await attempt()).toMatch(/^(damaged|not-a-backup|wrong-key|newer-format)$/);
    }
  });

  test("files with chunks swapped, dropped or taken from another backup", async () => {
    const whole = await readFile(path);
    const bodyAt = 12 + whole.readUInt32BE(8) + 7;
    const chunk = 1_048_576 + 16;
    const cut = (i: number) => whole.subarray(bodyAt + i * chunk, bodyAt + (i + 1) * chunk);
    expect(whole.length).toBeGreaterThan(bodyAt + 3 * chunk);
    const rest = whole.subarray(bodyAt + 3 * chunk);
    const other = join(folder, "other.ydbackup");
    await createBackup(source.services, other);
    const foreign = await readFile(other);
    const foreignBody = 12 + foreign.readUInt32BE(8) + 7;
    const head = whole.subarray(0, bodyAt);
    for (const parts of [
      [head, cut(1), cut(0), cut(2), rest],
      [head, cut(0), cut(2), rest],
      [head, cut(0), cut(1), cut(1), rest],
      [head, foreign.subarray(foreignBody, foreignBody + chunk), cut(1), cut(2), rest],
      [whole.subarray(0, bodyAt - 7), foreign.subarray(foreignBody - 7)],
      [foreign.subarray(0, foreignBody - 7), whole.subarray(bodyAt - 7)],
    ]) {
      await writeFile(broken(), Buffer.concat(parts));
      expect(await attempt()).toBe("damaged");
    }
  });

  test("wrong keys, by kind", async () => {
    expect(await kindOf(restoreBackup(target.services, path, { masterKey: MasterKey.generate() }))).toBe(
      "wrong-key",
    );
    const other = makeRecovery(source.masterKey).recoveryKey;
    expect(await kindOf(restoreBackup(target.services, path, { recoveryKey: other }))).toBe("recovery-wrong");
    const mistyped = `${recoveryKey.slice(0, -1)}${recoveryKey.at(-1) === "0" ? "1" : "0"}`;
    expect(await kindOf(restoreBackup(target.services, path, { recoveryKey: mistyped }))).toBe(
      "recovery-mistyped",
    );
    const without = await testMachine(folder);
    const file = join(folder, "without.ydbackup");
    await createBackup(without.services, file);
    expect(await kindOf(inspectBackup(file, { recoveryKey }))).toBe("no-recovery");
  });

  test("another database level, a filled database, another file", async () => {
    await target.database.asAdmin(
      "insert into schema_migration (number, name, checksum, took_ms) values (9999, 'x', 'y', 1)",
    );
    expect(await attempt(path)).toBe("other-migrations");
    await target.database.asAdmin("delete from schema_migration where number = 9999");
    const filled = await testMachine(folder);
    await filled.database.tenant();
    expect(await kindOf(restoreBackup(filled.services, path, { masterKey: source.masterKey }))).toBe(
      "database-not-empty",
    );
    await writeFile(broken(), "just a text");
    expect(await attempt()).toBe("not-a-backup");
  });

  test("and nothing was changed by any of it", async () => {
    expect(await fingerprint(target)).toEqual(before);
    expect(await readdir(join(folder, target.database.name))).toEqual([".incoming"]);
    target.vault.useMasterKey(target.masterKey);
    expect((await target.vault.forSystem()).lookup("a", "b")).toHaveLength(32);
    expect(await attempt(path)).toBe("done");
  });
});
