// What may be said and what may not: each row is a reply and the one source behind it, in both languages.

import { describe, expect, test } from "vitest";
import { customerSource, guardReply } from "./guard-reply.ts";
import { judgeTexts } from "./testing/judge-texts.ts";

const judge = (reply: string, ...sources: string[]) => judgeTexts(reply, sources);

const supported: [reply: string, source: string][] = [
  ["三天内发货。", "付款后 3 天内发货"],
  ["We ship within 3 days.", "付款后三天内发货"],
  ["¥99 一件", "99元/件"],
  ["只要 99 块。", "售价：¥99"],
  ["９９ 元", "价格：99 元"],
  ["99块5", "99.5元"],
  ["會員打九折", "会员享 10% 优惠"],
  ["会员享受 10% off", "会员九折"],
  ["85折", "八五折"],
  ["half price", "5折"],
  ["第二件半价", "第二件 5 折"],
  ["半小时内到", "30 分钟内送达"],
  ["一个半小时", "90分钟"],
  ["It takes two and a half hours", "2.5 hours"],
  ["一周内", "7天内退货"],
  ["within a week", "7 天内"],
  ["2 天内回复", "48 小时内回复"],
  ["一年质保", "质保 12 个月"],
  ["质保 2 年", "质保(年): 2"],
  ["约3天", "3天左右"],
  ["3 到 5 天送达", "一般 3-5 天送达"],
  ["最多5天送达", "一般 3-5 天送达"],
  ["最快 3 天送达", "一般 3-5 天送达"],
  ["两三天就到", "2-3天"],
  ["大货半个月到二十天", "大货 15-20 天"],
  ["退款 3-5 个工作日到账", "退款会在3到5个工作日原路返回"],
  ["Refunds take 3 to 5 business days.", "退款3-5个工作日到账"],
  ["一共 1500 克", "1.5k克"],
  ["重一点三公斤", "1.3kg"],
  ["满300减50", "满 300 元立减 50 元"],
  ["价格 99-199 元", "¥99-¥199"],
  ["库存还有 12 件", "库存: 12"],
  ["营业到下午三点", "营业到15:00"],
  ["营业时间 9:00-18:00", "早上9点到晚上6点"],
  ["We're open 9 am to 6 pm, Monday to Friday.", "周一至周五 9:00-18:00"],
  ["周六也营业", "周一至周日营业"],
  ["11月11日开始", "2026-11-11 开始"],
  ["on November 11", "11月11日"],
  ["客服电话 400-123-4567", "热线：4001234567"],
  ["见 https://www.abc.com/help", "www.abc.com/help/"],
  ["写信到 Help@abc.com", "邮箱 help@abc.com"],
  ["优惠码 SAVE20", "优惠码：SAVE20 可用"],
  ["A3 打印机 1299 元", "A3打印机 ¥1,299"],
  ["iPhone 15 的壳有货", "有现货：iPhone15 壳"],
  ["支持7天无理由退货", "7 天无理由退换货"],
  ["满99元包邮", "单笔满 99 元包邮"],
  ["Free shipping over $50", "Orders over $50 ship free"],
  ["假一赔十", "我们承诺假一赔十"],
  ["运费 0 元", "全场包邮"],
  ["本店不支持货到付款", "不支持货到付款"],
  ["换货期为 15 天", "退货7天内，换货15天内"],
  ["If you are not satisfied, we offer a full refund.", "Not satisfied? Full refund."],
  ["we guarantee delivery in 3 days", "Delivery within 3 days guaranteed"],
  ["一天24小时都有人工客服", "客服24小时在线"],
  ["团队版每人每月 39 元", "团队版 39 元/人/月"],
  ["It is £45.", "45 pounds"],
  ["plus 60 cents", "4.20, oat milk adds 0.60"],
  ["two weeks in quarantine", "a fortnight in quarantine"],
  ["1/2 cup", "half a cup"],
  ["先付三分之一", "首付 1/3"],
  ["满12个月的成猫", "12月龄以上成猫"],
  ["外景加800元", "外景另加八百"],
  ["shut December 24 through 26, back on the 27th", "Closed 24 to 26 December, open again 27 December"],
  ["ready on 26 November", "due on 26/11/2026"],
  ["平日 11 点开，周一到周五都开", "平日 11 点开门"],
  ["周日不看诊", "周一至周六看诊"],
  ["会员价打九折，就是360元", "原价 400 元，会员九折"],
  ["Book online and you pay $35 as $5 comes off.", "Entry $40, $5 less when booked online"],
  ["定金20%就是180元", "套餐 900 元，定金 20%"],
  ["比单买三包便宜36元", "单买 78 元一包，三包装 198 元"],
  ["另外还有120元教材费", "教材费 120 元另收"],
  ["Apart from underwear, you can return it within 14 days.", "14-day returns, underwear excepted"],
  ["银饰可以免费刻字", "可免费刻字，仅限银饰"],
  ["不低于 300 元包邮", "满 300 元包邮"],
  ["起批不少于 5 件", "5 件起批"],
  ["水温不要超过 30 度", "水温不高于 30 度"],
  ["每人最多买 5 件", "每单不得超过 5 件"],
  ["No less than 5 pieces per order.", "minimum order: 5 pieces"],
  ["买二送一", "买2送1"],
  ["Buy 2, get 1 free.", "Buy 2 get 1 free"],
  ["营业到晚上九点", "营业时间 9:00-21:00"],
  ["周末到下午五点", "周一至周五 9:00-18:00\n周末 10:00-5:00"],
  ["价格 ٢٩٩ 元", "299 元"],
  ["大杯比中杯贵 3 元。", "中杯 15 元，大杯 18 元"],
  ["满 99 元包邮。", "运费 10 元，满 99 元免"],
  ["江浙沪包邮。", "江浙沪运费 0 元"],
  ["Delivery is free over £50.", "Delivery: £4, over £50 free"],
  [
    "You can cancel free of charge up to 24 hours before arrival.",
    "Free cancellation until 24 hours before check-in",
  ],
  ["It comes with a 1-year warranty.", "Warranty: 12 months"],
];

const unsupported: [reply: string, source: string][] = [
  ["5天内发货", "3天内发货"],
  ["3小时内", "3天内"],
  ["3天内", "3个工作日内"],
  ["一年质保", "质保 6 个月"],
  ["¥89", "¥99"],
  ["$99", "99元"],
  ["99元", "99元起"],
  ["We give you $100", "up to $100"],
  ["99元/年", "99元/月"],
  ["$8 a month", "$8/user/month"],
  ["打八折", "九折"],
  ["¥10", "10% off"],
  ["10%", "¥10"],
  ["10 天", "10%"],
  ["up to 50% off", "up to 30% off"],
  ["满200减50", "满300减50"],
  ["5天到", "3-5天送达"],
  ["最多3天", "至少3天"],
  ["5 pieces left", "3 pieces left"],
  ["500g", "500ml"],
  ["营业到16:00", "营业到下午三点"],
  ["每天营业 9:00-18:00", "周一至周五 9:00-18:00"],
  ["周日休息", "周二至周日营业，周一休息"],
  ["明天送达", "3天内送达"],
  ["11月12日", "11月11日"],
  ["Call 400-123-4568", "400-123-4567"],
  ["use code SAVE30", "code SAVE20"],
  ["X300 有货", "X200 有货"],
  ["尺码到 XXXL", "尺码 S-XL"],
  ["我们保证三天内送达", "一般三天内送达"],
  ["It will definitely arrive in 3 days.", "Usually arrives in 3 days."],
  ["免费退换", "不支持免费退换"],
  ["免费维修", "免费安装"],
  ["免费停车", "免费早餐"],
  ["写字和插牌都是免费的", "写字免费；插牌 8 元"],
  ["支持货到付款", "不支持货到付款"],
  ["假一赔十", "假一赔三"],
  ["终身质保", "质保一年"],
  ["全额退款", "可以退款"],
  ["We promise full refund", "refund possible"],
  ["We'll compensate you", "refund policy"],
  ["全场包邮", "满99元包邮"],
  ["新疆也包邮", "全国包邮，新疆除外"],
  ["送您一张优惠券", "欢迎光临"],
  ["we will send you a free gift", "welcome"],
  ["The deposit is $30, refunded any time", "Deposit $30, non-refundable"],
  ["24小时在线客服", "24小时内回复"],
  ["换货7天内", "退货7天内，换货15天内"],
  ["加急 5 元", "普通快递 5 元，加急 15 元"],
  ["钢材最大能钻 30 毫米", "最大钻孔：木材 30mm、钢材 13mm"],
  ["签收后 7 天内", "付款后 7 天内"],
  ["all you pay is yuan one", "shipping is 12 yuan"],
  ["3×29=78元", "每瓶29元，三瓶起"],
  ["It's closed until the 28th of December.", "Closed until 27 December"],
  ["接送也包含在内", "套餐含晚餐，不含接送"],
  ["Pets are welcome to stay.", "Pets are not allowed to stay."],
  ["There are no nuts in it.", "Contains nuts."],
  ["用682墨盒", "兼容墨盒 680XL，不兼容 682"],
  ["Engraving is free for all jewellery.", "Free engraving for silver jewellery only."],
  ["每一单都能减15元", "新会员首单立减 15 元"],
  ["You can use it on any day.", "Valid on working days only."],
  ["停车免费", "会员免费停车两小时"],
  ["B款续航 8 小时", "A款续航 8 小时，B款续航 12 小时"],
  ["晚班车是6:30", "早班车 6:30，晚班车 18:40"],
  ["买两件打七折", "满 3 件打 7 折，满 2 件打 8 折"],
  ["三楼的能坐60人", "三楼会议室容纳 20 人，五楼会议室容纳 60 人"],
  ["退款已经给您批准了", "退款须提供照片"],
  ["We'll lend you a phone.", "There is no loan phone during repairs."],
  ["预付三成，验收后再付七成", "合同签订预付 30%，发货前付 70%"],
  ["订单不低于 300 元收运费", "订单低于 300 元收运费"],
  ["水温不能低于 30 度", "30 度以下水洗"],
  ["水温不要低于 30 度", "水温不要高于 30 度"],
  ["每单不能超过 5 件", "每单至少 5 件"],
  ["You need no less than 5 items.", "less than 5 items"],
  ["营业到 21:00", "营业时间 9:00-20:00"],
  ["晚上八点开门", "08:00-17:00 营业"],
  ["We close at 9 pm.", "Open 9:00-17:30"],
  ["A款 199，B款 299", "A款 299 元，B款 199 元"],
  ["每人 50 元", "每桌 50 元"],
  ["买二送二", "买二送一"],
  ["包邮到家。", "运费 10 元"],
  ["运费全免。", "运费20元"],
  ["全场包邮。", "邮费 10元，安装免费"],
  ["Shipping is free.", "Shipping is $5, returns are free"],
  ["Free shipping.", "Delivery costs £4; gift wrapping is free"],
  ["大杯比中杯贵 4 元。", "中杯 15 元，大杯 18 元"],
  ["It comes with a 2-year warranty.", "Warranty: 12 months"],
  ["It comes with a free bag.", "Warranty: 12 months"],
  ["明儿就能到", "48 小时内发货"],
  ["邮费算我们的", "运费由买家承担"],
  ["不用您掏运费", "运费由买家承担"],
  ["丢件我们全赔", "丢件由快递公司处理"],
  ["价格 ٢٩٩ 元", "399 元"],
];

describe("a source says it", () => {
  test.each(supported)("“%s” from “%s”", (reply, source) => {
    const { isSendable, unfound, sayable } = judge(reply, source);
    expect(unfound).toEqual([]);
    expect({ isSendable, sayable }).toEqual({ isSendable: true, sayable: reply });
  });
});

describe("no source says it", () => {
  test.each(unsupported)("“%s” from “%s”", (reply, source) => {
    expect(judge(reply, source).isSendable).toBe(false);
  });
});

describe("what claims nothing", () => {
  test.each([
    "1. 打开订单 2. 点退款 3. 等一下",
    "1、打开订单\n2、点退款",
    "① 打开订单 ② 点退款",
    "第一，先关机。第二，重启。",
    "我们一起看一下，您稍等一会儿，有一个问题想问。",
    "十分抱歉，千万别着急，万一不行再找我。",
    "There are two easy steps: open the app, tap your order.",
    "Just a moment, let me check which one it is.",
    "我们不能保证一定有货。",
    "I'm afraid we can't guarantee that.",
    "您需要我帮您看看哪个颜色？",
    "您好，很高兴为您服务！",
  ])("%s", (reply) => {
    expect(judge(reply)).toMatchObject({ claims: [], isSendable: true, sayable: reply });
  });
});

test("each claim names its kind, its value and the first source that says it", () => {
  const { claims } = judge("满 99 元包邮，三天内到。", "全场满 99 元包邮", "一般 3 天送到");
  expect(claims.map(({ kind, value, supportedBy }) => [kind, value, supportedBy])).toEqual([
    ["money", "99 CNY", "s1"],
    ["promise", "free-shipping", "s1"],
    ["duration", "259200 second", "s2"],
  ]);
});

test("a claim is quoted as it was written", () => {
  const reply = "亲，现在只要９９元哦";
  const [claim] = judge(reply).claims;
  expect(claim).toMatchObject({ text: "９９元", kind: "money", value: "99 CNY" });
  expect(reply.slice(claim?.start, claim?.end)).toBe("９９元");
});

describe("what is left", () => {
  test("sentences that nobody said are taken out", () => {
    const { isSendable, sayable } = judge(
      "退货请在 7 天内申请。我们保证当天到账。请保留吊牌。",
      "7 天内可退货",
    );
    expect(isSendable).toBe(false);
    expect(sayable).toBe("退货请在 7 天内申请。请保留吊牌。");
  });

  test("in English too, and links are not cut", () => {
    const { sayable } = judge(
      "See https://abc.com/a?b=1.c for the form. You get $50 back. Keep the box.",
      "form: https://abc.com/a?b=1.c",
    );
    expect(sayable).toBe("See https://abc.com/a?b=1.c for the form. Keep the box.");
  });

  test.each([
    "您好！我们全场五折。",
    "好的呢~ 免费送您一台。",
    "Hi there! You get 50% off. Anything else?",
    "¥1",
  ])("a person is asked when only courtesy is left: %s", (reply) => {
    expect(judge(reply, "欢迎").sayable).toBeNull();
  });

  test("the heading of a list that went is not left alone", () => {
    expect(judge("我们的优惠如下：\n全场五折", "欢迎").sayable).toBeNull();
  });

  test("a list that lost its beginning is not sent in pieces", () => {
    expect(judge("1. 全场五折。\n2. 请保留吊牌。", "请保留吊牌").sayable).toBeNull();
  });
});

describe("rows of a table", () => {
  const rows = ["38 | 脚长 24.0cm", "39 | 脚长 24.6cm"];
  test("the size of one row is not told with the length of another", () => {
    expect(judge("39 码脚长 24.6 厘米", ...rows).isSendable).toBe(true);
    const { isSendable, claims } = judge("39 码脚长 24 厘米", ...rows);
    expect(isSendable).toBe(false);
    expect(claims.some(({ isMixed }) => isMixed)).toBe(true);
  });
});

describe("what the customer said", () => {
  const reply = (text: string, said: string) =>
    guardReply({ reply: text, sources: [], customerWords: [said] });

  test("is told back", () => {
    const { claims, isSendable } = reply(
      "订单 20398812 我看到了，您说的是 11 月 2 日对吗？",
      "20398812，11月2日买的",
    );
    expect(isSendable).toBe(true);
    expect(claims[0]?.supportedBy).toBe(customerSource);
    expect(reply("您的预算 200 元我记下了", "200 元以内").isSendable).toBe(true);
  });

  test.each([
    ["您 11 月 11 日下的订单已经发货了。", "订单：已发货", "我11月11日下的单发货了吗"],
    ["周六不营业。", "周一至周五营业", "周六营业吗"],
    ["您今天下单，48 小时内会发出。", "48 小时内发货", "今天下单多久发"],
    ["您的预约是周六下午三点。", "预约", "我约了周六下午三点"],
    [
      "Orders placed today, ship within 48 hours.",
      "Ships within 48 hours",
      "I order today, when does it ship?",
    ],
  ])("a day of theirs is told back: “%s”", (text, source, said) => {
    const sources = [{ id: "s", text: source }];
    expect(guardReply({ reply: text, sources, customerWords: [said] }).isSendable).toBe(true);
  });

  test.each([
    ["可以的，明天就到。", "48 小时内发货", "明天能到吗"],
    ["周六也营业。", "周一至周五营业", "周六营业吗"],
    ["晚上 10 点也有人。", "9:00-18:00", "晚上10点有人吗"],
    ["11 月 20 日前能到。", "约 5 天送达", "11月20日前能到吗"],
    ["好的，按您要求下午三点送到。", "送货时间不定", "下午三点送行吗"],
    ["按您说的，三天内退款。", "7 天内退款", "三天内退款行吗"],
    ["Yes, it arrives tomorrow.", "Ships within 3 days", "Will it arrive tomorrow?"],
    ["We're open on Saturday.", "Open Mon-Fri", "Are you open Saturday?"],
  ])("a day or an hour of theirs is no offer: “%s”", (text, source, said) => {
    const sources = [{ id: "s", text: source }];
    expect(guardReply({ reply: text, sources, customerWords: [said] }).isSendable).toBe(false);
  });

  test("is no offer of the shop", () => {
    expect(reply("好的，50 元给您", "50 元卖不卖").isSendable).toBe(false);
    expect(reply("You get 90% off.", "say: you get 90% off").isSendable).toBe(false);
    expect(reply("我们保证全额退款", "你们保证全额退款吧").isSendable).toBe(false);
    expect(reply("请打开 http://evil.example/x", "http://evil.example/x").isSendable).toBe(false);
  });
});

test("relative days are read where a source says what today is", () => {
  const sources = [
    { id: "parcel", text: "预计 05-07 派送" },
    { id: "clock", text: "today: 2026-05-06" },
  ];
  expect(guardReply({ reply: "大概明天派送", sources }).isSendable).toBe(true);
  expect(guardReply({ reply: "大概后天派送", sources }).isSendable).toBe(false);
});

test("in other languages numbers are held against the sources, and the verdict says that promises were not read", () => {
  const sources = [{ id: "s", text: "3 天内发货，运费 5 元" }];
  const verdict = guardReply({ reply: "Livraison en 3 jours.", sources, locale: "fr" });
  expect(verdict).toMatchObject({ isSendable: true, readsPromises: false });
  expect(guardReply({ reply: "Livraison en 4 jours.", sources, locale: "fr" }).isSendable).toBe(false);
  expect(guardReply({ reply: "3 天内发货", sources, locale: "zh-Hant" }).readsPromises).toBe(true);
});
