// Lines as browsers open them: real sockets, streams and waiting requests against the whole program.
import { once } from "node:events";
import type { Inbox, WidgetServerFrame, WorkbenchServerFrame } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { testApp } from "../../../test/app.ts";
import { testDatabase } from "../../../test/database.ts";

const app = await testApp(await testDatabase());
const { cookie } = await app.owner();
const base = await app.listen();
const address = base.replace("http", "ws");
const inboxes: Inbox[] = (await app.inject("GET", "/api/inboxes", { cookie })).json();
const key = inboxes[0]?.publicKey ?? "";

class Client<Frame> {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  #look: () => void = () => {};

  constructor(path: string, headers: Record<string, string>) {
    this.socket = new WebSocket(`${address}${path}`, { headers, perMessageDeflate: false });
    this.socket.on("error", () => {});
    this.socket.on("message", (text) => {
      this.frames.push(JSON.parse(String(text)) as Frame);
      this.#look();
    });
  }
  async opened(): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) await once(this.socket, "open");
    return this;
  }
  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }
  until(check: (frames: Frame[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`did not come: ${JSON.stringify(this.frames)}`)),
        8_000,
      );
      this.#look = () => {
        if (!check(this.frames)) return;
        clearTimeout(timer);
        resolve();
      };
      this.#look();
    });
  }
}

/** The status a handshake is refused with. */
async function refusal(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${address}${path}`, { headers });
  socket.on("error", () => {});
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
  return response.statusCode;
}

const hello = (since = 0, token: string | null = null, conversationId: string | null = null) => ({
  t: "hello",
  v: 1,
  token,
  conversationId,
  since,
  locale: "zh-CN",
  page: `${base}/`,
  referrer: "",
  params: {},
});
const isWelcome = (frame: WidgetServerFrame) => frame.t === "welcome";

describe("the workbench's socket", () => {
  test("opens for a session on our own page and for nobody else", async () => {
    expect(await refusal("/ws", { origin: base })).toBe(401);
    expect(await refusal("/ws", { cookie })).toBe(403);
    expect(await refusal("/ws", { cookie, origin: "https://evil.example" })).toBe(403);
    expect(await refusal("/api/me", { cookie, origin: base })).toBe(200);
    expect(await refusal("/nothing", { origin: base })).toBe(404);
    const client = await new Client<WorkbenchServerFrame>("/ws", { cookie, origin: base }).opened();
    client.send({ t: "hello", since: null });
    await client.until((frames) => frames.some((frame) => frame.t === "welcome"));
    client.send({ t: "ping" });
    await client.until((frames) => frames.some((frame) => frame.t === "pong"));
    client.socket.close();
  });

  test("a frame too long, binary or malformed ends it", async () => {
    for (const [payload, code] of [
      ["x".repeat(70_000), 1006],
      [Buffer.from([1]), 1003],
      ["{", 1007],
    ] as const) {
      const client = await new Client("/ws", { cookie, origin: base }).opened();
      client.socket.send(payload);
      const [closed] = (await once(client.socket, "close")) as [number];
      expect([code, 1009]).toContain(closed);
    }
  });

  test("signing out ends the lines of that session", async () => {
    const account = { account: "owner@shop.example", password: "a shop needs a key 7" };
    const signedIn = await app.inject("POST", "/api/session", { body: account });
    const own = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
    const client = await new Client<WorkbenchServerFrame>("/ws", { cookie: own, origin: base }).opened();
    client.send({ t: "hello", since: null });
    await client.until((frames) => frames.length > 0);
    await app.inject("DELETE", "/api/session", { cookie: own });
    await once(client.socket, "close");
    expect(client.frames.at(-1)).toEqual({ t: "bye", code: "auth/not-signed-in" });
  });

  test("the same events come by a stream and by waiting requests", async () => {
    const snapshot = (await app.inject("GET", "/api/live", { cookie })).json() as { seq: number };
    const stream = await fetch(`${base}/api/live/events?since=${snapshot.seq}`, { headers: { cookie } });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const waiting = fetch(`${base}/api/live/events?since=${snapshot.seq}&as=poll`, { headers: { cookie } });
    await app.inject("PUT", "/api/me/presence", { cookie, body: { presence: "busy" } });
    let text = "";
    while (!text.includes('"presence":"busy"')) text += (await reader?.read())?.value ?? "";
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    expect(text).toMatch(/^data: \{"t":"welcome"/);
    await reader?.cancel();
    const frames = (await (await waiting).json()) as WorkbenchServerFrame[];
    expect(JSON.stringify(frames)).toContain('"presence":"busy"');
    expect((await fetch(`${base}/api/live/events`)).status).toBe(401);
  });
});

describe("the visitor's line", () => {
  test("is refused for an unknown inbox", async () => {
    expect(await refusal("/w/nothing/ws", { origin: base })).toBe(404);
  });

  test("a line said on the socket is acknowledged, answered, and seen by the agents at once", async () => {
    const agent = await new Client<WorkbenchServerFrame>("/ws", { cookie, origin: base }).opened();
    agent.send({ t: "hello", since: null });
    await agent.until((frames) => frames.length > 0);
    const visitor = await new Client<WidgetServerFrame>(`/w/${key}/ws`, { origin: base }).opened();
    visitor.send(hello());
    await visitor.until((frames) => frames.some(isWelcome));
    visitor.send({
      t: "say",
      clientMessageId: "first-line",
      content: { kind: "text", text: "我要找人工客服" },
    });
    await visitor.until(
      (frames) => frames.some((frame) => frame.t === "ack") && frames.some((frame) => frame.t === "message"),
    );
    await agent.until((frames) =>
      frames.some((frame) => frame.t === "events" && frame.events.some(({ kind }) => kind === "message")),
    );
    await agent.until((frames) => frames.some((frame) => frame.t === "now" && frame.event.kind === "counts"));
    agent.socket.close();
    visitor.socket.close();
  });

  test("comes back with its token and hears what it missed", async () => {
    const first = await new Client<WidgetServerFrame>(`/w/${key}/ws`, { origin: base }).opened();
    first.send(hello());
    await first.until((frames) => frames.some(isWelcome));
    const token = first.frames.find(isWelcome)?.token ?? null;
    first.send({ t: "say", clientMessageId: "line-one1", content: { kind: "text", text: "人工" } });
    await first.until((frames) => frames.some((frame) => frame.t === "message"));
    const ack = first.frames.find((frame) => frame.t === "ack");
    first.socket.terminate();
    const again = await new Client<WidgetServerFrame>(`/w/${key}/ws`, { origin: base }).opened();
    again.send(hello(0, token, ack?.conversationId ?? null));
    await again.until((frames) => frames.some(isWelcome));
    const welcome = again.frames.find(isWelcome);
    expect(welcome?.conversationId).toBe(ack?.conversationId);
    expect(JSON.stringify(welcome?.messages)).toContain("人工");
    again.socket.close();
  });

  test("works by plain requests where sockets are blocked", async () => {
    const post = (frame: object, token = "") =>
      fetch(`${base}/w/${key}/frames`, {
        method: "POST",
        headers: { "content-type": "application/json", "yingda-visitor": token },
        body: JSON.stringify(frame),
      });
    const [welcome] = (await (await post(hello())).json()) as [Extract<WidgetServerFrame, { t: "welcome" }>];
    const token = welcome.token ?? "";
    expect((await post({ t: "typing", isTyping: true }, "")).status).toBe(401);
    const said = (await (
      await post(
        { t: "say", clientMessageId: "by-request", content: { kind: "text", text: "人工客服" } },
        token,
      )
    ).json()) as WidgetServerFrame[];
    const ack = said.find((frame) => frame.t === "ack");
    expect(ack).toMatchObject({ clientMessageId: "by-request", duplicate: false });
    const events = await fetch(`${base}/w/${key}/events?since=0&conversationId=${ack?.conversationId}`, {
      headers: { "yingda-visitor": token },
    });
    const frames = (await events.json()) as WidgetServerFrame[];
    expect(frames.map(({ t }) => t)).toContain("message");
    const other = await fetch(`${base}/w/${key}/events?since=0&conversationId=${crypto.randomUUID()}`, {
      headers: { "yingda-visitor": token },
    });
    expect(other.status).toBe(401);
  });
});

test("a stop says good-bye on every line and refuses new ones", async () => {
  const own = await testApp(await testDatabase());
  const made = await own.owner();
  const port = await own.listen();
  const socket = new WebSocket(`${port.replace("http", "ws")}/ws`, {
    headers: { cookie: made.cookie, origin: port },
  });
  await once(socket, "open");
  const last = once(socket, "message");
  await own.services.realtime.hub.drain();
  expect(JSON.parse(String((await last)[0]))).toEqual({ t: "bye", code: "server" });
  const [code] = (await once(socket, "close")) as [number];
  expect(code).toBe(1012);
  expect((await fetch(`${port}/health`)).status).toBe(503);
});
