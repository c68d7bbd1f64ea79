// A colleague is asked, over HTTP on a real database with the real engine: asked, replied to, told, handed over in time,
// kept as knowledge; and everything that may come in between.
import {
  type ColleagueQuestion,
  type ConversationId,
  faqDraft,
  type InboxId,
  type RouteName,
  routes,
  textOf,
  usualBehaviour,
} from "@yingda/contract";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFaq, listFaqs } from "../src/brain/index.ts";
import { changeFaqPolicy } from "../src/brain/knowledge/drafts/faq-policy.ts";
import { changeWords } from "../src/brain/knowledge/words/shop-words.ts";
import { eraseContact } from "../src/conversations/contacts/erase-contact.ts";
import { getThread, presentConversations, receiveMessage, updateInbox } from "../src/conversations/index.ts";
import { resolutionSubscriber } from "../src/conversations/resolution/on-ending.ts";
import { getResolution } from "../src/conversations/resolution/read-resolution.ts";
import { createHttp, type HttpApp } from "../src/platform/http/index.ts";
import { newId } from "../src/platform/ids.ts";
import type { EventRef } from "../src/platform/outbox/index.ts";
import { createProjector } from "../src/roles/projector.ts";
import { claimConversation, createAgentConnections, setHours } from "../src/routing/index.ts";
import { questionRoutes } from "../src/turns/ask-colleague/question-routes.ts";
import { colleagueSubscriber, createTurns, type Turns } from "../src/turns/index.ts";
import { quietMs, settleQuiet } from "../src/turns/settle-quiet.ts";
import { testDatabase } from "./database.ts";
import { type TestMember, type TestShop, testShop } from "./line.ts";
import { routingForVisitors } from "./line-app.ts";
import { type TestServices, testServices } from "./services.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;
let http: HttpApp;
let li: TestMember;
let owner: TestMember;
const people = new Map<string, TestMember & { tenantId: TestShop["tenantId"] }>();
const unknown = "门店可以带宠物进去吗";
const minute = 60_000;

beforeAll(async () => {
  services = await testServices(database);
  http = await createHttp({
    services,
    checksReplies: true,
    authenticate: async ({ headers }) => {
      const person = people.get(String(headers.authorization).replace("Bearer ", ""));
      const actor = person?.ctx.actor;
      return person && actor ? { tenantId: person.tenantId, actor, via: "cookie", sessionId: "s" } : null;
    },
  });
  questionRoutes(http);
  await http.ready();
});
afterAll(() => http.close());
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
  await wantColleagues(shop);
  owner = await join(shop, "店主", "owner");
  li = await join(shop, "李静", "agent");
});
afterEach(() => turns.stop());

async function wantColleagues({ ctx, inbox }: TestShop): Promise<void> {
  const behaviour = { ...usualBehaviour, askColleague: { isOn: true, minutes: 15 } };
  await updateInbox(ctx, inbox.id as InboxId, { version: inbox.version, behaviour });
}
async function join(at: TestShop, name: string, role: "owner" | "agent" | "viewer", isConnected = true) {
  const member = await at.member(name, { role, isConnected });
  people.set(member.userId, { ...member, tenantId: at.tenantId });
  return member;
}
/** Asks one route as a member; `body` as it came. */
async function call(as: TestMember, name: RouteName, id = "", body?: object) {
  const { method, path } = routes[name];
  const reply = await http.inject({
    method,
    url: path.replace(":id", id),
    headers: { authorization: `Bearer ${as.userId}`, origin: "http://localhost:80", host: "localhost:80" },
    ...(body === undefined ? {} : { payload: body }),
  });
  const value = reply.body === "" ? null : reply.json();
  return { status: reply.statusCode, body: value, code: value?.error?.code as string | undefined };
}
const listOf = async (as: TestMember) =>
  (await call(as, "listColleagueQuestions")).body as Record<"open" | "answered", ColleagueQuestion[]>;
async function onlyOpen(as = li): Promise<ColleagueQuestion> {
  const { open } = await listOf(as);
  if (open[0] === undefined || open.length > 1) throw new Error(`${open.length} questions are open`);
  return open[0];
}
const reply = (question: ColleagueQuestion, text: string, as = li) =>
  call(as, "replyToColleagueQuestion", question.id, { text });

async function finish(id: ConversationId): Promise<void> {
  if ((await turns.run(shop.ctx, id)).kind !== "held") return;
  services.clock.advance(10_000);
  await turns.sweep(services);
}
async function say(text: string, who = "wang"): Promise<ConversationId> {
  const id = await shop.write(who, text);
  await finish(id);
  return id;
}
async function linesOf(id: ConversationId, kind: "outbound" | "note" = "outbound"): Promise<string[]> {
  const { messages } = await getThread(shop.ctx, id, {});
  return messages.flatMap((message) =>
    message.author.kind === "bot" && message.kind === kind && message.content.kind !== "notice"
      ? [textOf(message.content)]
      : [],
  );
}
async function stateOf(id: ConversationId) {
  const [conversation] = await presentConversations(shop.ctx, [id]);
  if (!conversation) throw new Error("the conversation is gone");
  return conversation;
}
/** What the outbox would bring: the conversation's events, to whoever wants them. */
async function hearEvents(id: ConversationId, by = turns): Promise<void> {
  const events = await shop.ctx.outbox.read(shop.tenantId, id, 0, 200);
  for (const event of events)
    for (const subscriber of [colleagueSubscriber, by.colleagueReplies, resolutionSubscriber]) {
      const heard = event as never;
      if (!(subscriber.kinds as readonly string[]).includes(event.kind)) continue;
      if (subscriber.wants?.(heard) === false) continue;
      await subscriber.handle?.(shop.ctx, heard, (() => {}) as never);
    }
}
const rowsLeft = () =>
  database.asAdmin<{ state: string; all: string }>(
    "select state, q::text as all from colleague_question q where tenant_id = $1",
    [shop.tenantId],
  );

describe("asked and answered", () => {
  test("the contact hears so, the colleague's line becomes the bot's answer, marked with who said it", async () => {
    const id = await say(unknown);
    expect((await linesOf(id)).at(-1)).toContain("请同事确认");
    expect((await stateOf(id)).handler.kind).toBe("bot");
    const question = await onlyOpen();
    expect(question).toMatchObject({
      question: unknown,
      missing: "source",
      isForMe: true,
      state: "open",
      lines: [{ author: "contact", text: unknown }, { author: "bot" }],
    });
    expect(Date.parse(question.dueAt) - Date.parse(question.askedAt)).toBe(15 * minute);
    expect((await reply(question, "可以，请牵好绳。")).body).toMatchObject({
      state: "answered",
      repliedBy: "李静",
    });
    await hearEvents(id);
    const { messages } = await getThread(shop.ctx, id, {});
    expect(messages.at(-1)).toMatchObject({
      author: { kind: "bot" },
      hasTrace: true,
      content: {
        text: "可以，请牵好绳。",
        citations: [{ kind: "colleague", title: "同事 李静", question: question.id }],
      },
    });
    // a second delivery says nothing more, nor does the sweep
    await hearEvents(id);
    services.clock.advance(20 * minute);
    await turns.sweep(services);
    expect((await linesOf(id)).filter((line) => line.includes("牵好绳"))).toHaveLength(1);
    expect((await stateOf(id)).handler.kind).toBe("bot");
  });

  test("words are sealed; other shops see and reach nothing", async () => {
    await say(unknown);
    const question = await onlyOpen();
    await reply(question, "可以，请牵好绳。");
    const [row] = await rowsLeft();
    expect(row?.all).not.toContain(Buffer.from("宠物").toString("hex"));
    expect(row?.all).not.toContain(Buffer.from("牵好绳").toString("hex"));
    const other = await testShop(services, database);
    const stranger = await join(other, "外人", "owner");
    expect(await listOf(stranger)).toEqual({ open: [], answered: [] });
    for (const [name, body] of [
      ["replyToColleagueQuestion", { text: "行" }],
      ["handOverColleagueQuestion", undefined],
      ["keepColleagueReply", { as: "none" }],
    ] as const)
      expect(await call(stranger, name, question.id, body)).toMatchObject({
        status: 404,
        code: "colleague-question/not-found",
      });
  });

  test("two who reply at once: one wins, the other is told", async () => {
    const id = await say(unknown);
    const question = await onlyOpen();
    const replies = await Promise.all([
      reply(question, "可以，请牵好绳。"),
      reply(question, "不可以。", owner),
    ]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.code).toBe("colleague-question/answered");
    await hearEvents(id);
    expect(await linesOf(id)).toHaveLength(2);
  });

  test("the blank of a known answer is named, filled, and then said to the next one", async () => {
    const answer = "我们 {{发货时间}} 内发货。";
    await createFaq(shop.ctx, faqDraft.parse({ question: "多久发货", answer, slug: "shipping" }));
    const id = await say("多久发货");
    const question = await onlyOpen(owner);
    expect(question).toMatchObject({ missing: "blank", blanks: [{ key: "发货时间" }] });
    await reply(question, "48 小时");
    await hearEvents(id);
    expect((await linesOf(id)).at(-1)).toBe("48 小时");
    const kept = await call(owner, "keepColleagueReply", question.id, {
      as: "blanks",
      values: { 发货时间: "48 小时" },
    });
    expect(kept.body).toMatchObject({ keptAs: "blanks" });
    expect((await linesOf(await say("多久发货", "zhao"))).join()).toContain("我们 48 小时 内发货。");
  });

  test("what the contact asks meanwhile is answered if known, else they are told once more", async () => {
    await createFaq(shop.ctx, faqDraft.parse({ question: "几点关门", answer: "21:00 关门。" }));
    const id = await say(unknown);
    await say("有没有母婴室");
    expect((await linesOf(id)).at(-1)).toContain("还在等答复");
    await say("几点关门");
    expect((await linesOf(id)).at(-1)).toContain("21:00");
    expect((await listOf(li)).open).toHaveLength(1);
    await say("楼下有没有充电宝");
    expect((await linesOf(id)).at(-1)).not.toContain("还在等答复");
    expect((await linesOf(id)).filter((line) => line.includes("还在等答复"))).toHaveLength(1);
  });
});

describe("the guard", () => {
  test("what the shop never promises is refused, and why; the question stays open", async () => {
    await changeWords(shop.ctx, {
      version: 0,
      sensitive: [],
      promises: ["终身免费"],
      neverSay: ["同行最低"],
      synonyms: [],
    });
    const id = await say(unknown);
    const question = await onlyOpen();
    expect(await reply(question, "我们终身免费寄养。")).toMatchObject({
      status: 400,
      code: "colleague-question/promise-refused",
      body: { error: { details: { word: "终身免费" } } },
    });
    expect((await reply(question, "我们是同行最低价。")).code).toBe("colleague-question/word-refused");
    expect((await reply(question, "可以。")).status).toBe(200);
    await hearEvents(id);
    expect((await linesOf(id)).join()).not.toContain("终身");
  });

  test("who may only read sees the questions and cannot reply", async () => {
    const viewer = await join(shop, "会计", "viewer");
    await say(unknown);
    const question = await onlyOpen(viewer);
    expect(question.isForMe).toBe(false);
    expect((await reply(question, "可以。", viewer)).status).toBe(403);
    expect((await call(li, "keepColleagueReply", question.id, { as: "none" })).status).toBe(403);
  });
});

describe("nobody replies", () => {
  test("in time: it is handed over with what was asked, also by another process", async () => {
    const id = await say(unknown);
    const question = await onlyOpen();
    await turns.stop();
    turns = createTurns(); // as after a restart
    services.clock.advance(14 * minute);
    await turns.sweep(services);
    expect((await stateOf(id)).handler.kind).toBe("bot");
    services.clock.advance(minute);
    const other = createTurns();
    await Promise.all([turns.sweep(services), other.sweep(services)]);
    await other.stop();
    const { handler, handoff } = await stateOf(id);
    expect(handler.kind).toBe("queue");
    expect(handoff).toMatchObject({ reason: "held", summary: expect.stringContaining(unknown) });
    expect(handoff?.summary).toContain("没有人答复");
    expect(await linesOf(id)).toHaveLength(2);
    expect((await reply(question, "可以。")).code).toBe("colleague-question/expired");
    expect((await listOf(li)).open).toEqual([]);
  });

  test("because nobody knows: at once, and only once", async () => {
    const id = await say(unknown);
    const question = await onlyOpen();
    expect((await call(li, "handOverColleagueQuestion", question.id)).body).toMatchObject({
      state: "withdrawn",
    });
    expect((await stateOf(id)).handler.kind).toBe("queue");
    expect((await call(owner, "handOverColleagueQuestion", question.id)).code).toBe(
      "colleague-question/withdrawn",
    );
  });

  test("while the shop is closed its time counts from the opening", async () => {
    const nineToSix = [{ opensMinute: 540, closesMinute: 1_080 }];
    const week = Array.from({ length: 7 }, () => nineToSix);
    await setHours(shop.ctx, { timeZone: "Asia/Shanghai", week, holidays: [] });
    // 22:00 at the shop
    services.clock.advance(Date.parse("2026-12-01T14:00:00Z") - services.clock.nowMs());
    const id = await say(unknown);
    expect((await linesOf(id)).at(-1)).toContain("上班");
    expect((await onlyOpen(owner)).dueAt).toBe("2026-12-02T01:15:00.000Z");
  });
});

describe("in between", () => {
  test("a person takes the conversation: the question is withdrawn, a late reply says so", async () => {
    const id = await say(unknown);
    const question = await onlyOpen();
    await claimConversation(owner.ctx, id);
    expect((await reply(question, "可以。")).code).toBe("colleague-question/withdrawn");
    await hearEvents(id);
    expect((await listOf(li)).open).toEqual([]);
    expect((await rowsLeft())[0]?.state).toBe("withdrawn");
  });

  test("taken right after the reply: whoever has it reads it in a note", async () => {
    const id = await say(unknown);
    await reply(await onlyOpen(), "可以，请牵好绳。");
    await claimConversation(owner.ctx, id);
    await hearEvents(id);
    expect((await linesOf(id, "note")).at(-1)).toContain("李静答复了机器人的提问：可以，请牵好绳。");
    expect((await linesOf(id)).join()).not.toContain("牵好绳");
  });

  test("the contact has ended it and gone: it still reaches them, and no success of the bot alone is counted", async () => {
    const id = await say(unknown);
    const question = await onlyOpen();
    await receiveMessage(shop.ctx, {
      inboxId: shop.inbox.id,
      externalContactId: "wang",
      content: { kind: "choices", text: "", choices: [{ id: "solved", label: "解决了", action: "solved" }] },
      clientMessageId: newId<string>(),
      at: services.clock.now(),
      isBotOn: true,
      reopenWindowMs: 86_400_000,
    });
    await finish(id);
    await hearEvents(id);
    expect((await getResolution(owner.ctx, 1)).counts.confirmed).toBe(1);
    expect((await reply(question, "可以，请牵好绳。")).status).toBe(200);
    await hearEvents(id);
    expect((await linesOf(id)).at(-1)).toBe("可以，请牵好绳。");
    expect(await stateOf(id)).toMatchObject({ status: "open", handler: { kind: "bot" } });
    expect((await getResolution(owner.ctx, 1)).counts).toMatchObject({ confirmed: 0, "handed-over": 1 });
  });

  test("a line that waits to be answered is answered before the reply", async () => {
    await createFaq(shop.ctx, faqDraft.parse({ question: "几点关门", answer: "21:00 关门。" }));
    const id = await say(unknown);
    const question = await onlyOpen();
    await shop.write("wang", "几点关门");
    await reply(question, "可以，请牵好绳。");
    await turns.sweep(services);
    await hearEvents(id);
    expect((await linesOf(id)).slice(-2)).toEqual(["21:00 关门。", "可以，请牵好绳。"]);
  });

  test("where the channel pushes, the reply is pushed to who has left", async () => {
    shop = await testShop(services, database, "api");
    await wantColleagues(shop);
    const agent = await join(shop, "阿林", "agent");
    const id = await say(unknown);
    await reply(await onlyOpen(agent), "可以，请牵好绳。", agent);
    services.clock.advance(60 * minute);
    await hearEvents(id);
    const { messages } = await getThread(shop.ctx, id, {});
    expect(messages.at(-1)).toMatchObject({ delivery: { status: "queued" } });
    expect(messages.at(-1)?.content).toMatchObject({ text: expect.stringContaining("可以，请牵好绳。") });
  });

  test("a reply whose event was lost goes out by the sweep", async () => {
    const id = await say(unknown);
    await reply(await onlyOpen(), "可以，请牵好绳。");
    services.clock.advance(6 * minute);
    await turns.sweep(services);
    expect((await linesOf(id)).at(-1)).toBe("可以，请牵好绳。");
  });

  test("a quiet day does not end it while the question is open", async () => {
    const id = await say(unknown);
    await database.asAdmin("update colleague_question set due_at = due_at + interval '3 days'");
    services.clock.advance(quietMs + 60 * minute);
    await settleQuiet(services);
    expect((await stateOf(id)).status).toBe("open");
  });

  test("the contact is erased: so is the question", async () => {
    const id = await say(unknown);
    await reply(await onlyOpen(), "可以。");
    await eraseContact(owner.ctx, (await stateOf(id)).contact.id);
    expect(await rowsLeft()).toEqual([]);
  });
});

test("every change of the list is told to who may see it", async () => {
  const agents = createAgentConnections(services);
  const projector = createProjector({ services, routing: routingForVisitors, agents });
  const refs: EventRef[] = [];
  const stop = services.outbox.listen({ name: "desk", heard: (told) => refs.push(...told) });
  const { actor } = li.ctx;
  if (actor.kind !== "user") throw new Error("a member is a user");
  const desk = { ...actor, tenantId: shop.tenantId, sessionId: newId<string>() };
  const hears = async (act: () => Promise<unknown>) => {
    refs.splice(0);
    await act();
    await new Promise((resolve) => setImmediate(resolve)); // listeners hear in the next turn of the event loop
    const [events = []] = await projector.forWorkbench(shop.tenantId, [desk], refs.splice(0));
    expect(events).toContainEqual({
      kind: "stale",
      topic: "colleague-questions",
      id: expect.any(String),
    });
  };
  let id = "" as ConversationId;
  await hears(async () => {
    id = await say(unknown);
  });
  await hears(() => say("有没有母婴室"));
  const question = await onlyOpen();
  await hears(() => reply(question, "可以。"));
  await hears(() => call(owner, "keepColleagueReply", question.id, { as: "none" }));
  await hearEvents(id);
  await hears(() => say("楼下有没有充电宝呢", "zhao"));
  services.clock.advance(20 * minute);
  await hears(() => turns.sweep(services));
  await hears(async () => {
    id = await say("店里有没有雨伞借", "qian");
  });
  await claimConversation(owner.ctx, id);
  await hears(() => hearEvents(id));
  stop();
});

describe("knowledge", () => {
  async function answered(): Promise<ColleagueQuestion> {
    const id = await say(unknown);
    const question = await onlyOpen();
    await reply(question, "可以，请牵好绳。");
    await hearEvents(id);
    return question;
  }
  const faq = { as: "faq", question: unknown, answer: "可以，请牵好绳。" };

  test("nothing by itself; one click makes an FAQ, and the next visitor is answered at once", async () => {
    const question = await answered();
    expect((await listFaqs(shop.ctx, {})).faqs).toEqual([]);
    expect((await listOf(owner)).answered).toMatchObject([{ id: question.id, reply: "可以，请牵好绳。" }]);
    const kept = await call(owner, "keepColleagueReply", question.id, faq);
    expect(kept.body).toMatchObject({ keptAs: "faq", faqId: expect.any(String) });
    expect((await listOf(owner)).answered).toEqual([]);
    expect((await call(owner, "keepColleagueReply", question.id, faq)).code).toBe("colleague-question/kept");
    expect((await linesOf(await say(unknown, "zhao"))).at(-1)).toContain("可以，请牵好绳。");
    expect((await listOf(li)).open).toEqual([]);
  });

  test("a draft where changes are reviewed; nothing where somebody says so", async () => {
    await changeFaqPolicy(owner.ctx, { savesAs: "draft", needsReview: true });
    const question = await answered();
    expect((await call(owner, "keepColleagueReply", question.id, faq)).body).toMatchObject({
      keptAs: "draft",
    });
    expect((await listFaqs(shop.ctx, {})).faqs).toEqual([]);
    await say("楼下有没有充电宝呢", "zhao");
    const other = await onlyOpen();
    expect((await call(owner, "keepColleagueReply", other.id, { as: "none" })).code).toBe(
      "colleague-question/not-answered",
    );
    await reply(other, "有。");
    expect((await call(owner, "keepColleagueReply", other.id, { as: "none" })).body).toMatchObject({
      keptAs: "none",
    });
  });
});
