// The one place that turns what was thrown into a reply. A person's refusal keeps its code; a bug becomes `internal`, its
// words stay in the log.
import type { ErrorReply } from "@yingda/contract";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { AppError, ExternalError } from "../errors.ts";

/** The framework's own refusals, by its codes. */
const frameworkCodes: Record<string, AppError["code"]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "request/too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "request/not-json",
  FST_ERR_CTP_EMPTY_JSON_BODY: "request/invalid",
  FST_ERR_CTP_INVALID_JSON_BODY: "request/invalid",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "request/invalid",
  FST_ERR_BAD_URL: "request/invalid",
  FST_ERR_MAX_PARAM_LENGTH: "request/invalid",
  FST_REQ_FILE_TOO_LARGE: "media/too-large",
  FST_FILES_LIMIT: "request/invalid",
  FST_FIELDS_LIMIT: "request/invalid",
  FST_PARTS_LIMIT: "request/invalid",
  FST_INVALID_MULTIPART_CONTENT_TYPE: "request/invalid",
  FST_MULTIPART_INVALID_FORM: "request/invalid",
};

export function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>;
  const known = code === undefined ? undefined : frameworkCodes[code];
  if (known) return new AppError(known, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError("request/invalid", { cause: error });
  return new AppError("internal", { cause: error });
}

export function errorReply(error: AppError, requestId: string): ErrorReply {
  const { code, details } = error;
  const message = code.replace("/", ": ").replaceAll("-", " ");
  return { error: { code, message, ...(Object.keys(details).length > 0 ? { details } : {}), requestId } };
}

export function onError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  const { log } = request.server.yingda.services;
  if (refusal.code === "internal")
    log.error({ err: error, path: request.routeOptions.url }, "request failed");
  else if (refusal instanceof ExternalError)
    log.warn({ err: refusal, path: request.routeOptions.url }, "request failed outside");
  const { retryAfterMs } = refusal.details;
  if (typeof retryAfterMs === "number") reply.header("retry-after", Math.ceil(retryAfterMs / 1_000));
  void reply
    .status(refusal.status)
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(errorReply(refusal, request.id));
}

export function onNotFound(request: FastifyRequest, reply: FastifyReply): void {
  onError(new AppError("request/not-found"), request, reply);
}
