import type { TenantId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { fixedClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { sealedWith } from "./envelope.ts";
import { MasterKey } from "./master-key.ts";
import {
  beginRotation,
  continueRotation,
  type DataRotation,
  newestKeyAt,
  type SearchRekey,
  tenantsInRotation,
} from "./rotate-data.ts";
import { columnsNotListed, type SealedColumn } from "./sealed-columns.ts";
import { createVault, keyPropagationMs } from "./vault.ts";

const { db, asAdmin, tenant } = await testDatabase();
const masterKey = MasterKey.generate();

const columns: SealedColumn[] = [
  { table: "contact", column: "sealed_name", rowFrom: ["id"] },
  { table: "contact", column: "sealed_phone", rowFrom: ["id"] },
  { table: "tenant", column: "sealed_alert_webhook", rowFrom: ["tenant_id"] },
];
const nameAt = (row: string) => ({ table: "contact", column: "sealed_name", row });
const phoneAt = (row: string) => ({ table: "contact", column: "sealed_phone", row });

function rotating(searches: SearchRekey[] = []) {
  const clock = fixedClock();
  const vault = createVault({ db, clock, masterKey });
  const rotation: DataRotation = { db, clock, vault, columns, searches };
  return { clock, vault, rotation };
}
type Vault = ReturnType<typeof rotating>["vault"];

async function addContacts(vault: Vault, tenantId: TenantId, count: number): Promise<string[]> {
  const tenantVault = await vault.forTenant(tenantId);
  const ids = Array.from({ length: count }, () => newId<string>());
  await db.transact(tenantId, (tx) =>
    tx.run(
      `insert into contact (tenant_id, id, sealed_name, sealed_phone, first_seen_at, last_seen_at)
       select $1, u.id, u.name, u.phone, now(), now() from unnest($2::uuid[], $3::bytea[], $4::bytea[]) u(id, name, phone)`,
      [
        tenantId,
        ids,
        ids.map((id) => tenantVault.seal(nameAt(id), `name ${id}`)),
        ids.map((id, i) => (i % 3 === 0 ? tenantVault.seal(phoneAt(id), `phone ${id}`) : null)),
      ],
    ),
  );
  return ids;
}

type Contact = { id: string; sealed_name: Buffer; sealed_phone: Buffer | null };
const contactsOf = (tenantId: string) =>
  asAdmin<Contact>("select id, sealed_name, sealed_phone from contact where tenant_id = $1 order by id", [
    tenantId,
  ]);
const keyIds = (rows: Contact[]) => new Set(rows.map((row) => sealedWith(row.sealed_name)));

describe("new data keys", () => {
  test("everything is encrypted again, other tenants are not touched, and it is told how far it is", async () => {
    const { clock, vault, rotation } = rotating();
    const [mine, other] = [(await tenant()).tenantId, (await tenant()).tenantId];
    const ids = await addContacts(vault, mine, 450);
    await addContacts(vault, other, 3);
    const hook = (await vault.forTenant(mine)).seal(
      { table: "tenant", column: "sealed_alert_webhook", row: mine },
      "https://hook.example",
    );
    await asAdmin("update tenant set sealed_alert_webhook = $2 where tenant_id = $1", [mine, hook]);

    expect(await continueRotation(rotation, mine)).toEqual({ kind: "nothing-to-do" });
    expect(await beginRotation(rotation, masterKey, mine)).toEqual({ kind: "begun" });
    expect(await beginRotation(rotation, masterKey, mine)).toEqual({ kind: "under-way" });
    expect(await db.system(tenantsInRotation)).toEqual([mine]);
    expect(await continueRotation(rotation, mine)).toMatchObject({ kind: "waiting" });
    clock.advance(keyPropagationMs);

    const seen: number[] = [];
    const result = await continueRotation(rotation, mine, ({ doneRows, totalRows }) => {
      expect(totalRows).toBe(450 + 150 + 1);
      seen.push(doneRows);
    });
    expect(result).toEqual({ kind: "done", rows: 601, unreadableRows: 0 });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await db.system(tenantsInRotation)).toEqual([]);

    const after = await vault.forTenant(mine);
    expect(after.activeKeyId).toBe(2);
    const rows = await contactsOf(mine);
    expect(keyIds(rows)).toEqual(new Set([2]));
    for (const row of rows) expect(after.openText(nameAt(row.id), row.sealed_name)).toBe(`name ${row.id}`);
    const phones = rows.filter((row) => row.sealed_phone !== null);
    expect(phones).toHaveLength(150);
    for (const row of phones)
      expect(after.openText(phoneAt(row.id), row.sealed_phone ?? Buffer.alloc(0))).toBe(`phone ${row.id}`);
    expect(ids).toHaveLength(450);
    expect(keyIds(await contactsOf(other))).toEqual(new Set([1]));
    const [changed] = await asAdmin<{ hook: Buffer }>(
      "select sealed_alert_webhook as hook from tenant where tenant_id = $1",
      [mine],
    );
    expect(sealedWith(changed?.hook ?? Buffer.alloc(5))).toBe(2);
  });

  test("stopped in the middle and continued by another process, nothing is lost or done twice", async () => {
    const { clock, vault, rotation } = rotating();
    const { tenantId } = await tenant();
    await addContacts(vault, tenantId, 500);
    await beginRotation(rotation, masterKey, tenantId);
    clock.advance(keyPropagationMs);
    const stop = new AbortController();
    const stopped = continueRotation(
      rotation,
      tenantId,
      ({ doneRows }) => doneRows >= 200 && stop.abort(),
      stop.signal,
    );
    await expect(stopped).rejects.toThrow();
    expect(keyIds(await contactsOf(tenantId))).toEqual(new Set([1, 2]));

    const other: DataRotation = { ...rotation, vault: createVault({ db, clock, masterKey }) };
    const result = await continueRotation(other, tenantId);
    expect(result).toMatchObject({ kind: "done", rows: 300 + 167 });
    const handle = await vault.forTenant(tenantId);
    for (const row of await contactsOf(tenantId))
      expect(handle.openText(nameAt(row.id), row.sealed_name)).toBe(`name ${row.id}`);
  });

  test("writers go on meanwhile: what they write last stays, whatever key they still use", async () => {
    const { clock, vault, rotation } = rotating();
    const { tenantId } = await tenant();
    const ids = await addContacts(vault, tenantId, 400);
    await beginRotation(rotation, masterKey, tenantId);
    clock.advance(keyPropagationMs);
    let writes = 0;
    let isDone = false;
    const writer = (async () => {
      while (!isDone) {
        const id = ids[(writes * 37) % ids.length] ?? "";
        const sealed = (await vault.forTenant(tenantId)).seal(nameAt(id), `written ${id}`);
        await db.transact(tenantId, (tx) =>
          tx.run("update contact set sealed_name = $2 where id = $1", [id, sealed]),
        );
        writes += 1;
      }
    })();
    const result = await continueRotation(rotation, tenantId);
    isDone = true;
    await writer;
    expect(result.kind).toBe("done");
    expect(writes).toBeGreaterThan(0);
    const handle = await vault.forTenant(tenantId);
    const written = new Set(Array.from({ length: writes }, (_, i) => ids[(i * 37) % ids.length]));
    const rows = await contactsOf(tenantId);
    expect(keyIds(rows)).toEqual(new Set([2]));
    for (const row of rows)
      expect(handle.openText(nameAt(row.id), row.sealed_name)).toBe(
        `${written.has(row.id) ? "written" : "name"} ${row.id}`,
      );
  });

  test("a row that a writer holds is not waited for; the rotation comes back to it", async () => {
    const { clock, vault, rotation } = rotating();
    const { tenantId } = await tenant();
    const [held = ""] = await addContacts(vault, tenantId, 20);
    await beginRotation(rotation, masterKey, tenantId);
    clock.advance(keyPropagationMs);
    const waiting = await db.system(async (tx) => {
      await tx.run("update contact set is_named = true where id = $1", [held]);
      return continueRotation(rotation, tenantId);
    });
    expect(waiting.kind).toBe("waiting");
    expect(await continueRotation(rotation, tenantId)).toEqual({ kind: "done", rows: 2, unreadableRows: 0 });
  });

  test("a value that was damaged before is left, counted, and stops nothing", async () => {
    const { clock, vault, rotation } = rotating();
    const { tenantId } = await tenant();
    const [broken = ""] = await addContacts(vault, tenantId, 5);
    await asAdmin("update contact set sealed_name = set_byte(sealed_name, 20, 0) where id = $1", [broken]);
    await asAdmin("update contact set sealed_name = set_byte(sealed_name, 21, 1) where id = $1", [broken]);
    await beginRotation(rotation, masterKey, tenantId);
    clock.advance(keyPropagationMs);
    const result = await continueRotation(rotation, tenantId);
    expect(result).toEqual({ kind: "done", rows: 4 + 2, unreadableRows: 1 });
  });

  test("a process that does not know the new key yet is never met by a value of it", async () => {
    const { clock, vault, rotation } = rotating();
    const { tenantId } = await tenant();
    const slow = await createVault({ db, clock, masterKey }).forTenant(tenantId);
    await beginRotation(rotation, masterKey, tenantId);
    clock.advance(keyPropagationMs - 1);
    const early = await vault.forTenant(tenantId);
    expect(early.activeKeyId).toBe(1);
    expect(slow.openText(nameAt("x"), early.seal(nameAt("x"), "hello"))).toBe("hello");
    clock.advance(1);
    vault.reload(tenantId);
    expect((await vault.forTenant(tenantId)).activeKeyId).toBe(2);
  });
});

describe("a single process", () => {
  test("seals with the new key at once; handles already in use can open it, and are gone before the work begins", async () => {
    const clock = fixedClock();
    const vault = createVault({ db, clock, masterKey, propagationMs: 0 });
    const rotation: DataRotation = { db, clock, vault, columns, searches: [] };
    const { tenantId } = await tenant();
    await addContacts(vault, tenantId, 3);
    const inUse = await vault.forTenant(tenantId);
    await beginRotation(rotation, masterKey, tenantId);
    const fresh = await vault.forTenant(tenantId);
    expect([inUse.activeKeyId, fresh.activeKeyId]).toEqual([1, 2]);
    expect(inUse.openText(nameAt("x"), fresh.seal(nameAt("x"), "hello"))).toBe("hello");
    expect(fresh.openText(nameAt("x"), inUse.seal(nameAt("x"), "hello"))).toBe("hello");
    const waiting = await continueRotation(rotation, tenantId);
    if (waiting.kind !== "waiting") throw new Error("it should wait for handles in use");
    clock.set(waiting.until);
    vault.sweep();
    expect(() => inUse.seal(nameAt("x"), "late")).toThrow(/kept too long/);
    expect(await continueRotation(rotation, tenantId)).toMatchObject({ kind: "done", rows: 4 });
    expect(await db.system((tx) => newestKeyAt(tx, tenantId))).toBeInstanceOf(Date);
  });
});

describe("the search index", () => {
  test("is searched with both keys while it is re-keyed, then with the new one", async () => {
    const texts = new Map(Array.from({ length: 5 }, (_, i) => [`m${i}`, `退款 订单 ${1000 + i}`]));
    const index = new Map<string, { keyId: number; numbers: number[] }>();
    const search: SearchRekey = {
      remaining: async (_tx, _tenantId, keyId) =>
        [...index.values()].filter((row) => row.keyId !== keyId).length,
      rekeyBatch: async (_tenantId, vault, limit) => {
        const old = [...index]
          .filter(([, row]) => row.keyId !== vault.searchKeyId)
          .slice(0, Math.min(limit, 2));
        for (const [id] of old)
          index.set(id, { keyId: vault.searchKeyId, numbers: vault.grams(texts.get(id) ?? "") });
        return old.length;
      },
    };
    const { clock, vault, rotation } = rotating([search]);
    const { tenantId } = await tenant();
    const first = await vault.forTenant(tenantId);
    for (const [id, text] of texts) index.set(id, { keyId: first.searchKeyId, numbers: first.grams(text) });
    const hits = async (query: string) => {
      const lists = (await vault.forTenant(tenantId)).queryGrams(query);
      return [...index].filter(([, row]) => lists.some((list) => list.every((n) => row.numbers.includes(n))))
        .length;
    };
    expect(await hits("退款")).toBe(5);
    await beginRotation(rotation, masterKey, tenantId);
    clock.advance(keyPropagationMs);
    vault.reload(tenantId);
    expect(await hits("退款")).toBe(5);
    const handle = await vault.forTenant(tenantId);
    await search.rekeyBatch(tenantId, handle, 2);
    expect(handle.queryGrams("退款")).toHaveLength(2);
    expect(await hits("退款")).toBe(5);
    expect(await continueRotation(rotation, tenantId)).toMatchObject({ kind: "done", rows: 3 });
    expect((await vault.forTenant(tenantId)).queryGrams("退款")).toHaveLength(1);
    expect(await hits("退款")).toBe(5);
    expect(await hits("1003")).toBe(1);
  });
});

test("a sealed column that nobody listed is found", async () => {
  const missing = await db.system((tx) => columnsNotListed(tx, columns));
  expect(missing).toContain("message.sealed_content");
  expect(missing).not.toContain("contact.sealed_name");
});
