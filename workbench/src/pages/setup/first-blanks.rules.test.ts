// The set-up asks for what the suggested questions need, never for more than three things.
import type { Blank, Faq, PackSummary } from "@yingda/contract";
import { expect, test } from "vitest";
import { firstBlanks, hoursBlanks } from "./first-blanks.ts";

const blank = (key: string, usedBy = 1): Blank => ({
  key,
  label: key,
  labelEn: key,
  sample: "1",
  value: null,
  usedBy,
  isShopName: key === "店铺名",
});
const faq = (slug: string, answer: string) => ({ slug, answer }) as Faq;
const pack = (suggestedFaqs: string[], isOn = true) => ({ suggestedFaqs, isOn }) as PackSummary;
const keys = (found: Blank[]) => found.map(({ key }) => key);

const blanks = ["店铺名", "快递", "发货", "截单", "退货", "邮费", "客服时间", "营业时间"].map((key) =>
  blank(key),
);
const faqs = [
  faq("ship", "{{发货}} 小时内发，{{截单}} 前当天发，{{店铺名}}"),
  faq("size", "看尺码表"),
  faq("back", "{{退货}} 天"),
  faq("fee", "{{邮费}} 元"),
];

test("first what the suggested questions need, in their order, three at most", () => {
  expect(keys(firstBlanks([pack(["ship", "size", "back", "fee"])], faqs, blanks))).toEqual([
    "发货",
    "截单",
    "退货",
  ]);
});

test("then the pack's own order; packs that are off and unused blanks do not count", () => {
  expect(keys(firstBlanks([pack(["back"]), pack(["fee"], false)], faqs, blanks))).toEqual([
    "退货",
    "快递",
    "发货",
  ]);
  expect(keys(firstBlanks([], faqs, [blank("快递", 0)]))).toEqual([]);
});

test("the hours fill both blanks of that meaning, and leave words of the owner's own", () => {
  const filled = (opening: string | null) => [
    { ...blank("客服时间"), value: "9:00-21:00" },
    { ...blank("营业时间"), value: opening },
  ];
  expect(hoursBlanks(blanks)).toEqual(["客服时间", "营业时间"]);
  expect(hoursBlanks(filled("9:00-21:00"))).toEqual(["客服时间", "营业时间"]);
  expect(hoursBlanks(filled("周一店休，其余 10 点开门"))).toEqual(["客服时间"]);
});
