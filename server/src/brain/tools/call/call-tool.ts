// Calls one tool of a shop: builds the request, signs it in, sends it, reads what flows may use, and says how far it came. At
// most one further try, and only where a second one is no second effect: a tool that only reads, one that knows a repeated
// call by its key, or a first try that surely reached nobody.

import { setTimeout as wait } from "node:timers/promises";
import type { SentRequest, ToolDraft } from "@yingda/contract";
import { elapsedMs } from "../../../platform/clock.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { ToolAnswer } from "../../flows/run/flow-run.ts";
import { callMcpTool } from "../mcp/mcp-client.ts";
import type { OpenConnection } from "../shop/definitions.ts";
import { type BuiltRequest, buildRequest } from "./build-request.ts";
import { parameterValue } from "./fill-values.ts";
import { type Hidden, hiddenOf, maskAnswer, maskRequest } from "./mask.ts";
import { readFields, saysNo } from "./read-answer.ts";
import { type HttpAnswer, sendHttp } from "./send-http.ts";
import { forgetToken, needsToken, signIn } from "./sign-in.ts";
import { errorOfFailure, ToolError } from "./tool-error.ts";

export interface ToolCallGiven {
  tool: ToolDraft;
  connection: OpenConnection;
  input: Record<string, unknown>;
  /** Null for a tool that only reads. */
  key: string | null;
}

export interface ToolCallResult {
  state: "done" | "failed" | "unknown";
  /** Null: nobody knows whether it was done. */
  answer: ToolAnswer | null;
  status: number | null;
  error: { code: string; detail: string } | null;
  /** Secrets and redacted fields masked. */
  request: SentRequest | null;
  excerpt: string;
  tookMs: number;
}

const shortestWaitMs = 300;
const longestWaitMs = 2_000;

/** Never throws what the tool did; a bug throws. */
export async function callTool(ctx: Ctx, given: ToolCallGiven, signal: AbortSignal): Promise<ToolCallResult> {
  const startedMs = elapsedMs();
  const seen: { request: SentRequest | null; hidden: Hidden } = {
    request: null,
    hidden: hiddenOf(Object.values(given.connection.secrets), given.tool.redact, given.input),
  };
  const took = () => Math.round((elapsedMs() - startedMs) * 10) / 10;
  try {
    const { status, text, value } = await tryTwice(ctx, given, seen, signal);
    const answer = answerOf(given.tool, value);
    const excerpt = maskAnswer(text, seen.hidden);
    const isDone = answer.kind === "result";
    const why = answer.kind === "failure" && answer.why === "refused" ? excerpt.slice(0, 300) : "not-found";
    return {
      state: isDone ? "done" : "failed",
      answer,
      status,
      error: isDone ? null : { code: "tool/refused", detail: why },
      request: seen.request,
      excerpt,
      tookMs: took(),
    };
  } catch (caught) {
    const error = errorOfFailure(caught);
    const isUnknown = error.reach === "unknown" && given.tool.effect === "change";
    return {
      state: isUnknown ? "unknown" : "failed",
      answer: isUnknown ? null : failureOf(error, given.tool),
      status: error.status,
      error: { code: error.code, detail: maskAnswer(error.detail, seen.hidden) },
      request: seen.request,
      excerpt: maskAnswer(error.detail, seen.hidden),
      tookMs: took(),
    };
  }
}

/** What would be sent. @throws AppError tool/input-missing, tool/secret-missing */
export async function dryRun(
  ctx: Ctx,
  { tool, connection, input, key }: ToolCallGiven,
): Promise<SentRequest> {
  const built = requestOf(tool, connection, input, key);
  const { request, secrets } = await signIn(ctx, connection, built, {
    isDry: true,
    signal: AbortSignal.timeout(1_000),
  });
  return maskRequest(request, hiddenOf(secrets, tool.redact, input));
}

async function tryTwice(
  ctx: Ctx,
  given: ToolCallGiven,
  seen: { request: SentRequest | null; hidden: Hidden },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    return await callOnce(ctx, given, seen, signal);
  } catch (caught) {
    const error = errorOfFailure(caught);
    const isStale =
      error.code === "tool/sign-in-refused" && error.status === 401 && needsToken(given.connection);
    if (isStale) forgetToken(ctx, given.connection);
    const isSafe =
      given.tool.effect === "read" || given.tool.idempotency !== null || error.reach === "nothing";
    if (!isStale && !(error.isRetryable && isSafe)) throw error;
    if (error.waitMs > longestWaitMs) throw error;
    if (!isStale)
      await wait(Math.max(error.waitMs, shortestWaitMs), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw error;
    try {
      const answer = await callOnce(ctx, given, seen, signal);
      if (given.tool.effect === "read" || error.reach !== "unknown" || !saysNo(answer.value)) return answer;
      throw new ToolError("tool/refused", "refused", { detail: answer.text });
    } catch (again) {
      // whatever the second try says, the first may have been done: "nothing was done" and "refused" would be lies
      const second = errorOfFailure(again);
      if (error.reach !== "unknown" || given.tool.effect === "read") throw second;
      throw new ToolError(second.code, "unknown", { detail: second.detail, cause: second });
    }
  }
}

async function callOnce(
  ctx: Ctx,
  { tool, connection, input, key }: ToolCallGiven,
  seen: { request: SentRequest | null; hidden: Hidden },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { timeoutMs } = tool;
  if (tool.call.kind === "mcp") {
    const given = argumentsOf(tool, input, key);
    const shown: BuiltRequest = {
      method: "POST",
      url: new URL(connection.baseUrl),
      headers: {},
      body: JSON.stringify({ tool: tool.call.tool, arguments: given }),
    };
    seen.request = maskRequest(shown, seen.hidden);
    return callMcpTool(
      ctx,
      withKey(connection, tool, key),
      { tool: tool.call.tool, input: given, timeoutMs },
      signal,
    );
  }
  const built = buildRequest(tool, connection, input, key);
  seen.request = maskRequest(built, seen.hidden);
  const { request, secrets } = await signIn(ctx, connection, built, { signal });
  seen.hidden = hiddenOf(secrets, tool.redact, input);
  seen.request = maskRequest(request, seen.hidden);
  const mayRedirect = tool.effect === "read" && connection.auth.kind === "none";
  return sendHttp(ctx, request, { timeoutMs, mayRedirect, signal });
}

function requestOf(
  tool: ToolDraft,
  connection: OpenConnection,
  input: Record<string, unknown>,
  key: string | null,
): BuiltRequest {
  if (tool.call.kind === "http") return buildRequest(tool, connection, input, key);
  const body = JSON.stringify({ tool: tool.call.tool, arguments: argumentsOf(tool, input, key) });
  return { method: "POST", url: new URL(connection.baseUrl), headers: {}, body };
}

/** Where a call of MCP carries its key in a header. */
function withKey(connection: OpenConnection, { idempotency }: ToolDraft, key: string | null): OpenConnection {
  if (idempotency?.in !== "header" || key === null) return connection;
  return { ...connection, headers: { ...connection.headers, [idempotency.name]: key } };
}

function argumentsOf(
  { parameters, idempotency }: ToolDraft,
  input: Record<string, unknown>,
  key: string | null,
): Record<string, unknown> {
  const entries = parameters.flatMap((parameter): [string, unknown][] => {
    const value = parameterValue(parameter, input);
    return value === undefined ? [] : [[parameter.name, value]];
  });
  if (idempotency?.in === "body" && key !== null) entries.push([idempotency.name, key]);
  return Object.fromEntries(entries);
}

/** A tool that reads and gives none of what it is asked for has found nothing; one that acts may say no in a 200. */
function answerOf(tool: ToolDraft, value: unknown): ToolAnswer {
  if (tool.effect === "change" && saysNo(value)) return { kind: "failure", why: "refused" };
  const fields = readFields(value, tool.picks);
  const isEmpty = tool.effect === "read" && tool.picks.length > 0 && Object.keys(fields).length === 0;
  return isEmpty ? { kind: "failure", why: "not-found" } : { kind: "result", fields };
}

function failureOf({ reach }: ToolError, { effect }: ToolDraft): ToolAnswer {
  if (reach === "not-found") return { kind: "failure", why: "not-found" };
  if (reach === "refused") return { kind: "failure", why: effect === "change" ? "refused" : "unavailable" };
  return { kind: "failure", why: effect === "change" ? "not-done" : "unavailable" };
}
