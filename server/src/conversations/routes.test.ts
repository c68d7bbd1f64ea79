// The record over HTTP: every route of this room once, replies checked against the contract, refusals with their
// status. What the use cases do is tested beside them; here it is who gets in, what is parsed, what comes out.
import { type ConversationId, maxTextLength, type RouteName, routes } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../platform/context.ts";
import { createHttp, type HttpApp } from "../platform/http/index.ts";
import { newId } from "../platform/ids.ts";
import { recordDelivery } from "./record-delivery.ts";
import { conversationRoutes } from "./routes.ts";
import { openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
let app: HttpApp;
let shop: Shop;
let conversationId: ConversationId;
/** Who a test token stands for. */
const people = new Map<string, Ctx>();

beforeAll(async () => {
  shop = await desk.shop();
  people.set("owner", shop.owner);
  people.set("agent", await shop.agent());
  people.set("viewer", await shop.agent("viewer"));
  people.set("stranger", (await desk.shop()).owner);
  people.set("key", shop.apiKey("conversations-read", "conversations-reply"));
  app = await createHttp({
    services: desk.services,
    checksReplies: true,
    authenticate: async ({ headers }) => {
      const token = headers.authorization?.replace("Bearer ", "") ?? "";
      const who = people.get(token);
      if (!who) return null;
      const via = token === "key" ? "api-key" : "cookie";
      return { tenantId: who.tenantId, actor: who.actor, via, sessionId: token };
    },
  });
  conversationRoutes(app, desk.services);
  await app.ready();
  ({ conversationId } = await recorded(shop.say("v", "你好")));
});
afterAll(() => app.close());

interface Ask {
  as?: string;
  id?: string;
  query?: string;
  body?: unknown;
}

async function call(name: RouteName, { as = "agent", id = conversationId, query = "", body }: Ask = {}) {
  const { method, path } = routes[name];
  const reply = await app.inject({
    method,
    url: path.replace(":id", id) + query,
    headers: { authorization: `Bearer ${as}`, origin: "http://localhost:80", host: "localhost:80" },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const isJson = reply.headers["content-type"]?.toString().startsWith("application/json") ?? false;
  const value = isJson && reply.body !== "" ? reply.json() : null;
  return {
    status: reply.statusCode,
    body: value,
    code: value?.error?.code as string | undefined,
    raw: reply,
  };
}

const line = (text: string) => ({ clientMessageId: newId<string>(), content: { kind: "text", text } });

describe("reading", () => {
  test("lists, a conversation, its thread, tags, search", async () => {
    expect((await call("listConversations", { query: "?list=bot&limit=5" })).body.conversations).toHaveLength(
      1,
    );
    expect((await call("getConversation")).body).toMatchObject({
      id: conversationId,
      abilities: expect.any(Array),
    });
    expect((await call("getThread")).body).toMatchObject({ messages: [{ seq: 1 }], hasMore: false });
    expect((await call("listTags")).body).toEqual([]);
    expect((await call("search", { query: "?q=%231" })).body.hits).toHaveLength(1);
  });

  test.each([
    ["listConversations", "?list=nonsense"],
    ["listConversations", "?limit=0"],
    ["listConversations", "?after=nonsense"],
    ["getThread", "?limit=201"],
    ["search", ""],
    ["search", `?q=${"x".repeat(101)}`],
  ] as const)("%s %s is not valid", async (name, query) => {
    expect(await call(name, { query })).toMatchObject({ status: 400, code: "request/invalid" });
  });

  test("odd words in the search box find nothing and break nothing", async () => {
    for (const words of ["%00", "%25", "\ud800", "'; drop table message; --", "😀", "\u202e"])
      expect((await call("search", { query: `?q=${encodeURIComponent(words.toWellFormed())}` })).status).toBe(
        200,
      );
    expect((await call("search", { query: "?q=%ED%A0%80" })).status).toBeLessThan(500);
  });
});

describe("getting in", () => {
  test("nobody without a session, nobody from another shop, no more than one's role", async () => {
    expect(await call("getConversation", { as: "nobody" })).toMatchObject({
      status: 401,
      code: "auth/not-signed-in",
    });
    expect(await call("getConversation", { as: "stranger" })).toMatchObject({
      status: 404,
      code: "conversation/not-found",
    });
    expect(await call("sendMessage", { as: "viewer", body: line("x") })).toMatchObject({
      status: 403,
      code: "auth/not-allowed",
    });
    expect(await call("snooze", { as: "key", body: { until: new Date().toISOString() } })).toMatchObject({
      status: 403,
    });
    expect(await call("getConversation", { id: "not-an-id" })).toMatchObject({
      status: 400,
      code: "request/invalid",
    });
    expect(await call("getConversation", { id: newId() })).toMatchObject({ status: 404 });
  });

  test("a stranger's id is not found by any route that takes one", async () => {
    const until = new Date(desk.clock.nowMs() + 3_600_000).toISOString();
    const asked: [RouteName, unknown?][] = [
      ["getThread"],
      ["sendMessage", line("x")],
      ["addNote", { clientMessageId: newId<string>(), text: "x" }],
      ["markRead", { seq: 1 }],
      ["resolve", {}],
      ["reopen"],
      ["snooze", { until }],
      ["setTags", { tags: [] }],
    ];
    for (const [name, body] of asked)
      expect(await call(name, { as: "stranger", body })).toMatchObject({
        status: 404,
        code: "conversation/not-found",
      });
  });
});

describe("writing", () => {
  test("a reply, once however often it is sent; a note; tags; read; snooze; resolve; reopen", async () => {
    const body = line("您好");
    const sent = await call("sendMessage", { body });
    expect(sent).toMatchObject({ status: 200, body: { kind: "outbound" } });
    expect((await call("sendMessage", { body })).body.id).toBe(sent.body.id);
    expect((await call("sendMessage", { as: "key", body: line("auto") })).status).toBe(200);
    expect((await call("addNote", { body: { clientMessageId: newId(), text: "note" } })).body.kind).toBe(
      "note",
    );
    expect((await call("setTags", { body: { tags: ["急"] } })).body.tags).toEqual(["急"]);
    expect((await call("markRead", { body: { seq: 2 } })).status).toBe(204);
    const until = new Date(desk.clock.nowMs() + 3_600_000).toISOString();
    expect((await call("snooze", { body: { until } })).body.status).toBe("snoozed");
    expect((await call("resolve", { body: {} })).body).toMatchObject({
      status: "resolved",
      disposition: "solved",
    });
    expect(await call("resolve", { body: {} })).toMatchObject({ status: 409, code: "conversation/resolved" });
    expect((await call("reopen")).body).toMatchObject({ status: "open", handler: { kind: "agent" } });
    expect(await call("reopen")).toMatchObject({ status: 409 });
  });

  test("a reply that missed a colleague's answer is told so", async () => {
    expect(await call("sendMessage", { as: "owner", body: { ...line("late"), seenSeq: 1 } })).toMatchObject({
      status: 409,
      code: "conversation/newer-reply",
    });
  });

  test.each([
    ["too long", "a".repeat(maxTextLength + 1), 413, "message/too-long"],
    ["far too long", "a".repeat(70_000), 413, "request/too-large"],
    ["nothing", "", 400, "request/invalid"],
    ["spaces", "   ", 400, "message/empty"],
  ])("a text that is %s: %#", async (_name, text, status, code) => {
    expect(await call("sendMessage", { body: line(text) })).toMatchObject({ status, code });
  });

  test("a note that is too long is told the same; the longest texts pass", async () => {
    const note = (text: string) => ({ clientMessageId: newId<string>(), text });
    expect(await call("addNote", { body: note("好".repeat(maxTextLength + 1)) })).toMatchObject({
      code: "message/too-long",
    });
    expect((await call("addNote", { body: note("好".repeat(maxTextLength)) })).status).toBe(200);
    expect((await call("sendMessage", { body: line("好".repeat(maxTextLength)) })).status).toBe(200);
  });

  test.each([
    { clientMessageId: "short", content: { kind: "text", text: "x" } },
    { clientMessageId: newId<string>(), content: { kind: "nonsense" } },
    { clientMessageId: newId<string>(), content: { kind: "card", title: "x", url: "javascript:alert(1)" } },
    { clientMessageId: newId<string>() },
    "just text",
    null,
    [],
  ])("a body that is no reply is refused: %#", async (body) => {
    const { status } = await call("sendMessage", { body });
    expect([400, 415]).toContain(status);
  });

  test("a lone surrogate is mended, markup stays text", async () => {
    const reply = await app.inject({
      method: "POST",
      url: `/api/conversations/${conversationId}/messages`,
      headers: {
        authorization: "Bearer agent",
        origin: "http://localhost:80",
        host: "localhost:80",
        "content-type": "application/json",
      },
      payload: `{"clientMessageId":"${newId()}","content":{"kind":"text","text":"half \\ud83d <b>"}}`,
    });
    expect(reply.json().content).toEqual({ kind: "text", text: "half \ufffd <b>" });
  });

  test("a failed message is sent again, a sent one is not", async () => {
    const { conversationId: api } = await recorded(shop.say("p", "hi", { inboxId: shop.api }));
    const { body: sent } = await call("sendMessage", { id: api, body: line("to the platform") });
    expect(await call("retryMessage", { id: sent.id })).toMatchObject({
      status: 409,
      code: "message/not-retryable",
    });
    await recordDelivery(shop.system, { messageId: sent.id, status: "failed", reason: "unreachable" });
    expect((await call("retryMessage", { id: sent.id })).body.delivery).toEqual({
      status: "queued",
      reason: null,
    });
  });
});

describe("contacts and quick replies", () => {
  test("are shown, changed, revealed, exported as a file, erased", async () => {
    const { contactId: id } = await recorded(shop.say("c", "hi"));
    expect((await call("getContact", { id })).body.version).toBe(1);
    const changed = await call("updateContact", { id, body: { phone: "13812345678", version: 1 } });
    expect(changed.body.phoneMasked).toBe("138****5678");
    expect(await call("updateContact", { id, body: { phone: "1", version: 2 } })).toMatchObject({
      status: 400,
    });
    expect(await call("updateContact", { id, body: { notes: "x", version: 1 } })).toMatchObject({
      status: 409,
      code: "request/conflict",
    });
    expect((await call("revealContact", { id })).body.phone).toBe("+8613812345678");
    expect(await call("exportContact", { id })).toMatchObject({ status: 403 });
    const exported = await call("exportContact", { as: "owner", id });
    expect(exported.raw.headers["content-disposition"]).toContain(`contact-${id}.json`);
    expect(exported.body.contact.phone).toBe("+8613812345678");
    expect(await call("eraseContact", { id })).toMatchObject({ status: 403 });
    expect((await call("eraseContact", { as: "owner", id })).status).toBe(204);
    expect(await call("getContact", { id })).toMatchObject({ status: 404, code: "contact/not-found" });
  });

  test("quick replies come, change and go", async () => {
    const draft = { title: "问候", text: "您好！" };
    const { body: made } = await call("createCannedReply", { body: draft });
    expect((await call("listCannedReplies", { as: "viewer" })).body).toEqual([made]);
    expect(
      (await call("updateCannedReply", { id: made.id, body: { ...draft, text: "欢迎" } })).body.text,
    ).toBe("欢迎");
    expect((await call("deleteCannedReply", { id: made.id })).status).toBe(204);
    expect(await call("deleteCannedReply", { id: made.id })).toMatchObject({ status: 404 });
  });
});

test("a file is taken in, linked for five minutes, and other files are refused", async () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const uploaded = await upload("dot.png", png);
  expect(uploaded.json()).toMatchObject({ kind: "image", type: "image/png", name: "dot.png" });
  const { mediaId } = uploaded.json();
  expect((await call("mediaLink", { id: mediaId, query: "?size=thumb" })).body.url).toContain(mediaId);
  expect(await call("mediaLink", { id: newId() })).toMatchObject({ status: 404, code: "media/not-found" });
  expect(await call("mediaLink", { as: "stranger", id: mediaId })).toMatchObject({ status: 404 });
  expect((await upload("empty.png", Buffer.alloc(0))).json()).toMatchObject({
    error: { code: "media/empty" },
  });
});

function upload(name: string, bytes: Buffer) {
  const boundary = "----test";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`;
  return app.inject({
    method: "POST",
    url: "/api/media",
    headers: {
      authorization: "Bearer agent",
      origin: "http://localhost:80",
      host: "localhost:80",
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}
