// Cantonese, Taiwan, Hong Kong and dialect wordings meet the words that mainland shops write.

import { expect, test } from "vitest";
import { toSimplified } from "./characters.ts";
import { normalise } from "./normalise.ts";

test.each([
  ["幾時出貨呀唔該", "什么时候出货"],
  ["呢件有冇細碼㗎", "这件有没有小码"],
  ["點退貨呀", "怎么退货"],
  ["可唔可以改地址", "可不可以改地址"],
  ["運費幾多錢嘅", "运费多少钱的"],
  ["我嘅單仲未到", "我的单还没到"],
  ["幾點收工", "几点下班"],
  ["我哋想取消", "我们想取消"],
  ["係咪包郵㗎", "是不是包邮"],
  ["點解仲未寄", "为什么还没寄"],
  ["有師傅識教我裝冇", "有师傅会教我装吗"],
  ["冇彈㗎", "没有弹"],
  ["呢件要咩料", "这件要什么面料"],
  ["貴唔貴㗎，食得唔得", "贵不贵,吃可以吗"],
  ["十蚊一件", "#money #number 件"],
  ["三日未到嘅", "#number 天还没到的"],
])("Cantonese %s is %s", (text, expected) => {
  expect(normalise(text).text).toBe(expected);
});

test.each([
  ["宅配要多久", "快递要多久"],
  ["可以用折價券嗎", "可以用优惠券吗"],
  ["保固多久", "保修多久"],
  ["帳號登入不了", "账号登录不了"],
  ["螢幕壞了", "屏幕坏了"],
  ["為什麼還沒收到簡訊", "为什么还没收到短信"],
  ["甚麼時候補貨", "什么时候补货"],
  ["裡面有幾個", "里面有几个"],
  ["只剩一隻鞋", "只剩一只鞋"],
])("in traditional characters %s is %s", (text, expected) => {
  expect(normalise(text).text).toBe(expected);
});

test.each([
  ["咋个退货嘛", "怎么退货"],
  ["这个好多钱哦", "这个多少钱"],
  ["莫得货了嗦", "没有货了嗦"],
  ["啥子时候发货", "什么时候发货"],
  ["咋整啊 坏了", "怎么办 坏了"],
  ["得行不", "可以吗"],
  ["几钿", "多少钱"],
])("in dialect %s is %s", (text, expected) => {
  expect(normalise(text).text.replace(/啊 /u, " ")).toBe(expected);
});

test.each([
  "抵达时间",
  "三点到几点",
  "咋舌",
  "等了好久",
  "阿拉伯",
  "地点在哪",
  "未来会涨价吗",
  "执行标准",
  "返现怎么领",
  "你哦",
])("Mandarin %s stays", (text) => {
  const plain = normalise(text).text;
  expect(plain === text || plain === text.replace(/哦$/u, "") || plain.includes("#")).toBe(true);
});

test("characters that changed meaning on their way follow the common one", () => {
  expect(toSimplified("後臺裡麼乾淨鐘錶週隻祇麵髮鬆")).toBe("后台里么干净钟表周只只面发松");
  expect(toSimplified("著名品牌 穿著舒服 顯著 乾淨 乾隆")).toBe("著名品牌 穿着舒服 显著 干净 乾隆");
});
