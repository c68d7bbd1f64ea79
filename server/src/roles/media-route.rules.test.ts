import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeOf } from "./media-route.ts";

test("ranges as players ask for them", () => {
  expect(rangeOf(undefined, 100)).toBeNull();
  expect(rangeOf("bytes=0-", 100)).toEqual({ start: 0, end: 100 });
  expect(rangeOf("bytes=10-19", 100)).toEqual({ start: 10, end: 20 });
  expect(rangeOf("bytes=90-500", 100)).toEqual({ start: 90, end: 100 });
  expect(rangeOf("bytes=-10", 100)).toEqual({ start: 90, end: 100 });
  expect(rangeOf("bytes=-500", 100)).toEqual({ start: 0, end: 100 });
  for (const header of ["bytes=100-", "bytes=20-10", "bytes=-0"])
    expect(rangeOf(header, 100)).toBe("unsatisfiable");
  for (const header of ["bytes=-", "lines=1-2", "bytes=0-1,3-4", "x"])
    expect(rangeOf(header, 100)).toBeNull();
});

test("a range never leaves the file", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(), (text, from, to, total) => {
      for (const header of [text, `bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`]) {
        const range = rangeOf(header, total);
        if (range === null || range === "unsatisfiable") continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThan(range.end);
        expect(range.end).toBeLessThanOrEqual(total);
      }
    }),
  );
});
