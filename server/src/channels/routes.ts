// HTTP of this room: webhooks of platforms (raw bytes, no parser before the signature), the web chat, and inboxes as a setting.
import { channels, inboxId as inboxIdShape, routes } from "@yingda/contract";
import type { FastifyRequest } from "fastify";
import {
  createInbox,
  deleteInbox,
  listInboxes,
  rotateInboxSecret,
  updateInbox,
} from "../conversations/index.ts";
import type { Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { checkWebsite, linksOf } from "./inbox-links.ts";
import { receiveHook } from "./receive-hook.ts";
import { type Adapters, type GatewayOptions, visitorRoutes } from "./registry.ts";

/** A platform's batch with long texts; files come by address. */
const hookBytes = 1_048_576;

export function channelRoutes(
  app: HttpApp,
  services: Services,
  options: { adapters: Adapters; gateway: GatewayOptions },
): void {
  hookRoutes(app, services, options.adapters);
  visitorRoutes(app, options.gateway);
  inboxRoutes(app);
}

function hookRoutes(app: HttpApp, services: Services, adapters: Adapters): void {
  // a scope of its own: everywhere else bodies are JSON and parsed
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: hookBytes }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.post<{ Params: { channel: string; inboxId: string } }>(
      "/hooks/:channel/:inboxId",
      { bodyLimit: hookBytes },
      async (request, reply) => {
        const channel = channels.find((name) => name === request.params.channel);
        const inboxId = inboxIdShape.safeParse(request.params.inboxId);
        if (!channel || !inboxId.success) throw new AppError("inbox/not-found");
        const answer = await receiveHook(services, adapters[channel], inboxId.data, rawRequest(request));
        return reply.status(answer.status).type(answer.type).send(answer.body);
      },
    );
    done();
  });
}

function rawRequest(request: FastifyRequest) {
  const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, first(value)]),
  );
  const query = Object.fromEntries(
    Object.entries(request.query as Record<string, string | string[]>).map(([name, value]) => [
      name,
      first(value) ?? "",
    ]),
  );
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return { method: request.method, headers, query, body };
}

function inboxRoutes(app: HttpApp): void {
  register(app, routes.listInboxes, (ctx) => listInboxes(ctx));
  register(app, routes.createInbox, (ctx, { body }) => createInbox(ctx, body));
  register(app, routes.updateInbox, (ctx, { params, body }) => updateInbox(ctx, params.id, body));
  register(app, routes.deleteInbox, (ctx, { params }) => deleteInbox(ctx, params.id));
  register(app, routes.rotateInboxSecret, (ctx, { params }) => rotateInboxSecret(ctx, params.id));
  register(app, routes.checkWebsite, (ctx, { params, body }) => checkWebsite(ctx, params.id, body.url));
  register(app, routes.links, (ctx, { params, request }) =>
    linksOf(ctx, params.id, `${request.protocol}://${request.host}`),
  );
}
