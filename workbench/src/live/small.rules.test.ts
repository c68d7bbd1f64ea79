import fc from "fast-check";
import { expect, test } from "vitest";
import { waitBeforeMs } from "./backoff.ts";
import { mayTake } from "./leading-tab.ts";
import { defaultPreferences, parsePreferences } from "./preferences.ts";

test("waits double up to twenty seconds and are spread over half their length", () => {
  expect(waitBeforeMs(0, 1)).toBe(500);
  expect(waitBeforeMs(3, 1)).toBe(4_000);
  expect(waitBeforeMs(40, 1)).toBe(20_000);
  fc.assert(
    fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const whole = waitBeforeMs(attempt, 1);
      const wait = waitBeforeMs(attempt, random);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(whole / 2));
      expect(wait).toBeLessThanOrEqual(whole);
    }),
  );
});

test("a tab leads while its lease is fresh; another takes over when it is five seconds old", () => {
  expect(mayTake(null, "a", 0)).toBe(true);
  expect(mayTake({ tab: "b", atMs: 1_000 }, "a", 6_000)).toBe(false);
  expect(mayTake({ tab: "b", atMs: 1_000 }, "a", 6_001)).toBe(true);
  expect(mayTake({ tab: "a", atMs: 1_000 }, "a", 1_001)).toBe(true);
});

test("damaged preferences fall back one by one, never as a whole", () => {
  expect(parsePreferences(null)).toEqual(defaultPreferences);
  expect(parsePreferences("{")).toEqual(defaultPreferences);
  expect(parsePreferences('{"volume":"loud","isSoundOn":false,"strange":1}')).toEqual({
    ...defaultPreferences,
    isSoundOn: false,
  });
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(Object.keys(parsePreferences(text))).toEqual(Object.keys(defaultPreferences));
    }),
  );
});
