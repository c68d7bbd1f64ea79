// A service that speaks the published protocol of POST /v1/chat/completions, for tests: written from the API reference and
// apart from the client. It checks what the reference demands of a request, streams server-sent events that end with
// [DONE], and can be told to be slow, to refuse, to break off, never to end and to send nonsense. chat-request.ts checks.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ChatRequest, problemOf } from "./chat-request.ts";

export interface ChatReply {
  text?: string;
  /** As `reasoning_content` before the text. */
  reasoning?: string;
  toolCalls?: { name: string; arguments: string; id?: string }[];
  finishReason?: string;
  usage?: { prompt_tokens: number; completion_tokens: number; cached?: number } | null;
}

export type Fault =
  | { kind: "none" }
  /** This many events, then the connection is cut. */
  | { kind: "half-closed"; afterEvents: number }
  /** The stream ends in order but without a finish reason. */
  | { kind: "unfinished" }
  /** An event that is not JSON, in the middle. */
  | { kind: "broken-json"; afterEvents: number }
  /** An error object inside the stream. */
  | { kind: "error-event"; error: Record<string, unknown> }
  /** Goes on until the other side hangs up. */
  | { kind: "endless"; text: string; field?: "content" | "reasoning_content" }
  /** One event of this many letters. */
  | { kind: "huge"; letters: number }
  /** Another document in place of the stream. */
  | { kind: "document"; status: number; contentType: string; body: string };

export interface ChatBehaviour {
  key: string | null;
  models: string[];
  /** Request fields that are answered with 400. */
  refusedFields: string[];
  /** This many requests are answered with this status first. */
  failures: { count: number; status: number; retryAfter?: string; body?: string };
  headersAfterMs: number;
  firstTokenAfterMs: number;
  betweenTokensMs: number;
  /** Letters of an event; also of the arguments of tool calls. */
  lettersAtOnce: number;
  fault: Fault;
  reply(request: ChatRequest): ChatReply;
}

export interface ChatService {
  /** Without /v1. */
  url: string;
  port: number;
  /** Requests that were answered with a stream. */
  readonly asked: ChatRequest[];
  /** Of the last request. */
  readonly headers: Record<string, string | string[] | undefined>;
  /** Number of requests of any kind. */
  readonly requests: number;
  /** Connections that the client closed before the stream's end. */
  readonly hangUps: number;
  /** Events written, of all streams. */
  readonly events: number;
  behave(behaviour: Partial<ChatBehaviour>): void;
  close(): Promise<void>;
}

export async function chatService(start: Partial<ChatBehaviour> = {}): Promise<ChatService> {
  const asked: ChatRequest[] = [];
  const counts = { requests: 0, hangUps: 0, events: 0 };
  let headers: ChatService["headers"] = {};
  let behaviour: ChatBehaviour = {
    key: null,
    models: ["tiny"],
    refusedFields: [],
    failures: { count: 0, status: 500 },
    headersAfterMs: 0,
    firstTokenAfterMs: 0,
    betweenTokensMs: 0,
    lettersAtOnce: 3,
    fault: { kind: "none" },
    reply: () => ({ text: "你好，hello" }),
    ...start,
  };

  const server = createServer((request, response) => {
    counts.requests += 1;
    headers = request.headers;
    response.on("close", () => {
      if (!response.writableFinished) counts.hangUps += 1;
    });
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { key, models, failures, fault } = behaviour;
    await pause(behaviour.headersAfterMs);
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return refuse(response, 404, "Not Found");
    if (key !== null && request.headers.authorization !== `Bearer ${key}`)
      return refuse(response, 401, `Incorrect API key provided: ${request.headers.authorization}`, {
        code: "invalid_api_key",
      });
    if (failures.count > 0) {
      failures.count -= 1;
      if (failures.retryAfter !== undefined) response.setHeader("retry-after", failures.retryAfter);
      if (failures.body === undefined) return refuse(response, failures.status, "try again");
      response.statusCode = failures.status;
      response.setHeader("content-type", "application/json");
      return void response.end(failures.body);
    }
    if (fault.kind === "document") {
      response.statusCode = fault.status;
      response.setHeader("content-type", fault.contentType);
      return void response.end(fault.body);
    }
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const problem = problemOf(body, behaviour.refusedFields);
    if (problem !== null) return refuse(response, 400, problem);
    const asking = body as ChatRequest;
    if (!models.includes(asking.model))
      return refuse(response, 404, `The model '${asking.model}' does not exist`, { code: "model_not_found" });
    asked.push(asking);
    await stream(asking, response);
  }

  async function stream(asking: ChatRequest, response: ServerResponse): Promise<void> {
    const { fault, betweenTokensMs } = behaviour;
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
    });
    response.write(": keep-alive\n\n");
    await pause(behaviour.firstTokenAfterMs);
    let sent = 0;
    for (const event of eventsOf(asking, behaviour)) {
      if (response.destroyed) return;
      if (fault.kind === "half-closed" && sent === fault.afterEvents) {
        await pause(20); // so that what was written is sent
        return void response.destroy();
      }
      if (fault.kind === "broken-json" && sent === fault.afterEvents)
        response.write('data: {"id":"chat-1","choices":[{"delta":{"con\n\n');
      const isRoom = response.write(`data: ${event}\n\n`);
      sent += 1;
      counts.events += 1;
      if (!isRoom) await roomOf(response);
      await pause(betweenTokensMs);
    }
    response.end("data: [DONE]\n\n");
  }

  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    get headers() {
      return headers;
    },
    get requests() {
      return counts.requests;
    },
    get hangUps() {
      return counts.hangUps;
    },
    get events() {
      return counts.events;
    },
    behave(change) {
      behaviour = { ...behaviour, ...change };
    },
    close: () =>
      new Promise((resume) => {
        server.closeAllConnections();
        server.close(() => resume());
      }),
  };
}

type Delta = Record<string, unknown>;

function* eventsOf(asking: ChatRequest, behaviour: ChatBehaviour): Generator<string> {
  const { fault, lettersAtOnce } = behaviour;
  const chunk = (delta: Delta, finish: string | null = null, more: Record<string, unknown> = {}) =>
    JSON.stringify({
      id: "chat-1",
      object: "chat.completion.chunk",
      created: 1_764_000_000,
      model: asking.model,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...more,
    });
  yield chunk({ role: "assistant", content: "" });
  if (fault.kind === "error-event") {
    yield chunk({ content: "One" });
    yield JSON.stringify({ error: fault.error });
    return;
  }
  while (fault.kind === "endless") yield chunk({ [fault.field ?? "content"]: fault.text });
  if (fault.kind === "huge") yield chunk({ content: "x".repeat(fault.letters) });
  const { text = "", reasoning = "", toolCalls = [], finishReason, usage } = behaviour.reply(asking);
  for (const piece of pieces(reasoning, lettersAtOnce)) yield chunk({ reasoning_content: piece });
  for (const piece of pieces(text, lettersAtOnce)) yield chunk({ content: piece });
  for (const [index, call] of toolCalls.entries()) {
    const id = call.id ?? `call_${index + 1}`;
    yield chunk({
      tool_calls: [{ index, id, type: "function", function: { name: call.name, arguments: "" } }],
    });
    for (const piece of pieces(call.arguments, lettersAtOnce))
      yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
  }
  if (fault.kind === "unfinished") return;
  yield chunk({}, finishReason ?? (toolCalls.length > 0 ? "tool_calls" : "stop"));
  if (asking.stream_options?.include_usage !== true || usage === null) return;
  const { cached = 0, ...counted } = usage ?? { prompt_tokens: 20, completion_tokens: 5 };
  yield JSON.stringify({
    ...(JSON.parse(chunk({})) as Delta),
    choices: [],
    usage: {
      ...counted,
      total_tokens: counted.prompt_tokens + counted.completion_tokens,
      prompt_tokens_details: { cached_tokens: cached },
    },
  });
}

function* pieces(text: string, letters: number): Generator<string> {
  const all = [...text];
  for (let at = 0; at < all.length; at += letters) yield all.slice(at, at + letters).join("");
}

/** Until the client has read on, or is gone. */
function roomOf(response: ServerResponse): Promise<void> {
  return new Promise((resume) => {
    const go = () => {
      response.off("drain", go);
      response.off("close", go);
      resume();
    };
    response.on("drain", go);
    response.on("close", go);
  });
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resume) => setTimeout(resume, ms));
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  { code = null }: { code?: string | null } = {},
): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code } }));
}
