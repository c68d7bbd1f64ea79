// The routes of the line over HTTP with a session: inboxes, links, hours, presence, and what agents do with a conversation.
import type { Conversation, Inbox, Queue } from "@yingda/contract";
import { beforeAll, describe, expect, test } from "vitest";
import { judgePage } from "../src/channels/inbox-links.ts";
import { receiveMessage } from "../src/conversations/index.ts";
import { makeCtx } from "../src/platform/context.ts";
import { newId } from "../src/platform/ids.ts";
import { type TestApp, testApp } from "./app.ts";
import { testDatabase } from "./database.ts";

const database = await testDatabase();
let app: TestApp;
let cookie: string;
let inbox: Inbox;

beforeAll(async () => {
  app = await testApp(database);
  ({ cookie } = await app.owner());
  const inboxes = (await app.inject("GET", "/api/inboxes", { cookie })).json<Inbox[]>();
  const [first] = inboxes;
  if (!first) throw new Error("a new shop has an inbox");
  inbox = first;
});

const call = (method: Parameters<TestApp["inject"]>[0], path: string, body?: unknown) =>
  app.inject(method, path, { cookie, ...(body === undefined ? {} : { body }) });

describe("inboxes", () => {
  test("made, changed, refused when somebody else was faster, deleted", async () => {
    const made = await call("POST", "/api/inboxes", { channel: "api", name: "订单系统" });
    expect(made.statusCode).toBe(200);
    const api = made.json<Inbox>();
    expect(api).toMatchObject({ channel: "api", webhook: { hasSecret: true } });
    const changed = await call("PATCH", `/api/inboxes/${api.id}`, {
      version: api.version,
      webhookUrl: "https://shop.example/hook",
    });
    expect(changed.json<Inbox>()).toMatchObject({
      webhook: { url: "https://shop.example/hook" },
      version: api.version + 1,
    });
    expect(
      (await call("PATCH", `/api/inboxes/${api.id}`, { version: api.version, name: "x" })).statusCode,
    ).toBe(409);
    const secret = (await call("POST", `/api/inboxes/${api.id}/secret`)).json<{ secret: string }>();
    expect(secret.secret).toMatch(/^whsec_/);
    expect((await call("DELETE", `/api/inboxes/${api.id}`)).statusCode).toBe(204);
    expect((await call("GET", "/api/inboxes")).json<Inbox[]>().some(({ id }) => id === api.id)).toBe(false);
    expect((await call("POST", "/api/inboxes", { channel: "fax", name: "x" })).statusCode).toBe(400);
  });

  test("where it is found", async () => {
    const links = (await call("GET", `/api/inboxes/${inbox.id}/links`)).json<{
      script: string;
      page: string;
      isLocalOnly: boolean;
    }>();
    expect(links.script).toContain(`/widget.js" data-key="${inbox.publicKey}" async>`);
    expect(links.page).toBe(`http://localhost/c/${inbox.publicKey}`);
    expect(links.isLocalOnly).toBe(true);
    expect((await call("GET", `/api/inboxes/${newId<string>()}/links`)).statusCode).toBe(404);
  });

  test("a page is looked at, but not one inside our own network", async () => {
    const check = (url: string) => call("POST", `/api/inboxes/${inbox.id}/check`, { url });
    expect((await check("http://127.0.0.1:1/")).json()).toEqual({ found: false, code: "address-refused" });
    expect((await check("http://169.254.169.254/latest")).json()).toEqual({
      found: false,
      code: "address-refused",
    });
    expect((await check("not an address at all")).statusCode).toBe(400);
  });

  test("nobody without a session", async () => {
    for (const path of ["/api/inboxes", "/api/hours", "/api/queues"])
      expect((await app.inject("GET", path)).statusCode).toBe(401);
  });
});

test("a page is judged by the line it carries", () => {
  const line = (key: string) =>
    `<html><script src="https://kf.example/widget.js" data-key="${key}" async></script></html>`;
  expect(judgePage(line("abc"), "abc")).toEqual({ found: true, code: "found" });
  expect(judgePage(line("abc"), "other")).toEqual({ found: false, code: "other-key" });
  expect(judgePage("<html>abc</html>", "abc")).toEqual({ found: false, code: "script-missing" });
});

describe("hours and queues", () => {
  test("set and read back", async () => {
    const week = Array.from({ length: 7 }, (_, day) =>
      day < 5 ? [{ opensMinute: 540, closesMinute: 1_440 }] : [],
    );
    const hours = {
      timeZone: "Asia/Shanghai",
      week,
      holidays: [{ on: "2026-10-01", name: "国庆", blocks: [] }],
    };
    expect((await call("PUT", "/api/hours", hours)).json()).toEqual(hours);
    expect((await call("GET", "/api/hours")).json()).toEqual(hours);
    expect((await call("PUT", "/api/hours", { ...hours, timeZone: "nowhere" })).json()).toMatchObject({
      error: { code: "request/invalid" },
    });
    expect((await call("PUT", "/api/hours", { ...hours, week: [] })).statusCode).toBe(400);
    const always = Array.from({ length: 7 }, () => [{ opensMinute: 0, closesMinute: 1_440 }]);
    await call("PUT", "/api/hours", { timeZone: "Asia/Shanghai", week: always, holidays: [] });
    const queues = (await call("GET", "/api/queues")).json<Queue[]>();
    expect(queues).toMatchObject([{ isDefault: true, waitingCount: 0 }]);
  });
});

describe("what an agent does", () => {
  async function written(): Promise<string> {
    const ctx = makeCtx(app.services, {
      tenantId: await tenantId(),
      actor: { kind: "system", name: "test" },
    });
    const received = await receiveMessage(ctx, {
      inboxId: inbox.id,
      externalContactId: newId<string>(),
      content: { kind: "text", text: "你好" },
      at: new Date(),
      isBotOn: true,
      reopenWindowMs: 1_000,
    });
    return received.conversationId;
  }
  async function tenantId() {
    const [row] = await database.asAdmin<{ tenant_id: never }>("select tenant_id from inbox where id = $1", [
      inbox.id,
    ]);
    if (!row) throw new Error("the inbox has a tenant");
    return row.tenant_id;
  }

  test("presence, claim, return, transfer, offers", async () => {
    expect((await call("PUT", "/api/me/presence", { presence: "busy" })).json()).toEqual({
      presence: "busy",
    });
    const id = await written();
    const claimed = await call("POST", `/api/conversations/${id}/claim`, {});
    expect(claimed.json<Conversation>().handler.kind).toBe("agent");
    const [queue] = (await call("GET", "/api/queues")).json<Queue[]>();
    const moved = await call("POST", `/api/conversations/${id}/transfer`, {
      to: { queueId: queue?.id },
      note: "请接着处理",
    });
    expect(moved.json<Conversation>().handler).toEqual({ kind: "queue", queueId: queue?.id });
    const returned = await call("POST", `/api/conversations/${id}/return`);
    expect(returned.json<Conversation>().handler).toEqual({ kind: "bot" });
    for (const answer of ["accept", "decline"])
      expect((await call("POST", `/api/conversations/${id}/offer/${answer}`)).json()).toMatchObject({
        error: { code: "routing/offer-gone" },
      });
    expect((await call("POST", `/api/conversations/${newId<string>()}/claim`, {})).statusCode).toBe(404);
  });

  test("why did it say this: the trace of an answer, and none where there is none", async () => {
    expect((await call("GET", `/api/messages/${newId<string>()}/trace`)).json()).toMatchObject({
      error: { code: "message/not-found" },
    });
  });

  test("the owner's alert says what is not set up", async () => {
    expect((await call("POST", "/api/tenant/test-alert")).json()).toEqual({ results: [] });
    await call("PATCH", "/api/tenant", { alertEmail: "owner@shop.example" });
    expect((await call("POST", "/api/tenant/test-alert")).json()).toEqual({
      results: [{ way: "email", outcome: "refused", detail: "not-configured" }],
    });
  });
});
