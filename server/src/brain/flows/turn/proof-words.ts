// What the bot says while a customer proves who they are.

import type { Locale } from "../run/flow-run.ts";

interface Words {
  address: string;
  addressAgain: string;
  sent(to: string): string;
  wrong: string;
  expired: string;
  limited: string;
  cannotSend: string;
  person: string;
  signIn: string;
}

export const words: Record<Locale, Words> = {
  zh: {
    address: "为了保护您的信息，需要先验证身份。请发您在本店预留的手机号或邮箱，我给您发一个验证码。",
    addressAgain: "我没认出手机号或邮箱，请再发一次，例如 13800000000。",
    sent: (to) => `验证码已发到 ${to}，10 分钟内有效，请把 6 位数字发给我。没收到的话对我说“重发”。`,
    wrong: "验证码不对，请核对后再发一次；没收到的话对我说“重发”。",
    expired: "这个验证码已经失效了。需要的话对我说“重发”，我再发一个。",
    limited: "验证码发得太频繁了，为了安全我请同事来帮您，请稍候。",
    cannotSend: "现在发不了验证码，我请同事来帮您，请稍候。",
    person: "没能完成验证，我请同事来帮您，请稍候。",
    signIn: "为了保护您的信息，请先在本店网站登录，再从网站打开聊天问我。",
  },
  en: {
    address:
      "To protect your data I need to know that it is you. Please send the phone number or e-mail address that we have of you, and I will send a code there.",
    addressAgain: "I could not read a phone number or an e-mail address. Please send it again.",
    sent: (to) =>
      `A code is on its way to ${to}. It is good for 10 minutes: please send me the 6 digits, or say “resend”.`,
    wrong: "That is not the code. Please check it and send it again, or say “resend”.",
    expired: "That code is no longer good. Say “resend” and I will send a new one.",
    limited: "Too many codes were sent. To be safe, a colleague will help you; one moment, please.",
    cannotSend: "I cannot send a code right now. A colleague will help you; one moment, please.",
    person: "That could not be confirmed. A colleague will help you; one moment, please.",
    signIn: "To protect your data, please sign in on our site first and open the chat from there.",
  },
};
