// How a short notice is said to the group robots that shops in China have: WeCom, DingTalk and Feishu each want their own
// JSON; any other address gets a plain one. Pure; the host of the webhook decides. Used by alert-owner.ts.

export type RobotAnswer = "accepted" | "refused";

type Robot = { hosts: readonly string[]; body(text: string): unknown; isAccepted(answer: unknown): boolean };

const hasZero = (answer: unknown, field: string) =>
  typeof answer === "object" && answer !== null && (answer as Record<string, unknown>)[field] === 0;

/** Published formats of the three custom group robots; each answers 200 even when it refuses, with a code in the body. */
const robots: readonly Robot[] = [
  {
    hosts: ["qyapi.weixin.qq.com"],
    body: (text) => ({ msgtype: "text", text: { content: text } }),
    isAccepted: (answer) => hasZero(answer, "errcode"),
  },
  {
    hosts: ["oapi.dingtalk.com", "api.dingtalk.com"],
    body: (text) => ({ msgtype: "text", text: { content: text } }),
    isAccepted: (answer) => hasZero(answer, "errcode"),
  },
  {
    hosts: ["open.feishu.cn", "open.larksuite.com"],
    body: (text) => ({ msg_type: "text", content: { text } }),
    isAccepted: (answer) => hasZero(answer, "code") || hasZero(answer, "StatusCode"),
  },
];
const plain: Robot = { hosts: [], body: (text) => ({ kind: "yingda-alert", text }), isAccepted: () => true };

/** The JSON to post to this address. */
export function robotBody(url: URL, text: string): unknown {
  return robotOf(url).body(text);
}

/** What a 2xx answer means. `answer` is its parsed body, undefined when it was not JSON. */
export function robotAnswer(url: URL, answer: unknown): RobotAnswer {
  return robotOf(url).isAccepted(answer) ? "accepted" : "refused";
}

function robotOf(url: URL): Robot {
  return robots.find(({ hosts }) => hosts.includes(url.hostname)) ?? plain;
}
