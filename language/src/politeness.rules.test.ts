// Wrapped in politeness, a question is still the same question: at the start, at the end, in the middle, in both languages.
// The wrappings stand apart from the patterns; at most one in two hundred may leave a trace.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "./normalise.ts";
import { stripPoliteness } from "./politeness.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";

const matters = {
  zh: `什么时候发货|运费多少|怎么退货|可以开发票吗|尺码怎么选|能不能改地址|订单三天没动静了|收到的东西是坏的|退款几天到账|大码还有吗|支持货到付款吗|周末能送吗
孩子八岁可以报名吗|空调不制冷|房间能加床吗|会员怎么取消|合同什么时候寄|我要换货|拍错颜色了|保修多久|这款防水吗|洗了会缩水吗|麻烦不麻烦|客服电话多少|忘记密码了
老板娘在哪家店|问题解决不了|急着用能加急吗|你们店在哪|有没有优惠券|朋友送的可以退吗|快递员态度很差|在没发货前能改地址吗|谢绝自带酒水吗|早上几点开门|给我退了吧`.split(
    /[|\n]/u,
  ),
  en: `when will it ship|how do i return this|is shipping free|can i get an invoice|what size should i get|change my address|my parcel is late|it arrived broken
do you take paypal|how long is the warranty|can i pay later|i ordered the wrong colour|cancel my subscription|where is your shop|is the room quiet|do you have xl
the remote doesn't work|refund my money|i forgot my password|my son is eight, can he join|are you open on sunday|who is your supplier|his order is late|so small, can i exchange`.split(
    /[|\n]/u,
  ),
};
const wrappings = {
  zh: `你好呀，|您好，打扰一下，|亲，在吗？|在不在呀 |有人在吗？我想问下|老板好，|老板，请问|客服小姐姐你好，|早上好，想咨询一下|晚上好呀～想请问|哈喽哈喽，|嗨，|hi，|hello，请问|不好意思打扰了，|不好意思啊，问一下，
冒昧问一下，|麻烦问一下，|劳驾，|请教一下，|想请教个问题：|我有个问题想咨询，|有个问题想问一下，|弱弱地问一句，|能请问一下吗，|我想了解一下，|能不能告诉我|可以告诉我|麻烦您告诉我一下，|嗯，|那个，|呃……
亲亲，你好，想问问|宝，|宝子们，|掌柜的，|店家你好，|请问一下哈，|你好请问一下，|您好！请问|店主在吗，想问下|第一次来，请问|小白求问，|话说，|在吗在吗，|大家好，|师傅，您好，|打听一下，`.split(
    /[|\n]/u,
  ),
  zhBehind:
    `，谢谢|，谢谢啦|，谢谢您|，非常感谢！|，多谢了|，万分感谢|，感恩|，麻烦了|，麻烦您了|，辛苦啦|，拜托了|，拜托拜托|，在线等|，急|，挺急的|，急急急|，等您回复|，请回复|，求解答|，谢谢亲|呀|呢|哈|哦～|，祝生意兴隆|，谢谢老板！|，劳烦了|，么么哒|，先谢过啦|，谢谢哈，辛苦了|，麻烦尽快回复|，期待回复|，添麻烦了|，thx|，3q|啊亲|呢老板|，谢谢🙏|，比心|😊`.split(
      "|",
    ),
  en: `Hi, |Hello, |Hey there, |Hi there! |Good morning, |Good evening. |Dear team, |Dear Sir or Madam, |Hello everyone, |Hey guys, |Excuse me, |Sorry to bother you, |Sorry to trouble you but |Sorry for the bother, |Quick question: |Just a quick question, |I have a question. |I have a quick question: |Just wondering, |I was wondering |I'd like to know |I would like to know |I want to ask |Can you tell me |Could you please tell me |Could you tell me |May I ask |May I know |Do you know |Please tell me |Please, |Pls |So, |Um, |Hi, I hope you're doing well. |Hope you are well, |Greetings, |Pardon me, |If you don't mind, |Can somebody tell me |Would you mind telling me |I'm just wondering |Hi team, could you let me know |Hello dear, |Hi sir, |Kindly |Hiya, `.split(
    "|",
  ),
  enBehind:
    `, thanks|, thank you|, thanks a lot!|, thank you so much|, many thanks|, thanks in advance|, please| please|, pls|, cheers|, thx|, ty|, much appreciated|, I'd really appreciate it|, any help appreciated|, thanks for your help|, kind regards|, best regards|, please advise|, please let me know|, let me know|, have a nice day|, if possible|, asap|, sorry for the trouble|, looking forward to your reply|, thanks guys|, thank you kindly|, sir|. Thanks!|, when you get a chance|, tia|, please and thank you| 🙏`.split(
      "|",
    ),
};

/** Shares of (matter, wrapping) pairs that normalise to the bare matter, with those that do not. */
function traces(cases: [string, string][]): string[] {
  return cases.flatMap(([wrapped, bare]) =>
    normalise(wrapped).text === normalise(bare).text ? [] : [`${wrapped} → ${normalise(wrapped).text}`],
  );
}

describe("a wrapped question is the same question", () => {
  test.each([
    [
      "in front, Chinese",
      matters.zh.flatMap((bare) => wrappings.zh.map((before): [string, string] => [before + bare, bare])),
    ],
    [
      "behind, Chinese",
      matters.zh.flatMap((bare) =>
        wrappings.zhBehind.map((behind): [string, string] => [bare + behind, bare]),
      ),
    ],
    [
      "in front, English",
      matters.en.flatMap((bare) => wrappings.en.map((before): [string, string] => [before + bare, bare])),
    ],
    [
      "behind, English",
      matters.en.flatMap((bare) =>
        wrappings.enBehind.map((behind): [string, string] => [bare + behind, bare]),
      ),
    ],
    [
      "both, Chinese",
      matters.zh.flatMap((bare, i) =>
        wrappings.zh.map((before, j): [string, string] => [
          `${before}${bare}${wrappings.zhBehind[(i + j) % wrappings.zhBehind.length]}`,
          bare,
        ]),
      ),
    ],
    [
      "both, English",
      matters.en.flatMap((bare, i) =>
        wrappings.en.map((before, j): [string, string] => [
          `${before}${bare}${wrappings.enBehind[(i + j) % wrappings.enBehind.length]}`,
          bare,
        ]),
      ),
    ],
  ])("%s", (_, cases) => {
    const left = traces(cases);
    expect(left.length / cases.length, left.slice(0, 12).join("\n")).toBeLessThanOrEqual(0.005);
  });

  test.each([
    ["我上周买的鞋，请问，什么时候到", "我上周买的鞋，什么时候到"],
    ["我上周买的鞋，亲，什么时候到，谢谢，急用", "我上周买的鞋，什么时候到"],
    ["鞋子小了，不好意思打扰了，能换吗", "鞋子小了，能换吗"],
    ["收到货了，谢谢，但是少了一件，麻烦帮我查一下", "收到货了，但是少了一件，帮我查一下"],
    ["订单还没发，麻烦您帮忙看看，辛苦了，什么时候能发", "订单还没发，帮忙看看，什么时候能发"],
    [
      "my shoes came today, thank you, but they are too small, can you please exchange them",
      "my shoes came today, but they are too small, can you exchange them",
    ],
    ["我想退那个刚买的鞋", "我想退刚买的鞋"],
    ["when will it you know ship", "when will it ship"],
    ["um when will uh it ship", "when will it ship"],
    ["嗯那个运费多少", "运费多少"],
    ["the order, please, i want it cancelled", "the order, i want it cancelled"],
    ["it arrived broken, sorry to bother you, what now", "it arrived broken, what now"],
  ])("in the middle: %s", (wrapped, bare) => {
    expect(normalise(wrapped).text).toBe(normalise(bare).text);
  });
});

test.each([
  "问题解决不了",
  "太麻烦了",
  "老板娘在吗这件衣服",
  "怎么联系客服",
  "你好看",
  "送给朋友",
  "在没发货前能改地址吗",
  "急着用",
  "新陈代谢慢",
  "问候语怎么设置",
  "谢绝自带酒水吗",
  "早餐几点",
  "嗯",
  "thank you card",
  "estimate",
  "data",
  "please mind the gap song",
  "who is your boss",
  "buttons are stuck",
  "不就是退货吗",
  "那个颜色有吗",
  "high heels",
  "so small",
])("what belongs to the matter stays: %s", (text) => {
  const words = text.match(/[a-z]+|\p{Script=Han}/giu) ?? [];
  const kept = normalise(text).text;
  const lost = words.filter((word) => !kept.includes(word.toLowerCase()));
  expect(lost.filter((word) => !/^(?:please|so|在|吗|老|板|娘)$/u.test(word))).toEqual([]);
});

test("what is only politeness keeps its longest piece", () => {
  expect(normalise("亲，你好呀，谢谢").text).not.toBe("");
  expect(normalise("hi, thank you very much").text).toBe("thank you very much");
  expect(normalise("在吗").text).toBe("在吗");
});

test("for any text: pieces come from the text, nothing is lost but politeness, nothing throws", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: rest, greetings, thanks } = stripPoliteness(text);
      for (const piece of [...greetings, ...thanks]) expect(text).toContain(piece);
      expect(rest.length).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  expect(timed(() => normalise(text))).toBeLessThan(400);
});
