// What the record does by the clock, and the small things beside conversations: snoozing, retention, quick replies.
import type { QueueId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { accessConversation } from "./access.ts";
import { applyRetention, applyRetentions } from "./apply-retention.ts";
import { applyTransition } from "./apply-transition.ts";
import {
  bringCannedReplies,
  createCannedReply,
  deleteCannedReply,
  listCannedReplies,
  updateCannedReply,
} from "./canned-replies.ts";
import { markDemoContacts, removeDemoRecord } from "./contacts/demo-contacts.ts";
import { getContact } from "./contacts/get-contact.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { searchRecord } from "./search/search-record.ts";
import { sendMessage } from "./send-message.ts";
import { snoozeConversation, wakeSnoozed } from "./snooze-conversation.ts";
import { codeOf, openDesk, recorded } from "./testing/desk.ts";
import { indexAll } from "./testing/index-all.ts";

const desk = await openDesk();
const hourMs = 3_600_000;
const dayMs = 86_400_000;

describe("snoozing", () => {
  test("wakes at its time, not before, once, for whoever has it", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const { conversationId } = await recorded(shop.say("v", "hi"));
    await sendMessage(agent, { conversationId, content: { kind: "text", text: "later" } });
    await snoozeConversation(agent, conversationId, new Date(desk.clock.nowMs() + hourMs));
    desk.clock.advance(hourMs - 1);
    await wakeSnoozed(desk.services);
    expect((await accessConversation(agent, conversationId)).status).toBe("snoozed");
    desk.clock.advance(1);
    const woken = await Promise.all([wakeSnoozed(desk.services), wakeSnoozed(desk.services)]);
    expect(woken.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await accessConversation(agent, conversationId)).toMatchObject({
      status: "open",
      handler: { kind: "agent", agentId: agent.userId },
    });
  });

  test("is refused for times that are none and for who waits for a person", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const { conversationId } = await recorded(shop.say("v", "hi"));
    const until = (ms: number) => new Date(desk.clock.nowMs() + ms);
    expect(await codeOf(snoozeConversation(agent, conversationId, until(0)))).toBe("request/invalid");
    expect(await codeOf(snoozeConversation(agent, conversationId, until(500 * dayMs)))).toBe(
      "request/invalid",
    );
    await transact(agent, (tx) =>
      applyTransition(agent, tx, conversationId, {
        kind: "handoff",
        queueId: newId<QueueId>(),
        reason: "held",
        at: desk.clock.now(),
      }),
    );
    expect(await codeOf(snoozeConversation(agent, conversationId, until(hourMs)))).toBe(
      "conversation/transition-refused",
    );
    await resolveConversation(agent, conversationId, "solved");
    expect(await codeOf(snoozeConversation(agent, conversationId, until(hourMs)))).toBe(
      "conversation/resolved",
    );
    expect(await codeOf(resolveConversation(agent, conversationId, "solved"))).toBe("conversation/resolved");
  });
});

describe("retention", () => {
  test("takes what is older, with its search rows and lonely contacts, and leaves the rest", async () => {
    const [shop, other] = [await desk.shop(), await desk.shop()];
    const resolved = await recorded(shop.say("old", "龙井 one"));
    await resolveConversation(shop.owner, resolved.conversationId, "solved");
    const forgotten = await recorded(shop.say("forgotten", "龙井 two"));
    const theirs = await recorded(other.say("old", "龙井 theirs"));
    const returning = await recorded(shop.say("returns", "龙井 three"));
    await resolveConversation(shop.owner, returning.conversationId, "solved");
    desk.clock.advance(31 * dayMs);
    const later = await recorded(shop.say("returns", "龙井 four", { reopenWindowMs: 0 }));
    const fresh = await recorded(shop.say("new", "龙井 five"));
    await indexAll(desk, shop);
    expect(await applyRetention(shop.system, 30)).toEqual({ conversations: 3, contacts: 2 });
    for (const { conversationId } of [resolved, forgotten, returning])
      expect(await codeOf(accessConversation(shop.owner, conversationId))).toBe("conversation/not-found");
    for (const { contactId } of [resolved, forgotten])
      expect(await codeOf(getContact(shop.owner, contactId))).toBe("contact/not-found");
    expect((await getContact(shop.owner, later.contactId)).id).toBe(returning.contactId);
    expect((await accessConversation(shop.owner, fresh.conversationId)).status).toBe("open");
    expect((await accessConversation(other.owner, theirs.conversationId)).status).toBe("open");
    const { hits } = await searchRecord(shop.owner, "龙井", 20);
    expect(hits.map(({ conversation }) => conversation.id)).toEqual([
      fresh.conversationId,
      later.conversationId,
    ]);
    expect(await applyRetention(shop.system, 30)).toEqual({ conversations: 0, contacts: 0 });
  });

  test("the nightly job goes by each shop's own setting", async () => {
    const [keeps, forgets] = [await desk.shop(), await desk.shop()];
    await desk.database.asAdmin("update tenant set retention_days = 30 where tenant_id = $1", [
      forgets.tenantId,
    ]);
    const kept = await recorded(keeps.say("v", "hi"));
    const gone = await recorded(forgets.say("v", "hi"));
    desk.clock.advance(31 * dayMs);
    await applyRetentions(desk.services);
    expect((await accessConversation(keeps.owner, kept.conversationId)).status).toBe("open");
    expect(await codeOf(accessConversation(forgets.owner, gone.conversationId))).toBe(
      "conversation/not-found",
    );
  });

  test("more than one batch", async () => {
    const shop = await desk.shop();
    for (let n = 0; n < 45; n += 1) await shop.say(`v${n}`, "hi");
    desk.clock.advance(31 * dayMs);
    expect(await applyRetention(shop.system, 30)).toEqual({ conversations: 45, contacts: 45 });
  });
});

test("quick replies: shared ones are everybody's, own ones are one's own", async () => {
  const [shop, other] = [await desk.shop(), await desk.shop()];
  const [wei, mei] = [await shop.agent(), await shop.agent()];
  const draft = { title: "问候", shortcut: "hi", text: "您好！", isShared: true };
  const shared = await createCannedReply(wei, draft);
  const own = await createCannedReply(wei, { ...draft, title: "我的\0\ud800", isShared: false });
  expect(own).toMatchObject({ title: "我的\ufffd", isShared: false, usedCount: 0 });
  const idsOf = async (ctx: typeof wei) => (await listCannedReplies(ctx)).map(({ id }) => id).sort();
  expect(await idsOf(wei)).toEqual([shared.id, own.id].sort());
  expect(await idsOf(mei)).toEqual([shared.id]);
  expect(await listCannedReplies(other.owner)).toEqual([]);
  expect(await codeOf(updateCannedReply(mei, own.id, draft))).toBe("request/not-found");
  expect(await codeOf(deleteCannedReply(mei, own.id))).toBe("request/not-found");
  expect(await updateCannedReply(mei, shared.id, { ...draft, text: "欢迎！" })).toMatchObject({
    text: "欢迎！",
  });
  await deleteCannedReply(wei, own.id);
  expect(await idsOf(wei)).toEqual([shared.id]);
  expect(await codeOf(createCannedReply(await shop.agent("viewer"), draft))).toBe("auth/not-allowed");
});

test("the demo's contacts, conversations and quick replies leave together; others stay", async () => {
  const shop = await desk.shop();
  const demo = await recorded(shop.say("demo", "样例"));
  const real = await recorded(shop.say("real", "真的"));
  await markDemoContacts(shop.system, [demo.contactId]);
  const draft = { title: "问候", shortcut: "", text: "您好", isShared: true };
  await bringCannedReplies(shop.owner, [draft], true);
  const own = await createCannedReply(shop.owner, draft);
  await removeDemoRecord(shop.system);
  expect(await codeOf(accessConversation(shop.owner, demo.conversationId))).toBe("conversation/not-found");
  expect((await accessConversation(shop.owner, real.conversationId)).status).toBe("open");
  expect((await listCannedReplies(shop.owner)).map(({ id }) => id)).toEqual([own.id]);
});
