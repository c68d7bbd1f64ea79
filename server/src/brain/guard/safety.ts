// What must never be left to an automatic answer: danger to people, talk of suicide, threats to complain to an
// authority or to sue; and what nobody may be helped with (improper.ts). First step of decide.ts; gives a verdict or lets the
// turn pass.

import { isLeaving, type Turn, toPerson, type Verdict } from "../turn.ts";
import { isImproper } from "./improper.ts";

export function checkSafety(turn: Turn): Verdict | null {
  const { mood } = turn.heard;
  const values = { words: mood.because.slice(0, 3).join(", ") };
  if (mood.alarm === "despair")
    return toPerson(turn, "urgent", { code: "despair", values }, turn.say.despair, true);
  if (mood.alarm === "danger")
    return toPerson(turn, "urgent", { code: "danger", values }, turn.say.sorryAlarm, true);
  if (isThreat(turn)) {
    return toPerson(turn, "complaint", { code: "threat", values }, turn.say.sorryComplaint, true);
  }
  return isImproper(turn.heard.text) ? decline(turn) : null;
}

/** Said plainly, with a person to turn to: what is asked may be meant otherwise. */
function decline({ say, candidates }: Turn): Verdict {
  const human = { id: "human", label: say.humanChoice, action: "human" as const };
  return {
    outcome: "ask-back",
    isSendable: false,
    faq: null,
    confidence: candidates[0]?.confidence ?? 0,
    actions: [{ kind: "ask-back", text: say.improper, choices: [human], candidates: [] }],
    because: { code: "improper" },
  };
}

/**
 * Listed words (a lawyer, 12315) said in anger are a threat whatever else is asked. Said calmly beside a question that the shop
 * answers they are its matter: "跟你们律师聊要收钱吗" asked of a law firm. What only sounds like leaving is answered, if it can be.
 */
function isThreat({ heard, candidates: [best], input }: Turn): boolean {
  if (!isLeaving(heard)) return false;
  const { mood } = heard;
  const isListed = mood.because.length > 0;
  const isSure = (best?.confidence ?? 0) >= input.thresholds.answer;
  return mood.sentiment === "negative" ? isListed || !isSure : isListed && !isSure;
}
