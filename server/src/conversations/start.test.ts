// What the record does by itself, with two servers on one database: what one changes, the other no longer remembers
// wrongly; the index is kept; jobs are known.
import { afterAll, expect, test } from "vitest";
import { startServices, testServices } from "../../test/services.ts";
import { makeCtx, type Services } from "../platform/context.ts";
import { getInbox } from "./inboxes/inbox-cache.ts";
import { updateInbox } from "./inboxes/manage-inboxes.ts";
import { presentMessages } from "./present-messages.ts";
import { receiveMessage } from "./receive-message.ts";
import { recordDelivery } from "./record-delivery.ts";
import { searchRecord } from "./search/search-record.ts";
import { sendMessage } from "./send-message.ts";
import { startConversations } from "./start.ts";
import { openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
const realClock = { now: () => new Date(), nowMs: () => Date.now() };

async function server(): Promise<Services> {
  const services = await testServices(desk.database, {
    clock: realClock,
    isShared: true,
    leaseTtlMs: 1_000,
    tickMs: 200,
    ownConnections: true,
  });
  startConversations(services);
  await startServices(services);
  afterAll(() => services.outbox.stop());
  return services;
}

/** Asks again until it is so; fails after three seconds. */
async function becomes(isSo: () => Promise<boolean>): Promise<void> {
  const startedMs = performance.now();
  while (!(await isSo())) {
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function asOwner(services: Services, shop: Shop) {
  return makeCtx(services, { tenantId: shop.tenantId, actor: shop.owner.actor });
}

test("a change on one server reaches what another has in memory", async () => {
  const shop = await desk.shop();
  const [here, there] = [asOwner(await server(), shop), asOwner(await server(), shop)];
  expect((await getInbox(there, shop.web))?.name).toBe("Test web");
  await updateInbox(here, shop.web, { version: 1, name: "官网" });
  await becomes(async () => (await getInbox(there, shop.web))?.name === "官网");

  const line = shop.line("水晶吊坠多少钱", { inboxId: shop.api, at: realClock.now() });
  const { conversationId } = await recorded(receiveMessage(here, line));
  const sent = await sendMessage(there, { conversationId, content: { kind: "text", text: "水晶的一百" } });
  const ref = { conversationId, seq: sent.seq };
  expect((await presentMessages(there, [ref]))[0]?.delivery.status).toBe("queued");
  await recordDelivery(here, { messageId: sent.id, status: "delivered" });
  await becomes(async () => (await presentMessages(there, [ref]))[0]?.delivery.status === "delivered");

  // one of the two keeps the index, whoever wrote the line
  await becomes(async () => (await searchRecord(here, "水晶", 5)).hits.length === 2);
});
