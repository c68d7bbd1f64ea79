// Embeds by a service that speaks the OpenAI protocol: POST …/v1/embeddings {model, input: […]} →
// {data: [{index, embedding: […]}]}. Calls go through the guarded fetch with the purpose "embedding", so a service in
// the own network (Ollama, a company gateway) needs the operator's YINGDA_ALLOW_PRIVATE=embedding=host:port.
//
// Surprises: services differ in how many texts they take at once, so a batch that is refused is halved and the smaller
// size remembered; the texts of a shop leave the machine, which the settings page says.

import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { elapsedMs } from "../../platform/clock.ts";
import { AppError, ExternalError } from "../../platform/errors.ts";
import type { GuardedFetch } from "../../platform/net/index.ts";
import { estimateTokens } from "../llm/estimate-tokens.ts";
import { type Embedder, type EmbedOptions, toUnitLength } from "./embedder.ts";

export interface ServiceChoice {
  baseUrl: string;
  model: string;
  /** Null: not asked for. */
  dimensions: number | null;
  key: string | null;
}

/** One call over the wire. */
export interface EmbeddingCall {
  model: string;
  inputTokens: number;
  /** The service did not say; ours counts characters. */
  isEstimated: boolean;
  isFailed: boolean;
  tookMs: number;
}

const purpose = "embedding";
const mostTextsAtOnce = 32;
const attempts = 4;
const firstWaitMs = 500;
const longestWaitMs = 20_000;
const callTimeoutMs = 30_000;
/** 32 vectors of 8,192 numbers written out. */
const maxReplyBytes = 8_000_000;
/** Too many texts, or too long together: the same with fewer may pass. */
const tooMuchStatuses: readonly unknown[] = [400, 413, 422];
const keyStatuses: readonly unknown[] = [401, 403];

const reply = z.object({
  data: z.array(z.object({ index: z.int().min(0).optional(), embedding: z.array(z.number()).min(1) })),
  usage: z
    .object({ prompt_tokens: z.int().min(0) })
    .nullish()
    .catch(null),
});

/** `https://host`, `https://host/v1` and `https://host/v1/embeddings` all mean the same. */
export function embeddingsAddress(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, "");
  if (path.endsWith("/embeddings")) url.pathname = path;
  else url.pathname = /\/v\d+$/.test(path) ? `${path}/embeddings` : `${path}/v1/embeddings`;
  return url.href;
}

export function openAiEmbedder(
  fetch: GuardedFetch,
  { baseUrl, model, dimensions, key }: ServiceChoice,
  pauseMs: (attempt: number) => number = (attempt) => firstWaitMs * 2 ** attempt,
  used: (call: EmbeddingCall) => void = () => undefined,
): Embedder {
  const address = embeddingsAddress(baseUrl);
  let atOnce = mostTextsAtOnce;

  async function ask(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    signal.throwIfAborted();
    const startedMs = elapsedMs();
    const count = (told: number | null, isFailed: boolean) =>
      used({
        model,
        inputTokens: told ?? Math.ceil(texts.reduce((sum, text) => sum + estimateTokens(text), 0)),
        isEstimated: told === null,
        isFailed,
        tookMs: Math.round(elapsedMs() - startedMs),
      });
    try {
      const { vectors, tokens } = await send(texts, signal);
      count(tokens, false);
      return vectors;
    } catch (error) {
      // left alone because it was slow: it works on, and charges
      if (signal.aborted) count(null, false);
      // nothing was read: nothing is charged
      else if (error instanceof ExternalError) count(0, true);
      throw error;
    }
  }

  async function send(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ vectors: Float32Array[]; tokens: number | null }> {
    const response = await fetch(purpose, address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        input: texts,
        encoding_format: "float",
        ...(dimensions === null ? {} : { dimensions }),
      }),
      timeoutMs: callTimeoutMs,
      maxBytes: maxReplyBytes,
      maxRedirects: 0,
      signal,
    });
    await fetch.expectOk(purpose, response);
    return readVectors(await response.json().catch(invalidReply), texts.length, dimensions);
  }

  async function askPatiently(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await ask(texts, options.signal);
      } catch (error) {
        const mayPass = error instanceof ExternalError && error.retryable;
        if (options.isUrgent || !mayPass || attempt + 1 >= attempts) throw error;
        const ms = error.retryAfterMs ?? pauseMs(attempt);
        await wait(Math.min(ms, longestWaitMs), undefined, { signal: options.signal });
      }
    }
  }

  /** Halves what is refused as too much, down to single texts. */
  async function askInParts(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]> {
    try {
      return await askPatiently(texts, options);
    } catch (error) {
      if (texts.length === 1 || !isTooMuch(error)) throw error;
      const half = Math.ceil(texts.length / 2);
      const first = await askInParts(texts.slice(0, half), options);
      atOnce = Math.min(atOnce, half);
      return [...first, ...(await askInParts(texts.slice(half), options))];
    }
  }

  return {
    key: JSON.stringify(["service", address, model, dimensions]),
    async embed(texts, options) {
      const vectors: Float32Array[] = [];
      try {
        while (vectors.length < texts.length) {
          const batch = texts.slice(vectors.length, vectors.length + atOnce);
          vectors.push(...(await askInParts(batch, options)));
        }
      } catch (error) {
        options.signal.throwIfAborted();
        throw inOurWords(error);
      }
      if (new Set(vectors.map(({ length }) => length)).size > 1) invalidReply();
      return vectors;
    },
    close: async () => {},
  };
}

function isTooMuch(error: unknown): boolean {
  return error instanceof ExternalError && tooMuchStatuses.includes(error.details.status);
}

/** Services may answer out of order; `index` says which text a vector belongs to. */
function readVectors(
  body: unknown,
  count: number,
  dimensions: number | null,
): { vectors: Float32Array[]; tokens: number | null } {
  const parsed = reply.safeParse(body);
  if (!parsed.success || parsed.data.data.length !== count) return invalidReply();
  const vectors: Float32Array[] = [];
  for (const [at, { index = at, embedding }] of parsed.data.data.entries()) {
    if (index >= count || vectors[index] !== undefined) return invalidReply();
    if (dimensions !== null && embedding.length !== dimensions) return invalidReply();
    vectors[index] = toUnitLength(Float32Array.from(embedding));
  }
  return { vectors, tokens: parsed.data.usage?.prompt_tokens ?? null };
}

function invalidReply(cause?: unknown): never {
  throw new ExternalError({
    system: purpose,
    retryable: false,
    code: "embedding/reply-invalid",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What the settings page can explain: the address, the key, or the service. */
function inOurWords(error: unknown): unknown {
  if (!(error instanceof ExternalError)) return error;
  if (error.code !== "platform/unavailable") return error;
  const { status, reason } = error.details;
  if (reason !== undefined)
    return new AppError("embedding/address-refused", { details: { reason }, cause: error });
  const code = keyStatuses.includes(status)
    ? "embedding/key-refused"
    : status === undefined
      ? "embedding/unreachable"
      : "embedding/refused";
  return new ExternalError({
    system: purpose,
    retryable: error.retryable,
    code,
    details: status === undefined ? {} : { status },
    cause: error,
  });
}
