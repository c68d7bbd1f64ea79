// A language model for tests that says what its script says, and remembers what it was asked.

import type { AnswerPart, LanguageModel, ModelRequest } from "../language-model.ts";

export type Script = (
  request: ModelRequest,
  signal: AbortSignal,
) => string | readonly AnswerPart[] | AsyncIterable<AnswerPart>;

export interface ScriptedModel extends LanguageModel {
  readonly asked: ModelRequest[];
  /** For the answers from now on. */
  script: Script;
}

/** A text becomes one delta and an end. A script that throws fails the answer. */
export function scriptedModel(script: Script, name = "custom/scripted"): ScriptedModel {
  const asked: ModelRequest[] = [];
  const model: ScriptedModel = {
    name,
    asked,
    script,
    async *answer(request, signal) {
      signal.throwIfAborted();
      asked.push(request);
      const said = model.script(request, signal);
      if (typeof said !== "string") return yield* said;
      yield { kind: "text-delta", text: said };
      yield endOf(name);
    },
  };
  return model;
}

/** An end as a service would give it for a short answer. */
export function endOf(model: string, ended: "complete" | "tool-calls" = "complete"): AnswerPart {
  const usage = { inputTokens: 20, outputTokens: 5, cachedInputTokens: 0, isEstimated: false };
  return { kind: "answer-end", ended, model, usage, reasoning: null };
}
