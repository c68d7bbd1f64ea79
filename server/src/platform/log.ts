// Structured logging by pino. The message is a fixed phrase, values are fields:
//   log.info({ migration: name, tookMs }, "migration applied")
// Anything personal goes under the key `pii`, which the production sink drops. Fields that hold secrets are
// blanked by name. Ids of the work in hand are set once by `withLogContext` and appear on every line below it.
import { AsyncLocalStorage } from "node:async_hooks";
import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

export interface LogContext {
  tenantId?: string;
  conversationId?: string;
  callId?: string;
  requestId?: string;
}

export const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

const context = new AsyncLocalStorage<LogContext>();

/** Runs `work` with these ids on every log line it writes, added to those already set. */
export function withLogContext<T>(ids: LogContext, work: () => T): T {
  return context.run({ ...context.getStore(), ...ids }, work);
}

/** The ids set by the `withLogContext` around this call. */
export function logContext(): LogContext {
  return context.getStore() ?? {};
}

const secretFields = [
  "password",
  "passwordHash",
  "token",
  "accessToken",
  "refreshToken",
  "secret",
  "apiKey",
  "authorization",
  "cookie",
  "masterKey",
  "recoveryKey",
  "databaseUrl",
  "databaseDirectUrl",
  "smtpUrl",
  "connectionString",
];

/**
 * What of an error may be written. A database error's message and detail can quote a customer's values, so only
 * its code and the names around it are kept; other errors keep message and stack.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const fields = error as Error & Record<string, unknown>;
  const named = { type: error.name, code: fields.code };
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  if (typeof fields.severity === "string" && typeof fields.routine === "string") {
    const { severity, routine, table, constraint, column } = fields;
    return { ...named, severity, routine, table, constraint, column, stack: stackFrames(error), ...cause };
  }
  return { ...named, message: error.message, stack: stackFrames(error), ...cause };
}

function stackFrames(error: Error): string {
  const lines = (error.stack ?? "").split("\n");
  return lines.filter((line) => line.startsWith("    at ")).join("\n");
}

export interface LogOptions {
  level?: LogLevel;
  /** True keeps the `pii` key, for a developer at his own machine. Never in production. */
  keepsPersonal?: boolean;
  /** Where lines go; standard output unless told. */
  destination?: DestinationStream;
}

export function createLog({ level = "info", keepsPersonal = false, destination }: LogOptions = {}): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => context.getStore() ?? {},
    redact: {
      paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: "[redacted]",
    },
    serializers: {
      err: describeError,
      error: describeError,
      ...(keepsPersonal ? {} : { pii: () => undefined }),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A logger that writes nothing, for tests and tools. */
export const silentLog: Log = pino({ level: "silent" });
