// Makes the fastify instance that all rooms register their routes on: limits, cookies, headers, errors, upgrades. Called by
// app.ts once; tests use the same instance through `inject`.
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import fastify from "fastify";
import type { Services } from "../context.ts";
import { newId } from "../ids.ts";
import { countReply, type RequestCounts } from "./metrics.ts";
import { onError, onNotFound } from "./on-error.ts";
import { createLimiter, type Limiter } from "./rate-limit.ts";
import { maxJsonBytes } from "./register.ts";
import { addSecurityHeaders } from "./security-headers.ts";
import type { Authenticate, HttpApp } from "./types.ts";
import { acceptUpgrades } from "./upgrade.ts";

export interface HttpOptions {
  services: Services;
  authenticate: Authenticate;
  /** PEM; absent: plain http. */
  tls?: { cert: string | Buffer; key: string | Buffer };
  /** The certificate is one that browsers trust. */
  isTrusted?: boolean;
  /** Replies are checked against the contract; off in production. */
  checksReplies?: boolean;
}

declare module "fastify" {
  interface FastifyInstance {
    yingda: {
      services: Services;
      authenticate: Authenticate;
      limiter: Limiter;
      checksReplies: boolean;
      requestCounts: RequestCounts;
    };
  }
}

/** A whole request must have arrived in this time, headers in the second; an upload on a slow phone takes minutes. */
const requestTimeoutMs = 300_000;
const headersTimeoutMs = 15_000;
const keepAliveTimeoutMs = 72_000;
const maxConnections = 15_000;
/** Files are limited again by their purpose; nobody may send more than this. */
const maxFileBytes = 100 * 1_024 * 1_024;

export async function createHttp(options: HttpOptions): Promise<HttpApp> {
  const { services, authenticate, tls, isTrusted = false, checksReplies = false } = options;
  const settings = {
    logger: false,
    genReqId: () => newId<string>(),
    trustProxy: (_address: string, hop: number) => hop < services.config.trustProxy,
    bodyLimit: maxJsonBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: true,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 300 },
  } as const;
  const app: HttpApp = tls ? (fastify({ ...settings, https: tls }) as unknown as HttpApp) : fastify(settings);
  app.server.headersTimeout = headersTimeoutMs;
  app.server.maxConnections = maxConnections;
  const requestCounts: RequestCounts = new Map();
  app.decorate("yingda", {
    services,
    authenticate,
    limiter: createLimiter(services.clock),
    checksReplies,
    requestCounts,
  });
  app.removeContentTypeParser("text/plain");
  await app.register(cookie);
  await app.register(multipart, {
    limits: { files: 1, fileSize: maxFileBytes, fields: 10, fieldSize: 10_000, parts: 12, headerPairs: 50 },
  });
  app.setErrorHandler(onError);
  app.setNotFoundHandler(onNotFound);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onSend", async (_request, reply) => addSecurityHeaders(reply, isTrusted));
  app.addHook("onResponse", async (request, reply) =>
    countReply(requestCounts, request.method, reply.statusCode, reply.elapsedTime),
  );
  acceptUpgrades(app);
  return app;
}
