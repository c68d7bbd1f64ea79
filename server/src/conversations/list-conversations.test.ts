// The tabs of the inbox: what is in them, in which order, page by page; and the counts on the tabs.
import {
  type Conversation,
  type ConversationId,
  conversationLists,
  isInList,
  type QueueId,
} from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { type AppliedEvent, applyTransition } from "./apply-transition.ts";
import { type ListQuery, listConversations } from "./list-conversations.ts";
import { countNow, hasAnswered } from "./list-counts.ts";
import { presentConversations } from "./present-conversation.ts";
import { getThread } from "./present-messages.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { sendMessage } from "./send-message.ts";
import { listTags, setTags } from "./set-tags.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { codeOf, openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
const queueId = newId<QueueId>();
type Agent = Awaited<ReturnType<Shop["agent"]>>;

/** A shop with `count` conversations in all kinds of states, a second apart. */
async function busyShop(
  count: number,
  choices: readonly number[],
): Promise<{ shop: Shop; agents: Agent[]; ids: ConversationId[] }> {
  const shop = await desk.shop();
  const agents = [await shop.agent(), await shop.agent()];
  const ids: ConversationId[] = [];
  for (let n = 0; n < count; n += 1) {
    desk.clock.advance(1_000);
    const inboxId = n % 3 === 0 ? shop.api : shop.web;
    const { conversationId } = await recorded(shop.say(newId<string>(), `line ${n}`, { inboxId }));
    ids.push(conversationId);
    await put(shop, agents, conversationId, choices[n % choices.length] ?? 0);
  }
  return { shop, agents, ids };
}

async function put(shop: Shop, agents: Agent[], id: ConversationId, state: number): Promise<void> {
  const [wei, mei] = agents;
  if (!wei || !mei) throw new Error("two agents are at work");
  const at = desk.clock.now();
  const apply = (event: AppliedEvent) =>
    transact(shop.system, (tx) => applyTransition(shop.system, tx, id, event));
  const reply = (agent: Agent) =>
    sendMessage(agent, { conversationId: id, content: { kind: "text", text: "hi" } });
  switch (state) {
    case 1:
      return void (await apply({ kind: "handoff", queueId, reason: "asked-for-human", at }));
    case 2:
      return void (await apply({ kind: "handoff", queueId, reason: "complaint", at }));
    case 3:
      return void (await apply({ kind: "left-message", queueId, at }));
    case 4:
      return void (await reply(wei));
    case 5:
      return void (await reply(mei));
    case 6:
      await reply(wei);
      return snoozeConversation(wei, id, new Date(at.getTime() + 3_600_000));
    case 7:
      return resolveConversation(mei, id, "solved");
    default:
      return; // with the bot
  }
}

async function allPages(ctx: Agent, query: ListQuery): Promise<Conversation[]> {
  const all: Conversation[] = [];
  let after = query.after;
  for (let page = 0; page < 100; page += 1) {
    const { conversations, next } = await listConversations(ctx, { ...query, after });
    all.push(...conversations);
    if (next === null) return all;
    after = next;
  }
  throw new Error("the pages do not end");
}

describe("tabs", () => {
  test("hold exactly what isInList of the contract says, for every state and person", async () => {
    const { agents, ids } = await busyShop(24, [0, 1, 2, 3, 4, 5, 6, 7]);
    for (const agent of agents) {
      const every = await presentConversations(agent, ids);
      for (const list of conversationLists) {
        const expected = every.filter((one) => isInList(one, list, agent.userId)).map(({ id }) => id);
        const listed = await allPages(agent, { list });
        expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(expected));
        expect(listed).toHaveLength(expected.length);
        expect(listed).toEqual(
          expect.arrayContaining(listed.map((one) => every.find(({ id }) => id === one.id))),
        );
      }
    }
  });

  test("are ordered by newest activity, the queue by longest waiting, whatever the page size", async () => {
    const { agents, ids } = await busyShop(20, [0, 1, 2, 1, 7]);
    const [wei] = agents;
    if (!wei) throw new Error("somebody is at work");
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom(...conversationLists),
        async (limit, list) => {
          const listed = (await allPages(wei, { list, limit })).map(({ id }) => id);
          const inOrder = ids.filter((id) => listed.includes(id));
          expect(listed).toEqual(list === "queue" || list === "attention" ? inOrder : inOrder.reverse());
        },
      ),
      { numRuns: 40 },
    );
  });

  test("filter by inbox, contact and tag, together with pages", async () => {
    const { shop, agents, ids } = await busyShop(12, [0]);
    const [wei] = agents;
    const [first] = ids;
    if (!wei || !first) throw new Error("somebody is at work");
    expect(await allPages(wei, { list: "open", inboxId: shop.api, limit: 3 })).toHaveLength(4);
    for (const id of ids.slice(0, 5)) await setTags(wei, id, ["退货", "急", "退货"]);
    await setTags(wei, first, ["退货"]);
    expect(await allPages(wei, { list: "open", tag: "急", limit: 2 })).toHaveLength(4);
    expect(await allPages(wei, { list: "open", tag: "急", inboxId: shop.api, limit: 2 })).toHaveLength(1);
    expect(await listTags(wei)).toEqual([
      { name: "退货", count: 5 },
      { name: "急", count: 4 },
    ]);
    const [one] = await presentConversations(wei, [first]);
    if (!one) throw new Error("it is there");
    expect((await allPages(wei, { list: "open", contactId: one.contact.id })).map(({ id }) => id)).toEqual([
      first,
    ]);
  });

  test("pages stay whole while new lines come in between", async () => {
    const { shop, agents, ids } = await busyShop(9, [1]);
    const [wei] = agents;
    if (!wei) throw new Error("somebody is at work");
    const first = await listConversations(wei, { list: "queue", limit: 4 });
    await recorded(shop.say(newId<string>(), "a new one"));
    const rest = await allPages(wei, { list: "queue", limit: 4, after: first.next ?? "" });
    expect([...first.conversations, ...rest].map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    "",
    "x",
    "MTIz",
    Buffer.from("1.2.3").toString("base64url"),
    Buffer.from("99999999999999999.x").toString("base64url"),
  ])("a cursor that is none is refused: %s", async (after) => {
    const shop = await desk.shop();
    expect(await codeOf(listConversations(shop.owner, { list: "open", after }))).toBe("request/invalid");
  });

  test("are for those who may read", async () => {
    const shop = await desk.shop();
    expect(await codeOf(listConversations(shop.apiKey("contacts-read"), { list: "open" }))).toBe(
      "auth/scope-missing",
    );
    expect(await listConversations(shop.apiKey("conversations-read"), { list: "mine" })).toEqual({
      conversations: [],
      next: null,
    });
  });
});

test("counts agree with the tabs", async () => {
  const { shop, agents, ids } = await busyShop(24, [0, 1, 2, 3, 4, 5, 6, 7]);
  const [wei, mei] = agents;
  if (!wei || !mei) throw new Error("two agents are at work");
  const every = await presentConversations(wei, ids);
  const open = every.filter(({ status }) => status === "open");
  expect(await countNow(shop.system)).toEqual({
    queue: every.filter((one) => isInList(one, "queue", "")).length,
    attention: every.filter((one) => isInList(one, "attention", "")).length,
    bot: every.filter((one) => isInList(one, "bot", "")).length,
    byAgent: Object.fromEntries(
      [wei, mei].map(({ userId }) => [
        userId,
        open.filter(({ handler }) => handler.kind === "agent" && handler.agentId === userId).length,
      ]),
    ),
  });
  expect(await hasAnswered(shop.system)).toBe(true);
  const quiet = (await desk.shop()).system;
  expect(await hasAnswered(quiet)).toBe(false);
  expect(await countNow(quiet)).toEqual({ queue: 0, attention: 0, bot: 0, byAgent: {} });
});

test("a thread pages back without gap or repeat", async () => {
  const shop = await desk.shop();
  const visitor = newId<string>();
  const { conversationId } = await recorded(shop.say(visitor, "line 1"));
  for (let n = 2; n <= 23; n += 1) await shop.say(visitor, `line ${n}`);
  const pages: number[][] = [];
  let before: number | undefined;
  for (;;) {
    const page = await getThread(shop.owner, conversationId, { limit: 5, before });
    pages.push(page.messages.map(({ seq }) => seq));
    before = page.messages[0]?.seq;
    if (!page.hasMore) break;
  }
  expect(pages.reverse().flat()).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  expect(await codeOf(getThread((await desk.shop()).owner, conversationId))).toBe("conversation/not-found");
});
