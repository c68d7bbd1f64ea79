// A customer's whole walk through a real server: sockets, outbox, the shop's own knowledge, colleagues, and back.
import { beforeAll, expect, test, vi } from "vitest";
import { createFaq } from "../src/brain/index.ts";
import { applyTransition, presentConversations, sendMessage } from "../src/conversations/index.ts";
import { systemClock } from "../src/platform/clock.ts";
import { transact } from "../src/platform/db/index.ts";
import { acceptOffer, claimConversation, listPresencesAndOffers } from "../src/routing/index.ts";
import { testDatabase } from "./database.ts";
import { type TestShop, testShop } from "./line.ts";
import { type LineApp, startLineApp, VisitorPage } from "./line-app.ts";
import { type TestServices, testServices } from "./services.ts";

const database = await testDatabase();
let services: TestServices;
let line: LineApp;
let shop: TestShop;

beforeAll(async () => {
  services = await testServices(database, { clock: systemClock });
  shop = await testShop(services, database);
  line = await startLineApp(services);
  const owner = await shop.member("店主", { role: "owner", isConnected: false });
  const draft = { questionEn: "", answerEn: "", category: "", tags: [], negatives: [], isOn: true };
  await createFaq(owner.ctx, {
    ...draft,
    slug: "return-policy",
    question: "怎么退货",
    answer: "签收后七天内可以退货。",
    phrasings: ["我想退货", "退货流程", "可以退吗"],
  });
  await createFaq(owner.ctx, {
    ...draft,
    slug: "shipping-fee",
    question: "运费多少",
    answer: "满 99 元包邮。",
    phrasings: ["邮费", "要运费吗", "包邮吗"],
  });
});

test("bot answer, something unknown, a person, their answer, solved, rated", async () => {
  const li = await shop.member("李雷");
  const page = new VisitorPage(line.url, shop.inbox.publicKey);
  const welcome = await page.hello();
  expect(welcome).toMatchObject({
    conversationId: null,
    messages: [],
    state: { handler: "bot", conversationId: null },
  });
  expect(page.token).toMatch(/^[\w-]{43}$/);
  const stored = async () =>
    (await database.asAdmin("select 1 from visitor where tenant_id = $1", [shop.tenantId])).length;
  expect(await stored()).toBe(0);

  // the bot knows this one
  const clientMessageId = page.say("怎么退货");
  const ack = await page.heard("ack", (frame) => frame.clientMessageId === clientMessageId);
  expect(ack.duplicate).toBe(false);
  expect(await stored()).toBe(1);
  const answer = await page.answer((text) => text.includes("七天内"));
  expect(answer.message).toMatchObject({ from: "bot", content: { citations: [{ slug: "return-policy" }] } });

  // it cannot tell which of the two is meant: after the quiet window it asks back
  let from = page.frames.length;
  page.say("寄回去要钱吗");
  await page.heard("typing", ({ who }) => who === "bot", from);
  const askedBack = await page.heard("message", ({ message }) => message.from === "bot", from);
  expect(askedBack.message.content.kind).toBe("choices");

  // a person, please
  from = page.frames.length;
  page.send({ t: "human", clientMessageId: "wish-for-a-person" });
  await page.answer((text) => text.includes("转接") || text.includes("同事") || text.includes("人工"), from);
  const queued = await page.heard("state", ({ state }) => state.handler === "queue", from);
  expect(queued.state.queue).toMatchObject({ place: 1 });

  const conversationId = ack.conversationId as never;
  await vi.waitFor(
    async () => {
      const { offers } = await listPresencesAndOffers(shop.ctx);
      expect(offers).toMatchObject([{ conversationId, agentId: li.userId }]);
    },
    { timeout: 8_000 },
  );
  from = page.frames.length;
  const taken = await acceptOffer(li.ctx, conversationId);
  expect(taken.handoff?.summary).toContain("寄回去要钱吗");
  await page.heard("state", ({ state }) => state.handler === "agent" && state.agentName === "李雷", from);

  await sendMessage(li.ctx, {
    conversationId,
    author: { kind: "agent", id: li.userId, name: "李雷" },
    content: { kind: "text", text: "它叫煤球" },
  });
  const reply = await page.answer((text) => text === "它叫煤球", from);
  expect(reply.message).toMatchObject({ from: "agent", name: "李雷" });
  page.send({ t: "read", seq: reply.message.seq });
  await vi.waitFor(
    async () => {
      const [conversation] = await presentConversations(li.ctx, [conversationId]);
      expect(conversation?.contactReadSeq).toBe(reply.message.seq);
    },
    { timeout: 8_000 },
  );

  from = page.frames.length;
  await transact(li.ctx, (tx) =>
    applyTransition(li.ctx, tx, conversationId, {
      kind: "resolve",
      disposition: "solved",
      by: "agent",
      at: services.clock.now(),
    }),
  );
  const ended = await page.heard("state", ({ state }) => state.handler === "nobody", from);
  expect(ended.state).toMatchObject({ canRate: true, rated: null });
  page.send({ t: "rate", score: 5, comment: "很快" });
  await page.heard("state", ({ state }) => state.rated === 5, from);
  await page.close();
});

test("a line that breaks: what was missed comes once, in order, to both tabs", async () => {
  const li = await shop.member("韩梅梅");
  const page = new VisitorPage(line.url, shop.inbox.publicKey);
  await page.hello();
  page.say("包邮吗");
  await page.answer((text) => text.includes("包邮"));
  const conversationId = page.conversationId as never;
  const { cursor, token } = page;
  await page.close();
  const said = Array.from({ length: 7 }, (_, n) => `第 ${n + 1} 句`);
  for (const text of said)
    await sendMessage(li.ctx, {
      conversationId,
      author: { kind: "agent", id: li.userId, name: "韩梅梅" },
      content: { kind: "text", text },
    });

  const texts = (tab: VisitorPage) =>
    tab.frames.flatMap((frame) =>
      frame.t === "message" && frame.message.from === "agent" && frame.message.content.kind === "text"
        ? [frame.message.content.text]
        : [],
    );
  const tabs = [
    new VisitorPage(line.url, shop.inbox.publicKey),
    new VisitorPage(line.url, shop.inbox.publicKey),
  ];
  for (const tab of tabs) {
    const welcome = await tab.hello({ token, conversationId, since: cursor });
    expect(welcome).toMatchObject({ conversationId, messages: [], seq: cursor });
    await vi.waitFor(() => expect(texts(tab)).toEqual(said), { timeout: 8_000 });
  }
  // somebody without a cursor gets the last ones at once, and nothing of it again
  const fresh = new VisitorPage(line.url, shop.inbox.publicKey);
  const welcome = await fresh.hello({ token });
  expect(
    welcome.messages.flatMap(({ content }) => (content.kind === "text" ? [content.text] : [])).slice(-7),
  ).toEqual(said);
  await sendMessage(li.ctx, {
    conversationId,
    author: { kind: "agent", id: li.userId, name: "韩梅梅" },
    content: { kind: "text", text: "最后一句" },
  });
  await fresh.answer((text) => text === "最后一句");
  expect(texts(fresh)).toEqual(["最后一句"]);
  for (const tab of tabs) {
    await vi.waitFor(() => expect(texts(tab)).toEqual([...said, "最后一句"]), { timeout: 8_000 });
    await tab.close();
  }
  await fresh.close();
});

test("a retry with the same id is one message; without a socket it works the same", async () => {
  const hello = {
    t: "hello",
    v: 1,
    token: null,
    conversationId: null,
    since: 0,
    locale: "zh-CN",
    page: "",
    referrer: "",
    params: {},
  };
  const post = async (frame: unknown, token = "") => {
    const reply = await fetch(`${line.url}/w/${shop.inbox.publicKey}/frames`, {
      method: "POST",
      headers: { "content-type": "application/json", "yingda-visitor": token },
      body: JSON.stringify(frame),
    });
    return (await reply.json()) as {
      t: string;
      token?: string;
      seq: number;
      conversationId: string;
      duplicate?: boolean;
    }[];
  };
  const [welcome] = await post(hello);
  const token = welcome?.token ?? "";
  const say = { t: "say", clientMessageId: "without-a-socket", content: { kind: "text", text: "怎么退货" } };
  const [first] = await post(say, token);
  expect(first).toMatchObject({ t: "ack", duplicate: false });
  const [second] = await post(say, token);
  expect(second).toMatchObject({ t: "ack", duplicate: true, seq: first?.seq });
  const news = await vi.waitFor(
    async () => {
      const reply = await fetch(
        `${line.url}/w/${shop.inbox.publicKey}/events?since=1&conversationId=${first?.conversationId}`,
        { headers: { "yingda-visitor": token } },
      );
      const frames = (await reply.json()) as { t: string; message?: { content: { text: string } } }[];
      expect(frames.some((frame) => frame.message?.content.text.includes("七天内"))).toBe(true);
      return frames;
    },
    { timeout: 8_000 },
  );
  expect(news.filter(({ t }) => t === "message")).toHaveLength(1);
  const [again] = await post({ ...hello, token });
  expect(again).toMatchObject({ t: "welcome", conversationId: first?.conversationId });
});

test("giving up: the queue is left, and a new line begins with the bot", async () => {
  const other = await testShop(services, database);
  await other.member("李雷", { capacity: 1 });
  const page = new VisitorPage(line.url, other.inbox.publicKey);
  await page.hello();
  page.send({ t: "stop-waiting" });
  await page.heard("refused", ({ code }) => code === "conversation/transition-refused");
  page.send({ t: "human", clientMessageId: "wish-for-a-person" });
  await page.heard("state", ({ state }) => state.handler === "queue");
  const from = page.frames.length;
  page.send({ t: "stop-waiting" });
  await page.heard("state", ({ state }) => state.handler === "nobody", from);
  const kinds = await database.asAdmin<{ kind: string }>(
    "select kind from outbox_event where aggregate_id = $1",
    [page.conversationId],
  );
  expect(kinds.map(({ kind }) => kind)).toContain("conversation-abandoned");
  page.say("你好");
  await page.heard("state", ({ state }) => state.handler === "bot", from);
  await page.close();
});

test("who waits hears when the queue moves", async () => {
  const other = await testShop(services, database);
  const li = await other.member("李雷", { capacity: 1 });
  await claimConversation(li.ctx, await other.waiting("busy"));
  const pages = [
    new VisitorPage(line.url, other.inbox.publicKey),
    new VisitorPage(line.url, other.inbox.publicKey),
  ];
  const [first, second] = pages;
  if (!first || !second) throw new Error("there are two");
  for (const [place, page] of [
    [1, first],
    [2, second],
  ] as const) {
    await page.hello();
    page.send({ t: "human", clientMessageId: "wish-for-a-person" });
    await page.heard("state", ({ state }) => state.queue?.place === place);
  }
  const from = second.frames.length;
  first.send({ t: "stop-waiting" });
  await second.heard("state", ({ state }) => state.queue?.place === 1, from);
  for (const page of pages) await page.close();
});
