// The demo shop through the real program: what it brings, that it is there once, and that taking it away leaves what the
// owner made.
import { rolePermissions, type TenantId, type UserId } from "@yingda/contract";
import { beforeAll, describe, expect, test } from "vitest";
import { type TestApp, testApp } from "../../test/app.ts";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { getTenant, listMembersBrief } from "../accounts/index.ts";
import { createFaq, listFaqs, listFlows, tryIt, updateFaq } from "../brain/index.ts";
import { createCannedReply, listCannedReplies, updateCannedReply } from "../conversations/canned-replies.ts";
import {
  applyTransition,
  countNow,
  getThread,
  listInboxes,
  presentConversations,
  receiveMessage,
  updateInbox,
} from "../conversations/index.ts";
import { listConversations } from "../conversations/list-conversations.ts";
import { searchRecord } from "../conversations/search/search-record.ts";
import { type Ctx, makeCtx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { prepareTenant } from "../roles/prepare-tenant.ts";
import { getHours, setHours } from "../routing/index.ts";
import { removeDemo } from "./remove-demo.ts";
import { seedDemo, seedDemoAtStart } from "./seed-demo.ts";

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp(database);
});

async function shop(): Promise<Ctx> {
  const { tenantId } = await database.tenant();
  await database.asAdmin("update tenant set name = '我的店铺' where tenant_id = $1", [tenantId]);
  const ctx = ownerOf(tenantId);
  await database.asAdmin(
    "insert into app_user (tenant_id, id, sealed_name, role, created_at) values ($1, $2, $3, 'owner', now())",
    [
      tenantId,
      ctx.userId,
      (await app.services.vault.forTenant(tenantId)).seal(
        { table: "app_user", column: "sealed_name", row: ctx.userId },
        "店主",
      ),
    ],
  );
  await prepareTenant(ctx);
  return ctx;
}

function ownerOf(tenantId: TenantId): Ctx & { userId: UserId } {
  const userId = newId<UserId>();
  const permissions = new Set(rolePermissions.owner);
  return {
    ...makeCtx(app.services, {
      tenantId,
      actor: { kind: "user", userId, role: "owner", permissions, name: "店主" },
    }),
    userId,
  };
}

async function counts(ctx: Ctx, ...tables: string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await database.asAdmin<{ n: number }>(
      `select count(*)::int as n from ${table} where tenant_id = $1`,
      [ctx.tenantId],
    );
    found[table] = row?.n ?? -1;
  }
  return found;
}

async function flowsOn(ctx: Ctx): Promise<string[]> {
  return (await listFlows(ctx)).flatMap(({ id, isOn }) => (isOn ? [id] : []));
}

describe("seeding", () => {
  test("brings a whole shop", async () => {
    const ctx = await shop();
    expect(await seedDemo(ctx)).toBe("seeded");
    expect(await getTenant(ctx)).toMatchObject({ name: "小岛服饰", hasDemo: true });
    expect(await countNow(ctx)).toMatchObject({ queue: 2, attention: 2, bot: 2 });
    expect((await listFaqs(ctx, {})).faqs.length).toBeGreaterThan(50);
    expect((await listCannedReplies(ctx)).length).toBeGreaterThan(10);
    expect(await flowsOn(ctx)).toEqual(["leave-contact", "order-status", "parcel-tracking"]);
    expect(
      await tryIt(ctx, { text: "我的订单 1001 到哪了", history: [], availability: "open" }),
    ).toMatchObject({ outcome: "flow", text: expect.stringContaining("SF3202000010011") });
    const [inbox] = await listInboxes(ctx);
    expect(inbox?.widget.suggestions.length).toBeGreaterThan(2);
    expect(inbox?.widget.greeting.zh).toContain("小岛服饰");
    const members = await app.services.db.transact(ctx.tenantId, (tx) =>
      tx.rows<{ account_hash: Buffer | null; is_demo: boolean }>(
        "select account_hash, is_demo from app_user where is_demo",
      ),
    );
    expect(members).toEqual([
      { account_hash: null, is_demo: true },
      { account_hash: null, is_demo: true },
    ]);
  });

  test("past conversations read as if they had taken place here", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    const nowMs = ctx.clock.nowMs();
    const open = await listConversations(ctx, { list: "open", limit: 50 });
    const resolved = await listConversations(ctx, { list: "resolved", limit: 50 });
    const all = [...open.conversations, ...resolved.conversations];
    expect(all.length).toBe(10);
    expect(new Set(all.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    const byAge = all.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    expect(byAge.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const conversation of all) {
      const thread = await getThread(ctx, conversation.id, {});
      const times = thread.messages.map(({ createdAt }) => Date.parse(createdAt));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1) ?? 0).toBeLessThanOrEqual(nowMs);
      expect(thread.messages.map(({ seq }) => seq)).toEqual(thread.messages.map((_, index) => index + 1));
      expect(conversation.lastMessageSeq).toBe(thread.messages.length);
    }
    const rated = resolved.conversations.filter(({ rating }) => rating !== null);
    expect(rated.map(({ rating }) => rating?.score).toSorted()).toEqual([4, 5, 5]);
    const complaint = open.conversations.find(({ handoff }) => handoff?.reason === "complaint");
    expect(complaint?.handoff?.summary).toContain("12315");
    expect(complaint?.waitingSinceAt).not.toBeNull();
  });

  test("is searchable at once, and no bot answers what was said long ago", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    const hits = await searchRecord(ctx, "袖子有个小洞", 20);
    expect(hits.hits.length).toBe(1);
    expect((await searchRecord(ctx, "13800000103", 20)).contacts.length).toBe(1);
    await app.services.outbox.settled();
    const [late] = await database.asAdmin<{ n: number }>(
      "select count(*)::int as n from outbox_event where tenant_id = $1 and kind in ('message-received', 'message-queued', 'conversation-queued')",
      [ctx.tenantId],
    );
    expect(late?.n).toBe(0);
  });

  test("a second time changes nothing; two at once seed once", async () => {
    const ctx = await shop();
    const both = await Promise.allSettled([seedDemo(ctx), seedDemo(ctx)]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    const before = await counts(
      ctx,
      "conversation",
      "contact",
      "faq",
      "canned_reply",
      "app_user",
      "queue_entry",
    );
    expect(await seedDemo(ctx)).toBe("already");
    expect(
      await counts(ctx, "conversation", "contact", "faq", "canned_reply", "app_user", "queue_entry"),
    ).toEqual(before);
    expect(before).toMatchObject({ conversation: 10, app_user: 3, queue_entry: 2 });
  });

  test("a seeding that was cut off is begun anew", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    await database.asAdmin("update tenant set has_demo = false where tenant_id = $1", [ctx.tenantId]);
    await database.asAdmin(
      "update demo_receipt set seeded_at = now() - interval '5 minutes' where tenant_id = $1",
      [ctx.tenantId],
    );
    const later = {
      ...ctx,
      clock: { now: () => new Date(ctx.clock.nowMs() + 10_000), nowMs: () => ctx.clock.nowMs() + 10_000 },
    };
    expect(await seedDemo(later)).toBe("seeded");
    expect(await counts(ctx, "conversation", "contact", "app_user")).toMatchObject({
      conversation: 10,
      app_user: 3,
    });
  });
});

describe("removing", () => {
  test("leaves a shop as it was before", async () => {
    const ctx = await shop();
    const tables = [
      "conversation",
      "contact",
      "identity",
      "message",
      "message_search",
      "canned_reply",
      "app_user",
      "queue_entry",
      "demo_receipt",
      "blank_value",
    ];
    const before = {
      counts: await counts(ctx, ...tables),
      tenant: await getTenant(ctx),
      inboxes: await listInboxes(ctx),
      hours: await getHours(ctx),
    };
    await seedDemo(ctx);
    await removeDemo(ctx);
    expect(await counts(ctx, ...tables)).toEqual(before.counts);
    expect(await getTenant(ctx)).toEqual(before.tenant);
    expect((await listInboxes(ctx)).map(({ widget }) => widget)).toEqual(
      before.inboxes.map(({ widget }) => widget),
    );
    expect(await getHours(ctx)).toEqual(before.hours);
    expect((await listFaqs(ctx, {})).faqs.filter(({ pack }) => pack === "apparel")).toEqual([]);
    expect(await flowsOn(ctx)).toEqual([]);
    expect(await seedDemo(ctx)).toBe("seeded");
  });

  test("leaves what the owner made or changed, and real visitors", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    const [inbox] = await listInboxes(ctx);
    if (!inbox) throw new Error("no inbox");
    const own = await createFaq(ctx, draft("我们在哪条街？"));
    const [packed] = (await listFaqs(ctx, {})).faqs.filter(({ pack }) => pack === "apparel");
    if (!packed) throw new Error("no pack");
    const changed = await updateFaq(ctx, packed.id, {
      ...draft(packed.question),
      slug: packed.slug,
      version: packed.version,
    });
    const [reply] = await listCannedReplies(ctx);
    if (!reply) throw new Error("no reply");
    await updateCannedReply(ctx, reply.id, { ...reply, text: "改过的" });
    const made = await createCannedReply(ctx, {
      title: "自己的",
      shortcut: "zj",
      text: "自己写的",
      isShared: true,
    });
    const greeting = { zh: "欢迎来我家", en: "Welcome" };
    const at = await listInboxes(ctx);
    await updateInbox(ctx, inbox.id, { version: at[0]?.version ?? 1, widget: { ...inbox.widget, greeting } });
    await setHours(ctx, {
      ...(await getHours(ctx)),
      holidays: [{ on: "2027-01-01", name: "元旦", blocks: [] }],
    });
    const visitor = await receiveMessage(ctx, {
      inboxId: inbox.id,
      externalContactId: "real-visitor",
      content: { kind: "text", text: "你好 真的客人" },
      at: ctx.clock.now(),
      isBotOn: true,
      reopenWindowMs: 86_400_000,
    });
    await removeDemo(ctx);
    const faqs = (await listFaqs(ctx, {})).faqs;
    expect(faqs.map(({ id }) => id)).toEqual(expect.arrayContaining([own.id, changed.id]));
    expect(faqs.filter(({ pack }) => pack === "apparel")).toEqual([]);
    expect((await listCannedReplies(ctx)).map(({ id }) => id).toSorted()).toEqual(
      [made.id, reply.id].toSorted(),
    );
    const [after] = await listInboxes(ctx);
    expect(after?.widget.greeting).toEqual(greeting);
    expect(after?.widget.suggestions).toEqual([]);
    expect((await getHours(ctx)).holidays.length).toBe(1);
    expect(
      (await listConversations(ctx, { list: "open", limit: 50 })).conversations.map(({ id }) => id),
    ).toEqual([visitor.conversationId]);
  });

  test("the pack stays once the shop filled it with its own facts, without the samples", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    const { fillBlanks, listBlanks } = await import("../brain/index.ts");
    await fillBlanks(ctx, { 发货时间: "24" });
    await removeDemo(ctx);
    const filled = (await listBlanks(ctx)).filter(({ value }) => value !== null);
    expect(filled.map(({ key, value }) => [key, value])).toEqual([["发货时间", "24"]]);
    expect((await listFaqs(ctx, {})).faqs.filter(({ pack }) => pack === "apparel").length).toBeGreaterThan(
      50,
    );
  });

  test("a real visitor whom a demo agent had waits for a person again", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    const [inbox] = await listInboxes(ctx);
    const agent = (await listMembersBrief(ctx)).find(({ isDemo }) => isDemo);
    if (!inbox || !agent) throw new Error("the demo is not there");
    const { conversationId } = await receiveMessage(ctx, {
      inboxId: inbox.id,
      externalContactId: "real-visitor",
      content: { kind: "text", text: "找陈晨" },
      at: ctx.clock.now(),
      isBotOn: true,
      reopenWindowMs: 86_400_000,
    });
    await transact(ctx, (tx) =>
      applyTransition(ctx, tx, conversationId, { kind: "claim", agentId: agent.id, agentName: agent.name }),
    );
    await removeDemo(ctx);
    const [after] = await presentConversations(ctx, [conversationId]);
    expect(after?.handler.kind).toBe("queue");
    expect(await counts(ctx, "queue_entry", "app_user")).toEqual({ queue_entry: 1, app_user: 1 });
  });

  test("a demo agent who became a real member stays", async () => {
    const ctx = await shop();
    await seedDemo(ctx);
    await database.asAdmin(
      "update app_user set account_hash = decode(md5(id::text), 'hex'), password_hash = 'x' where id = (select id from app_user where tenant_id = $1 and is_demo limit 1)",
      [ctx.tenantId],
    );
    await removeDemo(ctx);
    expect(await counts(ctx, "app_user")).toEqual({ app_user: 2 });
  });
});

describe("over HTTP and at the first start", () => {
  test("seeds before there is an owner, and the owner moves in", async () => {
    const other = await testDatabase();
    const fresh = await testApp(other, { isStarted: false });
    expect(await seedDemoAtStart(fresh.services)).toBe("seeded");
    expect(await seedDemoAtStart(fresh.services)).toBe("already");
    const { cookie } = await fresh.owner();
    const me = (await fresh.inject("GET", "/api/me", { cookie })).json();
    expect(me.tenant).toMatchObject({ name: "小岛服饰", hasDemo: true });
    expect(await seedDemoAtStart(fresh.services)).toBe("owned");
    expect((await fresh.inject("DELETE", "/api/demo", { cookie })).statusCode).toBe(204);
    expect((await fresh.inject("GET", "/api/me", { cookie })).json().tenant).toMatchObject({
      hasDemo: false,
    });
    expect((await fresh.inject("POST", "/api/demo", { cookie })).statusCode).toBe(204);
  });
});

function draft(question: string) {
  return {
    question,
    answer: "一个答案",
    questionEn: "",
    answerEn: "",
    category: "",
    tags: [],
    phrasings: [],
    negatives: [],
    isOn: true,
  };
}
