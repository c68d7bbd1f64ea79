// What is common to the decisions about a colleague's question, which no brain makes: nothing was understood anew.
import type { TraceEntry, TurnDecision } from "@yingda/contract";
import type { Locale } from "../texts.ts";

export function ownTrace(
  locale: Locale,
  decided: string,
  because: TraceEntry["because"],
): Pick<TurnDecision, "isSendable" | "faq" | "understanding" | "trace"> {
  return {
    isSendable: true,
    faq: null,
    understanding: {
      language: locale,
      sentiment: "neutral",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: [{ step: "colleague", saw: "", decided, because, tookMs: 0 }],
  };
}
