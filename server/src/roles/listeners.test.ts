// HTTPS and WSS from the process itself: the pages and a visitor's socket over a certificate of our own, and the move from this
// machine's address to the configured one, which ends nothing that is open.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Inbox, WidgetServerFrame } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { testApp } from "../../test/app.ts";
import { testDatabase } from "../../test/database.ts";
import { systemClock } from "../platform/clock.ts";
import { silentLog } from "../platform/log.ts";
import { openCertificate, type ServerCertificate } from "../platform/net/index.ts";
import { createListeners, type Listeners } from "./listeners.ts";

const app = await testApp(await testDatabase());
const { cookie } = await app.owner();
const [inbox] = (await app.inject("GET", "/api/inboxes", { cookie })).json() as Inbox[];
let folder: string;
let certificate: ServerCertificate;
let listeners: Listeners;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-listeners-"));
  certificate = await openCertificate({
    tls: { mode: "self" },
    folder,
    passphrase: "of the master key",
    clock: systemClock,
    log: silentLog,
  });
  listeners = createListeners(app.http, certificate);
  port = await listeners.moveTo("127.0.0.1", 0);
});
afterAll(async () => {
  await listeners.close();
  certificate.close();
  await rm(folder, { recursive: true, force: true });
});

const ca = () => certificate.options.cert;

/** Status and content type of a GET, trusting our own certificate only. */
async function visit(path: string): Promise<[status: number, type: string]> {
  const request = get(`https://localhost:${port}${path}`, { ca: ca(), agent: false, family: 4 });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.resume();
  return [response.statusCode ?? 0, response.headers["content-type"] ?? ""];
}

test("the same program answers over https, and a visitor's socket works over wss", async () => {
  expect(await visit("/health")).toEqual([200, expect.stringContaining("application/json")]);
  const socket = new WebSocket(`wss://localhost:${port}/w/${inbox?.publicKey}/ws`, { ca: ca(), family: 4 });
  await once(socket, "open");
  socket.send(
    JSON.stringify({
      t: "hello",
      v: 1,
      token: null,
      conversationId: null,
      since: 0,
      locale: "zh-CN",
      page: "https://shop.example/",
      referrer: "",
      params: {},
    }),
  );
  const [text] = (await once(socket, "message")) as [Buffer];
  expect((JSON.parse(String(text)) as WidgetServerFrame).t).toBe("welcome");

  // moving to another address of the same port: what is open stays, what is new comes in
  await listeners.moveTo("0.0.0.0", port);
  socket.send('{"t":"ping"}');
  const [pong] = (await once(socket, "message")) as [Buffer];
  expect(JSON.parse(String(pong))).toEqual({ t: "pong" });
  expect((await visit("/health"))[0]).toBe(200);
  socket.close();
});

test("a port that is taken is a sentence, not a crash", async () => {
  const other = createListeners(app.http, null);
  await expect(other.moveTo("127.0.0.1", port)).rejects.toMatchObject({ code: "port-in-use" });
});

test("a client that sends half a request, or nothing at all, holds up neither others nor the stop", async () => {
  const plain = createListeners(app.http, null);
  const plainPort = await plain.moveTo("127.0.0.1", 0);
  const slow = ["", "GET /health HTTP/1.1\r\nhost: localhost\r\n"].map((piece) => {
    const socket = connect(plainPort, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(piece);
    return socket;
  });
  await Promise.all(slow.map((socket) => once(socket, "connect")));
  const reply = await fetch(`http://127.0.0.1:${plainPort}/health`, { headers: { connection: "close" } });
  expect(reply.status).toBe(200);
  await reply.text();
  const ended = slow.map((socket) => once(socket, "close"));
  const before = performance.now();
  await plain.close();
  await Promise.all(ended);
  expect(performance.now() - before).toBeLessThan(5_000);
});
