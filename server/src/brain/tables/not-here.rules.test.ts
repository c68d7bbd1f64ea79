// What a shop's tables must not answer, in both languages: words that change the question, things the tables do not know,
// cells that are blank or private. Each stands beside a question that is answered with one word less.

import { expect, test } from "vitest";
import { askTables } from "./ask-tables.ts";
import { tablesNamed } from "./testing/example-sheets.ts";

/** Saturday 2026-11-21, 12:00 in Shanghai. */
const now = new Date("2026-11-21T04:00:00Z");
const chineseShop = tablesNamed(
  "办公设备报价表",
  "男装尺码表",
  "女装尺码表",
  "卫衣库存表",
  "营业时间",
  "饮品单",
  "门店信息",
  "房型价格",
);
const englishShop = tablesNamed("Lamp price list", "Jacket sizes", "Opening hours");

const neverInChinese = [
  "两台A3打印机多少钱",
  "不要A3打印机，多少钱",
  "A3打印机墨盒多少钱",
  "我女朋友170高穿什么码",
  "现在客服在吗",
  "3个标签打印机多少钱",
  "A3打印机不含税多少钱",
  "A3 打印机含安装多少钱",
  "明天A3打印机多少钱",
  "A3打印机进货价多少",
  "A3 打印机成本多少",
  "A3打印机会员价多少",
  "A3打印机运费多少",
  "A3打印机修一下多少钱",
  "A3打印机为什么这么贵",
  "A3打印机能便宜点吗",
  "A3 打印机降价了吗",
  "A3 复印机多少钱",
  "A6 打印机多少钱",
  "A30打印机多少钱",
  "打印纸多少钱",
  "多少钱",
  "最便宜的是哪个",
  "A3和复印机哪个便宜",
  "除了A3哪个最便宜",
  "标签打印机打印速度",
  "A5 扫描仪和A3打印机哪个便宜",
  "M 码胸围多少钱",
  "5XL胸围多少",
  "195高100斤穿什么码",
  "L码是不是170-175",
  "身高180",
  "豪华大床房早餐多少钱",
  "怀孕六个月 170高穿什么码",
  "我喜欢宽松的，170高穿什么码",
  "孩子110cm穿什么码",
  "红色还有货吗明天能发吗",
  "蓝色还有货吗",
  "红色连帽卫衣XXL有货吗",
  "白色S码有货吗",
  "春节几点开门",
  "10月1号开门吗",
  "元旦营业吗",
  "周日可以退货吗",
  "热美式多少钱",
  "拿铁去冰多少钱",
  "超大杯拿铁多少钱",
  "怎么退货",
  "我的快递到哪了",
  "你们支持七天无理由吗",
  "豪华大床房国庆多少钱",
  "豪华大床房两晚多少钱",
  "",
  "？？？",
];
const neverInEnglish = [
  "how much are two desk lamps",
  "how much is the green desk lamp",
  "how much is the light blue desk lamp",
  "how much is the desk lamp with a dimmer",
  "how much is shipping for the floor lamp",
  "can you lower the price of the floor lamp",
  "is the A3 light pad dimmable",
  "how much is the A4 light pad",
  "what size for a 65kg dog",
  "what size for 100kg",
  "I'm pregnant and 65kg, what size",
  "do you open on Christmas",
  "is Park Lane open on Saturday",
  "where is my order",
  "which lamp is best",
  "floor lamp without shade price",
  "was the floor lamp cheaper last week",
  "how much will the floor lamp be on black friday",
];

test.each(neverInChinese)("a Chinese shop's tables do not answer %s", (question) => {
  expect(askTables(chineseShop, question, { now }).kind).toBe("not-here");
});

test.each(neverInEnglish)("an English shop's tables do not answer %s", (question) => {
  expect(askTables(englishShop, question, { now }).kind).toBe("not-here");
});
