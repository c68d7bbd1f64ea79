// Lets web sockets come in by the ordinary routes: an upgrade request runs through the same router, cookies, limits and errors
// as any other, and the route's handler takes the socket. A refusal is therefore an ordinary reply with its code.
import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyRequest } from "fastify";
import type { HttpApp } from "./types.ts";

interface Upgrade {
  socket: Duplex;
  head: Buffer;
  response: ServerResponse;
}

const waiting = new WeakMap<IncomingMessage, Upgrade>();

export function acceptUpgrades(app: HttpApp, server: Server): void {
  server.on("upgrade", (raw: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const response = new ServerResponse(raw);
    response.shouldKeepAlive = false;
    response.on("finish", () => socket.end());
    response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
    waiting.set(raw, { socket, head, response });
    app.routing(raw, response);
  });
}

/** The raw socket of an upgrade request, once; from then on the caller answers. null for an ordinary request. */
export function takeUpgrade(request: FastifyRequest): { socket: Duplex; head: Buffer } | null {
  const upgrade = waiting.get(request.raw);
  if (!upgrade) return null;
  waiting.delete(request.raw);
  const { socket, head, response } = upgrade;
  response.removeAllListeners("finish");
  response.detachSocket(socket as Parameters<ServerResponse["detachSocket"]>[0]);
  return { socket, head };
}
