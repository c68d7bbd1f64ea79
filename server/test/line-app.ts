// The whole line behind a real port: rooms subscribed, sockets open, webhooks answered; and a visitor's browser reduced to
// what it says and hears. For tests of a message's whole walk.
import type { AddressInfo } from "node:net";
import type { WidgetClientFrame, WidgetServerFrame } from "@yingda/contract";
import { widgetProtocol } from "@yingda/contract";
import { vi } from "vitest";
import WebSocket from "ws";
import {
  type Adapters,
  adapters as allAdapters,
  channelRoutes,
  createVisitorGateway,
  deliverSubscriber,
  type GatewayOptions,
  tellQueuePlaces,
  type VisitorLimits,
} from "../src/channels/index.ts";
import { createHttp, type HttpApp } from "../src/platform/http/index.ts";
import { newId } from "../src/platform/ids.ts";
import { visitorLineRoutes } from "../src/platform/realtime/index.ts";
import { createProjector } from "../src/roles/projector.ts";
import {
  alertSubscriber,
  availability,
  createAgentConnections,
  leaveQueue,
  routingSubscriber,
  visitorQueueState,
  waitingPlaces,
} from "../src/routing/index.ts";
import { type Brain, createTurns, type Turns } from "../src/turns/index.ts";
import { whenFileEnds } from "./cleanup.ts";
import { startServices, type TestServices } from "./services.ts";

export const routingForVisitors = { availability, visitorQueueState, waitingPlaces, leaveQueue };

export interface LineApp {
  app: HttpApp;
  turns: Turns;
  /** http://127.0.0.1:<port> */
  url: string;
  stop(): Promise<void>;
}
export interface LineAppOptions {
  brain?: Brain;
  adapters?: Adapters;
  limits?: VisitorLimits;
}

/** Stopped when the file's tests have ended, or before by `stop`. */
export async function startLineApp(services: TestServices, options: LineAppOptions = {}): Promise<LineApp> {
  const { adapters = allAdapters, limits } = options;
  const turns = createTurns(options.brain);
  const app = await createHttp({ services, authenticate: async () => null, checksReplies: true });
  const gateway: GatewayOptions = {
    services,
    routing: routingForVisitors,
    limiter: app.yingda.limiter,
    ...(limits ? { limits } : {}),
  };
  services.realtime.useVisitorGateway(createVisitorGateway(gateway));
  visitorLineRoutes(app, services.realtime);
  channelRoutes(app, services, { adapters, gateway });
  for (const subscriber of [
    turns.subscriber,
    routingSubscriber,
    alertSubscriber,
    deliverSubscriber(adapters),
  ])
    services.outbox.subscribe(subscriber as never);
  const agents = createAgentConnections(services);
  await startServices(services, createProjector({ services, routing: routingForVisitors, agents }));
  const stopTelling = tellQueuePlaces(services, routingForVisitors);
  turns.start(services);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  let stopped: Promise<void> | null = null;
  const stop = async () => {
    stopTelling();
    await services.realtime.hub.drain();
    await turns.stop();
    await services.realtime.stop();
    await app.close();
  };
  const stopOnce = () => {
    stopped ??= stop();
    return stopped;
  };
  whenFileEnds(stopOnce);
  return { app, turns, url: `http://127.0.0.1:${port}`, stop: stopOnce };
}

type Frame<Kind extends WidgetServerFrame["t"]> = Extract<WidgetServerFrame, { t: Kind }>;

/** A page with the chat open. `frames` is all it has heard, oldest first. */
export class VisitorPage {
  readonly frames: WidgetServerFrame[] = [];
  readonly socket: WebSocket;
  token: string | null = null;
  conversationId: string | null = null;
  cursor = 0;
  closed: number | null = null;

  constructor(url: string, publicKey: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`${url.replace("http", "ws")}/w/${publicKey}/ws`, { headers });
    this.socket.on("message", (bytes: Buffer) =>
      this.#hear(JSON.parse(bytes.toString("utf8")) as WidgetServerFrame),
    );
    this.socket.on("close", (code: number) => {
      this.closed = code;
    });
    this.socket.on("error", () => {
      this.closed ??= 0;
    });
  }

  #hear(frame: WidgetServerFrame): void {
    this.frames.push(frame);
    if (frame.t === "welcome") {
      this.token = frame.token ?? this.token;
      this.conversationId = frame.conversationId;
      this.cursor = frame.seq;
    }
    if (frame.t === "ack") this.conversationId = frame.conversationId;
    if (frame.t === "message" || frame.t === "state") this.cursor = Math.max(this.cursor, frame.eventSeq);
  }

  async open(): Promise<void> {
    if (this.socket.readyState === WebSocket.OPEN) return;
    await new Promise<void>((resolve, reject) => {
      this.socket.once("open", resolve);
      this.socket.once("error", reject);
    });
  }

  say(text: string, clientMessageId = newId<string>()): string {
    this.send({ t: "say", clientMessageId, content: { kind: "text", text } });
    return clientMessageId;
  }

  send(frame: WidgetClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Says hello as this page would and waits for the welcome. */
  async hello(given: Partial<Extract<WidgetClientFrame, { t: "hello" }>> = {}): Promise<Frame<"welcome">> {
    await this.open();
    const before = this.frames.length;
    this.send({
      t: "hello",
      v: widgetProtocol,
      token: this.token,
      conversationId: this.conversationId,
      since: this.cursor,
      locale: "zh-CN",
      page: "https://shop.example/",
      referrer: "",
      params: {},
      ...given,
    });
    return this.heard("welcome", () => true, before);
  }

  /** The first frame of this kind that fits, among those heard after the first `from`; waits for it. */
  async heard<Kind extends WidgetServerFrame["t"]>(
    kind: Kind,
    fits: (frame: Frame<Kind>) => boolean = () => true,
    from = 0,
  ): Promise<Frame<Kind>> {
    return vi.waitFor(
      () => {
        const found = this.frames.slice(from).find((frame) => frame.t === kind && fits(frame as Frame<Kind>));
        if (!found)
          throw new Error(`no ${kind} among ${JSON.stringify(this.frames.slice(from)).slice(0, 2_000)}`);
        return found as Frame<Kind>;
      },
      { timeout: 8_000, interval: 5 },
    );
  }

  /** A message of the other side whose text fits. */
  answer(fits: (text: string) => boolean, from = 0): Promise<Frame<"message">> {
    return this.heard(
      "message",
      ({ message }) =>
        message.from !== "me" && fits("text" in message.content ? String(message.content.text) : ""),
      from,
    );
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const gone = new Promise((resolve) => this.socket.once("close", resolve));
    this.socket.close();
    await gone;
  }
}
