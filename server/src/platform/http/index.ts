// The door of the HTTP layer: the fastify instance, routes from the contract, cookies, limits, files.
export { createHttp, type HttpOptions } from "./create-http.ts";
export { register } from "./register.ts";
export { clearSessionToken, readSessionToken, writeSessionToken } from "./session-cookie.ts";
export { addressOf, isLoopback, originOf, ownOrigins } from "./origins.ts";
export { checkLimit } from "./rate-limit.ts";
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
