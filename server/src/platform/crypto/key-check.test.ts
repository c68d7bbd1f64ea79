import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { fixedClock } from "../clock.ts";
import { markRecoveryConfirmed, openKeys, recoveryState, storeRecovery } from "./key-check.ts";
import { readKeyFile, writeNextKey } from "./keyfile.ts";
import { MasterKey } from "./master-key.ts";
import { confirmRecovery, makeRecovery, recoverMasterKey } from "./recovery.ts";
import { rotateMasterKey } from "./rotate-master.ts";
import { createVault } from "./vault.ts";

const { db, asAdmin, tenant } = await testDatabase();
const clock = fixedClock();
const place = { table: "contact", column: "sealed_name", row: "c1" };
let folder: string;
const settings = () => ({ path: join(folder, "keys/master.key"), dataFolder: join(folder, "data") });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-keys-"));
  await asAdmin("delete from key_check");
  await asAdmin("delete from data_key");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("opening the keys at the start", () => {
  test("the first start makes key and check; later starts only compare", async () => {
    const first = await openKeys(db, clock, settings());
    expect(first.isNew).toBe(true);
    const again = await openKeys(db, clock, settings());
    expect(again.isNew).toBe(false);
    expect(again.masterKey.isSameAs(first.masterKey)).toBe(true);
    const [row] = await asAdmin<{ check_value: Buffer }>("select check_value from key_check");
    expect(row?.check_value.includes(first.masterKey.reveal())).toBe(false);
  });

  test("another key, and no key, are refused and told apart", async () => {
    await openKeys(db, clock, settings());
    const elsewhere = { ...settings(), path: join(folder, "other/master.key") };
    await expect(openKeys(db, clock, elsewhere)).rejects.toMatchObject({ kind: "absent" });
    await asAdmin("update key_check set check_value = $1", [MasterKey.generate().derive("key-check")]);
    await expect(openKeys(db, clock, settings())).rejects.toMatchObject({
      code: "master-key",
      kind: "wrong",
      zh: expect.stringContaining("YINGDA_KEY_FILE"),
      en: expect.stringContaining("does not belong to this database"),
    });
  });

  test("two machines starting on one empty database: one key wins, the other is refused", async () => {
    const two = { path: join(folder, "two/master.key"), dataFolder: join(folder, "data2") };
    const outcomes = await Promise.allSettled([openKeys(db, clock, settings()), openKeys(db, clock, two)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { kind: expect.stringMatching(/^(wrong|absent)$/) },
    });
  });

  test("the app role sees nothing of it", async () => {
    await openKeys(db, clock, settings());
    const { tenantId } = await tenant();
    await expect(db.transact(tenantId, (tx) => tx.rows("select * from key_check"))).rejects.toMatchObject({
      code: "42501",
    });
  });
});

describe("the recovery record", () => {
  test("is unconfirmed until asked back, and a new one is unconfirmed again", async () => {
    const { masterKey } = await openKeys(db, clock, settings());
    expect(await db.system(recoveryState)).toEqual({ wrapped: null, confirmedAt: null });
    await db.system((tx) => markRecoveryConfirmed(tx, clock.now()));
    expect((await db.system(recoveryState)).confirmedAt).toBeNull();
    const { recoveryKey, wrapped } = makeRecovery(masterKey);
    await db.system((tx) => storeRecovery(tx, wrapped));
    const stored = await db.system(recoveryState);
    expect(confirmRecovery(recoveryKey, stored.wrapped ?? Buffer.alloc(0))).toEqual({ kind: "confirmed" });
    await db.system((tx) => markRecoveryConfirmed(tx, clock.now()));
    expect((await db.system(recoveryState)).confirmedAt).toEqual(clock.now());
    await db.system((tx) => storeRecovery(tx, makeRecovery(masterKey).wrapped));
    expect((await db.system(recoveryState)).confirmedAt).toBeNull();
  });
});

describe("a new master key", () => {
  test("re-wraps every data key, keeps every value readable and the same recovery key working", async () => {
    const { masterKey } = await openKeys(db, clock, settings());
    const vault = createVault({ db, clock, masterKey });
    const tenants = [(await tenant()).tenantId, (await tenant()).tenantId];
    const sealed: Buffer[] = [];
    for (const id of tenants) sealed.push((await vault.forTenant(id)).seal(place, `name of ${id}`));
    const hash = (await vault.forSystem()).lookup("account", "a@b.c");
    const { recoveryKey, wrapped } = makeRecovery(masterKey);
    await db.system((tx) => storeRecovery(tx, wrapped));

    const rotated = await rotateMasterKey({ db, vault, keyFile: settings().path, masterKey });
    expect(rotated.keys).toBe(12);
    for (const [i, id] of tenants.entries())
      expect((await vault.forTenant(id)).openText(place, sealed[i] ?? Buffer.alloc(0))).toBe(`name of ${id}`);
    const reopened = await openKeys(db, clock, settings());
    expect(reopened.masterKey.isSameAs(rotated.masterKey)).toBe(true);
    expect(reopened.masterKey.isSameAs(masterKey)).toBe(false);
    const fresh = createVault({ db, clock, masterKey: reopened.masterKey });
    expect((await fresh.forSystem()).lookup("account", "a@b.c").equals(hash)).toBe(true);
    const stale = createVault({ db, clock, masterKey });
    await expect(stale.forTenant(tenants[0] ?? "")).rejects.toMatchObject({ kind: "wrong" });
    const record = (await db.system(recoveryState)).wrapped ?? Buffer.alloc(0);
    expect(recoverMasterKey(recoveryKey, record).isSameAs(rotated.masterKey)).toBe(true);
    expect((await readKeyFile(`${settings().path}.old`))?.isSameAs(masterKey)).toBe(true);
  });

  test("a crash after the commit is settled at the next start", async () => {
    const { masterKey } = await openKeys(db, clock, settings());
    const next = MasterKey.generate();
    await writeNextKey(settings().path, next);
    await asAdmin("update key_check set check_value = $1", [next.derive("key-check")]);
    const reopened = await openKeys(db, clock, settings());
    expect(reopened.masterKey.isSameAs(next)).toBe(true);
    expect(masterKey.isSameAs(next)).toBe(false);
    expect(await readKeyFile(`${settings().path}.next`)).toBeUndefined();
  });

  test("a crash before the commit leaves the old key", async () => {
    const { masterKey } = await openKeys(db, clock, settings());
    await writeNextKey(settings().path, MasterKey.generate());
    const reopened = await openKeys(db, clock, settings());
    expect(reopened.masterKey.isSameAs(masterKey)).toBe(true);
    expect(await readKeyFile(`${settings().path}.next`)).toBeUndefined();
  });
});
