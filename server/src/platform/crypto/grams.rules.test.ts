import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldText, matchesLiterally } from "./fold.ts";
import { GramHasher } from "./gram-hasher.ts";
import { gramsOf, maxGrams, queryGramsOf } from "./grams.ts";

const finds = (text: string, query: string) => {
  const grams = new Set(gramsOf(text));
  const asked = queryGramsOf(query);
  return asked.length > 0 && asked.every((gram) => grams.has(gram)) && matchesLiterally(text, query);
};
const joined = (unit: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc.string({ unit, minLength, maxLength });
const han = fc.constantFrom(...[..."退款發货運费裡麵條订单乾淨后台頭髮臺灣か한"]);
const latin = fc.constantFrom(...[..."abcdefghijklmnopqrstuvwxyzABCÉß"]);
const digit = fc.constantFrom(...[..."0123456789"]);
const between = fc.constantFrom(" ", ", ", "。", "-", "/", "\n", "👍", "(", "@");
const hanRun = joined(han, 1, 12);
const word = joined(latin, 1, 14);
const code = fc
  .tuple(joined(latin, 0, 4), joined(digit, 1, 12), joined(latin, 0, 3))
  .map((parts) => parts.join(""));
const around = fc
  .array(fc.tuple(between, fc.oneof(hanRun, word, code)), { maxLength: 3 })
  .map((parts) => parts.map((part) => part.reverse().join("")).join(""));
/** A text with `part` standing on its own inside it. */
const textWith = <T>(part: fc.Arbitrary<T>) => fc.tuple(around, between, part, between, around);

describe("what the index promises to find", () => {
  test("any stretch of Han, in either script", () => {
    fc.assert(
      fc.property(textWith(hanRun), fc.nat(), fc.nat(), ([before, left, run, right, after], from, to) => {
        const characters = [...run];
        const start = from % characters.length;
        const query = characters.slice(start, start + 1 + (to % (characters.length - start))).join("");
        expect(finds(before + left + run + right + after, query)).toBe(true);
        expect(finds(before + left + run + right + after, foldText(query))).toBe(true);
        expect(finds(before + left + foldText(run) + right + after, query)).toBe(true);
      }),
    );
  });

  test("any beginning of a word of two or more characters, in either case", () => {
    fc.assert(
      fc.property(textWith(word), fc.nat(), ([before, left, run, right, after], length) => {
        const shortest = Math.min(2, run.length);
        const query = run.slice(0, shortest + (length % (run.length - shortest + 1)));
        expect(finds(before + left + run + right + after, query.toUpperCase())).toBe(true);
      }),
    );
  });

  test("any stretch of three or more characters of a number or code, and the whole of a short one", () => {
    fc.assert(
      fc.property(textWith(code), fc.nat(), fc.nat(), ([before, left, run, right, after], from, to) => {
        const text = before + left + run + right + after;
        expect(finds(text, run)).toBe(true);
        if (run.length < 3) return;
        const start = from % (run.length - 2);
        const query = run.slice(start, start + 3 + (to % (run.length - start - 2)));
        if (/\d/.test(query)) expect(finds(text, query)).toBe(true);
      }),
    );
  });

  test("several of them together, in any order", () => {
    fc.assert(
      fc.property(hanRun, word, code, (one, two, three) => {
        fc.pre(two.length > 1);
        const text = `${one} ${two}, ${three}`;
        expect(finds(text, `${three} ${two} ${one}`)).toBe(true);
        expect(finds(text, `${one}  ${two.slice(0, 2)}`)).toBe(true);
      }),
    );
  });

  test("letters of a code, e-mail addresses and phone endings", () => {
    expect(finds("我的 iPhone15 坏了", "iphone")).toBe(true);
    expect(finds("单号SF1234567890到了吗", "sf")).toBe(true);
    expect(finds("联系 li.lei@shop.com", "li.lei@shop")).toBe(true);
    expect(finds("联系 li.lei@shop.com", "lei@shop.com")).toBe(true);
    expect(finds("电话13800138000", "8000")).toBe(true);
    expect(finds("电话１３８００１３８０００", "138000")).toBe(true);
    expect(finds("internationalization手册", "internationalization手")).toBe(true);
  });

  test("folded spellings: width, case, script, invisible characters, Greek endings", () => {
    expect(finds("請問什麼時候發貨", "什么时候发货")).toBe(true);
    expect(finds("请问什么时候发货", "什麼時候發貨")).toBe(true);
    expect(finds("ＶＩＰ客户", "vip客户")).toBe(true);
    expect(finds("退\u200b款", "退款")).toBe(true);
    expect(finds("ΟΔΟΣ", "οδοσ")).toBe(true);
  });
});

describe("what it does not claim", () => {
  test("other words are not found", () => {
    expect(finds("我要退款", "退货")).toBe(false);
    expect(finds("我要款退", "退款")).toBe(false);
    expect(finds("shipping", "ship it")).toBe(false);
    expect(finds("12345", "124")).toBe(false);
    expect(finds("退了这款", "退款")).toBe(false);
  });

  test("all grams present is not enough: the words are read", () => {
    const text = "运费和费用，退运";
    const grams = new Set(gramsOf(text));
    expect(queryGramsOf("退运费用").every((gram) => grams.has(gram))).toBe(true);
    expect(finds(text, "退运费用")).toBe(false);
  });

  test("a query without letters or digits asks nothing of the index", () => {
    expect(queryGramsOf("👍 …!")).toEqual([]);
    expect(queryGramsOf("  ")).toEqual([]);
  });
});

describe("sizes", () => {
  test("never more than 400 grams, numbers kept first", () => {
    const long = Array.from({ length: 4_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("");
    const grams = gramsOf(`${long} 单号 SF1234567890`);
    expect(grams.length).toBe(maxGrams);
    expect(grams).toContain("csf1234567890");
    expect(grams).toContain("47890");
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 3_000 }),
        (text) => gramsOf(text).length <= maxGrams,
      ),
    );
  });

  test("grams of a text are these", () => {
    expect(new Set(gramsOf("退款 Ok 7"))).toEqual(new Set(["c7", "h退", "h款", "h退款", "wok"]));
    expect(new Set(gramsOf("a12345"))).toEqual(
      new Set(["ca12345", "42345", "6a12345", "3a12", "3123", "3234", "3345", "wa"]),
    );
  });

  test("folding twice is folding once, for any text and for every Han character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
    for (let point = 0x3400; point <= 0x9fff; point += 1) {
      const once = foldText(String.fromCodePoint(point));
      expect(foldText(once)).toBe(once);
      expect([...once]).toHaveLength(1);
    }
    expect(foldText("裡面的麵條乾淨嗎？𠁞")).toBe("里面的面条干净吗?𠀾");
  });
});

describe("hashing", () => {
  const key = createSecretKey(randomBytes(32));

  test("is steady, spread over int32, and another tenant's key gives other numbers", () => {
    const grams = Array.from({ length: 9_000 }, (_, i) => `h${i}`);
    const one = new GramHasher(key);
    const numbers = one.hash(grams);
    expect(one.hash(grams)).toEqual(numbers);
    expect(new GramHasher(key).hash(grams)).toEqual(numbers);
    expect(numbers.every((n) => Number.isInteger(n) && n >= -(2 ** 31) && n < 2 ** 31)).toBe(true);
    expect(numbers.filter((n) => n < 0).length).toBeGreaterThan(4_000);
    const others = new Set(new GramHasher(createSecretKey(randomBytes(32))).hash(grams));
    expect(numbers.filter((n) => others.has(n)).length).toBeLessThan(3);
  });
});
