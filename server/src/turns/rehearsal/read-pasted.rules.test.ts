// Past conversations out of pasted text, whatever it looks like.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPasted } from "./read-pasted.ts";

const said = (text: string) =>
  readPasted(text).conversations.map((turns) => turns.map(({ customer }) => customer));

describe("read", () => {
  test.each<[string, string, string[][]]>([
    [
      "plain lines, a blank line between",
      "多久发货\n能退吗\n\n有大码吗",
      [["多久发货", "能退吗"], ["有大码吗"]],
    ],
    ["names before the lines", "客户：多久发货\n客服：48 小时内\n客户: 好的", [["多久发货", "好的"]]],
    ["times before the names", "2026-11-20 10:02 客户：在吗\n10:03:11 客服：在的", [["在吗"]]],
    ["English", "Customer: where is it?\nAgent: on its way\nCustomer: thanks", [["where is it?", "thanks"]]],
    [
      "in a log, a line without a name is not the customer's",
      "客服：您好\n（系统提示）\n客户：在吗",
      [["在吗"]],
    ],
    ["a log in which only the shop spoke", "客服：您好\n客服：还在吗", []],
    ["rules of dashes", "多久发货\n-----\n能退吗", [["多久发货"], ["能退吗"]]],
    [
      "Windows line ends and a byte-order mark",
      "\uFEFF多久发货\r\n\r\n能退吗\r\n",
      [["多久发货"], ["能退吗"]],
    ],
    ["nothing", " \n\n", []],
  ])("%s", (_, text, expected) => expect(said(text)).toEqual(expected));

  test("JSON lines keep what is expected", () => {
    const line = {
      turns: [{ customer: "多久发货", expect: { outcome: ["answered"], faq: "common.shipping-time" } }],
    };
    expect(readPasted(`${JSON.stringify(line)}\n{"turns": []}\n{oops`)).toEqual({
      conversations: [line.turns],
      problems: [
        { line: 2, code: "not-json" },
        { line: 3, code: "not-json" },
      ],
    });
  });

  test("what is too long is named, and the rest is kept", () => {
    const { conversations, problems } = readPasted(`好\n${"长".repeat(1_001)}\n谢谢`);
    expect(conversations.map((turns) => turns.length)).toEqual([2]);
    expect(problems).toEqual([{ line: 2, code: "too-long" }]);
  });

  test("any text is read without a throw, and no line comes out empty", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        for (const turns of readPasted(text).conversations)
          for (const { customer } of turns) expect(customer.trim()).not.toBe("");
      }),
    );
  });
});
