// Believable customer-service talk from small parts, drawn with a fixed seed, so that a run can be repeated.

/** A small generator of its own (mulberry32): the same seed gives the same talk. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const openings = [
  "请问",
  "你好",
  "在吗",
  "亲",
  "老板",
  "那个",
  "我想问下",
  "麻烦问一下",
  "急",
  "对了",
  "还有",
  "哎",
];
const things = [
  "羽绒服",
  "风衣",
  "连衣裙",
  "牛仔裤",
  "卫衣",
  "衬衫",
  "毛衣",
  "短裙",
  "外套",
  "围巾",
  "帽子",
  "运动鞋",
  "袜子",
  "旗袍",
  "西装",
  "睡衣",
  "打底裤",
  "马甲",
  "皮带",
  "手套",
  "快递",
  "订单",
  "包裹",
  "发票",
  "退款",
  "运费",
  "优惠券",
  "会员",
  "积分",
  "尺码",
  "颜色",
  "面料",
  "拉链",
  "扣子",
  "吊牌",
  "礼盒",
];
const asks = [
  "什么时候发货",
  "怎么还没到",
  "能不能便宜点",
  "可以退吗",
  "换大一码行不行",
  "有没有货",
  "掉色吗",
  "起球吗",
  "能寄到新疆吗",
  "多久到账",
  "怎么申请",
  "在哪里看",
  "少发了一件",
  "发错颜色了",
  "收到有破洞",
  "地址写错了",
  "帮我取消",
  "能开专票吗",
  "几天能到上海",
  "显示签收没收到",
  "适合一百三十斤穿吗",
  "会不会显胖",
  "洗了缩水",
  "有味道正常吗",
];
const closings = ["谢谢", "麻烦快点", "在线等", "好的", "明白了", "辛苦啦", "不着急", "我再看看", "行吧", ""];
const answers = [
  "您好，付款后四十八小时内发出，下午四点前的订单尽量当天寄。",
  "签收后七天内可以退，吊牌保持完好。",
  "运费险会在退货完成后自动理赔。",
  "尺码偏大，建议比平时小一码。",
  "已经帮您催促仓库，今天发出。",
  "退款原路返回，一般一到三个工作日到账。",
  "可以开电子发票，请提供抬头和税号。",
  "新疆西藏需要补十元运费。",
  "这款是百分之九十五棉，不容易起球。",
  "请拍一下破损处的照片发给我们。",
];

export interface Talk {
  said: string;
  answered: string;
}

export function talkAt(random: () => number): Talk {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() ** 1.7 * of.length)] as T;
  const hasNumber = random() < 0.2;
  const number = hasNumber ? `，订单号${orderNumber(random)}` : "";
  return {
    said: `${pick(openings)}${pick(things)}${pick(asks)}${number}${pick(closings)}`,
    answered: pick(answers),
  };
}

export function orderNumber(random: () => number): string {
  return `XD2026${String(Math.floor(random() * 1e8)).padStart(8, "0")}`;
}

export type QueryKind = "one" | "two" | "four" | "number" | "none";

/** 25% one character, 35% two, 25% four or more, 10% numbers, 5% that hit nothing. */
export function queryAt(random: () => number): { kind: QueryKind; q: string } {
  const talk = talkAt(random);
  const words = [...talk.said.replaceAll(/[^\p{Script=Han}]/gu, "")];
  const from = Math.floor(random() * Math.max(1, words.length - 5));
  const draw = random();
  if (draw < 0.25) return { kind: "one", q: words[from] ?? "货" };
  if (draw < 0.6) return { kind: "two", q: words.slice(from, from + 2).join("") };
  if (draw < 0.85)
    return { kind: "four", q: words.slice(from, from + 4 + Math.floor(random() * 3)).join("") };
  if (draw < 0.95) return { kind: "number", q: orderNumber(random).slice(-6) };
  return { kind: "none", q: `${"鼍龘饕餮"[Math.floor(random() * 4)] ?? "鼍"}${words[from] ?? ""}貔貅` };
}
