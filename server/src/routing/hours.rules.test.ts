import type { BusinessHours } from "@yingda/contract";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { isOpenAt, isTimeZone, nextOpening } from "./hours.ts";

const nineToSix = [{ opensMinute: 540, closesMinute: 1_080 }];
const weekdays = (timeZone = "Asia/Shanghai"): BusinessHours => ({
  timeZone,
  week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
  holidays: [],
});
/** An instant from the shop's own clock. */
function local(text: string, zone = "Asia/Shanghai"): Date {
  return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds);
}

describe("a week in Shanghai", () => {
  test("opens at the minute and closes at the minute", () => {
    expect(isOpenAt(weekdays(), local("2026-11-20T08:59:59"))).toBe(false);
    expect(isOpenAt(weekdays(), local("2026-11-20T09:00:00"))).toBe(true);
    expect(isOpenAt(weekdays(), local("2026-11-20T17:59:59"))).toBe(true);
    expect(isOpenAt(weekdays(), local("2026-11-20T18:00:00"))).toBe(false);
  });

  test("after Friday comes Monday", () => {
    expect(nextOpening(weekdays(), local("2026-11-20T18:00:00"))).toEqual(local("2026-11-23T09:00:00"));
  });

  test("while it is open, the next opening is now", () => {
    const at = local("2026-11-20T10:10:10");
    expect(nextOpening(weekdays(), at)).toEqual(at);
  });

  test("several blocks a day: lunch is closed", () => {
    const split = [
      { opensMinute: 540, closesMinute: 720 },
      { opensMinute: 810, closesMinute: 1_080 },
    ];
    const hours: BusinessHours = { ...weekdays(), week: [split, split, split, split, split, [], []] };
    expect(isOpenAt(hours, local("2026-11-20T12:30:00"))).toBe(false);
    expect(nextOpening(hours, local("2026-11-20T12:30:00"))).toEqual(local("2026-11-20T13:30:00"));
  });

  test("a holiday replaces its weekday, also by opening on a Sunday", () => {
    const hours: BusinessHours = {
      ...weekdays(),
      holidays: [
        { on: "2026-11-20", name: "店庆", blocks: [] },
        { on: "2026-11-22", name: "调休上班", blocks: [{ opensMinute: 600, closesMinute: 720 }] },
      ],
    };
    expect(isOpenAt(hours, local("2026-11-20T10:00:00"))).toBe(false);
    expect(nextOpening(hours, local("2026-11-20T10:00:00"))).toEqual(local("2026-11-22T10:00:00"));
  });

  test("open to midnight means to the last second of the day", () => {
    const always: BusinessHours = {
      timeZone: "Asia/Shanghai",
      week: Array.from({ length: 7 }, () => [{ opensMinute: 0, closesMinute: 1_440 }]),
      holidays: [],
    };
    expect(isOpenAt(always, local("2026-11-20T23:59:59"))).toBe(true);
    expect(isOpenAt(always, local("2026-11-21T00:00:00"))).toBe(true);
  });

  test("an empty week never opens; no hours at all are always open", () => {
    const never: BusinessHours = {
      timeZone: "Asia/Shanghai",
      week: [[], [], [], [], [], [], []],
      holidays: [],
    };
    expect(nextOpening(never, local("2026-11-20T10:00:00"))).toBeNull();
    expect(isOpenAt(null, local("2026-11-20T03:00:00"))).toBe(true);
  });
});

describe("days of 23 and 25 hours", () => {
  const berlin = (opensMinute: number, closesMinute: number): BusinessHours => ({
    timeZone: "Europe/Berlin",
    week: Array.from({ length: 7 }, () => [{ opensMinute, closesMinute }]),
    holidays: [],
  });

  test("an opening inside the skipped hour begins at the jump", () => {
    // 29 March 2026, 02:00 becomes 03:00 at 01:00 UTC
    expect(nextOpening(berlin(150, 300), new Date("2026-03-29T00:30:00Z"))).toEqual(
      new Date("2026-03-29T01:00:00Z"),
    );
  });

  test("a block wholly inside the skipped hour does not open that day", () => {
    expect(nextOpening(berlin(125, 170), new Date("2026-03-29T00:30:00Z"))).toEqual(
      new Date("2026-03-30T00:05:00Z"),
    );
  });

  test("a block inside the repeated hour opens twice", () => {
    // 25 October 2026, 03:00 becomes 02:00 at 01:00 UTC
    const hours = berlin(150, 165);
    expect(isOpenAt(hours, new Date("2026-10-25T00:31:00Z"))).toBe(true);
    expect(isOpenAt(hours, new Date("2026-10-25T00:50:00Z"))).toBe(false);
    expect(nextOpening(hours, new Date("2026-10-25T00:50:00Z"))).toEqual(new Date("2026-10-25T01:30:00Z"));
  });

  test("a zone whose midnight is skipped still opens that day", () => {
    const hours: BusinessHours = { ...berlin(0, 60), timeZone: "Africa/Cairo" };
    // 24 April 2026: 00:00 becomes 01:00, so the block from 00:00 to 01:00 does not exist on that day
    expect(isOpenAt(hours, new Date("2026-04-23T22:00:00Z"))).toBe(false);
  });
});

const block = fc
  .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 1_440 }))
  .filter(([opens, closes]) => closes > opens)
  .map(([opensMinute, closesMinute]) => ({ opensMinute, closesMinute }));
const anyHours: fc.Arbitrary<BusinessHours> = fc.record({
  timeZone: fc.constantFrom(
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
  ),
  week: fc.array(fc.array(block, { maxLength: 3 }), { minLength: 7, maxLength: 7 }),
  holidays: fc.array(
    fc.record({
      on: fc
        .integer({ min: 0, max: 364 })
        .map((day) => Temporal.PlainDate.from("2026-01-01").add({ days: day }).toString()),
      name: fc.constant("假日"),
      blocks: fc.array(block, { maxLength: 2 }),
    }),
    { maxLength: 10 },
  ),
});
const anyMinute = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2026, 11, 31) / 60_000 })
  .map((minute) => new Date(minute * 60_000));

test("the next opening is open, is not in the past, and no minute before it is open", () => {
  fc.assert(
    fc.property(anyHours, anyMinute, (hours, at) => {
      const opening = nextOpening(hours, at);
      if (!opening) {
        for (let minute = 0; minute < 2 * 1_440; minute += 7)
          expect(isOpenAt(hours, new Date(at.getTime() + minute * 60_000))).toBe(false);
        return;
      }
      expect(opening.getTime()).toBeGreaterThanOrEqual(at.getTime());
      expect(isOpenAt(hours, opening)).toBe(true);
      const minutes = Math.min(3 * 1_440, (opening.getTime() - at.getTime()) / 60_000);
      for (let back = 1; back <= minutes; back += 1 + (back % 5))
        expect(isOpenAt(hours, new Date(opening.getTime() - back * 60_000))).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test("knows a time zone from a word", () => {
  expect(isTimeZone("Asia/Shanghai")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
  expect(isTimeZone("")).toBe(false);
});
