// Makes the fastify instance that all rooms register their routes on: limits, cookies, headers, errors, upgrades. Called by
// app.ts once; tests use the same instance through `inject`.

import type { Server } from "node:http";
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
  /** Whether browsers trust the certificate that this host is served with; absent: plain http, or a proxy's affair. */
  isTrustedFor?(host: string): boolean;
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
  const { services, authenticate, isTrustedFor, checksReplies = false } = options;
  const app: HttpApp = fastify({
    logger: false,
    genReqId: () => newId<string>(),
    trustProxy: (_address: string, hop: number) => hop < services.config.trustProxy,
    bodyLimit: maxJsonBytes,
    forceCloseConnections: true,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 300 },
  });
  guardServer(app.server);
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
  app.addHook("onSend", async ({ protocol, hostname }, reply) =>
    addSecurityHeaders(reply, protocol === "https" && isTrustedFor?.(hostname) === true),
  );
  app.addHook("onResponse", async (request, reply) =>
    countReply(requestCounts, request.method, reply.statusCode, reply.elapsedTime),
  );
  acceptUpgrades(app, app.server);
  return app;
}

/** Limits on connections: slow or endless requests, and more of them than the machine has room for. */
export function guardServer(server: Server): void {
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = headersTimeoutMs;
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.maxConnections = maxConnections;
}
