// What a large language model is to the rest of the program, whatever answers behind it: messages in, parts of an answer
// out. Implemented by open-model.ts (a service), steady-model.ts and with-fallback.ts (around others), and
// testing/scripted-model.ts. What a model writes is never trusted: tool inputs are checked here, texts by the guard.

import type { ErrorCode } from "@yingda/contract";
import type { z } from "zod";
import type { ModelLimits, ModelTask } from "./tasks.ts";

export interface LanguageModel {
  /** Preset and model as usage is booked: "deepseek/deepseek-v4-flash". */
  readonly name: string;
  /**
   * The parts of one answer as they come; the last is always answer-end. Nothing is asked before the first is read, and
   * leaving the loop ends the call. An answer that was cut at a limit is an error, never an end.
   * @throws ExternalError or AppError with an llm/… code; the signal's reason when aborted.
   */
  answer(request: ModelRequest, signal: AbortSignal): AsyncIterable<AnswerPart>;
}

export interface ModelRequest {
  task: ModelTask;
  /** Ours alone: no text of a contact, a page or a tool belongs here. */
  instructions: string;
  /** At least one; ends with user or tool. */
  messages: readonly ModelMessage[];
  tools?: readonly ToolOffer[];
  /** Asks the service for JSON of this shape; the reply is text all the same, see answer-in-shape.ts. */
  shape?: z.ZodType;
  /** 0 to 2; where a service does not take one it is left out. Default: the task's. */
  temperature?: number;
  /** Default: the task's. */
  limits?: Partial<ModelLimits>;
  /** Told once of every call that was made for this answer, failed ones included: what metering books. Must not throw. */
  onCall?: (call: ModelCall) => void;
}

export type ModelMessage =
  | { role: "user"; text: string; images?: readonly ModelImage[] }
  | { role: "assistant"; text: string; toolCalls?: readonly ToolCall[]; reasoning?: string | null }
  | { role: "tool"; callId: string; name: string; text: string };

export interface ModelImage {
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  bytes: Uint8Array;
}

export interface ToolOffer {
  /** Letters, digits, _ and -, at most 64. */
  name: string;
  description: string;
  input: z.ZodType;
}

export interface ToolCall {
  id: string;
  name: string;
  input: unknown;
}

export type AnswerPart =
  | { kind: "text-delta"; text: string }
  /** The input fits the offered tool. Nothing has been done yet: doing it is the caller's decision. */
  | { kind: "tool-call"; call: ToolCall }
  /** A tool that was not offered, or an input that does not fit; `problems` is for the model to read. */
  | {
      kind: "tool-call-refused";
      call: ToolCall;
      reason: "unknown-tool" | "input-invalid";
      problems: string;
    }
  /** Another model begins anew: everything that came so far is void. */
  | { kind: "answer-restart" }
  | AnswerEnd;

export interface AnswerEnd {
  kind: "answer-end";
  ended: "complete" | "tool-calls";
  /** Name of the model that answered. */
  model: string;
  usage: ModelUsage;
  /** To be handed back with the tool results: some services ask for it. Never shown to anybody. */
  reasoning: string | null;
}

export interface ModelUsage {
  inputTokens: number;
  /** Thinking included. */
  outputTokens: number;
  /** Part of inputTokens that the service had read before and charges less for. */
  cachedInputTokens: number;
  /** The service did not say; ours counts characters. */
  isEstimated: boolean;
}

/** One call over the wire. */
export interface ModelCall {
  task: ModelTask;
  model: string;
  usage: ModelUsage;
  tookMs: number;
  /** Null: nothing came. */
  firstTokenMs: number | null;
  outcome: "complete" | "aborted" | "failed" | ErrorCode;
}

export interface WholeAnswer extends Omit<AnswerEnd, "kind"> {
  text: string;
  toolCalls: ToolCall[];
  refusedToolCalls: Extract<AnswerPart, { kind: "tool-call-refused" }>[];
}

/**
 * Reads an answer to its end. `onText` is told all that has been written so far each time there is more; what it was told
 * is void where another model begins anew.
 * @throws as LanguageModel.answer
 */
export async function wholeAnswer(
  parts: AsyncIterable<AnswerPart>,
  onText: (text: string) => void = () => {},
): Promise<WholeAnswer> {
  let text = "";
  let toolCalls: ToolCall[] = [];
  let refusedToolCalls: WholeAnswer["refusedToolCalls"] = [];
  for await (const part of parts) {
    switch (part.kind) {
      case "text-delta":
        text += part.text;
        onText(text);
        break;
      case "tool-call":
        toolCalls.push(part.call);
        break;
      case "tool-call-refused":
        refusedToolCalls.push(part);
        break;
      case "answer-restart":
        text = "";
        toolCalls = [];
        refusedToolCalls = [];
        break;
      case "answer-end": {
        const { kind: _, ...end } = part;
        return { ...end, text, toolCalls, refusedToolCalls };
      }
    }
  }
  throw new Error("an answer without an end");
}
