// A contact who surely writes neither Chinese nor English is told in that language that a person will answer, and gets one; out
// of hours the form to leave a message. A shop whose own FAQs are in that language answers them. Step of decide.ts.

import { surelyForeign } from "@yingda/language";
import { personWillAnswer } from "@yingda/templates";
import { type Turn, toPerson, type Verdict } from "./turn.ts";

export function answerForeign(turn: Turn): Verdict | null {
  const { input, heard, candidates } = turn;
  // what a flow asks for may be a name or an address
  if (input.behaviour?.repliesInTheirLanguage === false || input.flowState?.kind === "flow") return null;
  const language = surelyForeign(heard.text);
  if (language === null) return null;
  const isOwn = candidates.some(
    ({ why }) => why !== undefined && why.borrowedFrom === null && surelyForeign(why.phrasing) === language,
  );
  if (isOwn) return null;
  const named = nameOf(language, input.locale);
  const because = { code: "other-language", values: { language: named } };
  const verdict = toPerson(turn, "no-answer", because, "", false, named);
  const text = personWillAnswer(language);
  return {
    ...verdict,
    actions: verdict.actions.map((action) => ("text" in action ? { ...action, text } : action)),
  };
}

function nameOf(language: string, locale: "zh-CN" | "en"): string {
  return new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
}
