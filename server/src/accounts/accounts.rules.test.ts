// The pure rules of accounts: passwords, lock-out, lifetimes, the links of the audit chain, what roles may do.
import { createHmac } from "node:crypto";
import { permissions, rolePermissions, roles } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChainEntry, chainStart, checkpointSignature, headSignature, linkOf } from "./audit/chain.ts";
import { passwordWeakness } from "./password-rules.ts";
import { expiryOf, lockMs, sessionIdleMs, sessionLongestMs } from "./sign-in-model.ts";

describe("passwords", () => {
  test.each([
    "1234567890",
    "0123456789",
    "aaaaaaaaaaaa",
    "ababababab",
    "password123",
    "Password2026",
    "woaini1314",
    "qwertyuiop12",
    "ｐａｓｓｗｏｒｄ１２",
  ])("%s is weak", (password) => expect(passwordWeakness(password, "someone")).not.toBeNull());

  test.each(["correct horse battery", "雨后的小岛有彩虹", "x7!kq0-ab2z", "a shop needs a key 7"])(
    "%s is good",
    (password) => expect(passwordWeakness(password, "someone")).toBeNull(),
  );

  test("none may hold the account, in any case or width", () => {
    expect(passwordWeakness("my-LINXIAO-2026!", "linxiao")).toBe("like-account");
    expect(passwordWeakness("ｌｉｎｘｉａｏ-2026!", "LinXiao")).toBe("like-account");
  });

  test("a password of random characters is never called weak without a reason", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 10, maxLength: 200 }),
        fc.string({ maxLength: 20 }),
        (password, account) => {
          const why = passwordWeakness(password, account);
          const folded = password.normalize("NFKC").toLowerCase();
          if (why === "few-characters") expect(new Set(folded).size).toBeLessThan(5);
          if (why === "like-account")
            expect(folded).toContain(account.normalize("NFKC").trim().toLowerCase());
        },
      ),
    );
  });
});

describe("lock-out", () => {
  test("five guesses are free, then it doubles from half a minute to a quarter of an hour", () => {
    expect([1, 4, 5, 6, 7, 8, 9, 10, 11].map(lockMs)).toEqual(
      [0, 0, 30, 60, 120, 240, 480, 900, 900].map((s) => s * 1_000),
    );
  });

  test("never shortens with more failures, never passes a quarter of an hour", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (failures) => {
        expect(lockMs(failures + 1)).toBeGreaterThanOrEqual(lockMs(failures));
        expect(lockMs(failures)).toBeLessThanOrEqual(900_000);
      }),
    );
  });
});

test("a session slides by a month and never passes half a year", () => {
  const start = new Date("2026-11-20T00:00:00Z");
  fc.assert(
    fc.property(fc.nat(400 * 86_400_000), (afterMs) => {
      const now = new Date(start.getTime() + afterMs);
      const expiry = expiryOf(start, now).getTime();
      expect(expiry).toBeLessThanOrEqual(start.getTime() + sessionLongestMs);
      expect(expiry).toBeLessThanOrEqual(now.getTime() + sessionIdleMs);
    }),
  );
});

describe("the audit chain", () => {
  const vault = {
    mac: (use: string, parts: readonly (string | Uint8Array)[]) => {
      const hmac = createHmac("sha256", use);
      for (const part of parts) hmac.update(`${part.length}:`).update(part);
      return hmac.digest();
    },
  };
  const word = fc.string({ maxLength: 12 });
  const entry: fc.Arbitrary<ChainEntry> = fc.record({
    seq: fc.nat(),
    eventId: fc.uuid(),
    at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
    action: word,
    actorKind: word,
    actorId: fc.option(fc.uuid()),
    subject: word,
    subjectId: fc.option(word),
    details: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null))),
    address: fc.option(word),
  });

  test("two entries that differ in anything have different links", () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const isEqual = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(linkOf(vault, chainStart, a).equals(linkOf(vault, chainStart, b))).toBe(isEqual);
      }),
    );
  });

  test("the order of details means nothing, the link before everything", () => {
    fc.assert(
      fc.property(entry, (one) => {
        const turned = { ...one, details: Object.fromEntries(Object.entries(one.details).reverse()) };
        expect(linkOf(vault, chainStart, turned).equals(linkOf(vault, chainStart, one))).toBe(true);
        expect(linkOf(vault, Buffer.alloc(32, 1), one).equals(linkOf(vault, chainStart, one))).toBe(false);
      }),
    );
  });

  test("head and checkpoint of the same place are signed differently", () => {
    const at = new Date(0);
    expect(headSignature(vault, 7, chainStart).equals(checkpointSignature(vault, 7, chainStart, at))).toBe(
      false,
    );
    expect(headSignature(vault, 7, chainStart).equals(headSignature(vault, 8, chainStart))).toBe(false);
  });

  function sorted(given: ChainEntry) {
    const details = Object.entries(given.details).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [
      given.seq,
      given.eventId,
      given.at.toISOString(),
      given.action,
      given.actorKind,
      given.actorId ?? "",
      given.subject,
      given.subjectId ?? "",
      details,
      given.address === null ? "" : `from ${given.address}`,
    ];
  }
});

describe("roles", () => {
  test("an owner may everything, each role no more than the one above it", () => {
    expect(new Set(rolePermissions.owner)).toEqual(new Set(permissions));
    const order = ["owner", "admin", "supervisor", "agent"] as const;
    order.slice(1).forEach((role, index) => {
      const above = new Set(rolePermissions[order[index] ?? "owner"]);
      expect(rolePermissions[role].filter((permission) => !above.has(permission))).toEqual([]);
    });
  });

  test("a viewer changes nothing", () => {
    for (const permission of rolePermissions.viewer) expect(permission).toMatch(/-read$/);
    expect(roles).toContain("viewer");
  });
});
