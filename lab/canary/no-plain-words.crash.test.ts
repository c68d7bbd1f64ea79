// The canary test: words that occur nowhere else are said, typed, uploaded and searched for on the real server, at the most
// talkative log level; then every file of its data folder (tables, write-ahead log, backups, media) and all that it logged is
// looked through for them. Killed once on the way, because a clean stop would tidy up.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Content, WidgetClientFrame, WidgetServerFrame } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { findPlain } from "../../server/src/platform/crypto/index.ts";
import { owner as ownersKeys } from "../../tools/try-server.ts";
import {
  type LabServer,
  type Owner,
  removeDataFolder,
  setupLink,
  signInOwner,
  startServer,
  webInboxKey,
} from "../shared/server.ts";

/** What a contact said or is, and what was said about them. */
const words = {
  name: "鹭岛柴可夫",
  phone: "13877665544",
  email: "zebrafinch.quartz@mail.example",
  contactNote: "蓝羽毛收藏家",
  line: "我的鹦鹉螺摆件碎了",
  englishLine: "my marzipan obelisk arrived broken",
  unknown: "请问琥珀色的独角鲸",
  page: "wombat-lagoon-page",
  parameter: "椒盐海星礼盒",
  reply: "给您补发玳瑁色摆件",
  privateNote: "疑似鲸落批次问题",
  fileName: "鎏金蜂鸟照片",
  fileText: "obsidian-hummingbird-file-body",
  summary: "转人工处理珊瑚绒披风",
  leftMessage: "留言说月光石项链",
  comment: "虎斑贝客服真好",
  search: "搜索过的萤石灯",
  transferNote: "交接蜜蜡手串",
  device: "PeacockMantisBrowser",
  address: "203.0.113.214",
};
/** What opens doors. */
const secrets: Record<string, string> = {};
/** Where the test proves that it can see: the shop's own words stand in clear. */
const control = "雪豹杂货铺";

let server: LabServer;
let owner: Owner;
let key: string;
let visitorToken = "";
let logs = "";

beforeAll(async () => {
  server = await startServer({ env: { YINGDA_LOG_LEVEL: "debug" } });
  secrets.setupToken = (await setupLink(server)).token;
  owner = await signInOwner(server);
  await owner.call("PATCH", "/api/tenant", {
    name: control,
    alertWebhook: "https://hook.example/tanzanite-secret",
  });
  key = await webInboxKey(owner);
  secrets.webhook = "tanzanite-secret";
  secrets.session = owner.cookie.split("=").slice(1).join("=");
  secrets.password = ownersKeys.password;
  secrets.apiKey = (
    await owner.call<{ key: string }>("POST", "/api/api-keys", { name: "ERP", scopes: ["contacts-read"] })
  ).key;
  secrets.recoveryKey = (
    await owner.call<{ recoveryKey: string }>("POST", "/api/recovery-key", { password: ownersKeys.password })
  ).recoveryKey;
  const invitation = await owner.call<{ url: string }>("POST", "/api/invitations", {
    name: "小周",
    role: "agent",
  });
  secrets.invitation = invitation.url.split("#")[1] ?? "";
  const api = await owner.call<{ id: string }>("POST", "/api/inboxes", { channel: "api", name: "开放接口" });
  secrets.inboxSecret = (
    await owner.call<{ secret: string }>("POST", `/api/inboxes/${api.id}/secret`)
  ).secret;
}, 90_000);

afterAll(async () => {
  await server.stop();
  removeDataFolder(server.dataFolder);
});

/** A visitor on the widget's socket. */
async function visit(): Promise<{
  send(frame: WidgetClientFrame): void;
  heard(wanted: (frame: WidgetServerFrame) => boolean): Promise<WidgetServerFrame>;
  close(): void;
}> {
  const socket = new WebSocket(`${server.base.replace(/^http/, "ws")}/w/${key}/ws`, {
    headers: { origin: server.base, "user-agent": words.device, "x-forwarded-for": words.address },
  });
  const frames: WidgetServerFrame[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (bytes) => {
    frames.push(JSON.parse(String(bytes)) as WidgetServerFrame);
    for (const look of waiting) look();
  });
  await new Promise((done, fail) => socket.once("open", done).once("error", fail));
  const line = {
    send: (frame: WidgetClientFrame) => socket.send(JSON.stringify(frame)),
    heard: (wanted: (frame: WidgetServerFrame) => boolean) =>
      new Promise<WidgetServerFrame>((done, fail) => {
        const timer = setTimeout(
          () => fail(new Error(`not heard; last: ${JSON.stringify(frames.slice(-3))}`)),
          15_000,
        );
        const look = () => {
          const found = frames.find(wanted);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          done(found);
        };
        waiting.add(look);
        look();
      }),
    close: () => socket.close(),
  };
  const params = { product: words.parameter, name: words.name };
  const page = `${server.base}/${words.page}`;
  line.send({
    t: "hello",
    v: 1,
    token: null,
    conversationId: null,
    since: 0,
    locale: "zh-CN",
    page,
    referrer: page,
    params,
  });
  const welcome = await line.heard(({ t }) => t === "welcome");
  if (welcome.t === "welcome" && welcome.token) visitorToken = welcome.token;
  return line;
}

const text = (value: string): Content => ({ kind: "text", text: value });

async function walk(): Promise<void> {
  const visitor = await visit();
  let nth = 0;
  const said = async (frame: (clientMessageId: string) => WidgetClientFrame) => {
    nth += 1;
    const id = `canary-${nth}-line`;
    visitor.send(frame(id));
    const ack = await visitor.heard(
      (heard) => (heard.t === "ack" || heard.t === "refused") && heard.clientMessageId === id,
    );
    if (ack.t !== "ack") throw new Error(`not taken: ${JSON.stringify(ack)}`);
    return ack.conversationId;
  };
  const conversationId = await said((clientMessageId) => ({
    t: "say",
    clientMessageId,
    content: text(words.line),
  }));
  await said((clientMessageId) => ({ t: "say", clientMessageId, content: text(words.englishLine) }));
  await said((clientMessageId) => ({ t: "say", clientMessageId, content: text(words.unknown) }));
  await said((clientMessageId) => ({ t: "say", clientMessageId, content: text(`${words.summary}，转人工`) }));
  const file = await upload();
  await said((clientMessageId) => ({ t: "say", clientMessageId, content: file }));
  await said((clientMessageId) => ({
    t: "leave",
    clientMessageId,
    fields: { name: words.name, phone: words.phone, text: words.leftMessage },
    consent: true,
  }));

  const { contact } = await owner.call<{ contact: { id: string } }>(
    "GET",
    `/api/conversations/${conversationId}`,
  );
  const { version } = await owner.call<{ version: number }>("GET", `/api/contacts/${contact.id}`);
  const { name, phone, email, contactNote: notes } = words;
  await owner.call("PATCH", `/api/contacts/${contact.id}`, { name, phone, email, notes, version });
  await owner.call("POST", `/api/contacts/${contact.id}/reveal`);
  await owner.call("POST", `/api/conversations/${conversationId}/notes`, {
    clientMessageId: "canary-note",
    text: words.privateNote,
  });
  await owner.call("POST", `/api/conversations/${conversationId}/messages`, {
    clientMessageId: "canary-reply",
    content: text(words.reply),
  });
  await visitor.heard((frame) => frame.t === "message" && frame.message.from === "agent");
  visitor.send({ t: "rate", score: 5, comment: words.comment });
  await owner.call("GET", `/api/search?q=${encodeURIComponent(words.search)}`);
  await owner.call("GET", `/api/search?q=${encodeURIComponent(words.phone)}`);
  await expect
    .poll(
      async () => {
        const { hits } = await owner.call<{ hits: unknown[] }>(
          "GET",
          `/api/search?q=${encodeURIComponent(words.line)}`,
        );
        return hits.length;
      },
      { timeout: 10_000 },
    )
    .toBe(1);
  await expect
    .poll(
      async () => {
        const { rating } = await owner.call<{ rating: { comment: string } | null }>(
          "GET",
          `/api/conversations/${conversationId}`,
        );
        return rating?.comment;
      },
      { timeout: 10_000 },
    )
    .toBe(words.comment);
  secrets.visitor = visitorToken;
  visitor.close();
}

async function upload(): Promise<Content> {
  const form = new FormData();
  form.append("file", new Blob([words.fileText], { type: "text/plain" }), `${words.fileName}.txt`);
  const reply = await fetch(`${server.base}/w/${key}/media`, {
    method: "POST",
    headers: { origin: server.base, "yingda-visitor": visitorToken, "x-forwarded-for": words.address },
    body: form,
  });
  if (!reply.ok) throw new Error(`upload: ${reply.status} ${await reply.text()}`);
  const media = (await reply.json()) as { mediaId: string; name: string; type: string; sizeBytes: number };
  return {
    kind: "file",
    mediaId: media.mediaId,
    name: media.name,
    type: media.type,
    sizeBytes: media.sizeBytes,
  } as Content;
}

/** What the visitor's and the shop's mistakes leave in logs: refused requests with the words in them. */
async function blunder(): Promise<void> {
  const post = (path: string, body: string, type = "application/json") =>
    fetch(`${server.base}${path}`, {
      method: "POST",
      headers: { cookie: owner.cookie, origin: server.base, "content-type": type },
      body,
    });
  await post("/api/ask", JSON.stringify({ question: words.unknown, nonsense: true }));
  await post("/api/session", JSON.stringify({ account: words.email, password: words.phone }));
  await post("/api/session", `{"account": "${words.email}", "password": `);
  await post(
    `/api/conversations/${words.page}/notes`,
    JSON.stringify({ text: words.privateNote, clientMessageId: 7 }),
  );
  await fetch(`${server.base}/w/${key}/face?${new URLSearchParams({ product: words.parameter })}`);
  await fetch(`${server.base}/${words.page}?q=${encodeURIComponent(words.search)}`, {
    headers: { "user-agent": words.device },
  });
}

async function hasFiles(folder: string): Promise<boolean> {
  return (await readdir(folder, { recursive: true, withFileTypes: true })).some((entry) => entry.isFile());
}

async function seen(): Promise<string[]> {
  const planted = { ...words, ...secrets };
  expect(Object.entries(planted).filter(([, word]) => word.length < 5)).toEqual([]);
  const folder = join(server.dataFolder, "data");
  // the database's own programs are as they were delivered
  const parts = (await readdir(folder, { withFileTypes: true })).filter(
    (part) => part.isDirectory() && part.name !== "bin",
  );
  expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(["postgres", "media", "backups"]));
  const found = (
    await Promise.all(
      parts.map(({ name }) =>
        hasFiles(join(folder, name)).then((some) =>
          some ? findPlain(join(folder, name), Object.values(planted)) : [],
        ),
      ),
    )
  ).flat();
  const names = new Map(Object.entries(planted).map(([name, word]) => [word, name]));
  const inFiles = found.map(
    ({ file, word, writtenAs }) => `${names.get(word)} as ${writtenAs} in ${file.slice(folder.length)}`,
  );
  // the one-time link is what the console is for
  const inLogs = Object.entries(planted)
    .filter(([name, word]) => name !== "setupToken" && logs.includes(word))
    .map(([name]) => `${name} in the log`);
  return [...inFiles, ...inLogs];
}

describe("nothing of a contact and no secret rests in clear", () => {
  test("while the server runs, after it was killed, and after a clean stop", async () => {
    await walk();
    await blunder();
    const started = await owner.call<{ state: string }>("POST", "/api/backups");
    expect(started.state).toBe("running");
    await expect
      .poll(async () => (await owner.call<{ files: unknown[] }>("GET", "/api/backups")).files.length, {
        timeout: 20_000,
      })
      .toBe(1);
    await expect.poll(() => server.output()).toContain("backup written");
    logs += server.output();
    expect((await findPlain(join(server.dataFolder, "data/postgres"), [control])).length).toBeGreaterThan(0);
    expect(await seen()).toEqual([]);

    await server.kill();
    server = await startServer({
      env: { YINGDA_LOG_LEVEL: "debug" },
      dataFolder: server.dataFolder,
      port: server.port,
    });
    logs += server.output();
    expect(await seen()).toEqual([]);

    await server.stop();
    logs += server.output();
    expect(await seen()).toEqual([]);
  }, 90_000);
});
