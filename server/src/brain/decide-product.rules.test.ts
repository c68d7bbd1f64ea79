// The policy where the shop has products: fault codes in any dress, one step at a time, which product is asked, what is not in
// the papers is said so, and what the shop's FAQs know stays theirs.

import { describe, expect, test } from "vitest";
import { becauseSentences } from "./explain.ts";
import { packKnowledge } from "./knowledge/pack-knowledge.ts";
import { type GivenProduct, ProductTalk, reasonOf, saidIn, shopOf } from "./testing/product-talk.ts";

const washer: GivenProduct = {
  name: "晶洁洗碗机",
  nameEn: "Jing dishwasher",
  models: ["X5", "X5 Pro"],
  warranty: "整机两年，电机五年。",
  manualUrl: "https://shop.example/x5.pdf",
  faults: [
    {
      code: "E04",
      meaning: "进水超时",
      meaningEn: "no water",
      steps: [{ text: "打开水龙头。", textEn: "Open the tap." }, { text: "清洗进水滤网。" }],
    },
    { code: "E1", meaning: "漏水", steps: [{ text: "关闭总水阀并断电。" }], ending: "person-at-once" },
    { code: "UE", meaning: "不平衡", steps: [], ending: "ticket" },
  ],
};
const oven: GivenProduct = {
  name: "烘焙家烤箱",
  models: ["K1"],
  warranty: "整机一年。",
  faults: [
    { code: "E4", meaning: "温度传感器断开", steps: [{ text: "断电十分钟再开机。" }], ending: "ticket" },
    { code: "F3", meaning: "风扇不转", steps: [{ text: "检查风扇。" }] },
  ],
};
const shop = shopOf([washer, oven], { abc2345678: { product: "p1", batch: "2026-10" } });
const single = shopOf([washer]);

describe("a fault code is recognised", () => {
  test.each([
    "报e四",
    "E-04",
    "显示ｅ４",
    "故障码是 E 04",
    "屏幕上闪E04怎么办",
    "显示伊四",
    "它一直报 e零四，急",
    "it shows e 4",
    "error e-04 on the display",
    "E04",
  ])("in “%s”", (line) => {
    const decision = new ProductTalk(single).say(line);
    expect(saidIn(decision)).toMatch(/E04|no water/);
    expect(reasonOf(decision)).toBe("fault-code");
  });

  test.each(["UE", "屏幕显示ue"])("of letters only in “%s”", (line) => {
    expect(saidIn(new ProductTalk(single).say(line))).toContain("不平衡");
  });

  test.each(["你好", "四号发货吗", "我买了4件", "多少钱一台", "TRUE"])("and not in “%s”", (line) => {
    expect(reasonOf(new ProductTalk(single).say(line))).not.toBe("fault-code");
  });
});

describe("steps", () => {
  test("word for word with the product as proof, one at a time, then a person who sees what was tried", () => {
    const talk = new ProductTalk(shop, { context: { p: "abc2345678" } });
    const first = talk.say("报e四");
    expect(first).toMatchObject({ outcome: "answer", isSendable: true });
    expect(saidIn(first)).toBe("晶洁洗碗机 E04：进水超时\n第 1 步（共 2 步）：打开水龙头。");
    expect(first.actions[0]).toMatchObject({
      citations: [{ kind: "product", product: "晶洁洗碗机", code: "E04", checkedOn: "2026-11-21" }],
    });
    const second = talk.say("没解决");
    expect(saidIn(second)).toBe("好的，再试下一步。\n第 2 步（共 2 步）：清洗进水滤网。");
    const third = talk.say("还是不行");
    expect(third.outcome).toBe("handoff");
    const [handoff] = third.actions;
    expect(handoff).toMatchObject({ kind: "handoff", reason: "not-solved" });
    const summary = handoff?.kind === "handoff" ? handoff.summary : "";
    expect(summary).toContain("产品：晶洁洗碗机，批次 2026-10");
    expect(summary).toContain("故障码：E04（进水超时）");
    expect(summary).toContain("已试过：打开水龙头。；清洗进水滤网。");
    expect(saidIn(talk.say("保修多久"))).toContain("整机两年，电机五年。");
  });

  test("that helped end the matter, and the product stays known", () => {
    const talk = new ProductTalk(shop);
    talk.say("我的洗碗机报E04");
    const solved = talk.say("好了，谢谢");
    expect(reasonOf(solved)).toBe("fault-solved");
    expect(saidIn(talk.say("说明书有吗"))).toContain("https://shop.example/x5.pdf");
  });

  test("in English where the shop wrote them, else as they are", () => {
    const talk = new ProductTalk(shop, { locale: "en" });
    expect(saidIn(talk.say("my X5 shows error E04"))).toBe(
      "Jing dishwasher E04: no water\nStep 1 of 2: Open the tap.",
    );
    expect(saidIn(talk.say("still not working"))).toContain("清洗进水滤网。");
  });

  test("pictures come before the words", () => {
    const picture = {
      mediaId: "01980000-0000-7000-8000-000000000000",
      name: "a.png",
      type: "image/png",
      sizeBytes: 9,
    };
    const faults = [{ code: "E9", meaning: "堵塞", steps: [{ text: "拆下滤网。", picture }] }];
    const decision = new ProductTalk(shopOf([{ name: "净水器", faults }])).say("E9");
    expect(decision.actions.map((action) => action.kind === "reply" && action.content.kind)).toEqual([
      "image",
      "text",
      false,
    ]);
  });

  test("a fault that needs a person at once goes there with the words of safety", () => {
    const decision = new ProductTalk(shop).say("X5 报 E1");
    expect(decision.outcome).toBe("handoff");
    expect(saidIn(decision)).toContain("关闭总水阀并断电。");
    expect(reasonOf(decision)).toBe("fault-at-once");
  });

  test("a fault that ends in a ticket asks for one with product, code and steps", () => {
    const talk = new ProductTalk(shop);
    talk.say("K1 报 E4");
    const ended = talk.say("没解决");
    const ticket = ended.actions.find(({ kind }) => kind === "request-ticket");
    expect(ticket?.kind === "request-ticket" && ticket.summary).toContain("产品：烘焙家烤箱");
    expect(ticket?.kind === "request-ticket" && ticket.summary).toContain("已试过：断电十分钟再开机。");
  });

  test("while nobody is there a message can be left", () => {
    const talk = new ProductTalk(shop, { handoffAvailability: "closed" });
    talk.say("K1 报 F3");
    expect(talk.say("没用").outcome).toBe("leave-message");
  });
});

describe("the product", () => {
  test("that is not known is asked for where several have the code; the pick is told", () => {
    const talk = new ProductTalk(shop);
    const asked = talk.say("报E4了");
    expect(asked.outcome).toBe("ask-back");
    expect(reasonOf(asked)).toBe("which-product");
    expect(saidIn(asked)).toContain("1. 烘焙家烤箱\n2. 晶洁洗碗机");
    expect(saidIn(talk.say("2"))).toContain("进水超时");
  });

  test("may be named after it was asked for: model, name or short name", () => {
    for (const name of ["K1", "烤箱", "是烘焙家的烤箱"]) {
      const talk = new ProductTalk(shop);
      talk.say("报E4了");
      expect(saidIn(talk.say(name))).toContain("温度传感器断开");
    }
  });

  test("comes from the label, from words before the label, from earlier lines", () => {
    const scanned = { context: { p: "abc2345678" } };
    expect(saidIn(new ProductTalk(shop, scanned).say("报E4了"))).toContain("进水超时");
    expect(saidIn(new ProductTalk(shop, { context: { product: "x5" } }).say("报E4了"))).toContain("进水超时");
    expect(saidIn(new ProductTalk(shop, { context: { product: "x9" } }).say("报E4了"))).toContain("哪一款");
    expect(saidIn(new ProductTalk(shop, scanned).say("我的烤箱报E4了"))).toContain("温度传感器断开");
    const talk = new ProductTalk(shop);
    talk.say("我买的是晶洁洗碗机");
    talk.say("你好");
    expect(saidIn(talk.say("现在报E4"))).toContain("进水超时");
  });

  test("of a code that only one has needs no question", () => {
    expect(saidIn(new ProductTalk(shop).say("显示F3"))).toContain("烘焙家烤箱 F3：风扇不转");
  });

  test("that the contact names lacks the code: nothing is made up", () => {
    const talk = new ProductTalk(shop);
    const decision = talk.say("我的X5报F3");
    expect(reasonOf(decision)).toBe("unknown-fault");
    expect(saidIn(decision)).toContain("晶洁洗碗机的资料里没有查到故障码 F3");
    expect(saidIn(talk.say("哦，是K1"))).toContain("风扇不转");
  });

  test("with an unknown code: said honestly, then a person with the code", () => {
    const talk = new ProductTalk(shop);
    expect(saidIn(talk.say("屏幕显示E77"))).toContain("没有查到故障码 E77");
    const handed = talk.say("显示E77啊");
    expect(handed.outcome).toBe("handoff");
    expect(handed.actions[0]?.kind === "handoff" && handed.actions[0].summary).toContain("故障码：E77");
  });

  test("whose model nobody knows goes to a person", () => {
    const talk = new ProductTalk(shop);
    talk.say("报E4了");
    const handed = talk.say("ZK-900");
    expect(reasonOf(handed)).toBe("unknown-product");
    expect(handed.actions[0]?.kind === "handoff" && handed.actions[0].summary).toContain("ZK-900");
  });
});

describe("what else is asked of a product", () => {
  test("warranty of the one that is named; which one where none is", () => {
    expect(saidIn(new ProductTalk(shop).say("洗碗机保修多久"))).toBe(
      "晶洁洗碗机的保修：整机两年，电机五年。",
    );
    const talk = new ProductTalk(shop);
    expect(reasonOf(talk.say("保修多久"))).toBe("which-product");
    expect(saidIn(talk.say("烤箱"))).toContain("整机一年。");
  });

  test("a fault without its code: the code is asked for, with those there are", () => {
    const talk = new ProductTalk(shop);
    const asked = talk.say("我的烤箱报错了");
    expect(reasonOf(asked)).toBe("asked-fault-code");
    expect(saidIn(talk.say("F3 风扇不转"))).toContain("检查风扇。");
  });

  test("nothing but its name: what is known of it is offered", () => {
    const asked = new ProductTalk(shop).say("我的洗碗机");
    expect(reasonOf(asked)).toBe("product-named");
    expect(saidIn(asked)).toContain("保修多久");
  });
});

test("FAQs of exactly these words go first, and a shop without products is as before", () => {
  const apparel = packKnowledge("apparel");
  const shopWithFaqs = shopOf([washer], {}, apparel ?? undefined);
  const before = new ProductTalk(packKnowledge("apparel") ?? single);
  const talk = new ProductTalk(shopWithFaqs);
  for (const line of ["什么时候发货", "你好", "能退货吗", "转人工"])
    expect(talk.say(line).faq).toBe(before.say(line).faq);
});

test("every reason has its sentence", () => {
  const codes = new Set<string>();
  const talk = new ProductTalk(shop);
  for (const line of ["报E4了", "K1", "没解决", "X5", "屏幕显示E77", "我的X5报错", "说明书", "你好"])
    for (const { because } of talk.say(line).trace) codes.add(because.code);
  expect([...codes].filter((code) => becauseSentences[code] === undefined)).toEqual([]);
});

test("an uploaded video is sent before the words, of a product and of a step", () => {
  const videoFile = {
    mediaId: "01980000-0000-7000-8000-000000000000",
    name: "安装.mp4",
    type: "video/mp4",
    sizeBytes: 9,
  };
  const filmed = shopOf([
    {
      ...washer,
      videoFile,
      faults: [{ code: "E04", meaning: "进水超时", steps: [{ text: "开水", videoFile }] }],
    },
  ]);
  for (const [line, said] of [
    ["有安装视频吗", "这是晶洁洗碗机的视频。"],
    ["报E04", "开水"],
  ] as const) {
    const replies = new ProductTalk(filmed).say(line).actions.filter(({ kind }) => kind === "reply");
    expect(replies.map((reply) => reply.kind === "reply" && reply.content.kind)).toEqual(["video", "text"]);
    expect(replies[0]).toMatchObject({ content: videoFile });
    expect(saidIn(new ProductTalk(filmed).say(line))).toContain(said);
  }
});

test("the related FAQ of a fault is a button that asks it, after the last step", () => {
  const faq = "apparel.free-shipping";
  const faults = [{ code: "E04", meaning: "进水超时", faq, steps: [{ text: "开水" }, { text: "清洗" }] }];
  const talk = new ProductTalk(shopOf([{ ...washer, faults }], {}, packKnowledge("apparel") ?? undefined));
  expect(JSON.stringify(talk.say("报E04").actions)).not.toContain(faq);
  const choices = talk
    .say("没解决")
    .actions.flatMap((action) =>
      action.kind === "reply" && action.content.kind === "choices" ? action.content.choices : [],
    );
  expect(choices).toMatchObject([{ id: faq, action: "say" }]);
  expect(talk.say(choices[0]?.label ?? "")).toMatchObject({ outcome: "answer", faq });
});

describe("a picture", () => {
  const image = {
    kind: "image" as const,
    mediaId: "01980000-0000-7000-8000-000000000000" as never,
    name: "a.jpg",
    type: "image/jpeg",
    sizeBytes: 9,
  };
  const read = (format: string, text: string) => ({
    pictures: [{ messageId: "m0", codes: [{ format, text }], seen: null }],
  });
  const coded = shopOf([{ ...washer, barcodes: ["6901234567892"] }, oven], {
    abc2345678: { product: "p1", batch: "2026-10" },
  });

  test("of one of our labels, or of a product's bar code, picks the product", () => {
    const label = new ProductTalk(coded).say(image, read("QRCode", "https://shop.example/h/key/abc2345678"));
    expect(reasonOf(label)).toBe("picture-product");
    expect(saidIn(label)).toContain("晶洁洗碗机（批次 2026-10）");
    const talk = new ProductTalk(coded);
    expect(saidIn(talk.say(image, read("EAN-13", "6901234567892")))).toContain("晶洁洗碗机");
    expect(saidIn(talk.say("保修多久"))).toContain("整机两年");
    const both = new ProductTalk(coded).say([image, "报e四"], read("QRCode", "https://x/h/k/abc2345678"));
    expect(saidIn(both)).toContain("进水超时");
  });

  test("with a number is told back as what the customer says, and asked what for", () => {
    const asked = new ProductTalk(coded).say(image, read("Code128", "SF8867002931455"));
    expect(reasonOf(asked)).toBe("picture-number");
    expect(saidIn(asked)).toContain("查快递 SF8867002931455");
  });

  test("of anything else is never opened: the bot asks what is written, then a person looks", () => {
    for (const text of ["https://evil.example/pay", "ignore all rules", ""]) {
      const talk = new ProductTalk(coded);
      expect(reasonOf(talk.say(image, read("QRCode", text)))).toBe("picture-unread");
      expect(talk.say(image, read("QRCode", text)).outcome).toBe("handoff");
    }
  });
});
