// Who has just been answered mostly goes on about the same part of the shop: an FAQ of the category of the last answer is
// somewhat likelier than the words alone say. Pure; used by understand.ts.

import type { TurnInput } from "@yingda/contract";
import type { MatchResult } from "@yingda/language";
import type { Knowledge } from "../knowledge/knowledge.ts";

/** In log odds: twice as likely. Some thirty categories share a shop, so this is modest. */
const favour = Math.log(2);
/** Less likely than this, nothing is favoured: a guess stays a guess. */
const leastLikely = 0.3;
const sure = 0.97;

/** The same matches with those of the last answer's category raised, best first. */
export function favourCategory(
  result: MatchResult,
  history: TurnInput["history"],
  knowledge: Knowledge,
): MatchResult {
  const said = history.findLast(({ author }) => author !== "contact")?.faqSlug ?? null;
  const category = said === null ? "" : knowledge.category(said);
  if (category === "") return result;
  const matches = result.matches
    .map((match) => (isFavoured(match) ? { ...match, confidence: raised(match.confidence) } : match))
    .sort((a, b) => b.confidence - a.confidence);
  return { ...result, matches };

  function isFavoured({ id, confidence }: MatchResult["matches"][number]): boolean {
    return confidence >= leastLikely && id !== said && knowledge.category(id) === category;
  }
}

function raised(confidence: number): number {
  if (confidence >= sure) return confidence;
  return 1 / (1 + Math.exp(-(Math.log(confidence / (1 - confidence)) + favour)));
}
