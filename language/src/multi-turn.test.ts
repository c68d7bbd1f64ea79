// A message that leans on an earlier line is matched together with it, and alone, and the surer reading counts; one that
// stands alone is matched as if nothing had been said before.

import { expect, test } from "vitest";
import { createMatcher } from "./matcher.ts";

const matcher = createMatcher([
  { id: "how-to-return", phrasings: ["怎么退货", "如何申请退货", "how do I return an item"] },
  { id: "return-fee", phrasings: ["退货运费谁出", "退货要自己出邮费吗", "who pays for return shipping"] },
  { id: "shipping-fee", phrasings: ["运费怎么算", "运费", "邮费多少", "how much is shipping"] },
  { id: "refund-time", phrasings: ["退款多久到账", "钱几天退回来", "how long does a refund take"] },
  { id: "shipping-time", phrasings: ["多久发货", "今天能发吗", "when will it ship"] },
  { id: "overseas-time", phrasings: ["寄到国外要多久", "国际快递几天到", "how long to ship abroad"] },
  { id: "free-shipping", phrasings: ["包邮吗", "满多少包邮"] },
  { id: "stock", phrasings: ["有货吗", "有现货吗", "is it in stock"] },
  { id: "big-sizes", phrasings: ["有大码吗", "最大到几码", "大码"] },
  { id: "coupon", phrasings: ["有优惠券吗", "怎么领券", "do you have coupons"] },
]);

test.each([
  ["怎么退货", "那运费呢？", "return-fee"],
  ["我要退款", "要多久", "refund-time"],
  ["今天能发吗", "那要多久呢", "shipping-time"],
  ["能寄美国吗", "要多久", "overseas-time"],
  ["how do i return this", "what about the shipping fee?", "return-fee"],
  ["how do i get a refund", "how long does it take", "refund-time"],
])("%s — %s", (before, message, id) => {
  const found = matcher.match(message, { previous: ["你好", before] });
  expect(found.matches[0]?.id).toBe(id);
  expect(found.matches[0]?.confidence).toBeGreaterThan(0.5);
  expect(found.completedFrom).toBe(before);
  expect(found.text.original).toBe(message);
});

test("the fee after nothing is the fee, and thanks between change nothing", () => {
  expect(matcher.match("那运费呢？").matches[0]?.id).toBe("shipping-fee");
  const found = matcher.match("那运费呢？", { previous: ["怎么退货", "好的", "谢谢"] });
  expect(found.completedFrom).toBe("怎么退货");
  expect(found.matches[0]?.id).toBe("return-fee");
});

test("a new matter that leans only in its words is not drawn back to the old one", () => {
  const found = matcher.match("那大码呢", { previous: ["有货吗"] });
  expect(found.matches[0]?.id).toBe("big-sizes");
  expect(found.completedFrom).toBeNull();
});

test.each([
  ["怎么退货", "什么时候发货"],
  ["怎么退货", "有优惠券吗"],
  ["怎么退货", "那优惠券怎么领"],
  ["怎么退货", "谢谢"],
  ["how do i return this", "do you have coupons"],
  ["我要退款", ""],
])("%s — %s stands alone", (before, message) => {
  expect(matcher.match(message, { previous: [before] })).toEqual(matcher.match(message));
});
