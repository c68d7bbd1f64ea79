// What the bot says when a person has to do what the customer has confirmed, and how that person is told.

import type { Locale } from "../run/flow-run.ts";

interface Words {
  /** Somebody is there. */
  noted: string;
  /** Nobody is there now. */
  notedAway: string;
  confirmed(what: string): string;
  /** A tool does it now; the outcome follows in a message of its own. */
  doing: string;
  /** Nobody knows whether it was done. */
  unknown: string;
  unknownAway: string;
  /** The flow is no longer there to say what came of it. */
  outcome: Record<"done" | "failed", string>;
}

export const words: Record<Locale, Words> = {
  zh: {
    noted: "好的，已经记下您确认的内容，我请同事为您办理，请稍候。",
    notedAway: "好的，已经记下您确认的内容，同事上班后会为您办理，并在这里回复您。",
    confirmed: (what) => `客户已确认，请办理：${what}`,
    doing: "好的，正在为您办理，结果马上在这里告诉您。",
    unknown: "系统没有告诉我是否办成，为了不弄错，我请同事核实，请稍候。",
    unknownAway: "系统没有告诉我是否办成，为了不弄错，同事上班后会核实，并在这里回复您。",
    outcome: {
      done: "已经为您办好了，后续我请同事跟进。",
      failed: "抱歉，这次没有办成，我请同事帮您处理。",
    },
  },
  en: {
    noted:
      "Thank you, I have written down what you confirmed. A colleague will do it for you; one moment, please.",
    notedAway:
      "Thank you, I have written down what you confirmed. A colleague will do it when we are back and reply here.",
    confirmed: (what) => `Confirmed by the customer, please do: ${what}`,
    doing: "All right, I am doing that now and will tell you here what came of it.",
    unknown: "I was not told whether that was done. To be sure, a colleague checks it; one moment, please.",
    unknownAway: "I was not told whether that was done. To be sure, a colleague checks it and replies here.",
    outcome: {
      done: "That has been done; a colleague takes it from here.",
      failed: "Sorry, that could not be done. A colleague will help you.",
    },
  },
};
