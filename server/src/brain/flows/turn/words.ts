// What the bot says when a person has to do what the customer has confirmed, and how that person is told.

import type { Locale } from "../run/flow-run.ts";

interface Words {
  /** Somebody is there. */
  noted: string;
  /** Nobody is there now. */
  notedAway: string;
  confirmed(what: string): string;
}

export const words: Record<Locale, Words> = {
  zh: {
    noted: "好的，已经记下您确认的内容，我请同事为您办理，请稍候。",
    notedAway: "好的，已经记下您确认的内容，同事上班后会为您办理，并在这里回复您。",
    confirmed: (what) => `客户已确认，请办理：${what}`,
  },
  en: {
    noted:
      "Thank you, I have written down what you confirmed. A colleague will do it for you; one moment, please.",
    notedAway:
      "Thank you, I have written down what you confirmed. A colleague will do it when we are back and reply here.",
    confirmed: (what) => `Confirmed by the customer, please do: ${what}`,
  },
};
