// A question to the shop's large model while a turn is being decided: what decide.ts yields and is answered with, beside
// the questions to tools. Plain values, so that deciding stays a function of what it was given.

import type { AskOptions, Complete, Completion, PromptAsk } from "../../inference/index.ts";

export interface ModelCall {
  kind: "model";
  ask: PromptAsk;
  budgetMs: number;
  /** What the turn is about. */
  intent: string | null;
  /** The question, where a kept answer will do; see kept-question.ts. */
  keptAs?: string | null;
  tools?: NonNullable<AskOptions["tools"]>;
  /** As in AskOptions. */
  onText?: (text: string) => void;
}
export type ModelReply = Completion;

/** What all questions of a turn may take together; the local answer still has to go out within the turn's own budget. */
export const modelBudgetMs = 9_000;
/** A search waits for it. */
export const rewriteBudgetMs = 2_500;
/** The answer has to be put into their language, too. */
export const translateBudgetMs = 4_000;

const notAsked: ModelReply = { kind: "failure", code: "llm/off", tookMs: 0 };

/** The model's reply; a failure when there is none, it throws or takes too long. Never rejects. */
export async function askModelInTime(
  complete: Complete | null | undefined,
  { ask, ...options }: ModelCall,
  signal: AbortSignal,
): Promise<ModelReply> {
  if (!complete) return notAsked;
  const { budgetMs } = options;
  const tooLong: ModelReply = { kind: "failure", code: "llm/timed-out", tookMs: budgetMs };
  const ends = AbortSignal.any([signal, AbortSignal.timeout(budgetMs)]);
  if (ends.aborted) return tooLong;
  const tooLate = new Promise<ModelReply>((resolve) => {
    ends.addEventListener("abort", () => resolve(tooLong), { once: true });
  });
  const reply = Promise.resolve()
    .then(() => complete(ask, ends, options))
    .catch((): ModelReply => ({ kind: "failure", code: "llm/service-failed", tookMs: 0 }));
  return Promise.race([reply, tooLate]);
}
