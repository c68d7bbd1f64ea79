// Decisions that need no brain: it is switched off, it failed, or the contact pressed "not solved". Pure.
// Always ends with a person: the queue while somebody is there, the form to leave a message while nobody is.
import type { Action, HandoffReason, Message, TurnDecision } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import type { Availability } from "../routing/index.ts";
import { awayBecause, type Locale, sayWhen, texts } from "./texts.ts";
import { contentOf } from "./turn-input.ts";

export type OwnFacts = {
  lines: readonly Message[];
  availability: Availability;
  locale: Locale;
  timeZone: string;
};
export type OwnReason = Extract<HandoffReason, "bot-failed" | "bot-off" | "bot-on-trial" | "not-solved">;

const summaries = {
  "bot-failed": "botFailed",
  "bot-off": "botOff",
  "bot-on-trial": "onTrial",
  "not-solved": "notSolved",
} as const;
/** Enough for an agent to see what it is about; the thread has the rest. */
const longestQuote = 300;

export function ownDecision(reason: OwnReason, facts: OwnFacts): TurnDecision {
  const { availability, locale } = facts;
  const away = awayBecause(availability.availability);
  const action: Action = away
    ? { kind: "offer-leave-message", reason, text: awayText(away, facts) }
    : {
        kind: "handoff",
        reason,
        summary: summaryOf(reason, facts),
        text: connectingText(availability, locale),
      };
  return {
    outcome: away ? "leave-message" : "handoff",
    isSendable: true,
    faq: null,
    confidence: 0,
    actions: [action],
    understanding: {
      language: locale,
      sentiment: "neutral",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: [
      {
        step: "turn",
        saw: "",
        decided: action.kind,
        because: { code: reason, values: { availability: availability.availability } },
        tookMs: 0,
      },
    ],
  };
}

export function connectingText({ place }: Availability, locale: Locale): string {
  const words = texts[locale];
  return place !== null && place > 1 ? words.connectingAt(place) : words.connecting;
}

function awayText(away: "closed" | "nobody", facts: OwnFacts): string {
  const words = texts[facts.locale];
  const { opensAt } = facts.availability;
  const when = opensAt ? words.opensAt(sayWhen(opensAt, facts.locale, facts.timeZone)) : "";
  return [words.leaveMessage[away], when].filter(Boolean).join(facts.locale === "en" ? " " : "");
}

/** For the agent: why it comes to a person, and what the contact said. */
export function summaryOf(reason: OwnReason, facts: OwnFacts): string {
  const said = facts.lines
    .map(contentOf)
    .flatMap((content) => (content ? [textOf(content)] : []))
    .join("\n");
  const quote = said.length > longestQuote ? `${said.slice(0, longestQuote)}…` : said;
  return [texts[facts.locale].summary[summaries[reason]], quote].filter(Boolean).join("\n");
}
