/**
 * The one place that turns another system's HTTP status into a retry policy.
 *
 * Retryable: 408, 425, 429 and every 5xx except 501 and 505, which will not change by asking again.
 */
import { ExternalError } from "../errors.ts";

/** How far a failed call came. Only after "connect-failed" is it sure that the other side saw nothing. */
export type CallFailure =
  | "connect-failed"
  | "certificate"
  | "timed-out"
  | "broken-off"
  | "too-large"
  | "status";

const retryable = new Set([408, 425, 429, 500, 502, 503, 504]);

export function isRetryableStatus(status: number): boolean {
  return retryable.has(status) || (status > 505 && status < 600);
}

/** Milliseconds asked for by a Retry-After header (seconds or a date), at most one day; undefined when there is none. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - nowMs) / 1_000;
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(Math.max(0, Math.ceil(seconds * 1_000)), 86_400_000);
}

/** The error for a reply that was not 2xx. `system` names who answered: "llm", "webhook". */
export function errorOfStatus(
  system: string,
  status: number,
  header: string | undefined,
  nowMs: number,
): ExternalError {
  const waitMs = retryAfterMs(header, nowMs);
  return new ExternalError({
    system,
    retryable: isRetryableStatus(status),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    details: { failure: "status" satisfies CallFailure, status },
  });
}

/** The error for a call that got no usable reply. A bad certificate or an oversized reply stays so; the rest may pass. */
export function errorOfFailure(system: string, failure: CallFailure, cause?: unknown): ExternalError {
  return new ExternalError({
    system,
    retryable: failure !== "certificate" && failure !== "too-large",
    details: { failure },
    cause,
  });
}
