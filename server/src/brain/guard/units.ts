// The units that a number can carry, in both languages, each with its canonical name and how many of it one is.
// Durations of days are told in seconds, of months in months; working days stay apart, they are another promise.

import type { AmountKind } from "./claim.ts";

export interface Unit {
  kind: AmountKind;
  unit: string;
  factor: number;
}

type Row = [kind: AmountKind, unit: string, factor: number, words: string];

const day = 86_400;
const rows: Row[] = [
  ["duration", "second", 1, "秒 秒钟 seconds secs sec second s"],
  ["duration", "second", 60, "分钟 minutes minute mins min"],
  ["duration", "second", 900, "刻钟"],
  ["duration", "second", 3_600, "小时 个小时 钟头 个钟头 个钟 hours hour hrs hr h"],
  [
    "duration",
    "second",
    day,
    "天 整天 个自然日 自然日 个日历日 日历日 昼夜 days day calendar_days calendar_day natural_days consecutive_days",
  ],
  [
    "duration",
    "workday",
    1,
    "个工作日 工作日 工作天 个工作天 working_days working_day business_days business_day workdays workday weekdays",
  ],
  ["duration", "second", 14 * day, "fortnights fortnight"],
  ["duration", "second", 7 * day, "周 个周 个星期 星期 个礼拜 礼拜 weeks week wks wk"],
  ["duration", "month", 1, "个月 个整月 个自然月 月龄 个月龄 个月大 months month mos mo"],
  ["duration", "month", 3, "个季度 季度 quarters quarter"],
  ["duration", "month", 12, "年 个年头 整年 周年 years year yrs yr"],
  ["money", "CNY", 1, "元 块 块钱 元钱 元整 圆 块大洋 元人民币 人民币 rmb cny yuan kuai 蚊"],
  ["money", "CNY", 0.1, "毛 毛钱 角"],
  ["money", "CNY", 10_000, "万元 万块"],
  ["money", "USD", 1, "美元 美金 美刀 刀 dollars dollar bucks usd us_dollars"],
  ["money", "USD", 0.01, "cents cent 美分"],
  ["money", "EUR", 1, "欧元 欧 euros euro eur"],
  ["money", "GBP", 1, "英镑 镑 gbp quid"],
  ["money", "HKD", 1, "港币 港元 hkd"],
  ["money", "TWD", 1, "台币 新台币 twd"],
  ["money", "JPY", 1, "日元 日币 yen jpy"],
  ["money", "KRW", 1, "韩元 krw"],
  ["percentage", "%", 1, "% 个百分点 percent per_cent pct"],
  ["percentage", "%", 10, "成"],
  ["number", "g", 1_000, "公斤 千克 kg kgs kilos kilo kilograms kilogram"],
  ["number", "g", 500, "斤"],
  ["number", "g", 50, "两重"],
  ["number", "g", 1, "克 g grams gram"],
  ["number", "g", 1_000_000, "吨 tons tonnes ton tonne t"],
  ["number", "g", 0.001, "毫克 mg mg/m3"],
  ["number", "lb", 1, "磅 lbs lb pounds pound"],
  ["number", "oz", 1, "盎司 oz ounces ounce"],
  ["number", "m", 1, "米 m metres meters metre meter"],
  ["number", "m", 0.01, "厘米 公分 cm centimetres centimeters centimetre centimeter"],
  ["number", "m", 0.001, "毫米 mm millimetres millimeters"],
  ["number", "m", 1_000, "公里 千米 km kilometres kilometers kms"],
  ["number", "inch", 1, "英寸 寸 inches inch"],
  ["number", "foot", 1, "英尺 feet ft"],
  ["number", "mile", 1, "英里 miles mile"],
  ["number", "m2", 1, "平方米 平米 平 m2 square_metres square_meters sqm"],
  ["number", "l", 1, "升 l litres liters litre liter"],
  ["number", "l", 0.001, "毫升 ml"],
  ["number", "w", 1, "瓦 w watts watt"],
  ["number", "w", 1_000, "千瓦 kw kilowatts kilowatt"],
  ["number", "v", 1, "伏 伏特 v volts"],
  ["number", "ah", 0.001, "毫安时 毫安 mah"],
  ["number", "hz", 1, "赫兹 hz"],
  ["number", "db", 1, "分贝 db decibels"],
  ["number", "degree", 1, "度 摄氏度 °c ℃ ° degrees degree"],
  ["number", "gb", 1 / 1_024, "mb 兆 megabytes"],
  ["number", "gb", 1, "gb 个g 个_g gigabytes gigabyte gigs gig"],
  ["number", "gb", 1_024, "tb terabytes terabyte"],
  ["number", "rpm", 1, "rpm"],
  ["number", "bar", 1, "bar"],
  ["number", "kwh", 1, "kwh 千瓦时"],
  ["number", "m3", 1, "立方米 立方 方 m3"],
  ["number", "kcal", 1, "千卡 大卡 kcal calories"],
  ["number", "times", 1, "倍 x times_the"],
  ["number", "piece", 1, "个 件 只 台 支 枝 根 款 pieces piece pcs pc items item units unit products"],
  ["number", "strip", 1, "条"],
  ["number", "sheet", 1, "张 sheets sheet photos photo pictures picture"],
  ["number", "pair", 1, "双 对 pairs pair"],
  ["number", "set", 1, "套 副 sets set"],
  ["number", "copy", 1, "份 copies copy servings serving"],
  ["number", "case", 1, "箱 cartons carton cases case"],
  ["number", "box", 1, "盒 boxes box"],
  ["number", "pack", 1, "包 袋 packs pack packets bags bag sachets"],
  ["number", "bottle", 1, "瓶 罐 听 bottles bottle cans jars jar"],
  ["number", "cup", 1, "杯 cups cup"],
  ["number", "tablet", 1, "片 粒 颗 枚 tablets tablet pills pill capsules capsule"],
  ["number", "roll", 1, "卷 rolls roll"],
  ["number", "person", 1, "人 位 名 口 people persons person guests guest adults adult students seats"],
  ["number", "store", 1, "家 stores store shops shop branches branch locations locations outlets"],
  ["number", "time", 1, "次 回 遍 times time sessions session 课时 节课 节 lessons lesson classes class"],
  ["number", "night", 1, "晚 nights night"],
  ["number", "room", 1, "间 rooms room"],
  ["number", "page", 1, "页 pages page"],
  [
    "number",
    "sort",
    1,
    "种 类 样 个颜色 个口味 个尺码 个版本 个规格 个型号 个套餐 个款式 种颜色 种口味 colours flavours flavors versions colours colors kinds types styles models",
  ],
  ["number", "order", 1, "单 笔 orders order"],
  ["number", "metro-line", 1, "号线"],
  ["number", "storey", 1, "层 楼 floors floor"],
  ["number", "age", 1, "岁 周岁 years_old year_old years_of_age"],
  ["number", "size", 1, "码"],
  ["number", "point", 1, "分 积分 points point"],
  ["number", "star", 1, "星 星级 stars star"],
  ["number", "grade", 1, "级"],
  ["number", "instalment", 1, "期 instalments installments payments"],
  ["number", "word", 1, "字 字符 个字 个字符 characters words"],
  ["number", "digit", 1, "位数 digits"],
  ["number", "user", 1, "users user accounts account 个账号 个用户"],
];

/** Counted things whose measure word says little: 2 件, 2 个, 2 items. */
export const looseCounts: ReadonlySet<string> = new Set(["", "piece"]);
/** Units that are measured, not counted: they must be said in the source too. */
export const measuredUnits: ReadonlySet<string> = new Set(
  "g lb oz m inch foot mile m2 l w v ah hz db degree gb rpm bar kwh m3 metro-line kcal times age".split(" "),
);
/** Han units that a lone Chinese numeral may not carry: 三星, 十分, 一度, 一码, 两对. */
const wordsOfHanNames: ReadonlySet<string> = new Set("星 度 码 级 角 对 类 样 平 字 听 回 单 面".split(" "));

const byWord = new Map<string, Unit>();
for (const [kind, unit, factor, words] of rows)
  for (const word of words.split(" ")) byWord.set(word.replaceAll("_", " "), { kind, unit, factor });

const escaped = [...byWord.keys()]
  .sort((a, b) => b.length - a.length)
  .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replaceAll(" ", "[ -]"));
const latin = escaped.filter((word) => /^[a-z]/u.test(word)).map((word) => `${word}(?![a-z])`);
/** 99 包邮 counts no packs. */
const notUnits: Record<string, string> = {
  包: "(?![邮修换退赔含裹])",
  次: "(?!日)",
  位: "(?!置|于)",
  分: "(?!期|之|钟|类|别|享)",
};
const other = escaped.filter((word) => !/^[a-z]/u.test(word)).map((word) => `${word}${notUnits[word] ?? ""}`);
/** Alternatives of all units; no capturing groups. */
export const unitPattern = `(?:${[...latin, ...other].join("|")})`;

/** The unit that a word means, or null. `isLoneHan`: the number was one Chinese numeral of one character. */
export function unitOf(word: string, isLoneHan = false): Unit | null {
  if (isLoneHan && wordsOfHanNames.has(word)) return null;
  return byWord.get(word.replace("-", " ")) ?? null;
}
