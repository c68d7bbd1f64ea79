// Each of the ten flows that ship, met by a visitor in a chat: begun by their words, interrupted by a question that the shop's
// FAQs answer, taken up again, something said before corrected, and carried to its end, whose effect is then looked for: in
// the shop's order system, in the list of calls, in the queue. Two in English, two on a phone.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOrderSystem } from "./shared/order-system.ts";
import { say, transcript } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld, type WindowOptions } from "./shared/world.ts";

const system = await openOrderSystem();
const world = useWorld({ env: { YINGDA_ALLOW_PRIVATE: system.exit } });
afterAll(() => system.close());

/** What the visitor says, and what the bot then says, in order. */
type Exchange = [said: string, ...answered: string[]];
interface Talk {
  flow: string;
  window?: WindowOptions;
  lines: Exchange[];
  /** What the order system was told, once. */
  changes?: { tool: string; input: Record<string, unknown> };
  /** What a colleague reads in the queue. */
  queue?: string;
}

const talks: Talk[] = [
  {
    flow: "address-change",
    lines: [
      ["改地址", "请告诉我订单号"],
      ["发货要多久", "小时内发货", "我们继续：好的，请告诉我订单号"],
      ["1006", "请发新的完整地址"],
      ["杭州市西湖区文三路1号", "订单 1006 的地址改为"],
      ["不对，订单号是1002", "订单号改为1002", "订单 1002 的地址改为“杭州市西湖区文三路1号”"],
      ["是", "正在为您办理", "地址已改为“杭州市西湖区文三路1号”"],
    ],
    changes: {
      tool: "orders.change-address",
      input: { orderNumber: "1002", address: "杭州市西湖区文三路1号" },
    },
  },
  {
    flow: "booking",
    window: { locale: "en-US" },
    lines: [
      ["I want to make a booking", "Which day would you like?"],
      ["tomorrow", "How many people?"],
      ["How long until my order ships?", "48 hours", "Back to it: How many people?"],
      ["3 people", "Which one?"],
      ["10:00", "What name"],
      ["Wang", "What is your phone number?"],
      ["13800000101", "10:00, 3 people, Wang, phone 13800000101"],
      ["No, my phone is 13800000102", "phone: 13800000102", "Wang, phone 13800000102. Shall I book it?"],
      ["yes", "You are booked, number N"],
    ],
    changes: {
      tool: "bookings.make",
      input: { time: "10:00", people: "3", name: "Wang", phone: "+8613800000102" },
    },
  },
  {
    flow: "exchange-size",
    window: { size: phone, isPhone: true },
    lines: [
      ["想换个尺码", "请告诉我订单号"],
      ["1003", "想换成哪个尺码"],
      ["发货要多久", "小时内发货", "我们继续：真丝衬衫 现在是 S"],
      ["M", "从 S 换成 M"],
      ["不对，是L", "从 S 换成 L"],
      ["是", "换货申请已提交，编号 N"],
    ],
    changes: { tool: "exchanges.request", input: { orderNumber: "1003", size: "L" } },
  },
  {
    flow: "fault-diagnosis",
    lines: [
      ["机器坏了", "请告诉我产品型号"],
      ["发货要多久", "小时内发货", "我们继续：请告诉我产品型号"],
      ["K3", "屏幕上显示什么代码"],
      ["不对，型号是K5", "型号改为K5", "屏幕上显示什么代码"],
      ["E4", "电机过热", "请留一个联系电话"],
      ["13800000101", "已登记报修"],
    ],
    queue: "报修：K5，请联系客户 13800000101",
  },
  {
    flow: "invoice",
    lines: [
      ["我要开发票", "请告诉我订单号"],
      ["1003", "发票开给个人还是公司"],
      ["发货要多久", "小时内发货", "我们继续：发票开给个人还是公司"],
      ["个人", "发票抬头写什么"],
      ["王小明", "电子发票发到哪个邮箱"],
      ["a@b.com", "发到 a@b.com，对吗"],
      ["不对，邮箱是c@d.com", "邮箱改为c@d.com", "发到 c@d.com，对吗"],
      ["是", "开好后发到 c@d.com"],
    ],
    changes: {
      tool: "invoices.request",
      input: { orderNumber: "1003", title: "王小明", email: "c@d.com" },
    },
  },
  {
    flow: "leave-contact",
    lines: [
      ["留个电话", "请说一下您想咨询什么"],
      ["想问团购价格", "请问怎么称呼您"],
      ["王女士", "请留一个联系电话"],
      ["发货要多久", "小时内发货", "我们继续：请留一个联系电话"],
      ["13800000101", "我们只用这些信息联系您"],
      ["可以", "电话 13800000101"],
      ["不对，电话是13800000102", "电话改为13800000102", "王女士，电话 13800000102"],
      ["是", "已登记，同事上班后会联系您"],
    ],
    changes: { tool: "leads.save", input: { name: "王女士", phone: "+8613800000102", need: "想问团购价格" } },
  },
  {
    flow: "order-status",
    window: { locale: "en-US", size: phone, isPhone: true },
    lines: [
      ["where is my order", "What is your order number?"],
      ["How long until my order ships?", "48 hours", "Back to it: What is your order number?"],
      ["1009", "I cannot find that order number"],
      ["No, sorry, it is 1001", "Order 1001", "parcel number SF3202000010011", "Is there anything else?"],
    ],
  },
  {
    flow: "parcel-tracking",
    lines: [
      ["查快递", "请发我快递单号"],
      ["发货要多久", "小时内发货", "我们继续：请发我快递单号"],
      ["没有", "请告诉我订单号"],
      ["不对，快递单号是SF3202000010011", "快递单号改为SF3202000010011", "最新在 杭州转运中心"],
    ],
  },
  {
    flow: "return-refund",
    lines: [
      ["我要退货", "请告诉我要退的订单号"],
      ["1003", "是什么原因呢"],
      ["发货要多久", "小时内发货", "我们继续：是什么原因呢"],
      ["不想要了", "原因：不想要了"],
      ["不对，是质量问题", "原因改为质量问题", "请拍一张问题照片"],
      ["没有", "退货退款，原因：质量问题"],
      ["是", "已提交，申请编号 N"],
    ],
    changes: {
      tool: "refunds.request",
      input: { orderNumber: "1003", way: "return", reason: "quality" },
    },
  },
  {
    flow: "urge-shipping",
    lines: [
      ["催发货", "请告诉我订单号"],
      ["发货要多久", "小时内发货", "我们继续：让您久等了"],
      ["1006", "订单 1006（帆布包）还没发货"],
      ["不对，订单号是1002", "订单号改为1002", "订单 1002（格纹羊毛外套）还没发货"],
      ["是", "已提醒仓库加急"],
    ],
    changes: { tool: "orders.urge", input: { orderNumber: "1002" } },
  },
];

/** Each line is answered before the next is written; what the bot says is looked for behind the visitor's own line. */
async function talkThrough(chat: Page, lines: readonly Exchange[]): Promise<void> {
  for (const [line, ...answers] of lines) {
    await say(chat, line);
    const answered = async () => {
      const rows = await transcript(chat);
      return rows.slice(rows.lastIndexOf(`me: ${line}`) + 1).join("\n");
    };
    for (const words of answers)
      await expect.poll(answered, { timeout: 15_000, interval: 60 }).toContain(words);
  }
}

interface Waiting {
  conversations: { handler: { kind: string }; handoff: { summary: string } | null }[];
}

describe.skipIf(hasNoBrowser)("a visitor goes through each flow that ships", () => {
  beforeAll(async () => {
    const { call } = world.as("owner");
    const tools = await call<Parameters<typeof system.connection>[0]>("GET", "/api/flow-tools");
    await call("POST", "/api/tool-connections", system.connection(tools));
    for (const { flow } of talks) await call("PUT", `/api/flows/${flow}`, { isOn: true });
  });

  test.each(talks.map((talk) => [talk.flow, talk] as const))("%s", async (_, talk) => {
    const chat = await world.chat("", { ...talk.window, address: `10.0.0.${talks.indexOf(talk) + 1}` });
    const before = system.changes.length;
    await talkThrough(chat, talk.lines);
    const done = system.changes.slice(before);
    expect(done.map(({ tool, input }) => ({ tool, input }))).toMatchObject(
      talk.changes === undefined ? [] : [talk.changes],
    );
    const waiting = await world.as("owner").call<Waiting>("GET", "/api/conversations?list=queue");
    const summaries = waiting.conversations.map(({ handoff }) => handoff?.summary ?? "");
    expect(summaries.filter((summary) => summary.includes(talk.queue ?? ""))).toHaveLength(
      talk.queue === undefined ? summaries.length : 1,
    );
  });
});
