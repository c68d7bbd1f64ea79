import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { fixedClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { SealError } from "./envelope.ts";
import { KeyProblem } from "./key-problem.ts";
import { MasterKey } from "./master-key.ts";
import { createVault, keyGraceMs, keyLifeMs, type Vault } from "./vault.ts";

const { db, asAdmin, tenant } = await testDatabase();
const masterKey = MasterKey.generate();
const place = { table: "message", column: "sealed_content", row: "m1" };

function freshVault(clock = fixedClock(), key = masterKey): Vault {
  return createVault({ db, clock, masterKey: key });
}

describe("a tenant's vault", () => {
  test("makes keys at the first call, stores them wrapped, and another process reads the same values", async () => {
    const { tenantId } = await tenant();
    const one = await freshVault().forTenant(tenantId);
    const sealed = one.seal(place, "退款 please");
    const two = await freshVault().forTenant(tenantId);
    expect(two.openText(place, sealed)).toBe("退款 please");
    expect(two.lookup("phone", "138").equals(one.lookup("phone", "138"))).toBe(true);
    expect(two.grams("退款到账")).toEqual(one.grams("退款到账"));
    expect(two.mac("audit", ["a", "b"]).equals(one.mac("audit", ["a", "b"]))).toBe(true);
    const rows = await asAdmin<{ purpose: string; wrapped: Buffer }>(
      "select purpose, wrapped from data_key where tenant_id = $1 order by purpose",
      [tenantId],
    );
    expect(rows.map(({ purpose }) => purpose)).toEqual(["audit", "data", "lookup", "search"]);
    expect(rows.every(({ wrapped }) => wrapped.length === 65)).toBe(true);
  });

  test("ten first calls at once, in two processes, agree on one key", async () => {
    const { tenantId } = await tenant();
    const vaults = [freshVault(), freshVault()];
    const handles = await Promise.all(
      Array.from(
        { length: 10 },
        (_, i) => vaults[i % 2]?.forTenant(tenantId) ?? Promise.reject(new Error("no vault")),
      ),
    );
    const sealed = handles.map((handle) => handle.seal(place, "x"));
    for (const handle of handles) for (const value of sealed) expect(handle.openText(place, value)).toBe("x");
    const [count] = await asAdmin<{ n: number }>(
      "select count(*)::int n from data_key where tenant_id = $1",
      [tenantId],
    );
    expect(count?.n).toBe(4);
  });

  test("shares nothing with another tenant", async () => {
    const vault = freshVault();
    const a = await vault.forTenant((await tenant()).tenantId);
    const b = await vault.forTenant((await tenant()).tenantId);
    expect(() => b.open(place, a.seal(place, "secret"))).toThrow(SealError);
    expect(a.lookup("phone", "138").equals(b.lookup("phone", "138"))).toBe(false);
    expect(a.grams("退款").some((number) => b.grams("退款").includes(number))).toBe(false);
    expect(a.mac("audit", ["x"]).equals(b.mac("audit", ["x"]))).toBe(false);
  });

  test("keeps uses of the same key apart", async () => {
    const { tenantId } = await tenant();
    const handle = await freshVault().forTenant(tenantId);
    expect(handle.lookup("phone", "138").equals(handle.lookup("email", "138"))).toBe(false);
    expect(handle.mac("a", ["b"]).equals(handle.lookup("a", "b"))).toBe(false);
    expect(handle.mac("a", ["b", "c"]).equals(handle.mac("a", ["bc"]))).toBe(false);
    expect(handle.mac("audit", ["b"]).equals(handle.mac("url", ["b"]))).toBe(false);
  });

  test("search numbers of a query are among those of the text", async () => {
    const handle = await freshVault().forTenant((await tenant()).tenantId);
    const numbers = new Set(handle.grams("订单 SF1234567 什么时候发货"));
    const [asked, ...more] = handle.queryGrams("发货 4567");
    expect(more).toEqual([]);
    expect(asked?.length).toBeGreaterThan(2);
    expect(asked?.every((number) => numbers.has(number))).toBe(true);
    expect(handle.queryGrams("!!")).toEqual([]);
  });

  test("the instance has keys of its own", async () => {
    const vault = freshVault();
    const system = await vault.forSystem();
    const again = await freshVault().forSystem();
    expect(again.lookup("account", "li@shop.com").equals(system.lookup("account", "li@shop.com"))).toBe(true);
    expect(system.lookup("account", "li@shop.com")).toHaveLength(32);
  });

  test("the app role cannot read the keys", async () => {
    const { tenantId } = await tenant();
    await freshVault().forTenant(tenantId);
    await expect(db.transact(tenantId, (tx) => tx.rows("select * from data_key"))).rejects.toMatchObject({
      code: "42501",
    });
  });
});

describe("the life of loaded keys", () => {
  test("one load serves five minutes, then the keys are read again", async () => {
    const clock = fixedClock();
    const vault = freshVault(clock);
    const { tenantId } = await tenant();
    const first = await vault.forTenant(tenantId);
    clock.advance(keyLifeMs - 1);
    expect(await vault.forTenant(tenantId)).toBe(first);
    clock.advance(1);
    expect(await vault.forTenant(tenantId)).not.toBe(first);
    expect(first.openText(place, first.seal(place, "still in use"))).toBe("still in use");
  });

  test("a handle kept too long refuses to work, and after close, too", async () => {
    const clock = fixedClock();
    const { tenantId } = await tenant();
    const vault = freshVault(clock);
    const handle = await vault.forTenant(tenantId);
    const sealed = handle.seal(place, "x");
    clock.advance(keyLifeMs + 2 * keyGraceMs);
    vault.sweep();
    clock.advance(keyGraceMs);
    vault.sweep();
    expect(() => handle.seal(place, "y")).toThrow(/kept too long/);
    expect(() => handle.open(place, sealed)).toThrow(/kept too long/);
    expect(() => handle.grams("退")).toThrow(/kept too long/);
    const fresh = await vault.forTenant(tenantId);
    expect(fresh.openText(place, sealed)).toBe("x");
    vault.close();
    expect(() => fresh.seal(place, "y")).toThrow(/kept too long/);
  });
});

describe("what must fail", () => {
  test("another master key says so", async () => {
    const { tenantId } = await tenant();
    await freshVault().forTenant(tenantId);
    const other = freshVault(fixedClock(), MasterKey.generate());
    await expect(other.forTenant(tenantId)).rejects.toMatchObject({ kind: "wrong" });
    await expect(other.forTenant(tenantId)).rejects.toBeInstanceOf(KeyProblem);
  });

  test("a wrapped key moved to another tenant, purpose or number does not open", async () => {
    const [one, two] = [(await tenant()).tenantId, (await tenant()).tenantId];
    const vault = freshVault();
    await vault.forTenant(one);
    await vault.forTenant(two);
    await asAdmin(
      `update data_key t set wrapped = s.wrapped from data_key s
       where t.tenant_id = $1 and t.purpose = 'data' and s.tenant_id = $2 and s.purpose = 'data'`,
      [one, two],
    );
    await asAdmin(
      "update data_key set purpose = 'search', key_id = 9 where tenant_id = $1 and purpose = 'data'",
      [two],
    );
    await expect(freshVault().forTenant(one)).rejects.toMatchObject({ problem: "not-authentic" });
    await expect(freshVault().forTenant(two)).rejects.toMatchObject({ problem: "not-authentic" });
  });

  test("a value of a key that nobody has", async () => {
    const handle = await freshVault().forTenant(newId<string>());
    const sealed = handle.seal(place, randomBytes(10));
    sealed.writeUInt32BE(99, 1);
    expect(() => handle.open(place, sealed)).toThrow(/unknown-key/);
  });
});
