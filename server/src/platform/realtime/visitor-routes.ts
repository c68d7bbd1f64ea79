// How a visitor's page gets its line: the socket at /w/:publicKey/ws, or where sockets are blocked a request per frame and
// one that waits for news (or streams it). What a frame does is the gateway's affair.
import type { ConversationId } from "@yingda/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { type HttpApp, isForeignOrigin, originOf, takeUpgrade } from "../http/index.ts";
import { GatheringPipe, openStream, waitForFrames } from "./http-pipes.ts";
import { maxFrameBytes, openSocket } from "./socket-pipe.ts";
import type { Pipe, Realtime, VisitorAdmission, VisitorGateway } from "./types.ts";

const params = z.object({ publicKey: z.string().min(1).max(100) });
const eventsQuery = z.object({
  since: z.coerce.number().int().min(0),
  conversationId: z.union([z.literal(""), z.uuid()]).default(""),
  as: z.enum(["stream", "poll"]).default("poll"),
});
const frame = z.looseObject({ t: z.string().max(20) });
const pollMostMs = 25_000;
const tokenHeader = "yingda-visitor";
/** Ours have 43 characters; what is much shorter could be anybody's. */
const shortestToken = 32;

export function visitorLineRoutes(app: HttpApp, realtime: Realtime): void {
  const { hub } = realtime;

  app.get("/w/:publicKey/ws", async (request, reply) => {
    const { gateway, admission } = await admitVisitor(request, reply, realtime);
    const upgrade = takeUpgrade(request);
    if (!upgrade) throw new AppError("request/invalid");
    reply.hijack();
    openSocket(request, upgrade, (pipe) => hub.attachVisitor(pipe, gateway, admission));
  });

  /** One frame; the reply holds what it was answered with. */
  app.post("/w/:publicKey/frames", { bodyLimit: maxFrameBytes }, async (request, reply) => {
    const { gateway, admission } = await admitVisitor(request, reply, realtime);
    const parsed = frame.safeParse(request.body);
    if (!parsed.success) throw new AppError("request/invalid");
    const pipe = new GatheringPipe();
    const attached = hub.attachVisitor(pipe, gateway, admission);
    try {
      if (parsed.data.t !== "hello") await proveLine(gateway, attached.line, request, null);
      await gateway.onFrame(
        attached.line,
        parsed.data as unknown as Parameters<VisitorGateway["onFrame"]>[1],
      );
    } finally {
      attached.closed();
    }
    return sendFrames(reply, pipe);
  });

  app.get("/w/:publicKey/events", async (request, reply) => {
    const { gateway, admission } = await admitVisitor(request, reply, realtime);
    const query = eventsQuery.safeParse(request.query);
    if (!query.success) throw new AppError("request/invalid");
    const { since, conversationId, as } = query.data;
    const wanted = conversationId === "" ? null : (conversationId as ConversationId);
    const follow = async (pipe: Pipe) => {
      const attached = hub.attachVisitor(pipe, gateway, admission);
      try {
        await proveLine(gateway, attached.line, request, wanted);
      } catch (error) {
        attached.closed();
        throw error;
      }
      return attached;
    };
    if (as === "stream") return stream(reply, follow, wanted, since);
    const pipe = new GatheringPipe();
    const attached = await follow(pipe);
    const hasLeft = new Promise((resolve) => request.raw.once("close", resolve));
    try {
      if (wanted) attached.line.follow(wanted, since);
      await waitForFrames(pipe, pollMostMs, hasLeft);
    } finally {
      attached.closed();
    }
    return sendFrames(reply, pipe);
  });
}

type Attached = ReturnType<Realtime["hub"]["attachVisitor"]>;

/** The line is proved before the stream begins, so that a refusal is an ordinary reply. */
async function stream(
  reply: FastifyReply,
  follow: (pipe: Pipe) => Promise<Attached>,
  wanted: ConversationId | null,
  since: number,
): Promise<FastifyReply> {
  const late = new LatePipe();
  const attached = await follow(late);
  openStream(reply, (pipe) => {
    late.become(pipe);
    return attached;
  });
  if (wanted) attached.line.follow(wanted, since);
  return reply;
}

async function admitVisitor(
  request: FastifyRequest,
  reply: FastifyReply,
  realtime: Realtime,
): Promise<{ gateway: VisitorGateway; admission: VisitorAdmission }> {
  const { config } = request.server.yingda.services;
  const gateway = realtime.visitorGateway;
  if (!gateway || realtime.hub.isDraining) throw new AppError("platform/unavailable");
  const given = params.safeParse(request.params);
  if (!given.success) throw new AppError("inbox/not-found");
  const admission = await gateway.allow(given.data.publicKey, originOf(request), request);
  if (admission === "not-found") throw new AppError("inbox/not-found");
  if (admission === "refused") throw new AppError("inbox/origin-refused");
  if (isForeignOrigin(config, request))
    reply.header("access-control-allow-origin", originOf(request)).header("vary", "origin");
  return { gateway, admission };
}

async function proveLine(
  gateway: VisitorGateway,
  line: Attached["line"],
  request: FastifyRequest,
  conversationId: ConversationId | null,
): Promise<void> {
  const token = request.headers[tokenHeader];
  const isToken = typeof token === "string" && token.length >= shortestToken;
  if (!isToken || !(await gateway.prove(line, token, conversationId)))
    throw new AppError("auth/token-invalid");
}

function sendFrames(reply: FastifyReply, pipe: GatheringPipe): FastifyReply {
  return reply
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(pipe.toJson());
}

/** A pipe whose transport comes later; nothing is sent before that. */
class LatePipe implements Pipe {
  #pipe: Pipe = new GatheringPipe();

  become(pipe: Pipe): void {
    this.#pipe = pipe;
  }
  send(text: string): void {
    this.#pipe.send(text);
  }
  get bufferedAmount(): number {
    return this.#pipe.bufferedAmount;
  }
  close(code: number, reason: string): void {
    this.#pipe.close(code, reason);
  }
  terminate(): void {
    this.#pipe.terminate();
  }
  ping(): void {
    this.#pipe.ping();
  }
}
