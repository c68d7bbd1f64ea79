// Texts that strangers send to break things: huge, empty, invisible, half characters, code, endless repetition. For tests
// only; every exported function of this package that takes text meets all of them.

import fc from "fast-check";

/** Named texts; each function must take each of them without throwing. */
export const hostileTexts: [string, string][] = [
  ["empty", ""],
  ["spaces", " \t\n\u3000\u00a0"],
  ["100 kB of one character", "啊".repeat(50_000)],
  ["100 kB of one letter", "a".repeat(100_000)],
  ["100 kB of digits", "1".repeat(100_000)],
  ["100 kB of Chinese digits", "一二三四五".repeat(10_000)],
  ["100 kB of words", "please refund my order ".repeat(4_500)],
  ["100 kB of questions", "什么时候发货？".repeat(7_000)],
  ["only emoji", "😀👍🏽👨‍👩‍👧🇨🇳❤️".repeat(200)],
  ["only marks", "！？。，、…~@#￥%……&*（）".repeat(200)],
  ["zero width", "发\u200b货\u200d什\ufeff么\u2060时候"],
  ["bidirectional", "\u202eabc\u202c \u2066你好\u2069 \u200fمرحبا"],
  ["lone surrogates", "\ud83d发货\udc00 \ud800\ud800"],
  ["NUL and controls", "发\u0000货\u0007\u001b[31m吗\u0085"],
  ["HTML", "<script>alert(1)</script><p style='x'>退货&nbsp;&#20320;</p>"],
  ["code", "function f(a){return a?.b ?? [1,2,3].map((x) => x ** 2)} // 退款"],
  ["SQL", "'; DROP TABLE orders; -- ' OR 1=1"],
  ["template", "#{7*7} <%= 7 %> {{constructor.constructor('return 1')()}} %s %n"],
  ["combining marks", `e${"\u0301".repeat(5_000)}`],
  ["nested brackets", "(".repeat(20_000) + ")".repeat(20_000)],
  ["dots and dashes", "1.1.1.".repeat(8_000) + "-".repeat(20_000)],
  ["at signs", "a@".repeat(20_000)],
  ["dotted words", "a.".repeat(20_000)],
  ["prototype", "__proto__ constructor toString hasOwnProperty"],
  ["greetings without end", "你好亲在吗请问".repeat(5_000)],
  ["thanks without end", "thanks so much ".repeat(5_000)],
  ["dates without end", "明天下午三点到".repeat(5_000)],
  ["spaces between", "退 货 ".repeat(10_000)],
  ["all languages", "いつ届きますか 배송 언제 와요 когда придёт заказ متى يصل الطلب เมื่อไหร่จะส่ง mañana"],
];

const fragments = [
  ..."一二三十百千万点号月日周天前后半个件块元斤码米到至上下这那不要退换货吗呢吧了的啊哈嘿人工转谢你好亲请问在",
  ..."0123456789aezEXLsm@.-/:#¥$'\" ,，。！？~()（）\n\t",
  ..."😀\u200b\u202e\ud83d\u0000",
  ...[
    "order",
    "thanks",
    "please",
    "next friday",
    "3pm",
    "http://",
    "www.",
    "快递单号",
    "订单",
    "SF",
    "orz",
    "T_T",
    "(╯°□°)",
    "什么时候",
    "hello ",
  ],
];

/** Texts put together from what the patterns of this package look for; worst for them. */
export const patchwork = fc
  .array(fc.constantFrom(...fragments), { maxLength: 250 })
  .map((parts) => parts.join(""));

/** Any text: graphemes, any units (half characters too), patchwork. */
export const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 200,
  }),
  patchwork,
);

/** Milliseconds that a call took. */
export function timed(call: () => void): number {
  const began = performance.now();
  call();
  return performance.now() - began;
}
