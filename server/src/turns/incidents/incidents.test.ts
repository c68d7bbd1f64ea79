// A pinned statement on a real database with the real brain: told first to whoever asks, once to whoever waits, over by itself,
// counted; and suggested when a question rises.
import {
  type ConversationId,
  type IncidentDraft,
  type IncidentId,
  type TurnDecision,
  textOf,
} from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../../test/line.ts";
import { type TestServices, testServices } from "../../../test/services.ts";
import { createFaq, reloadKnowledge } from "../../brain/index.ts";
import { getThread } from "../../conversations/index.ts";
import { newId } from "../../platform/ids.ts";
import type { HeardEvent } from "../../platform/outbox/index.ts";
import { createTurns, incidentSubscriber, type Turns } from "../index.ts";
import { previewBot } from "../manner/preview-bot.ts";
import { isSpike, listSpikes, noteMiss } from "./spikes.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let owner: TestMember;
let turns: Turns;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  owner = await shop.member("店主", { role: "owner" });
  turns = createTurns();
});
afterEach(() => turns.stop());

const hourMs = 3_600_000;
const statement = "华东暴雨，今天的包裹会晚到一两天。";
function draft(changes: Partial<IncidentDraft> = {}): IncidentDraft {
  const nowMs = services.clock.now().getTime();
  return {
    title: "暴雨",
    text: statement,
    textEn: "",
    words: ["快递"],
    faqs: [],
    startsAt: new Date(nowMs).toISOString(),
    endsAt: new Date(nowMs + 4 * hourMs).toISOString(),
    ...changes,
  };
}
/** As the use case of the brain leaves it, which its own test proves. */
async function pin({ title, text, words, faqs, startsAt, endsAt }: IncidentDraft) {
  const id = newId<IncidentId>();
  await database.asAdmin(
    `insert into incident (tenant_id, id, title, text, words, faqs, starts_at, ends_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $7)`,
    [shop.tenantId, id, title, text, words, faqs, startsAt, endsAt],
  );
  await reloadKnowledge(shop.ctx);
  return { id };
}
async function said(id: ConversationId): Promise<string[]> {
  const { messages } = await getThread(shop.ctx, id, {});
  return messages.flatMap(({ author, content }) =>
    author.kind === "bot" && content.kind !== "notice" ? [textOf(content)] : [],
  );
}
const hear = (event: Pick<HeardEvent<"incident-changed" | "conversation-queued">, "kind" | "payload">) =>
  incidentSubscriber.handle?.(
    shop.ctx,
    event as never,
    Object.assign(async () => {}, { positions: [], written: () => {} }),
  );
const answerTo = async (who: string, text: string) => {
  const id = await shop.write(who, text);
  await turns.run(shop.ctx, id);
  services.clock.advance(2_000);
  await turns.sweep(services);
  return said(id);
};

test("whoever asks hears it first, then the answer; over by itself; who was told is counted", async () => {
  await createFaq(owner.ctx, {
    question: "快递几天到",
    answer: "一般三天内送到。",
    questionEn: "",
    answerEn: "",
    category: "",
    tags: [],
    phrasings: ["快递多久能到"],
    negatives: [],
    isOn: true,
  });
  const incident = await pin(draft());
  expect((await answerTo("a", "快递几天到")).slice(0, 2)).toEqual([statement, "一般三天内送到。"]);
  expect(await answerTo("b", "我那个快递唉")).toContain(statement);
  expect(await answerTo("c", "你好")).not.toContain(statement);
  expect((await answerTo("a", "快递几天到")).filter((text) => text === statement)).toHaveLength(1);
  const told = await database.asAdmin("select 1 from incident_told where incident_id = $1", [incident.id]);
  expect(told).toHaveLength(2);

  services.clock.advance(4 * hourMs);
  expect(await answerTo("d", "快递几天到")).toEqual(["一般三天内送到。"]);
});

test("whoever waits hears it once, whether before or after it was pinned", async () => {
  const early = await shop.waiting("early");
  const incident = await pin(draft());
  const event = { kind: "incident-changed", payload: { incidentId: incident.id, how: "pinned" } } as const;
  await hear(event);
  await hear(event);
  expect((await said(early)).filter((text) => text === statement)).toHaveLength(1);
  const late = await shop.waiting("late");
  await hear({ kind: "conversation-queued", payload: { conversationId: late } as never });
  expect(await said(late)).toContain(statement);

  services.clock.advance(4 * hourMs);
  const after = await shop.waiting("after");
  await hear({ kind: "conversation-queued", payload: { conversationId: after } as never });
  expect(await said(after)).not.toContain(statement);
});

test("one that begins later is told when it begins", async () => {
  const waiting = await shop.waiting("w");
  const startsAt = new Date(services.clock.now().getTime() + hourMs).toISOString();
  const incident = await pin(draft({ startsAt }));
  expect(await answerTo("a", "我的快递呢")).not.toContain(statement);
  services.clock.advance(hourMs + 1);
  await hear({ kind: "incident-changed", payload: { incidentId: incident.id, how: "pinned" } });
  expect(await said(waiting)).toContain(statement);
  expect(await answerTo("b", "我的快递呢")).toContain(statement);
});

test("a question that rises within an hour is suggested until it is pinned", async () => {
  const at = services.clock.now();
  for (let index = 0; index < 6; index += 1)
    await database.asAdmin(
      "insert into turn_miss (tenant_id, conversation_id, faq_slug, at) values ($1, gen_random_uuid(), $2, $3)",
      [shop.tenantId, index < 5 ? "own.delay" : "own.other", at],
    );
  expect(await listSpikes(owner.ctx)).toEqual([
    { faq: "own.delay", question: "own.delay", count: 5, usual: 0 },
  ]);
  await pin(draft({ faqs: ["own.delay"] }));
  expect(await listSpikes(owner.ctx)).toEqual([]);
  expect([isSpike(6, 2), isSpike(5, 2), isSpike(4, 0)]).toEqual([true, false, false]);
});

test("events applied = fresh fetch: a desk that looks again whenever it is told shows what rises", async () => {
  const understanding = {
    language: "zh-CN",
    sentiment: "neutral",
    urgency: "normal",
    wantsHuman: false,
    candidates: [],
  } satisfies TurnDecision["understanding"];
  const told = () =>
    database.asAdmin("select 1 from outbox_event where tenant_id = $1 and kind = 'question-risen'", [
      shop.tenantId,
    ]);
  const shown: unknown[] = [];
  let screen = await listSpikes(owner.ctx);
  let heard = 0;
  for (let index = 0; index < 7; index += 1) {
    await noteMiss(shop.ctx, newId<ConversationId>(), {
      outcome: "handoff",
      faq: "own.delay",
      understanding,
    });
    const events = (await told()).length;
    if (events > heard) screen = await listSpikes(owner.ctx);
    heard = events;
    expect(screen).toEqual(await listSpikes(owner.ctx));
    shown.push(screen[0]?.count ?? 0);
  }
  expect(shown).toEqual([0, 0, 0, 0, 5, 6, 7]);
  expect(heard).toBe(3);
});

test("a preview answers the past at each setting and writes nothing", async () => {
  for (const text of ["你好", "嘎嘎呜啦啦", "转人工"]) await shop.write("p", text);
  const { questions, next } = await previewBot(owner.ctx, {
    inboxId: shop.inbox.id,
    before: null,
    limit: 2,
  });
  expect(questions.map(({ text }) => text)).toEqual(["转人工", "嘎嘎呜啦啦"]);
  expect(questions.map(({ byBoldness }) => byBoldness.bold.kind)).toEqual(["person", "ask-back"]);
  const rest = await previewBot(owner.ctx, { inboxId: shop.inbox.id, before: next, limit: 20 });
  expect(rest.questions.map(({ text, byBoldness }) => [text, byBoldness.cautious.kind])).toEqual([
    ["你好", "answer"],
  ]);
  expect(rest.next).toBeNull();
  const agent = await shop.member("客服");
  await expect(
    previewBot(agent.ctx, { inboxId: shop.inbox.id, before: null, limit: 2 }),
  ).rejects.toMatchObject({ code: "auth/not-allowed" });
});
