// A service that speaks the published protocol of POST /v1/embeddings, for tests: written from the API reference and apart
// from the adapter. Bearer key; `input` a text or up to `mostTexts` texts, none empty; `encoding_format` float or base64;
// the reply is {object: "list", data: [{object: "embedding", index, embedding}], model, usage}. It can be told to be slow,
// to fail, to shuffle, and to answer nonsense.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface EmbeddingsService {
  /** Without /v1. */
  url: string;
  port: number;
  /** Bodies of the requests that were answered with vectors. */
  readonly asked: { model: string; input: string[]; dimensions?: number }[];
  /** Number of requests of any kind. */
  readonly requests: number;
  behave(behaviour: Partial<Behaviour>): void;
  close(): Promise<void>;
}

export interface Behaviour {
  key: string | null;
  mostTexts: number;
  delayMs: number;
  /** This many requests are answered with this status first. */
  failures: { count: number; status: number; retryAfterSeconds?: number };
  isShuffled: boolean;
  body: string | null;
  vectorOf(text: string): number[];
}

export async function embeddingsService(start: Partial<Behaviour> = {}): Promise<EmbeddingsService> {
  const asked: EmbeddingsService["asked"] = [];
  let requests = 0;
  let behaviour: Behaviour = {
    key: null,
    mostTexts: 2_048,
    delayMs: 0,
    failures: { count: 0, status: 500 },
    isShuffled: false,
    body: null,
    vectorOf: (text) => [text.length, 1, 0, 0],
    ...start,
  };

  const server = createServer((request, response) => {
    requests += 1;
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { key, mostTexts, delayMs, failures, isShuffled, vectorOf } = behaviour;
    if (delayMs > 0) await new Promise((resume) => setTimeout(resume, delayMs));
    if (request.method !== "POST" || request.url !== "/v1/embeddings")
      return refuse(response, 404, "unknown address");
    if (key !== null && request.headers.authorization !== `Bearer ${key}`)
      return refuse(response, 401, "Incorrect API key provided");
    if (failures.count > 0) {
      failures.count -= 1;
      if (failures.retryAfterSeconds !== undefined)
        response.setHeader("retry-after", String(failures.retryAfterSeconds));
      return refuse(response, failures.status, "try again");
    }
    if (behaviour.body !== null) return void response.end(behaviour.body);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const input = typeof body.input === "string" ? [body.input] : body.input;
    if (
      !Array.isArray(input) ||
      input.length === 0 ||
      input.some((text) => typeof text !== "string" || text === "")
    )
      return refuse(response, 400, "'input' is invalid");
    if (typeof body.model !== "string") return refuse(response, 400, "you must provide a model parameter");
    if (input.length > mostTexts) return refuse(response, 400, `array too long, at most ${mostTexts}`);
    const texts = input as string[];
    const { dimensions } = body as { dimensions?: number };
    const data = texts.map((text, index) => {
      const vector = dimensions === undefined ? vectorOf(text) : vectorOf(text).slice(0, dimensions);
      const embedding =
        body.encoding_format === "base64"
          ? Buffer.from(Float32Array.from(vector).buffer).toString("base64")
          : vector;
      return { object: "embedding", index, embedding };
    });
    if (isShuffled) data.reverse();
    asked.push({ model: body.model, input: texts, ...(dimensions === undefined ? {} : { dimensions }) });
    const tokens = texts.join("").length;
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        object: "list",
        data,
        model: body.model,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      }),
    );
  }

  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    get requests() {
      return requests;
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

function refuse(response: ServerResponse, status: number, message: string): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code: null } }),
  );
}
