// What customers write beside their question: numbers, amounts, places, sizes. Each table is a kind; the last tests are
// about every text.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText, hostileTexts, timed } from "../testing/hostile-texts.ts";
import type { Entity } from "./entity.ts";
import { findEntities } from "./find-entities.ts";

const now = new Date("2026-11-21T05:00:00Z"); // Saturday, 13:00 in Shanghai
const catalogue = [
  { id: "tee", name: "2026新款纯棉宽松短袖T恤女" },
  { id: "shoe", name: "复古厚底小白鞋" },
];
const faultCodes = ["E-04", "F03"];

function found(text: string): string[] {
  return findEntities(text, { now, catalogue, faultCodes }).map(({ kind, value }) => `${kind} ${value}`);
}

describe("numbers of orders and parcels", () => {
  test.each([
    ["订单XD20260817331什么时候到", "order XD20260817331"],
    ["我的订单号是 1234567890123456789", "order 1234567890123456789"],
    ["order #88231 hasn't arrived", "order 88231"],
    ["帮我查下250817-123456789012345", "order 250817-123456789012345"],
    ["快递单号SF1234567890123到哪了", "parcel SF1234567890123"],
    ["圆通YT1234567890123怎么不动", "parcel YT1234567890123"],
    ["运单号 7551 2345 6789 01", "parcel 75512345678901"],
    ["tracking number 1z999aa10123456784", "parcel 1Z999AA10123456784"],
    ["EA123456785CN", "parcel EA123456785CN"],
    ["单号是幺二三四五六七八九零", "order 1234567890"],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  test.each([
    ["SF1234567890123", ["SF"]],
    ["YT1234567890123", ["YTO"]],
    ["快递 75512345678901", ["ZTO"]],
    ["快递 773123456789012", ["STO"]],
    ["快递 431234567890123", ["Yunda"]],
    ["JDVA12345678901", ["JD"]],
    ["JT3012345678901", ["J&T"]],
    ["DPK210123456789", ["Deppon"]],
    ["1Z999AA10123456784", ["UPS"]],
    ["德邦 560123456", ["Deppon"]],
    ["快递单号 123456789", []],
  ])("%s may be of %j", (text, carriers) => {
    expect(findEntities(text, { now })).toMatchObject([{ kind: "parcel", carriers }]);
  });

  test("a number of postal shape with a wrong check digit is no parcel of the post", () => {
    expect(found("EA123456784CN")).not.toContain("parcel EA123456784CN");
    expect(findEntities("1Z999AA10123456785", { now }).map(({ kind }) => kind)).not.toContain("parcel");
  });
});

describe("telephones, mail, links", () => {
  test.each([
    ["打我电话13800000101", "phone +8613800000101"],
    ["+86 138-0000-0101", "phone +8613800000101"],
    ["手机幺三八零零一三八零零零", "phone +8613800138000"],
    ["１３８００００ ０１０１".replace(" ", ""), "phone +8613800000101"],
    ["021-62345678转801", "phone +862162345678;ext=801"],
    ["(010) 62345678", "phone +861062345678"],
    ["075562345678", "phone +8675562345678"],
    ["400-123-4567", "phone 4001234567"],
    ["拨打95338", "phone 95338"],
    ["call me at +1 (415) 555-2671", "phone +14155552671"],
    ["415-555-2671", "phone +14155552671"],
    ["写信到 A.B@mail.example 行吗", "email a.b@mail.example"],
    ["https://shop.example/p?id=1。", "url https://shop.example/p?id=1"],
    ["看www.shop.example吧", "url www.shop.example"],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });
});

describe("money", () => {
  test.each([
    ["99元", "99.00 CNY"],
    ["¥99.5", "99.50 CNY"],
    ["九十九块五", "99.50 CNY"],
    ["三十八块六毛", "38.60 CNY"],
    ["两百五十块", "250.00 CNY"],
    ["两百五块", "250.00 CNY"],
    ["三毛五", "0.35 CNY"],
    ["1.5万元", "15000.00 CNY"],
    ["100块钱", "100.00 CNY"],
    ["rmb 20", "20.00 CNY"],
    ["$1,200.50", "1200.50 USD"],
    ["20 bucks", "20.00 USD"],
    ["twenty dollars", "20.00 USD"],
    ["50 cents", "0.50 USD"],
    ["£5", "5.00 GBP"],
    ["HK$300", "300.00 HKD"],
    ["300港币", "300.00 HKD"],
    ["1000日元", "1000 JPY"],
    ["一千块一桌", "1000.00 CNY"],
    ["九十九块五包邮", "99.50 CNY"],
  ])("%s is %s", (text, value) => {
    expect(found(text)).toEqual([`money ${value}`]);
  });

  test.each(["可以一块寄吗", "毛巾", "第5块", "毛衣起毛", "帮砍一刀", "屏幕再装一块", "六角扳手"])(
    "%s is no money",
    (text) => {
      expect(found(text).filter((entity) => entity.startsWith("money"))).toEqual([]);
    },
  );
});

describe("sizes and bodies", () => {
  test.each([
    ["XXL有吗", ["size 2XL"]],
    ["要M的", ["size M"]],
    ["M", ["size M"]],
    ["165/88A", ["size 165/88A"]],
    ["四十二码", ["size 42"]],
    ["38.5码", ["size 38.5"]],
    ["大码有吗", ["size 大码"]],
    ["想换大一码", []],
    ["us 8.5", ["size US 8.5"]],
    ["do you have a medium size", ["size M"]],
    ["i want it in small, please", ["size S"]],
    ["a small village", []],
    ["50/50 ok?", []],
    ["L/C at sight", []],
    ["which sizes do you have", []],
    ["男孩内裤多大号", []],
    ["1.8米的床", ["quantity 1.8 m"]],
    ["圆桌直径一米三坐几个", []],
    ["大米五十斤", ["quantity 50 斤"]],
    ["我165cm 110斤", ["height 165 cm", "weight 55 kg"]],
    ["一米六五", ["height 165 cm"]],
    ["1米7", ["height 170 cm"]],
    ["1.68m", ["height 168 cm"]],
    ["1.68 110斤", ["height 168 cm", "weight 55 kg"]],
    ["身高175体重70", ["height 175 cm", "weight 70 kg"]],
    ["165 110 穿什么", ["height 165 cm", "weight 55 kg"]],
    ["5'7\" 130 lbs", ["height 170 cm", "weight 59 kg"]],
    ["i'm nice", []],
    ["i'm fine, let's go", []],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("quantities and lengths of time", () => {
  test.each([
    ["我要两件", ["quantity 2 件"]],
    ["3箱苹果", ["quantity 3 箱"]],
    ["5斤苹果", ["quantity 5 斤"]],
    ["半斤", ["quantity 0.5 斤"]],
    ["a dozen eggs", ["quantity 12 piece"]],
    ["two boxes", ["quantity 2 box"]],
    ["500 pcs", ["quantity 500 piece"]],
    ["500ml", ["quantity 500 ml"]],
    ["来三个", ["quantity 3 个"]],
    ["一个问题", []],
    ["这个多少钱", []],
    ["第三个", []],
    ["等了三天了", ["duration P3D"]],
    ["半小时", ["duration PT0.5H"]],
    ["两个半小时", ["duration PT2.5H"]],
    ["three weeks", ["duration P3W"]],
    ["买了6天", ["duration P6D"]],
    ["买了 6 天", ["duration P6D"]],
    ["买了 6 天了", ["duration P6D"]],
    ["到手 3 天了", ["duration P3D"]],
    ["收到三 天了", ["duration P3D"]],
    ["用了 3 个月", ["duration P3M"]],
    ["用过3天", ["duration P3D"]],
    ["过了 7 天", ["duration P7D"]],
    ["15天猫粮", []],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("about so many is told", () => {
    for (const [text, amount] of [
      ["想要五六个", 5],
      ["想要三五个", 3],
      ["十七八个", 17],
    ] as const)
      expect(findEntities(text, { now })).toMatchObject([{ kind: "quantity", amount, isApproximate: true }]);
  });

  test.each([
    ["七八天", "P7D"],
    ["三五天", "P3D"],
    ["两三个小时", "PT2H"],
    ["2-3天", "P2D"],
    ["3到5天能到吗", "P3D"],
    ["3~5 days", "P3D"],
    ["2 to 3 weeks", "P2W"],
    ["大概7天", "P7D"],
    ["7天左右", "P7D"],
    ["about a week", "P1W"],
    ["超过7天", "P7D"],
    ["超过7天前", "P7D"],
    ["不超过 7 天", "P7D"],
    ["不到7天", "P7D"],
    ["七天以上", "P7D"],
    ["7 天内", "P7D"],
    ["more than 7 days", "P7D"],
    ["more than 7 days ago", "P7D"],
    ["7 days or more", "P7D"],
    ["within 7 days", "P7D"],
  ])("%s is about or at most or at least %s", (text, value) => {
    expect(findEntities(text, { now })).toMatchObject([{ kind: "duration", value, isApproximate: true }]);
  });
});

describe("places", () => {
  test.each([
    [
      "发到广东省深圳市南山区科技园路12号3栋502室",
      ["region 广东省/深圳市", "street 南山区科技园路12号3栋502室"],
    ],
    ["新疆能发吗", ["region 新疆维吾尔自治区"]],
    ["內蒙包郵嗎，寄到內蒙古", ["region 内蒙古自治区"]],
    ["浙江 义乌", ["region 浙江省"]],
    ["浙江，杭州", ["region 浙江省/杭州市"]],
    ["寄到Shanghai要多久", ["region 上海市"]],
    ["ship to canada", ["region CA"]],
    ["能寄澳洲吗", ["region AU"]],
    ["寄到中山", ["region 广东省/中山市"]],
    ["中山装", []],
    ["南京西路怎么走", []],
    ["兰州拉面", []],
    ["三明治好吃吗", []],
    ["复合肥", []],
    ["国内版有什么区别", ["region CN"]],
    ["有路线从西安走吗", ["region 陕西省/西安市"]],
    ["地址是朝阳区建国路88号", ["street 朝阳区建国路88号"]],
    ["邮编518000", ["postcode 518000"]],
    ["120 Main Street, Apt 5", ["street 120 main street, apt 5"]],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("fault codes", () => {
  test.each([
    "E-04是什么意思",
    "报 e4",
    "显示伊四",
    "e零四",
    "屏幕上显示E04",
    "it shows e 4",
    "空调报易零四",
    "e-four",
  ])("%s is E-04", (text) => {
    expect(found(text)).toEqual(["fault-code E-04"]);
  });

  test("flashing and the sound of a letter", () => {
    expect(found("F03闪")).toEqual(["fault-code F03"]);
    expect(found("显示艾弗零三")).toEqual(["fault-code F03"]);
  });

  test("a code that is not on the list is told as unknown, and only behind a cue", () => {
    expect(findEntities("显示E9", { now, faultCodes })).toMatchObject([
      { kind: "fault-code", value: "E9", isKnown: false },
    ]);
    expect(found("我住E9栋")).not.toContain("fault-code E9");
    expect(findEntities("显示E9", { now })).toEqual([]);
  });

  test.each(["第四", "一四七", "容易四处跑"])("%s is none", (text) => {
    expect(found(text).filter((entity) => entity.startsWith("fault"))).toEqual([]);
  });
});

test("several in one message, in reading order", () => {
  const text = "下周三把两件XL的小白鞋发到杭州，电话13800000101，订单XD20260817331，付了99块";
  expect(found(text)).toEqual([
    "date-time 2026-11-25",
    "quantity 2 件",
    "size XL",
    "product shoe",
    "region 浙江省/杭州市",
    "phone +8613800000101",
    "order XD20260817331",
    "money 99.00 CNY",
  ]);
});

test("positions are those of the text as typed, also behind invisible and full-width characters", () => {
  const text = "给\u200b我 １３８\u200b００００ ０１０１";
  const [phone] = findEntities(text, { now });
  expect(phone).toMatchObject({ kind: "phone", value: "+8613800000101" });
  expect(phone?.text).toBe(text.slice(phone?.start, phone?.end));
});

function expectSound(text: string, entities: Entity[]): void {
  let last = 0;
  for (const { start, end, text: typed, value, confidence } of entities) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(text.slice(start, end)).toBe(typed);
    expect(value).not.toBe("");
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
    last = end;
  }
}

test("for any text: no throw, spans in the text, in order, without overlaps, in bounded time", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const took = timed(() => expectSound(text, findEntities(text, { now, catalogue, faultCodes })));
      expect(took).toBeLessThan(500);
    }),
    { numRuns: 600 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  const took = timed(() => expectSound(text, findEntities(text, { now, catalogue, faultCodes })));
  expect(took).toBeLessThan(1_500);
});

test("what was normalised is found again as itself", () => {
  const phone = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String);
  fc.assert(
    fc.property(phone, fc.integer({ min: 1, max: 9_999_999 }), (mobile, cents) => {
      const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
      expect(found(`电话${mobile}，一共¥${amount}`)).toEqual([`phone +86${mobile}`, `money ${amount} CNY`]);
      expect(found(`$${amount}`)).toEqual([`money ${amount} USD`]);
    }),
  );
});
