// A model that nobody keeps hammering at: a wait that the service asks for is kept once if it is short, and one that keeps
// failing is left alone for a while. Without it the next of the fallback answers, or the language engine alone.

import { setTimeout as wait } from "node:timers/promises";
import { type Clock, elapsedMs } from "../../platform/clock.ts";
import { ExternalError } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { AnswerPart, LanguageModel, ModelRequest } from "./language-model.ts";
import { isServiceFailure, modelError, modelErrorCode, needsOwner } from "./model-error.ts";
import { limitsOf } from "./tasks.ts";

const failuresUntilPause = 3;
const pauseMs = 30_000;
/** A wrong key or an empty balance: only a person repairs it, and saving the settings opens the model anew. */
const ownerPauseMs = 300_000;
const longestPauseMs = 600_000;
/** Longer than this nobody waits in a chat. */
const longestWaitMs = 3_000;

export interface SteadyModel extends LanguageModel {
  /** Ms until it is asked again; 0 when it is not paused. */
  readonly pausedMs: number;
}

export function steadyModel(model: LanguageModel, { clock, log }: { clock: Clock; log: Log }): SteadyModel {
  let failures = 0;
  let pausedUntilMs = 0;
  const pausedMs = () => Math.max(0, pausedUntilMs - clock.nowMs());

  function pause(ms: number, error: unknown): void {
    pausedUntilMs = Math.max(pausedUntilMs, clock.nowMs() + Math.min(ms, longestPauseMs));
    log.warn({ code: modelErrorCode(error), model: model.name, pauseMs: ms }, "model paused");
  }

  function failed(error: unknown): void {
    if (!isServiceFailure(error)) return;
    failures += 1;
    if (needsOwner(error)) pause(ownerPauseMs, error);
    else if (askedToWaitMs(error) > 0) pause(askedToWaitMs(error), error);
    else if (failures >= failuresUntilPause) pause(pauseMs, error); // and again at once if it fails after the pause
  }

  async function* once(request: ModelRequest, signal: AbortSignal, seen: Seen): AsyncGenerator<AnswerPart> {
    for await (const part of model.answer(request, signal)) {
      seen.hasPart = true;
      if (part.kind === "answer-end") failures = 0;
      yield part;
    }
  }

  return {
    name: model.name,
    get pausedMs() {
      return pausedMs();
    },
    async *answer(request, signal) {
      const paused = pausedMs();
      if (paused > 0)
        throw modelError("llm/paused", { retryAfterMs: paused, details: { model: model.name } });
      const startedMs = elapsedMs();
      const seen: Seen = { hasPart: false };
      let first: unknown;
      try {
        return yield* once(request, signal, seen);
      } catch (error) {
        signal.throwIfAborted();
        first = error;
      }
      const limits = limitsOf(request.task, request.limits);
      const waitMs = askedToWaitMs(first);
      const leftMs = limits.totalMs - (elapsedMs() - startedMs) - waitMs;
      if (seen.hasPart || waitMs === 0 || waitMs > longestWaitMs || leftMs < limits.firstTokenMs / 2) {
        failed(first);
        throw first;
      }
      await wait(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      try {
        yield* once({ ...request, limits: { ...limits, totalMs: leftMs } }, signal, seen);
      } catch (error) {
        signal.throwIfAborted();
        failed(error);
        throw error;
      }
    },
  };
}

interface Seen {
  hasPart: boolean;
}

function askedToWaitMs(error: unknown): number {
  return error instanceof ExternalError ? (error.retryAfterMs ?? 0) : 0;
}
