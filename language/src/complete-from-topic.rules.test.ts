// A message that leans on the line before is completed from it; one that names its own matter never is.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeFromTopic } from "./complete-from-topic.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";

describe("leaning messages", () => {
  test.each([
    ["怎么退货", "那运费呢？", "退货运费"],
    ["我要退款", "那要多久呢", "退款要多久"],
    ["我要退款", "多久到账", "退款多久到账"],
    ["怎么退货", "谁出", "退货谁出"],
    ["这款有中码吗", "大码呢", "这款有大码吗"],
    ["有黑色的吗", "那白色呢", "有白色的吗"],
    ["今天能发货吗", "那明天呢", "明天能发货吗"],
    ["包邮吗", "新疆呢", "新疆包邮吗"],
    ["发广东几天到", "那上海呢", "发上海几天到"],
    ["可以用微信付吗", "支付宝呢", "可以用支付宝付吗"],
    ["发顺丰吗", "圆通呢", "发圆通吗"],
    ["有现货吗", "儿童款呢", "儿童款有现货吗"],
    ["可以加急吗", "要钱吗", "加急要钱吗"],
    ["怎么换货", "这个要多久", "换货要多久"],
    ["周六上课吗", "周日呢", "周日上课吗"],
    ["怎麼退貨", "那運費呢", "退货运费"],
    ["how do i return this", "what about shipping?", "return shipping"],
    ["do you have it in blue", "and in red?", "do you have it in red"],
    ["do you ship to canada", "what about mexico", "do you ship to mexico"],
    ["is the dress available in small", "and medium?", "is the dress available in medium"],
    ["how do i get a refund", "how long does it take", "refund how long does it take"],
    ["can i pay with visa", "what about paypal?", "can i pay with paypal"],
    ["are you open today", "and tomorrow?", "are you open tomorrow"],
    ["can i exchange it", "who pays", "exchange who pays"],
  ])("%s — %s", (before, message, text) => {
    expect(completeFromTopic(message, [before])).toEqual({ text, completedFrom: before });
  });
});

describe("messages that stand alone", () => {
  test.each([
    ["怎么退货", "什么时候发货"],
    ["怎么退货", "那我想改地址怎么弄"],
    ["怎么退货", "那发票怎么开"],
    ["怎么退货", "好的谢谢"],
    ["怎么退货", "那好吧"],
    ["怎么退货", "人呢"],
    ["怎么退货", "你呢"],
    ["怎么退货", "我的快递到哪了呢"],
    ["怎么退货", "什么时候发货呢"],
    ["怎么退货", "尺码怎么选呢"],
    ["怎么退货", "那什么时候能发货呢"],
    ["运费多少", "运费呢"],
    ["怎么退货", "我的可乐呢"],
    ["怎么退货", "师傅人呢"],
    ["怎么退货", "还有多久到我家"],
    ["怎么退货", "咋这么慢呢"],
    ["怎么退货", "怎么走"],
    ["how do i return this", "what if it breaks"],
    ["how do i return this", "how much does it cost"],
    ["how do i return this", "when will it ship"],
    ["how do i return this", "and where is my order"],
    ["how do i return this", "thanks"],
    ["how do i return this", "and you?"],
    ["how do i return this", "also i want to change my address"],
    ["how do i return this", "do you have this in red"],
    ["the fries were cold", "also the onion rings are not in the bag"],
    ["the fries were cold", "plus nobody brought the ketchup packets"],
    ["你好", "那运费呢"],
    ["谢谢", "大码呢"],
  ])("%s — %s", (before, message) => {
    expect(completeFromTopic(message, [before])).toBeNull();
  });

  test("nothing before, nothing completed", () => {
    expect(completeFromTopic("那运费呢", [])).toBeNull();
  });
});

test("thanks and greetings between are stepped over", () => {
  expect(completeFromTopic("那运费呢", ["怎么退货", "好的", "谢谢"])).toEqual({
    text: "退货运费",
    completedFrom: "怎么退货",
  });
});

test("a chain of leaning lines keeps its topic", () => {
  expect(completeFromTopic("那新疆呢", ["怎么退货", "那运费呢"])?.text).toBe("新疆退货运费");
  expect(completeFromTopic("and green?", ["do you have it in blue", "and in red?"])?.text).toBe(
    "do you have it in green",
  );
});

test("for any texts: null, or a text with the line that it came from", () => {
  fc.assert(
    fc.property(anyText, fc.array(anyText, { maxLength: 4 }), (message, previous) => {
      const completed = completeFromTopic(message, previous);
      if (completed === null) return;
      expect(previous).toContain(completed.completedFrom);
      expect(completed.text.trim()).not.toBe("");
    }),
    { numRuns: 400 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  expect(timed(() => void completeFromTopic(text, [text, "怎么退货"]))).toBeLessThan(400);
  expect(timed(() => void completeFromTopic("那运费呢", [text, text]))).toBeLessThan(400);
});
