// The four kinds of failure, told apart by class, never by text:
//   AppError       refuses a person; the code and its HTTP status are in contract/errors.ts
//   ExternalError  something outside failed; the retry policy is decided where its answer is read
//   StartupError   the server cannot start; main.ts prints it in both languages and exits
//   anything else  a bug: masked as `internal`
// An expected outcome is none of these: it is a return value.
import { type ErrorCode, errorCodes } from "@yingda/contract";

export interface ErrorContext {
  /** Values that are safe to show to whoever asked. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, { details = {}, cause }: ErrorContext = {}) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.status = errorCodes[code];
    this.details = details;
  }
}

export interface ExternalContext extends ErrorContext {
  /** What failed: "database", "smtp", "wechat-official". */
  system: string;
  retryable: boolean;
  /** How long the other side asked us to wait. */
  retryAfterMs?: number;
  /** Another code than the general one. */
  code?: ErrorCode;
}

export class ExternalError extends AppError {
  readonly system: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor({ system, retryable, retryAfterMs, code, ...context }: ExternalContext) {
    super(code ?? "platform/unavailable", context);
    this.name = "ExternalError";
    this.system = system;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

export type StartupCode =
  | "config-invalid"
  | "data-folder-locked"
  | "data-folder-unusable"
  | "database-binaries-missing"
  | "database-user-missing"
  | "database-start-failed"
  | "database-port-in-use"
  | "database-version-differs"
  | "database-newer-than-code"
  | "database-migration-changed"
  | "database-migration-failed"
  | "database-unreachable"
  | "database-url-invalid"
  | "database-too-old"
  | "database-role-unsafe"
  | "master-key"
  | "certificate-unusable"
  | "port-in-use"
  | "disk-full";

/** Stops the program. Operators read it, so it says in Chinese and English what is wrong and what to do. */
export class StartupError extends Error {
  readonly code: StartupCode;
  readonly zh: string;
  readonly en: string;

  constructor(code: StartupCode, text: { zh: string; en: string }, cause?: unknown) {
    super(`${text.zh}\n${text.en}`, cause === undefined ? undefined : { cause });
    this.name = "StartupError";
    this.code = code;
    this.zh = text.zh;
    this.en = text.en;
  }
}
