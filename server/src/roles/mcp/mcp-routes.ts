// Our own MCP server: POST /mcp, streamable HTTP without sessions, so that any node answers any request. An API key in the
// Authorization header is the only way in; its scopes say which tools there are. The SDK is loaded at the first request.

import { type Ctx, makeCtx } from "../../platform/context.ts";
import { AppError } from "../../platform/errors.ts";
import { addressOf, checkLimit, type HttpApp } from "../../platform/http/index.ts";
import { type OfferedTool, offeredTools } from "./mcp-tools.ts";

const bodyLimit = 256 * 1_024;
const limit = { name: "mcp", count: 240, perSeconds: 60 };

export function mcpRoutes(app: HttpApp, version: string): void {
  app.post("/mcp", { bodyLimit }, async (request, reply) => {
    checkLimit(request, limit);
    const signedIn = request.headers.authorization ? await app.yingda.authenticate(request) : null;
    if (signedIn?.via !== "api-key") throw new AppError("auth/not-signed-in");
    const { tenantId, actor } = signedIn;
    const ctx = makeCtx(app.yingda.services, {
      tenantId,
      actor,
      requestId: request.id,
      address: addressOf(request),
    });
    const [server, { StreamableHTTPServerTransport }] = await Promise.all([
      serverFor(ctx, version),
      import("@modelcontextprotocol/sdk/server/streamableHttp.js"),
    ]);
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true } as never);
    reply.hijack();
    reply.raw.on("close", () => {
      void transport.close();
      void server.close();
    });
    await server.connect(transport as never);
    await transport.handleRequest(request.raw, reply.raw, request.body);
  });
  // no stream stands open and no session has to be ended: clients know this answer
  for (const method of ["GET", "DELETE"] as const)
    app.route({
      method,
      url: "/mcp",
      handler: (_request, reply) => reply.status(405).header("allow", "POST").send(),
    });
}

async function serverFor(ctx: Ctx, version: string) {
  const [{ Server }, types, { z }] = await Promise.all([
    import("@modelcontextprotocol/sdk/server/index.js"),
    import("@modelcontextprotocol/sdk/types.js"),
    import("zod"),
  ]);
  const server = new Server({ name: "yingda", version }, { capabilities: { tools: {} } });
  const mine = offeredTools.filter(
    ({ scope }) => "permissions" in ctx.actor && ctx.actor.permissions.has(scope),
  );
  server.setRequestHandler(types.ListToolsRequestSchema, async () => ({
    tools: mine.map(({ name, title, description, input }) => ({
      name,
      title,
      description,
      inputSchema: { ...z.toJSONSchema(input, { io: "input" }), type: "object" as const },
      annotations: { readOnlyHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(types.CallToolRequestSchema, async ({ params }) => {
    const tool = mine.find(({ name }) => name === params.name);
    if (tool === undefined) return failed("There is no such tool for this key.");
    return call(ctx, tool, params.arguments ?? {});
  });
  return server;
}

/** A refusal is told to the agent in its code; a bug stays ours. */
async function call(ctx: Ctx, tool: OfferedTool, input: unknown) {
  const checked = tool.input.safeParse(input);
  if (!checked.success) {
    const said = checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    return failed(said.join("; ").slice(0, 500));
  }
  try {
    const value = await tool.run(ctx, input);
    return { content: [{ type: "text" as const, text: JSON.stringify(value) }], structuredContent: value };
  } catch (error) {
    if (error instanceof AppError) return failed(error.code);
    ctx.log.error({ err: error, tool: tool.name }, "MCP tool failed");
    return failed("internal");
  }
}

function failed(text: string) {
  return { isError: true, content: [{ type: "text" as const, text }] };
}
