// A contact's life in the record: corrected, shown masked, revealed with a trace, exported whole, erased for good.
import type { ContactId, MediaId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { newId } from "../../platform/ids.ts";
import { addNote } from "../add-note.ts";
import { markRead, recordContactRead } from "../mark-read.ts";
import { receiveMessage } from "../receive-message.ts";
import { recordRating } from "../record-rating.ts";
import { searchSubscriber } from "../search/index-messages.ts";
import { searchRecord } from "../search/search-record.ts";
import { sendMessage } from "../send-message.ts";
import { codeOf, openDesk, recorded, type Shop } from "../testing/desk.ts";
import { indexAll } from "../testing/index-all.ts";
import { eraseContact } from "./erase-contact.ts";
import { exportContact } from "./export-contact.ts";
import { getContact, revealContact } from "./get-contact.ts";
import { updateContact } from "./update-contact.ts";

const desk = await openDesk();

async function auditOf(shop: Shop) {
  const rows = await desk.database.asAdmin<{
    payload: { action: string; subjectId: string; actorId: string };
  }>("select payload from outbox_event where tenant_id = $1 and kind = 'audit-requested' order by seq", [
    shop.tenantId,
  ]);
  return rows.map(({ payload }) => payload);
}

async function known(shop: Shop): Promise<ContactId> {
  const { contactId } = await recorded(shop.say(newId<string>(), "hello"));
  await updateContact(shop.owner, contactId, {
    name: "李雷",
    phone: "138 1234 5678",
    email: "Li.Lei@Example.com",
    notes: "爱喝龙井",
    tags: ["vip", "vip"],
    version: 1,
  });
  return contactId;
}

describe("updating", () => {
  test("keeps numbers in one spelling and shows them masked; revealing is written down", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    const contactId = await known(shop);
    expect(await getContact(agent, contactId)).toMatchObject({
      name: "李雷",
      isNamed: true,
      phoneMasked: "138****5678",
      emailMasked: "l***@example.com",
      notes: "爱喝龙井",
      tags: ["vip"],
      version: 2,
    });
    expect(await revealContact(agent, contactId)).toEqual({
      phone: "+8613812345678",
      email: "li.lei@example.com",
    });
    expect((await auditOf(shop)).at(-1)).toMatchObject({
      action: "contact-revealed",
      subjectId: contactId,
      actorId: agent.userId,
    });
  });

  test("a second author with an old version is told, and nothing is lost", async () => {
    const shop = await desk.shop();
    const contactId = await known(shop);
    expect(await codeOf(updateContact(shop.owner, contactId, { notes: "other", version: 1 }))).toBe(
      "request/conflict",
    );
    expect((await getContact(shop.owner, contactId)).notes).toBe("爱喝龙井");
    const after = await updateContact(shop.owner, contactId, {
      phone: null,
      email: null,
      notes: "",
      version: 2,
    });
    expect(after).toMatchObject({ phoneMasked: null, emailMasked: null, notes: "", version: 3 });
  });

  test.each(["abc", "12", "123456789012345678"])("%s is no telephone number", async (phone) => {
    const shop = await desk.shop();
    const { contactId } = await recorded(shop.say("v", "hi"));
    expect(await codeOf(updateContact(shop.owner, contactId, { phone, version: 1 }))).toBe("request/invalid");
  });

  test("is for those who may, and only in their own shop", async () => {
    const [shop, other] = [await desk.shop(), await desk.shop()];
    const contactId = await known(shop);
    expect(await codeOf(updateContact(await shop.agent("viewer"), contactId, { version: 2 }))).toBe(
      "auth/not-allowed",
    );
    for (const attempt of [getContact, revealContact, exportContact, eraseContact])
      expect(await codeOf(attempt(other.owner, contactId))).toBe("contact/not-found");
    expect(await codeOf(eraseContact(await shop.agent(), contactId))).toBe("auth/not-allowed");
  });
});

/** A contact with everything that can hang on one. */
async function full(shop: Shop) {
  const visitor = newId<string>();
  const mediaId = newId<MediaId>();
  const { contactId, conversationId } = await recorded(
    shop.say(visitor, "我的龙井茶坏了", { contactName: "李雷" }),
  );
  await receiveMessage(
    shop.system,
    shop.line(
      { kind: "image", mediaId, name: "坏了.jpg", type: "image/jpeg", sizeBytes: 9 },
      { externalContactId: visitor },
    ),
  );
  const agent = await shop.agent();
  await sendMessage(agent, { conversationId, content: { kind: "text", text: "马上给您换" } });
  await addNote(agent, { conversationId, clientMessageId: newId(), text: "老客户" });
  await recordRating(shop.system, { conversationId, score: 4, comment: "快" });
  await markRead(agent, conversationId, 3);
  await recordContactRead(shop.system, conversationId, 2);
  return { visitor, contactId, conversationId, mediaId };
}

test("the export holds everything that was said and known, in clear", async () => {
  const shop = await desk.shop();
  const { contactId, visitor } = await full(shop);
  const exported = JSON.parse(await exportContact(shop.owner, contactId));
  expect(exported).toMatchObject({
    contact: { name: "李雷" },
    identities: [{ channel: "web", externalId: visitor }],
    conversations: [{ number: 1, rating: 4, ratingComment: "快" }],
  });
  const { messages } = exported.conversations[0];
  expect(messages.map(({ kind }: { kind: string }) => kind)).toEqual([
    "inbound",
    "inbound",
    "event",
    "outbound",
    "note",
  ]);
  expect(messages[0].content.text).toBe("我的龙井茶坏了");
  expect((await auditOf(shop)).at(-1)).toMatchObject({ action: "contact-exported", subjectId: contactId });
});

test("erasing leaves no row of the contact anywhere, takes the files along, and touches nobody else", async () => {
  const shop = await desk.shop();
  const { contactId, conversationId, mediaId, visitor } = await full(shop);
  const other = await full(shop);
  await indexAll(desk, shop);
  expect((await searchRecord(shop.owner, "龙井", 20)).hits).toHaveLength(2);

  await eraseContact(shop.owner, contactId);

  const left = await desk.database.asAdmin<{ name: string }>(
    `select name from (
       select 'contact' as name, id::text as key from contact union all select 'identity', contact_id::text from identity
       union all select 'conversation', id::text from conversation union all select 'message', conversation_id::text from message
       union all select 'message_search', conversation_id::text from message_search
       union all select 'read_mark', conversation_id::text from read_mark) rows where key in ($1, $2)`,
    [contactId, conversationId],
  );
  expect(left).toEqual([]);
  expect((await searchRecord(shop.owner, "龙井", 20)).hits).toHaveLength(1);
  expect((await getContact(shop.owner, other.contactId)).name).toBe("李雷");
  const jobs = await desk.database.asAdmin<{ data: { payload: { mediaIds: string } } }>(
    "select data from yingda_jobs.job where data->>'job' = 'remove-media'",
  );
  expect(jobs.map(({ data }) => data.payload.mediaIds)).toEqual([mediaId]);
  // who comes back is a stranger
  const again = await recorded(shop.say(visitor, "hello again"));
  expect(again).toMatchObject({ isNewConversation: true });
  expect(again.contactId).not.toBe(contactId);
});

test("lines that arrive while their contact is erased are either gone with them or a stranger's", async () => {
  const shop = await desk.shop();
  const visitor = newId<string>();
  const { contactId } = await recorded(shop.say(visitor, "first"));
  const results = await Promise.allSettled([
    ...Array.from({ length: 6 }, (_, n) => shop.say(visitor, `line ${n}`)),
    eraseContact(shop.owner, contactId),
    ...Array.from({ length: 6 }, (_, n) => shop.say(visitor, `later ${n}`)),
  ]);
  expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
  expect(await codeOf(getContact(shop.owner, contactId))).toBe("contact/not-found");
});

test("a message erased before its turn in the index leaves no search row", async () => {
  const shop = await desk.shop();
  const { contactId, conversationId, messageId } = await recorded(shop.say("v", "秘密"));
  await eraseContact(shop.owner, contactId);
  const event = {
    id: newId<string>(),
    tenantId: shop.tenantId,
    kind: "message-received" as const,
    aggregateId: conversationId,
    seq: 1,
    at: desk.clock.now(),
    payload: { conversationId, messageId, seq: 1, inboxId: shop.web, isNewConversation: true, version: 1 },
    message: {
      id: messageId,
      conversationId,
      seq: 1,
      kind: "inbound" as const,
      author: { kind: "contact" as const, id: null, name: null },
      content: { kind: "text" as const, text: "秘密" },
      clientMessageId: null,
      delivery: { status: "sent" as const, reason: null },
      hasTrace: false,
      createdAt: desk.clock.now().toISOString(),
    },
  };
  const done = Object.assign(async () => undefined, { positions: [], written: () => undefined });
  await searchSubscriber.batch?.handleMany(shop.system, [event], done);
  const rows = await desk.database.asAdmin("select 1 from message_search where message_id = $1", [messageId]);
  expect(rows).toEqual([]);
});
