// Sends one HTTP request of a tool and reads its whole answer, or nothing of it: JSON within a megabyte and the tool's time.
// A page (HTML), a giant and an answer that never ends are errors of their own. Redirects are followed only by reading
// calls without a sign-in: a secret goes to the address it was entered for.

import type { Ctx } from "../../../platform/context.ts";
import { retryAfterMs } from "../../../platform/net/index.ts";
import type { BuiltRequest } from "./build-request.ts";
import { errorOfFailure, errorOfStatus, ToolError } from "./tool-error.ts";

export const mostAnswerBytes = 1_000_000;
const purpose = "tool";

export interface HttpAnswer {
  status: number;
  text: string;
  value: unknown;
}

/** @throws ToolError */
export async function sendHttp(
  ctx: Ctx,
  { method, url, headers, body }: BuiltRequest,
  { timeoutMs, mayRedirect, signal }: { timeoutMs: number; mayRedirect: boolean; signal: AbortSignal },
): Promise<HttpAnswer> {
  checkHeaders(headers);
  try {
    const reply = await ctx.fetch(purpose, url, {
      method,
      headers,
      ...(body === null ? {} : { body }),
      timeoutMs,
      maxBytes: mostAnswerBytes,
      maxRedirects: mayRedirect ? 3 : 0,
      signal,
    });
    if (!reply.isOk) {
      const said = await reply.text().catch(() => "");
      const wait = retryAfterMs(reply.headers["retry-after"], ctx.clock.nowMs());
      throw errorOfStatus(reply.status, isPage(reply.headers, said) ? "" : said, wait);
    }
    const text = await reply.text();
    return { status: reply.status, text, value: readValue(reply.status, reply.headers, text) };
  } catch (error) {
    throw errorOfFailure(error);
  }
}

/** One that cannot be written never leaves the house, and is not a failure of the other side. */
function checkHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers))
    if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(name) || !/^[\t\u0020-\u007e\u0080-\u00ff]*$/u.test(value))
      throw new ToolError("tool/input-missing", "nothing", { detail: name });
}

function isPage(headers: Record<string, string>, text: string): boolean {
  return /\bx?html\b/iu.test(headers["content-type"] ?? "") || /^\s*<(?:!doctype|html)\b/iu.test(text);
}

function readValue(status: number, headers: Record<string, string>, text: string): unknown {
  if (text.trim() === "") return {};
  const noJson = () =>
    new ToolError("tool/not-json", "unknown", {
      status,
      detail: (headers["content-type"] ?? "").slice(0, 80),
    });
  if (isPage(headers, text)) throw noJson();
  try {
    return JSON.parse(text);
  } catch {
    throw noJson();
  }
}
