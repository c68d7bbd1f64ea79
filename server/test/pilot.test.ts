// The bot on trial, over HTTP on the whole program: it sends nothing, its drafts are at the desk, what people send is held
// against them, and the figures say so.
import {
  type BotBehaviour,
  type BotDraft,
  type Conversation,
  type ConversationId,
  type Inbox,
  type InboxId,
  type Message,
  type PilotReport,
  type TenantId,
  usualBehaviour,
} from "@yingda/contract";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { receiveMessage } from "../src/conversations/index.ts";
import { makeCtx } from "../src/platform/context.ts";
import { newId } from "../src/platform/ids.ts";
import { testApp } from "./app.ts";
import { testDatabase } from "./database.ts";

const database = await testDatabase();
const app = await testApp(database);
const { services } = app;
let cookie: string;
let tenantId: TenantId;
let inbox: Inbox;
let count = 0;
/** Another visitor for each test. */
let who = "";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
async function call<T>(method: Method, path: string, body?: unknown, as = cookie): Promise<T> {
  const reply = await app.inject(method, path, { cookie: as, ...(body === undefined ? {} : { body }) });
  if (reply.statusCode >= 400) throw new Error(`${method} ${path}: ${reply.statusCode} ${reply.body}`);
  return reply.body === "" ? (undefined as T) : (reply.json() as T);
}
const status = async (method: Method, path: string, as: string, body?: unknown) =>
  (await app.inject(method, path, { cookie: as, ...(body === undefined ? {} : { body }) })).statusCode;

async function tryOut(pilot: Partial<BotBehaviour["pilot"]>): Promise<void> {
  const [now] = await call<Inbox[]>("GET", "/api/inboxes");
  if (!now) throw new Error("a new shop has an inbox");
  inbox = await call<Inbox>("PATCH", `/api/inboxes/${now.id}`, {
    // shorter than a test takes from line to line
    bot: { ...now.bot, quietWindowMs: 200 },
    behaviour: { ...now.behaviour, pilot: { ...usualBehaviour.pilot, ...pilot } },
    version: now.version,
  });
}

const ctx = () => makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
async function write(text: string, from = who): Promise<ConversationId> {
  const received = await receiveMessage(ctx(), {
    inboxId: inbox.id as InboxId,
    externalContactId: from,
    content: { kind: "text", text },
    clientMessageId: newId<string>(),
    at: services.clock.now(),
    isBotOn: true,
    reopenWindowMs: 86_400_000,
  });
  await services.outbox.settled();
  return received.conversationId;
}
async function reply(id: ConversationId, text: string, as = cookie): Promise<Message> {
  const message = await call<Message>(
    "POST",
    `/api/conversations/${id}/messages`,
    { clientMessageId: newId<string>(), content: { kind: "text", text } },
    as,
  );
  await services.outbox.settled();
  return message;
}
const draftsOf = (id: ConversationId, as = cookie) =>
  call<BotDraft[]>("GET", `/api/conversations/${id}/drafts`, undefined, as);
async function draftOf(id: ConversationId): Promise<BotDraft> {
  const [draft] = await draftsOf(id);
  return draft ?? expect.fail("there is no draft");
}
const textOfDraft = ({ contents: [first] }: BotDraft) => (first?.kind === "text" ? first.text : "");
const report = () => call<PilotReport>("GET", `/api/pilot?inboxId=${inbox.id}`);
/** How figures moved since they were asked for last. */
async function moved(before: PilotReport): Promise<Record<string, number>> {
  const after = await report();
  const names = ["unchanged", "edited", "own", "ignored", "wrongAnswers", "wrongRoutes", "judged"] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const change = after.drafts[name] - before.drafts[name];
      return change === 0 ? [] : [[name, change]];
    }),
  );
}
async function member(role: "agent" | "viewer"): Promise<{ cookie: string; id: string }> {
  count += 1;
  const { url } = await call<{ url: string }>("POST", "/api/invitations", { name: `同事 ${count}`, role });
  const token = new URL(url, "http://localhost").hash.replace(/^#/u, "").split("=").at(-1);
  const joined = await app.inject("POST", "/api/invitations/accept", {
    body: { token, account: `member${count}`, password: "a shop needs a key 7", name: `同事 ${count}` },
  });
  const session = joined.cookies[0];
  if (!session) throw new Error(`not joined: ${joined.body}`);
  const own = `${session.name}=${session.value}`;
  const me = await call<{ user: { id: string } }>("GET", "/api/me", undefined, own);
  return { cookie: own, id: me.user.id };
}

beforeAll(async () => {
  ({ cookie } = await app.owner());
  const me = await call<{ tenant: { id: string } }>("GET", "/api/me");
  tenantId = me.tenant.id as TenantId;
  await call("POST", "/api/faqs", {
    slug: "ship",
    question: "多久发货",
    phrasings: ["什么时候发货", "几天能发货"],
    answer: "下单后 48 小时内发货，预售款以页面为准。",
  });
  await call("PUT", "/api/me/presence", { presence: "available" });
  await tryOut({ mode: "suggest" });
});
beforeEach(() => {
  count += 1;
  who = `visitor-${count}`;
});

describe("suggest", () => {
  test("nothing of it is sent, people get the conversation, the draft is there with its source", async () => {
    const id = await write("什么时候发货");
    const { messages } = await call<{ messages: Message[] }>("GET", `/api/conversations/${id}/messages`);
    expect(JSON.stringify(messages)).not.toContain("48 小时");
    const conversation = await call<Conversation>("GET", `/api/conversations/${id}`);
    expect(conversation.handler.kind).toBe("queue");
    expect(conversation.handoff?.summary).toContain("机器人试点中");
    const draft = await draftOf(id);
    expect(draft).toMatchObject({
      route: "answer",
      asked: "什么时候发货",
      source: "多久发货",
      reason: null,
      result: "open",
    });
    expect(textOfDraft(draft)).toBe("下单后 48 小时内发货，预售款以页面为准。");
    expect(draft.confidence).toBeGreaterThan(0.7);
    const [stored] = await database.asAdmin<{ sealed: Buffer }>(
      "select sealed_draft as sealed from bot_draft where id = $1",
      [draft.id],
    );
    expect(stored?.sealed.length).toBeGreaterThan(0);
    expect(stored?.sealed.toString("utf8")).not.toContain("小时"); // long enough not to stand there by chance
  });

  test("sent as it was, changed, replaced by own words: each is counted, once, and the card goes", async () => {
    const before = await report();
    const first = await write("什么时候发货", `${who}-1`);
    await reply(first, "稍等一下");
    expect(await draftsOf(first)).toHaveLength(1);
    await reply(first, textOfDraft(await draftOf(first)));
    expect(await draftsOf(first)).toEqual([]);
    expect(await moved(before)).toEqual({ unchanged: 1, judged: 1 });
    const second = await write("什么时候发货", `${who}-2`);
    await reply(second, `您好，${textOfDraft(await draftOf(second))}`);
    const third = await write("什么时候发货", `${who}-3`);
    await reply(third, "这款卖完了，要等下个月才有货");
    expect(await moved(before)).toEqual({ unchanged: 1, edited: 1, own: 1, judged: 3 });
    const { changed } = await report();
    expect(changed[0]).toMatchObject({
      conversationId: third,
      asked: "什么时候发货",
      sent: "这款卖完了，要等下个月才有货",
      faq: "ship",
      isWrong: false,
    });
    expect(changed.some(({ conversationId }) => conversationId === first)).toBe(false);
  });

  test("a line in an agent's hands gets a draft of its own, and what was answered stays counted", async () => {
    const id = await write("你好");
    await reply(id, "您好，请问有什么可以帮您的呢？");
    await write("几天能发货");
    const drafts = await draftsOf(id);
    expect(drafts.map(({ asked }) => asked)).toEqual(["几天能发货"]);
  });

  test("wrong answer and wrong route are what a colleague says; it can be taken back", async () => {
    const before = await report();
    const draft = await draftOf(await write("什么时候发货"));
    const path = `/api/drafts/${draft.id}`;
    await call("PATCH", path, { mark: "answer" });
    expect(await draftsOf(draft.conversationId)).toEqual([]);
    expect(await moved(before)).toEqual({ wrongAnswers: 1, judged: 1 });
    await call("PATCH", path, { mark: "route" });
    expect(await moved(before)).toEqual({ wrongRoutes: 1 });
    await call("PATCH", path, { mark: null });
    expect(await draftsOf(draft.conversationId)).toHaveLength(1);
    await call("PATCH", path, { isDismissed: true });
    expect(await draftsOf(draft.conversationId)).toEqual([]);
    await call("PATCH", path, { isDismissed: false });
    expect(await draftsOf(draft.conversationId)).toHaveLength(1);
    expect(await moved(before)).toEqual({});
  });

  test("to a person although an FAQ has it: a wrong route; asked for a person: none", async () => {
    const before = await report();
    const lost = await write("那个东西现在到底是啥情况啊");
    expect(await draftOf(lost)).toMatchObject({ route: "ask-back" });
    await write("我那件还在你们仓库睡觉吗");
    expect((await draftsOf(lost)).map(({ route, reason }) => [route, reason])).toEqual([
      ["ask-back", null],
      ["person", "no-answer"],
    ]);
    await reply(lost, "亲，下单后 48 小时内发货，预售款以页面为准。");
    expect(await moved(before)).toEqual({ wrongRoutes: 1, own: 1, judged: 1 });
    const wished = await write("转人工", `${who}-b`);
    expect(await draftOf(wished)).toMatchObject({ route: "person", reason: "asked-for-human", contents: [] });
    await reply(wished, "下单后 48 小时内发货，预售款以页面为准。");
    expect(await moved(before)).toEqual({ wrongRoutes: 1, own: 1, judged: 1 });
  });

  test("passed on instead of answered is a wrong route until somebody sends the draft", async () => {
    const colleague = await member("agent");
    const before = await report();
    const id = await write("什么时候发货");
    const draft = await draftOf(id);
    const { handler: waits } = await call<Conversation>("GET", `/api/conversations/${id}`);
    if (waits.kind !== "queue") throw new Error("it waits for a person");
    await call("POST", `/api/conversations/${id}/claim`, {});
    await call("POST", `/api/conversations/${id}/transfer`, { to: { queueId: waits.queueId } });
    await services.outbox.settled();
    expect(await moved(before)).toEqual({ wrongRoutes: 1 });
    await reply(id, textOfDraft(draft), colleague.cookie);
    expect(await moved(before)).toEqual({ unchanged: 1, judged: 1 });
  });

  test("ended without an answer is ignored", async () => {
    const before = await report();
    const id = await write("什么时候发货");
    await call("POST", `/api/conversations/${id}/resolve`, { disposition: "no-reply" });
    await services.outbox.settled();
    expect(await moved(before)).toEqual({ ignored: 1 });
    expect(await draftsOf(id)).toEqual([]);
  });
});

describe("other ways to try it", () => {
  test("named: only these colleagues see drafts, and only their answers are judged", async () => {
    const [named, another] = [await member("agent"), await member("agent")];
    await tryOut({ mode: "named", userIds: [named.id as never] });
    const before = await report();
    const id = await write("什么时候发货");
    expect(await draftsOf(id, another.cookie)).toEqual([]);
    expect(await draftsOf(id)).toEqual([]);
    const [draft] = await draftsOf(id, named.cookie);
    expect(draft?.route).toBe("answer");
    expect(await status("PATCH", `/api/drafts/${draft?.id}`, another.cookie, { mark: "answer" })).toBe(404);
    await reply(id, textOfDraft(draft as BotDraft), another.cookie);
    expect(await moved(before)).toEqual({});
    const second = await write("什么时候发货", `${who}-b`);
    await reply(second, "下单后 48 小时内发货，预售款以页面为准。", named.cookie);
    expect(await moved(before)).toEqual({ unchanged: 1, judged: 1 });
    await tryOut({ mode: "suggest" });
  });

  test("share: the bot answers its part, the rest gets drafts; both stand side by side", async () => {
    await tryOut({ mode: "share", percent: 100 });
    const before = await report();
    const mine = await write("什么时候发货", `${who}-bot`);
    expect(await draftsOf(mine)).toEqual([]);
    const { messages } = await call<{ messages: Message[] }>("GET", `/api/conversations/${mine}/messages`);
    expect(JSON.stringify(messages)).toContain("48 小时");
    await tryOut({ mode: "off-hours" });
    const theirs = await write("什么时候发货", `${who}-person`);
    await reply(theirs, "下单后 48 小时内发货，预售款以页面为准。");
    await tryOut({ mode: "off" });
    await write("什么时候发货", `${who}-nobody`);
    const after = await report();
    const more = (side: "bot" | "drafts" | "people") =>
      after.sides[side].conversations - before.sides[side].conversations;
    expect([more("bot"), more("drafts"), more("people")]).toEqual([1, 1, 1]);
    expect(after.sides.bot.firstReplySeconds).not.toBeNull();
    expect(after.next).toMatchObject({ kind: "widen", to: { mode: "suggest" } });
    await tryOut({ mode: "suggest" });
  });

  test("who came back after people had solved it is told", async () => {
    const before = await report();
    const id = await write("什么时候发货");
    await reply(id, "下单后 48 小时内发货，预售款以页面为准。");
    await call("POST", `/api/conversations/${id}/resolve`, { disposition: "solved" });
    await services.outbox.settled();
    const solved = (await report()).sides.drafts;
    expect(solved.solved - before.sides.drafts.solved).toBe(1);
    await call("POST", `/api/conversations/${id}/reopen`, {});
    await services.outbox.settled();
    expect((await report()).sides.drafts.reopened).toBe(before.sides.drafts.reopened);
    await call("POST", `/api/conversations/${id}/resolve`, { disposition: "solved" });
    await write("还没收到");
    expect((await report()).sides.drafts.reopened - before.sides.drafts.reopened).toBe(1);
  });
});

describe("whose it is", () => {
  test("a viewer sees no drafts but the figures; a stranger nothing", async () => {
    const viewer = await member("viewer");
    const draft = await draftOf(await write("什么时候发货"));
    expect(await status("GET", `/api/conversations/${draft.conversationId}/drafts`, viewer.cookie)).toBe(403);
    expect(await status("PATCH", `/api/drafts/${draft.id}`, viewer.cookie, { mark: "route" })).toBe(403);
    expect(await status("GET", "/api/pilot", viewer.cookie)).toBe(200);
    expect(await status("GET", "/api/pilot", "yingda=nobody")).toBe(401);
    const other = makeCtx(services, {
      tenantId: (await database.tenant()).tenantId,
      actor: { kind: "system", name: "test" },
    });
    const { getPilot } = await import("../src/turns/pilot/pilot-report.ts");
    const { judgeBotDraft } = await import("../src/turns/pilot/list-drafts.ts");
    expect((await getPilot(other, { days: 30 })).drafts.made.answer).toBe(0);
    await expect(getPilot(other, { inboxId: inbox.id, days: 30 })).rejects.toMatchObject({
      code: "inbox/not-found",
    });
    await expect(judgeBotDraft(other, draft.id, { mark: "answer" })).rejects.toMatchObject({
      code: "draft/not-found",
    });
  });

  test("erased with the contact", async () => {
    const id = await write("什么时候发货");
    const { contact } = await call<Conversation>("GET", `/api/conversations/${id}`);
    await call("DELETE", `/api/contacts/${contact.id}`);
    const [left] = await database.asAdmin<{ count: number }>(
      "select count(*)::int as count from bot_draft where conversation_id = $1",
      [id],
    );
    expect(left?.count).toBe(0);
  });

  test("the statement opens in a spreadsheet and has no customer's words", async () => {
    const { body, headers } = await app.inject("GET", `/api/pilot/export?inboxId=${inbox.id}`, { cookie });
    expect(headers["content-type"]).toContain("text/csv");
    expect(body).toContain("原样发出 sent unchanged");
    expect(body).not.toContain("什么时候发货");
  });
});
