// A flow across several turns on a real database, with the real brain: its state is sealed and kept, lookups are made, and
// a person takes over with what was gathered.
import type { ConversationId } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { switchFlow } from "../brain/index.ts";
import { shippedFlow } from "../brain/testing/shipped-flow.ts";
import { getThread, presentConversations } from "../conversations/index.ts";
import { newId } from "../platform/ids.ts";
import { createTurns, type Turns } from "./index.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
});
afterEach(() => turns.stop());

async function botLines(id: ConversationId): Promise<string[]> {
  const { messages } = await getThread(shop.ctx, id, {});
  return messages.flatMap(({ author, content }) =>
    author.kind === "bot" && content.kind !== "notice" ? [textOf(content)] : [],
  );
}
/** Free words may be followed by more: their turn waits for the quiet window. */
async function say(text: string): Promise<ConversationId> {
  const id = await shop.write("wang", text);
  await turns.run(shop.ctx, id);
  services.clock.advance(10_000);
  await turns.sweep(services);
  return id;
}

test("a flow is kept between turns, and by another process as well", async () => {
  await switchFlow(shop.ctx, "parcel-tracking", true, "demo");
  const id = await say("查快递");
  expect((await botLines(id)).at(-1)).toContain("请发我快递单号");
  const [row] = await database.asAdmin<{ state: Buffer | null }>(
    "select sealed_flow_state as state from turn_state where conversation_id = $1",
    [id],
  );
  expect(row?.state?.toString("utf8")).not.toContain("parcel-tracking"); // sealed
  await turns.stop();
  turns = createTurns(); // remembers nothing
  await say("没有");
  expect((await botLines(id)).at(-1)).toContain("请告诉我订单号");
  await say("1001");
  expect((await botLines(id)).join("\n")).toContain("杭州转运中心");
});

test("what the customer confirmed is in the queue, with everything that was gathered", async () => {
  await switchFlow(shop.ctx, "leave-contact", true);
  const lines = ["留个电话", "问外套尺码", "王女士", "13800000101", "可以", "可以"];
  let id: ConversationId | undefined;
  for (const line of lines) id = await say(line);
  if (id === undefined) throw new Error("nothing was said");
  const [conversation] = await presentConversations(shop.ctx, [id]);
  expect(conversation).toMatchObject({ handler: { kind: "queue" }, handoff: { reason: "held" } });
  for (const part of ["请办理：保存客户留的联系方式", "需求：问外套尺码", "电话：13800000101"])
    expect(conversation?.handoff?.summary).toContain(part);
});

test("a hand-over goes into the queue that the flow names, and into the usual one where there is none of that name", async () => {
  const own = shippedFlow("address-change").replaceAll(
    "kind: hand-over",
    "kind: hand-over\n    queue: 仓库组",
  );
  for (const hasQueue of [true, false]) {
    shop = await testShop(services, database);
    const queueId = newId<string>();
    if (hasQueue)
      await database.asAdmin(
        "insert into queue (tenant_id, id, name, created_at) values ($1, $2, '仓库组', now())",
        [shop.tenantId, queueId],
      );
    await database.asAdmin(
      `insert into tenant_flow (tenant_id, flow, is_on, yaml, tools, published, changed_at)
       values ($1, 'address-change', true, $2, 'demo', 1, now())`,
      [shop.tenantId, own],
    );
    await say("改地址");
    const id = await say("1003");
    const [conversation] = await presentConversations(shop.ctx, [id]);
    expect(conversation?.handoff?.summary).toContain("客户想改地址");
    expect(conversation?.handler).toMatchObject({ kind: "queue" });
    const [entry] = await database.asAdmin<{ queue_id: string }>(
      "select queue_id from queue_entry where conversation_id = $1",
      [id],
    );
    expect(entry?.queue_id === queueId).toBe(hasQueue);
  }
});
