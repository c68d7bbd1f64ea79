// What speaks for each question that a line may mean after the line before, for fitting how it is weighed (lab).

import type { TurnInput } from "@yingda/contract";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { questionsInContext } from "../understanding/in-context.ts";
import { listen, readTurn } from "../understanding/understand.ts";

export { contextEvidenceNames } from "../understanding/in-context.ts";

/** By FAQ; empty where the line says by itself what it means. */
export function evidenceAfterLine(
  knowledge: Knowledge,
  input: TurnInput,
): { faq: string; evidence: number[]; most: number }[] {
  const { text, whole, parts, before } = readTurn(listen(input), input, knowledge);
  if (before === null) return [];
  const { questions } = questionsInContext([whole, ...parts], text, before, knowledge);
  return questions.map(({ match, evidence, most }) => ({ faq: match.id, evidence, most }));
}
