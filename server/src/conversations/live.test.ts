// "Events applied = fresh fetch": for every use case, a screen that only hears its events shows what a reload would
// show. Each case runs on a conversation that is loaded with its thread; a second viewer checks that marks and
// abilities are each person's own.
import {
  applyEvent,
  type ConversationId,
  emptyLiveState,
  type LiveState,
  type MessageId,
  type QueueId,
  type WantedSkills,
} from "@yingda/contract";
import { expect, test } from "vitest";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import type { EventRef } from "../platform/outbox/index.ts";
import { type Viewer, viewerOf } from "./access.ts";
import { addNote } from "./add-note.ts";
import { appendMessage } from "./append-message.ts";
import { type AppliedEvent, applyTransition } from "./apply-transition.ts";
import { eraseContact } from "./contacts/erase-contact.ts";
import { getContact } from "./contacts/get-contact.ts";
import { updateContact } from "./contacts/update-contact.ts";
import { markRead, recordContactRead } from "./mark-read.ts";
import { presentConversations } from "./present-conversation.ts";
import { getThread } from "./present-messages.ts";
import { projectRecord } from "./project-record.ts";
import { recentMessages } from "./recent-messages.ts";
import { recordDelivery } from "./record-delivery.ts";
import { recordRating } from "./record-rating.ts";
import { reopenConversation } from "./reopen-conversation.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { retryMessage } from "./retry-message.ts";
import { sendMessage } from "./send-message.ts";
import { setTags } from "./set-tags.ts";
import { snoozeConversation, wakeSnoozed } from "./snooze-conversation.ts";
import { openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
const hourMs = 3_600_000;
const queueId = newId<QueueId>();

interface Scene {
  shop: Shop;
  visitor: string;
  conversationId: ConversationId;
  /** Who acts. */
  agent: Awaited<ReturnType<Shop["agent"]>>;
}
type Act = (scene: Scene) => Promise<unknown>;

const text = (words: string) => ({ kind: "text" as const, text: words });
const reply: Act = ({ agent, conversationId }) =>
  sendMessage(agent, { conversationId, content: text("您好") });
const apply =
  (make: (scene: Scene) => AppliedEvent, handoffSkills?: WantedSkills): Act =>
  async (scene) => {
    const outcome = await transact(scene.agent, (tx) =>
      applyTransition(scene.agent, tx, scene.conversationId, make(scene), {
        handoffSummary: "想退货",
        ...(handoffSkills ? { handoffSkills } : {}),
      }),
    );
    if (outcome.kind === "refused") throw new Error(outcome.code);
  };
const handoff = apply(() => ({ kind: "handoff", queueId, reason: "asked-for-human", at: desk.clock.now() }));
const wantsSizes = apply(() => ({ kind: "handoff", queueId, reason: "no-answer", at: desk.clock.now() }), {
  wanted: ["尺码"],
  miss: null,
});
const botAnswer: Act = ({ shop, conversationId }) =>
  transact(shop.system, (tx) =>
    appendMessage(shop.system, tx, {
      conversationId,
      author: { kind: "bot", id: null, name: "小应" },
      content: text("七天内可以退。"),
      hasTrace: true,
    }),
  );
const resolve: Act = ({ agent, conversationId }) => resolveConversation(agent, conversationId, "solved");
const snooze: Act = ({ agent, conversationId }) =>
  snoozeConversation(agent, conversationId, new Date(desk.clock.nowMs() + hourMs));
const say: Act = ({ shop, visitor }) => shop.say(visitor, "还有一个问题");
const lastOutbound = async ({ shop, conversationId }: Scene): Promise<MessageId> => {
  const { messages } = await getThread(shop.owner, conversationId);
  const found = messages.findLast(({ kind }) => kind === "outbound");
  if (!found) throw new Error("nothing was sent");
  return found.id;
};
const fail: Act = async (scene) =>
  recordDelivery(scene.shop.system, {
    messageId: await lastOutbound(scene),
    status: "failed",
    reason: "rejected",
  });

/** What is done before the screen is loaded, then the act itself. */
const cases: [string, Act[], Act, { channel?: "api" }?][] = [
  ["a line comes in", [], say],
  [
    "a line comes in, with a name for the nameless",
    [],
    ({ shop, visitor }) => shop.say(visitor, "hi", { contactName: "李雷" }),
  ],
  ["a line wakes a snoozed conversation", [reply, snooze], say],
  ["a line reopens a resolved conversation", [resolve], say],
  ["the bot answers", [], botAnswer],
  ["an agent answers and takes it", [botAnswer], reply],
  ["an agent answers again", [reply], reply],
  ["an agent answers a resolved one", [reply, resolve], reply],
  ["an agent answers a snoozed one", [reply, snooze], reply],
  [
    "an agent adds a note",
    [],
    ({ agent, conversationId }) =>
      addNote(agent, { conversationId, clientMessageId: newId(), text: "老客户" }),
  ],
  ["handed to the queue", [botAnswer], handoff],
  [
    "accepted from the queue",
    [handoff],
    apply(({ agent }) => ({ kind: "accept", agentId: agent.userId, agentName: "Wei" })),
  ],
  ["handed to the queue, with a skill wanted", [botAnswer], wantsSizes],
  [
    "accepted by somebody without the skill",
    [wantsSizes],
    apply(({ agent }) => ({ kind: "accept", agentId: agent.userId, agentName: "Wei" }), {
      wanted: ["尺码"],
      miss: "waited",
    }),
  ],
  ["returned to the bot, which wants no skill", [wantsSizes], apply(() => ({ kind: "return" }))],
  [
    "moved to another queue",
    [wantsSizes],
    apply(() => ({
      kind: "move-queue",
      from: { queueId, name: "售后" },
      to: { queueId: newId<QueueId>(), name: "默认" },
      why: "nobody-at-work",
    })),
  ],
  [
    "claimed from the bot",
    [],
    apply(({ agent }) => ({ kind: "claim", agentId: agent.userId, agentName: "Wei" })),
  ],
  [
    "transferred to the queue",
    [reply],
    apply(() => ({ kind: "transfer", to: { queueId }, at: desk.clock.now() })),
  ],
  ["returned to the bot", [reply], apply(() => ({ kind: "return" }))],
  ["abandoned", [handoff], apply(() => ({ kind: "abandon", at: desk.clock.now() }))],
  ["resolved", [reply], resolve],
  ["reopened", [reply, resolve], ({ agent, conversationId }) => reopenConversation(agent, conversationId)],
  ["snoozed", [reply], snooze],
  [
    "woken by hand",
    [reply, snooze],
    ({ agent, conversationId }) => reopenConversation(agent, conversationId),
  ],
  [
    "woken by the clock",
    [reply, snooze],
    async () => {
      desk.clock.advance(2 * hourMs);
      await wakeSnoozed(desk.services);
    },
  ],
  ["tagged", [], ({ agent, conversationId }) => setTags(agent, conversationId, ["退货", "急"])],
  ["read by a colleague", [reply], ({ agent, conversationId }) => markRead(agent, conversationId, 2)],
  [
    "made unread",
    [({ agent, conversationId }) => markRead(agent, conversationId, 1)],
    ({ agent, conversationId }) => markRead(agent, conversationId, 0),
  ],
  [
    "read by the contact",
    [reply],
    ({ shop, conversationId }) => recordContactRead(shop.system, conversationId, 3),
  ],
  [
    "rated",
    [reply],
    ({ shop, conversationId }) => recordRating(shop.system, { conversationId, score: 5, comment: "很好" }),
  ],
  [
    "delivered",
    [reply],
    async (scene) =>
      recordDelivery(scene.shop.system, { messageId: await lastOutbound(scene), status: "delivered" }),
    { channel: "api" },
  ],
  ["failed", [reply], fail, { channel: "api" }],
  [
    "sent again",
    [reply, fail],
    async (scene) => retryMessage(scene.agent, await lastOutbound(scene)),
    { channel: "api" },
  ],
  [
    "the contact gets a name",
    [],
    async ({ shop, agent, conversationId }) => {
      const [before] = await presentConversations(shop.owner, [conversationId]);
      if (!before) throw new Error("it is there");
      const { version } = await getContact(agent, before.contact.id);
      await updateContact(agent, before.contact.id, { name: "韩梅梅", version });
    },
  ],
  [
    "the contact is blocked",
    [reply],
    async ({ shop, agent, conversationId }) => {
      const [before] = await presentConversations(shop.owner, [conversationId]);
      if (!before) throw new Error("it is there");
      const { version } = await getContact(agent, before.contact.id);
      await updateContact(agent, before.contact.id, { isBlocked: true, version });
    },
  ],
  [
    "the contact is erased",
    [reply],
    async ({ shop, conversationId }) => {
      const [before] = await presentConversations(shop.owner, [conversationId]);
      if (before) await eraseContact(shop.owner, before.contact.id);
    },
  ],
];

test.each(cases)("%s", async (_name, before, act, options = {}) => {
  const shop = await desk.shop();
  const agent = await shop.agent();
  const inboxId = options.channel === "api" ? shop.api : shop.web;
  const visitor = newId<string>();
  const { conversationId } = await recorded(shop.say(visitor, "你好", { inboxId }));
  const scene: Scene = { shop, visitor, conversationId, agent };
  for (const step of before) await step(scene);
  const viewers = [agent, await shop.agent("supervisor"), shop.apiKey("conversations-read")];
  const shown = await Promise.all(viewers.map((viewer) => fetchState(viewer, conversationId)));

  const heard = await hearing(shop, () => act({ ...scene }));
  expect(heard.length).toBeGreaterThan(0);
  for (const isRecent of [true, false]) {
    if (!isRecent) recentMessages(desk.services).clear(); // as on a node that did not write it
    const lists = await projectRecord(shop.system, viewers.map(asViewer), heard);
    for (const [index, viewer] of viewers.entries()) {
      const applied = (lists[index] ?? []).reduce(applyEvent, shown[index] ?? emptyLiveState);
      expect(plain(applied)).toEqual(plain(await fetchState(viewer, conversationId)));
    }
  }
});

function asViewer(ctx: Ctx): Viewer {
  const viewer = viewerOf(ctx.actor);
  if (!viewer) throw new Error("a person looks");
  return viewer;
}

/** What a reload shows: the conversation and its whole thread. */
async function fetchState(viewer: Ctx, conversationId: ConversationId): Promise<LiveState> {
  const [conversation] = await presentConversations(viewer, [conversationId]);
  if (!conversation) return emptyLiveState;
  const { messages } = await getThread(viewer, conversationId, { limit: 200 });
  return {
    ...emptyLiveState,
    conversations: new Map([[conversationId, conversation]]),
    threads: new Map([[conversationId, messages]]),
  };
}

function plain({ conversations, threads }: LiveState) {
  return { conversations: [...conversations], threads: [...threads] };
}

/** The refs that a node hears while something is done, across the wire of plain ids for half of them. */
async function hearing(shop: Shop, act: () => Promise<unknown>): Promise<EventRef[]> {
  const refs: EventRef[] = [];
  const stop = desk.services.outbox.listen({ name: "screen", heard: (told) => refs.push(...told) });
  await act();
  await new Promise((resolve) => setImmediate(resolve)); // listeners hear in the next turn of the event loop
  stop();
  return refs
    .filter(({ tenantId }) => tenantId === shop.tenantId)
    .map(({ event, ...ref }, index) => (event && index % 2 === 0 ? { ...ref, event } : ref));
}
