// A description that one can choose tools from: an OpenAPI file or address, or what an MCP server says of itself. Nothing is
// kept.

import {
  type ConnectionDraft,
  type DescribedTools,
  type ToolDraft,
  toolBounds,
  toolDraft,
} from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { AppError } from "../../../platform/errors.ts";
import { errorOfFailure, errorOfStatus, type ToolError } from "../call/tool-error.ts";
import { listMcpTools, type McpTool } from "../mcp/mcp-client.ts";
import { readOpenApi, toolName } from "./read-openapi.ts";
import { parametersOf, picksOf } from "./schema-fields.ts";

const fetchMs = 15_000;

/** @throws AppError tool/description-…, tool/address-refused, tool/unreachable and what else a call can end in */
export async function describeOpenApi(
  ctx: Ctx,
  source: { text: string } | { url: string },
): Promise<DescribedTools> {
  requirePermission(ctx, "settings-write");
  if ("text" in source) return readOpenApi(source.text, null);
  const text = await asked(async () => {
    const reply = await ctx.fetch("tool", source.url, {
      timeoutMs: fetchMs,
      maxBytes: toolBounds.descriptionBytes,
      headers: { accept: "application/json, application/yaml, text/yaml, */*" },
    });
    if (!reply.isOk) throw errorOfStatus(reply.status, "");
    return reply.text();
  });
  return readOpenApi(text, source.url);
}

/** @throws AppError with a tool/… code */
export async function describeMcp(ctx: Ctx, { secrets, ...draft }: ConnectionDraft): Promise<DescribedTools> {
  requirePermission(ctx, "settings-write");
  const connection = { ...draft, id: null, version: 0, secrets };
  const listed = await asked(() => listMcpTools(ctx, connection, AbortSignal.timeout(fetchMs)));
  const names = new Set<string>();
  const prefix =
    new URL(draft.baseUrl).hostname.split(".").find((part) => /^[a-z][a-z0-9]{2,20}$/u.test(part)) ?? "mcp";
  const made = listed.slice(0, toolBounds.operations).map((tool) => mcpDraft(tool, prefix, names));
  return {
    title: draft.name,
    baseUrl: draft.baseUrl,
    auth: draft.auth,
    secretsNeeded: [],
    tools: made.flatMap((each) => ("why" in each ? [] : [each])),
    skipped: made.flatMap((each) => ("why" in each ? [each] : [])),
  };
}

function mcpDraft(
  { name, title, description, inputSchema, outputSchema, isReading }: McpTool,
  prefix: string,
  names: Set<string>,
): ToolDraft | { name: string; why: string } {
  const document = typeof inputSchema === "object" && inputSchema !== null ? inputSchema : {};
  const output = typeof outputSchema === "object" && outputSchema !== null ? outputSchema : null;
  const draft = {
    name: toolName(prefix, name, names),
    title,
    about: description,
    effect: isReading ? "read" : "change",
    call: { kind: "mcp", tool: name },
    parameters: parametersOf(document as Record<string, unknown>, inputSchema, new Set()),
    picks: output === null ? [] : picksOf(output as Record<string, unknown>, output),
  };
  const checked = toolDraft.safeParse(draft);
  return checked.success ? checked.data : { name, why: checked.error.issues[0]?.path.join(".") ?? "shape" };
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (caught) {
    const error: ToolError = errorOfFailure(caught);
    throw new AppError(error.code, { details: { detail: error.detail, status: error.status }, cause: error });
  }
}
