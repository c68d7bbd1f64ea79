// Prices, months and the forecast, without a database.
import { describe, expect, test } from "vitest";
import { forecast, monthOf, monthSpan } from "./months.ts";
import { assumedPrice, costMicros, priceOf } from "./prices.ts";

describe("price", () => {
  test("the shop's own, else the longest listed beginning, else assumed and said so", () => {
    const own = { "deepseek/deepseek-chat": { input: 1, cachedInput: 0.1, output: 3 } };
    expect(priceOf("deepseek/deepseek-chat", own)).toEqual({
      price: own["deepseek/deepseek-chat"],
      isAssumed: false,
    });
    expect(priceOf("deepseek/deepseek-reasoner", {}).price.output).toBe(16);
    expect(priceOf("deepseek/deepseek-chat", {}).price.output).toBe(8);
    expect(priceOf("ollama/qwen3", {}).price.output).toBe(0);
    expect(priceOf("custom/new-thing", {})).toEqual({ price: assumedPrice, isAssumed: true });
    expect(priceOf("constructor", {}).isAssumed).toBe(true);
  });

  test("tokens times price; cached ones cheaper, never more than there are; rounded up", () => {
    const price = { input: 2, cachedInput: 0.5, output: 8 };
    const tokens = { inputTokens: 1_000, cachedInputTokens: 400, outputTokens: 100 };
    expect(costMicros(price, tokens)).toBe(600 * 2 + 400 * 0.5 + 100 * 8);
    expect(costMicros(price, { inputTokens: 3, cachedInputTokens: 9, outputTokens: 0 })).toBe(2);
  });
});

describe("month", () => {
  test("is the shop's own: the evening of the 31st in London is the 1st in Shanghai", () => {
    const at = new Date("2026-10-31T20:00:00Z");
    expect(monthOf(at, "Europe/London")).toBe("2026-10");
    expect(monthOf(at, "Asia/Shanghai")).toBe("2026-11");
    const { from, to, days } = monthSpan("2026-11", "Asia/Shanghai");
    expect([from.toISOString(), to.toISOString(), days]).toEqual([
      "2026-10-31T16:00:00.000Z",
      "2026-11-30T16:00:00.000Z",
      30,
    ]);
  });

  test("forecast: the pace of the last week for what is left, the sum itself when it is over", () => {
    const span = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
    const day = (count: number) => span.from.getTime() + count * 86_400_000;
    expect(forecast(100, 70, span, day(10))).toBeCloseTo(100 + 10 * 20);
    expect(forecast(30, 30, span, day(3))).toBeCloseTo(30 + 10 * 27);
    expect(forecast(100, 0, span, day(40))).toBe(100);
  });
});
