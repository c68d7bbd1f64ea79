// What the bot says around a flow's own words, in both languages: nothing here promises anything.

import type { Locale } from "./flow-run.ts";

interface Words {
  cancelled: string;
  /** Something was done before: not called undone. */
  stopped: string;
  handOver: string;
  flowChanged: string;
  unfilled: string;
  tooLate: string;
  goOn(question: string): string;
  changed(label: string, value: string): string;
  working: string;
  acting: string;
  patience: string;
  stillThere(question: string): string;
  timedOut: string;
  unclear(question: string): string;
  yes: string;
  no: string;
  press(key: number, label: string): string;
  summary(flow: string): string;
  stoppedAt: string;
  done: string;
  uncertain: string;
  colon: string;
}

export const words: Record<Locale, Words> = {
  zh: {
    cancelled: "好的，不办了，什么都没有改动。还有别的可以帮您吗？",
    stopped: "好的，先到这里。还有别的可以帮您吗？",
    handOver: "这个我请同事来帮您处理，请稍候。",
    flowChanged: "抱歉，这项服务刚刚更新过，我请同事接着帮您办。",
    unfilled: "这一点我需要请同事确认，请稍候。",
    tooLate: "前面已经办理了，要修改的话我请同事来帮您。",
    goOn: (question) => `我们继续：${question}`,
    changed: (label, value) => `好的，${label}改为${value}。`,
    working: "正在查询，请稍等。",
    acting: "正在为您办理，请稍等。",
    patience: "好的，请稍等一会儿。",
    stillThere: (question) => `您还在吗？${question}`,
    timedOut: "您先忙，这次办理我先关闭了，需要时随时再找我。",
    unclear: (question) => `请您回复“是”或“不是”。${question}`,
    yes: "是",
    no: "不是",
    press: (key, label) => `${label}请按${key}`,
    summary: (flow) => `流程：${flow}`,
    stoppedAt: "停在步骤",
    done: "已办理",
    uncertain: "没有收到结果，请核实是否办成",
    colon: "：",
  },
  en: {
    cancelled: "All right, I have stopped, and nothing was changed. Is there anything else?",
    stopped: "All right, we leave it there. Is there anything else?",
    handOver: "I will ask a colleague to take care of this. One moment, please.",
    flowChanged: "Sorry, this service was just updated. A colleague will go on with you.",
    unfilled: "I need a colleague to confirm this. One moment, please.",
    tooLate: "That part is already done. A colleague will help you change it.",
    goOn: (question) => `Back to it: ${question}`,
    changed: (label, value) => `All right, ${label}: ${value}.`,
    working: "I am looking that up, one moment please.",
    acting: "I am doing that right now, one moment please.",
    patience: "All right, just a moment please.",
    stillThere: (question) => `Are you still there? ${question}`,
    timedOut: "I will close this for now. Write to me whenever you like.",
    unclear: (question) => `Please answer “yes” or “no”. ${question}`,
    yes: "Yes",
    no: "No",
    press: (key, label) => `press ${key} for ${label}`,
    summary: (flow) => `Flow: ${flow}`,
    stoppedAt: "Stopped at step",
    done: "Done",
    uncertain: "No result came back, please check whether it was done",
    colon: ": ",
  },
};
