import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  openValue,
  type Place,
  SealError,
  type SealingKey,
  sealedWith,
  sealOverheadBytes,
  sealValue,
} from "./envelope.ts";
import { lengthPrefixed } from "./length-prefix.ts";

const key: SealingKey = { id: 7, secret: createSecretKey(randomBytes(32)) };
const find = (id: number) => (id === key.id ? key : undefined);
const place: Place = { table: "message", column: "sealed_content", row: "r1" };

function problemOf(open: () => unknown): string | undefined {
  try {
    open();
  } catch (error) {
    if (error instanceof SealError) return error.problem;
    throw error;
  }
  return undefined;
}

describe("sealed values", () => {
  test("any bytes come back, for any place", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        text,
        text,
        text,
        text,
        (value, tenant, table, column, row) => {
          const at = { table, column, row };
          const sealed = sealValue(key, tenant, at, value);
          expect(sealed.length).toBe(value.length + sealOverheadBytes);
          expect(sealedWith(sealed)).toBe(7);
          expect(new Uint8Array(openValue(find, tenant, at, sealed))).toEqual(value);
        },
      ),
    );
  });

  test("text comes back, and the same text never looks the same twice", () => {
    const one = sealValue(key, "t", place, "退款 👍");
    const two = sealValue(key, "t", place, "退款 👍");
    expect(openValue(find, "t", place, one).toString("utf8")).toBe("退款 👍");
    expect(one.equals(two)).toBe(false);
    expect(one.includes(Buffer.from("退款"))).toBe(false);
  });

  test("flipping any bit of any byte is noticed", () => {
    const sealed = sealValue(key, "t", place, "hello, 你好");
    for (let at = 0; at < sealed.length; at += 1)
      for (const bit of [1, 16, 128]) {
        const broken = Buffer.from(sealed);
        broken[at] = (broken[at] ?? 0) ^ bit;
        const problem = problemOf(() => openValue(find, "t", place, broken));
        expect(problem).toBe(at === 0 ? "unknown-version" : at < 5 ? "unknown-key" : "not-authentic");
      }
  });

  test("cutting it anywhere is noticed", () => {
    const sealed = sealValue(key, "t", place, "hello");
    for (let length = 0; length < sealed.length; length += 1)
      expect(problemOf(() => openValue(find, "t", place, sealed.subarray(0, length)))).toBeDefined();
  });

  test.each([
    ["tenant", "t2", place],
    ["table", "t", { ...place, table: "contact" }],
    ["column", "t", { ...place, column: "sealed_name" }],
    ["row", "t", { ...place, row: "r2" }],
    ["shifted names", "t", { table: "messages", column: "ealed_content", row: "r1" }],
  ])("a value moved to another %s does not open", (_, tenant, elsewhere) => {
    const sealed = sealValue(key, "t", place, "hello");
    expect(problemOf(() => openValue(find, tenant, elsewhere, sealed))).toBe("not-authentic");
  });

  test("a key of the same number and another secret does not open it", () => {
    const sealed = sealValue(key, "t", place, "hello");
    const other = { id: 7, secret: createSecretKey(randomBytes(32)) };
    expect(problemOf(() => openValue(() => other, "t", place, sealed))).toBe("not-authentic");
  });

  test("no nonce repeats over 20,000 seals", () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 20_000; i += 1)
      nonces.add(sealValue(key, "t", place, "").subarray(5, 17).toString("latin1"));
    expect(nonces.size).toBe(20_000);
  });
});

test("different parts never encode alike", () => {
  const parts = fc.array(fc.oneof(fc.string(), fc.uint8Array()), { maxLength: 4 });
  const asBytes = (list: (string | Uint8Array)[]) => list.map((part) => Buffer.from(part).toString("hex"));
  fc.assert(
    fc.property(parts, parts, (one, two) => {
      const same = JSON.stringify(asBytes(one)) === JSON.stringify(asBytes(two));
      expect(lengthPrefixed(one).equals(lengthPrefixed(two))).toBe(same);
    }),
  );
  expect(lengthPrefixed(["ab", "c"]).equals(lengthPrefixed(["a", "bc"]))).toBe(false);
});
