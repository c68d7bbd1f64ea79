/**
 * The only way out of the server over HTTP: calls to addresses that a tenant, a platform or a text named.
 *
 * Refuses private, loopback, link-local, metadata, carrier-grade, multicast and mapped addresses and our own
 * ports (address-policy.ts), checks every redirect again (at most 3), and caps bytes and time. undici is loaded
 * at the first call. Failures are ExternalError; a reply with any status is a return value: see `expectOk`.
 */
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Agent, Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { ExternalError } from "../errors.ts";
import type { AddressRefusal } from "./address-policy.ts";
import { type CallFailure, errorOfFailure, errorOfStatus } from "./external-error.ts";
import type { ConnectionRules, Resolver } from "./guarded-connector.ts";

export type GuardedRequest = {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  /** A stream is sent once and so never follows a redirect that repeats the body. */
  body?: string | Uint8Array | Readable;
  /** Most bytes of the reply, after decompression. Default 5 MB. */
  maxBytes?: number;
  /** Milliseconds for the whole call, reading the body included. Default 10,000. */
  timeoutMs?: number;
  /** Default 3; 0 returns the redirect itself. */
  maxRedirects?: number;
  signal?: AbortSignal;
};

export interface GuardedResponse {
  status: number;
  isOk: boolean;
  /** Lower-case names; several values joined by ", ". */
  headers: Record<string, string>;
  /** Where the reply came from, after redirects. */
  url: string;
  /** The body as it comes in, capped; read it or call discard(). */
  body: AsyncIterable<Uint8Array>;
  bytes(): Promise<Buffer>;
  text(): Promise<string>;
  json(): Promise<unknown>;
  discard(): Promise<void>;
}

export interface GuardedFetch {
  /** `purpose` is what the operator's exceptions name: "webhook", "llm", "media-store", "channel". */
  (purpose: string, url: string | URL, request?: GuardedRequest): Promise<GuardedResponse>;
  /** Throws an ExternalError unless the status is 2xx; the retry policy is decided here. */
  expectOk(purpose: string, response: GuardedResponse): Promise<GuardedResponse>;
  close(): Promise<void>;
}

export type GuardedFetchSettings = Partial<ConnectionRules> & { clock: Clock; resolve?: Resolver };

const userAgent = "Yingda/1.0";
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export function createGuardedFetch(settings: GuardedFetchSettings): GuardedFetch {
  const agents = new Map<string, Promise<Agent>>();
  const agentOf = (purpose: string): Promise<Agent> => {
    const known = agents.get(purpose) ?? openAgent(purpose, settings);
    agents.set(purpose, known);
    return known;
  };
  const call = async (purpose: string, url: string | URL, request: GuardedRequest = {}) => {
    const deadline = AbortSignal.timeout(request.timeoutMs ?? 10_000);
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    try {
      const dispatcher = await agentOf(purpose);
      return await follow({ purpose, request, dispatcher, signal }, new URL(url));
    } catch (error) {
      request.signal?.throwIfAborted();
      throw asExternal(purpose, deadline, error);
    }
  };
  return Object.assign(call, {
    expectOk: async (purpose: string, response: GuardedResponse) => {
      if (response.isOk) return response;
      await response.discard();
      throw errorOfStatus(purpose, response.status, response.headers["retry-after"], settings.clock.nowMs());
    },
    close: async () => {
      const open = await Promise.all(agents.values());
      agents.clear();
      await Promise.all(open.map((agent) => agent.destroy()));
    },
  });
}

async function openAgent(purpose: string, settings: GuardedFetchSettings): Promise<Agent> {
  const [{ Agent: UndiciAgent }, { guardedConnector, systemResolver }] = await Promise.all([
    import("undici"),
    import("./guarded-connector.ts"),
  ]);
  const { allow = [], ownPorts = [], connectTimeoutMs = 5_000, ca, resolve = systemResolver } = settings;
  const rules = { allow, ownPorts, connectTimeoutMs, ...(ca === undefined ? {} : { ca }) };
  return new UndiciAgent({
    connect: guardedConnector(purpose, rules, resolve),
    keepAliveTimeout: 4_000,
    headersTimeout: 0, // the deadline of each call rules
    bodyTimeout: 0,
    maxHeaderSize: 32_768,
  });
}

type Call = { purpose: string; request: GuardedRequest; dispatcher: Agent; signal: AbortSignal };

async function follow(call: Call, start: URL): Promise<GuardedResponse> {
  const { purpose, request } = call;
  const redirectsAllowed = request.maxRedirects ?? 3;
  let url = start;
  let { method = "GET", body } = request;
  let headers = request.headers ?? {};
  for (let redirects = 0; ; redirects += 1) {
    await checkUrl(purpose, url);
    const reply = await send(call, url, method, headers, body);
    const location = reply.headers.location;
    if (!redirectStatuses.has(reply.statusCode) || location === undefined || redirectsAllowed === 0)
      return present(call, url, reply);
    await reply.body.dump();
    if (redirects === redirectsAllowed) await refuse(purpose, "too-many-redirects");
    const next = new URL(Array.isArray(location) ? (location[0] ?? "") : location, url);
    if (url.protocol === "https:" && next.protocol === "http:")
      await refuse(purpose, "redirect-to-plain-http");
    if (next.origin !== url.origin) headers = withoutSecrets(headers);
    if (reply.statusCode === 303 || (method === "POST" && reply.statusCode < 303)) {
      method = "GET";
      body = undefined;
    } else if (isStream(body)) return failed(purpose, "broken-off");
    url = next;
  }
}

async function send(
  call: Call,
  url: URL,
  method: Dispatcher.HttpMethod,
  headers: Record<string, string>,
  body: GuardedRequest["body"],
): Promise<Dispatcher.ResponseData> {
  return call.dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { "user-agent": userAgent, "accept-encoding": "identity", ...headers },
    body: body instanceof Uint8Array ? Buffer.from(body) : (body ?? null),
    signal: call.signal,
  });
}

async function checkUrl(purpose: string, url: URL): Promise<void> {
  if (url.protocol !== "http:" && url.protocol !== "https:") await refuse(purpose, "not-http");
  if (url.username !== "" || url.password !== "") await refuse(purpose, "credentials-in-address");
}

async function refuse(purpose: string, reason: AddressRefusal): Promise<never> {
  const { AddressRefusedError } = await import("./guarded-connector.ts");
  throw new AddressRefusedError(purpose, reason);
}

function failed(purpose: string, failure: CallFailure): never {
  throw errorOfFailure(purpose, failure);
}

function present(call: Call, url: URL, reply: Dispatcher.ResponseData): GuardedResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  const body = capped(call, reply, headers);
  const bytes = async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return {
    status: reply.statusCode,
    isOk: reply.statusCode >= 200 && reply.statusCode < 300,
    headers,
    url: url.href,
    body,
    bytes,
    text: async () => (await bytes()).toString("utf8"),
    json: async () => JSON.parse((await bytes()).toString("utf8")) as unknown,
    discard: () => reply.body.dump(),
  };
}

async function* capped(
  call: Call,
  reply: Dispatcher.ResponseData,
  headers: Record<string, string>,
): AsyncGenerator<Uint8Array> {
  const { purpose, request, signal } = call;
  const limit = request.maxBytes ?? 5_000_000;
  const tooLarge = () => errorOfFailure(purpose, "too-large");
  try {
    if (Number(headers["content-length"] ?? 0) > limit) throw tooLarge();
    let size = 0;
    for await (const chunk of decoded(reply.body, headers["content-encoding"])) {
      size += chunk.length;
      if (size > limit) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    request.signal?.throwIfAborted();
    throw asExternal(purpose, signal, error);
  } finally {
    if (!reply.body.readableEnded) reply.body.destroy(); // the rest is not wanted
  }
}

/** We ask for identity; some servers compress all the same. The cap counts what comes out, so a bomb stops early. */
function decoded(body: Readable, encoding: string | undefined): AsyncIterable<Buffer> {
  const kind = encoding?.trim().toLowerCase();
  const decoder =
    kind === "gzip" || kind === "x-gzip"
      ? createGunzip()
      : kind === "deflate"
        ? createInflate()
        : kind === "br"
          ? createBrotliDecompress()
          : undefined;
  if (decoder === undefined) return body;
  body.once("error", (error) => decoder.destroy(error));
  return body.pipe(decoder);
}

function asExternal(purpose: string, deadline: AbortSignal, error: unknown): unknown {
  if (error instanceof ExternalError) return error;
  if (error instanceof TypeError && "code" in error && error.code === "ERR_INVALID_URL") return error;
  return errorOfFailure(purpose, deadline.aborted ? "timed-out" : "broken-off", error);
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  const secret = /^(authorization|cookie|proxy-authorization|x-api-key|x-.*-(key|token|signature))$/i;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.test(name)));
}

function isStream(body: GuardedRequest["body"]): body is Readable {
  return body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
}
