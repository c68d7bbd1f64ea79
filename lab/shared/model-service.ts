// A model's service for the labs: POST /v1/chat/completions as the published protocol has it, streamed as server-sent events,
// with a program in the place of the model. Written apart from the server's adapter and its tests, so that what one side
// misunderstands the other does not repeat. Counts tokens dearly: one for every Han letter, one for three other letters.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  system: string;
  /** What others than the system said, in order. */
  said: { role: string; text: string }[];
}

export interface ModelService {
  /** Without /v1. */
  url: string;
  port: number;
  readonly calls: number;
  close(): Promise<void>;
}

export async function modelService(model: string, answer: (asked: Asked) => string): Promise<ModelService> {
  let calls = 0;
  const server = createServer((request, response) => {
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return void response.writeHead(404).end();
    calls += 1;
    void serve(model, answer, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get calls() {
      return calls;
    },
    close: () =>
      new Promise((resume) => {
        server.closeAllConnections();
        server.close(() => resume());
      }),
  };
}

interface Body {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string | { text?: string }[] | null }[];
}

async function serve(
  model: string,
  answer: (asked: Asked) => string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
  if (body.model !== model || body.stream !== true) return void response.writeHead(400).end();
  const said = body.messages.map(({ role, content }) => ({ role, text: textOf(content) }));
  const text = answer({
    system: said.find(({ role }) => role === "system")?.text ?? "",
    said: said.filter(({ role }) => role !== "system"),
  });
  const usage = {
    prompt_tokens: said.reduce((sum, one) => sum + tokensOf(one.text) + 4, 0),
    completion_tokens: tokensOf(text),
  };
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (event: object) =>
    response.write(
      `data: ${JSON.stringify({ id: "lab", object: "chat.completion.chunk", created: 1, model, ...event })}\n\n`,
    );
  send({ choices: [{ index: 0, delta: { role: "assistant", content: text }, finish_reason: null }] });
  send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  send({ choices: [], usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens } });
  response.end("data: [DONE]\n\n");
}

function textOf(content: Body["messages"][number]["content"]): string {
  return typeof content === "string" ? content : (content ?? []).map(({ text = "" }) => text).join("\n");
}

function tokensOf(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han + Math.ceil((text.length - han) / 3);
}
