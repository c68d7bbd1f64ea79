// Several models as one: the next is asked when one fails, within one time limit for all. Parts that had come already are
// declared void by answer-restart; wholeAnswer and answer-in-shape.ts heed it, and whoever shows parts at once has to.

import { elapsedMs } from "../../platform/clock.ts";
import type { AnswerPart, LanguageModel } from "./language-model.ts";
import { modelError, modelErrorCode } from "./model-error.ts";
import { limitsOf } from "./tasks.ts";

/** Less time than this is not worth another call. */
const leastMs = 500;

/**
 * The models in the order to be asked, at least one.
 * @throws when all failed: the last error that is not a mere pause, or the pause
 */
export function withFallback(models: readonly [LanguageModel, ...LanguageModel[]]): LanguageModel {
  return {
    name: models.map(({ name }) => name).join(" › "),
    async *answer(request, signal) {
      const limits = limitsOf(request.task, request.limits);
      const startedMs = elapsedMs();
      let told: unknown = null;
      let hasParts = false; // of a model that failed
      for (const model of models) {
        const totalMs = limits.totalMs - (elapsedMs() - startedMs);
        if (totalMs < Math.min(leastMs, limits.totalMs)) break;
        let isBegun = false;
        try {
          for await (const part of model.answer({ ...request, limits: { ...limits, totalMs } }, signal)) {
            if (hasParts && !isBegun) yield { kind: "answer-restart" } satisfies AnswerPart;
            isBegun = true;
            yield part;
          }
          return;
        } catch (error) {
          signal.throwIfAborted();
          const code = modelErrorCode(error);
          if (code === null) throw error; // a bug is no reason to ask elsewhere
          hasParts ||= isBegun;
          if (told === null || code !== "llm/paused") told = error;
        }
      }
      throw told ?? modelError("llm/timed-out", { details: { stage: "whole" } });
    },
  };
}
