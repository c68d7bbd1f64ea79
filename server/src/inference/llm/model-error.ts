// Every way in which asking a model fails, as one code each (contract/errors.ts, llm/…; the texts that say what to do are
// the workbench's). Made where a status, a body or a broken connection is read; nobody else interprets them.

import type { ErrorCode } from "@yingda/contract";
import { AppError, ExternalError } from "../../platform/errors.ts";
import type { ServiceRefusal } from "./service-refusal.ts";

export type ModelErrorCode = Extract<ErrorCode, `llm/${string}`>;

const system = "llm";

/** What may be otherwise a little later, without anybody doing something. */
const passing: ReadonlySet<ModelErrorCode> = new Set([
  "llm/unreachable",
  "llm/rate-limited",
  "llm/service-failed",
  "llm/timed-out",
  "llm/reply-invalid",
  "llm/reply-broken-off",
  "llm/paused",
]);

/** What says something about the service rather than about this one request: it will fail the next one too. */
const ofTheService: ReadonlySet<ModelErrorCode> = new Set([
  ...passing,
  "llm/address-refused",
  "llm/key-refused",
  "llm/model-unknown",
  "llm/balance-empty",
]);

export interface ModelErrorContext {
  details?: Record<string, unknown>;
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * The error of one code. `details.said` is the service's own message, clipped and without the key: text from outside, to be
 * shown as text only.
 */
export function modelError(
  code: ModelErrorCode,
  { retryAfterMs, ...context }: ModelErrorContext = {},
): AppError {
  if (code === "llm/address-refused") return new AppError(code, context);
  return new ExternalError({
    system,
    code,
    retryable: passing.has(code),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...context,
  });
}

/** The code when this is one of ours, otherwise null: a bug, or the caller's own abort. */
export function modelErrorCode(error: unknown): ModelErrorCode | null {
  return error instanceof AppError && isModelCode(error.code) ? error.code : null;
}

export function isServiceFailure(error: unknown): boolean {
  const code = modelErrorCode(error);
  return code !== null && ofTheService.has(code);
}

/** Repaired by a person only: trying again soon is useless. */
export function needsOwner(error: unknown): boolean {
  return isServiceFailure(error) && !(error instanceof ExternalError && error.retryable);
}

/** For a reply with a status that is not 2xx, or an error in the middle of a stream (status null). */
export function errorOfRefusal(refusal: ServiceRefusal): AppError {
  const { code, status, said, retryAfterMs } = refusal;
  return modelError(code, {
    details: { ...(status === null ? {} : { status }), ...(said === "" ? {} : { said }) },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** For a call of the guarded fetch that brought no usable reply; `hasBegun`: the reply had begun. */
export function errorOfFetch(error: unknown, hasBegun: boolean): unknown {
  if (!(error instanceof ExternalError) || isModelCode(error.code)) return error;
  const { failure, reason } = error.details;
  if (reason !== undefined) return modelError("llm/address-refused", { details: { reason }, cause: error });
  if (failure === "timed-out") return modelError("llm/timed-out", { cause: error });
  if (failure === "too-large") return modelError("llm/reply-too-long", { cause: error });
  if (hasBegun) return modelError("llm/reply-broken-off", { cause: error });
  return modelError("llm/unreachable", { details: { failure }, cause: error });
}

function isModelCode(code: ErrorCode): code is ModelErrorCode {
  return code.startsWith("llm/");
}
