// The door of the HTTP layer: the fastify instance, routes from the contract, cookies, limits, files.
export { createHttp, guardServer, type HttpOptions } from "./create-http.ts";
export { dispositionOf, sendFile } from "./file-reply.ts";
export { metricsOf } from "./metrics.ts";
export { errorReply, refusalOf } from "./on-error.ts";
export { openApiOf } from "./openapi.ts";
export { addressOf, isForeignOrigin, isLoopback, limitKeyOf, originOf, ownOrigins } from "./origins.ts";
export { checkLimit, createLimiter, type Limiter } from "./rate-limit.ts";
export { admit, register } from "./register.ts";
export { pagePolicy } from "./security-headers.ts";
export { clearSessionToken, readSessionToken, writeSessionToken } from "./session-cookie.ts";
export type {
  Authenticate,
  Call,
  FileReply,
  Handler,
  HttpApp,
  PublicCtx,
  RateLimit,
  RegisterOptions,
  SignedIn,
} from "./types.ts";
export { acceptUpgrades, takeUpgrade } from "./upgrade.ts";
