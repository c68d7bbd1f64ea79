// How a conversation ended, honestly: what a person settled is no success of the bot, and what came back is deducted. Pure.
// The definitions stand in docs/usage.md in the owner's words.

import type { Disposition, Resolution } from "@yingda/contract";

export type EndingEvent =
  | { kind: "handed-over" }
  /** The contact left the queue. */
  | { kind: "abandoned" }
  | { kind: "resolved"; by: "agent" | "bot" | "contact" | "system"; disposition: Disposition }
  | { kind: "reopened" }
  | { kind: "rated"; score: number };

const leastGood = 4;
const mostBad = 2;

/** The state after an event; null: it does not count (so far). */
export function resolutionAfter(now: Resolution | null, event: EndingEvent): Resolution | null {
  switch (event.kind) {
    case "handed-over":
      return "handed-over";
    case "abandoned":
      return "abandoned";
    case "reopened":
      return isSolved(now) ? "reopened" : now;
    case "rated":
      if (event.score >= leastGood) return now === null || now === "assumed" ? "confirmed" : now;
      return event.score <= mostBad && isSolved(now) ? "reopened" : now;
    case "resolved":
      return resolved(now, event);
    default:
      return event satisfies never;
  }
}

function resolved(
  now: Resolution | null,
  { by, disposition }: Extract<EndingEvent, { kind: "resolved" }>,
): Resolution | null {
  // what was handed over stays so, and what came back once is not counted as solved a second time
  if (now !== null && now !== "abandoned" && !isSolved(now)) return now;
  if (disposition === "spam" || disposition === "duplicate") return null;
  const isSuccess = disposition === "solved" || disposition === "answered-by-bot";
  if (!isSuccess) return isSolved(now) ? now : "abandoned";
  return by === "contact" ? "confirmed" : (now ?? "assumed");
}

function isSolved(now: Resolution | null): boolean {
  return now === "confirmed" || now === "assumed";
}
