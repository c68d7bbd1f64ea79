// What each type of slot takes from a message: leniently when it was asked for, and only what is surely its own when not.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FlowSlot, flowSlot } from "../definition/flow.ts";
import { hear, readSlot } from "./read-slot.ts";

const deps = { now: new Date("2026-11-23T02:00:00Z"), timeZone: "Asia/Shanghai", faultCodes: ["E-04"] };
const text = { zh: "?", en: "?" };

function slot(fields: Partial<FlowSlot>): FlowSlot {
  return flowSlot.parse({ id: "it", type: "text", label: text, question: text, again: text, ...fields });
}

function read(fields: Partial<FlowSlot>, said: string, isAsked = true, last = false) {
  const it = slot(fields);
  const choices = it.choices.map(({ value, label, phrases }) => ({
    value,
    label,
    words: [label.zh, label.en, ...(phrases?.zh ?? [])],
  }));
  const options = { isAsked, last, choices, taken: new Set<never>(), deps };
  return readSlot(it, hear(said, [], deps), options)?.value.value ?? null;
}

const colours = [
  { value: "black", label: { zh: "黑色", en: "black" } },
  { value: "white", label: { zh: "白色", en: "white" } },
];

describe("asked for", () => {
  test.each<[Partial<FlowSlot>, string, unknown]>([
    [{ type: "order-number" }, "12345678", "12345678"],
    [{ type: "order-number" }, "是 YD20261120001", "YD20261120001"],
    [{ type: "order-number" }, "我不知道", null],
    [{ type: "parcel-number" }, "SF1234567890123", "SF1234567890123"],
    [{ type: "phone" }, "138 0000 0101", "+8613800000101"],
    [{ type: "phone" }, "6502 1234", "65021234"],
    [{ type: "phone" }, "123", null],
    [{ type: "e-mail" }, "发到 Li@Example.com 吧", "li@example.com"],
    [{ reads: "name" }, "13800000101", null],
    [{ reads: "name" }, "li@example.com", null],
    [{ reads: "name" }, "13800000101，李四", "李四"],
    [{ reads: "name" }, "李四 13800000101", "李四"],
    [{ type: "number" }, "3个人", 3],
    [{ type: "number" }, "三", 3],
    [{ type: "number" }, "there are five of us", 5],
    [{ type: "number", most: 4 }, "五个", null],
    [{ type: "money" }, "99块5", { amountMinor: 9950, currency: "CNY" }],
    [{ type: "money" }, "120", { amountMinor: 12000, currency: "CNY" }],
    [{ type: "money", most: 100 }, "120元", null],
    [{ type: "date" }, "后天", "2026-11-25"],
    [{ type: "date" }, "next Monday at 3pm", "2026-11-30"],
    [{ type: "date", when: "today-or-later" }, "昨天", null],
    [{ type: "date", when: "today-or-later" }, "今天", "2026-11-23"],
    [{ type: "date", when: "today-or-earlier" }, "明天", null],
    [{ type: "yes-no" }, "可以的", "yes"],
    [{ type: "yes-no" }, "再说", null],
    [{ type: "choice", choices: colours as never }, "要黑色的", "black"],
    [{ type: "choice", choices: colours as never }, "2", "white"],
    [{ type: "choice", choices: colours as never }, "the second one", "white"],
    [{ type: "choice", choices: colours as never }, "3", null],
    [{ type: "choice", choices: colours as never }, "2#", "white"],
    [{ type: "choice", choices: colours as never }, "黑色还是白色好", null],
    [{ type: "address" }, "深圳市南山区科技园科苑路15号，电话13800000101", "深圳市南山区科技园科苑路15号"],
    [{ type: "address" }, "幸福村三组王家院子12号", "幸福村三组王家院子12号"],
    [{ type: "address" }, "改一下可以吗？", null],
    [{ type: "text", reads: "name" }, "您好，我叫李雷，13800000101", "李雷"],
    [{ type: "text", reads: "size" }, "要加大码", "加大码"],
    [{ type: "text", reads: "fault-code" }, "屏幕显示E4", "E-04"],
    [{ type: "text", most: 5 }, "这句话太长了", null],
    [{ type: "text" }, "……", null],
    [{ type: "photo" }, "没有", null],
  ])("%j reads %s", (fields, said, expected) => {
    expect(read(fields, said)).toEqual(expected);
  });
});

describe("not asked for", () => {
  test.each<[Partial<FlowSlot>, string, unknown]>([
    [{ type: "order-number" }, "12345678", null],
    [{ type: "order-number" }, "订单20261120001到哪了", "20261120001"],
    [{ type: "phone" }, "打13800000101", "+8613800000101"],
    [{ type: "number" }, "3", null],
    [{ type: "number", units: ["位"] }, "两位", 2],
    [{ type: "date" }, "下午三点", null],
    [{ type: "date" }, "周六上午10点", "2026-11-28"],
    [{ type: "yes-no" }, "好的", null],
    [{ type: "text" }, "不制冷", null],
    [{ type: "address" }, "深圳", null],
    [{ type: "choice", choices: colours as never }, "2", null],
  ])("%j reads %s", (fields, said, expected) => {
    expect(read(fields, said, false)).toEqual(expected);
  });
});

test("an optional slot may be left out, another may not", () => {
  const left = readSlot(slot({ isOptional: true }), hear("没有", [], deps), {
    isAsked: true,
    last: false,
    choices: [],
    taken: new Set(),
    deps,
  });
  expect(left?.value.value).toBeNull();
  expect(read({}, "没有")).toBeNull();
});

test("of several, the last counts where it is said to", () => {
  expect(read({ type: "choice", choices: colours as never }, "不是白色，是黑色", false, true)).toBe("black");
});

test("no text makes any slot throw", () => {
  const types = flowSlot.shape.type.options;
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.boolean(),
      (type, said, isAsked) => {
        const value = read({ type, choices: colours as never }, said, isAsked);
        expect(value === null || value !== undefined).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
