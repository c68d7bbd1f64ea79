// Asks which of up to four likely questions is meant, only when that is worth the contact's time: when the answer is
// probably among them. People who are upset, or were asked twice already, get a person instead. Step of decide.ts.

import type { Candidate, Choice } from "@yingda/contract";
import { likelyOnes } from "@yingda/language";
import { askColleague } from "./ask-colleague.ts";
import { isUpset, patienceOf, type Turn, toPerson, type Verdict } from "./turn.ts";
import { awayBecause } from "./words.ts";

export function askBack(turn: Turn): Verdict | null {
  const { input, candidates } = turn;
  const first = candidates[0]?.confidence ?? 0;
  const offered = likelyOnes(candidates, input.thresholds.askBack);
  if (offered.length === 0) return null;
  const likely = offered.reduce((sum, { confidence }) => sum + confidence, 0);
  if (isUpset(turn)) {
    return toPerson(turn, "complaint", { code: "complaint" }, turn.say.sorryComplaint, true);
  }
  if (input.turnsWithoutProgress >= patienceOf(turn)) {
    const because = { code: "asked-enough", values: { times: input.turnsWithoutProgress } };
    return askColleague(turn, { missing: "source" }) ?? toPerson(turn, "low-confidence", because);
  }
  return {
    outcome: "ask-back",
    isSendable: false,
    faq: null,
    confidence: first,
    actions: [
      {
        kind: "ask-back",
        text: wording(turn, offered),
        choices: choices(turn, offered),
        candidates: offered,
      },
    ],
    because: {
      code: "not-sure",
      values: { offered: offered.length, likely: Math.round(likely * 100) / 100 },
    },
  };
}

function wording({ say: text }: Turn, offered: Candidate[]): string {
  const [only] = offered;
  return offered.length === 1 && only !== undefined ? text.askBackOne(only.question) : text.askBackMany;
}

function choices({ say, input }: Turn, offered: Candidate[]): Choice[] {
  const questions = offered.map(
    ({ faq, question }): Choice => ({ id: faq.slice(0, 100), label: question.slice(0, 200), action: "say" }),
  );
  if (awayBecause(input.handoffAvailability) !== null) return questions;
  return [...questions, { id: "human", label: say.humanChoice, action: "human" }];
}
