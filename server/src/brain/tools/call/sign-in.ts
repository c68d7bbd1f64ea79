// Signs a request in. Tokens of OAuth2 client credentials and of applications' own token calls are fetched through the
// guarded fetch, kept in this process until shortly before they end, and fetched anew after a 401.

import { createHash } from "node:crypto";
import type { SentAs } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { AppError } from "../../../platform/errors.ts";
import type { OpenConnection } from "../shop/definitions.ts";
import type { BuiltRequest } from "./build-request.ts";
import { valueAt } from "./read-answer.ts";
import { beforeCall, errorOfStatus, ToolError } from "./tool-error.ts";

interface Token {
  value: string;
  endsAtMs: number;
}

const purpose = "tool";
const earlyMs = 30_000;
const usualLifeMs = 5 * 60_000;
const longestLifeMs = 24 * 3_600_000;
const mostKept = 2_000;
const maxTokenBytes = 100_000;
const tokenTimeoutMs = 8_000;

const kept = new Map<string, Promise<Token>>();

/** One that is not kept yet is known by where it signs in and as whom. */
function keyOf(ctx: Pick<Ctx, "tenantId">, { id, version, baseUrl, auth, secrets }: OpenConnection): string {
  const unsaved = () =>
    createHash("sha256")
      .update(JSON.stringify([baseUrl, auth, secrets]))
      .digest("hex");
  return `${ctx.tenantId}:${id ?? unsaved()}:${version}`;
}

/** After a 401: the next sign-in fetches a new token. */
export function forgetToken(ctx: Pick<Ctx, "tenantId">, connection: OpenConnection): void {
  kept.delete(keyOf(ctx, connection));
}

export function needsToken({ auth }: OpenConnection): boolean {
  return auth.kind === "oauth2" || auth.kind === "app-token";
}

/**
 * Out: the request with its sign-in, and every secret that now stands in it. `isDry` fetches no token.
 * @throws ToolError tool/secret-missing, tool/sign-in-refused and what a call can throw
 */
export async function signIn(
  ctx: Ctx,
  connection: OpenConnection,
  request: BuiltRequest,
  { isDry = false, signal }: { isDry?: boolean; signal: AbortSignal },
): Promise<{ request: BuiltRequest; secrets: string[] }> {
  const { auth } = connection;
  const secrets = Object.values(connection.secrets);
  switch (auth.kind) {
    case "none":
      return { request, secrets };
    case "key":
      return { request: withSecret(request, auth.sentAs, secretNamed(connection, "key")), secrets };
    case "basic": {
      const pair = Buffer.from(`${auth.username}:${secretNamed(connection, "password")}`).toString("base64");
      const sentAs: SentAs = { in: "header", name: "authorization", prefix: "Basic " };
      return { request: withSecret(request, sentAs, pair), secrets: [...secrets, pair] };
    }
    case "oauth2":
    case "app-token": {
      const token = isDry ? "token" : await tokenInTime(ctx, connection, signal);
      return { request: withSecret(request, auth.sentAs, token), secrets: [...secrets, token] };
    }
  }
}

function withSecret(
  request: BuiltRequest,
  { in: where, name, prefix }: SentAs,
  secret: string,
): BuiltRequest {
  if (where === "header")
    return { ...request, headers: { ...request.headers, [name.toLowerCase()]: `${prefix}${secret}` } };
  const url = new URL(request.url);
  url.searchParams.set(name, `${prefix}${secret}`);
  return { ...request, url };
}

function secretNamed({ secrets }: OpenConnection, name: string): string {
  const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (secret === undefined || secret === "") throw new AppError("tool/secret-missing", { details: { name } });
  return secret;
}

/** The fetch has its own time: whoever gives up takes no token from the others who wait for it. */
async function tokenInTime(ctx: Ctx, connection: OpenConnection, signal: AbortSignal): Promise<string> {
  try {
    signal.throwIfAborted();
    const givenUp = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    return await Promise.race([tokenFor(ctx, connection), givenUp]);
  } catch (caught) {
    throw beforeCall(caught);
  }
}

/** Calls at the same moment share one fetch. */
async function tokenFor(ctx: Ctx, connection: OpenConnection): Promise<string> {
  const key = keyOf(ctx, connection);
  const known = kept.get(key);
  if (known !== undefined) {
    const token = await known;
    if (token.endsAtMs - earlyMs > ctx.clock.nowMs()) return token.value;
    if (kept.get(key) === known) kept.delete(key);
  }
  const fetching = kept.get(key) ?? fetchToken(ctx, connection);
  kept.delete(key);
  kept.set(key, fetching);
  fetching.catch(() => kept.get(key) === fetching && kept.delete(key));
  const [oldest] = kept.size > mostKept ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  return (await fetching).value;
}

async function fetchToken(ctx: Ctx, connection: OpenConnection): Promise<Token> {
  const { auth } = connection;
  if (auth.kind !== "oauth2" && auth.kind !== "app-token") throw new Error("this sign-in has no token");
  const { url, ...call } = auth.kind === "oauth2" ? oauthCall(connection, auth) : ownCall(connection, auth);
  const reply = await ctx.fetch(purpose, url, {
    ...call,
    timeoutMs: tokenTimeoutMs,
    maxBytes: maxTokenBytes,
    maxRedirects: 0,
  });
  const text = await reply.text();
  if (!reply.isOk) {
    const error = errorOfStatus(reply.status, "");
    const isRefused = reply.status >= 300 && reply.status < 500 && !error.isRetryable;
    const more = { status: reply.status, detail: oauthErrorIn(text), isRetryable: !isRefused };
    throw new ToolError(isRefused ? "tool/sign-in-refused" : "tool/failed", "nothing", more);
  }
  const body = parsed(text);
  const value = valueAt(body, auth.kind === "oauth2" ? "access_token" : auth.tokenAt);
  if (typeof value !== "string" || value === "")
    throw new ToolError("tool/sign-in-refused", "nothing", {
      status: reply.status,
      detail: oauthErrorIn(text),
    });
  const seconds = Number(valueAt(body, "expires_in") ?? valueAt(body, "data.expires_in"));
  const lifeMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : usualLifeMs;
  return { value, endsAtMs: ctx.clock.nowMs() + Math.min(lifeMs, longestLifeMs) };
}

type TokenCall = { url: URL; method: "GET" | "POST"; headers: Record<string, string>; body?: string };

function oauthCall(
  connection: OpenConnection,
  auth: Extract<OpenConnection["auth"], { kind: "oauth2" }>,
): TokenCall {
  const secret = secretNamed(connection, "clientSecret");
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (auth.scopes.length > 0) form.set("scope", auth.scopes.join(" "));
  const headers: Record<string, string> = {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  };
  if (auth.clientIn === "body") {
    form.set("client_id", auth.clientId);
    form.set("client_secret", secret);
  } else {
    // RFC 6749 2.3.1: both are form-encoded before they are joined
    const pair = `${encodeURIComponent(auth.clientId)}:${encodeURIComponent(secret)}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  }
  return { url: new URL(auth.tokenUrl), method: "POST", headers, body: form.toString() };
}

function ownCall(
  { secrets }: OpenConnection,
  auth: Extract<OpenConnection["auth"], { kind: "app-token" }>,
): TokenCall {
  const values = { ...auth.fixed, ...secrets };
  const url = new URL(auth.tokenUrl);
  if (auth.method === "GET") {
    for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
    return { url, method: "GET", headers: { accept: "application/json" } };
  }
  const headers = { "content-type": "application/json", accept: "application/json" };
  return { url, method: "POST", headers, body: JSON.stringify(values) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only the error fields that standards name: a refusal may repeat what was sent. */
function oauthErrorIn(text: string): string {
  const body = parsed(text);
  const said = ["error", "error_description", "errcode", "errmsg", "code", "msg", "message"].flatMap(
    (name) => {
      const value = valueAt(body, name);
      return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
    },
  );
  return said.join(": ").slice(0, 300);
}
