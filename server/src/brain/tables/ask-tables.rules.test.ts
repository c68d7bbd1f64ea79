// What customers ask of a shop's sheets, with the cell that must be told, in both languages; and what must stay "not here".
// An expectation is "row/column/text" per cell, "? choice | choice" for a question back, "-" for not here.

import { expect, test } from "vitest";
import { askTables, type TableAnswer } from "./ask-tables.ts";
import type { TablePlace } from "./table.ts";
import { tableFromRows } from "./table-from-rows.ts";
import { sheets, tablesNamed } from "./testing/example-sheets.ts";

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

function shown(answer: TableAnswer): string {
  if (answer.kind === "not-here") return "-";
  if (answer.kind === "ask-back") return `? ${answer.choices.map(({ label }) => label).join(" | ")}`.trim();
  return answer.cells.map(({ rowLabel, header, text }) => `${rowLabel}/${header}/${text}`).join(" ; ");
}

const chinese: [string, string][] = [
  ["A3 打印机多少钱", "A3 激光打印机/单价（元）/¥2,680"],
  ["A3打印机多少钱？", "A3 激光打印机/单价（元）/¥2,680"],
  ["你好，请问A3激光打印机怎么卖", "A3 激光打印机/单价（元）/¥2,680"],
  ["Ａ３ 印表機多少錢", "A3 激光打印机/单价（元）/¥2,680"],
  ["a3什么价", "A3 激光打印机/单价（元）/¥2,680"],
  ["A3 激光打印机的价格是多少呀", "A3 激光打印机/单价（元）/¥2,680"],
  ["标签打印机多少钱一台", "标签打印机/单价（元）/¥459"],
  ["标签打印机卖多少钱", "标签打印机/单价（元）/¥459"],
  ["墨盒多少钱", "打印机墨盒（黑）/单价（元）/¥89"],
  ["彩色喷墨打印机价格", "A4 彩色喷墨打印机/单价（元）/¥1,399"],
  ["A5 扫描仪多少钱", "A5 扫描仪/单价（元）/面议"],
  ["打印机多少钱", "? A3 激光打印机 | A4 激光打印机 | A4 彩色喷墨打印机 | 标签打印机"],
  ["激光打印机多少钱", "? A3 激光打印机 | A4 激光打印机"],
  ["A4 打印机多少钱", "? A4 激光打印机 | A4 彩色喷墨打印机"],
  ["A3 打印机打印速度多少", "A3 激光打印机/打印速度/22页/分钟"],
  ["A3打印机支持双面打印吗", "A3 激光打印机/双面打印/支持"],
  ["标签打印机能双面打印吗", "标签打印机/双面打印/不支持"],
  ["A3 和 A4 激光打印机哪个便宜", "A3 激光打印机/单价（元）/¥2,680 ; A4 激光打印机/单价（元）/¥1,099"],
  ["标签打印机跟A3激光打印机哪个贵", "标签打印机/单价（元）/¥459 ; A3 激光打印机/单价（元）/¥2,680"],
  ["标签打印机和墨盒分别多少钱", "标签打印机/单价（元）/¥459 ; 打印机墨盒（黑）/单价（元）/¥89"],
  ["A3 打印机的价格和打印速度", "A3 激光打印机/单价（元）/¥2,680 ; A3 激光打印机/打印速度/22页/分钟"],
  ["L 码 170 高能穿吗", "L/身高(cm)/170-175 ; M/身高(cm)/165-170"],
  ["170 130斤穿什么码", "L/身高(cm)/170-175 ; L/体重(斤)/125-140"],
  ["我身高1米78体重75公斤穿多大", "XL/身高(cm)/175-180 ; XL/体重(斤)/140-160"],
  ["身高一米七二适合什么码", "L/身高(cm)/170-175"],
  ["172高，155斤穿什么码合适", "L/身高(cm)/170-175 ; XL/体重(斤)/140-160"],
  ["170cm 130斤", "L/身高(cm)/170-175 ; L/体重(斤)/125-140"],
  ["170高穿什么码", "M/身高(cm)/165-170 ; L/身高(cm)/170-175"],
  ["185cm 170斤穿多大码", "XXL/身高(cm)/≥180 ; XXL/体重(斤)/160-180"],
  ["体重130斤能穿L吗", "L/体重(斤)/125-140"],
  ["体重150斤能穿 L 码吗", "L/体重(斤)/125-140 ; XL/体重(斤)/140-160"],
  ["XXL 适合多高的人", "XXL/身高(cm)/≥180"],
  ["2XL衣长多少", "XXL/衣长(cm)/72"],
  ["男装 M 码胸围多少", "M/胸围(cm)/96"],
  ["女装M码的胸围", "M/胸围 厘米/88 ; M/胸围 英寸/34.6"],
  ["女裝 S 碼腰圍多少", "S/腰围 厘米/66 ; S/腰围 英寸/26"],
  ["女装L码腰围多少厘米", "L/腰围 厘米/74"],
  ["XL 码胸围", "XL/胸围(cm)/104"],
  ["M 码胸围多少", "? 男装尺码表 M | 女装尺码表 M"],
  ["S码腰围", "S/腰围 厘米/66 ; S/腰围 英寸/26"],
  ["红色 L 码还有货吗", "连帽卫衣 红色/L/12"],
  ["红色L有货吗", "连帽卫衣 红色/L/12"],
  ["红的 L 码还有吗", "连帽卫衣 红色/L/12"],
  ["红色还有货吗", "连帽卫衣 红色/S/3 ; 连帽卫衣 红色/M/0 ; 连帽卫衣 红色/L/12"],
  ["黑色连帽卫衣 M 码库存多少", "连帽卫衣 黑色/M/8"],
  ["酒红色圆领卫衣L码有货吗", "圆领卫衣 酒红色/L/缺货"],
  ["白色M码还剩多少", "圆领卫衣 白色/M/6"],
  ["连帽卫衣 L 码还有货吗", "? 连帽卫衣 红色 | 连帽卫衣 黑色"],
  ["周日几点开门", "周日/营业时间/10:00-20:00"],
  ["星期天开门吗", "周日/营业时间/10:00-20:00"],
  ["礼拜六营业到几点", "周六/营业时间/10:00-22:00"],
  ["周三几点关门", "周一至周五/营业时间/9:00-21:00"],
  ["现在开着吗", "周六/营业时间/10:00-22:00"],
  ["明天营业吗", "周日/营业时间/10:00-20:00"],
  ["今天几点打烊", "周六/营业时间/10:00-22:00"],
  ["周末营业吗", "周六/营业时间/10:00-22:00 ; 周日/营业时间/10:00-20:00"],
  ["周六晚上九点还开着吗", "周六/营业时间/10:00-22:00"],
  ["周日客服在线吗", "周日/客服在线/休息"],
  ["国庆节几点开门", "国庆节/营业时间/11:00-17:00"],
  ["營業時間", "周一至周五/营业时间/9:00-21:00 ; 周六/营业时间/10:00-22:00 ; 周日/营业时间/10:00-20:00"],
  ["美式大杯多少钱", "美式/大杯/¥15"],
  ["大杯拿铁多少钱", "拿铁/大杯/¥19"],
  ["拿铁多少钱", "拿铁/中杯/¥16 ; 拿铁/大杯/¥19"],
  ["燕麦拿铁中杯多少钱", "燕麦拿铁/中杯/¥19"],
  ["最便宜的大杯是哪个", "美式/大杯/¥15"],
  ["大杯最贵的咖啡是哪款", "燕麦拿铁/大杯/¥22"],
  ["红茶多少钱", "? 红茶拿铁"],
  ["柠檬茶和美式中杯哪个便宜", "柠檬茶/中杯/¥13 ; 美式/中杯/¥12"],
  ["你们店地址在哪里", "/地址/科技路 18 号"],
  ["电话号码多少", "/电话/0755-8600 1234"],
  ["停车费多少钱", "/停车费/5元/小时"],
  ["押金多少", "/押金/¥100"],
  ["豪华大床房周末价多少", "豪华大床房/周末价/¥398"],
  ["家庭套房多少钱", "家庭套房/平日价/¥498 ; 家庭套房/周末价/¥598"],
  ["家庭套房可以住几个人", "家庭套房/可住人数/4"],
  ["大床房含早餐吗", "-"],
  ["大床房早餐", "豪华大床房/早餐/含"],
  ["平日价最便宜的是哪个", "标准双人间/平日价/¥268"],
  ["how much is the A3", "A3 激光打印机/单价（元）/¥2,680"],
  ["do you open on Sunday", "周日/营业时间/10:00-20:00"],
];

const english: [string, string][] = [
  ["how much is the A3 one", "A3 light pad/Price/$45.50"],
  ["How much does the A3 light pad cost?", "A3 light pad/Price/$45.50"],
  ["price of the blue desk lamp please", "Desk lamp blue/Price/$29.90"],
  ["What's the price of the white desk lamp?", "Desk lamp white/Price/$27.90"],
  ["how much is the desk lamp", "? Desk lamp blue | Desk lamp white"],
  ["how much are the floor lamps", "Floor lamp/Price/$89.00"],
  ["floor lamp pro price", "Floor lamp Pro/Price/$129.00"],
  ["is the white desk lamp in stock?", "Desk lamp white/Stock/0"],
  ["do you have the blue desk lamp", "Desk lamp blue/Stock/12"],
  ["how many A3 light pads are left", "-"],
  ["any white lamps?", "Desk lamp white/Stock/0"],
  ["A3 light pad, how many left?", "A3 light pad/Stock/20"],
  ["what is the warranty on the floor lamp", "Floor lamp/Warranty/3 years"],
  ["wattage of the floor lamp pro", "Floor lamp Pro/Power/36 W"],
  ["which lamp is the cheapest?", "Desk lamp white/Price/$27.90"],
  ["what is your most expensive one", "Floor lamp Pro/Price/$129.00"],
  ["most expensive lamp", "-"],
  [
    "which is cheaper, the floor lamp or the floor lamp pro",
    "Floor lamp/Price/$89.00 ; Floor lamp Pro/Price/$129.00",
  ],
  ["A3 light pad vs floor lamp: which is cheaper", "A3 light pad/Price/$45.50 ; Floor lamp/Price/$89.00"],
  ["what size for 65kg", "M/Weight (kg)/58-66"],
  ["What size should I get? I'm 180 cm and 70 kg", "L/Height (cm)/175-182 ; L/Weight (kg)/66-75"],
  ["will M fit me, I'm 172cm", "M/Height (cm)/168-175"],
  ["I'm 172cm, would S fit", "S/Height (cm)/160-168 ; M/Height (cm)/168-175"],
  ["I am 168 cm tall, which size", "S/Height (cm)/160-168 ; M/Height (cm)/168-175"],
  ["what size for 170cm and 70kg", "M/Height (cm)/168-175 ; L/Weight (kg)/66-75"],
  ["I weigh 150 lbs, what size do I need", "L/Weight (kg)/66-75"],
  ["chest of the XL", "XL/Chest (cm)/112"],
  ["chest measurement for medium", "-"],
  ["what is the chest for size L", "L/Chest (cm)/106"],
  ["when does Mill Road open on Saturday", "Mill Road/Saturday/9:00-13:00"],
  ["is Harbour Street open on Sundays?", "Harbour Street/Sunday/Closed"],
  ["is Mill Road open now", "Mill Road/Saturday/9:00-13:00"],
  ["what time does Harbour Street close on Wednesday", "Harbour Street/Mon-Fri/9am - 6pm"],
  [
    "Mill Road opening hours",
    "Mill Road/Mon-Fri/8:30-17:30 ; Mill Road/Saturday/9:00-13:00 ; Mill Road/Sunday/Closed",
  ],
  ["do you open on Sunday", "? Harbour Street | Mill Road"],
];

const otherShops: [string, string, string][] = [
  ["手机参数", "X10多少钱", "X10/价格/¥1,999"],
  ["手机参数", "X10 Pro Max 价格", "X10 Pro Max/价格/¥3,999"],
  ["手机参数", "X10 Pro 有 NFC 吗", "X10 Pro/NFC/支持"],
  ["手机参数", "x10 pro 是什么颜色", "X10 Pro/颜色/黑、蓝"],
  ["手机参数", "X10和X10 Pro哪个轻", "X10/重量/190g ; X10 Pro/重量/205g"],
  ["手机参数", "电池容量最大的是哪款", "X10 Pro Max/电池容量/6000mAh"],
  ["手机参数", "X20多少钱", "-"],
  ["手机参数", "X10 Plus 多少钱", "-"],
  ["手机参数", "X10 Pro 蓝色多少钱", "-"],
  ["美容项目", "深层补水多少钱", "深层补水/原价/¥398 ; 深层补水/会员价/¥318"],
  ["美容项目", "深层补水会员价", "深层补水/会员价/¥318"],
  ["美容项目", "肩颈按摩要多久", "肩颈按摩/时长/45 分钟"],
  ["美容项目", "肩颈按摩活动价", "-"],
  ["美容项目", "肩颈和背部按摩多少钱", "-"],
  ["门店时间", "南山店几点开门", "南山店/开门/9:00 ; 南山店/关门/22:00"],
  ["门店时间", "几点开门", "? 南山店 | 福田店"],
  ["门店时间", "周日南山店开门吗", "-"],
  ["门店时间", "罗湖店几点关门", "-"],
  ["Spa menu", "how much is a 60 min Swedish massage", "Swedish massage/60 min/$80"],
  [
    "Spa menu",
    "how much is the Swedish massage",
    "Swedish massage/30 min/$45 ; Swedish massage/60 min/$80 ; Swedish massage/90 min/$110",
  ],
  ["Spa menu", "how much is the 90 min foot massage", "-"],
  ["Spa menu", "how much is a couples massage", "-"],
  ["Kids shoes", "is size 26 in stock", "26/In stock/Yes"],
  ["Kids shoes", "do you have size 25", "25/In stock/No"],
  ["Kids shoes", "foot length 15.2 cm, which size", "25/Foot length (cm)/15-15.5"],
  ["Kids shoes", "what size for a 3 year old", "-"],
  ["Kids shoes", "how much is size 25", "-"],
];

test.each(otherShops)("with the table %s alone, %s", (name, question, expected) => {
  expect(shown(askTables(tablesNamed(name), question, { now }))).toBe(expected);
});

test.each(chinese)("a Chinese shop is asked %s", (question, expected) => {
  expect(shown(askTables(chineseShop, question, { now }))).toBe(expected);
});

test.each(english)("an English shop is asked %s", (question, expected) => {
  expect(shown(askTables(englishShop, question, { now }))).toBe(expected);
});

const followUps: [string, TablePlace, string, string][] = [
  ["胸围 of M", { table: "男装尺码表", row: 0, column: 3 }, "那 XL 呢", "XL/胸围(cm)/104"],
  ["胸围 of M", { table: "男装尺码表", row: 0, column: 3 }, "衣长呢", "M/衣长(cm)/66"],
  ["胸围 of M", { table: "女装尺码表", row: 1, column: 1 }, "L码呢", "L/胸围 厘米/92"],
  [
    "A3's price",
    { table: "办公设备报价表", row: 0, column: 2 },
    "标签打印机呢",
    "标签打印机/单价（元）/¥459",
  ],
  [
    "A3's price",
    { table: "办公设备报价表", row: 0, column: 2 },
    "打印速度呢",
    "A3 激光打印机/打印速度/22页/分钟",
  ],
  [
    "A3's speed",
    { table: "办公设备报价表", row: 0, column: 4 },
    "这个多少钱",
    "A3 激光打印机/单价（元）/¥2,680",
  ],
  ["A3's price", { table: "办公设备报价表", row: 0, column: 2 }, "周日几点开门", "周日/营业时间/10:00-20:00"],
  ["A3's price", { table: "办公设备报价表", row: 0, column: 2 }, "复印机呢", "-"],
  ["red hoodie in L", { table: "卫衣库存表", row: 0, column: 4 }, "那黑色呢", "连帽卫衣 黑色/L/2"],
  ["red hoodie in L", { table: "卫衣库存表", row: 0, column: 4 }, "M 码呢", "连帽卫衣 红色/M/0"],
  ["hours on Saturday", { table: "营业时间", row: 1, column: 1 }, "那周日呢", "周日/营业时间/10:00-20:00"],
  ["a latte's price", { table: "饮品单", row: 1, column: 2 }, "中杯呢", "拿铁/中杯/¥16"],
  [
    "the white desk lamp",
    { table: "Lamp price list", row: 1, column: 2 },
    "and the blue one?",
    "Desk lamp blue/Price/$29.90",
  ],
  [
    "the white desk lamp",
    { table: "Lamp price list", row: 1, column: 2 },
    "is it in stock?",
    "Desk lamp white/Stock/0",
  ],
  [
    "the blue desk lamp",
    { table: "Lamp price list", row: 0, column: 2 },
    "what about the floor lamp",
    "Floor lamp/Price/$89.00",
  ],
  ["chest of S", { table: "Jacket sizes", row: 0, column: 3 }, "and L?", "L/Chest (cm)/106"],
  [
    "Mill Road on Saturday",
    { table: "Opening hours", row: 1, column: 2 },
    "and on Sunday?",
    "Mill Road/Sunday/Closed",
  ],
];

test.each(followUps)("behind %s at %o comes %s", (_name, previous, question, expected) => {
  const tables = chineseShop.some(({ name }) => name === previous.table) ? chineseShop : englishShop;
  expect(shown(askTables(tables, question, { now, previous }))).toBe(expected);
});

test("a place that the table no longer has is forgotten", () => {
  const previous = { table: "男装尺码表", row: 40, column: 3 };
  expect(shown(askTables(chineseShop, "那 XL 呢", { now, previous }))).toBe("-");
});

test("the sentence names row, column and cell in both languages", () => {
  const answer = askTables(chineseShop, "A3 打印机多少钱", { now });
  expect(answer).toMatchObject({
    kind: "answer",
    sentence: {
      "zh-CN": "A3 激光打印机的单价（元）：¥2,680。",
      en: "A3 激光打印机, 单价（元）: ¥2,680.",
    },
    cells: [{ table: "办公设备报价表", row: 0, column: 2 }],
  });
});

test("which size is asked openly when there are more than four", () => {
  const table = tableFromRows("鞋码表", [
    ["鞋码", "脚长(cm)"],
    ...["36", "37", "38", "39", "40", "41"].map((size, at) => [size, `${22.5 + at / 2}-${23 + at / 2}`]),
  ]);
  expect(askTables([table], "脚长多少", { now })).toMatchObject({
    kind: "ask-back",
    about: "size",
    choices: [],
    sentence: { "zh-CN": "请问您问的是哪个尺码？", en: "Which size do you mean?" },
  });
  expect(shown(askTables([table], "40码脚长多少", { now }))).toBe("40/脚长(cm)/24.5-25");
  expect(shown(askTables([table], "脚长24.2穿多大码", { now }))).toBe("39/脚长(cm)/24-24.5");
  expect(shown(askTables([table], "40双多少钱", { now }))).toBe("-");
});

test.each([
  ["现在开着吗", "2026-11-21T04:00:00Z", "现在开着。周六的营业时间：10:00-22:00。"],
  ["现在开着吗", "2026-11-21T15:00:00Z", "现在没有营业。周六的营业时间：10:00-22:00。"],
  ["周日客服在线吗", "2026-11-21T04:00:00Z", "周日的客服在线：休息。"],
  ["周日晚上七点开门吗", "2026-11-21T04:00:00Z", "那时开着。周日的营业时间：10:00-20:00。"],
  ["周日晚上八点半还开着吗", "2026-11-21T04:00:00Z", "那时不营业。周日的营业时间：10:00-20:00。"],
  [
    "早上八点开门吗",
    "2026-11-21T04:00:00Z",
    "周一至周五的营业时间：9:00-21:00。周六的营业时间：10:00-22:00。周日的营业时间：10:00-20:00。",
  ],
  ["九点还开着吗", "2026-11-21T04:00:00Z", "not-here"],
  ["现在开着吗", "2026-10-01T04:00:00Z", "not-here"],
  ["今天几点开门", "2026-12-25T04:00:00Z", "not-here"],
])("%s at %s: %s", (question, at, expected) => {
  const answer = askTables(chineseShop, question, { now: new Date(at) });
  expect(answer.kind === "answer" ? answer.sentence["zh-CN"] : answer.kind).toBe(expected);
});

test("a bar that closes after midnight is open then, by the hours of the day before", () => {
  const bar = tablesNamed("Bar hours");
  const at = (instant: string) => {
    const answer = askTables(bar, "are you open now", { now: new Date(instant), timeZone: "Europe/London" });
    return answer.kind === "answer" ? answer.sentence.en : answer.kind;
  };
  expect(at("2026-11-22T01:30:00Z")).toContain("Yes, open now.");
  expect(at("2026-11-22T03:00:00Z")).toContain("No, closed now.");
  expect(at("2026-11-20T17:30:00Z")).toContain("No, closed now.");
  expect(at("2026-11-20T18:30:00Z")).toBe("Yes, open now. Fri & Sat, Hours: 18:00-02:00.");
});

test("a product's other names lead to its row", () => {
  const products = [{ name: "A3 激光打印机", aliases: ["大白", "LP300"] }];
  expect(shown(askTables(chineseShop, "大白多少钱", { now, products }))).toBe(
    "A3 激光打印机/单价（元）/¥2,680",
  );
  expect(shown(askTables(chineseShop, "lp300 怎么卖", { now, products }))).toBe(
    "A3 激光打印机/单价（元）/¥2,680",
  );
});

test("one row written twice answers only when both say the same", () => {
  const rows = [
    ["产品", "价格"],
    ["雨伞", "¥39"],
    ["雨伞", "¥39"],
    ["雨衣", "¥59"],
    ["雨衣", "¥69"],
  ];
  const tables = [tableFromRows("雨具", rows)];
  expect(shown(askTables(tables, "雨伞多少钱", { now }))).toBe("雨伞/价格/¥39");
  expect(shown(askTables(tables, "雨衣多少钱", { now }))).toBe("-");
});

test("the same product in two price lists is asked back by list", () => {
  const rows = sheets["Lamp price list"] ?? [];
  const tables = [tableFromRows("Shop prices", rows), tableFromRows("Trade prices", rows)];
  expect(shown(askTables(tables, "floor lamp price", { now }))).toBe(
    "? Shop prices Floor lamp | Trade prices Floor lamp",
  );
});
