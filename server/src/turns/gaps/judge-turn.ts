// Whether a turn left a question without a good answer, by its trace and the turns around it. Pure; the codes are those of
// brain's and turns' own decisions.

import type { GapReason } from "@yingda/contract";

export interface TurnFacts {
  outcome: string;
  /** What "not solved" was about, or null. */
  faq: string | null;
  at: Date;
  /** Code of what decided. */
  decided: string;
  /** Outcome of the conversation's next turn, and what the turn before was; null where there is none. */
  next: string | null;
  previous: { outcome: string; faq: string | null } | null;
}

export type Judged =
  | { kind: "none" }
  /** Too early to say: the contact may still pick. */
  | { kind: "wait" }
  /** `about`: the lines the bot answered with this message, or those that its answer before was for. */
  | { kind: "gap"; reason: GapReason; about: "this" | "answer-before"; faq: string | null };

/** How long a contact may take to pick from what was offered. */
export const pickMs = 30 * 60_000;
const unanswered: ReadonlySet<string> = new Set([
  "nothing-fits",
  "second-miss",
  "none-of-these",
  "asked-enough",
]);
const askedBack = "not-sure";
/** What the contact got after all. */
const helped: ReadonlySet<string> = new Set(["answer", "flow"]);

export function judgeTurn(turn: TurnFacts, now: Date): Judged {
  switch (turn.outcome) {
    case "ask-back":
      return judgeAskBack(turn, now);
    case "handoff":
    case "leave-message":
      return judgeHandoff(turn);
    default:
      return { kind: "none" };
  }
}

function judgeAskBack({ next, at, decided }: TurnFacts, now: Date): Judged {
  if (decided !== askedBack && !unanswered.has(decided)) return { kind: "none" };
  if (next !== null && helped.has(next)) return { kind: "none" };
  if (next === null && now.getTime() - at.getTime() < pickMs) return { kind: "wait" };
  const reason = decided === askedBack ? "asked-back" : "unanswered";
  return { kind: "gap", reason, about: "this", faq: null };
}

function judgeHandoff({ faq, previous, decided }: TurnFacts): Judged {
  if (decided === "not-solved") return { kind: "gap", reason: "not-solved", about: "answer-before", faq };
  if (unanswered.has(decided)) return { kind: "gap", reason: "unanswered", about: "this", faq: null };
  // a person was wanted right after an answer: it did not do
  const wanted = decided === "asked-for-human" || decided === "same-answer-again";
  if (wanted && previous?.outcome === "answer" && previous.faq !== null)
    return { kind: "gap", reason: "handed-over", about: "answer-before", faq: previous.faq };
  return { kind: "none" };
}
