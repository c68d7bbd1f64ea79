// Tries a configuration that may not be saved yet with one small real call, and tells the true error: our code for what to
// do, and the service's own words.

import { elapsedMs } from "../../platform/clock.ts";
import { AppError, ExternalError } from "../../platform/errors.ts";
import type { ModelUsage } from "./language-model.ts";
import type { ModelConfig } from "./model-config.ts";
import { type ModelErrorCode, modelErrorCode } from "./model-error.ts";
import { type ModelServices, openModel } from "./open-model.ts";

export type ModelTest =
  | { kind: "works"; reply: string; firstTokenMs: number; tookMs: number; usage: ModelUsage }
  | {
      kind: "failed";
      code: ModelErrorCode;
      /** In the service's own words; empty when nothing was said. Text from outside. */
      said: string;
      /** HTTP status, where there was a reply. */
      status: number | null;
      retryAfterMs: number | null;
      tookMs: number;
    };

const mostReply = 200;

/** One call, no retry, no fallback. @throws the signal's reason when aborted; TypeError for an address that is none */
export async function testModel(
  services: ModelServices,
  config: ModelConfig,
  signal: AbortSignal,
): Promise<ModelTest> {
  const startedMs = elapsedMs();
  const tookMs = () => Math.round(elapsedMs() - startedMs);
  let text = "";
  let firstTokenMs = 0;
  try {
    // Big models of one's own are read from the disk at the first call.
    const parts = openModel(services, config).answer(
      {
        task: "answer",
        instructions: "You are being tested. 这是一次连接测试。",
        messages: [{ role: "user", text: "Reply with the word OK. 请只回复 OK。" }],
        limits: { firstTokenMs: 45_000, totalMs: 60_000, outputTokens: 50 },
      },
      signal,
    );
    for await (const part of parts) {
      if (part.kind === "text-delta" && text === "") firstTokenMs = tookMs();
      if (part.kind === "text-delta") text += part.text;
      if (part.kind === "answer-end")
        return {
          kind: "works",
          reply: text.trim().slice(0, mostReply),
          firstTokenMs,
          tookMs: tookMs(),
          usage: part.usage,
        };
    }
    throw new Error("an answer without an end");
  } catch (error) {
    signal.throwIfAborted();
    const code = modelErrorCode(error);
    if (code === null || !(error instanceof AppError)) throw error;
    const { said, status } = error.details;
    return {
      kind: "failed",
      code,
      said: typeof said === "string" ? said : "",
      status: typeof status === "number" ? status : null,
      retryAfterMs: error instanceof ExternalError ? (error.retryAfterMs ?? null) : null,
      tookMs: tookMs(),
    };
  }
}
