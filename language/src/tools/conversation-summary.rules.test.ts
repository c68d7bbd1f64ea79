// A summary says what the customer wants, what they gave and what was promised, and nothing that nobody said.

import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText, hostileTexts, timed } from "../testing/hostile-texts.ts";
import { type SpokenLine, summariseConversation } from "./conversation-summary.ts";

const now = new Date("2026-11-21T05:00:00Z");

function lines(text: string): SpokenLine[] {
  const authors = { C: "contact", A: "agent", B: "bot" } as const;
  return text
    .trim()
    .split("\n")
    .map((line) => ({ author: authors[line.trim()[0] as "C" | "A" | "B"], text: line.trim().slice(2) }));
}

test("a Chinese conversation", () => {
  const summary = summariseConversation(
    lines(`
      C 你好
      B 您好，有什么可以帮您？
      C 我上周买的鞋小了，想换大一码
      C 订单号是XD20260817331
      B 好的，请您稍等，请问要换多大码？
      C 42码，电话13800000101
      C 那运费呢
      A 换货运费我们承担，今天会帮您登记，24小时内仓库联系您
      C 好的谢谢
    `),
    { now },
  );
  expect(summary.wants.join(" ")).toContain("换大一码");
  expect(summary.facts).toEqual([
    { kind: "order", label: "订单号", value: "XD20260817331" },
    { kind: "phone", label: "电话", value: "+8613800000101" },
    { kind: "size", label: "尺码", value: "42" },
    { kind: "date-time", label: "时间", value: "上周 (2026-W46)" },
  ]);
  expect(summary.promises.join(" ")).toContain("24小时内仓库联系您");
  expect(summary.standing).toBe("closed");
  expect(summary.text.split("\n")).toHaveLength(4);
  expect(summary.text).toContain("客户想：");
});

test("an English conversation, still open, wanting a person", () => {
  const summary = summariseConversation(
    lines(`
      C hi there
      C my blender arrived broken, order #88231
      B I'm sorry to hear that. Could you send a photo?
      C i want a refund. can i talk to a real person please
      A Hello, we will refund you within 3 days.
      C and who pays for the return shipping?
    `),
    { now, locale: "en" },
  );
  expect(summary.wants.join(" | ")).toMatch(/arrived broken/u);
  expect(summary.wants.join(" | ")).toMatch(/refund/u);
  expect(summary.facts).toEqual([{ kind: "order", label: "order", value: "88231" }]);
  expect(summary.promises).toEqual(["we will refund you within 3 days"]);
  expect(summary).toMatchObject({ standing: "waiting-for-us", wantsPerson: true });
  expect(summary.text).toContain("Promised: we will refund you within 3 days");
});

test("a corrected phone replaces the first; a repeated order stands once", () => {
  const { facts } = summariseConversation(
    lines(`
      C 订单XD20260817331 电话13800000101
      C 写错了 电话是15912345678 订单XD20260817331
    `),
    { now },
  );
  expect(facts.map(({ value }) => value)).toEqual(["XD20260817331", "+8615912345678"]);
});

test("small talk alone has no wants; no lines at all are said to be none", () => {
  expect(summariseConversation(lines("C 你好\nB 您好\nC 谢谢"), { now })).toMatchObject({
    wants: [],
    facts: [],
    promises: [],
    standing: "closed",
  });
  expect(summariseConversation([], { now })).toMatchObject({ standing: "empty", wants: [] });
});

test("the same wish in other words stands once", () => {
  const { wants } = summariseConversation(lines("C 怎么退货\nC 请问怎么退货呀\nC 在吗 怎么退货啊"), { now });
  expect(wants).toEqual(["怎么退货"]);
});

const line = fc.record({
  author: fc.constantFrom<SpokenLine["author"]>("contact", "agent", "bot"),
  text: anyText,
});

test("for any conversation: at most three of each, and promises only of our side", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      fc.constantFrom<"zh-CN" | "en">("zh-CN", "en"),
      (spoken, locale) => {
        const { wants, promises, facts, text } = summariseConversation(spoken, { now, locale });
        expect(wants.length).toBeLessThanOrEqual(3);
        expect(promises.length).toBeLessThanOrEqual(3);
        expect(facts.length).toBeLessThanOrEqual(12);
        expect(text).not.toBe("");
        if (spoken.every(({ author }) => author === "contact")) expect(promises).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  const spoken: SpokenLine[] = [
    { author: "contact", text },
    { author: "agent", text },
  ];
  expect(timed(() => void summariseConversation(spoken, { now }))).toBeLessThan(2_000);
});
