// Web sockets as pipes. The socket object itself is the pipe, and its listeners are shared functions: an idle visitor costs a
// socket and a line, no closures.
import type { Duplex } from "node:stream";
import type { FastifyRequest } from "fastify";
import { WebSocket, WebSocketServer } from "ws";
import type { AttachedLine } from "./types.ts";

export const maxFrameBytes = 64 * 1_024;

export class LineSocket extends WebSocket {
  line: AttachedLine | null = null;
}

const server = new WebSocketServer<typeof LineSocket>({
  noServer: true,
  perMessageDeflate: false,
  clientTracking: false,
  maxPayload: maxFrameBytes,
  WebSocket: LineSocket,
});

/** Answers the handshake and gives the open socket to `attach`, which says whose line it is. */
export function openSocket(
  request: FastifyRequest,
  { socket, head }: { socket: Duplex; head: Buffer },
  attach: (pipe: LineSocket) => AttachedLine,
): void {
  server.handleUpgrade(request.raw, socket, head, (opened) => {
    opened.line = attach(opened);
    opened.on("message", onMessage);
    opened.on("pong", onPong);
    opened.on("close", onClose);
    opened.on("error", onError);
  });
}

function onMessage(this: WebSocket, payload: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): void {
  const { line } = this as LineSocket;
  if (isBinary) this.close(1003, "text only");
  else line?.received(payload.toString());
}

function onPong(this: WebSocket): void {
  (this as LineSocket).line?.alive();
}

function onClose(this: WebSocket): void {
  (this as LineSocket).line?.closed();
}

/** A frame too long or not UTF-8: the library closes the socket by itself after this. */
function onError(this: WebSocket): void {
  this.terminate();
}
