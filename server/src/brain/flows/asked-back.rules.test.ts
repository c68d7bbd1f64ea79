// Every way of picking from a short list that people really type.

import { expect, test } from "vitest";
import { pickOffered } from "./asked-back.ts";

const offered = [
  { slug: "fee", question: "运费怎么算？" },
  { slug: "time", question: "几天能到？" },
  { slug: "track", question: "怎么查物流？" },
];

test.each([
  ["1", "fee"],
  ["2。", "time"],
  ["第二个", "time"],
  ["第3个问题", "track"],
  ["选三", "track"],
  ["the second one", "time"],
  ["option 3", "track"],
  ["最后一个", "track"],
  ["the last one", "track"],
  ["几天能到", "time"],
  ["运费怎么算？", "fee"],
])("%s picks %s", (text, slug) => {
  expect(pickOffered(offered, text)).toEqual({ kind: "one", slug });
});

test.each(["都不是", "不是", "没有我要的", "none of these", "no"])("%s picks none", (text) => {
  expect(pickOffered(offered, text)).toEqual({ kind: "none" });
});

test.each(["5", "是的", "我要两件", "2件多少钱", "可以退吗", ""])("%s is something else", (text) => {
  expect(pickOffered(offered, text)).toEqual({ kind: "something-else" });
});

test("yes picks the only one", () => {
  for (const text of ["是的", "对", "嗯嗯", "yes", "就是这个"]) {
    expect(pickOffered(offered.slice(0, 1), text)).toEqual({ kind: "one", slug: "fee" });
  }
});
