// The web chat against what a browser (or something that looks like one) may send: odd frames, floods, other people's files;
// and the chat's face. Real sockets, real database.
import { request as httpRequest } from "node:http";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { testDatabase } from "../../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../../test/line.ts";
import { type LineApp, startLineApp, VisitorPage } from "../../../test/line-app.ts";
import { ScriptedBrain } from "../../../test/scripted-brain.ts";
import { type TestServices, testServices } from "../../../test/services.ts";
import { getInbox, sendMessage, updateInbox } from "../../conversations/index.ts";

const database = await testDatabase();
const brain = new ScriptedBrain();
let services: TestServices;
let line: LineApp;
let shop: TestShop;
let owner: TestMember;
const unlimited = {
  chats: { name: "c", count: 1e9, perSeconds: 60 },
  messages: { name: "m", count: 1e9, perSeconds: 60 },
};

beforeAll(async () => {
  services = await testServices(database);
  line = await startLineApp(services, { brain, limits: unlimited });
});
beforeEach(async () => {
  shop = await testShop(services, database);
  owner = await shop.member("店主", { role: "owner", isConnected: false });
});

const open = (headers: Record<string, string> = {}, key = shop.inbox.publicKey) =>
  new VisitorPage(line.url, key, headers);
async function allow(origins: string[]): Promise<void> {
  const { version } = (await getInbox(shop.ctx, shop.inbox.id)) ?? shop.inbox;
  await updateInbox(owner.ctx, shop.inbox.id, { version, allowedOrigins: origins });
}
/** Status of an upgrade that is answered with a plain reply. */
function _refusedUpgrade(key: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${line.url.replace("http", "ws")}/w/${key}/ws`, { headers });
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
      socket.terminate();
    });
    socket.on("open", () => reject(new Error("the socket was opened")));
    socket.on("error", () => undefined);
  });
}
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${line.url}/w/${shop.inbox.publicKey}/${path}`, { headers });
async function visitorRows(): Promise<{ origin: string; previous_token_hash: Buffer | null }[]> {
  return database.asAdmin("select origin, previous_token_hash from visitor where tenant_id = $1", [
    shop.tenantId,
  ]);
}
/** A visitor who has said something and was answered. */
async function chatting(text = "你好", headers: Record<string, string> = {}): Promise<VisitorPage> {
  const page = open(headers);
  await page.hello();
  page.say(text);
  await page.answer((answer) => answer === `答：${text}`);
  return page;
}
const texts = (page: VisitorPage) =>
  page.frames
    .flatMap((frame) =>
      frame.t === "welcome" ? frame.messages : frame.t === "message" ? [frame.message] : [],
    )
    .flatMap(({ content }) => ("text" in content ? [content.text] : []));

describe("odd frames", () => {
  test("another protocol, no hello, nonsense, and what is no line", async () => {
    const old = open();
    await old.open();
    old.send({
      t: "hello",
      v: 99,
      token: null,
      conversationId: null,
      since: 0,
      locale: "",
      page: "",
      referrer: "",
      params: {},
    });
    expect((await old.heard("bye")).code).toBe("protocol");

    const page = open();
    await page.open();
    page.say("没有打招呼", "before-hello");
    expect(
      await page.heard("refused", ({ clientMessageId }) => clientMessageId === "before-hello"),
    ).toMatchObject({ code: "auth/not-signed-in" });
    await page.hello();
    const refusals: [string, unknown, string][] = [
      ["too-long-1", { kind: "text", text: "字".repeat(4_001) }, "message/too-long"],
      ["empty-1234", { kind: "text", text: "  \n " }, "message/empty"],
      ["empty-5678", { kind: "text", text: "" }, "message/empty"],
      [
        "a-button-1",
        { kind: "choices", text: "x", choices: [{ id: "a", label: "a", action: "say" }] },
        "message/unsupported",
      ],
      ["a-card-123", { kind: "card", title: "中奖了", url: "https://evil.example" }, "message/unsupported"],
      ["a-notice-1", { kind: "notice", code: "assigned", values: {} }, "message/unsupported"],
      ["nothing-12", null, "message/unsupported"],
      [
        "a-file-123",
        {
          kind: "file",
          mediaId: "01997a10-0000-7000-8000-000000000001",
          name: "a",
          type: "a/b",
          sizeBytes: 1,
        },
        "media/not-found",
      ],
    ];
    for (const [clientMessageId, content, code] of refusals) {
      page.send({ t: "say", clientMessageId, content } as never);
      expect(await page.heard("refused", (frame) => frame.clientMessageId === clientMessageId)).toMatchObject(
        { code },
      );
    }
    page.send({ t: "dance" } as never);
    await page.heard("refused", ({ code }) => code === "request/invalid");
    page.send({ t: "rate", score: 5, comment: "" });
    await page.heard("refused", ({ code }) => code === "conversation/not-found");
    expect(await visitorRows()).toEqual([]);
    page.send({ t: "ping" });
    await page.heard("pong");
  });

  test("citations and proofs a visitor brings are dropped; the words stay", async () => {
    const page = open();
    await page.hello();
    page.send({
      t: "say",
      clientMessageId: "with-citation",
      content: {
        kind: "text",
        text: "你们说过",
        citations: [{ kind: "faq", slug: "fake", title: "假的", checkedOn: null }],
      },
    });
    await page.answer((text) => text.includes("你们说过"));
    const again = open();
    const { messages } = await again.hello({ token: page.token });
    expect(messages[0]?.content).toEqual({ kind: "text", text: "你们说过" });
  });

  test("a frame that is too large, or no text, ends the line and harms nobody else", async () => {
    const calm = await chatting();
    for (const bytes of [Buffer.alloc(300_000, "x"), Buffer.from("{not json")]) {
      const page = open();
      await page.open();
      page.socket.send(bytes.toString("latin1"));
      await vi.waitFor(() => expect(page.closed).not.toBeNull(), { timeout: 8_000 });
    }
    calm.say("我还在");
    await calm.answer((text) => text.includes("我还在"));
  });

  test("the words of one visitor never reach another", async () => {
    const [a, b] = await Promise.all([chatting("甲的话"), chatting("乙的话")]);
    await sendMessage(owner.ctx, {
      conversationId: a.conversationId as never,
      author: { kind: "agent", id: owner.userId, name: "店主" },
      content: { kind: "text", text: "给甲" },
    });
    await a.answer((text) => text === "给甲");
    expect(texts(b)).not.toContain("给甲");
    expect(texts(b)).not.toContain("甲的话");
  });

  test("a public limit says how long to wait", async () => {
    const other = await testServices(database, { clock: services.clock, ownConnections: true });
    const strict = await startLineApp(other, {
      brain: new ScriptedBrain(),
      limits: {
        chats: { name: "c2", count: 2, perSeconds: 60 },
        messages: { name: "m2", count: 4, perSeconds: 60 },
      },
    });
    const refusedAt = async (page: VisitorPage, text: string) => {
      const id = page.say(text);
      return vi.waitFor(
        () => {
          const frame = page.frames.find(
            (one) => (one.t === "ack" || one.t === "refused") && one.clientMessageId === id,
          );
          if (!frame) throw new Error("no answer");
          return frame;
        },
        { timeout: 8_000 },
      );
    };
    const pages = [0, 1, 2].map(() => new VisitorPage(strict.url, shop.inbox.publicKey));
    const results: string[] = [];
    for (const page of pages) {
      await page.hello();
      results.push((await refusedAt(page, "你好")).t);
    }
    expect(results).toEqual(["ack", "ack", "refused"]);
    const [first] = pages;
    if (!first) throw new Error("there are three");
    expect((await refusedAt(first, "再来")).t).toBe("ack");
    const refused = await refusedAt(first, "再来一句");
    expect(refused).toMatchObject({ t: "refused", code: "request/rate-limited" });
    expect(refused.t === "refused" && refused.retryAfterMs).toBeGreaterThan(0);
    await strict.stop();
  });
});

describe("files", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  );
  async function upload(token: string | null, bytes: Buffer, name: string) {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(bytes)]), name);
    const reply = await fetch(`${line.url}/w/${shop.inbox.publicKey}/media`, {
      method: "POST",
      headers: { "yingda-visitor": token ?? "" },
      body: form,
    });
    return {
      status: reply.status,
      body: (await reply.json()) as { kind: string; mediaId: string; error?: { code: string } },
    };
  }

  test("what was brought may be sent, by whoever brought it, as what it is", async () => {
    const page = open();
    await page.hello();
    const brought = await upload(page.token, png, "截图.png");
    expect(brought).toMatchObject({
      status: 201,
      body: { kind: "image", name: "截图.png", type: "image/png" },
    });
    const { mediaId } = brought.body;
    const thief = await chatting();
    thief.send({ t: "say", clientMessageId: "not-mine-1", content: { ...brought.body } as never });
    expect(
      await thief.heard("refused", ({ clientMessageId }) => clientMessageId === "not-mine-1"),
    ).toMatchObject({ code: "media/not-found" });
    page.send({
      t: "say",
      clientMessageId: "my-picture",
      content: { kind: "file", mediaId, name: "病毒.exe", type: "text/html", sizeBytes: 1 } as never,
    });
    await page.heard("ack", ({ clientMessageId }) => clientMessageId === "my-picture");
    const again = open();
    const { messages } = await again.hello({ token: page.token });
    expect(messages[0]?.content).toMatchObject({ kind: "image", name: "截图.png", type: "image/png" });
    const link = await get(`media/${mediaId}/link`, { "yingda-visitor": page.token ?? "" });
    expect(((await link.json()) as { url: string }).url).toMatch(
      new RegExp(`^/media/${shop.tenantId}/${mediaId}/full\\?e=\\d+&s=`),
    );
    expect((await get(`media/${mediaId}/link`, { "yingda-visitor": thief.token ?? "" })).status).toBe(404);
    expect((await get(`media/${mediaId}/link`)).status).toBe(401);
    expect((await get("media/not-an-id/link", { "yingda-visitor": page.token ?? "" })).status).toBe(404);
  });

  test("a file that an agent sent can be opened by the contact it was sent to", async () => {
    const page = await chatting();
    const media = await services.media.put(shop.tenantId, { source: png, name: "尺码表.png", inboxId: null });
    await sendMessage(owner.ctx, {
      conversationId: page.conversationId as never,
      author: { kind: "agent", id: owner.userId, name: "店主" },
      content: {
        kind: "image",
        mediaId: media.id,
        name: media.name,
        type: media.type,
        sizeBytes: media.sizeBytes,
      },
    });
    await page.heard("message", ({ message }) => message.content.kind === "image");
    expect((await get(`media/${media.id}/link`, { "yingda-visitor": page.token ?? "" })).status).toBe(200);
    const other = await chatting();
    expect((await get(`media/${media.id}/link`, { "yingda-visitor": other.token ?? "" })).status).toBe(404);
  });

  test("programs, nothing, and strangers are refused", async () => {
    const page = open();
    await page.hello();
    expect((await upload(page.token, Buffer.from("MZ\u0090\u0000"), "a.exe")).body.error?.code).toBe(
      "media/type-refused",
    );
    expect((await upload(page.token, Buffer.alloc(0), "a.txt")).body.error?.code).toBe("media/empty");
    expect((await upload(null, png, "a.png")).status).toBe(401);
    expect((await upload(page.token, Buffer.alloc(20_000_001, 65), "a.txt")).body.error?.code).toBe(
      "media/too-large",
    );
  });
});

describe("the face", () => {
  test("speaks the visitor's language and follows the rules of page and link", async () => {
    const { version, widget } = (await getInbox(shop.ctx, shop.inbox.id)) ?? shop.inbox;
    const rules = [
      {
        when: { pathContains: "/product/", parameter: { name: "table", value: "8" } },
        text: { zh: "8 号桌您好", en: "Table 8" },
        suggestions: [],
      },
    ];
    await updateInbox(owner.ctx, shop.inbox.id, { version, widget: { ...widget, rules } });
    const face = async (query: string) =>
      (await (await get(`face?${query}`)).json()) as {
        greeting: string;
        locale: string;
        isOpen: boolean;
        maxFileBytes: number;
      };
    const page = encodeURIComponent("https://shop.example/product/7");
    expect(await face(`locale=zh-CN&page=${page}&table=8`)).toMatchObject({
      greeting: "8 号桌您好",
      locale: "zh-CN",
      isOpen: true,
    });
    expect(await face(`locale=en&page=${page}&table=8`)).toMatchObject({ greeting: "Table 8", locale: "en" });
    expect((await face(`locale=en&page=${page}&table=9`)).greeting).toBe(widget.greeting.en);
    expect((await face("table=8&table=9&locale=%00&page=%ff")).greeting).toBe(widget.greeting.zh);
  });

  test("a preflight of a listed page is answered", async () => {
    await allow(["https://shop.example"]);
    const reply = await fetch(`${line.url}/w/${shop.inbox.publicKey}/frames`, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
    });
    expect(reply.status).toBe(204);
    expect(reply.headers.get("access-control-allow-headers")).toContain("yingda-visitor");
    expect(
      (
        await fetch(`${line.url}/w/${shop.inbox.publicKey}/frames`, {
          method: "OPTIONS",
          headers: { origin: "https://evil.example" },
        })
      ).status,
    ).toBe(403);
  });
});

test("words that come one by one are shown as they come; the record keeps the whole", async () => {
  brain.deltas = ["签收后", "七天内"];
  const page = open();
  await page.hello();
  page.say("怎么退货");
  await page.answer((text) => text === "答：怎么退货");
  const deltas = page.frames.flatMap((frame) => (frame.t === "delta" ? [frame.text] : []));
  brain.deltas = [];
  // before the first line nobody follows the conversation yet, so a new visitor may miss the first words
  expect(["签收后", "七天内"]).toEqual(expect.arrayContaining(deltas));
  brain.deltas = ["满 99 ", "包邮"];
  page.say("运费");
  await page.answer((text) => text === "答：运费");
  expect(page.frames.flatMap((frame) => (frame.t === "delta" ? [frame.text] : [])).slice(-2)).toEqual([
    "满 99 ",
    "包邮",
  ]);
  brain.deltas = [];
});

test("a half-open upgrade leaves nothing behind", async () => {
  const { port } = new URL(line.url);
  await new Promise<void>((resolve) => {
    const half = httpRequest({
      port,
      path: `/w/${shop.inbox.publicKey}/ws`,
      headers: { connection: "Upgrade", upgrade: "websocket" },
    });
    half.on("error", () => resolve());
    half.on("response", (response) => {
      response.resume();
      resolve();
    });
    half.end();
    setTimeout(() => half.destroy(), 300);
  });
  const page = await chatting();
  expect(page.conversationId).not.toBeNull();
});
