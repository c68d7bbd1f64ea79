// The channel for own programs, end to end: signed calls in, signed calls out to a real receiver that may be down, slow or
// forgetful; deliveries that are tried again in order; and a simulated platform that is not idempotent.
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ConversationId } from "@yingda/contract";
import { channelCapabilities, identityText } from "@yingda/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../test/line.ts";
import { type LineApp, startLineApp } from "../../test/line-app.ts";
import { ScriptedBrain } from "../../test/scripted-brain.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { getInbox, getThread, rotateInboxSecret, sendMessage, updateInbox } from "../conversations/index.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { createGuardedFetch } from "../platform/net/index.ts";
import type { OutboundMessage, SendOutcome } from "./adapter.ts";
import { apiAdapter } from "./api/adapter.ts";
import { deliverConversation } from "./deliver.ts";
import { putAttempt } from "./delivery-store.ts";
import { type Adapters, adapters, createChannelSweep } from "./index.ts";
import { usedQuota } from "./quota.ts";
import { checkSignature, sign, signatureHeaders } from "./shared/signature.ts";
import { webAdapter } from "./web/adapter.ts";

const database = await testDatabase();
let services: TestServices;
let line: LineApp;
let shop: TestShop;
let owner: TestMember;
let secret: string;

type Heard = {
  headers: IncomingHttpHeaders;
  body: { id: string; message: { content: { kind: string; text: string } } };
  raw: Buffer;
};
const heard: Heard[] = [];
let answerWith: number | "hang-up" = 200;
let receiver: Server;
let receiverUrl: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks);
      if (answerWith === "hang-up") return response.destroy();
      // what an earlier test left under way is answered, not counted
      if (answerWith === 200 && request.url?.endsWith(shop.inbox.id))
        heard.push({ headers: request.headers, body: JSON.parse(raw.toString("utf8")), raw });
      response.writeHead(answerWith).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo;
  receiverUrl = `http://127.0.0.1:${port}/hook`;
  services = await testServices(database);
  await services.fetch.close();
  services.fetch = createGuardedFetch({
    clock: services.clock,
    allow: ["webhook", "channel"].map((purpose) => ({ purpose, host: "127.0.0.1", port })),
  });
  line = await startLineApp(services, { brain: new ScriptedBrain() });
});
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
  answerWith = 200;
  shop = await testShop(services, database, "api");
  owner = await shop.member("店主", { role: "owner", isConnected: false });
  ({ secret } = await rotateInboxSecret(owner.ctx, shop.inbox.id));
  const { version } = (await getInbox(shop.ctx, shop.inbox.id)) ?? shop.inbox;
  await updateInbox(owner.ctx, shop.inbox.id, { version, webhookUrl: `${receiverUrl}/${shop.inbox.id}` });
  heard.length = 0;
});

const later = (ms: number) => services.clock.advance(ms);
const sweep = () => createChannelSweep(services, adapters).run();
const nowSeconds = () => Math.floor(services.clock.nowMs() / 1_000);
type Call = { by?: string; at?: number; id?: string; path?: string; headers?: Record<string, string> };
async function post(
  body: unknown,
  { by = secret, at = nowSeconds(), id = newId<string>(), path, headers }: Call = {},
) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const reply = await fetch(`${line.url}${path ?? `/hooks/api/${shop.inbox.id}`}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [signatureHeaders.id]: id,
      [signatureHeaders.at]: String(at),
      [signatureHeaders.signature]: sign(by, at, text),
      ...headers,
    },
    body: text,
  });
  return {
    status: reply.status,
    body: (await reply.json()) as {
      accepted: { conversationId: ConversationId; duplicate: boolean; seq: number }[];
      error?: { code: string };
    },
  };
}
const line1 = (id: string, text = "怎么退货", contact = "u-1") => ({
  contact: { id: contact, name: "李雷" },
  message: { id, content: { kind: "text", text } },
});
async function thread(conversationId: ConversationId) {
  return (await getThread(shop.ctx, conversationId, {})).messages;
}
async function lastStatus(conversationId: ConversationId) {
  return (await thread(conversationId)).filter(({ kind }) => kind === "outbound").at(-1)?.delivery;
}
async function rows(): Promise<number> {
  const [row] = await database.asAdmin<{ count: number }>(
    "select count(*)::int as count from message where tenant_id = $1",
    [shop.tenantId],
  );
  return row?.count ?? -1;
}
async function attempts(): Promise<{ attempts: number; last_code: string | null }[]> {
  return database.asAdmin(
    "select attempts, last_code from delivery_attempt where tenant_id = $1 order by seq",
    [shop.tenantId],
  );
}
const say = (conversationId: ConversationId, text: string) =>
  sendMessage(owner.ctx, {
    conversationId,
    author: { kind: "agent", id: owner.userId, name: "店主" },
    content: { kind: "text", text },
  });
const saidOut = () => heard.map(({ body }) => body.message.content.text);

describe("calls in", () => {
  test("a line is recorded, answered, and the answer is sent, signed", async () => {
    const { status, body } = await post(line1("m-1"));
    expect(status).toBe(202);
    expect(body.accepted).toMatchObject([{ externalId: "m-1", seq: 1, duplicate: false }]);
    await vi.waitFor(() => expect(saidOut()).toEqual([`${identityText.zh}\n答：怎么退货`]), {
      timeout: 8_000,
    });
    const [out] = heard;
    if (!out) throw new Error("nothing was sent");
    expect(out.body).toMatchObject({
      event: "message",
      contact: { id: "u-1" },
      message: { author: { kind: "bot" } },
    });
    const given = {
      timestamp: String(out.headers[signatureHeaders.at]),
      signature: String(out.headers[signatureHeaders.signature]),
    };
    expect(checkSignature([secret], given, out.raw, services.clock.nowMs())).toBe("valid");
    const [accepted] = body.accepted;
    if (!accepted) throw new Error("nothing was accepted");
    await vi.waitFor(
      async () => expect(await lastStatus(accepted.conversationId)).toEqual({ status: "sent", reason: null }),
      { timeout: 8_000 },
    );
    expect(await attempts()).toEqual([]);
    const [message] = (await thread(accepted.conversationId)).filter(({ kind }) => kind === "outbound");
    await post({ receipt: { messageId: message?.id, status: "read" } });
    await post({ receipt: { messageId: message?.id, status: "delivered" } }); // late: nothing goes back
    expect(await lastStatus(accepted.conversationId)).toEqual({ status: "read", reason: null });
    await post({ receipt: { messageId: "somebody-else", status: "read" } });
  });

  test("twice, also at the same moment and by another call, is one line", async () => {
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => post(line1("m-1"))));
    expect(results.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(results.flatMap(({ body }) => body.accepted).filter(({ duplicate }) => !duplicate)).toHaveLength(
      1,
    );
    const again = await post(line1("m-1"), { id: "the-same-call" });
    expect(again.body.accepted[0]?.duplicate).toBe(true);
    const repeated = await post(line1("m-1"), { id: "the-same-call" });
    expect(repeated).toMatchObject({ status: 200, body: { accepted: [], duplicate: true } });
    const inbound = await database.asAdmin(
      "select 1 from message where tenant_id = $1 and kind = 'inbound'",
      [shop.tenantId],
    );
    expect(inbound).toHaveLength(1);
  });

  test("an id that was used for another body hides nothing", async () => {
    await post(line1("m-1"), { id: "one-id" });
    expect((await post(line1("m-2", "另一句"), { id: "one-id" })).body.accepted).toHaveLength(1);
  });

  test("what is forged, old, for somebody else or no JSON leaves no trace", async () => {
    const other = await testShop(services, database, "api");
    const web = await testShop(services, database);
    const refused: [Awaited<ReturnType<typeof post>>, number, string][] = [
      [await post(line1("f-1"), { by: "wrong" }), 401, "channel/signature-invalid"],
      [
        await post(line1("f-2"), { headers: { [signatureHeaders.signature]: "" } }),
        401,
        "channel/signature-invalid",
      ],
      [await post(line1("f-3"), { at: nowSeconds() - 301 }), 401, "channel/replayed"],
      [await post(line1("f-4"), { at: nowSeconds() + 301 }), 401, "channel/replayed"],
      [await post(line1("f-5"), { path: `/hooks/api/${other.inbox.id}` }), 401, "channel/signature-invalid"],
      [await post(line1("f-6"), { path: `/hooks/api/${web.inbox.id}` }), 404, "inbox/not-found"],
      [await post(line1("f-7"), { path: `/hooks/web/${shop.inbox.id}` }), 404, "inbox/not-found"],
      [await post(line1("f-8"), { path: `/hooks/api/${newId<string>()}` }), 404, "inbox/not-found"],
      [await post(line1("f-9"), { path: "/hooks/api/not-an-id" }), 404, "inbox/not-found"],
      [await post(line1("f-10"), { path: `/hooks/fax/${shop.inbox.id}` }), 404, "inbox/not-found"],
      [await post("{not json"), 400, "channel/payload-invalid"],
      [
        await post({ contact: { id: "" }, message: { id: "x", content: {} } }),
        400,
        "channel/payload-invalid",
      ],
      [await post({ events: [] }), 400, "channel/payload-invalid"],
      [await post(line1("f-11", "x".repeat(1_100_000))), 413, "request/too-large"],
    ];
    for (const [{ status, body }, expected, code] of refused)
      expect([status, body.error?.code]).toEqual([expected, code]);
    expect(await rows()).toBe(0);
  });

  test("one broken item of a batch is shown as such, the others are recorded", async () => {
    const { body } = await post({
      events: [
        line1("b-1", "一"),
        { contact: { id: "u-1" }, message: { id: "b-2", content: { kind: "hologram" } } },
        line1("b-3", "二"),
      ],
    });
    expect(body.accepted).toHaveLength(3);
    const [accepted] = body.accepted;
    if (!accepted) throw new Error("nothing was accepted");
    const inbound = (await thread(accepted.conversationId)).filter(({ kind }) => kind === "inbound");
    expect(inbound.map(({ content }) => content.kind)).toEqual(["text", "unsupported", "text"]);
  });

  test("a file comes by address into our own store; one that cannot be had is shown as such", async () => {
    const media = (url: string, id: string) => ({
      contact: { id: "u-1" },
      message: { id, content: { kind: "media", media: { kind: "file", url, name: "说明.txt" } } },
    });
    const files = createServer((_request, response) => response.end("七天内可退"));
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    const { port } = files.address() as AddressInfo;
    const before = services.fetch;
    services.fetch = createGuardedFetch({
      clock: services.clock,
      allow: [{ purpose: "channel", host: "127.0.0.1", port }],
    });
    Object.assign(services, { fetch: services.fetch });
    const good = await post(media(`http://127.0.0.1:${port}/a.txt`, "f-1"));
    const bad = await post(media("http://169.254.169.254/latest/meta-data", "f-2"));
    files.close();
    files.closeAllConnections();
    services.fetch = before;
    const [accepted] = good.body.accepted;
    if (!accepted) throw new Error("nothing was accepted");
    expect(bad.status).toBe(202);
    const inbound = (await thread(accepted.conversationId)).filter(({ kind }) => kind === "inbound");
    expect(inbound.map(({ content }) => content)).toMatchObject([
      { kind: "file", name: "说明.txt", sizeBytes: 15 },
      { kind: "unsupported", described: "说明.txt" },
    ]);
  });

  test("while the secret is replaced the old one works for a day, then no more", async () => {
    const old = secret;
    ({ secret } = await rotateInboxSecret(owner.ctx, shop.inbox.id));
    expect((await post(line1("r-1"), { by: old })).status).toBe(202);
    expect((await post(line1("r-2"))).status).toBe(202);
    later(86_400_000 + 60_000);
    expect((await post(line1("r-3"), { by: old })).status).toBe(401);
    expect((await post(line1("r-4"))).status).toBe(202);
  });

  test("an inbox that is off takes nothing in", async () => {
    const { version } = (await getInbox(shop.ctx, shop.inbox.id)) ?? shop.inbox;
    await updateInbox(owner.ctx, shop.inbox.id, { version, isOn: false });
    expect((await post(line1("o-1"))).status).toBe(410);
  });
});

/** A conversation on this channel that the bot has answered, as far as the receiver let it. */
async function answered(): Promise<ConversationId> {
  const conversationId = await shop.write("u-9", "你好");
  await vi.waitFor(async () => expect(await lastStatus(conversationId)).toBeDefined(), { timeout: 8_000 });
  await services.outbox.settled();
  return conversationId;
}

describe("calls out", () => {
  test("a receiver that is down gets everything once it is back, in order, each once", async () => {
    answerWith = 503;
    const conversationId = await answered();
    for (const text of ["一", "二", "三"]) await say(conversationId, text);
    await services.outbox.settled();
    expect(heard).toEqual([]);
    expect((await attempts()).length).toBeGreaterThanOrEqual(3);
    expect((await attempts())[1]).toEqual({ attempts: 0, last_code: null }); // the later ones wait for the first
    expect((await getInbox(shop.ctx, shop.inbox.id))?.health).toMatchObject({
      state: "warn",
      code: "http-503",
    });
    later(3_600_000);
    await sweep();
    answerWith = 200;
    later(3_600_000);
    await sweep();
    expect(saidOut().slice(-3)).toEqual(["一", "二", "三"]);
    expect(new Set(heard.map(({ body }) => body.id)).size).toBe(heard.length);
    expect(await attempts()).toEqual([]);
    expect((await getInbox(shop.ctx, shop.inbox.id))?.health).toMatchObject({ state: "ok" });
  });

  test("a receiver that will never take it: the agent sees why, and the next one goes out", async () => {
    const conversationId = await answered();
    heard.length = 0;
    answerWith = 400;
    await say(conversationId, "不收");
    await services.outbox.settled();
    expect(await lastStatus(conversationId)).toEqual({ status: "failed", reason: "rejected" });
    answerWith = 200;
    await say(conversationId, "收");
    await services.outbox.settled();
    expect(saidOut()).toEqual(["收"]);
  });

  test("a line that broke is tried again under the same id", async () => {
    const conversationId = await answered();
    heard.length = 0;
    answerWith = "hang-up";
    const message = await say(conversationId, "断线");
    await services.outbox.settled();
    expect(await lastStatus(conversationId)).toEqual({ status: "queued", reason: null });
    answerWith = 200;
    later(10_000);
    await sweep();
    expect(heard.map(({ headers }) => headers[signatureHeaders.id])).toEqual([message.id]);
  });

  test("an inbox without an address says so", async () => {
    const { version } = (await getInbox(shop.ctx, shop.inbox.id)) ?? shop.inbox;
    await updateInbox(owner.ctx, shop.inbox.id, { version, webhookUrl: null });
    const conversationId = await answered();
    await say(conversationId, "去哪");
    await services.outbox.settled();
    expect(await lastStatus(conversationId)).toEqual({ status: "failed", reason: "unreachable" });
    expect((await getInbox(shop.ctx, shop.inbox.id))?.health).toEqual(
      expect.objectContaining({ state: "down", code: "no-webhook-url" }),
    );
  });
});

describe("a platform with limits of its own", () => {
  /** Keeps what was sent; what it answers is set by the test. */
  class Simulated {
    readonly sent: OutboundMessage[] = [];
    outcome: (message: OutboundMessage) => SendOutcome = ({ key }) => ({
      kind: "accepted",
      externalId: `p-${key}`,
    });
    capabilities = {
      ...channelCapabilities.api,
      idempotentSend: false,
      maxTextLength: 4,
      replyWindowMs: 3_600_000,
    };
    quota: { per: "day"; limit: number } | undefined;
    get adapters(): Adapters {
      const { capabilities, quota } = this;
      const send = async (message: OutboundMessage) => {
        this.sent.push(message);
        return this.outcome(message);
      };
      return { web: webAdapter, api: { ...apiAdapter, capabilities, send, ...(quota ? { quota } : {}) } };
    }
  }
  let platform: Simulated;
  let conversationId: ConversationId;

  beforeEach(async () => {
    platform = new Simulated();
    answerWith = 503; // the real adapter's deliveries stay in the line, the simulated one works it off
    conversationId = await shop.write("u-2", "你好");
    await services.outbox.settled();
    await database.asAdmin("delete from delivery_attempt where tenant_id = $1", [shop.tenantId]);
  });
  /** Queued, but with the real adapter out of the way. */
  async function queued(text: string) {
    const message = await say(conversationId, text);
    await services.outbox.settled();
    await database.asAdmin("delete from delivery_attempt where message_id = $1", [message.id]);
    const { id: messageId, seq } = message;
    await transact(shop.ctx, (tx) =>
      putAttempt(tx, shop.tenantId, { messageId, conversationId, seq, at: services.clock.now() }),
    );
    return message;
  }
  const deliver = () => deliverConversation(shop.ctx, platform.adapters, conversationId);
  const sentTexts = () =>
    platform.sent.map(({ content }) => (content.kind === "text" ? content.text : content.kind));

  test("a long text becomes bubbles; after a break it goes on where it stopped", async () => {
    const message = await queued("一二三四五六七八九十");
    platform.outcome = ({ key }) =>
      key.endsWith("#2") && platform.sent.length === 2
        ? { kind: "refused", why: "temporary", code: "503" }
        : { kind: "accepted", externalId: key };
    await deliver();
    later(10_000);
    await deliver();
    expect(sentTexts()).toEqual(["一二三四", "五六七八", "五六七八", "九十"]);
    expect(platform.sent.map(({ key }) => key)).toEqual([1, 2, 2, 3].map((n) => `${message.id}#${n}`));
    expect(await lastStatus(conversationId)).toEqual({ status: "sent", reason: null });
  });

  test("unknown is not repeated where repeating would be heard twice: maybe sent", async () => {
    await queued("你好");
    platform.outcome = () => ({ kind: "unknown", code: "timed-out" });
    await deliver();
    expect(await lastStatus(conversationId)).toEqual({ status: "maybe-sent", reason: null });
    later(86_400_000);
    expect(await deliver()).toBe(0);
    expect(platform.sent).toHaveLength(1);
  });

  test("a server that died between sending and noting leaves a maybe, not a second one", async () => {
    const { id } = await queued("你好");
    await database.asAdmin(
      "update delivery_attempt set last_code = 'in-flight', attempts = 1, next_attempt_at = $2 where message_id = $1",
      [id, services.clock.now()],
    );
    await deliver();
    expect(platform.sent).toEqual([]);
    expect(await lastStatus(conversationId)).toEqual({ status: "maybe-sent", reason: null });
  });

  test("two servers at once send once", async () => {
    await queued("你好");
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(platform.sent).toHaveLength(1);
  });

  test("the reply window is kept to the second", async () => {
    const seconds = 3_600;
    later(seconds * 1_000 - 1_000);
    await queued("还行");
    await deliver();
    expect(sentTexts()).toEqual(["还行"]);
    later(2_000);
    await queued("晚了");
    await deliver();
    expect(await lastStatus(conversationId)).toEqual({ status: "failed", reason: "window-closed" });
    expect(platform.sent).toHaveLength(1);
  });

  test("the quota of the day is counted bubble by bubble and said when it is used up", async () => {
    platform.quota = { per: "day", limit: 3 };
    await queued("一二三四五六");
    await deliver();
    await queued("七");
    await deliver();
    await queued("八");
    await deliver();
    expect(sentTexts()).toEqual(["一二三四", "五六", "七"]);
    expect(await lastStatus(conversationId)).toEqual({ status: "failed", reason: "quota-exceeded" });
    const period = services.clock.now().toISOString().slice(0, 10);
    expect(await transact(shop.ctx, (tx) => usedQuota(tx, shop.inbox.id, period))).toBe(3);
    later(86_400_000);
    await shop.write("u-2", "新的一天");
    await queued("九");
    await deliver();
    expect(sentTexts().at(-1)).toBe("九");
  });

  test("what the platform does not show is said, not sent", async () => {
    platform.capabilities = { ...platform.capabilities, contentKinds: ["image"] };
    await queued("文字");
    await deliver();
    expect(await lastStatus(conversationId)).toEqual({ status: "failed", reason: "unsupported-content" });
  });

  test("an adapter that throws blocks nobody", async () => {
    await queued("你好");
    platform.outcome = () => {
      throw new Error("a bug");
    };
    await deliver();
    expect(await lastStatus(conversationId)).toEqual({ status: "maybe-sent", reason: null });
  });
});
