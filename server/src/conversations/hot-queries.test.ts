// The queries of the hot paths, as the app role and under row-level security, never read a large table from end to
// end. The statements inside the SQL functions are the same ones, planned apart.
import { conversationLists } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { explainAsApp } from "../../test/explain.ts";
import { newId } from "../platform/ids.ts";
import { readConversationStatement } from "./conversation-store.ts";
import { listStatement } from "./list-conversations.ts";
import { countStatement } from "./list-counts.ts";
import { turnStatement } from "./load-turn-material.ts";
import { readMessagesStatement, readThreadStatement, readVisitorThreadStatement } from "./message-store.ts";
import { presentStatement, readMarksStatement } from "./present-conversation.ts";
import { findStatement, headStatement } from "./present-for-visitor.ts";
import { openDesk } from "./testing/desk.ts";

const desk = await openDesk();
const { tenantId } = await desk.shop();
const id = newId<string>();
const hash = Buffer.alloc(32);
const at = new Date();

const statements: [string, string, unknown[]][] = [
  ["one conversation", readConversationStatement.text, [tenantId, id]],
  ["a thread", readThreadStatement.text, [tenantId, id, 100, 51]],
  ["a visitor's thread", readVisitorThreadStatement.text, [tenantId, id, 100, 0, 51]],
  ["messages by seq", readMessagesStatement.text, [tenantId, [id], [1]]],
  ["conversations for realtime", presentStatement.text, [tenantId, [id], id]],
  ["read marks", readMarksStatement.text, [tenantId, [id], [id]]],
  ["a visitor's head", headStatement.text, [tenantId, id]],
  ["a visitor's conversation", findStatement.text, [tenantId, id, hash]],
  ["what a turn needs", turnStatement.text, [tenantId, id]],
  [
    "receive: the identity",
    "select i.id from identity i join contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id where i.tenant_id = $1 and i.inbox_id = $2 and i.external_hash = $3",
    [tenantId, id, hash],
  ],
  [
    "receive: a duplicate by external id",
    "select m.id from message m where m.tenant_id = $1 and m.inbox_id = $2 and m.external_id = $3",
    [tenantId, id, "x"],
  ],
  [
    "receive: a duplicate by client id",
    "select m.id from (select c.id from conversation c where c.tenant_id = $1 and c.identity_id = $2 order by c.created_at desc limit 3) n join message m on m.tenant_id = $1 and m.conversation_id = n.id and m.client_message_id = $3",
    [tenantId, id, "x"],
  ],
  [
    "receive: the newest conversation",
    "select c.id from conversation c where c.tenant_id = $1 and c.identity_id = $2 order by c.created_at desc limit 1 for no key update",
    [tenantId, id],
  ],
  [
    "delivery: by external id",
    "select m.id from message m where m.tenant_id = $1 and m.inbox_id = $2 and m.external_id = $3",
    [tenantId, id, "x"],
  ],
  [
    "delivery: by id",
    "select m.seq from message m where m.tenant_id = $1 and m.id = $2 and m.kind = 'outbound' for no key update",
    [tenantId, id],
  ],
  [
    "contacts by telephone",
    "select id from contact where tenant_id = $1 and phone_hash = $2",
    [tenantId, hash],
  ],
  [
    "contacts by last four",
    "select id from contact where tenant_id = $1 and phone_last4_hash = $2",
    [tenantId, hash],
  ],
  ["contacts by e-mail", "select id from contact where tenant_id = $1 and email_hash = $2", [tenantId, hash]],
  [
    "a contact's conversations",
    "select c.id from conversation c where c.tenant_id = $1 and c.contact_id = $2 order by c.created_at desc limit 20",
    [tenantId, id],
  ],
  [
    "tags in use",
    "select c.tags from conversation c where c.tenant_id = $1 and c.tags <> '{}' order by c.created_at desc limit 5000",
    [tenantId],
  ],
  [
    "due snoozes of all tenants",
    "select c.id from conversation c where c.status = 'snoozed' and c.snoozed_until_at <= $1 order by c.snoozed_until_at limit 500",
    [at],
  ],
];

describe("no large table is read whole", () => {
  test.each(statements)("%s", async (_name, text, values) => {
    const { readsWhole, plan } = await explainAsApp(desk.services.db, tenantId, text, values);
    expect(readsWhole, plan).toEqual([]);
  });

  test.each(conversationLists.flatMap((list) => [{ list }, { list, after: "x" }]))(
    "tab %o",
    async (query) => {
      const values = [tenantId, id, 51, ...("after" in query ? [at, id] : [])];
      const { readsWhole, plan } = await explainAsApp(
        desk.services.db,
        tenantId,
        listStatement(query).text,
        values,
      );
      expect(readsWhole, plan).toEqual([]);
    },
  );

  // everything open is looked at, so it must be the small indexes of what is open and nothing else
  test("counts", async () => {
    const { plan } = await explainAsApp(desk.services.db, tenantId, countStatement.text, [tenantId]);
    const indexes = [...plan.matchAll(/"Index Name": "(\w+)"/g)].map(([, name]) => name);
    expect(indexes.length).toBeGreaterThan(0);
    for (const name of indexes) expect(["conversation_by_handler", "conversation_queued"]).toContain(name);
    expect(plan).not.toContain("Seq Scan");
  });
});
