// What single cells mean, and how texts are cut into groups.

import { expect, test } from "vitest";
import { readCell } from "./read-cell.ts";
import { groupsOf } from "./word-groups.ts";

test.each([
  ["¥1,299", { kind: "money", amount: 1299, currency: "CNY", per: null, isRough: false }],
  ["99元", { kind: "money", amount: 99, currency: "CNY", per: null, isRough: false }],
  ["￥９９", { kind: "money", amount: 99, currency: "CNY", per: null, isRough: false }],
  ["$29.90", { kind: "money", amount: 29.9, currency: "USD", per: null, isRough: false }],
  ["5元/小时", { kind: "money", amount: 5, currency: "CNY", per: "小时", isRough: false }],
  ["¥99起", { kind: "money", amount: 99, currency: "CNY", per: null, isRough: true }],
  ["¥99-199", { kind: "money", amount: 99, currency: "CNY", per: null, isRough: true }],
  ["1,299", { kind: "number", amount: 1299, unit: null }],
  ["22页/分钟", { kind: "number", amount: 22, unit: "页/分钟" }],
  ["8 W", { kind: "number", amount: 8, unit: "w" }],
  ["165-170", { kind: "range", low: 165, high: 170, unit: null }],
  ["60~70kg", { kind: "range", low: 60, high: 70, unit: "kg" }],
  ["165cm—170cm", { kind: "range", low: 165, high: 170, unit: "cm" }],
  ["≥180", { kind: "range", low: 180, high: null, unit: null }],
  ["180以上", { kind: "range", low: 180, high: null, unit: null }],
  ["160cm以下", { kind: "range", low: null, high: 160, unit: "cm" }],
  ["<50kg", { kind: "range", low: null, high: 49.999, unit: "kg" }],
  ["up to 50 kg", { kind: "range", low: null, high: 50, unit: "kg" }],
  ["9:00-21:00", { kind: "hours", spans: [{ from: 540, to: 1260 }] }],
  ["9am – 5:30 pm", { kind: "hours", spans: [{ from: 540, to: 1050 }] }],
  ["上午9点到晚上9点半", { kind: "hours", spans: [{ from: 540, to: 1290 }] }],
  [
    "9:00-12:00, 13:30-18:00",
    {
      kind: "hours",
      spans: [
        { from: 540, to: 720 },
        { from: 810, to: 1080 },
      ],
    },
  ],
  ["18:00-02:00", { kind: "hours", spans: [{ from: 1080, to: 120 }] }],
  ["24小时", { kind: "hours", spans: [{ from: 0, to: 1440 }] }],
  ["休息", { kind: "hours", spans: [] }],
  ["Closed", { kind: "hours", spans: [] }],
  ["√", { kind: "yes-no", isYes: true }],
  ["不支持", { kind: "yes-no", isYes: false }],
  ["周一至周五", { kind: "weekdays", days: [1, 2, 3, 4, 5] }],
  ["星期六、日", { kind: "text" }],
  ["周五到周一", { kind: "weekdays", days: [1, 5, 6, 7] }],
  ["Sat & Sun", { kind: "weekdays", days: [6, 7] }],
  ["Mon-Fri", { kind: "weekdays", days: [1, 2, 3, 4, 5] }],
  ["—", { kind: "blank" }],
  ["", { kind: "blank" }],
  ["=SUM(B2:B9)", { kind: "formula" }],
  ["=1+1", { kind: "formula" }],
  ["#REF!", { kind: "formula" }],
  ["#N/A", { kind: "formula" }],
  ["+86 755 8600", { kind: "text" }],
  ["面议", { kind: "text" }],
  ["170-165", { kind: "text" }],
  ["9-21", { kind: "range", low: 9, high: 21, unit: null }],
])("%s", (text, value) => {
  expect(readCell(text)).toEqual(value);
});

test.each([
  ["Ａ３ 打印機", ["a3", "打", "印", "机"]],
  ["iPhone15 vs iPhone 15", ["iphone", "15", "vs", "iphone", "15"]],
  ["500 ml / 500ml", ["500ml", "500ml"]],
  ["XXL 2XL", ["2xl", "2xl"]],
  ["women's lamps, glass", ["women", "lamp", "glass"]],
  ["Pro+ 50%", ["pro+", "50%"]],
  ["脚长24.5穿", ["脚", "长", "24.5", "穿"]],
])("%s is cut into groups", (text, groups) => {
  expect(groupsOf(text).map((group) => group.text)).toEqual(groups);
});
