// What names one person is found, what many have is left, and the stand-ins are of the same form and nobody's.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPersonal, maskPersonal, standInFor } from "./personal.ts";

const kinds = (text: string, names: string[] = []) =>
  findPersonal(text, names).map(({ kind, text: typed }) => [kind, typed]);

describe("found", () => {
  test.each<[string, [string, string][]]>([
    ["电话13912345678，急", [["phone", "13912345678"]]],
    ["tel +44 20 7946 0958 please", [["phone", "+44 20 7946 0958"]]],
    ["发到 li.lei+1@qq.com 吧", [["email", "li.lei+1@qq.com"]]],
    ["订单号20260501123456怎么还没发", [["order", "20260501123456"]]],
    ["SF1234567890123 到哪了", [["order", "SF1234567890123"]]],
    ["身份证 11010519491231002X", [["paper", "11010519491231002X"]]],
    ["卡号 6222 0212 3456 7890 128", [["paper", "6222 0212 3456 7890 128"]]],
    ["车牌 粤B12345 可以停吗", [["paper", "粤B12345"]]],
    ["加我微信 lilei_88", [["account", "lilei_88"]]],
    ["寄到广东省深圳市南山区科技园南路8号3栋1201", [["address", "南山区科技园南路8号3栋1201"]]],
    ["在阳光花园12栋2单元301", [["address", "阳光花园12栋2单元301"]]],
    ["12 Baker Street, London", [["address", "12 Baker Street"]]],
    ["我叫韩梅梅，想退货", [["name", "韩梅梅"]]],
    [
      "收件人：李雷 13912345678",
      [
        ["name", "李雷"],
        ["phone", "13912345678"],
      ],
    ],
    ["My name is Jane Doe and I want a refund", [["name", "Jane Doe"]]],
  ])("%s", (text, expected) => expect(kinds(text)).toEqual(expected));

  test("names that the caller knows, in letters only as whole words", () => {
    expect(kinds("李雷您好", ["李雷"])).toEqual([["name", "李雷"]]);
    expect(kinds("Hi Ann, the annual plan", ["Ann"])).toEqual([["name", "Ann"]]);
    expect(kinds("李子多少钱", ["李"])).toEqual([]);
  });
});

test.each([
  "满199包邮吗",
  "2026-05-01 到货",
  "身高165穿什么码",
  "客服电话 400-800-1234",
  "发到广东多久",
  "我叫什么名字不重要",
  "iPhone 15 Pro 256G 多少钱",
  "3 座沙发有吗",
  "when do you open, 9:00-18:00?",
  "E4 故障怎么办",
])("left: %s", (text) => expect(kinds(text)).toEqual([]));

test("stand-ins keep the form, are found as the same kind, and hold nothing of what was", () => {
  const told =
    "我叫韩梅梅，电话13912345678，订单20260501123456，身份证11010519491231002X，住深圳市南山区科技园南路8号";
  const { text, counts } = maskPersonal(told, [], standInFor);
  expect(text).toBe(
    "我叫某某，电话13800000000，订单88888888888888，身份证88888888888888888X，住深圳市某某路8号",
  );
  expect(counts).toEqual({ name: 1, phone: 1, order: 1, paper: 1, address: 1 });
});

test("any text: in order, nothing twice, and long ones are read to their end", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      let at = 0;
      for (const { start, end, text: typed } of findPersonal(text)) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(text.slice(start, end)).toBe(typed);
        at = end;
      }
    }),
  );
  expect(kinds(`${"好的。".repeat(5_000)}13912345678`)).toEqual([["phone", "13912345678"]]);
});
