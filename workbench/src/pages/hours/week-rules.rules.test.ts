import { expect, test } from "vitest";
import { isDayGood, nextBlock, presets } from "./week-rules.ts";

test("blocks may touch but not overlap, and must end after they start", () => {
  expect(isDayGood([])).toBe(true);
  expect(
    isDayGood([
      { opensMinute: 540, closesMinute: 720 },
      { opensMinute: 720, closesMinute: 1_080 },
    ]),
  ).toBe(true);
  expect(
    isDayGood([
      { opensMinute: 800, closesMinute: 1_080 },
      { opensMinute: 540, closesMinute: 810 },
    ]),
  ).toBe(false);
  expect(isDayGood([{ opensMinute: 600, closesMinute: 600 }])).toBe(false);
});

test("presets and added blocks are good days", () => {
  for (const week of Object.values(presets)) {
    expect(week).toHaveLength(7);
    for (const day of week) expect(isDayGood(day)).toBe(true);
  }
  const day = [nextBlock([])];
  day.push(nextBlock(day));
  expect(isDayGood(day)).toBe(true);
});
