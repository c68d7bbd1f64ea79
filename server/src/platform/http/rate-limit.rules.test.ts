import fc from "fast-check";
import { expect, test } from "vitest";
import { fixedClock } from "../clock.ts";
import { limitKeyOf } from "./origins.ts";
import { createLimiter } from "./rate-limit.ts";

const limit = { name: "say", count: 10, perSeconds: 60 };

test("allows what is allowed, says how long to wait, and slides", () => {
  const clock = fixedClock();
  const limiter = createLimiter(clock);
  for (let count = 0; count < 10; count += 1) expect(limiter.take(limit, "a")).toBeNull();
  expect(limiter.take(limit, "a")).toBe(60_000);
  expect(limiter.take(limit, "b")).toBeNull();
  clock.advance(60_000);
  // the last full window still weighs: at its end nothing is free yet, half-way half of it is
  expect(limiter.take(limit, "a")).not.toBeNull();
  clock.advance(30_000);
  let allowed = 0;
  while (limiter.take(limit, "a") === null) allowed += 1;
  expect(allowed).toBe(5);
  clock.advance(120_000);
  expect(limiter.take(limit, "a")).toBeNull();
});

test("never lets more than twice the limit through in one window, and none is locked out for ever", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), { maxLength: 200 }), (waits) => {
      const clock = fixedClock();
      const limiter = createLimiter(clock);
      const taken: number[] = [];
      for (const waitMs of waits) {
        clock.advance(waitMs);
        const nowMs = clock.nowMs();
        if (limiter.take(limit, "a") !== null) continue;
        taken.push(nowMs);
        expect(taken.filter((at) => at > nowMs - 60_000).length).toBeLessThanOrEqual(2 * limit.count);
      }
      clock.advance(120_000);
      expect(limiter.take(limit, "a")).toBeNull();
    }),
  );
});

test("an IPv6 customer is counted by the /64, an IPv4 one by the address", () => {
  expect(limitKeyOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(limitKeyOf("2001:db8:1:2:ffff::1")).toBe("2001:db8:1:2::/64");
  expect(limitKeyOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(limitKeyOf("::1")).toBe("0:0:0:0::/64");
  expect(limitKeyOf("203.0.113.7")).toBe("203.0.113.7");
});
