// What the bot itself says around the shop's answers: connecting, asking back, holding, apologising. Both languages,
// plain words, no promise that the record does not keep. Used by decide.ts and its steps.

import type { HandoffAvailability } from "@yingda/contract";
import type { Locale } from "./knowledge/knowledge.ts";

export interface Words {
  connecting: string;
  connectingQueued(place: number | null, minutes: number | null): string;
  leaveMessage: Record<"closed" | "nobody", string>;
  askBackOne(question: string): string;
  askBackMany: string;
  documentsDiffer(...said: readonly { title: string; text: string }[]): string;
  rephrase: string;
  noneOfThese: string;
  humanChoice: string;
  /** The rule that decided, and a line of the computation. */
  policyRule: (rule: string) => string;
  policyComputed: (line: string) => string;
  related: string;
  held: string;
  heldAway: string;
  /** The conversation stays with the bot; the reply comes here. */
  colleagueAsked: string;
  colleagueAskedAway: string;
  colleaguePending: string;
  sorryComplaint: string;
  /** Before an answer to somebody who is upset, not angry. */
  sorryUpset: string;
  sorryAlarm: string;
  openingOffer: string;
  botChoice: string;
  /** At peak; holds `peakAsk` word for word, by which the offer is known again. */
  peakOffer(ahead: number, minutes: number | null): string;
  peakAsk: string;
  despair: string;
  /** To a wish for forged papers or for what another person keeps. */
  improper: string;
  first: string;
  unreadable: string;
  summary: {
    said: string;
    probably: string;
    lookedFor: string;
    details: string;
    blanks: string;
    sensitive: string;
    withheld: string;
    sent: string;
    seen: string;
  };
}

export const words: Record<Locale, Words> = {
  "zh-CN": {
    connecting: "好的，正在为您转接人工客服，请稍候。",
    connectingQueued: (place, minutes) =>
      `好的，正在为您转接人工客服${place === null ? "" : `，您排在第 ${place} 位`}${minutes === null ? "" : `，预计等待 ${minutes} 分钟`}，请稍候。`,
    leaveMessage: {
      closed: "现在不在人工客服的服务时间，您可以留言，我们上班后尽快回复您。",
      nobody: "现在没有人工客服在线，您可以留言，我们会尽快回复您。",
    },
    askBackOne: (question) => `请问您是想问“${question}”吗？`,
    askBackMany: "请问您想问的是下面哪一个？",
    documentsDiffer: (...said) =>
      `我们的资料里说法不一样，都告诉您，请以人工客服确认的为准：\n${said.map(({ title, text }) => `《${title}》：${text}`).join("\n")}`,
    rephrase: "抱歉，我没太明白您的意思，可以换个说法告诉我吗？需要人工客服时，对我说“转人工”就行。",
    noneOfThese: "好的，不是这些。请再说具体一点，我来帮您找；需要人工客服时，对我说“转人工”就行。",
    humanChoice: "转人工客服",
    policyRule: (rule) => `依据：${rule}`,
    policyComputed: (line) => `算法：${line}`,
    related: "您可能还想问：",
    held: "这个问题我需要请同事确认一下，请您稍等，马上有人回复您。",
    heldAway: "这个问题我需要请同事确认，他们上班后会尽快在这里回复您。",
    colleagueAsked: "这个问题我要请同事确认一下，同事一答复，我就在这里告诉您。",
    colleagueAskedAway: "这个问题我要请同事确认，同事上班答复后，我就在这里告诉您。",
    colleaguePending:
      "您前面的问题我已经问了同事，还在等答复，一有结果就在这里告诉您。需要人工客服时，对我说“转人工”就行。",
    sorryComplaint: "非常抱歉给您带来了不好的体验。",
    sorryUpset: "让您遇到这样的情况，很抱歉。",
    openingOffer: "您好！您的问题我可以马上回答，也可以为您找人工客服，您想找谁？",
    botChoice: "智能助手马上回答",
    peakOffer: (ahead, minutes) =>
      `现在找人工客服的人比较多${ahead > 0 ? `，前面有 ${ahead} 位` : ""}${minutes === null ? "" : `，大约要等 ${minutes} 分钟`}。可以先把问题告诉我，我马上帮您查；要接着等人工，请再说一次“转人工”。`,
    peakAsk: "可以先把问题告诉我，我马上帮您查",
    sorryAlarm: "请先确保人身安全，需要时拨打 120 或 119。",
    despair:
      "听到您这么说我很担心您。您不是一个人，全国心理援助热线 12356 可以随时拨打；如果有危险请拨打 110 或 120。",
    improper:
      "抱歉，这件事我帮不上：我们不做虚假材料，也不能透露别人的信息。您自己的问题可以接着问我；需要人工客服时，对我说“转人工”就行。",
    first: "您的情况我已经转给人工客服优先处理，请稍候。",
    unreadable: "收到。图片、语音和文件我还看不懂。",
    summary: {
      said: "客户说：",
      probably: "可能想问：",
      lookedFor: "没有找到对应的问题",
      details: "提到：",
      blanks: "答案里还有空没填：",
      sensitive: "敏感词：",
      withheld: "没有发出的回复：",
      sent: "发来：",
      seen: "图片上（机器识别）：",
    },
  },
  en: {
    connecting: "Sure, I am connecting you to a colleague. One moment, please.",
    connectingQueued: (place, minutes) =>
      `Sure, I am connecting you to a colleague.${place === null ? "" : ` You are number ${place} in line.`}${minutes === null ? "" : ` The wait is about ${minutes} min.`} One moment, please.`,
    leaveMessage: {
      closed: "Our team is away right now. Leave us a message and we will reply when we are back.",
      nobody: "Nobody from our team is online right now. Leave us a message and we will reply soon.",
    },
    askBackOne: (question) => `Do you mean “${question}”?`,
    askBackMany: "Which of these do you mean?",
    documentsDiffer: (...said) =>
      `Our documents do not agree on this. Here is what both say; a colleague can tell you which one holds:\n${said.map(({ title, text }) => `“${title}”: ${text}`).join("\n")}`,
    rephrase:
      "Sorry, I did not quite get that. Could you put it another way? Say “agent” whenever you want a person.",
    noneOfThese:
      "All right, none of these. Tell me a little more and I will look again; say “agent” whenever you want a person.",
    humanChoice: "Talk to a person",
    policyRule: (rule) => `The rule: ${rule}`,
    policyComputed: (line) => `How it was worked out: ${line}`,
    related: "You may also want to know:",
    held: "I need a colleague to confirm this. Please hold on, someone will answer shortly.",
    heldAway: "I need a colleague to confirm this; they will answer here when they are back.",
    colleagueAsked: "I need to check this with a colleague. I will tell you here as soon as they reply.",
    colleagueAskedAway:
      "I need to check this with a colleague. I will tell you here once they are back and have replied.",
    colleaguePending:
      "I have asked a colleague about your question and am waiting for the reply; I will tell you here. Say “agent” whenever you want a person.",
    sorryComplaint: "I am very sorry about this.",
    sorryUpset: "I am sorry this happened.",
    openingOffer: "Hello! I can answer right away, or get a person for you. Who would you like?",
    botChoice: "Let the assistant answer",
    peakOffer: (ahead, minutes) =>
      `Many people are waiting for a colleague right now${ahead > 0 ? `, ${ahead} of them before you` : ""}${minutes === null ? "" : `; the wait is about ${minutes} min`}. Tell me what it is about and I will look at once; to wait for a person, say “agent” again.`,
    peakAsk: "Tell me what it is about and I will look at once",
    sorryAlarm: "Please make sure everyone is safe first and call the emergency services if needed.",
    despair:
      "I am worried to hear this, and you are not alone. Please call your local crisis line (12356 in China) or the emergency services if you are in danger.",
    improper:
      "Sorry, I cannot help with that: we make no false papers and tell nobody about another person. Ask me about your own matters, or say “agent” for a person.",
    first: "I have passed this to a colleague to look at first; one moment, please.",
    unreadable: "Thank you. I cannot read pictures, voice and files yet.",
    summary: {
      said: "Customer says: ",
      probably: "Probably asks: ",
      lookedFor: "No matching question",
      details: "Mentions: ",
      blanks: "The answer has unfilled blanks: ",
      sensitive: "Sensitive word: ",
      withheld: "Reply that was not sent: ",
      sent: "Sent: ",
      seen: "In the picture (machine-read): ",
    },
  },
};

/** "closed" or "nobody" when no person can be promised now; null while one can. */
export function awayBecause(availability: HandoffAvailability): "closed" | "nobody" | null {
  return availability === "closed" || availability === "nobody" ? availability : null;
}
