// What a message wants besides an answer: a person, small talk, and how it feels. Wishes for a person are tested on far
// more wordings than the rules were written with a pattern for, and on messages that only look like a wish.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMood } from "./mood.ts";
import { normalise } from "./normalise.ts";
import { classifySmallTalk } from "./small-talk.ts";
import { wantsPerson } from "./wants-person.ts";

const wishes =
  `转人工|人工|人工客服|人呢|有活人吗|有没有真人|找你们老板|别跟我机器人扯|我不想跟机器人说话|让你们经理来|叫你们负责人出来|给我找个能做主的
换个人来|能不能来个真人|客服呢|怎么没人理我|给我接人工|转一下人工客服谢谢|我要人工服务！|跟你说不清楚，叫客服来|轉人工|我想搵真人|怎么转人工|转不了人工吗|找客服|你好，人工|人工，谢谢|不要跟我扯，转人工|老板呢，我要找老板
能给我安排个专员吗|让人给我回个电话|zhuanrengong|装人工|人都去哪了|我要和真人聊|不要机器人|别再自动回复了|有会说话的人吗|我要投诉，叫你们领导过来|请个懂的人来
来个人行不行|真人回一下|不跟AI聊|我要找你们店员|有没有能拍板的|跟你说不通 换个能沟通的|我是说人工 不是要看常见问题|在线客服在哪里|派个人教我|我想跟人说话
hand me over to your colleague|your supervisor please|how do i get past this robot|someone who knows about refunds please|escalate this to a person|pls switch to hooman|could a member of the team take over
let me talk to someone|I want to speak to a human|can i talk to a real person please|agent|human please|get me your manager|transfer me to an agent|is there anyone real there
I don't want to talk to a bot|stop sending me bot replies|connect me with customer service|put me through to a representative|call me back|is anybody there|live chat|I need a representative`.split(
    /[|\n]/,
  );
const noWishes =
  `不要人工|不要人工，包邮吗|不用转人工，运费多少|人工费多少，包邮吗|不用转人工|别给我转人工|先不转人工|人工费多少|你是人工吗|你是真人还是机器人|人工客服几点上班|客服电话多少|客服微信是什么|纯手工的吗|什么时候发货|老板便宜点|在吗
快递没人送|给我女朋友买的|找不到订单|我要换货|换个颜色|上次客服说可以退|人工智能是什么|送人的礼盒|没人签收怎么办|联系快递|请问转账可以吗|找人代付可以吗|不需要人工客服了谢谢|换人收货行吗
叫人来装|喊个人来洗空调要好多钱|阿姨换人|电话没人接 我要约人修灯|换老板了吗|下午有人能来吗|物业不管 电梯坏了没人管|来之前先给我打个电话|跟店长说了两次了|教练老骂人 我要换老师|领导要给同事庆生
can you send someone to look at it|call me before delivery please|the driver can't call me|call me an uber|get somebody over before noon|something classy to give my boss|does your machine talk
有人代收|叫快递员上门来|我想让家人去店里取|are you a human|is this a bot|i don't want to talk to a person|no need for an agent|your agent said i would get a refund|do you have a shipping agent
when will someone deliver my parcel|someone else signed for my package|let my wife pick it up|can someone pick up the return from my home|who handles complaints`.split(
    /[|\n]/,
  );

test.each(wishes)("a wish for a person: %s", (text) => {
  expect(wantsPerson(text)).toMatchObject({ wants: true });
});

test.each(noWishes)("no wish for a person: %s", (text) => {
  expect(wantsPerson(text)).toMatchObject({ wants: false });
});

describe("small talk", () => {
  test.each([
    ["你好", "greeting"],
    ["在吗亲", "greeting"],
    ["hello there", "greeting"],
    ["好的谢谢", "thanks"],
    ["thank you so much", "thanks"],
    ["没事了", "closing"],
    ["没有了谢谢", "closing"],
    ["that's all", "closing"],
    ["你是机器人吗", "who-are-you"],
    ["Who are you?", "who-are-you"],
    ["你是deepseek还是豆包", "who-are-you"],
    ["我在跟谁说话", "who-are-you"],
    ["证明一下你是人类", "who-are-you"],
    ["是人工回复吗", "who-are-you"],
    ["哈哈哈哈", "laugh"],
    ["😂😂", "laugh"],
    ["嗯嗯", "acknowledge"],
    ["你真聪明", "praise"],
    ["傻逼", "abuse"],
    ["好滴，谢谢亲", "thanks"],
    ["行 多谢", "thanks"],
    ["麻烦你们啦，辛苦辛苦", "thanks"],
    ["出来了出来了 没事了 谢谢", "closing"],
    ["您好 想咨询个事", "greeting"],
    ["你是真人在回我吗", "who-are-you"],
    ["Lovely, cheers", "thanks"],
    ["ok thx see u then", "thanks"],
    ["cool, see you saturday", "closing"],
    ["found it, you're a star!", "closing"],
    ["hiya love", "greeting"],
    ["g'day mate", "greeting"],
    ["ah, it did the trick, ta", "thanks"],
    ["help please", "greeting"],
    ["帮帮我", "greeting"],
    ["morning", "greeting"],
    ["亲", "greeting"],
    ["你好吗", "greeting"],
    ["想问下", "greeting"],
    ["我有问题", "greeting"],
    ["hi, I have a problem", "greeting"],
    ["hey there, how are you?", "greeting"],
    ["can i ask a question", "greeting"],
    ["不好意思打扰一下", "greeting"],
    ["测试", "greeting"],
    ["稍等", "acknowledge"],
    ["等会儿再说吧", "acknowledge"],
    ["嗯 我再考虑一下", "acknowledge"],
    ["先随便看看", "acknowledge"],
    ["just looking, thanks", "thanks"],
    ["hold on", "acknowledge"],
    ["i'll think about it", "acknowledge"],
    ["no", "acknowledge"],
    ["sorry, wrong chat", "acknowledge"],
    ["新年快乐呀", "closing"],
    ["666", "praise"],
  ])("%s is %s", (text, kind) => {
    expect(classifySmallTalk(normalise(text))).toMatchObject({ kind, isWhole: true });
  });

  test.each([
    "什么时候发货",
    "你好 什么时候发货",
    "谢谢 那运费呢",
    "好的那我拍M",
    "可以退吗",
    "有吗",
    "质量好吗",
    "can you help me return this",
    "我妈的卡忘带了",
    "usb not recognised",
    "摇滚",
    "做脚带去死皮",
    "put the wrong month in like an idiot",
    "收到了但是坏的",
    "ok but when",
    "修好了吗",
    "never mind, cancel my order",
    "can I see you tomorrow at 3",
    "works fine but noisy",
    "lovely dress, is it in stock",
    "that did it for me, i want a refund",
    "发错了",
    "先不要了",
    "no good",
    "没有货了吗",
    "有问题的能退吗",
    "等一下会发货吗",
    "sorry it arrived broken",
    "wait, where is my order",
    "随便看看有什么新款",
    "morning delivery possible?",
    "忙吗 能改地址不",
    "help me return this",
    "test strips in stock?",
    "吃了会过敏吗",
    "in here",
  ])("%s has a matter", (text) => {
    expect(classifySmallTalk(normalise(text))).toBeNull();
  });

  test("an insult beside a matter does not hide the matter", () => {
    expect(classifySmallTalk(normalise("你们这破店什么时候给老子发货，傻逼"))).toMatchObject({
      kind: "abuse",
      isWhole: false,
    });
  });
});

describe("mood", () => {
  test.each([
    ["都五天了还不发货 你们什么意思！！", { sentiment: "negative" }],
    ["再不处理我打12315了", { sentiment: "negative", urgency: "churn-threat" }],
    ["快递 SF1231512345123 到哪了", { urgency: "normal" }],
    ["谢谢，很满意", { sentiment: "positive", urgency: "normal" }],
    ["多久发货", { sentiment: "neutral", urgency: "normal" }],
    ["水管爆了快来人", { urgency: "urgent-repair" }],
    ["我要投诉", { urgency: "complaint" }],
    ["i'll sue you", { urgency: "churn-threat" }],
    ["质量不错", { sentiment: "positive" }],
    ["you are always late and rude", { sentiment: "negative" }],
    ["when does it arrive", { sentiment: "neutral" }],
    ["充电器冒烟着火了", { alarm: "danger" }],
    ["我不想活了", { alarm: "despair" }],
    ["my kid swallowed some of the tablets", { alarm: "danger" }],
    ["孩子把纽扣电池吞下去了", { alarm: "danger" }],
    ["the laptop won't wake up from sleep", { alarm: null }],
    ["the vending machine swallowed my coin", { alarm: null }],
  ])("%s", (text, mood) => {
    expect(readMood(normalise(text))).toMatchObject(mood);
  });
});

test("no text takes long, however it is built", () => {
  const pieces = [
    "一个",
    "转",
    "谢谢",
    "啊",
    "哈",
    "嘿",
    "你好",
    "人",
    "工",
    "不要",
    "别",
    "a",
    "hi ",
    "thank",
    "@",
    ".",
    " ",
    "，",
    "8",
    "-",
  ];
  const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 400 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(hostile, (text) => {
      const began = performance.now();
      const message = normalise(text);
      wantsPerson(message);
      classifySmallTalk(message);
      readMood(message);
      expect(performance.now() - began).toBeLessThan(400);
    }),
    { numRuns: 300 },
  );
});
