// Two server processes on one PostgreSQL: the visitor on one, the agent on the other, and either is killed. Nothing may be lost or doubled,
// and what crosses must not be late.
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VisitorMessage, WidgetServerFrame } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type EmbeddedPostgres, startEmbedded } from "../../server/src/platform/db/index.ts";
import { silentLog } from "../../server/src/platform/log.ts";
import {
  type LabServer,
  type Owner,
  removeDataFolder,
  signInOwner,
  startServer,
  webInboxKey,
} from "../shared/server.ts";
import { Agent } from "./agent.ts";

/** How long a line may take from one server to the other, and until a dead one's work is taken over. */
const crossMs = 15_000;
const takeOverMs = 15_000;

let database: EmbeddedPostgres;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yingda-two-"));
  chmodSync(folder, 0o755); // as root the database runs as another user, who must get in
  database = await startEmbedded({ dataFolder: join(folder, "database"), log: silentLog });
  const { host, user, password } = database.clientConfig("postgres", "postgres");
  const url = `postgresql://${user}:${encodeURIComponent(String(password))}@localhost/postgres?host=${encodeURIComponent(String(host))}`;
  env = { DATABASE_URL: url, YINGDA_KEY_FILE: join(folder, "key/master.key"), YINGDA_DEMO: "1" };
}, 60_000);

afterAll(async () => {
  await database?.stop();
  removeDataFolder(folder);
});

/** The shop's page: the visitor's token is bound to it, whichever server answers. */
const page = "https://shop.example";

/** A visitor who keeps what the server said and comes back with token and cursor, as the widget does. */
class Guest {
  readonly messages = new Map<string, VisitorMessage>();
  doubled = 0;
  token: string | null = null;
  conversationId: string | null = null;
  cursor = 0;
  #socket: WebSocket | undefined;
  #watchers = new Set<() => void>();
  #sent = 0;

  async connect(base: string, key: string): Promise<void> {
    const socket = new WebSocket(`${base.replace(/^http/, "ws")}/w/${key}/ws`, { headers: { origin: page } });
    this.#socket = socket;
    socket.on("error", () => {});
    const { token, conversationId, cursor } = this;
    socket.on("open", () =>
      socket.send(
        JSON.stringify({
          t: "hello",
          v: 1,
          token,
          conversationId,
          since: cursor,
          locale: "zh-CN",
          page: `${page}/x`,
          referrer: "",
          params: {},
        }),
      ),
    );
    await new Promise<void>((done, fail) => {
      socket.once("close", () => fail(new Error("closed before the welcome")));
      socket.on("message", (bytes) => this.#hear(JSON.parse(String(bytes)) as WidgetServerFrame, done));
    });
  }

  say(text: string): void {
    this.#sent += 1;
    this.#socket?.send(
      JSON.stringify({
        t: "say",
        clientMessageId: `guest-line-${this.#sent}`,
        content: { kind: "text", text },
      }),
    );
  }

  until(find: (message: VisitorMessage) => boolean, withinMs: number): Promise<number> {
    return this.#await(() => [...this.messages.values()].some(find), withinMs);
  }

  /** The conversation of what was said; the bot's answer may come before the receipt that names it. */
  async named(withinMs: number): Promise<string> {
    await this.#await(() => this.conversationId !== null, withinMs);
    return this.conversationId ?? "";
  }

  async #await(isThere: () => boolean, withinMs: number): Promise<number> {
    const started = performance.now();
    for (;;) {
      if (isThere()) return performance.now() - started;
      const leftMs = withinMs - (performance.now() - started);
      if (leftMs <= 0)
        throw new Error(
          `the visitor saw nothing of it within ${withinMs} ms: ${JSON.stringify([...this.messages.values()].map((one) => [one.from, one.content]))}`,
        );
      await new Promise<void>((done) => {
        const timer = setTimeout(done, leftMs);
        const watcher = () => {
          clearTimeout(timer);
          this.#watchers.delete(watcher);
          done();
        };
        this.#watchers.add(watcher);
      });
    }
  }

  close(): void {
    this.#socket?.terminate();
  }

  #hear(frame: WidgetServerFrame, welcomed: () => void): void {
    if (frame.t === "welcome") {
      this.token = frame.token ?? this.token;
      this.conversationId = frame.conversationId ?? this.conversationId;
      for (const message of frame.messages) this.messages.set(message.id, message);
      this.cursor = Math.max(this.cursor, frame.seq);
      welcomed();
    } else if (frame.t === "ack") this.conversationId = frame.conversationId;
    else if (frame.t === "message") {
      const known = this.messages.get(frame.message.id);
      if (known && frame.eventSeq <= this.cursor) this.doubled += 1;
      this.messages.set(frame.message.id, frame.message);
      this.cursor = Math.max(this.cursor, frame.eventSeq);
    } else if (frame.t === "state") this.cursor = Math.max(this.cursor, frame.eventSeq);
    for (const watcher of this.#watchers) watcher();
  }
}

const says = (text: string) => (message: VisitorMessage) =>
  message.content.kind === "text" && message.content.text.includes(text);

async function reply(owner: Owner, conversationId: string, text: string): Promise<void> {
  await owner.call("POST", `/api/conversations/${conversationId}/messages`, {
    clientMessageId: `agent-${text}-${Math.random().toString(36).slice(2)}`,
    content: { kind: "text", text },
  });
}

test("visitor on one, agent on the other; either is killed; nothing is lost, doubled or late", async () => {
  const one: LabServer = await startServer({ env });
  const owner = await signInOwner(one);
  const key = await webInboxKey(owner);
  let two: LabServer = await startServer({ env });
  const ownerOnTwo = await signInOwner(two);
  const agent = new Agent();
  await agent.connect(two.base, ownerOnTwo);
  const onOne = new Agent();
  await onOne.connect(one.base, owner);
  await ownerOnTwo.call("PUT", "/api/me/presence", { presence: "available" });
  // a visitor who asks for a person before the first server has heard of one is told that nobody is there
  await onOne.until(
    (event) => (event.kind === "presence" && event.presence === "available" ? true : undefined),
    crossMs,
  );
  onOne.close();

  const guest = new Guest();
  await guest.connect(one.base, key);
  guest.say("转人工");
  await guest.until((message) => message.from === "bot" || message.from === "system", takeOverMs);
  const conversationId = await guest.named(takeOverMs);
  await agent.until(
    (event) =>
      event.kind === "conversation" &&
      event.conversation.id === conversationId &&
      event.conversation.handler.kind === "queue"
        ? true
        : undefined,
    crossMs,
  );
  await ownerOnTwo.call("POST", `/api/conversations/${conversationId}/claim`, {}); // the demo's people wait before us

  await reply(ownerOnTwo, conversationId, "第一句");
  expect(await guest.until(says("第一句"), crossMs)).toBeLessThan(crossMs);
  guest.say("我在这里说一句");
  await agent.until(
    (event) =>
      event.kind === "message" &&
      event.message.kind === "inbound" &&
      JSON.stringify(event.message.content).includes("我在这里")
        ? true
        : undefined,
    crossMs,
  );

  // the agent's server dies: the agent comes back on the visitor's one and goes on where they were
  await two.kill();
  guest.say("还在吗");
  await agent.connect(one.base, owner);
  await agent.until(
    (event) =>
      event.kind === "message" && JSON.stringify(event.message.content).includes("还在吗") ? true : undefined,
    takeOverMs,
  );
  await reply(owner, conversationId, "第二句");
  await guest.until(says("第二句"), crossMs);

  // the visitor's server dies: the visitor comes back on a new one; a bot's turn in between is taken over
  two = await startServer({ env });
  const ownerOnNew = await signInOwner(two);
  const stranger = new Guest();
  await stranger.connect(one.base, key);
  stranger.say("下单后多久发货");
  await one.kill();
  await guest.connect(two.base, key);
  await reply(ownerOnNew, conversationId, "第三句");
  await guest.until(says("第三句"), crossMs);
  guest.say("收到，谢谢");
  await stranger.connect(two.base, key);
  if (stranger.conversationId) await stranger.until((message) => message.from === "bot", takeOverMs);

  type Thread = { messages: { seq: number; kind: string; content: { kind: string; text?: string } }[] };
  await guest.until((message) => message.from === "me" && says("收到，谢谢")(message), takeOverMs);
  const { messages } = await ownerOnNew.call<Thread>(
    "GET",
    `/api/conversations/${conversationId}/messages?limit=100`,
  );
  const texts = messages.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
  for (const text of ["转人工", "第一句", "我在这里说一句", "还在吗", "第二句", "第三句", "收到，谢谢"]) {
    expect(
      texts.filter((other) => other === text),
      text,
    ).toHaveLength(1);
  }
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  expect(guest.doubled).toBe(0);
  expect([...guest.messages.values()].filter(says("第三句"))).toHaveLength(1);
  agent.close();
  guest.close();
  stranger.close();
  await two.stop();
}, 120_000);
