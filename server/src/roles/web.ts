// The web role: every room's routes on one HTTP server, the pages, the lines of browsers, and what monitoring asks.
import { join } from "node:path";
import { accountRoutes } from "../accounts/index.ts";
import { brainRoutes } from "../brain/index.ts";
import {
  channelRoutes,
  createVisitorGateway,
  frameAncestorsOf,
  type GatewayOptions,
} from "../channels/index.ts";
import { conversationRoutes } from "../conversations/index.ts";
import { inferenceRoutes } from "../inference/index.ts";
import { insightRoutes } from "../insight/index.ts";
import { demoRoutes } from "../operate/routes.ts";
import type { Ctx, Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import {
  addressOf,
  type HttpApp,
  isLoopback,
  metricsOf,
  openApiOf,
  originOf,
} from "../platform/http/index.ts";
import { visitorLineRoutes, workbenchLineRoutes } from "../platform/realtime/index.ts";
import { handoverPlaces, loadOfMembers, routingRoutes } from "../routing/index.ts";
import { turnsRoutes } from "../turns/index.ts";
import { readinessOf } from "./health.ts";
import { helpRoutes } from "./help-routes.ts";
import { mcpRoutes } from "./mcp/mcp-routes.ts";
import { mediaRoute } from "./media-route.ts";
import { type OperationsOptions, operationRoutes } from "./operations-routes.ts";
import { type PageFolders, pageRoutes } from "./pages.ts";

export interface WebOptions extends OperationsOptions {
  gateway: GatewayOptions;
  adapters: Parameters<typeof channelRoutes>[2]["adapters"];
  prepareTenant(ctx: Ctx): Promise<void>;
  pages: PageFolders;
}

export async function webRole(app: HttpApp, options: WebOptions): Promise<void> {
  const { services, gateway, keys, version } = options;
  const { realtime } = services;
  accountRoutes(app, services, {
    version,
    prepareTenant: options.prepareTenant,
    loadOfMembers,
    isRecoveryConfirmed: () => keys.isRecoveryConfirmed(),
    cutSessions: (sessionIds) => sessionIds.forEach((sessionId) => void realtime.hub.cut({ sessionId })),
    publicUrl: (request) => services.config.publicUrl ?? `${request.protocol}://${request.host}`,
  });
  conversationRoutes(app, services);
  inferenceRoutes(app, services);
  brainRoutes(app, services, handoverPlaces);
  routingRoutes(app, services);
  turnsRoutes(app, services);
  insightRoutes(app, services);
  channelRoutes(app, services, { adapters: options.adapters, gateway });
  operationRoutes(app, options);
  demoRoutes(app);
  mcpRoutes(app, version);
  realtime.useVisitorGateway(createVisitorGateway(gateway));
  workbenchLineRoutes(app, realtime);
  visitorLineRoutes(app, realtime);
  mediaRoute(app, services);
  app.get("/api/openapi.json", async (_request, reply) => reply.send(openApiOf(version)));
  helpRoutes(app, services, join(options.pages.widget, "help.html"));
  await pageRoutes(app, {
    folders: options.pages,
    frameAncestors: (publicKey) => frameAncestorsOf(gateway, publicKey),
  });
}

/** Also served by a node without the web role: load balancers and monitoring ask every node. */
export function monitorRoutes(
  app: HttpApp,
  services: Services,
  about: { version: string; roles: readonly string[] },
): void {
  const isReady = readinessOf(services);
  app.get("/health", async (_request, reply) => {
    const ready = (await isReady()) && !services.realtime.hub.isDraining;
    return reply
      .status(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "ok" : "unavailable", ready, version: about.version, roles: about.roles });
  });
  const render = metricsOf(services, app.yingda.requestCounts);
  app.get("/metrics", async (request, reply) => {
    const isLocal =
      isLoopback(request.raw.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "") &&
      request.headers["x-forwarded-for"] === undefined;
    if (!isLocal || !isLoopback(addressOf(request)) || originOf(request) !== null)
      await requireKey(app, request);
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(await render());
  });
}

async function requireKey(
  app: HttpApp,
  request: Parameters<HttpApp["yingda"]["authenticate"]>[0],
): Promise<void> {
  const signedIn =
    request.headers.authorization === undefined ? null : await app.yingda.authenticate(request);
  const isAllowed =
    signedIn && "permissions" in signedIn.actor && signedIn.actor.permissions.has("health-read");
  if (!isAllowed) throw new AppError("auth/not-signed-in");
}
