// Who has just been answered mostly goes on with what the shop deals with, and often with the same part of it: what is
// likely then is likelier than the words alone say. Pure; used by understand.ts.

import type { TurnInput } from "@yingda/contract";
import type { MatchResult } from "@yingda/language";
import type { Knowledge } from "../knowledge/knowledge.ts";

/** In log odds: twice as likely, being answered before; three times that for the category of that answer. */
const answeredBefore = Math.log(2);
const sameCategory = Math.log(3);
/** Less likely than this, nothing is favoured: a guess stays a guess. */
const leastLikely = 0.3;
const sure = 0.97;
/** A shop of fewer questions is asked much that none of them answers, before an answer and after it. */
const fewQuestions = 30;
/** Lines: thanks and a word in between do not cut two questions apart. */
const remembered = 4;

/** The same matches with those raised that the contact may go on with, best first; the answer just given is none of them. */
export function favourGoingOn(
  result: MatchResult,
  history: TurnInput["history"],
  knowledge: Pick<Knowledge, "size" | "category">,
): MatchResult {
  const said = history.slice(-remembered).findLast(({ faqSlug }) => faqSlug !== null)?.faqSlug ?? null;
  if (said === null || knowledge.size < fewQuestions) return result;
  const category = knowledge.category(said);
  const matches = result.matches
    .map((match) => ({ ...match, confidence: raised(match) }))
    .sort((a, b) => b.confidence - a.confidence);
  return { ...result, matches };

  function raised({ id, confidence }: MatchResult["matches"][number]): number {
    if (id === said || confidence < leastLikely || confidence >= sure) return confidence;
    const isSameCategory = category !== "" && knowledge.category(id) === category;
    const by = answeredBefore + (isSameCategory ? sameCategory : 0);
    return 1 / (1 + Math.exp(-(Math.log(confidence / (1 - confidence)) + by)));
  }
}
