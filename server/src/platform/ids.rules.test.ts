import fc from "fast-check";
import { expect, test } from "vitest";
import { fixedClock } from "./clock.ts";
import { idGenerator, isUuid, newId, randomToken } from "./ids.ts";

test("ids are UUIDs of version 7 that carry the time", () => {
  const clock = fixedClock("2026-11-20T02:00:00.000Z");
  const id = idGenerator(clock)();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(clock.nowMs());
  expect(isUuid(newId<string>())).toBe(true);
});

test("ids never go back, whatever the clock does", () => {
  const steps = fc.array(fc.record({ byMs: fc.integer({ min: -5000, max: 5000 }), count: fc.nat(5000) }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(steps, (plan) => {
      const clock = fixedClock();
      const next = idGenerator(clock);
      const ids: string[] = [];
      for (const { byMs, count } of plan) {
        clock.advance(byMs);
        for (let made = 0; made < count; made += 1) ids.push(next());
      }
      expect(ids).toEqual([...ids].sort());
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 30 },
  );
});

test("tokens are as long as asked and differ", () => {
  expect(Buffer.from(randomToken(), "base64url")).toHaveLength(16);
  expect(Buffer.from(randomToken(32), "base64url")).toHaveLength(32);
  expect(randomToken()).not.toBe(randomToken());
});
