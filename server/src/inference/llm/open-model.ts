// A configured service as a LanguageModel: limits of time and output, what a call used, and the one polite step back: a
// service that refuses a request without saying why is asked once more without temperature, JSON mode and switches for
// thinking, and so from then on if that was it. Nothing is loaded or connected before the first answer.

import type { Clock } from "../../platform/clock.ts";
import type { GuardedFetch } from "../../platform/net/index.ts";
import { CallWatch } from "./call-watch.ts";
import type {
  AnswerEnd,
  AnswerPart,
  LanguageModel,
  ModelCall,
  ModelRequest,
  ModelUsage,
} from "./language-model.ts";
import { chatBaseUrl, type ModelConfig, modelName } from "./model-config.ts";
import { modelError, modelErrorCode } from "./model-error.ts";
import { modelFetch } from "./model-fetch.ts";
import { presets } from "./presets.ts";
import type { SdkPart } from "./sdk-answer.ts";
import { limitsOf, taskDefaults } from "./tasks.ts";

export interface ModelServices {
  fetch: GuardedFetch;
  clock: Clock;
}

/** Endings that some services call by names of their own. */
const contentEnds: readonly string[] = ["sensitive", "content_filter", "data_inspection_failed"];
const faultEnds: readonly string[] = ["network_error", "insufficient_system_resource", "error", "abort"];
/** Refused before anything was read: nothing is charged. */
const freeOutcomes: readonly ModelCall["outcome"][] = [
  "llm/address-refused",
  "llm/unreachable",
  "llm/key-refused",
  "llm/model-unknown",
  "llm/balance-empty",
  "llm/rate-limited",
  "llm/request-refused",
  "llm/request-too-long",
];
/** A token arrives as an event of some 300 bytes. */
const bytesPerToken = 1_000;
/** Nothing else can be sent in a header: what was entered is no key. */
const printable = /^[\x21-\x7e]+$/;
/** Where thinking could not be switched off after all. */
const thinkingRoom = 2_000;

/** @throws TypeError for an address that is none */
export function openModel(services: ModelServices, config: ModelConfig): LanguageModel {
  const name = modelName(config);
  const baseUrl = chatBaseUrl(config.baseUrl);
  const { quirks } = presets[config.preset];
  const key = config.key?.trim() || null; // copied with a line feed, often
  let isKnownPlain = false;

  async function* ask(
    request: ModelRequest,
    isPlain: boolean,
    outer: AbortSignal,
  ): AsyncGenerator<AnswerPart> {
    const limits = limitsOf(request.task, request.limits);
    const thinkingTokens = isPlain ? Math.max(quirks.thinkingTokens, thinkingRoom) : quirks.thinkingTokens;
    const outputTokens = limits.outputTokens + thinkingTokens;
    const watch = new CallWatch(limits, outputTokens, outer);
    let usage: ModelUsage | null = null;
    let outcome: ModelCall["outcome"] = "aborted"; // so it stays when the reader leaves
    try {
      if (key !== null && !printable.test(key)) throw modelError("llm/key-refused");
      const { sdkAnswer } = await import("./sdk-answer.ts");
      const parts = sdkAnswer({
        baseUrl,
        model: config.model,
        key,
        quirks,
        request,
        outputTokens,
        temperature:
          quirks.takesTemperature && !isPlain
            ? (request.temperature ?? taskDefaults[request.task].temperature)
            : null,
        isPlain,
        signal: watch.signal,
        fetch: modelFetch({
          ...services,
          key,
          timeoutMs: Math.ceil(limits.totalMs) + 1_000,
          maxBytes: 200_000 + outputTokens * bytesPerToken,
        }),
      });
      const end = yield* read(parts, watch, name, (told) => {
        usage = told;
      });
      usage = end.usage ?? watch.estimate(inputOf(request));
      outcome = "complete";
      yield { ...end, usage };
    } catch (error) {
      const reason = watch.signal.aborted ? watch.signal.reason : error;
      outcome = outer.aborted ? "aborted" : (modelErrorCode(reason) ?? "failed");
      throw reason;
    } finally {
      const isFree = watch.firstTokenMs === null && freeOutcomes.includes(outcome);
      request.onCall?.({
        task: request.task,
        model: name,
        usage: usage ?? (isFree ? noUsage : watch.estimate(inputOf(request))),
        tookMs: watch.tookMs,
        firstTokenMs: watch.firstTokenMs,
        outcome,
      });
      watch.close();
    }
  }

  return {
    name,
    async *answer(request, signal) {
      signal.throwIfAborted();
      if (isKnownPlain) return yield* ask(request, true, signal);
      try {
        return yield* ask(request, false, signal);
      } catch (error) {
        if (modelErrorCode(error) !== "llm/request-refused") throw error;
      }
      // A refusal of this one too is the true one.
      for await (const part of ask(request, true, signal)) {
        isKnownPlain = true;
        yield part;
      }
    },
  };
}

const noUsage: ModelUsage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, isEstimated: false };

/** Passes on what a caller may see; returns the end, without usage where the service gave none. */
async function* read(
  parts: AsyncIterable<SdkPart>,
  watch: CallWatch,
  model: string,
  counted: (usage: ModelUsage | null) => void,
): AsyncGenerator<AnswerPart, Omit<AnswerEnd, "usage"> & { usage: ModelUsage | null }> {
  let reasoning = "";
  let hasText = false;
  let hasCalls = false;
  for await (const part of parts) {
    switch (part.kind) {
      case "hidden-delta":
        watch.wrote(part.text);
        if (part.isReasoning) reasoning += part.text;
        break;
      case "text-delta": {
        watch.wrote(part.text);
        const text: string = hasText ? part.text : part.text.trimStart(); // thinking leaves empty lines behind
        hasText ||= text !== "";
        if (text !== "") yield { kind: "text-delta", text };
        break;
      }
      case "tool-call":
      case "tool-call-refused":
        hasCalls = true;
        yield part;
        break;
      case "sdk-end": {
        counted(part.usage); // a cut or empty answer is charged, too
        refuseBadEnd(part.finishReason, part.rawFinishReason, { hasText, hasCalls });
        return {
          kind: "answer-end",
          ended: hasCalls ? "tool-calls" : "complete",
          model,
          usage: part.usage,
          reasoning: reasoning === "" ? null : reasoning,
        };
      }
    }
  }
  throw modelError("llm/reply-broken-off");
}

function refuseBadEnd(
  finishReason: string,
  raw: string | undefined,
  { hasText, hasCalls }: { hasText: boolean; hasCalls: boolean },
): void {
  if (finishReason === "length")
    throw modelError("llm/reply-too-long", { details: { stage: hasText ? "answer" : "thinking" } });
  if (finishReason === "content-filter" || contentEnds.includes(raw ?? ""))
    throw modelError("llm/content-refused");
  if (finishReason === "error" || faultEnds.includes(raw ?? "")) throw modelError("llm/service-failed");
  if (!hasText && !hasCalls) throw modelError("llm/reply-invalid", { details: { stage: "empty" } });
}

function inputOf({ instructions, messages, tools = [] }: ModelRequest): { text: string; images: number } {
  const offered = tools.map(({ name, description }) => `${name} ${description}`);
  const text = [instructions, ...messages.map((one) => one.text), ...offered].join("\n");
  const images = messages.reduce((sum, one) => sum + ("images" in one ? (one.images?.length ?? 0) : 0), 0);
  return { text, images };
}
