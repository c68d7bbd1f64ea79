// How a workbench tab gets its line: the socket at /ws, a stream of server-sent events where sockets are blocked, or waiting
// requests where streams are cut, too. All three read the same numbered log.
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { admit, type HttpApp, isForeignOrigin, originOf, takeUpgrade } from "../http/index.ts";
import { GatheringPipe, openStream, waitForFrames } from "./http-pipes.ts";
import { openSocket } from "./socket-pipe.ts";
import type { Realtime, WorkbenchPrincipal } from "./types.ts";

const access = { method: "GET", access: "conversations-read" } as const;
const eventsQuery = z.object({
  since: z.coerce.number().int().min(0).optional(),
  /** "poll": one JSON array after at most 25 s, instead of a stream. */
  as: z.enum(["stream", "poll"]).default("stream"),
});
const pollMostMs = 25_000;

/** @throws AppError auth/not-signed-in, auth/not-allowed, request/origin-refused, platform/unavailable */
async function principalOf(request: FastifyRequest, realtime: Realtime): Promise<WorkbenchPrincipal> {
  if (realtime.hub.isDraining) throw new AppError("platform/unavailable");
  const signedIn = await admit(access, request);
  if (signedIn?.actor.kind !== "user") throw new AppError("auth/not-allowed");
  const { tenantId, sessionId, actor } = signedIn;
  const { userId, role, permissions, name } = actor;
  return { kind: "user", tenantId, userId, role, permissions, name, sessionId };
}

export function workbenchLineRoutes(app: HttpApp, realtime: Realtime): void {
  const { config } = app.yingda.services;

  app.get("/ws", async (request, reply) => {
    // a page of another site can open a socket with our cookie: only the origin tells
    if (originOf(request) === null || isForeignOrigin(config, request))
      throw new AppError("request/origin-refused");
    const principal = await principalOf(request, realtime);
    const upgrade = takeUpgrade(request);
    if (!upgrade) throw new AppError("request/invalid");
    reply.hijack();
    openSocket(request, upgrade, (pipe) => realtime.hub.attachWorkbench(pipe, principal));
  });

  app.get("/api/live/events", async (request, reply) => {
    const query = eventsQuery.safeParse(request.query);
    if (!query.success || isForeignOrigin(config, request)) throw new AppError("request/invalid");
    const principal = await principalOf(request, realtime);
    const hello = JSON.stringify({ t: "hello", since: query.data.since ?? null });
    if (query.data.as === "poll") return poll(request, realtime, principal, hello);
    openStream(reply, (pipe) => {
      const line = realtime.hub.attachWorkbench(pipe, principal);
      line.received(hello);
      return line;
    });
    return reply;
  });

  async function poll(
    request: FastifyRequest,
    { hub }: Realtime,
    principal: WorkbenchPrincipal,
    hello: string,
  ): Promise<unknown> {
    const pipe = new WithoutWelcome();
    const line = hub.attachWorkbench(pipe, principal);
    const hasLeft = new Promise((resolve) => request.raw.once("close", resolve));
    try {
      line.received(hello);
      await waitForFrames(pipe, pollMostMs, hasLeft);
    } finally {
      line.closed();
    }
    return JSON.parse(pipe.toJson());
  }
}

/** A waiting request must not end with the greeting that every line begins with. */
class WithoutWelcome extends GatheringPipe {
  override send(text: string): void {
    if (!text.startsWith('{"t":"welcome"')) super.send(text);
  }
}
