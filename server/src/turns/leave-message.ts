// A contact left a message because no person could be promised: it is thanked for, waits in the queue for the next
// opening, and the owner is alerted. The form itself arrives as an ordinary line of content "form", so nothing is lost
// if the server stops in between.
import type { Content, FlowState, Message } from "@yingda/contract";
import type { TurnEffects } from "./apply-decision.ts";
import { type Locale, texts } from "./texts.ts";
import { contentOf } from "./turn-input.ts";

type Form = Extract<Content, { kind: "form" }>;

/** Enough to see what it is about; the thread has the rest. */
const longestSummary = 500;

/** The newest form among the lines that nobody has answered. */
export function leftForm(lines: readonly Message[]): Form | undefined {
  return lines.map(contentOf).findLast((content) => content?.kind === "form");
}

/** `state`: where a flow was left for the form, whoever reads the message reads what it had gathered, too. */
export function leftMessage(form: Form, locale: Locale, state: FlowState | null): TurnEffects {
  const said = Object.values(form.fields).filter(Boolean).join("\n").slice(0, longestSummary);
  const gathered = state?.kind === "gathered" ? state.summary : "";
  return {
    tookMs: 0,
    waitsFor: {
      reason: "left-message",
      summary: [texts[locale].summary.leftMessage, said, gathered].filter(Boolean).join("\n"),
    },
    decision: {
      outcome: "leave-message",
      isSendable: true,
      faq: null,
      confidence: 1,
      actions: [
        {
          kind: "reply",
          content: { kind: "text", text: texts[locale].leftMessage },
          faq: null,
          citations: [],
        },
      ],
      understanding: {
        language: locale,
        sentiment: "neutral",
        urgency: "normal",
        wantsHuman: true,
        candidates: [],
      },
      trace: [
        { step: "turn", saw: "", decided: "left-message", because: { code: "form", values: {} }, tookMs: 0 },
      ],
    },
  };
}
