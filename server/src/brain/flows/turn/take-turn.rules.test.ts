// Flows inside turns: what begins one, what interrupts, corrects, cancels and ends it, who goes first, and that nothing is
// done by the bot itself. The dialogue of each flow is proved in ../run.

import { describe, expect, test } from "vitest";
import { sayBecause } from "../../explain.ts";
import { FlowTalk, summaryIn, textOf } from "../../testing/flow-talk.ts";
import { shopOf } from "../../testing/product-talk.ts";

const three = ["order-status", "parcel-tracking", "leave-contact"];

describe("a flow begins", () => {
  test.each([
    ["zh-CN", "我的订单 1001 到哪了", "杭州转运中心"],
    ["en", "where is my order 1001", "last seen at"],
  ] as const)(
    "with a sure question whose answer it is, in %s, and looks it up in the same turn",
    async (locale, line, shown) => {
      const talk = new FlowTalk(three);
      const decision = await talk.say(line, { locale });
      expect(decision).toMatchObject({ outcome: "flow", faq: null, isSendable: true });
      expect(textOf(decision)).toContain(shown);
      expect(talk.calls.map(({ tool, input }) => [tool, input])).toEqual([
        ["orders.find", { orderNumber: "1001" }],
        ["parcels.track", { parcelNumber: "SF3202000010011" }],
      ]);
      expect(talk.state).toBeNull();
      expect(decision.trace.filter(({ step }) => step === "tool").map(({ decided }) => decided)).toEqual([
        "result",
        "result",
      ]);
    },
  );

  test("with its phrase where no answer is sure", async () => {
    const talk = new FlowTalk(three);
    expect(textOf(await talk.say("留个电话"))).toContain("想咨询什么");
    expect(talk.step).toBe("ask-need");
  });

  test("when its question is picked from an asked-back list, with the number said before", async () => {
    const talk = new FlowTalk(three);
    const asked = await talk.say("查一下订单 1002");
    expect(asked).toMatchObject({ outcome: "ask-back" });
    const [back] = asked.actions;
    const choices = back?.kind === "ask-back" ? back.choices.map(({ id }) => id) : [];
    const decision = await talk.say(String(1 + choices.indexOf("apparel.order-status")));
    expect(decision).toMatchObject({ outcome: "flow" });
    expect(textOf(decision)).toContain("订单 1002（格纹羊毛外套 M 码）已付款");
  });

  test("with its whole phrase, although an answer is alike; and that phrase says which of two flows", async () => {
    expect(await new FlowTalk(["fault-diagnosis"]).say("机器坏了")).toMatchObject({ outcome: "flow" });
    const talk = new FlowTalk(three);
    await talk.say("Where is my order?", { locale: "en" });
    expect(talk.state).toMatchObject({ flow: "order-status" });
  });

  test("only when it is on", async () => {
    expect(await new FlowTalk([]).say("我的快递到哪了")).toMatchObject({
      outcome: "answer",
      faq: "apparel.tracking",
    });
  });

  test("with the product whose label was scanned; without one it asks", async () => {
    const faults = [{ code: "E4", meaning: "进水超时", steps: [{ text: "打开水龙头。" }], ending: "person" }];
    const shop = shopOf(
      [
        { name: "晶洁洗碗机", faults },
        { name: "晶洁洗碗柜", faults },
      ],
      { abc2345678: { product: "p1", batch: "" } },
    );
    const first = async (line: string, context: Record<string, string> = {}) => {
      const talk = new FlowTalk(["fault-diagnosis"]);
      talk.knowledge = shop;
      await talk.say(line, { context });
      return talk.step;
    };
    expect(await first("机器坏了", { p: "abc2345678" })).toBe("ask-code");
    expect(await first("机器坏了")).toBe("ask-product");
    expect(await first("机器坏了", { p: "zzz2345678" })).toBe("ask-product");
  });

  test("not with its phrase inside another sure question", async () => {
    const talk = new FlowTalk(["booking"]);
    expect(await talk.say("预约了怎么取消")).toMatchObject({
      outcome: "answer",
      faq: "apparel.cancel-order",
    });
  });

  test("instead of the bare form for a call back while nobody is there, and not while somebody is", async () => {
    const away = { handoffAvailability: "closed" } as const;
    expect(await new FlowTalk(three).say("给我回个电话", away)).toMatchObject({ outcome: "flow" });
    expect(await new FlowTalk(three).say("给我回个电话")).toMatchObject({ outcome: "handoff" });
    expect(await new FlowTalk(three).say("转人工", away)).toMatchObject({ outcome: "leave-message" });
  });
});

describe("an open flow", () => {
  test("is interrupted by another question, which is answered, and goes on", async () => {
    const talk = new FlowTalk(three);
    await talk.say("我的快递到哪了");
    await talk.say("没有");
    const between = await talk.say("怎么退货");
    expect(between).toMatchObject({ outcome: "answer", faq: "apparel.how-to-return" });
    expect(textOf(between)).toMatch(/我们继续：请告诉我订单号。$/u);
    expect(between.trace.map(({ because }) => because.code)).toContain("flow-interrupted");
    expect(talk.step).toBe("ask-order");
    const found = await talk.say("1001");
    expect(textOf(found)).toContain("杭州转运中心");
    expect(talk.state).toBeNull();
  });

  test("does not take a question that has an answer for the words that it asked for", async () => {
    const talk = new FlowTalk(["fault-diagnosis"]);
    await talk.say("机器坏了");
    for (const line of ["发货要多久", "满多少包邮"])
      expect(await talk.say(line)).toMatchObject({ outcome: "answer" });
    expect(talk.step).toBe("ask-product");
    expect(textOf(await talk.say("K3"))).toContain("什么代码");
  });

  test("takes a question for free words that are asked for a second time", async () => {
    const talk = new FlowTalk(["leave-contact"]);
    await talk.say("留个电话");
    expect(await talk.say("发货要多久")).toMatchObject({ outcome: "answer" });
    expect(textOf(await talk.say("发货要多久"))).toContain("怎么称呼您");
  });

  test("takes a detail that was left out before, once the customer has found it", async () => {
    const talk = new FlowTalk(three);
    await talk.say("查快递");
    await talk.say("没有");
    const found = textOf(await talk.say("不对，快递单号是SF3202000010011"));
    expect(found).toContain("快递单号改为SF3202000010011");
    expect(found).toContain("杭州转运中心");
  });

  test("takes a correction of what was said before", async () => {
    const talk = new FlowTalk(three);
    for (const line of ["留个电话", "想谈谈批发合作的事", "我姓王", "13800000101"]) await talk.say(line);
    expect(textOf(await talk.say("不是，是13800000102"))).toContain("电话改为13800000102");
    expect(textOf(await talk.say("可以"))).toContain("请核对：王，电话 13800000102");
  });

  test.each([
    ["我的快递到哪了", "算了", "zh-CN"],
    ["where is my parcel", "never mind", "en"],
  ] as const)("is cancelled: %s, %s", async (line, leave, locale) => {
    const talk = new FlowTalk(three);
    await talk.say(line, { locale });
    expect(await talk.say(leave, { locale })).toMatchObject({ outcome: "flow" });
    expect(talk.state).toBeNull();
  });

  test("gives way to a wish for a person and to danger, who read how far it came", async () => {
    for (const [line, code] of [
      ["转人工", "asked-for-human"],
      ["充电时着火了", "danger"],
    ]) {
      const talk = new FlowTalk(three);
      await talk.say("我的快递到哪了");
      const decision = await talk.say(line ?? "");
      expect(decision).toMatchObject({ outcome: "handoff" });
      expect(decision.trace.at(-1)?.because.code).toBe(code);
      expect(summaryIn(decision)).toContain("流程：查快递");
      expect(talk.state).toBeNull();
    }
  });

  test("asks again, and after its tries a person takes over", async () => {
    const talk = new FlowTalk(["order-status"]);
    await talk.say("订单状态");
    expect(textOf(await talk.say("abc"))).toContain("没认出订单号");
    await talk.say("不知道");
    expect(await talk.say("xyz")).toMatchObject({ outcome: "handoff" });
    expect(talk.state).toBeNull();
  });

  test("gives way to another flow that is surely meant", async () => {
    const talk = new FlowTalk(three);
    await talk.say("订单状态");
    expect(talk.step).toBe("ask-order");
    await talk.say("查快递");
    expect(talk.state).toMatchObject({ kind: "flow", flow: "parcel-tracking" });
  });

  test("is over after a long silence, when it was switched off, and when its state is damaged", async () => {
    const talk = new FlowTalk(["order-status"]);
    await talk.say("订单状态");
    const { state } = talk;
    talk.now = new Date(talk.now.getTime() + 3_600_000);
    const late = await talk.say("1001");
    expect(late).not.toMatchObject({ outcome: "flow" });
    expect(late.trace.map(({ because }) => because.code)).toContain("flow-over");
    const off = new FlowTalk([]);
    off.state = state;
    expect(await off.say("满多少包邮")).toMatchObject({ outcome: "answer" });
    expect(off.state).toBeNull();
    const damaged = new FlowTalk(["order-status"]);
    damaged.state = { kind: "flow", flow: "order-status", run: { step: 1 }, at: talk.now.toISOString() };
    expect(await damaged.say("满多少包邮")).toMatchObject({ outcome: "answer" });
  });
});

test("every reason that a flow gives has its sentence, in both languages", async () => {
  const codes = new Set<string>();
  for (const lines of [
    ["我的快递到哪了", "满多少包邮", "没有", "转人工"],
    ["留个电话", "问外套尺码", "王女士", "13800000101", "可以", "可以"],
    ["订单状态", "没有这个", "1001"],
    ["查快递", "SF3202000010076"],
  ]) {
    const talk = new FlowTalk(three);
    for (const line of lines)
      for (const { because } of (await talk.say(line)).trace) {
        codes.add(because.code);
        for (const locale of ["zh-CN", "en"] as const)
          expect(sayBecause(because, locale)).not.toMatch(/^[a-z-]+$|\{\w+\}/u);
      }
  }
  for (const code of [
    "flow-started",
    "flow-went-on",
    "flow-ended",
    "flow-handed-over",
    "flow-confirmed",
    "flow-left",
  ])
    expect(codes).toContain(code);
});

describe("tools", () => {
  test("that do not answer bring a person, not an invented result", async () => {
    const fails = async () => {
      throw new Error("down");
    };
    const decision = await new FlowTalk(["order-status"], fails).say("订单状态，订单号是 1001");
    expect(decision).toMatchObject({ outcome: "handoff" });
    expect(textOf(decision)).toContain("订单系统现在查不到结果");
    expect(summaryIn(decision)).toContain("订单号：1001");
  });

  test("that would change something are never called: what was confirmed goes to a person", async () => {
    for (const [handoffAvailability, said] of [
      ["open", "我请同事为您办理"],
      ["closed", "同事上班后会为您办理"],
    ] as const) {
      const talk = new FlowTalk(three);
      const lines = ["留个电话", "问外套尺码", "王女士", "13800000101", "可以"];
      for (const line of lines) await talk.say(line, { handoffAvailability });
      expect(talk.step).toBe("save");
      const decision = await talk.say("可以", { handoffAvailability });
      expect(decision).toMatchObject({ outcome: "held" });
      expect(textOf(decision)).toContain(said);
      const summary = summaryIn(decision);
      expect(summary).toContain("客户已确认，请办理：保存客户留的联系方式");
      expect(summary).toContain("电话：13800000101");
      expect(summary).not.toContain("请核实是否办成");
      expect(talk.calls).toEqual([]);
      expect(talk.state).toBeNull();
    }
  });
});
