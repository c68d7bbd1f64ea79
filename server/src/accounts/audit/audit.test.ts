// The audit chain: what is asked for is written down once, and whatever is done to it afterwards shows.
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../../test/database.ts";
import { startServices, type TestServices, testServices } from "../../../test/services.ts";
import { type Ctx, makeCtx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { sweepAccounts } from "../sweep-accounts.ts";
import { chainAll, codeOf, openShop, type Person, type Shop } from "../testing/people.ts";
import { exportAudit, listAudit, verifyAudit } from "./read-audit.ts";
import { requestAudit } from "./request-audit.ts";
import { auditDays, auditSubscriber, pruneAudit } from "./write-chain.ts";

let database: TestDatabase;
let services: TestServices;
let shop: Shop;
let owner: Person;

beforeAll(async () => {
  database = await testDatabase();
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await openShop(database, services);
  owner = await shop.person("owner", "店主");
});

async function ask(ctx: Ctx, action: string, details: Record<string, string | number> = {}): Promise<void> {
  await transact(ctx, (tx) => requestAudit(ctx, tx, { action, subject: "thing", subjectId: "1", details }));
}

async function filled(entries = 6): Promise<void> {
  for (let nth = 0; nth < entries; nth += 1) await ask(owner.ctx, `thing-${nth}`, { nth });
  await chainAll(database, shop.system);
}

const admin = (text: string, ...values: unknown[]) => database.asAdmin(text, [shop.tenantId, ...values]);

describe("writing", () => {
  test("keeps who, what, from where, in order and without a gap", async () => {
    await filled(3);
    const { entries } = await listAudit(owner.ctx, { limit: 3 });
    expect(entries.map(({ action }) => action)).toEqual(["thing-2", "thing-1", "thing-0"]);
    expect(entries[0]).toMatchObject({
      actorKind: "user",
      actorId: owner.userId,
      actorName: "店主",
      address: "203.0.113.7",
      details: { nth: 2 },
    });
    const { ok, entries: count } = await verifyAudit(owner.ctx);
    expect({ ok, count }).toEqual({
      ok: true,
      count: (await listAudit(owner.ctx, { limit: 200 })).entries.length,
    });
  });

  test("an event delivered twice is written once", async () => {
    await filled();
    const before = await verifyAudit(owner.ctx);
    await chainAll(database, shop.system);
    await chainAll(database, shop.system);
    expect(await verifyAudit(owner.ctx)).toEqual(before);
  });

  test("two writers at once make one chain", async () => {
    for (let nth = 0; nth < 5; nth += 1) await ask(owner.ctx, "thing");
    await Promise.all([
      chainAll(database, shop.system),
      chainAll(database, shop.system),
      chainAll(database, shop.system),
    ]);
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: true });
  });

  test("goes by the outbox, and addresses lie encrypted", async () => {
    const other = await testDatabase();
    const house = await testServices(other);
    house.outbox.subscribe(auditSubscriber);
    await startServices(house);
    const place = await openShop(other, house);
    const boss = await place.person("owner");
    await house.outbox.settled();
    await expect.poll(async () => (await verifyAudit(boss.ctx)).entries).toBeGreaterThanOrEqual(2);
    const [row] = await other.asAdmin<{ text: string }>(
      "select string_agg(e::text, ' ') as text from audit_entry e",
    );
    expect(row?.text).not.toContain("203.0.113.7");
    expect(row?.text).not.toContain(Buffer.from("203.0.113.7").toString("hex"));
  });
});

describe("reading", () => {
  test("pages backwards, by action too", async () => {
    await filled();
    const first = await listAudit(owner.ctx, { limit: 4 });
    expect(first.nextBefore).not.toBeNull();
    const second = await listAudit(owner.ctx, { limit: 100, before: first.nextBefore ?? 0 });
    const seqs = [...first.entries, ...second.entries].map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => seqs.length - index));
    expect(
      (await listAudit(owner.ctx, { limit: 10, action: "thing-3" })).entries.map(({ action }) => action),
    ).toEqual(["thing-3"]);
  });

  test("exports a table that no spreadsheet takes for a formula, and says so in the log", async () => {
    await transact(owner.ctx, (tx) =>
      requestAudit(owner.ctx, tx, { action: "=cmd|'/c calc'!A0", subject: "thing", subjectId: null }),
    );
    await chainAll(database, shop.system);
    const csv = await exportAudit(owner.ctx);
    expect(csv.startsWith("\uFEFFseq,at,action")).toBe(true);
    expect(csv).not.toMatch(/,=cmd/);
    await chainAll(database, shop.system);
    expect((await listAudit(owner.ctx, { limit: 1 })).entries[0]?.action).toBe("audit-exported");
  });

  test("is for those who may", async () => {
    const agent = await shop.person("agent");
    expect(await codeOf(listAudit(agent.ctx, { limit: 1 }))).toBe("auth/not-allowed");
    expect(await codeOf(verifyAudit(agent.ctx))).toBe("auth/not-allowed");
    expect(await codeOf(exportAudit(agent.ctx))).toBe("auth/not-allowed");
  });
});

describe("tampering shows", () => {
  const changes: [string, string][] = [
    ["at", "at + interval '1 ms'"],
    ["action", "'signed-in'"],
    ["actor_kind", "'api-key'"],
    ["actor_id", "gen_random_uuid()"],
    ["subject", "'other'"],
    ["subject_id", "'2'"],
    ["details", `'{"nth": 99}'::jsonb`],
    ["event_id", "gen_random_uuid()"],
    ["sealed_address", "null"],
    ["sealed_address", "decode('00', 'hex')"],
    ["link", "decode(repeat('00', 32), 'hex')"],
  ];
  test.each(changes)("a changed %s (%s)", async (column, value) => {
    await filled();
    const { entries } = await verifyAudit(owner.ctx);
    const at = entries - 2;
    await admin(`update audit_entry set ${column} = ${value} where tenant_id = $1 and seq = $2`, at);
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false, brokenAt: at });
  });

  test("any removed entry, the first and the last too", async () => {
    await filled();
    const { entries } = await verifyAudit(owner.ctx);
    for (const seq of [1, 3, entries]) {
      const [kept] = await admin(
        "delete from audit_entry where tenant_id = $1 and seq = $2 returning *",
        seq,
      );
      expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false });
      await database.asAdmin(
        "insert into audit_entry select * from jsonb_populate_record(null::audit_entry, $1::jsonb)",
        [JSON.stringify({ ...kept, link: hex(kept?.link), sealed_address: hex(kept?.sealed_address) })],
      );
      expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: true });
    }
  });

  test("an end that was cut off does not heal by what comes after", async () => {
    await filled();
    const { entries } = await verifyAudit(owner.ctx);
    await admin("delete from audit_entry where tenant_id = $1 and seq > $2", entries - 2);
    await admin("delete from outbox_event where tenant_id = $1");
    await ask(owner.ctx, "afterwards");
    await chainAll(database, shop.system);
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false });
  });

  test("everything removed", async () => {
    await filled();
    await admin("delete from audit_entry where tenant_id = $1");
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false, brokenAt: 1 });
  });

  test("an entry put in at the end, or a copy of another tenant's", async () => {
    await filled();
    const { entries } = await verifyAudit(owner.ctx);
    await admin(
      `insert into audit_entry select tenant_id, $2::bigint, gen_random_uuid(), at, action, actor_kind, actor_id, subject, subject_id, details, sealed_address, link
       from audit_entry where tenant_id = $1 and seq = $2::bigint - 1`,
      entries + 1,
    );
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false, brokenAt: entries + 1 });
  });

  test("two entries that changed places", async () => {
    await filled();
    await admin("update audit_entry set seq = -seq where tenant_id = $1 and seq in (2, 3)");
    await admin("update audit_entry set seq = 5 + seq where tenant_id = $1 and seq < 0");
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false, brokenAt: 2 });
  });

  test("a signed end that was moved", async () => {
    await filled();
    await admin(
      "update audit_head h set seq = e.seq, link = e.link from audit_entry e where h.tenant_id = $1 and e.tenant_id = $1 and e.seq = 2",
    );
    await admin("delete from audit_entry where tenant_id = $1 and seq > 2");
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false });
  });

  test("an empty chain is whole", async () => {
    const nobody = await openShop(database, services);
    expect(await verifyAudit(nobody.system)).toEqual({ ok: true, entries: 0, brokenAt: null });
  });
});

describe("after the retention", () => {
  const dayMs = 86_400_000;

  test("old entries give way to a checkpoint, and the chain goes on from it", async () => {
    await filled();
    const { entries: before } = await verifyAudit(owner.ctx);
    services.clock.advance((auditDays + 1) * dayMs);
    const later = makeCtx(services, { tenantId: shop.tenantId, actor: owner.ctx.actor });
    await ask(later, "much-later");
    await chainAll(database, shop.system);
    expect(await pruneAudit(shop.system)).toBe(before);
    expect(await verifyAudit(later)).toEqual({ ok: true, entries: 1, brokenAt: null });
    await admin("delete from outbox_event where tenant_id = $1"); // kept as long as the entries, and handled once
    await ask(later, "and-on");
    await chainAll(database, shop.system);
    expect(await verifyAudit(later)).toMatchObject({ ok: true, entries: 2 });
    expect(await pruneAudit(shop.system)).toBe(0);
  });

  test("a checkpoint that was forged or moved shows", async () => {
    await filled();
    services.clock.advance((auditDays + 1) * dayMs);
    await sweepAccounts(services);
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: true, entries: 0 });
    await admin("update audit_checkpoint set seq = seq - 1 where tenant_id = $1");
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false });
  });

  test("pruning leaves no way to hide a fresh entry", async () => {
    await filled();
    services.clock.advance((auditDays + 1) * dayMs);
    await pruneAudit(shop.system);
    await ask(owner.ctx, "fresh");
    await chainAll(database, shop.system);
    await admin("delete from audit_entry where tenant_id = $1");
    expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: false });
  });
});

test("whatever the details hold, the chain holds", async () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ unit: "grapheme", maxLength: 8 }), value, { maxKeys: 5 }),
      async (given) => {
        const details = JSON.parse(JSON.stringify(given).replaceAll("\\u0000", ""));
        await ask(owner.ctx, "anything", details);
        await chainAll(database, shop.system);
        expect(await verifyAudit(owner.ctx)).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 15 },
  );
});

function hex(value: unknown): string | null {
  return Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : null;
}
