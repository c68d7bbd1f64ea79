// Watches one call: its two deadlines, endless output, and what it used. The deadlines abort with the error that the caller
// is to see, so whatever layer notices the abort first, the reason is the same.

import { elapsedMs } from "../../platform/clock.ts";
import { estimateTokens, tokensPerImage } from "./estimate-tokens.ts";
import type { ModelUsage } from "./language-model.ts";
import { modelError } from "./model-error.ts";
import type { ModelLimits } from "./tasks.ts";

export class CallWatch {
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  readonly #timers: NodeJS.Timeout[];
  readonly #startedMs = elapsedMs();
  readonly #mostTokens: number;
  #outputTokens = 0;
  #firstTokenMs: number | null = null;

  /** `mostTokens`: of everything that is written, thinking and tool inputs too. */
  constructor(limits: ModelLimits, mostTokens: number, outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#abort.signal]);
    // Services count differently, and our estimate errs: only what is clearly past the limit is endless.
    this.#mostTokens = mostTokens * 2 + 200;
    this.#timers = [
      this.#deadline(limits.totalMs, "whole"),
      this.#deadline(limits.firstTokenMs, "first-token"),
    ];
  }

  /** @throws ExternalError llm/reply-too-long when the service goes on past the limit */
  wrote(text: string): void {
    if (this.#firstTokenMs === null) {
      this.#firstTokenMs = this.tookMs;
      clearTimeout(this.#timers[1]);
    }
    this.#outputTokens += estimateTokens(text);
    if (this.#outputTokens > this.#mostTokens)
      throw modelError("llm/reply-too-long", { details: { stage: "endless" } });
  }

  get tookMs(): number {
    return Math.round(elapsedMs() - this.#startedMs);
  }

  get firstTokenMs(): number | null {
    return this.#firstTokenMs;
  }

  estimate({ text, images }: { text: string; images: number }): ModelUsage {
    return {
      inputTokens: Math.ceil(estimateTokens(text)) + images * tokensPerImage,
      outputTokens: Math.ceil(this.#outputTokens),
      cachedInputTokens: 0,
      isEstimated: true,
    };
  }

  /** Ends timers and whatever is still under way. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#abort.abort(new Error("the call is over"));
  }

  #deadline(ms: number, stage: "first-token" | "whole"): NodeJS.Timeout {
    return setTimeout(
      () => this.#abort.abort(modelError("llm/timed-out", { details: { stage, limitMs: ms } })),
      ms,
    );
  }
}
