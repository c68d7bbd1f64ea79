// Sorts what can go wrong with a query: the database is out of reach (try later), the transaction lost against
// another one (run it again), writing is refused (tell the person), or it is the statement's own error (a bug, or a
// constraint the store looks for by its code). PostgreSQL's codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
import { AppError, ExternalError } from "../errors.ts";

const unreachableCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  ...["ENOTFOUND", "EAI_AGAIN", "EACCES"],
  ...["57P01", "57P02", "57P03", "53300"], // shut down, crash of a neighbour, starting up, no slot free
]);
const conflictCodes = new Set(["40001", "40P01"]);
const staleStatementCodes = new Set(["0A000", "26000"]);
const diskFullCode = "53100";
const idleTimeOutCode = "25P03";
const readOnlyCode = "25006";

/** The code of a PostgreSQL or system error; "" when it has none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : "";
}

/** Whether the connection, or the way to it, failed; `isBroken` says the connection reported its own end. */
export function isUnreachable(error: unknown, isBroken: boolean): boolean {
  const code = codeOf(error);
  return isBroken || unreachableCodes.has(code) || code.startsWith("08");
}

/** Whether running the whole transaction again is the cure. */
export function isConflict(error: unknown): boolean {
  return conflictCodes.has(codeOf(error));
}

/** A prepared statement the connection does not know any more, or whose tables were migrated under it. */
export function isStaleStatement(error: unknown): boolean {
  const routine = error instanceof Error ? (error as Error & { routine?: unknown }).routine : undefined;
  const code = codeOf(error);
  return staleStatementCodes.has(code) && (code === "26000" || routine === "RevalidateCachedQuery");
}

/**
 * Whether PostgreSQL ended a transaction that stood idle: our own mistake and not an outage, because something inside
 * it was waited for that is not the database.
 */
export function isIdleTimeOut(lost: Error | null): boolean {
  return codeOf(lost) === idleTimeOutCode;
}

/** What the caller is told. Errors that are the statement's own go through unchanged. `lost`: why the connection ended. */
export function presentError(error: unknown, lost: Error | null, refusal: (() => AppError) | null): unknown {
  if (error instanceof AppError) return error;
  // our own mistake, not an outage: something inside a transaction was waited for that is not the database
  if (codeOf(lost) === idleTimeOutCode)
    return new Error("a transaction stood idle for too long", { cause: lost });
  if (codeOf(error) === readOnlyCode && refusal) return refusal();
  if (codeOf(error) === diskFullCode) return new AppError("platform/disk-full", { cause: error });
  if (isUnreachable(error, lost !== null)) return unreachable(error);
  return error;
}

export function unreachable(cause: unknown): ExternalError {
  return new ExternalError({ system: "database", retryable: true, retryAfterMs: 1000, cause });
}
