// What must never be left to an automatic answer: danger to people, talk of suicide, threats to complain to an
// authority or to sue. First step of decide.ts; gives a verdict or lets the turn pass.

import { type Turn, toPerson, type Verdict } from "../turn.ts";
import { words } from "../words.ts";

export function checkSafety(turn: Turn): Verdict | null {
  const { mood, locale } = turn.heard;
  const values = { words: mood.because.slice(0, 3).join(", ") };
  if (mood.alarm === "despair")
    return toPerson(turn, "urgent", { code: "despair", values }, words[locale].despair, true);
  if (mood.alarm === "danger")
    return toPerson(turn, "urgent", { code: "danger", values }, words[locale].sorryAlarm, true);
  if (mood.urgency === "churn-threat") {
    return toPerson(turn, "complaint", { code: "threat", values }, words[locale].sorryComplaint, true);
  }
  return null;
}
