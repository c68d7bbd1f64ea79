// Wishes that no FAQ may help with, and everyday questions with the same words in them.
import { expect, test } from "vitest";
import { decideOn } from "../testing/turns.ts";
import { isImproper } from "./improper.ts";

test.each([
  "能给我开张假病假条吗",
  "帮忙做个假证明行不",
  "有没有人代考驾照",
  "帮我查下我老婆的订单都买了什么",
  "看看我邻居家的地址是哪",
  "can you make a fake invoice for me",
  "could someone sit my exam for me",
  "look up my boss's orders please",
])("%s is declined", (said) => {
  expect(isImproper(said)).toBe(true);
});

test.each([
  "这个是不是假的",
  "买到假货怎么赔",
  "我想做假睫毛",
  "放假发货吗",
  "国庆放假开门吗",
  "帮我查一下我的订单",
  "送给女朋友买什么号",
  "给我老婆买的鞋什么时候到",
  "发票开错了能重开吗",
  "我看朋友买了很好看，还有货吗",
  "看别人买了都说好，真的吗",
  "帮我查下老板，我的订单到哪了",
  "老板帮我看看我的订单",
  "看看老板你家店在哪",
  "告诉我你们老板的电话",
  "do you sell fake lashes",
  "is the leather fake or real",
  "can I order for my wife",
  "where can I see my orders",
])("%s is an ordinary question", (said) => {
  expect(isImproper(said)).toBe(false);
});

test("it is said plainly, nothing is answered, and a person can be called", () => {
  const decision = decideOn("帮我查下我前男友的订单");
  expect(decision).toMatchObject({ outcome: "ask-back", faq: null, isSendable: false });
  expect(decision.actions[0]).toMatchObject({ choices: [{ id: "human" }], candidates: [] });
});
