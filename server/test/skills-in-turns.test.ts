// What a flow wants of who takes a conversation, from its text to the queue; and whom the bot asks who knows a matter.
import { type ConversationId, faqDraft, type InboxId, usualBehaviour } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createFaq } from "../src/brain/index.ts";
import { shippedFlow } from "../src/brain/testing/shipped-flow.ts";
import { presentConversations, updateInbox } from "../src/conversations/index.ts";
import { createQueue, listQueues, setSkills, updateQueue } from "../src/routing/index.ts";
import { createTurns, type Turns } from "../src/turns/index.ts";
import { testDatabase } from "./database.ts";
import { type TestMember, type TestShop, testShop } from "./line.ts";
import { type TestServices, testServices } from "./services.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;
let owner: TestMember;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
  owner = await shop.member("店主", { role: "owner", isConnected: false });
});
afterEach(() => turns.stop());

async function say(text: string): Promise<ConversationId> {
  const id = await shop.write("wang", text);
  await turns.run(shop.ctx, id);
  services.clock.advance(10_000);
  await turns.sweep(services);
  return id;
}
async function useFlow(queue: string): Promise<void> {
  const own = shippedFlow("address-change").replaceAll(
    "kind: hand-over",
    `kind: hand-over\n    queue: ${queue}\n    skills: [尺码, 修鞋]`,
  );
  await database.asAdmin(
    `insert into tenant_flow (tenant_id, flow, is_on, yaml, tools, published, changed_at)
     values ($1, 'address-change', true, $2, 'demo', 1, now())`,
    [shop.tenantId, own],
  );
}
async function stateOf(id: ConversationId) {
  const [conversation] = await presentConversations(shop.ctx, [id]);
  return conversation;
}

test("a flow's hand-over carries its skills into its queue; one that nobody has is left out", async () => {
  const li = await shop.member("李");
  await setSkills(owner.ctx, li.userId, ["尺码"]);
  const queue = await createQueue(owner.ctx, {
    name: "售后",
    isForEveryone: true,
    memberIds: [],
    patienceSeconds: 60,
  });
  await useFlow("售后");
  await say("改地址");
  const conversation = await stateOf(await say("1003"));
  expect(conversation?.handler).toEqual({ kind: "queue", queueId: queue.id });
  expect(conversation?.handoff?.skills).toEqual({ wanted: ["尺码"], miss: null });
});

test("only the flow's queue has somebody at work: the customer is passed on and not told that nobody is there", async () => {
  const li = await shop.member("李");
  const away = await shop.member("王", { isConnected: false });
  const [usual] = await listQueues(shop.ctx);
  if (!usual) throw new Error("there is no default queue");
  await updateQueue(owner.ctx, usual.id, { isForEveryone: false, memberIds: [away.userId] });
  await createQueue(owner.ctx, {
    name: "售后",
    isForEveryone: false,
    memberIds: [li.userId],
    patienceSeconds: 60,
  });
  await useFlow("售后");
  await say("改地址");
  expect((await stateOf(await say("1003")))?.handoff).toMatchObject({ reason: "no-answer" });
});

test("a question goes to whoever knows its matter: by the FAQ's category or tags, by its own words; else to all", async () => {
  const behaviour = { ...usualBehaviour, askColleague: { isOn: true, minutes: 15 } };
  await updateInbox(shop.ctx, shop.inbox.id as InboxId, { version: shop.inbox.version, behaviour });
  const li = await shop.member("李");
  const wang = await shop.member("王");
  await setSkills(owner.ctx, li.userId, ["仓库"]);
  await setSkills(owner.ctx, wang.userId, ["宠物"]);
  const answer = "下单后 {{发货时间}} 内发货。";
  const faq = faqDraft.parse({ question: "多久发货", answer, slug: "shipping", category: "仓库" });
  await createFaq(shop.ctx, faq);
  const askedOf = async (who: string, text: string) => {
    const id = await shop.write(who, text);
    await turns.run(shop.ctx, id);
    services.clock.advance(10_000);
    await turns.sweep(services);
    const [row] = await database.asAdmin<{ asked: string[] }>(
      "select asked_user_ids as asked from colleague_question where conversation_id = $1",
      [id],
    );
    return row?.asked.toSorted();
  };
  expect(await askedOf("a", "多久发货")).toEqual([li.userId]);
  expect(await askedOf("b", "门店可以带宠物进去吗")).toEqual([wang.userId]);
  expect(await askedOf("c", "你们的门店有停车位吗")).toEqual([li.userId, wang.userId].toSorted());
});
