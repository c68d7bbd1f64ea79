// A saved model comes back bit for bit or not at all: whatever happens to its bytes, loading gives the same matcher or a
// typed error, never another matcher.

import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatcher, loadMatcher, loadMatcherGently, type Matcher } from "./matcher.ts";
import type { MatcherItem } from "./matcher-types.ts";
import { OutdatedModelError } from "./saved-model.ts";
import { DamagedModelError } from "./weights-file.ts";

const shop: MatcherItem[] = [
  { id: "shipping", phrasings: ["多久发货", "什么时候发货", "付款后几天寄出", "when will it ship"] },
  { id: "fee", phrasings: ["包邮吗", "运费多少钱", "is shipping free"], negatives: ["退货运费谁出"] },
  { id: "return", phrasings: ["可以退货吗", "怎么退货", "can i return it"], unborrowed: ["退货流程"] },
  { id: "later", phrasings: [] },
  { id: "size", phrasings: ["穿什么码", "尺码怎么选", "偏大还是偏小"], answer: "看尺码表" },
];
const messages = [
  "啥时候给我寄呀",
  "邮费谁出",
  "退货运费谁出",
  "拿几码",
  "when does it go out",
  "明天会下雨吗",
  "",
  "退",
];
const gift: MatcherItem = { id: "gift", phrasings: ["有礼盒吗", "可以包装成礼物吗"] };

function answersOf(matcher: Matcher): unknown[] {
  return messages.map((text) => matcher.match(text, { previous: ["怎么退货"] }));
}

const trained = createMatcher(shop);
const saved = trained.save();

describe("a loaded matcher", () => {
  test("matches bit for bit as the saved one", async () => {
    const loaded = loadMatcher(saved);
    expect(answersOf(loaded)).toEqual(answersOf(trained));
    expect(loaded.size).toBe(shop.length);
    expect(shop.map(({ id }) => loaded.borrowed(id))).toEqual(shop.map(({ id }) => trained.borrowed(id)));
    let pauses = 0;
    const gentle = await loadMatcherGently(saved, async () => {
      pauses += 1;
    });
    expect(pauses).toBeGreaterThan(5);
    expect(answersOf(gentle)).toEqual(answersOf(trained));
  });

  test("is saved as the same bytes", () => {
    expect(Buffer.from(loadMatcher(saved).save()).equals(saved)).toBe(true);
  });

  test("changes exactly as the saved one would have", () => {
    const original = createMatcher(shop);
    const loaded = loadMatcher(saved);
    for (const matcher of [original, loaded]) {
      matcher.set(gift);
      matcher.remove("size");
      matcher.set({ id: "fee", phrasings: ["运费怎么算"] });
    }
    expect(answersOf(loaded)).toEqual(answersOf(original));
    const again = loadMatcher(original.save());
    for (const matcher of [original, again]) {
      matcher.set({ id: "size", phrasings: ["有没有大码"] });
      matcher.remove("gift");
    }
    expect(answersOf(again)).toEqual(answersOf(original));
    expect(again.match("有没有大码").matches[0]).toMatchObject({ id: "size", why: { isExact: true } });
  });

  test.each([
    ["an empty shop", [], {}],
    ["only items without phrasings", [{ id: "a", phrasings: [] }], {}],
    ["one item", [gift], {}],
    ["one that does not borrow", shop, { borrows: false, background: "none" as const }],
    ["one that knows half the background", shop, { background: "half" as const }],
  ])("%s comes back", (_, items, options) => {
    const matcher = createMatcher(items, options);
    const loaded = loadMatcher(matcher.save());
    expect(answersOf(loaded)).toEqual(answersOf(matcher));
    matcher.set(gift);
    loaded.set(gift);
    expect(answersOf(loaded)).toEqual(answersOf(matcher));
  });
});

test("a model is small", () => {
  expect(saved.length).toBeLessThan(150_000);
});

describe("what is no whole model of this engine is refused", () => {
  test("any flipped bytes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(saved.length - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.boolean(),
        (flips, isInHead) => {
          const bytes = saved.slice();
          for (const [at, mask] of flips)
            bytes[isInHead ? at % 200 : at] = (bytes[isInHead ? at % 200 : at] as number) ^ mask;
          if (Buffer.from(bytes).equals(saved)) return;
          expectRefused(bytes);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("any cut, any tail, anything else", () => {
    fc.assert(
      fc.property(fc.nat(saved.length - 1), fc.uint8Array({ minLength: 1, maxLength: 80 }), (at, bytes) => {
        expectRefused(saved.slice(0, at));
        expectRefused(Buffer.concat([saved, bytes]));
        expectRefused(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test("another format, another engine and other shipped weights are outdated", () => {
    const head = Buffer.from(saved).toString("latin1", 0, 300).split("\n");
    expect(() => loadMatcher(Buffer.from(saved.slice()).fill("7", 18, 19))).toThrow(OutdatedModelError);
    const second = head[1] as string;
    for (const other of [
      second.replace(/^engine \d+/u, "engine 0"),
      second.replace(/[0-9a-f]{8}$/u, "00000000"),
    ])
      expect(() => loadMatcher(signed(Buffer.concat([Buffer.from(`${other}\n`), bodyOf(saved)])))).toThrow(
        OutdatedModelError,
      );
  });

  test("other corpus phrasings than it was trained on are outdated", () => {
    const text = plainOf(saved).text.replace("什么时候发货", "什么时候发货呀快点");
    expect(() => loadMatcher(rebuilt(text, plainOf(saved).arrays))).toThrow(OutdatedModelError);
  });

  test("a well signed description that fits nothing is no model, whatever was changed in it", () => {
    const { text, arrays } = plainOf(saved);
    const description = JSON.parse(text) as Record<string, unknown>;
    for (const key of Object.keys(description))
      for (const value of [null, -1, 1e9, "x", [], {}, [null], [-1], undefined])
        expectRefused(
          rebuilt(JSON.stringify({ ...description, [key]: value }), arrays),
          ["options", "changes", "crowded"].includes(key),
        );
    expectRefused(rebuilt(text, arrays.subarray(0, -1)));
    expectRefused(rebuilt(text, Buffer.concat([arrays, Buffer.from("x")])));
    expectRefused(rebuilt("{", arrays));
    expectRefused(rebuilt("null", arrays));
  });
});

/** `mayFit`: the change may leave a model, which then answers like the saved one. */
function expectRefused(bytes: Uint8Array, mayFit = false): void {
  try {
    const loaded = loadMatcher(bytes);
    expect(mayFit).toBe(true);
    expect(loaded.match("多久发货").matches[0]?.id).toBe("shipping");
  } catch (error) {
    expect(error instanceof DamagedModelError || error instanceof OutdatedModelError, String(error)).toBe(
      true,
    );
  }
}

function bodyOf(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes);
  return file.subarray(file.indexOf(10, file.indexOf(10) + 1) + 1);
}

function plainOf(bytes: Uint8Array): { text: string; arrays: Buffer } {
  const plain = inflateRawSync(bodyOf(bytes));
  const end = 4 + plain.readUInt32LE(0);
  return { text: plain.toString("utf8", 4, end), arrays: plain.subarray(end) };
}

function rebuilt(text: string, arrays: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(Buffer.byteLength(text));
  const engine = (Buffer.from(saved).toString("latin1", 0, 300).split("\n")[1] as string).concat("\n");
  return signed(
    Buffer.concat([Buffer.from(engine), deflateRawSync(Buffer.concat([size, Buffer.from(text), arrays]))]),
  );
}

function signed(kept: Buffer): Buffer {
  const sha256 = createHash("sha256").update(kept).digest("hex");
  return Buffer.concat([Buffer.from(`yingda-shop-model 1 ${sha256}\n`), kept]);
}
