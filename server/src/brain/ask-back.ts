// Asks which of up to four likely questions is meant, only when that is worth the contact's time: when the answer is
// probably among them. People who are upset, or were asked twice already, get a person instead. Step of decide.ts.

import type { Candidate, Choice } from "@yingda/contract";
import { likelyOnes } from "@yingda/language";
import { askColleague } from "./ask-colleague.ts";
import { isUpset, patienceOf, type Turn, toPerson, type Verdict } from "./turn.ts";
import type { Asked } from "./understanding/understand.ts";
import { awayBecause } from "./words.ts";

/** Of what is offered beside the question answered last. */
const worthNaming = 0.02;
const mostOthers = 2;
/** From here on a line means something by itself, whatever was said before. */
const likelier = 0.5;

export function askBack(turn: Turn, { stillAbout }: Pick<Asked, "stillAbout">): Verdict | null {
  const { input, candidates } = turn;
  const first = candidates[0]?.confidence ?? 0;
  const goesOn = stillAbout !== undefined && first < likelier;
  const offered = goesOn ? besides(turn, stillAbout) : likelyOnes(candidates, input.thresholds.askBack);
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

/** "Did all that, same": the question answered last, first, and what the line may otherwise mean. */
function besides({ candidates, knowledge, heard }: Turn, stillAbout: string): Candidate[] {
  const known = candidates.find(({ faq }) => faq === stillAbout);
  const question = knowledge.question(stillAbout, heard.locale);
  const why = { phrasing: question, borrowedFrom: null, shared: [], isExact: false };
  const others = candidates.filter(({ faq, confidence }) => faq !== stillAbout && confidence >= worthNaming);
  return [known ?? { faq: stillAbout, question, confidence: 0, why }, ...others.slice(0, mostOthers)];
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
