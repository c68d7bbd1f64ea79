import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalKinds, type SendOutcome } from "./adapter.ts";
import { maxAttempts, nextStep } from "./retry-table.ts";
import { splitText } from "./split-text.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const count = (text: string) => Array.from(segmenter.segment(text)).length;
const family = "👨‍👩‍👧‍👦";
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(family, "é", "🇨🇳", "退货", "。", "\n\n", "\r\n", " ", "שלום", "नमस्ते", "\u0000"),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

test("the parts are the text, each fits, and no character is torn", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 12 }), (text, room) => {
      const parts = splitText(text, room);
      expect(parts.join("")).toBe(text);
      const whole = Array.from(segmenter.segment(text), ({ index }) => index);
      let at = 0;
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(count(part)).toBeLessThanOrEqual(room);
        expect(whole).toContain(at);
        at += part.length;
      }
    }),
  );
});

test("a family stays together", () => {
  expect(splitText(family.repeat(3), 2)).toEqual([family.repeat(2), family]);
});

test("cuts after a sentence rather than inside a word", () => {
  expect(splitText("七天内可以退货。请保留小票和包装，谢谢配合。", 12)).toEqual([
    "七天内可以退货。",
    "请保留小票和包装，",
    "谢谢配合。",
  ]);
});

test("a text that fits is left alone, nothing gives nothing", () => {
  expect(splitText("好的", 2)).toEqual(["好的"]);
  expect(splitText("", 10)).toEqual([]);
});

const anyOutcome: fc.Arbitrary<SendOutcome> = fc.oneof(
  fc.record({
    kind: fc.constant("refused" as const),
    why: fc.constantFrom(...refusalKinds),
    code: fc.constant("x"),
    retryAfterMs: fc.integer({ min: 0, max: 60_000 }),
  }),
  fc.record({ kind: fc.constant("unknown" as const), code: fc.constant("timeout") }),
);

test("every road ends: no outcome is retried for ever, and the waits never get shorter", () => {
  fc.assert(
    fc.property(anyOutcome, fc.boolean(), (outcome, isIdempotent) => {
      let lastMs = 0;
      for (let attempts = 1; attempts <= maxAttempts; attempts += 1) {
        const step = nextStep(outcome, attempts, isIdempotent, 0);
        if (step.kind !== "retry") {
          expect(["failed", "maybe-sent"]).toContain(step.kind);
          return;
        }
        expect(step.afterMs).toBeGreaterThanOrEqual(lastMs);
        lastMs = step.afterMs;
      }
      throw new Error("still retrying after the last attempt");
    }),
  );
});

test("an unknown outcome is repeated only where repeating is harmless", () => {
  expect(nextStep({ kind: "unknown", code: "timeout" }, 1, false, 0)).toEqual({
    kind: "maybe-sent",
    code: "timeout",
  });
  expect(nextStep({ kind: "unknown", code: "timeout" }, 1, true, 0)).toEqual({
    kind: "retry",
    afterMs: 5_000,
    code: "timeout",
  });
});

test("a closed window is said to the agent, not tried again; a busy platform is given the time it asked for", () => {
  expect(nextStep({ kind: "refused", why: "window", code: "45015" }, 1, true, 0)).toEqual({
    kind: "failed",
    reason: "window-closed",
    code: "45015",
  });
  expect(nextStep({ kind: "refused", why: "rate", code: "429", retryAfterMs: 90_000 }, 1, true, 0)).toEqual({
    kind: "retry",
    afterMs: 90_000,
    code: "429",
  });
});
