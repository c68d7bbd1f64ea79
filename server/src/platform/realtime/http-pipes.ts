// Pipes for networks that block web sockets: a stream of server-sent events, and a request that waits for news and ends
// with the first of it.
import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { AttachedLine, Pipe } from "./types.ts";

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-content-type-options": "nosniff",
  "x-accel-buffering": "no",
};

class StreamPipe implements Pipe {
  readonly #response: ServerResponse;
  line: AttachedLine | null = null;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  send(text: string): void {
    this.#response.write(`data: ${text}\n\n`);
  }

  get bufferedAmount(): number {
    return this.#response.writableLength;
  }

  close(): void {
    this.#response.end();
  }

  terminate(): void {
    this.#response.destroy();
  }

  /** There is no answer to a comment; a dead peer shows when its unsent bytes pile up or TCP gives up. */
  ping(): void {
    this.#response.write(": \n\n");
    this.line?.alive();
  }
}

/** Answers with an endless stream; `attach` says whose line it is. */
export function openStream(reply: FastifyReply, attach: (pipe: Pipe) => AttachedLine): void {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, streamHeaders);
  const pipe = new StreamPipe(response);
  const line = attach(pipe);
  pipe.line = line;
  response.on("close", () => line.closed());
  response.on("error", () => response.destroy());
}

/** Gathers what is sent during one request. `first` resolves with the first of it. */
export class GatheringPipe implements Pipe {
  readonly #texts: string[] = [];
  #arrived: () => void = () => {};
  isClosed = false;
  readonly first: Promise<void>;
  readonly bufferedAmount = 0;

  constructor() {
    this.first = new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  send(text: string): void {
    this.#texts.push(text);
    this.#arrived();
  }

  close(): void {
    this.isClosed = true;
    this.#arrived();
  }

  terminate(): void {
    this.close();
  }

  ping(): void {}

  /** A JSON array of the frames. */
  toJson(): string {
    return `[${this.#texts.join(",")}]`;
  }
}

/** Waits for the first frame, `mostMs` at most, and a moment longer for those that come with it. */
export async function waitForFrames(
  pipe: GatheringPipe,
  mostMs: number,
  hasLeft: Promise<unknown>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, mostMs);
  });
  await Promise.race([pipe.first, timeout, hasLeft]);
  clearTimeout(timer);
  await new Promise((resolve) => setTimeout(resolve, 10));
}
