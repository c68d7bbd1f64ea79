// A flow's actions as those of a turn: what is said becomes bubbles, choices become buttons. Timers have no place in a
// turn, and hand-overs and tools are take-turn.ts's affair.

import type { Action, Choice } from "@yingda/contract";
import type { FlowAction } from "../run/flow-run.ts";

const longestText = 4_000; // characters of one message
const longestLabel = 200;

/** In their order; one action of a flow becomes at most one of a turn. */
export function actionsOf(actions: readonly FlowAction[]): Action[] {
  return actions.flatMap((action): Action[] => {
    if (action.kind === "say") return [said(action)];
    if (action.kind !== "request-ticket") return [];
    return [{ kind: "request-ticket", number: action.key.slice(0, 8), summary: action.summary }];
  });
}

function said({ text, choices }: Extract<FlowAction, { kind: "say" }>): Action {
  const words = text.slice(0, longestText);
  if (choices.length === 0)
    return { kind: "reply", content: { kind: "text", text: words }, faq: null, citations: [] };
  const offered = choices.map(
    ({ value, label }): Choice => ({
      id: value.slice(0, 100),
      label: label.slice(0, longestLabel),
      action: "say",
    }),
  );
  return { kind: "ask-back", text: words, choices: offered, candidates: [] };
}
