// What turns itself says to a contact, in both languages: only where the brain is out of play (switched off, failed, or
// not asked because the contact pressed a button). Everything else the brain words.
import type { HandoffAvailability } from "@yingda/contract";

export type Locale = "zh-CN" | "en";

type Texts = {
  connecting: string;
  connectingAt(place: number): string;
  leaveMessage: Record<"closed" | "nobody", string>;
  opensAt(when: string): string;
  leftMessage: string;
  solved: string;
  choices: { solved: string; notSolved: string; leaveMessage: string };
  didItHelp: string;
  askForHuman: string;
  /** For the person who has taken the conversation over while a tool worked. */
  toolNote: Record<"done" | "failed" | "unknown", string>;
  summary: { botFailed: string; botOff: string; onTrial: string; notSolved: string; leftMessage: string };
  /** About a question to a colleague; `name` null: they have left the shop. */
  colleague: {
    source(name: string | null): string;
    note(name: string | null, text: string): string;
    unanswered: Record<"expired" | "withdrawn", string>;
    noReply: string;
    later: string;
  };
};

export const texts: Record<Locale, Texts> = {
  "zh-CN": {
    connecting: "正在为您转接人工客服，请稍候。",
    connectingAt: (place) => `正在为您转接人工客服，您排在第 ${place} 位，请稍候。`,
    leaveMessage: {
      closed: "现在不在服务时间，您可以留言，我们上班后尽快回复您。",
      nobody: "现在没有客服在线，您可以留言，我们会尽快回复您。",
    },
    opensAt: (when) => `下次服务时间：${when}。`,
    leftMessage: "已收到您的留言，我们会尽快回复您。",
    solved: "很高兴能帮到您！如有其他问题，随时告诉我。",
    choices: { solved: "解决了", notSolved: "没解决", leaveMessage: "留言" },
    didItHelp: "这样解决您的问题了吗？",
    askForHuman: "转人工",
    toolNote: {
      done: "客户之前确认的事，系统已经办成：",
      failed: "客户之前确认的事，系统没有办成：",
      unknown: "客户之前确认的事，不知道系统是否办成，请核实：",
    },
    colleague: {
      source: (name) => (name === null ? "同事确认" : `同事 ${name}`),
      note: (name, text) => `${name === null ? "同事" : `同事 ${name}`}答复了机器人的提问：${text}`,
      unanswered: {
        expired: "机器人问了同事，到时间还没有人答复。",
        withdrawn: "机器人问了同事，同事也不清楚。",
      },
      noReply: "让您久等了，您的问题同事这边还没有确切的答复。",
      later: "我们上班后会尽快在这里回复您。",
    },
    summary: {
      botFailed: "机器人没能回答（出错或超时）。",
      botOff: "机器人已关闭。",
      onTrial: "机器人试点中，由人接待。",
      notSolved: "客户表示上一个回答没有解决问题。",
      leftMessage: "客户留言。",
    },
  },
  en: {
    connecting: "I'm connecting you to a colleague. One moment, please.",
    connectingAt: (place) => `I'm connecting you to a colleague. You are number ${place} in line.`,
    leaveMessage: {
      closed: "We are closed right now. Leave us a message and we will reply when we are back.",
      nobody: "Nobody is online right now. Leave us a message and we will reply soon.",
    },
    opensAt: (when) => `We are back: ${when}.`,
    leftMessage: "We have your message and will reply soon.",
    solved: "Glad I could help! Just ask if there is anything else.",
    choices: { solved: "Solved", notSolved: "Not solved", leaveMessage: "Leave a message" },
    didItHelp: "Did this solve it?",
    askForHuman: "talk to a human",
    toolNote: {
      done: "What the customer confirmed before has been done by the system:",
      failed: "What the customer confirmed before could not be done by the system:",
      unknown: "Nobody knows whether the system did what the customer confirmed before; please check:",
    },
    colleague: {
      source: (name) => (name === null ? "a colleague" : `our colleague ${name}`),
      note: (name, text) => `${name ?? "A colleague"} replied to the bot's question: ${text}`,
      unanswered: {
        expired: "The bot asked a colleague, and nobody replied in time.",
        withdrawn: "The bot asked a colleague, who did not know either.",
      },
      noReply: "Thank you for waiting. My colleagues have no certain answer to your question yet. ",
      later: "We will reply here as soon as we are back.",
    },
    summary: {
      botFailed: "The bot could not answer (error or time-out).",
      botOff: "The bot is switched off.",
      onTrial: "The bot is in its pilot; people serve.",
      notSolved: "The customer says the last answer did not solve it.",
      leftMessage: "The customer left a message.",
    },
  },
};

/** Chinese unless the contact's language is known to be another one. */
export function localeOf(language: string | null, fallback: Locale): Locale {
  if (language === null) return fallback;
  return /^(zh|yue|cmn)\b/i.test(language) ? "zh-CN" : "en";
}

/** Whether nobody can be promised now, and why. */
export function awayBecause(availability: HandoffAvailability): "closed" | "nobody" | null {
  return availability === "closed" || availability === "nobody" ? availability : null;
}

/** An instant for a person, in the shop's zone: "11月23日 周一 09:00". */
export function sayWhen(at: Date, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}
