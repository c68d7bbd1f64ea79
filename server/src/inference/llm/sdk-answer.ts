// The only file that knows the ai SDK. Loaded by open-model.ts at the first answer, so an installation without a model
// never reads it. The model is always an object of the OpenAI-compatible provider over our own fetch: a bare name would be
// sent to the SDK vendor's gateway. Telemetry and the SDK's own retries are off; tools are offered, never run.

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  extractReasoningMiddleware,
  InvalidResponseDataError,
  JSONParseError,
  NoSuchToolError,
  Output,
  type ModelMessage as SdkMessage,
  StreamProviderError,
  streamText,
  type ToolSet,
  TypeValidationError,
  tool,
  wrapLanguageModel,
} from "ai";
import { inertText } from "./inert-text.ts";
import type {
  AnswerPart,
  ModelMessage,
  ModelRequest,
  ModelUsage,
  ToolCall,
  ToolOffer,
} from "./language-model.ts";
import { errorOfRefusal, modelError, modelErrorCode } from "./model-error.ts";
import type { Quirks } from "./presets.ts";
import { readStreamRefusal } from "./service-refusal.ts";

export interface SdkCall {
  baseUrl: string;
  model: string;
  key: string | null;
  quirks: Quirks;
  request: ModelRequest;
  outputTokens: number;
  /** Null: left to the service. */
  temperature: number | null;
  /** True: asks without anything that a service may not know. */
  isPlain: boolean;
  fetch: typeof globalThis.fetch;
  signal: AbortSignal;
}

/** What the caller needs beyond the parts: thinking, counted but shown to nobody, and how it ended. */
export type SdkPart =
  | Extract<AnswerPart, { kind: "text-delta" | "tool-call" | "tool-call-refused" }>
  | { kind: "hidden-delta"; text: string; isReasoning: boolean }
  | { kind: "sdk-end"; finishReason: string; rawFinishReason: string | undefined; usage: ModelUsage | null };

(globalThis as { AI_SDK_LOG_WARNINGS?: false }).AI_SDK_LOG_WARNINGS = false; // it would write to the console

/** One call over the wire. @throws as LanguageModel.answer */
export async function* sdkAnswer(call: SdkCall): AsyncGenerator<SdkPart> {
  try {
    yield* partsOf(call);
  } catch (error) {
    call.signal.throwIfAborted();
    throw ofOurs(error, call.key);
  }
}

async function* partsOf(call: SdkCall): AsyncGenerator<SdkPart> {
  const { request, signal } = call;
  const result = streamText({
    model: providerModel(call),
    instructions: request.instructions,
    messages: request.messages.map(sdkMessage),
    ...(request.tools === undefined ? {} : { tools: toolSet(request.tools) }),
    ...outputOf(call),
    ...(call.temperature === null ? {} : { temperature: call.temperature }),
    maxOutputTokens: call.outputTokens,
    maxRetries: 0,
    abortSignal: signal,
    telemetry: { isEnabled: false },
    providerOptions: call.isPlain ? {} : { service: { ...call.quirks.extraBody, strictJsonSchema: false } },
    onError: () => {}, // the error comes as a part too
  });
  for await (const part of result.stream) {
    switch (part.type) {
      case "text-delta":
        yield { kind: "text-delta", text: part.text };
        break;
      case "reasoning-delta":
        yield { kind: "hidden-delta", text: part.text, isReasoning: true };
        break;
      case "tool-input-delta":
        yield { kind: "hidden-delta", text: part.delta, isReasoning: false };
        break;
      case "tool-call":
        yield toolCallPart(part);
        break;
      case "error":
        throw part.error;
      case "abort":
        throw modelError("llm/reply-broken-off"); // only with the signal, which tells why
      case "finish":
        yield {
          kind: "sdk-end",
          finishReason: part.finishReason,
          rawFinishReason: part.rawFinishReason,
          usage: usageOf(part.totalUsage),
        };
        return;
    }
  }
  throw modelError("llm/reply-broken-off");
}

function providerModel({ baseUrl, model, key, quirks, fetch, isPlain }: SdkCall) {
  const provider = createOpenAICompatible({
    name: "service",
    baseURL: baseUrl,
    ...(key === null ? {} : { apiKey: key }),
    fetch,
    includeUsage: !isPlain,
    supportsStructuredOutputs: quirks.structured === "schema",
    transformRequestBody: (body) => withLimitField(body, quirks.limitField),
  });
  // Self-run services often write the thinking into the text.
  return wrapLanguageModel({
    model: provider.chatModel(model),
    middleware: extractReasoningMiddleware({ tagName: "think" }),
  });
}

function withLimitField(body: Record<string, unknown>, field: Quirks["limitField"]): Record<string, unknown> {
  const { max_tokens: limit, ...rest } = body;
  return { ...rest, [field]: limit };
}

function outputOf({ request: { shape }, quirks, isPlain }: SdkCall) {
  if (shape === undefined || isPlain || quirks.structured === "words") return {};
  return { output: quirks.structured === "schema" ? Output.object({ schema: shape }) : Output.json() };
}

function toolSet(offers: readonly ToolOffer[]): ToolSet {
  return Object.fromEntries(
    offers.map(({ name, description, input }) => [name, tool({ description, inputSchema: input })]),
  );
}

function sdkMessage(message: ModelMessage): SdkMessage {
  switch (message.role) {
    case "user":
      return {
        role: "user",
        content: [
          { type: "text", text: inertText(message.text) },
          ...(message.images ?? []).map(({ bytes, mediaType }) => ({
            type: "file" as const,
            data: bytes,
            mediaType,
          })),
        ],
      };
    case "assistant":
      return {
        role: "assistant",
        content: [
          ...(message.reasoning ? [{ type: "reasoning" as const, text: message.reasoning }] : []),
          ...(message.text === "" ? [] : [{ type: "text" as const, text: inertText(message.text) }]),
          ...(message.toolCalls ?? []).map(({ id, name, input }) => ({
            type: "tool-call" as const,
            toolCallId: id,
            toolName: name,
            input,
          })),
        ],
      };
    case "tool":
      return {
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: message.callId,
            toolName: message.name,
            output: { type: "text", value: inertText(message.text) },
          },
        ],
      };
  }
}

function toolCallPart(part: {
  toolCallId: string;
  toolName: string;
  input: unknown;
  invalid?: boolean | undefined;
  error?: unknown;
}): SdkPart {
  const call: ToolCall = { id: part.toolCallId, name: part.toolName, input: part.input };
  if (part.invalid !== true) return { kind: "tool-call", call };
  const isUnknown = NoSuchToolError.isInstance(part.error);
  return {
    kind: "tool-call-refused",
    call,
    reason: isUnknown ? "unknown-tool" : "input-invalid",
    problems: isUnknown ? "There is no such tool." : messageOf(part.error).slice(0, 1_000),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The input does not fit the tool.";
}

function usageOf(usage: {
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  inputTokenDetails: { cacheReadTokens: number | undefined };
}): ModelUsage | null {
  if (usage.inputTokens === undefined || usage.outputTokens === undefined) return null;
  return {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cachedInputTokens: usage.inputTokenDetails.cacheReadTokens ?? 0,
    isEstimated: false,
  };
}

/**
 * The SDK wraps what our fetch threw; what it found wrong itself is told by class, and not kept as the cause: its messages
 * quote the reply, which may be about a contact.
 */
function ofOurs(error: unknown, key: string | null): unknown {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause)
    if (modelErrorCode(inner) !== null) return inner;
  if (InvalidResponseDataError.isInstance(error) && error.data === undefined)
    return modelError("llm/reply-broken-off"); // ended without a finish reason
  if (InvalidResponseDataError.isInstance(error)) return modelError("llm/reply-invalid");
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error))
    return modelError("llm/reply-invalid");
  if (StreamProviderError.isInstance(error)) {
    const { message, code, type } = error;
    return errorOfRefusal(readStreamRefusal({ message, code, type }, key));
  }
  if (error instanceof Error) return error;
  return errorOfRefusal(readStreamRefusal(error, key));
}
