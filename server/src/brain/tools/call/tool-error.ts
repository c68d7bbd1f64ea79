// What went wrong with a call, in our codes, and how far it came: "nothing" was surely not done, "refused" by the other side,
// "unknown" may have been done. Decided once, here.

import type { ErrorCode } from "@yingda/contract";
import { AppError, ExternalError } from "../../../platform/errors.ts";

export type ToolErrorCode = Extract<ErrorCode, `tool/${string}`>;
export type Reach = "nothing" | "refused" | "not-found" | "unknown";

export class ToolError extends Error {
  readonly code: ToolErrorCode;
  readonly reach: Reach;
  readonly isRetryable: boolean;
  readonly status: number | null;
  /** What the other side said, cut short; data, never shown to a customer. */
  readonly detail: string;
  readonly waitMs: number;

  constructor(
    code: ToolErrorCode,
    reach: Reach,
    more: { isRetryable?: boolean; status?: number; detail?: string; waitMs?: number; cause?: unknown } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "ToolError";
    this.code = code;
    this.reach = reach;
    this.isRetryable = more.isRetryable ?? false;
    this.status = more.status ?? null;
    this.detail = (more.detail ?? "").slice(0, 500);
    this.waitMs = more.waitMs ?? 0;
  }
}

/** A status that is not 2xx. */
export function errorOfStatus(status: number, detail: string, waitMs = 0): ToolError {
  const more = { status, detail, waitMs };
  if (status === 401 || status === 403) return new ToolError("tool/sign-in-refused", "nothing", more);
  // a form that was taken often leads on to a page
  if (status === 302 || status === 303) return new ToolError("tool/refused", "unknown", more);
  if (status === 404 || status === 410) return new ToolError("tool/refused", "not-found", more);
  if (status === 429 || status === 425)
    return new ToolError("tool/failed", "nothing", { ...more, isRetryable: true });
  if (status === 408) return new ToolError("tool/timed-out", "unknown", { ...more, isRetryable: true });
  if (status >= 500) return new ToolError("tool/failed", "unknown", { ...more, isRetryable: true });
  return new ToolError("tool/refused", "refused", more);
}

/** What failed before the tool itself was asked: whatever it was, nothing was done. */
export function beforeCall(caught: unknown): ToolError {
  const error = errorOfFailure(caught);
  const { code, isRetryable, status, detail, waitMs } = error;
  const more = { isRetryable, detail, waitMs, cause: error, ...(status === null ? {} : { status }) };
  return new ToolError(code, "nothing", more);
}

/** What the guarded fetch, or the reading of the answer, threw. Anything else is a bug and stays one. */
export function errorOfFailure(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  if (error instanceof ExternalError) {
    const { reason, failure } = error.details as { reason?: string; failure?: string };
    if (reason !== undefined)
      return new ToolError("tool/address-refused", "nothing", { detail: reason, cause: error });
    const more = { detail: failure ?? "", cause: error };
    if (failure === "connect-failed" || failure === "certificate")
      return new ToolError("tool/unreachable", "nothing", {
        ...more,
        isRetryable: failure === "connect-failed",
      });
    if (failure === "timed-out")
      return new ToolError("tool/timed-out", "unknown", { ...more, isRetryable: true });
    if (failure === "too-large") return new ToolError("tool/reply-too-large", "unknown", more);
    return new ToolError("tool/failed", "unknown", { ...more, isRetryable: true });
  }
  if (error instanceof AppError && error.code.startsWith("tool/"))
    return new ToolError(error.code as ToolErrorCode, "nothing", {
      detail: Object.values(error.details).join(" "),
      cause: error,
    });
  const isAborted = error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
  if (isAborted) return new ToolError("tool/timed-out", "unknown", { cause: error });
  throw error;
}
