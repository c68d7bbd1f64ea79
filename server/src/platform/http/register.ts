// Registers a route of the contract: who may call it, what it takes, what it gives back, all read from the contract's value.
//   register(app, routes.getFaq, (ctx, { params }) => getFaq(ctx, params.id));
import type { Route } from "@yingda/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { type Ctx, makeCtx } from "../context.ts";
import { AppError } from "../errors.ts";
import { withLogContext } from "../log.ts";
import { sendFile } from "./file-reply.ts";
import { addressOf, isForeignOrigin, originOf } from "./origins.ts";
import { checkLimit } from "./rate-limit.ts";
import { readSessionToken } from "./session-cookie.ts";
import type { Call, FileReply, Handler, HttpApp, PublicCtx, RegisterOptions, SignedIn } from "./types.ts";

const changing: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];
export const maxJsonBytes = 64 * 1_024;
const maxFieldErrors = 20;
/** What the parts around a file may add. */
const multipartBytes = 16 * 1_024;

/** Handlers throw AppError to refuse; what they return is checked against the contract in tests and development. */
export function register<const R extends Route>(
  app: HttpApp,
  route: R,
  handler: Handler<R>,
  options: RegisterOptions = {},
): void {
  const serve = handler as (ctx: Ctx | PublicCtx, call: Call<R>) => unknown;
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: options.isMultipart ? Number.MAX_SAFE_INTEGER : (options.bodyLimit ?? maxJsonBytes),
    handler: async (request, reply) => {
      if (options.limit) checkLimit(request, options.limit);
      checkAnnouncedSize(request, options);
      const signedIn = await admit(route, request);
      const call = { ...parseCall(route, request, options), request, reply, signedIn } as Call<R>;
      const ids = signedIn
        ? { requestId: request.id, tenantId: signedIn.tenantId }
        : { requestId: request.id };
      const given = await withLogContext(ids, async () => serve(ctxOf(route, request, signedIn), call));
      return present(route, options, given, reply);
    },
  });
}

/** A file that says it is too long is refused before a byte of it is read; the media store counts again. */
function checkAnnouncedSize(
  request: FastifyRequest,
  { maxFileBytes, tooLarge = "media/too-large" }: RegisterOptions,
): void {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (maxFileBytes !== undefined && announced > maxFileBytes + multipartBytes)
    throw new AppError(tooLarge, { details: { maxBytes: maxFileBytes } });
}

/** @throws AppError request/origin-refused, auth/not-signed-in, auth/not-allowed, auth/scope-missing */
export async function admit(
  route: Pick<Route, "method" | "access" | "apiKey">,
  request: FastifyRequest,
): Promise<SignedIn | null> {
  const { services, authenticate } = request.server.yingda;
  const changes = changing.includes(route.method);
  const hasKey = request.headers.authorization !== undefined;
  if (changes && !hasKey && isForeignOrigin(services.config, request))
    throw new AppError("request/origin-refused");
  const signedIn = hasKey || readSessionToken(request) !== null ? await authenticate(request) : null;
  if (route.access === "public") return signedIn;
  if (!signedIn) throw new AppError("auth/not-signed-in");
  if (signedIn.via === "cookie" && changes && originOf(request) === null)
    throw new AppError("request/origin-refused");
  checkAccess(route, signedIn);
  return signedIn;
}

function checkAccess(route: Pick<Route, "access" | "apiKey">, { actor, via }: SignedIn): void {
  if (via === "api-key" && !route.apiKey) throw new AppError("auth/not-allowed");
  if (route.access === "signed-in" || route.access === "public") return;
  const isAllowed = "permissions" in actor && actor.permissions.has(route.access);
  if (!isAllowed) throw new AppError(via === "api-key" ? "auth/scope-missing" : "auth/not-allowed");
}

function ctxOf(route: Route, request: FastifyRequest, signedIn: SignedIn | null): Ctx | PublicCtx {
  const { services } = request.server.yingda;
  const address = addressOf(request);
  if (route.access === "public" || !signedIn) return { ...services, requestId: request.id, address };
  return makeCtx(services, {
    tenantId: signedIn.tenantId,
    actor: signedIn.actor,
    requestId: request.id,
    address,
  });
}

function parseCall(route: Route, request: FastifyRequest, options: RegisterOptions) {
  if (options.isMultipart && !request.isMultipart())
    throw new AppError("request/invalid", {
      details: { fields: [{ path: "", code: "multipart-expected" }] },
    });
  return {
    params: parse(route.params, request.params, "params"),
    query: parse(route.query, request.query, "query"),
    body: options.isMultipart ? undefined : parse(route.body, request.body, "body"),
  };
}

function parse(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .slice(0, maxFieldErrors)
    .map((issue) => ({ path: [part, ...issue.path].join("."), code: issue.code }));
  throw new AppError("request/invalid", { details: { fields } });
}

function present(route: Route, options: RegisterOptions, given: unknown, reply: FastifyReply): unknown {
  if (route.file !== undefined) return sendFile(reply, given as FileReply, route.file);
  reply.header("cache-control", "no-store");
  if (!route.reply) return reply.status(options.status ?? 204).send();
  if (reply.server.yingda.checksReplies) {
    const checked = route.reply.safeParse(given);
    if (!checked.success)
      throw new Error(`reply of ${route.method} ${route.path} is not what the contract says`, {
        cause: checked.error,
      });
  }
  return reply.status(options.status ?? 200).send(given);
}
