// The queries that every line, turn, delivery and visitor costs, as the planner sees them at a size where it matters: none may
// read a large table from end to end.
import type { ConversationId, InboxId, MessageId, UserId } from "@yingda/contract";
import { expect, test } from "vitest";
import { firstAttempt, putAttempt } from "../src/channels/delivery-store.ts";
import { markSeen, wasSeen } from "../src/channels/hook-store.ts";
import { findVisitor, isOwnUpload, rotateToken } from "../src/channels/web/visitor-store.ts";
import type { Tx } from "../src/platform/db/index.ts";
import { newId } from "../src/platform/ids.ts";
import { findPresence } from "../src/routing/presence-store.ts";
import { lockEntry, placeOf, recentWaits, waitingEntries } from "../src/routing/queue-store.ts";
import { findHeld, findTrace, putHeld, readMemory, setGiveBack } from "../src/turns/turn-store.ts";
import { testDatabase } from "./database.ts";
import { explainAsApp, largeTables } from "./explain.ts";

const database = await testDatabase();
// queue_entry holds only who waits at this moment, so reading a tenant's queue is reading it all
const large = [...largeTables, "queue_wait", "visitor_upload", "held_turn"];
const at = new Date("2026-11-20T02:00:00Z");
const conversationId = newId<ConversationId>();
const inboxId = newId<InboxId>();

type Asked = { text: string; values: unknown[] };
/** What a store asks, without asking it. */
async function asked(ask: (tx: Tx) => Promise<unknown>): Promise<Asked[]> {
  const seen: Asked[] = [];
  const note = <T>(text: string, values: unknown[] = [], answer?: T): T => {
    seen.push({ text, values });
    return answer as T;
  };
  const tx: Tx = {
    rows: async (text, values) => note(text, values, []),
    maybe: async (text, values) => note(text, values, undefined),
    one: async (text, values) => {
      note(text, values);
      throw new Error("only looked at");
    },
    run: async (text, values) => note(text, values, 0),
    afterCommit: () => undefined,
  };
  await ask(tx).catch(() => undefined);
  return seen;
}

const stores: [string, (tx: Tx, tenantId: string) => Promise<unknown>][] = [
  ["turns: memory", (tx) => tx.rows(readMemory.text, [conversationId])],
  ["turns: hold", (tx, tenantId) => tx.run(putHeld.text, [tenantId, conversationId, 1, at])],
  ["turns: held", (tx, tenantId) => tx.rows(findHeld.text, [tenantId, conversationId])],
  ["turns: trace", (tx) => findTrace(tx, newId<MessageId>())],
  ["turns: give back", (tx, tenantId) => setGiveBack(tx, tenantId, conversationId, at)],
  ["routing: waiting", (tx) => waitingEntries(tx, at, 50)],
  ["routing: entry", (tx) => lockEntry(tx, conversationId)],
  ["routing: place", (tx) => placeOf(tx, conversationId, at)],
  ["routing: waits", (tx) => recentWaits(tx, at, 20)],
  ["routing: presence", (tx) => findPresence(tx, newId<UserId>())],
  ["channels: visitor by token", (tx) => tx.rows(findVisitor.text, [Buffer.alloc(32)])],
  ["channels: rotate", (tx) => rotateToken(tx, newId<string>(), Buffer.alloc(32), Buffer.alloc(32), at)],
  ["channels: upload", (tx) => isOwnUpload(tx, newId<string>(), inboxId, "v")],
  ["channels: seen", (tx) => wasSeen(tx, inboxId, "call")],
  ["channels: mark seen", (tx, tenantId) => markSeen(tx, tenantId as never, inboxId, "call", at)],
  ["channels: first attempt", (tx) => firstAttempt(tx, conversationId)],
  [
    "channels: put attempt",
    (tx, tenantId) =>
      putAttempt(tx, tenantId as never, { messageId: newId<MessageId>(), conversationId, seq: 1, at }),
  ],
];

test.each(stores)("%s", async (_name, ask) => {
  const { tenantId } = await database.tenant();
  const questions = await asked((tx) => ask(tx, tenantId));
  expect(questions.length).toBeGreaterThan(0);
  for (const { text, values } of questions) {
    const { readsWhole, plan } = await explainAsApp(database.db, tenantId, text, values, large);
    expect(readsWhole, plan).toEqual([]);
  }
});
