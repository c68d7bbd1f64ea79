// The request that a tool's call becomes, before sign-in. Pure: the same tool and input give the same request.

import type { ToolDraft } from "@yingda/contract";
import { AppError } from "../../../platform/errors.ts";
import type { GuardedRequest } from "../../../platform/net/index.ts";
import type { OpenConnection } from "../shop/definitions.ts";
import { fillJson, fillPath, parameterValue, plain, putAt, type Values } from "./fill-values.ts";

export interface BuiltRequest {
  method: NonNullable<GuardedRequest["method"]>;
  url: URL;
  headers: Record<string, string>;
  body: string | null;
}

/**
 * `key` goes where the tool says that a repeated call is known by.
 * @throws AppError tool/input-missing when a value is not there; tool/not-supported for an MCP tool
 */
export function buildRequest(
  tool: Pick<ToolDraft, "call" | "parameters" | "idempotency">,
  connection: Pick<OpenConnection, "baseUrl" | "headers">,
  input: Values,
  key: string | null,
): BuiltRequest {
  const { call, parameters, idempotency } = tool;
  if (call.kind !== "http") throw new AppError("tool/not-supported");
  const parts = new Map<string, string>();
  const headers: Record<string, string> = { accept: "application/json", ...lowerNames(connection.headers) };
  const query: [string, string][] = [];
  let body: unknown;
  for (const parameter of parameters) {
    const value = parameterValue(parameter, input);
    if (value === undefined) continue;
    const { name } = parameter;
    if (parameter.in === "path") parts.set(name, plain(value));
    else if (parameter.in === "query") query.push([name, plain(value)]);
    else if (parameter.in === "header") headers[name.toLowerCase()] = headerValue(plain(value));
    else body = call.bodyAs === "form" ? { ...(body as Values), [name]: value } : putAt(body, name, value);
  }
  if (call.body !== null) body = fillTemplate(call.body, call.bodyAs, input);
  if (idempotency?.in === "header" && key !== null)
    headers[idempotency.name.toLowerCase()] = headerValue(key);
  if (idempotency?.in === "body" && key !== null) body = putAt(body, idempotency.name, key);
  const url = addressOf(connection.baseUrl, fillPath(call.path, parts), query);
  return { method: call.method, url, headers, body: written(body, call.bodyAs, headers) };
}

function addressOf(baseUrl: string, path: string, query: [string, string][]): URL {
  const base = new URL(baseUrl);
  const [before = "", fixed = ""] = path.split("?");
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/u, "")}${before}`;
  url.search = fixed === "" ? base.search : fixed;
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
}

function fillTemplate(template: string, bodyAs: "none" | "json" | "form", input: Values): unknown {
  if (bodyAs === "form") {
    const pairs = [...new URLSearchParams(template)];
    return Object.fromEntries(pairs.map(([name, value]) => [name, fillJson(value, input)]));
  }
  try {
    return fillJson(JSON.parse(template), input);
  } catch (error) {
    throw new AppError("tool/not-supported", { details: { part: "body" }, cause: error });
  }
}

function written(
  body: unknown,
  bodyAs: "none" | "json" | "form",
  headers: Record<string, string>,
): string | null {
  if (body === undefined) return null;
  if (bodyAs === "form") {
    headers["content-type"] = "application/x-www-form-urlencoded";
    const entries = Object.entries(body as Values).filter(([, value]) => value !== undefined);
    return new URLSearchParams(
      entries.map(([name, value]): [string, string] => [name, plain(value)]),
    ).toString();
  }
  headers["content-type"] = "application/json";
  return JSON.stringify(body);
}

function lowerNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerValue(value)]),
  );
}

/** A value cannot begin another header; letters outside Latin-1 are encoded. */
function headerValue(value: string): string {
  const line = value.replaceAll(/[\r\n\0]/gu, " ");
  return /^[\u0020-\u00ff]*$/u.test(line) ? line : encodeURIComponent(line);
}
