// HTTP of the web chat beside the socket: its face, files, and links to files. Public; the visitor's token (or a signed-in
// customer's JWT) comes in the header yingda-visitor, never in an address. Frames without a socket are the hub's business.
import { channelCapabilities, maxTextLength, mediaId, type WidgetBubble } from "@yingda/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { getTenant } from "../../accounts/index.ts";
import { presentForVisitor } from "../../conversations/index.ts";
import { type Ctx, makeCtx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { addressOf, checkLimit, type HttpApp, originOf, ownOrigins } from "../../platform/http/index.ts";
import { signMediaUrl } from "../../platform/media/index.ts";
import { contentOfMedia } from "../take-in-media.ts";
import type { GatewayOptions } from "./gateway.ts";
import { faceOf, visitLocale } from "./greeting.ts";
import { frameAncestors, listedOrigins } from "./origins.ts";
import { admit, prove, type Session, sessionCtx, storeVisitor } from "./session.ts";
import { isOwnUpload, noteUpload } from "./visitor-store.ts";

const maxFileBytes = 20_000_000;
const uploadLimit = { name: "visitor-uploads", count: 30, perSeconds: 60 };
const faceLimit = { name: "visitor-faces", count: 240, perSeconds: 60 };
/** A changed colour reaches the shops' pages within a minute. */
const bubbleMaxAgeSeconds = 60;
const linkLimit = { name: "visitor-links", count: 240, perSeconds: 60 };
/** Query names that are ours; every other one is a parameter of the link. */
const ownNames = new Set(["locale", "page", "visitor", "source"]);
/** How far back a file may stand in the thread and still be opened by the visitor. */
const linkedMessages = 200;

type KeyParams = { publicKey: string };

export function visitorRoutes(app: HttpApp, options: GatewayOptions): void {
  app.get<{ Params: KeyParams }>("/w/:publicKey/face", async (request, reply) => {
    checkLimit(request, faceLimit);
    const { ctx } = await enter(options, request, reply);
    return reply.header("cache-control", "no-store").send(await face(ctx, options, request));
  });
  // a script, because the strict policy of a shop's page may let our scripts in and forbid every fetch
  app.get<{ Params: KeyParams }>("/w/:publicKey/face.js", async (request, reply) => {
    checkLimit(request, faceLimit);
    return reply
      .header("cache-control", `public, max-age=${bubbleMaxAgeSeconds}`)
      .header("cross-origin-resource-policy", "cross-origin")
      .type("text/javascript; charset=utf-8")
      .send(await bubbleScript(options, request.params.publicKey));
  });
  app.post<{ Params: KeyParams }>(
    "/w/:publicKey/media",
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request, reply) => {
      checkLimit(request, uploadLimit);
      const { session } = await enter(options, request, reply);
      return reply.status(201).send(await takeUpload(options, session, request));
    },
  );
  app.get<{ Params: KeyParams & { mediaId: string } }>(
    "/w/:publicKey/media/:mediaId/link",
    async (request, reply) => {
      checkLimit(request, linkLimit);
      const { session } = await enter(options, request, reply);
      return reply
        .header("cache-control", "no-store")
        .send({ url: await mediaLink(options, session, request, request.params.mediaId) });
    },
  );
  app.options<{ Params: KeyParams }>("/w/:publicKey/*", async (request, reply) => {
    await enter(options, request, reply);
    return reply
      .header("access-control-allow-headers", "content-type, yingda-visitor")
      .header("access-control-allow-methods", "GET, POST")
      .header("access-control-max-age", "600")
      .status(204)
      .send();
  });
}

/**
 * What the page inside the frame may be embedded by, for its content-security-policy; null for an unknown key.
 * For whoever serves /w/:publicKey/frame.
 */
export async function frameAncestorsOf(options: GatewayOptions, publicKey: string): Promise<string | null> {
  const admitted = await admit(options.services, publicKey, { origin: null, isForeign: false }, "");
  if (typeof admitted === "string") return null;
  return frameAncestors(admitted.inbox.allowedOrigins);
}

/** The inbox behind the key, if this page may use it. Allows the page to read the answer. */
async function enter(
  { services }: GatewayOptions,
  request: FastifyRequest<{ Params: KeyParams }>,
  reply: FastifyReply,
): Promise<{ session: Session; ctx: Ctx }> {
  const origin = originOf(request);
  const isForeign = origin !== null && !ownOrigins(services.config, request).includes(origin);
  const admitted = await admit(services, request.params.publicKey, { origin, isForeign }, addressOf(request));
  if (admitted === "not-found") throw new AppError("inbox/not-found");
  if (admitted === "off") throw new AppError("inbox/off");
  if (admitted === "refused") throw new AppError("inbox/origin-refused");
  if (isForeign && origin) reply.header("access-control-allow-origin", origin).header("vary", "origin");
  return { session: admitted.session, ctx: sessionCtx(services, admitted.session) };
}

/**
 * What the loader needs to draw the bubble, as an event on the shop's page. The listed pages go with it: a script's request
 * does not say where it comes from, and the frame's own policy is what keeps other sites out.
 */
async function bubbleScript({ services }: GatewayOptions, publicKey: string): Promise<string> {
  const admitted = await admit(services, publicKey, { origin: null, isForeign: false }, "");
  if (admitted === "off") throw new AppError("inbox/off");
  if (typeof admitted === "string") throw new AppError("inbox/not-found");
  const { widget, allowedOrigins } = admitted.inbox;
  const { accent, corner } = widget;
  const bubble: WidgetBubble = { key: publicKey, accent, corner, origins: listedOrigins(allowedOrigins) };
  return `dispatchEvent(new CustomEvent("yingda-bubble",{detail:${JSON.stringify(bubble)}}))`;
}

async function face(
  ctx: Ctx,
  { services, routing }: GatewayOptions,
  request: FastifyRequest<{ Params: KeyParams }>,
) {
  const admitted = await admit(services, request.params.publicKey, { origin: null, isForeign: false }, "");
  if (typeof admitted === "string") throw new AppError("inbox/not-found");
  const query = request.query as Record<string, string | string[] | undefined>;
  const text = (name: string) => (typeof query[name] === "string" ? query[name].slice(0, 2_000) : "");
  const [tenant, { availability, opensAt }] = await Promise.all([getTenant(ctx), routing.availability(ctx)]);
  const params = Object.fromEntries(
    Object.keys(query)
      .filter((name) => !ownNames.has(name))
      .map((name) => [name, text(name)]),
  );
  const visit = {
    locale: visitLocale(text("locale") || undefined, tenant.locale),
    path: pathOf(text("page")),
    params,
    source: text("source") || params.utm_source || "",
    isOpen: availability !== "closed",
    visitor: text("visitor") === "returning" ? ("returning" as const) : ("new" as const),
  };
  const { maxTextLength: longest } = channelCapabilities[admitted.inbox.channel];
  return faceOf(admitted.inbox, visit, {
    opensAt,
    shopName: tenant.name,
    maxTextLength: Math.min(longest, maxTextLength),
    maxFileBytes,
  });
}

function pathOf(page: string): string {
  if (!URL.canParse(page)) return page;
  const { pathname, search } = new URL(page);
  return pathname + search;
}

async function takeUpload(options: GatewayOptions, session: Session, request: FastifyRequest) {
  const ctx = sessionCtx(options.services, session);
  await proveRequest(ctx, session, request);
  if (!request.isMultipart()) throw new AppError("request/invalid");
  const part = await request.file({ limits: { fileSize: maxFileBytes + 1 } });
  if (!part) throw new AppError("media/empty");
  await storeVisitor(ctx, session);
  const visitorKey = session.visitor?.key ?? "";
  const { inboxId, tenantId } = session;
  const media = await ctx.media.put(tenantId, {
    source: part.file,
    name: part.filename,
    inboxId,
    maxBytes: maxFileBytes,
  });
  await transact(ctx, (tx) =>
    noteUpload(tx, { tenantId, mediaId: media.id, inboxId, visitorKey, at: ctx.clock.now() }),
  );
  return contentOfMedia(media);
}

/** @throws media/not-found unless they sent it themselves or it stands in their conversation. */
async function mediaLink(
  options: GatewayOptions,
  session: Session,
  request: FastifyRequest,
  given: string,
): Promise<string> {
  const parsed = mediaId.safeParse(given);
  if (!parsed.success) throw new AppError("media/not-found");
  const ctx = sessionCtx(options.services, session);
  await proveRequest(ctx, session, request);
  const key = session.visitor?.key ?? "";
  const isOwn = await transact(ctx, (tx) => isOwnUpload(tx, parsed.data, session.inboxId, key));
  if (!isOwn && !(await standsInThread(ctx, session, parsed.data))) throw new AppError("media/not-found");
  const system = makeCtx(options.services, {
    tenantId: session.tenantId,
    actor: { kind: "system", name: "media-link" },
  });
  const vault = await system.vault.forSystem();
  return signMediaUrl(
    vault,
    { tenantId: session.tenantId, mediaId: parsed.data, variant: "full" },
    ctx.clock.nowMs(),
  );
}

async function standsInThread(ctx: Ctx, session: Session, id: string): Promise<boolean> {
  if (!session.conversationId) return false;
  const thread = await presentForVisitor(ctx, session.conversationId, { limit: linkedMessages });
  return (thread?.messages ?? []).some(
    ({ content }) =>
      ("mediaId" in content && content.mediaId === id) ||
      ("imageMediaId" in content && content.imageMediaId === id),
  );
}

async function proveRequest(ctx: Ctx, session: Session, request: FastifyRequest): Promise<void> {
  const header = request.headers["yingda-visitor"];
  const token = typeof header === "string" ? header : "";
  if (token === "") throw new AppError("auth/not-signed-in");
  await prove(ctx, session, token.includes(".") ? { token: null, jwt: token } : { token }, false);
}
