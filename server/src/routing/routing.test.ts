// Queue, offers and presence on a real database: who is offered what, what happens to offers that come to nothing, and
// what two people or two servers can do at the same moment.
import type { ConversationId } from "@yingda/contract";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { applyTransition, presentConversations, sendMessage } from "../conversations/index.ts";
import { makeCtx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import {
  acceptOffer,
  agentSeen,
  assignNext,
  availability,
  availabilityListener,
  claimConversation,
  createAgentConnections,
  createRoutingSweep,
  declineOffer,
  enqueue,
  leaveQueue,
  listPresencesAndOffers,
  listQueues,
  loadOfMembers,
  requeueIfLost,
  returnToBot,
  routingSubscriber,
  setPresence,
  transferConversation,
  visitorQueueState,
  waitingPlaces,
} from "./index.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
});

const sweep = () => createRoutingSweep(services).run();
const later = (seconds: number) => services.clock.advance(seconds * 1_000);
async function handlerOf(conversationId: ConversationId) {
  const [conversation] = await presentConversations(shop.ctx, [conversationId]);
  return conversation?.handler;
}
async function offers(): Promise<Record<string, string>> {
  const { offers: open } = await listPresencesAndOffers(shop.ctx);
  return Object.fromEntries(open.map(({ conversationId, agentId }) => [conversationId, agentId]));
}
async function events(conversationId: string): Promise<string[]> {
  const rows = await database.asAdmin<{ kind: string }>(
    "select kind from outbox_event where aggregate_id = $1 order by seq",
    [conversationId],
  );
  return rows.map(({ kind }) => kind);
}
async function queueRows(): Promise<number> {
  const [row] = await database.asAdmin<{ count: number }>(
    "select count(*)::int as count from queue_entry where tenant_id = $1",
    [shop.tenantId],
  );
  return row?.count ?? -1;
}

describe("offers", () => {
  test("first come first served, the longest idle agent first", async () => {
    const li = await shop.member("李");
    later(10);
    const wang = await shop.member("王");
    const first = await shop.waiting("a");
    later(1);
    const second = await shop.waiting("b");
    const made = await assignNext(shop.ctx);
    expect(made.map(({ conversationId, agentId }) => [conversationId, agentId])).toEqual([
      [first, li.userId],
      [second, wang.userId],
    ]);
    expect(await assignNext(shop.ctx)).toEqual([]);
  });

  test("what is urgent is served before what came earlier", async () => {
    const calm = await shop.waiting("a");
    later(5);
    const urgent = await shop.waiting("b", "urgent");
    const li = await shop.member("李", { capacity: 1 });
    expect((await assignNext(shop.ctx)).map(({ conversationId }) => conversationId)).toEqual([urgent]);
    expect(await waitingPlaces(shop.ctx)).toEqual([
      { conversationId: urgent, place: 1 },
      { conversationId: calm, place: 2 },
    ]);
    expect(await offers()).toEqual({ [urgent]: li.userId });
  });

  test("accepting makes it theirs, notes the wait and ends the offer", async () => {
    const li = await shop.member("李");
    const conversationId = await shop.waiting("a");
    later(20);
    await assignNext(shop.ctx);
    const conversation = await acceptOffer(li.ctx, conversationId);
    expect(conversation.handler).toEqual({ kind: "agent", agentId: li.userId });
    expect(await queueRows()).toBe(0);
    expect(await events(conversationId)).toEqual(
      expect.arrayContaining(["offer-made", "conversation-assigned", "offer-ended"]),
    );
    const [wait] = await database.asAdmin<{ waited_ms: number; ended: string }>(
      "select waited_ms, ended from queue_wait where conversation_id = $1",
      [conversationId],
    );
    expect(wait).toEqual({ waited_ms: 20_000, ended: "accepted" });
  });

  test("an offer is for one person, and only while it stands", async () => {
    const li = await shop.member("李");
    later(1);
    const wang = await shop.member("王");
    const conversationId = await shop.waiting("a");
    await assignNext(shop.ctx);
    await expect(acceptOffer(wang.ctx, conversationId)).rejects.toMatchObject({ code: "routing/offer-gone" });
    await expect(declineOffer(wang.ctx, conversationId)).rejects.toMatchObject({
      code: "routing/offer-gone",
    });
    later(31);
    await expect(acceptOffer(li.ctx, conversationId)).rejects.toMatchObject({ code: "routing/offer-gone" });
    expect(await handlerOf(conversationId)).toMatchObject({ kind: "queue" });
  });

  test("declined goes to the next; after everyone, it starts over after a rest", async () => {
    const li = await shop.member("李");
    later(1);
    const wang = await shop.member("王");
    const conversationId = await shop.waiting("a");
    await assignNext(shop.ctx);
    await declineOffer(li.ctx, conversationId);
    expect(await assignNext(shop.ctx)).toMatchObject([{ agentId: wang.userId }]);
    await declineOffer(wang.ctx, conversationId);
    expect(await assignNext(shop.ctx)).toEqual([]); // asked a moment ago
    later(31);
    expect(await assignNext(shop.ctx)).toHaveLength(1);
  });

  test("out of time goes to the next, also after a restart: nothing is in memory", async () => {
    const li = await shop.member("李");
    later(1);
    const wang = await shop.member("王");
    const conversationId = await shop.waiting("a");
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [conversationId]: li.userId });
    later(31);
    await agentSeen(shop.ctx, li.userId);
    await agentSeen(shop.ctx, wang.userId);
    await sweep(); // a new object each time
    expect(await offers()).toEqual({ [conversationId]: wang.userId });
    expect(await events(conversationId)).toContain("offer-ended");
  });

  test("nobody gets more than their capacity, open conversations and offers counted together", async () => {
    const li = await shop.member("李", { capacity: 2 });
    const ids = [await shop.waiting("a"), await shop.waiting("b"), await shop.waiting("c")];
    expect(await assignNext(shop.ctx)).toHaveLength(2);
    for (const id of Object.keys(await offers())) await acceptOffer(li.ctx, id as ConversationId);
    expect(await assignNext(shop.ctx)).toEqual([]);
    expect((await loadOfMembers(shop.ctx)).get(li.userId)).toEqual({ presence: "available", openCount: 2 });
    const [open] = ids;
    if (!open) throw new Error("there are three");
    await transact(li.ctx, (tx) =>
      applyTransition(li.ctx, tx, open, {
        kind: "resolve",
        disposition: "solved",
        by: "agent",
        at: services.clock.now(),
      }),
    );
    expect(await assignNext(shop.ctx)).toHaveLength(1);
  });

  test("two servers at once offer each conversation once and nobody too much", async () => {
    const agents = await Promise.all(["李", "王", "赵"].map((name) => shop.member(name, { capacity: 2 })));
    for (let n = 0; n < 10; n += 1) await shop.waiting(`v${n}`);
    const made = (await Promise.all([1, 2, 3, 4].map(() => assignNext(shop.ctx)))).flat();
    const more = await assignNext(shop.ctx);
    const all = [...made, ...more];
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(all.length);
    expect(all).toHaveLength(6);
    for (const { userId } of agents)
      expect(all.filter(({ agentId }) => agentId === userId).length).toBeLessThanOrEqual(2);
  });

  test("viewers and members who are switched off are offered nothing", async () => {
    await shop.member("看", { role: "viewer" });
    const gone = await shop.member("走");
    await database.asAdmin("update app_user set is_active = false where id = $1", [gone.userId]);
    await shop.waiting("a");
    expect(await assignNext(shop.ctx)).toEqual([]);
  });
});

describe("claiming", () => {
  test("of two who claim at once one gets it, the other is told", async () => {
    const li = await shop.member("李");
    const wang = await shop.member("王");
    const conversationId = await shop.waiting("a");
    const results = await Promise.allSettled([
      claimConversation(li.ctx, conversationId),
      claimConversation(wang.ctx, conversationId),
    ]);
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "conversation/already-assigned" });
    expect(await queueRows()).toBe(0);
  });

  test("takes it from the bot, and withdraws what was offered to somebody else", async () => {
    const li = await shop.member("李");
    later(1);
    const wang = await shop.member("王");
    const fromBot = await shop.write("b", "你好");
    expect((await claimConversation(wang.ctx, fromBot)).handler).toEqual({
      kind: "agent",
      agentId: wang.userId,
    });
    const conversationId = await shop.waiting("a");
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [conversationId]: li.userId });
    await claimConversation(wang.ctx, conversationId);
    expect(await offers()).toEqual({});
    await expect(acceptOffer(li.ctx, conversationId)).rejects.toMatchObject({ code: "routing/offer-gone" });
  });

  test("not from what was seen before it changed, not by whom may not reply", async () => {
    const li = await shop.member("李");
    const viewer = await shop.member("看", { role: "viewer" });
    const conversationId = await shop.waiting("a");
    await expect(claimConversation(li.ctx, conversationId, 1)).rejects.toMatchObject({
      code: "conversation/version-moved",
    });
    await expect(claimConversation(viewer.ctx, conversationId)).rejects.toMatchObject({
      code: "auth/not-allowed",
    });
  });

  test("a conversation of another shop does not exist", async () => {
    const other = await testShop(services, database);
    const conversationId = await other.waiting("a");
    const li = await shop.member("李");
    await expect(claimConversation(li.ctx, conversationId)).rejects.toMatchObject({
      code: "conversation/not-found",
    });
  });
});

describe("handing on", () => {
  async function owned() {
    const li = await shop.member("李");
    const wang = await shop.member("王");
    const conversationId = await shop.waiting("a");
    await claimConversation(li.ctx, conversationId);
    return { li, wang, conversationId };
  }

  test("to a colleague: the sender keeps it until the colleague accepts", async () => {
    const { li, wang, conversationId } = await owned();
    await transferConversation(li.ctx, conversationId, { agentId: wang.userId }, "这位客户要改地址");
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: li.userId });
    expect(await offers()).toEqual({ [conversationId]: wang.userId });
    await acceptOffer(wang.ctx, conversationId);
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: wang.userId });
    expect(await offers()).toEqual({});
    expect(await events(conversationId)).toContain("note-added");
  });

  test("declined or forgotten: it stays with the sender", async () => {
    const { li, wang, conversationId } = await owned();
    await transferConversation(li.ctx, conversationId, { agentId: wang.userId }, "");
    await declineOffer(wang.ctx, conversationId);
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: li.userId });
    await transferConversation(li.ctx, conversationId, { agentId: wang.userId }, "");
    later(31);
    for (const { userId } of [li, wang]) await agentSeen(shop.ctx, userId);
    await sweep();
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: li.userId });
    await expect(acceptOffer(wang.ctx, conversationId)).rejects.toMatchObject({ code: "routing/offer-gone" });
  });

  test("not to somebody who is away or full", async () => {
    const { li, wang, conversationId } = await owned();
    await setPresence(wang.ctx, "away");
    await expect(
      transferConversation(li.ctx, conversationId, { agentId: wang.userId }, ""),
    ).rejects.toMatchObject({ code: "routing/not-available" });
    const full = await shop.member("满", { capacity: 1 });
    await claimConversation(full.ctx, await shop.waiting("b"));
    await expect(
      transferConversation(li.ctx, conversationId, { agentId: full.userId }, ""),
    ).rejects.toMatchObject({ code: "routing/at-capacity" });
  });

  test("to the queue: others are asked before whoever gave it away", async () => {
    const { li, wang, conversationId } = await owned();
    const [queue] = await listQueues(shop.ctx);
    if (!queue) throw new Error("there is always a default queue");
    await expect(
      transferConversation(
        li.ctx,
        conversationId,
        { queueId: "01997a10-0000-7000-8000-000000000001" as never },
        "",
      ),
    ).rejects.toMatchObject({ code: "queue/not-found" });
    await transferConversation(li.ctx, conversationId, { queueId: queue.id }, "");
    expect(await handlerOf(conversationId)).toEqual({ kind: "queue", queueId: queue.id });
    expect(await assignNext(shop.ctx)).toMatchObject([{ agentId: wang.userId }]);
  });

  test("back to the bot: from the agent and from the queue", async () => {
    const { li, conversationId } = await owned();
    expect((await returnToBot(li.ctx, conversationId)).handler).toEqual({ kind: "bot" });
    const waiting = await shop.waiting("c");
    expect((await returnToBot(li.ctx, waiting)).handler).toEqual({ kind: "bot" });
    expect(await queueRows()).toBe(0);
    expect(await events(waiting)).toContain("conversation-returned");
  });
});

describe("leaving", () => {
  test("the contact leaves the queue: abandoned, and counted as such", async () => {
    const li = await shop.member("李");
    const conversationId = await shop.waiting("a");
    await assignNext(shop.ctx);
    later(7);
    expect(await leaveQueue(shop.ctx, conversationId)).toBe("left");
    expect(await events(conversationId)).toEqual(
      expect.arrayContaining(["conversation-abandoned", "offer-ended"]),
    );
    await expect(acceptOffer(li.ctx, conversationId)).rejects.toMatchObject({ code: "routing/offer-gone" });
    expect(await leaveQueue(shop.ctx, conversationId)).toBe("not-waiting");
    const [wait] = await database.asAdmin<{ ended: string }>(
      "select ended from queue_wait where conversation_id = $1",
      [conversationId],
    );
    expect(wait?.ended).toBe("abandoned");
  });
});

describe("presence", () => {
  test("a dropped line is forgiven for three minutes, then who waits goes back to the queue, first in line", async () => {
    const li = await shop.member("李");
    const waits = await shop.waiting("a");
    await claimConversation(li.ctx, waits); // nobody has answered yet
    const answered = await shop.waiting("b");
    await claimConversation(li.ctx, answered);
    await sendMessage(li.ctx, {
      conversationId: answered,
      author: { kind: "agent", id: li.userId, name: "李" },
      content: { kind: "text", text: "您好" },
    });
    const newcomer = await shop.waiting("c");
    later(170);
    await sweep();
    expect(await handlerOf(waits)).toEqual({ kind: "agent", agentId: li.userId });
    later(20);
    await sweep();
    expect(await handlerOf(waits)).toMatchObject({ kind: "queue" });
    expect(await handlerOf(answered)).toEqual({ kind: "agent", agentId: li.userId });
    expect((await waitingPlaces(shop.ctx)).map(({ conversationId }) => conversationId)).toEqual([
      waits,
      newcomer,
    ]);
    expect((await listPresencesAndOffers(shop.ctx)).presences).toEqual({ [li.userId]: "away" });
    // the contact writes to the one who is gone
    expect(await requeueIfLost(shop.ctx, answered, li.userId)).toBe(true);
    await agentSeen(shop.ctx, li.userId);
    expect((await listPresencesAndOffers(shop.ctx)).presences).toEqual({ [li.userId]: "available" });
    await assignNext(shop.ctx);
    expect(Object.keys(await offers()).toSorted()).toEqual([waits, answered, newcomer].toSorted());
  });

  test("whoever has taken it over from an agent who is gone keeps it", async () => {
    const li = await shop.member("李");
    const wang = await shop.member("王");
    const conversationId = await shop.waiting("a");
    await claimConversation(li.ctx, conversationId);
    later(200);
    await agentSeen(shop.ctx, wang.userId);
    // looked at while it was Li's; meanwhile Wang has it
    await transact(shop.ctx, (tx) =>
      applyTransition(shop.ctx, tx, conversationId, {
        kind: "transfer",
        to: { agentId: wang.userId, agentName: "王" },
        at: services.clock.now(),
      }),
    );
    expect(await requeueIfLost(shop.ctx, conversationId, li.userId)).toBe(false);
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: wang.userId });
  });

  test("who says they are away and leaves does not keep who waits for them", async () => {
    const li = await shop.member("李");
    const conversationId = await shop.waiting("a");
    await claimConversation(li.ctx, conversationId);
    await setPresence(li.ctx, "away");
    later(100);
    await agentSeen(shop.ctx, li.userId); // away, but at the desk
    later(100);
    await sweep();
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: li.userId });
    later(100);
    await sweep();
    expect(await handlerOf(conversationId)).toMatchObject({ kind: "queue" });
  });

  test("a line that stays is no reason to take anything away", async () => {
    const li = await shop.member("李");
    const conversationId = await shop.waiting("a");
    await claimConversation(li.ctx, conversationId);
    for (let round = 0; round < 4; round += 1) {
      later(100);
      await agentSeen(shop.ctx, li.userId);
      await sweep();
    }
    expect(await requeueIfLost(shop.ctx, conversationId, li.userId)).toBe(false);
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: li.userId });
  });

  test("whose line outlived a server that stood still is back with the next refresh", async () => {
    const li = await shop.member("李");
    const connections = createAgentConnections(services);
    await connections.changed({ tenantId: shop.tenantId, userId: li.userId }, true);
    later(200);
    await sweep();
    expect((await listPresencesAndOffers(shop.ctx)).presences).toEqual({ [li.userId]: "away" });
    const told = await events(shop.tenantId);
    await connections.refresh();
    expect((await listPresencesAndOffers(shop.ctx)).presences).toEqual({ [li.userId]: "available" });
    expect(await events(shop.tenantId)).toEqual([...told, "presence-changed"]);
    // and is missed again when it is really gone
    const conversationId = await shop.waiting("a");
    await claimConversation(li.ctx, conversationId);
    later(200);
    await sweep();
    expect(await handlerOf(conversationId)).toMatchObject({ kind: "queue" });
  });

  test("busy gets no offers, and being available again does", async () => {
    const li = await shop.member("李");
    await setPresence(li.ctx, "busy");
    await shop.waiting("a");
    expect(await assignNext(shop.ctx)).toEqual([]);
    await setPresence(li.ctx, "available");
    expect(await assignNext(shop.ctx)).toHaveLength(1);
  });
});

test("a shop whose rows cannot be read does not keep the others waiting", async () => {
  const broken: string[] = [];
  for (const name of ["a", "b", "c"]) {
    const other = await testShop(services, database);
    const { userId } = await other.member(name);
    await database.asAdmin("update app_user set sealed_name = 'x' where id = $1", [userId]);
    await other.waiting(name);
    broken.push(other.tenantId);
  }
  shop = await testShop(services, database);
  const li = await shop.member("李");
  const conversationId = await shop.waiting("d");
  await sweep();
  expect(await offers()).toEqual({ [conversationId]: li.userId });
  await database.asAdmin("delete from queue_entry where tenant_id = any($1)", [broken]);
});

describe("what a contact may be promised", () => {
  test("nobody, open, queueing", async () => {
    expect(await availability(shop.ctx)).toMatchObject({ availability: "nobody", place: null });
    const li = await shop.member("李", { capacity: 1 });
    expect(await availability(shop.ctx)).toMatchObject({
      availability: "open",
      place: 1,
      expectedWaitSeconds: null,
    });
    await claimConversation(li.ctx, await shop.waiting("a"));
    later(2); // what was asked a moment ago is kept for a second
    expect(await availability(shop.ctx)).toMatchObject({ availability: "queueing", place: 1 });
    const second = await shop.waiting("b");
    const third = await shop.waiting("c");
    later(2);
    expect(await availability(shop.ctx)).toMatchObject({ availability: "queueing", place: 3 });
    expect(await visitorQueueState(shop.ctx, second)).toEqual({ place: 1, expectedWaitSeconds: null });
    expect(await visitorQueueState(shop.ctx, third)).toEqual({ place: 2, expectedWaitSeconds: null });
    expect(await visitorQueueState(shop.ctx, await shop.write("d", "你好"))).toBeNull();
  });

  test("who has just come on another node is there on this one, too", async () => {
    const elsewhere = await testServices(database, { ownConnections: true });
    const { tenantId } = shop;
    const ctx = makeCtx(elsewhere, { tenantId, actor: { kind: "system", name: "test" } });
    expect(await availability(ctx)).toMatchObject({ availability: "nobody" });
    await shop.member("李", { capacity: 1 });
    expect(await availability(ctx)).toMatchObject({ availability: "nobody" }); // kept for a second
    availabilityListener(elsewhere).heard([
      { tenantId, aggregateId: tenantId, seq: 1, kind: "presence-changed" },
    ]);
    expect(await availability(ctx)).toMatchObject({ availability: "open" });
  });

  test("the wait is the median of what others waited, once there are some", async () => {
    const li = await shop.member("李", { capacity: 4 });
    for (const seconds of [20, 40, 30]) {
      const conversationId = await shop.waiting(`w${seconds}`);
      later(seconds);
      await agentSeen(shop.ctx, li.userId);
      await claimConversation(li.ctx, conversationId);
    }
    later(2);
    expect(await availability(shop.ctx)).toMatchObject({ availability: "open", expectedWaitSeconds: 30 });
  });
});

describe("what others did is followed", () => {
  const heard = async (conversationId: ConversationId, kind: string) => {
    const [row] = await database.asAdmin<{ id: string; seq: number; payload: never }>(
      "select id, seq, payload from outbox_event where aggregate_id = $1 and kind = $2 order by seq desc limit 1",
      [conversationId, kind],
    );
    if (!row) throw new Error(`no ${kind}`);
    const event = {
      ...row,
      kind,
      tenantId: shop.tenantId,
      aggregateId: conversationId,
      at: services.clock.now(),
    } as never;
    const noted = Object.assign(async () => {}, { positions: [], written() {} });
    if (routingSubscriber.wants?.(event) === false) return "not wanted";
    await routingSubscriber.handle?.(shop.ctx, event, noted);
    return "handled";
  };

  test("an answer takes it out of the queue; twice heard is as good as once", async () => {
    const li = await shop.member("李");
    const conversationId = await shop.waiting("a");
    await sendMessage(li.ctx, {
      conversationId,
      author: { kind: "agent", id: li.userId, name: "李" },
      content: { kind: "text", text: "您好" },
    });
    expect(await handlerOf(conversationId)).toEqual({ kind: "agent", agentId: li.userId });
    expect(await queueRows()).toBe(1);
    for (let n = 0; n < 2; n += 1)
      expect(await heard(conversationId, "conversation-assigned")).toBe("handled");
    expect(await queueRows()).toBe(0);
  });

  test("an event that comes late does not take a new entry away", async () => {
    const li = await shop.member("李");
    const conversationId = await shop.waiting("a");
    await sendMessage(li.ctx, {
      conversationId,
      author: { kind: "agent", id: li.userId, name: "李" },
      content: { kind: "text", text: "您好" },
    });
    const [queue] = await listQueues(shop.ctx);
    if (!queue) throw new Error("there is always a default queue");
    await transferConversation(li.ctx, conversationId, { queueId: queue.id }, "");
    await heard(conversationId, "conversation-assigned");
    expect(await queueRows()).toBe(1);
  });

  test("a left message is not offered before its morning", async () => {
    await shop.member("李");
    const conversationId = await shop.write("a", "请回电");
    const notBefore = new Date(services.clock.nowMs() + 60_000);
    await transact(shop.ctx, (tx) =>
      enqueue(shop.ctx, tx, { conversationId, reason: "left-message", notBefore }),
    );
    expect(await assignNext(shop.ctx)).toEqual([]);
    later(61);
    expect(await assignNext(shop.ctx)).toHaveLength(1);
  });
});

test("the server itself, a key or the bot cannot take a conversation", async () => {
  const conversationId = await shop.waiting("a");
  for (const actor of [{ kind: "bot" }, { kind: "system", name: "x" }] as const) {
    const ctx = makeCtx(services, { tenantId: shop.tenantId, actor });
    await expect(claimConversation(ctx, conversationId)).rejects.toMatchObject({ code: "auth/not-allowed" });
  }
  expect((await handlerOf(conversationId))?.kind).toBe("queue");
});
