// The SDK's way to the network: the guarded fetch under the purpose "llm", in the shape of the web's fetch. A refusal is
// read and thrown here, so that the SDK never interprets one; a self-run model in the own network needs the operator's
// YINGDA_ALLOW_PRIVATE=llm=host:port. Redirects are not followed: the key goes to the address it was entered for.

import type { Clock } from "../../platform/clock.ts";
import { type GuardedFetch, type GuardedResponse, retryAfterMs } from "../../platform/net/index.ts";
import { errorOfFetch, errorOfRefusal, modelError } from "./model-error.ts";
import { isErrorBody, readRefusal } from "./service-refusal.ts";

const purpose = "llm";
/** Of a refusal or of what is no stream; the rest is not read. */
const mostErrorBytes = 64_000;

export interface ModelFetchOptions {
  fetch: GuardedFetch;
  clock: Clock;
  key: string | null;
  /** Above our own deadline, which tells more: a last resort. */
  timeoutMs: number;
  maxBytes: number;
}

export function modelFetch({
  fetch,
  clock,
  key,
  timeoutMs,
  maxBytes,
}: ModelFetchOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? undefined;
    const response = await fetch(purpose, input instanceof Request ? input.url : input, {
      method: "POST",
      headers: ownHeaders(init?.headers),
      body: String(init?.body ?? ""),
      timeoutMs,
      maxBytes,
      maxRedirects: 0,
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      throw errorOfFetch(error, false);
    });
    const type = response.headers["content-type"] ?? "";
    if (!response.isOk || /\bjson\b|\bhtml\b/i.test(type)) throw await refusalOf(response, { clock, key });
    return new Response(streamOf(response), {
      status: response.status,
      headers: { "content-type": "text/event-stream" },
    });
  };
}

/** A status that is not 2xx, or a whole document where a stream was asked for. */
async function refusalOf(
  response: GuardedResponse,
  { clock, key }: { clock: Clock; key: string | null },
): Promise<Error> {
  const text = await beginningOf(response);
  if (response.isOk && !isErrorBody(text))
    return modelError("llm/reply-invalid", {
      details: {
        status: response.status,
        contentType: (response.headers["content-type"] ?? "").slice(0, 80),
      },
    });
  const wait = retryAfterMs(response.headers["retry-after"], clock.nowMs());
  return errorOfRefusal(readRefusal(response.status, text, { key, retryAfterMs: wait }));
}

async function beginningOf(response: GuardedResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= mostErrorBytes) break;
    }
  } catch (error) {
    if (response.isOk) throw errorOfFetch(error, true); // otherwise the status says enough
  }
  return Buffer.concat(chunks).subarray(0, mostErrorBytes).toString("utf8");
}

function streamOf(response: GuardedResponse): ReadableStream<Uint8Array> {
  const chunks = response.body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(errorOfFetch(error, true));
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

/** The SDK names itself and its version in the user agent; we keep our own. */
function ownHeaders(headers: RequestInit["headers"]): Record<string, string> {
  const own = new Headers(headers);
  own.delete("user-agent");
  return Object.fromEntries(own);
}
