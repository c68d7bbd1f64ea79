// Talks to a shop's MCP server over streamable HTTP. The SDK is loaded at the first call; every request it makes goes through
// the guarded fetch. No standing stream is opened, and what a server says about its tools is data: names, texts and schemas
// are cut to size and shown, never followed.

import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Ctx } from "../../../platform/context.ts";
import type { BuiltRequest } from "../call/build-request.ts";
import { type HttpAnswer, mostAnswerBytes } from "../call/send-http.ts";
import { signIn } from "../call/sign-in.ts";
import { beforeCall, errorOfFailure, errorOfStatus, ToolError } from "../call/tool-error.ts";
import type { OpenConnection } from "../shop/definitions.ts";

const purpose = "tool";
const mostPages = 20;

export interface McpTool {
  name: string;
  title: string;
  description: string;
  inputSchema: unknown;
  outputSchema: unknown;
  isReading: boolean;
}

/** @throws ToolError */
export async function listMcpTools(
  ctx: Ctx,
  connection: OpenConnection,
  signal: AbortSignal,
): Promise<McpTool[]> {
  return withClient(ctx, connection, 15_000, signal, async (client) => {
    const tools: McpTool[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const listed = await client.listTools(cursor === undefined ? {} : { cursor }, { signal });
      for (const { name, title, description, inputSchema, outputSchema, annotations } of listed.tools)
        tools.push({
          name: name.slice(0, 120),
          title: (title ?? annotations?.title ?? name).slice(0, 120),
          description: (description ?? "").slice(0, 500),
          inputSchema,
          outputSchema,
          isReading: annotations?.readOnlyHint === true,
        });
      cursor = listed.nextCursor;
      if (cursor === undefined) break;
    }
    return tools;
  });
}

/** Calls one tool. @throws ToolError; "tool/refused" where the tool itself reports an error */
export async function callMcpTool(
  ctx: Ctx,
  connection: OpenConnection,
  { tool, input, timeoutMs }: { tool: string; input: Record<string, unknown>; timeoutMs: number },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return withClient(ctx, connection, timeoutMs, signal, async (client) => {
    const result = await client.callTool({ name: tool, arguments: input }, undefined, {
      signal,
      timeout: timeoutMs,
    });
    const content = Array.isArray(result.content)
      ? (result.content as { type: string; text?: unknown }[])
      : [];
    const text = content
      .flatMap((part) => (part.type === "text" && typeof part.text === "string" ? [part.text] : []))
      .join("\n");
    if (result.isError === true) throw new ToolError("tool/refused", "refused", { detail: text });
    return { status: 200, text, value: result.structuredContent ?? jsonOr(text) };
  });
}

function jsonOr(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : { text };
  } catch {
    return { text };
  }
}

async function withClient<T>(
  ctx: Ctx,
  connection: OpenConnection,
  timeoutMs: number,
  signal: AbortSignal,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const [{ Client: McpClient }, { StreamableHTTPClientTransport }] = await Promise.all([
    import("@modelcontextprotocol/sdk/client/index.js"),
    import("@modelcontextprotocol/sdk/client/streamableHttp.js"),
  ]);
  let failure: ToolError | null = null;
  const transport = new StreamableHTTPClientTransport(new URL(connection.baseUrl), {
    fetch: async (url, init) => {
      try {
        return await guarded(ctx, connection, new URL(url), init ?? {}, timeoutMs, signal);
      } catch (error) {
        failure = errorOfFailure(error);
        throw failure;
      }
    },
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 1_000,
      reconnectionDelayGrowFactor: 1,
    },
  });
  const client = new McpClient({ name: "yingda", version: "1.0.0" });
  let isConnected = false;
  try {
    // the SDK's own type differs from its interface under exactOptionalPropertyTypes
    await client.connect(transport as never, { signal, timeout: timeoutMs });
    isConnected = true;
    return await work(client);
  } catch (error) {
    const why = failure ?? mcpError(error);
    throw isConnected ? why : beforeCall(why);
  } finally {
    await client.close().catch(() => undefined);
  }
}

function mcpError(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const detail = typeof message === "string" ? message : "";
  if (code === -32_001) return new ToolError("tool/timed-out", "unknown", { detail, cause: error });
  if (code === -32_602 || code === -32_601)
    return new ToolError("tool/refused", "refused", { detail, cause: error });
  return new ToolError("tool/failed", "unknown", { detail, cause: error });
}

async function guarded(
  ctx: Ctx,
  connection: OpenConnection,
  url: URL,
  init: RequestInit,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Response> {
  const method = (init.method ?? "GET").toUpperCase();
  // a server may offer a stream that stands open; nothing here waits for news
  if (method === "GET") return new Response(null, { status: 405 });
  const headers = Object.fromEntries(new Headers(init.headers));
  delete headers["user-agent"];
  const plain: BuiltRequest = {
    method: method === "DELETE" ? "DELETE" : "POST",
    url,
    headers: { ...connection.headers, ...headers },
    body: init.body === undefined || init.body === null ? null : String(init.body),
  };
  const { request } = await signIn(ctx, connection, plain, { signal });
  const reply = await ctx.fetch(purpose, request.url, {
    method: request.method,
    headers: request.headers,
    ...(request.body === null ? {} : { body: request.body }),
    timeoutMs,
    maxBytes: mostAnswerBytes,
    maxRedirects: 0,
    signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal,
  });
  if (reply.status === 401 || reply.status === 403) throw errorOfStatus(reply.status, "");
  if (reply.status >= 300 && reply.status < 400) throw errorOfStatus(reply.status, "redirect");
  const type = reply.headers["content-type"] ?? "";
  if (reply.isOk && /\bhtml\b/iu.test(type))
    throw new ToolError("tool/not-json", "unknown", { detail: type });
  const hasBody = reply.status !== 202 && reply.status !== 204;
  const body = /event-stream/iu.test(type) ? streamOf(reply.body) : hasBody ? await reply.text() : null;
  if (!hasBody) await reply.discard();
  return new Response(body, { status: reply.status, headers: reply.headers });
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
