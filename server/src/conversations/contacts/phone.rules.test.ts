import fc from "fast-check";
import { expect, test } from "vitest";
import { maskEmail, maskPhone, normaliseEmail, normalisePhone } from "./phone.ts";

test.each([
  ["13812345678", "+8613812345678"],
  ["138 1234 5678", "+8613812345678"],
  ["138-1234-5678", "+8613812345678"],
  ["+86 138 1234 5678", "+8613812345678"],
  ["0086 13812345678", "+8613812345678"],
  ["8613812345678", "+8613812345678"],
  ["１３８１２３４５６７８", "+8613812345678"],
  ["0571-88881234", "+8657188881234"],
  ["(0571) 8888 1234", "+8657188881234"],
  ["95533", "+8695533"],
  ["+1 (415) 555-0132", "+14155550132"],
  ["+852 9123 4567", "+85291234567"],
])("%s is %s", (typed, normal) => {
  expect(normalisePhone(typed)).toBe(normal);
});

test.each(["", "abc", "1234", "+", "12345678901234567890", "😀"])("%s is no number", (typed) => {
  expect(normalisePhone(typed)).toBeNull();
});

test("normalising twice changes nothing, whatever was typed", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[+0-9 ()-]{0,24}$/), (typed) => {
      const normal = normalisePhone(typed);
      if (normal !== null) expect(normalisePhone(normal)).toBe(normal);
    }),
    { numRuns: 1_000 },
  );
});

test("masks show enough to recognise and never the whole", () => {
  expect(maskPhone("+8613812345678")).toBe("138****5678");
  expect(maskPhone("+8695533")).toBe("****33");
  expect(maskPhone("+14155550132")).toBe("+14****0132");
  expect(maskEmail(normaliseEmail(" Li.Lei@Example.COM "))).toBe("l***@example.com");
  expect(maskEmail("@")).toBe("***");
});
