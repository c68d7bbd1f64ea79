// Asks a colleague for a fact that the shop's knowledge lacks: the contact hears so and the conversation stays with the bot.
// Used by steps of decide.ts where the answer would be held or a person called; never for somebody who is upset or in the
// middle of a flow, and never a second question while one is open. Null: go on as without it.

import type { MissingFact } from "@yingda/contract";
import { summarise } from "./summary.ts";
import { type Because, isUpset, type Turn, type Verdict } from "./turn.ts";
import { awayBecause, words } from "./words.ts";

export interface Missing {
  missing: MissingFact;
  /** As the colleague reads it; the contact's own words where left out. */
  question?: string;
  faq?: string;
  blanks?: string[];
  confidence?: number;
}

const longestQuestion = 500;
/** "啥？" and "hello?" ask nothing that anybody could answer. */
const fewestHan = 4;
const fewestWords = 3;
const asksZh =
  /[?？]|吗|呢|么|怎|如何|多少|多久|多长|多大|几[个天点时号月]|什么|啥|哪|谁|能不能|可不可以|有没有|是不是|会不会/u;
const asksEn =
  /\?|\b(?:what|how|when|where|who|which|why|do|does|did|is|are|can|could|will|would|may|any|have|has)\b/iu;

export function askColleague(turn: Turn, fact: Missing): Verdict | null {
  const { input, heard, say, candidates } = turn;
  const colleague = input.behaviour?.colleague;
  if (colleague === undefined || input.flowState?.kind === "flow" || isUpset(turn)) return null;
  const { missing, faq = null, blanks = [], confidence = candidates[0]?.confidence ?? 0 } = fact;
  const common = { outcome: "held", isSendable: false, faq, confidence } as const;
  if (colleague.isAsked) {
    if (colleague.wasTold) return null;
    const actions: Verdict["actions"] = [{ kind: "colleague-pending", text: say.colleaguePending }];
    return { ...common, actions, because: { code: "colleague-pending" } };
  }
  const question = (fact.question ?? heard.text).trim().slice(0, longestQuestion);
  if (question === "") return null;
  const isAway = awayBecause(input.handoffAvailability) !== null;
  const text = isAway ? say.colleagueAskedAway : say.colleagueAsked;
  const extra = blanks.length === 0 ? "" : words[input.locale].summary.blanks + blanks.join(", ");
  const summary = summarise(heard, input, candidates, extra);
  return {
    ...common,
    actions: [{ kind: "ask-colleague", text, question, summary, missing, faq, blanks }],
    because: becauseOf(missing, faq, blanks),
  };
}

function becauseOf(missing: MissingFact, faq: string | null, blanks: readonly string[]): Because {
  switch (missing) {
    case "blank":
      return { code: "colleague-blank", values: { faq: faq ?? "", blanks: blanks.join(", ") } };
    case "cell":
      return { code: "colleague-cell" };
    case "source":
      return { code: "colleague-source" };
    default:
      return missing satisfies never;
  }
}

/** Clear enough to be put to somebody else as it stands; otherwise the contact is asked to say it again first. */
export function isClearQuestion({ heard }: Turn): boolean {
  const han = heard.text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han >= fewestHan && asksZh.test(heard.text);
  const wordCount = heard.text.split(/\s+/u).filter((word) => /\p{L}/u.test(word)).length;
  return wordCount >= fewestWords && asksEn.test(heard.text);
}
