// The search box: what is found, what is not, in which order, for whom, and how it stays quick with many rows.
import type { ConversationId } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServices, testServices } from "../../../test/services.ts";
import { makeCtx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { addNote } from "../add-note.ts";
import { updateContact } from "../contacts/update-contact.ts";
import { sendMessage } from "../send-message.ts";
import { openDesk, recorded, type Shop } from "../testing/desk.ts";
import { indexAll } from "../testing/index-all.ts";
import { searchSubscriber } from "./index-messages.ts";
import { recordSearches } from "./rekey-search.ts";
import { searchRecord } from "./search-record.ts";

const desk = await openDesk();

async function wordsFound(shop: Shop, query: string, limit = 20): Promise<string[]> {
  const { hits } = await searchRecord(shop.owner, query, limit);
  return hits.flatMap(({ message }) => (message?.content.kind === "text" ? [message.content.text] : []));
}

describe("messages", () => {
  let shop: Shop;
  let conversationId: ConversationId;
  beforeAll(async () => {
    shop = await desk.shop();
    ({ conversationId } = await recorded(shop.say("v1", "我的龍井茶什么时候到？")));
    await shop.say("v2", "Where is my ORDER A-20261120-77?");
    await shop.say("v3", "顺丰单号 SF1234567890123");
    await sendMessage(shop.owner, { conversationId, content: { kind: "text", text: "龙井茶明天到" } });
    await addNote(shop.owner, { conversationId, clientMessageId: newId(), text: "催过两次的龙井客户" });
    await shop.say("v4", "😀😀 好评");
    await indexAll(desk, shop);
  });

  test.each([
    ["龙井", ["催过两次的龙井客户", "龙井茶明天到", "我的龍井茶什么时候到？"]],
    ["龍井茶", ["龙井茶明天到", "我的龍井茶什么时候到？"]],
    ["井", ["催过两次的龙井客户", "龙井茶明天到", "我的龍井茶什么时候到？"]],
    ["order", ["Where is my ORDER A-20261120-77?"]],
    ["ord", ["Where is my ORDER A-20261120-77?"]],
    ["der", []],
    ["where my", ["Where is my ORDER A-20261120-77?"]],
    ["20261120", ["Where is my ORDER A-20261120-77?"]],
    ["SF1234567890123", ["顺丰单号 SF1234567890123"]],
    ["0123", ["顺丰单号 SF1234567890123"]],
    ["ＳＦ１２３", ["顺丰单号 SF1234567890123"]],
    ["😀", ["😀😀 好评"]],
    ["没有的词", []],
    ["茶龙", []],
    ["%", []],
    ["' or 1=1 --", []],
  ])("%s", async (query, expected) => {
    expect(await wordsFound(shop, query)).toEqual(expected);
  });

  test("a hit shows where it was found", async () => {
    const { hits } = await searchRecord(shop.owner, "龙井", 1);
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({ conversation: { id: conversationId }, snippet: "催过两次的龙井客户" });
  });

  test("#1 and 1 lead to the conversation with that number", async () => {
    for (const query of ["#1", "1", "＃1"]) {
      const { hits } = await searchRecord(shop.owner, query, 5);
      expect(hits[0]).toMatchObject({ conversation: { id: conversationId, number: 1 }, message: null });
    }
    expect((await searchRecord(shop.owner, "#4711", 5)).hits).toEqual([]);
  });

  test("another shop finds nothing", async () => {
    const other = await desk.shop();
    expect(await wordsFound(other, "龙井")).toEqual([]);
    expect((await searchRecord(other.owner, "#1", 5)).hits).toEqual([]);
  });
});

test("contacts are found by name, telephone, last four digits and e-mail, by those who may see contacts", async () => {
  const shop = await desk.shop();
  const { contactId } = await recorded(shop.say("v", "hi", { contactName: "欧阳娜娜" }));
  await updateContact(shop.owner, contactId, { phone: "13812345678", email: "nana@example.com", version: 1 });
  await shop.say("w", "hi", { contactName: "张三" });
  const found = { id: contactId, name: "欧阳娜娜" };
  for (const query of [
    "欧阳",
    "娜娜",
    "歐陽",
    "138 1234 5678",
    "+86-13812345678",
    "5678",
    "NANA@example.com",
  ])
    expect((await searchRecord(shop.owner, query, 5)).contacts).toEqual([found]);
  for (const query of ["13812345679", "567", "nana@example.org", "李"])
    expect((await searchRecord(shop.owner, query, 5)).contacts).toEqual([]);
  expect((await searchRecord(shop.apiKey("conversations-read"), "欧阳", 5)).contacts).toEqual([]);
});

describe("with many rows", () => {
  const rows = 12_000;
  let shop: Shop;
  let conversationId: ConversationId;
  beforeAll(async () => {
    shop = await desk.shop();
    ({ conversationId } = await recorded(shop.say("old", "很久以前的琥珀项链")));
    await indexAll(desk, shop);
    await fill(shop, rows);
    await desk.database.asAdmin("analyze message_search");
  }, 60_000);

  /** Search rows of messages that were never said: only the index is asked about them. */
  async function fill(into: Shop, count: number): Promise<void> {
    const vault = await into.system.vault.forTenant(into.tenantId);
    const common = vault.grams("订单 快递");
    await desk.database.asAdmin(
      `insert into message_search (tenant_id, message_id, conversation_id, seq, key_id, tokens)
       select $1, ('7fffffff-ffff-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $2, 1000000 + n, $3,
         $4::int4[] || (select array_agg((random() * 2147483647)::int4) from generate_series(1, 20) g where g > n * 0)
       from generate_series(1, $5::int) n`,
      [into.tenantId, conversationId, vault.searchKeyId, common, count],
    );
  }

  test("an old message beyond the newest 5,000 is found through the index", async () => {
    expect(await wordsFound(shop, "琥珀")).toEqual(["很久以前的琥珀项链"]);
  });

  test("the function asks the index, not the whole table, and answers quickly", async () => {
    const vault = await shop.system.vault.forTenant(shop.tenantId);
    const [tokens = []] = vault.queryGrams("琥珀");
    const plan = await desk.database.asAdmin<{ "QUERY PLAN": string }>(
      `explain (analyze, costs off) select message_id from message_search s
       where s.tokens @> $1::int4[] and s.tenant_id = $2 and s.message_id < 'ffffffff-ffff-ffff-ffff-ffffffffffff' limit 5001`,
      [tokens, shop.tenantId],
    );
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("message_search_tokens");
    const times: number[] = [];
    for (let n = 0; n < 9; n += 1) times.push((await searchRecord(shop.owner, "琥珀", 20)).tookMs);
    times.sort((a, b) => a - b);
    expect(times[4]).toBeLessThan(150);
  });

  test("the app role cannot search for another tenant through the function", async () => {
    const other = await desk.shop();
    const vault = await shop.system.vault.forTenant(shop.tenantId);
    const [tokens = []] = vault.queryGrams("琥珀");
    const found = await desk.services.db.transact(other.tenantId, (tx) =>
      tx.rows("select * from message_search_hits($1::int4[], 20, null)", [tokens]),
    );
    expect(found).toEqual([]);
    const nobody = await desk.services.db.transact(null, (tx) =>
      tx.rows("select * from message_search_hits($1::int4[], 20, null)", [tokens]),
    );
    expect(nobody).toEqual([]);
  });
});

test("during a change of keys both are searched, and the re-key reaches every row", async () => {
  const shop = await desk.shop();
  await shop.say("v", "翡翠手镯", { contactName: "王小明" });
  await indexAll(desk, shop);
  const searches = recordSearches(desk.services.db);
  const vault = await shop.system.vault.forTenant(shop.tenantId);
  // as if written under the key before
  await desk.database.asAdmin("update message_search set key_id = 0, tokens = '{1}' where tenant_id = $1", [
    shop.tenantId,
  ]);
  await desk.database.asAdmin("update contact set name_key_id = 0, name_grams = '{1}' where tenant_id = $1", [
    shop.tenantId,
  ]);
  const remaining = () =>
    desk.services.db.system((tx) =>
      Promise.all(searches.map((search) => search.remaining(tx, shop.tenantId, vault.searchKeyId))),
    );
  expect(await remaining()).toEqual([1, 1]);
  expect(await wordsFound(shop, "翡翠")).toEqual([]);
  for (const search of searches) while ((await search.rekeyBatch(shop.tenantId, vault, 100)) > 0);
  expect(await remaining()).toEqual([0, 0]);
  expect(await wordsFound(shop, "翡翠")).toEqual(["翡翠手镯"]);
  expect((await searchRecord(shop.owner, "小明", 5)).contacts).toHaveLength(1);
});

describe("with the outbox running", () => {
  test("a message is found within two seconds of being said", async () => {
    const shop = await desk.shop();
    const services = await testServices(desk.database, {
      clock: { now: () => new Date(), nowMs: () => Date.now() },
    });
    services.outbox.subscribe(searchSubscriber);
    await startServices(services);
    afterAll(() => services.outbox.stop());
    const { actor } = shop.owner;
    const owner = makeCtx(services, { tenantId: shop.tenantId, actor });
    const said = performance.now();
    const { receiveMessage } = await import("../receive-message.ts");
    await receiveMessage(owner, shop.line("珊瑚耳环有货吗"));
    for (;;) {
      if ((await searchRecord(owner, "珊瑚", 5)).hits.length > 0) break;
      expect(performance.now() - said).toBeLessThan(2_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
});
