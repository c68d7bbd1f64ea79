import { SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { testDatabase } from "../../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../../test/line.ts";
import { type LineApp, startLineApp, VisitorPage } from "../../../test/line-app.ts";
import { ScriptedBrain } from "../../../test/scripted-brain.ts";
import { type TestServices, testServices } from "../../../test/services.ts";
import { getInbox, rotateInboxSecret, updateInbox } from "../../conversations/index.ts";

const database = await testDatabase();
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
  line = await startLineApp(services, { brain: new ScriptedBrain(), limits: unlimited });
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
function refusedUpgrade(key: string, headers: Record<string, string>): Promise<number> {
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

describe("pages", () => {
  test("only those listed may open a chat, by socket and by request", async () => {
    await allow(["https://shop.example"]);
    expect(await refusedUpgrade(shop.inbox.publicKey, { origin: "https://evil.example" })).toBe(403);
    expect(await refusedUpgrade(shop.inbox.publicKey, { origin: "null" })).toBe(403);
    expect((await get("face", { origin: "https://evil.example" })).status).toBe(403);
    const allowed = await get("face", { origin: "https://shop.example" });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    const own = await get("face", { origin: line.url });
    expect(own.status).toBe(200);
    expect(own.headers.get("access-control-allow-origin")).toBeNull();
    const page = open({ origin: "https://shop.example" });
    expect((await page.hello()).t).toBe("welcome");
    await page.close();
  });

  test("an unknown key, an inbox that is off, and an inbox of another channel do not exist", async () => {
    expect(await refusedUpgrade("no-such-key-at-all", {})).toBe(404);
    const api = await testShop(services, database, "api");
    expect(await refusedUpgrade(api.inbox.publicKey, {})).toBe(404);
    const page = await chatting();
    const { version } = (await getInbox(shop.ctx, shop.inbox.id)) ?? shop.inbox;
    await updateInbox(owner.ctx, shop.inbox.id, { version, isOn: false });
    page.say("还在吗");
    expect((await page.heard("bye")).code).toBe("inbox-off");
    expect(await refusedUpgrade(shop.inbox.publicKey, {})).toBe(404);
  });
});

describe("tokens", () => {
  test("nothing is stored before the first line; a token leads back to the conversation", async () => {
    const page = open();
    await page.hello();
    expect(await visitorRows()).toEqual([]);
    page.say("怎么退货");
    await page.answer((text) => text.includes("怎么退货"));
    expect(await visitorRows()).toHaveLength(1);
    const again = open();
    const welcome = await again.hello({ token: page.token });
    expect(welcome).toMatchObject({ conversationId: page.conversationId, token: null });
    expect(texts(again)).toEqual(["怎么退货", "答：怎么退货"]);
    const [row] = await database.asAdmin<{ token: Buffer }>(
      "select token_hash as token from visitor where tenant_id = $1",
      [shop.tenantId],
    );
    expect(row?.token.toString("base64url")).not.toBe(page.token);
  });

  test("two tabs of a visitor who has not spoken become one visitor, however their first lines meet", async () => {
    const rounds = 12;
    for (let round = 0; round < rounds; round += 1) {
      const one = open();
      await one.hello();
      const two = open();
      await two.hello({ token: one.token });
      one.say("左边");
      two.say("右边");
      await vi.waitFor(() => expect([one.conversationId, two.conversationId]).not.toContain(null), {
        timeout: 8_000,
      });
      expect(one.conversationId).toBe(two.conversationId);
    }
    expect(await visitorRows()).toHaveLength(rounds);
  });

  test("a token of another page of the same shop is worth nothing there", async () => {
    await allow(["https://shop.example", "https://other.example"]);
    const page = await chatting("秘密", { origin: "https://shop.example" });
    const other = open({ origin: "https://other.example" });
    const welcome = await other.hello({ token: page.token, conversationId: page.conversationId, since: 1 });
    expect(welcome).toMatchObject({ conversationId: null, messages: [] });
    expect(other.token).not.toBe(page.token); // a new one
    other.say("我是谁");
    await other.answer((text) => text.includes("我是谁"));
    expect(other.conversationId).not.toBe(page.conversationId);
    expect(texts(other)).not.toContain("秘密");
  });

  test("a token of another shop is worth nothing, and cannot be taken over", async () => {
    const page = await chatting("秘密");
    const stranger = await testShop(services, database);
    const other = new VisitorPage(line.url, stranger.inbox.publicKey);
    expect(await other.hello({ token: page.token })).toMatchObject({ conversationId: null, messages: [] });
    other.say("我是谁");
    expect((await other.heard("bye")).code).toBe("token"); // the page forgets it and says hello anew
    expect(texts(other)).not.toContain("秘密");
  });

  test("naming somebody else's conversation opens nothing", async () => {
    const page = await chatting("秘密");
    const thief = open();
    const welcome = await thief.hello({ conversationId: page.conversationId, since: 1 });
    expect(welcome).toMatchObject({ conversationId: null, messages: [] });
    const stolen = await get(`events?since=0&conversationId=${page.conversationId}`, {
      "yingda-visitor": thief.token ?? "",
    });
    expect(stolen.status).toBe(401);
    expect((await get(`events?since=0&conversationId=${page.conversationId}`)).status).toBe(401);
  });

  test("an old token is replaced; the one before works until the new one is used", async () => {
    const page = await chatting();
    const old = page.token;
    services.clock.advance(13 * 3_600_000);
    const second = open();
    const renewed = await second.hello({ token: old });
    expect(renewed.token).toMatch(/^[\w-]{43}$/);
    expect(renewed.conversationId).toBe(page.conversationId);
    // the answer with the new one was lost: the old one still works, and brings another
    const third = open();
    const again = await third.hello({ token: old });
    expect(again.conversationId).toBe(page.conversationId);
    expect(again.token).not.toBeNull();
    const fourth = open();
    expect(await fourth.hello({ token: again.token })).toMatchObject({
      conversationId: page.conversationId,
      token: null,
    });
    const late = open();
    expect(await late.hello({ token: old })).toMatchObject({ conversationId: null });
    expect((await visitorRows()).map(({ previous_token_hash }) => previous_token_hash)).toEqual([null]);
  });

  test("a token never stands in an address or in a log of requests", async () => {
    const page = await chatting();
    expect(page.socket.url).not.toContain(page.token);
  });
});

describe("a signed-in customer", () => {
  const minutes = (n: number) => Math.floor(services.clock.nowMs() / 1_000) + n * 60;
  const jwt = (
    secret: string,
    claims: { aud?: string; exp?: number; sub?: string; alg?: string; name?: string },
  ) =>
    new SignJWT(claims.name ? { name: claims.name } : {})
      .setProtectedHeader({ alg: claims.alg ?? "HS256" })
      .setSubject(claims.sub ?? "customer-7")
      .setAudience(claims.aud ?? shop.inbox.publicKey)
      .setExpirationTime(claims.exp ?? minutes(5))
      .sign(new TextEncoder().encode(secret));

  test("is the same contact on every device, by name and proved", async () => {
    const { secret } = await rotateInboxSecret(owner.ctx, shop.inbox.id);
    const phone = open();
    await phone.hello({ jwt: await jwt(secret, { name: "王五" }) });
    phone.say("我的订单");
    await phone.answer((text) => text.includes("我的订单"));
    const desk = open();
    const welcome = await desk.hello({ jwt: await jwt(secret, { aud: shop.inbox.id }) });
    expect(welcome.conversationId).toBe(phone.conversationId);
    const [row] = await database.asAdmin<{ is_verified: boolean }>(
      "select is_verified from identity where tenant_id = $1",
      [shop.tenantId],
    );
    expect(row?.is_verified).toBe(true);
    expect(await visitorRows()).toEqual([]);
    // signing out leaves nothing behind: without a proof it is somebody else
    const after = open();
    expect(await after.hello({ token: phone.token })).toMatchObject({ conversationId: null });
  });

  test("anything that proves nothing is shown the door", async () => {
    const { secret } = await rotateInboxSecret(owner.ctx, shop.inbox.id);
    const other = await testShop(services, database);
    const wrong = [
      jwt("another secret of some length", {}),
      jwt(secret, { aud: other.inbox.id }),
      jwt(secret, { exp: minutes(-2) }),
      jwt(secret, { exp: minutes(60) }),
      jwt(secret, { alg: "HS512" }),
      Promise.resolve("eyJhbGciOiJub25lIn0.eyJzdWIiOiJjdXN0b21lci03In0."),
      Promise.resolve("not.a.jwt"),
    ];
    for (const given of wrong) {
      const page = open();
      await page.open();
      page.send({
        t: "hello",
        v: 1,
        token: null,
        conversationId: null,
        since: 0,
        locale: "zh-CN",
        page: "",
        referrer: "",
        params: {},
        jwt: await given,
      });
      expect((await page.heard("bye")).code).toBe("token");
    }
  });
});
