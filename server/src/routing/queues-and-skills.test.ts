// Queues that a shop makes, and skills: who is asked, who is waited for, and what happens where nobody of a queue is at work.
import type { ConversationId, QueueDraft, QueueId } from "@yingda/contract";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { getThread, presentConversations } from "../conversations/index.ts";
import { transact } from "../platform/db/index.ts";
import {
  acceptOffer,
  assignNext,
  availability,
  claimConversation,
  createQueue,
  createRoutingSweep,
  declineOffer,
  deleteQueue,
  enqueue,
  handoverPlaces,
  listPresencesAndOffers,
  listQueues,
  setPresence,
  setSkills,
  updateQueue,
  visitorQueueState,
} from "./index.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let owner: TestMember;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  owner = await shop.member("店主", { role: "owner", isConnected: false });
});

const sweep = () => createRoutingSweep(services).run();
const later = (seconds: number) => services.clock.advance(seconds * 1_000);
const queueOf = (name: string, given: Partial<QueueDraft> = {}): QueueDraft => ({
  name,
  isForEveryone: true,
  memberIds: [],
  patienceSeconds: 60,
  ...given,
});
async function handedOver(who: string, wish: { queue?: string; skills?: string[] }): Promise<ConversationId> {
  const conversationId = await shop.write(who, "问尺码");
  const applied = await transact(shop.ctx, (tx) =>
    enqueue(shop.ctx, tx, { conversationId, reason: "no-answer", summary: "问尺码", ...wish }),
  );
  if (applied.kind === "refused") throw new Error(applied.code);
  return conversationId;
}
async function offers(): Promise<Record<string, string>> {
  const { offers: open } = await listPresencesAndOffers(shop.ctx);
  return Object.fromEntries(open.map(({ conversationId, agentId }) => [conversationId, agentId]));
}
async function shown(id: ConversationId) {
  const [conversation] = await presentConversations(shop.ctx, [id]);
  if (!conversation) throw new Error("the conversation is gone");
  return conversation;
}
const refusal = (code: string) => expect.objectContaining({ code });

describe("managing queues", () => {
  test("made, renamed, made the default one, deleted; told to the workbench and written down", async () => {
    const li = await shop.member("李");
    const made = await createQueue(
      owner.ctx,
      queueOf("售后", { isForEveryone: false, memberIds: [li.userId] }),
    );
    expect(made).toMatchObject({ isDefault: false, memberIds: [li.userId], waitingCount: 0 });
    const renamed = await updateQueue(owner.ctx, made.id, { name: "退换货" });
    expect(renamed).toMatchObject({ name: "退换货", formerNames: ["售后"] });
    await updateQueue(owner.ctx, made.id, { isDefault: true });
    const [first, second] = await listQueues(shop.ctx);
    expect(first).toMatchObject({ id: made.id, isDefault: true });
    await expect(deleteQueue(owner.ctx, made.id, false)).rejects.toEqual(refusal("queue/is-default"));
    await deleteQueue(owner.ctx, second?.id as QueueId, false);
    expect(await listQueues(shop.ctx)).toHaveLength(1);
    const kinds = await database.asAdmin<{ kind: string }>(
      "select kind from outbox_event where tenant_id = $1 and kind = 'queues-changed'",
      [shop.tenantId],
    );
    expect(kinds).toHaveLength(4);
  });

  test("refused: a name that is taken, nobody to serve it, whoever may not manage members", async () => {
    const li = await shop.member("李");
    await createQueue(owner.ctx, queueOf("VIP"));
    await expect(createQueue(owner.ctx, queueOf("vip"))).rejects.toEqual(refusal("queue/name-taken"));
    await expect(createQueue(owner.ctx, queueOf("空", { isForEveryone: false }))).rejects.toEqual(
      refusal("request/invalid"),
    );
    await expect(createQueue(li.ctx, queueOf("我的"))).rejects.toEqual(refusal("auth/not-allowed"));
    await expect(setSkills(li.ctx, li.userId, ["英语"])).rejects.toEqual(refusal("auth/not-allowed"));
    const other = await testShop(services, database);
    const [theirs] = await listQueues(other.ctx);
    await expect(updateQueue(owner.ctx, theirs?.id as QueueId, { name: "x" })).rejects.toEqual(
      refusal("queue/not-found"),
    );
  });

  test("a renamed queue is found by the name that a flow still has", async () => {
    const queue = await createQueue(owner.ctx, queueOf("售后"));
    await updateQueue(owner.ctx, queue.id, { name: "退换货" });
    const id = await handedOver("a", { queue: "售后" });
    expect((await shown(id)).handler).toEqual({ kind: "queue", queueId: queue.id });
    expect((await handoverPlaces(shop.ctx)).queues).toEqual(expect.arrayContaining(["售后", "退换货"]));
  });

  test("one in which somebody waits is deleted only with them moved, and the thread says so", async () => {
    const queue = await createQueue(owner.ctx, queueOf("售后"));
    const id = await handedOver("a", { queue: "售后", skills: [] });
    await expect(deleteQueue(owner.ctx, queue.id, false)).rejects.toEqual(refusal("queue/not-empty"));
    await deleteQueue(owner.ctx, queue.id, true);
    const [usual] = await listQueues(shop.ctx);
    const moved = await shown(id);
    expect(moved.handler).toEqual({ kind: "queue", queueId: usual?.id });
    expect(moved.handoff).toMatchObject({ reason: "no-answer", summary: "问尺码" });
    const { messages } = await getThread(shop.ctx, id, {});
    expect(messages.at(-1)?.content).toMatchObject({
      code: "queue-moved",
      values: { from: "售后", why: "queue-deleted" },
    });
    const li = await shop.member("李");
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [id]: li.userId });
  });
});

describe("who serves a queue", () => {
  test("only its members are offered what waits there, and a full queue holds no other up", async () => {
    const li = await shop.member("李");
    later(10);
    const wang = await shop.member("王");
    await createQueue(owner.ctx, queueOf("售后", { isForEveryone: false, memberIds: [wang.userId] }));
    const first = await handedOver("a", { queue: "售后" });
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [first]: wang.userId });
    await declineOffer(wang.ctx, first);
    await setPresence(wang.ctx, "busy");
    for (let at = 0; at < 51; at += 1) await handedOver(`many-${at}`, { queue: "售后" });
    const usual = await shop.waiting("b");
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [usual]: li.userId });
    // by hand anybody who may reply takes it
    expect((await claimConversation(owner.ctx, first)).handler).toMatchObject({ agentId: owner.userId });
  });

  test("nobody of it at work: after its time it goes to the usual one, and the thread says so", async () => {
    const wang = await shop.member("王", { isConnected: false });
    await createQueue(owner.ctx, queueOf("售后", { isForEveryone: false, memberIds: [wang.userId] }));
    const id = await handedOver("a", { queue: "售后" });
    await sweep();
    later(70);
    await sweep();
    expect((await shown(id)).handler).toMatchObject({ kind: "queue" });
    expect(await offers()).toEqual({}); // nobody of the usual one is at work either: it stays where it is
    const li = await shop.member("李");
    await sweep();
    expect(await offers()).toEqual({ [id]: li.userId });
    const [usual] = await listQueues(shop.ctx);
    const moved = await shown(id);
    expect(moved.handler).toEqual({ kind: "queue", queueId: usual?.id });
    const { messages } = await getThread(shop.ctx, id, {});
    expect(messages.map(({ content }) => (content.kind === "notice" ? content.code : ""))).toContain(
      "queue-moved",
    );
  });

  test("a busy member of it is at work: it waits for them", async () => {
    await shop.member("李");
    const wang = await shop.member("王", { capacity: 1 });
    const queue = await createQueue(
      owner.ctx,
      queueOf("售后", { isForEveryone: false, memberIds: [wang.userId] }),
    );
    await handedOver("a", { queue: "售后" });
    const second = await handedOver("b", { queue: "售后" });
    later(70);
    await sweep();
    expect((await shown(second)).handler).toEqual({ kind: "queue", queueId: queue.id });
    expect(await visitorQueueState(shop.ctx, second)).toEqual({ place: 2, expectedWaitSeconds: null });
  });

  test("who serves only another queue is no promise for the usual one, but is for a flow that names theirs", async () => {
    const wang = await shop.member("王");
    await createQueue(owner.ctx, queueOf("售后", { isForEveryone: false, memberIds: [wang.userId] }));
    const [usual] = await listQueues(shop.ctx);
    const li = await shop.member("李", { isConnected: false });
    await updateQueue(owner.ctx, usual?.id as QueueId, { isForEveryone: false, memberIds: [li.userId] });
    expect(await availability(shop.ctx)).toMatchObject({ availability: "nobody", servedQueues: ["售后"] });
  });
});

describe("wanted skills", () => {
  test("who has them is asked first; the hand-over says what was wanted", async () => {
    await shop.member("李");
    later(10);
    const wang = await shop.member("王");
    await setSkills(owner.ctx, wang.userId, ["尺码", "英语", "尺码 "]);
    const id = await handedOver("a", { skills: ["尺码", "nobody-has-this"] });
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [id]: wang.userId });
    const taken = await acceptOffer(wang.ctx, id);
    expect(taken.handoff?.skills).toEqual({ wanted: ["尺码"], miss: null });
  });

  test("who has them is waited for while at work, then anybody is asked, and both cards say why", async () => {
    const li = await shop.member("李");
    const wang = await shop.member("王", { capacity: 1 });
    await setSkills(owner.ctx, wang.userId, ["尺码"]);
    const first = await handedOver("a", { skills: ["尺码"] });
    await assignNext(shop.ctx);
    await acceptOffer(wang.ctx, first);
    const second = await handedOver("b", { skills: ["尺码"] });
    const plain = await shop.waiting("c");
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [plain]: li.userId });
    later(61);
    await sweep();
    const { offers: open } = await listPresencesAndOffers(shop.ctx);
    expect(open.find(({ conversationId }) => conversationId === second)).toMatchObject({
      agentId: li.userId,
      skillMiss: "waited",
    });
    const taken = await acceptOffer(li.ctx, second);
    expect(taken.handoff?.skills).toEqual({ wanted: ["尺码"], miss: "waited" });
  });

  test("nobody at work has them: anybody is asked at once", async () => {
    const wang = await shop.member("王", { isConnected: false });
    const li = await shop.member("李");
    await setSkills(owner.ctx, wang.userId, ["尺码"]);
    const id = await handedOver("a", { skills: ["尺码"] });
    await assignNext(shop.ctx);
    expect(await offers()).toEqual({ [id]: li.userId });
    expect((await acceptOffer(li.ctx, id)).handoff?.skills).toEqual({ wanted: ["尺码"], miss: "absent" });
  });
});
