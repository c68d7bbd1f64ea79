// History that is imported reads as if it had been recorded here, and wakes nobody.
import type { QueueId, UserId } from "@yingda/contract";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { eraseContact } from "./contacts/erase-contact.ts";
import { getContact } from "./contacts/get-contact.ts";
import { type HistoricContact, importHistory } from "./import-history.ts";
import { listConversations } from "./list-conversations.ts";
import { presentConversations } from "./present-conversation.ts";
import { getThread } from "./present-messages.ts";
import type { HistoricConversation, HistoricStep } from "./replay-history.ts";
import { searchRecord } from "./search/search-record.ts";
import { sendMessage } from "./send-message.ts";
import { type Desk, openDesk, recorded, type Shop } from "./testing/desk.ts";

let desk: Desk;
let shop: Shop;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  shop = await desk.shop();
});

const hourMs = 3_600_000;
const ago = (hours: number) => new Date(desk.clock.nowMs() - hours * hourMs);
const says = (hours: number, text: string): HistoricStep => ({
  kind: "inbound",
  at: ago(hours),
  content: { kind: "text", text },
});
const answers = (hours: number, text: string): HistoricStep => ({
  kind: "bot-answer",
  at: ago(hours),
  name: "助手",
  content: { kind: "text", text },
});

function contact(
  conversations: HistoricConversation[],
  change: Partial<HistoricContact> = {},
): HistoricContact {
  return {
    externalId: newId<string>(),
    name: "钱多多",
    phone: "138 0013 8000",
    email: "Qian@Mail.example",
    notes: "老顾客",
    tags: ["vip"],
    language: "zh-CN",
    context: { product: "围巾" },
    conversations,
    seenAt: ago(1),
    ...change,
  };
}

const past = (...steps: HistoricStep[]): HistoricConversation => ({ steps, tags: ["旧事"], rating: null });

describe("imported history", () => {
  test("is listed, read and found like any other", async () => {
    const rated = {
      ...past(says(50, "围巾起球吗"), answers(49.9, "不起球"), {
        kind: "change",
        at: ago(49),
        event: { kind: "resolve", disposition: "solved", by: "bot", at: ago(49) },
      }),
      rating: { score: 4, comment: "还行", at: ago(48) },
    };
    const open = past(says(3, "还有货吗"), answers(2.9, "有的"), says(2, "要两条"));
    const imported = await importHistory(shop.system, {
      inboxId: shop.web,
      isDemo: false,
      contacts: [contact([rated, open])],
    });
    expect(imported.map(({ facts }) => facts.status)).toEqual(["resolved", "open"]);
    const [one, two] = await presentConversations(
      shop.owner,
      imported.map(({ conversationId }) => conversationId),
    );
    const byId = new Map([one, two].map((conversation) => [conversation?.id, conversation]));
    expect(byId.get(imported[0]?.conversationId)).toMatchObject({
      number: 1,
      status: "resolved",
      origin: "contact",
      rating: { score: 4, comment: "还行" },
      tags: ["旧事"],
      disposition: "solved",
    });
    expect(byId.get(imported[1]?.conversationId)).toMatchObject({
      number: 2,
      status: "open",
      handler: { kind: "bot" },
      lastMessage: { preview: "要两条", authorKind: "contact", at: ago(2).toISOString() },
      waitingSinceAt: ago(2).toISOString(),
    });
    const list = await listConversations(shop.owner, { list: "resolved" });
    expect(list.conversations.map(({ id }) => id)).toEqual([imported[0]?.conversationId]);
    const thread = await getThread(shop.owner, imported[0]?.conversationId as never);
    expect(thread.messages.map(({ kind, createdAt }) => [kind, createdAt])).toEqual([
      ["inbound", ago(50).toISOString()],
      ["outbound", ago(49.9).toISOString()],
      ["event", ago(49).toISOString()],
    ]);
    expect(
      (await searchRecord(shop.owner, "起球吗", 10)).hits.map(({ conversation }) => conversation.id),
    ).toEqual([imported[0]?.conversationId]);
    for (const words of ["钱多", "13800138000", "8000", "qian@mail.example"])
      expect((await searchRecord(shop.owner, words, 10)).contacts.map(({ name }) => name)).toEqual([
        "钱多多",
      ]);
    const person = await getContact(shop.owner, imported[0]?.contactId as never);
    expect(person).toMatchObject({
      phoneMasked: "138****8000",
      notes: "老顾客",
      context: { product: "围巾" },
      firstSeenAt: ago(50).toISOString(),
      lastSeenAt: ago(2).toISOString(),
    });
  });

  test("tells the workbench, and nobody who would act on it", async () => {
    const queueId = newId<QueueId>();
    const imported = await importHistory(shop.system, {
      inboxId: shop.web,
      isDemo: true,
      contacts: [
        contact([
          past(says(3, "转人工"), {
            kind: "change",
            at: ago(2.9),
            event: { kind: "handoff", queueId, reason: "complaint", at: ago(2.9) },
            summary: "要投诉",
          }),
        ]),
      ],
    });
    const events = await desk.database.asAdmin<{ kind: string }>(
      "select distinct kind from outbox_event where aggregate_id = $1",
      [imported[0]?.conversationId],
    );
    expect(events).toEqual([{ kind: "conversation-changed" }]);
    const [shown] = await presentConversations(
      shop.owner,
      imported.map(({ conversationId }) => conversationId),
    );
    expect(shown).toMatchObject({
      origin: "demo",
      handler: { kind: "queue", queueId },
      handoff: { reason: "complaint", summary: "要投诉" },
    });
  });

  test("goes on: the same visitor's next line and an agent's reply land in it", async () => {
    const externalId = newId<string>();
    const [imported] = await importHistory(shop.system, {
      inboxId: shop.web,
      isDemo: false,
      contacts: [contact([past(says(2, "在吗"), answers(1.9, "在的"))], { externalId })],
    });
    const next = await recorded(shop.say(externalId, "那我拍了"));
    expect(next).toMatchObject({
      conversationId: imported?.conversationId,
      contactId: imported?.contactId,
      seq: 3,
      isNewConversation: false,
    });
    const agent = await shop.agent();
    const reply = await sendMessage(agent, {
      conversationId: next.conversationId,
      content: { kind: "text", text: "好的" },
      clientMessageId: newId<string>(),
    });
    expect(reply).toMatchObject({ seq: 5 });
    const fresh = await recorded(shop.say(newId<string>(), "新来的"));
    const [shown] = await presentConversations(shop.owner, [fresh.conversationId]);
    expect(shown?.number).toBe(2);
  });

  test("a history that the rules do not allow is refused whole", async () => {
    const wrong = past(says(2, "在吗"), { kind: "change", at: ago(1), event: { kind: "wake" } });
    const fine = past(says(2, "在吗"));
    await expect(
      importHistory(shop.system, {
        inboxId: shop.web,
        isDemo: false,
        contacts: [contact([fine]), contact([wrong])],
      }),
    ).rejects.toThrow("history refused: wake");
    await expect(
      importHistory(shop.system, {
        inboxId: shop.web,
        isDemo: false,
        contacts: [contact([past(answers(1, "谁"))])],
      }),
    ).rejects.toThrow("begins with what the contact said");
    expect((await listConversations(shop.owner, { list: "open" })).conversations).toEqual([]);
  });

  test("what comes along fails: nothing is written", async () => {
    const history = { inboxId: shop.web, isDemo: false, contacts: [contact([past(says(2, "在吗"))])] };
    await expect(
      importHistory(shop.system, history, async () => Promise.reject(new Error("no"))),
    ).rejects.toThrow("no");
    expect((await listConversations(shop.owner, { list: "open" })).conversations).toEqual([]);
  });

  test("an agent who joined, a note, and its erasure", async () => {
    const agentId = newId<UserId>();
    const steps: HistoricStep[] = [
      says(5, "我要退货"),
      { kind: "agent-answer", at: ago(4), agentId, name: "林晓", content: { kind: "text", text: "好的亲" } },
      { kind: "note", at: ago(3.9), agentId, name: "林晓", text: "同批次问题" },
      says(3, "寄回了"),
    ];
    const [imported] = await importHistory(shop.system, {
      inboxId: shop.web,
      isDemo: false,
      contacts: [contact([past(...steps)])],
    });
    const { messages } = await getThread(shop.owner, imported?.conversationId as never);
    expect(
      messages.map(({ kind, author, content }) => [
        kind,
        author.name,
        content.kind === "notice" ? content.code : "text",
      ]),
    ).toEqual([
      ["inbound", null, "text"],
      ["event", null, "agent-joined"],
      ["outbound", "林晓", "text"],
      ["note", "林晓", "text"],
      ["inbound", null, "text"],
    ]);
    await eraseContact(shop.owner, imported?.contactId as never);
    const left = await transact(shop.system, (tx) =>
      tx.one<{ n: number }>(
        "select (select count(*) from message)::int + (select count(*) from message_search)::int as n",
      ),
    );
    expect(left.n).toBe(0);
  });
});
