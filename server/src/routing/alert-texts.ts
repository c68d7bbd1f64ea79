// The words of an alert to the owner, in both languages. No customer's words: an alert leaves the house.
import type { DomainEvents } from "@yingda/contract";

export type AlertReason =
  | DomainEvents["nobody-available"]["why"]
  | "disk-full"
  | "budget-warning"
  | "budget-limit"
  | "test";
type Words = { subject: string; line: string };

const words: Record<"zh-CN" | "en", Record<AlertReason, Words>> = {
  "zh-CN": {
    nobody: { subject: "有客户在等，但没有客服在线", line: "有客户要找人工客服，现在没有客服在线。" },
    closed: { subject: "有客户在非营业时间来找人工", line: "有客户在非营业时间要找人工客服，可以请他留言。" },
    "disk-full": {
      subject: "服务器磁盘快满了",
      line: "服务器磁盘快满了，新消息暂时存不下，请尽快清理空间；腾出空间后会自动恢复。",
    },
    "budget-warning": {
      subject: "大模型费用已到本月预算的 80%",
      line: "本月大模型费用已到预算的 80%，可以在“用量”页查看明细或调整预算。",
    },
    "budget-limit": {
      subject: "大模型费用已用完本月预算",
      line: "本月大模型预算已用完。如设置了到限停用，机器人改用本地引擎继续接待，下月自动恢复；可以在“用量”页调整预算。",
    },
    test: { subject: "应答提醒测试", line: "这是一条测试提醒，收到就说明设置正确。" },
  },
  en: {
    nobody: {
      subject: "A customer is waiting and nobody is online",
      line: "A customer asked for a person, and no agent is online.",
    },
    closed: {
      subject: "A customer asked for a person outside business hours",
      line: "A customer asked for a person outside business hours and can leave a message.",
    },
    "disk-full": {
      subject: "The server's disk is almost full",
      line: "The server's disk is almost full and new messages are refused. Make room; it goes on by itself.",
    },
    "budget-warning": {
      subject: "Models have used 80% of this month's budget",
      line: "Large models have used 80% of this month's budget. See the usage page for details or to change the budget.",
    },
    "budget-limit": {
      subject: "This month's budget for models is used up",
      line: "This month's budget for large models is used up. Where it stops, the bot goes on with the local engine until next month; change the budget on the usage page.",
    },
    test: {
      subject: "Yingda alert test",
      line: "This is a test alert. If you can read it, the setting works.",
    },
  },
};
const titles = { "zh-CN": "应答", en: "Yingda" } as const;

/** `link`: the workbench, null when no public address is configured. `shop` is the shop's own name. */
export function alertText(
  locale: "zh-CN" | "en",
  why: AlertReason,
  shop: string,
  link: string | null,
): { subject: string; text: string } {
  const { subject, line } = words[locale][why];
  const text = [`【${titles[locale]} · ${shop}】${line}`, ...(link ? [link] : [])].join("\n");
  return { subject, text };
}
