// Keeping knowledge against a real database: each change is live when the call returns, two people do not overwrite each
// other, tenants share nothing, another node hears of it, and a pack switched off comes back as it was.

import {
  type FaqDraft,
  type FaqId,
  faqVariant,
  noExtras,
  type Permission,
  type UserId,
} from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { startServices, testCtx, testServices } from "../../../test/services.ts";
import type { Actor, Ctx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { ask, tryIt } from "../ask.ts";
import { countAnswer, flushAnswerCounts } from "./answer-counts.ts";
import { createFaq, deleteFaq, getFaq, listFaqs, restoreFaq, updateFaq } from "./faqs.ts";
import { exportFaqs, importFaqs } from "./import-faqs.ts";
import { knowledgeFor, knowledgeListener, reloadKnowledge } from "./knowledge-cache.ts";
import { fillBlanks, listBlanks, listPacks, switchPack } from "./packs.ts";
import { purgeFaqs } from "./purge-faqs.ts";

const database = await testDatabase();
const services = await testServices(database);

async function shop(): Promise<Ctx> {
  const { tenantId } = await database.tenant();
  return testCtx(services, tenantId);
}

function draft(question: string, changes: Partial<FaqDraft> = {}): FaqDraft {
  return {
    question,
    answer: `关于${question}的答案`,
    questionEn: "",
    answerEn: "",
    category: "",
    tags: [],
    phrasings: [],
    negatives: [],
    isOn: true,
    ...changes,
  };
}

async function answerTo(ctx: Ctx, text: string): Promise<string | null> {
  const { reply } = ask(await knowledgeFor(ctx), { text });
  return reply.outcome === "answer" ? reply.text : null;
}

describe("FAQs", () => {
  test("a new one answers at once, a changed one with its new words, a removed one not at all", async () => {
    const ctx = await shop();
    await knowledgeFor(ctx);
    const faq = await createFaq(
      ctx,
      draft("可以刷卡吗", { answer: "可以刷卡。", phrasings: ["能刷信用卡不", "能刷信用卡不"] }),
    );
    expect(faq).toMatchObject({
      slug: expect.stringMatching(/^own\.[0-9a-f]{12}$/),
      phrasings: ["能刷信用卡不"],
      version: 1,
    });
    expect(await answerTo(ctx, "能刷信用卡不")).toBe("可以刷卡。");
    const changed = await updateFaq(ctx, faq.id, {
      ...draft("可以刷卡吗", { answer: "只收现金。" }),
      version: 1,
    });
    expect(changed).toMatchObject({
      slug: faq.slug,
      version: 2,
      answer: "只收现金。",
      checkedOn: "2026-11-20",
      updatedAt: services.clock.now().toISOString(),
    });
    expect(await answerTo(ctx, "可以刷卡吗")).toBe("只收现金。");
    await deleteFaq(ctx, faq.id);
    expect(await answerTo(ctx, "可以刷卡吗")).toBeNull();
    await expect(getFaq(ctx, faq.id)).rejects.toMatchObject({ code: "faq/not-found" });
    await restoreFaq(ctx, faq.id);
    expect(await answerTo(ctx, "可以刷卡吗")).toBe("只收现金。");
  });

  test("switched off it is kept and not spoken; renamed it answers under its new name", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("有停车场吗", { slug: "own.parking" }));
    expect((await knowledgeFor(ctx)).retrieve("有停车场吗", []).matches[0]?.id).toBe("own.parking");
    await updateFaq(ctx, faq.id, { ...draft("有停车场吗", { slug: "own.car-park" }), version: 1 });
    expect((await knowledgeFor(ctx)).retrieve("有停车场吗", []).matches.map(({ id }) => id)).toEqual([
      "own.car-park",
    ]);
    await updateFaq(ctx, faq.id, { ...draft("有停车场吗", { isOn: false }), version: 2 });
    expect(await answerTo(ctx, "有停车场吗")).toBeNull();
    expect((await listFaqs(ctx, {})).faqs).toHaveLength(1);
  });

  test("the second of two people is told", async () => {
    const ctx = await shop();
    const { id } = await createFaq(ctx, draft("几点开门"));
    const both = await Promise.allSettled([
      updateFaq(ctx, id, { ...draft("几点开门", { answer: "八点" }), version: 1 }),
      updateFaq(ctx, id, { ...draft("几点开门", { answer: "九点" }), version: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.find(({ status }) => status === "rejected");
    expect(lost).toMatchObject({ reason: { code: "faq/version-moved", details: { version: 2 } } });
  });

  test("a slug belongs to one living FAQ", async () => {
    const ctx = await shop();
    const first = await createFaq(ctx, draft("一", { slug: "own.same" }));
    await expect(createFaq(ctx, draft("二", { slug: "own.same" }))).rejects.toMatchObject({
      code: "faq/slug-taken",
    });
    await deleteFaq(ctx, first.id);
    await createFaq(ctx, draft("二", { slug: "own.same" }));
    await expect(restoreFaq(ctx, first.id)).rejects.toMatchObject({ code: "faq/slug-taken" });
  });

  test("listing filters by words and category", async () => {
    const ctx = await shop();
    await createFaq(ctx, draft("包邮吗", { category: "物流", phrasings: ["Shipping FREE?"] }));
    await createFaq(ctx, draft("怎么退货", { category: "售后" }));
    const questions = async (query: Parameters<typeof listFaqs>[1]) =>
      (await listFaqs(ctx, query)).faqs.map(({ question }) => question);
    expect(await questions({ q: "free" })).toEqual(["包邮吗"]);
    expect(await questions({ category: "售后" })).toEqual(["怎么退货"]);
    expect(await questions({ q: "没有的词" })).toEqual([]);
    expect((await listFaqs(ctx, { q: "free" })).categories).toEqual(["物流", "售后"]);
  });

  test("answers that were given are counted", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("包邮吗", { slug: "own.fee" }));
    countAnswer(ctx, "own.fee");
    countAnswer(ctx, "own.fee");
    await flushAnswerCounts(services);
    countAnswer(ctx, "own.fee");
    await listFaqs(ctx, {});
    expect((await getFaq(ctx, faq.id)).askedCount).toBe(3);
  });

  test("after 30 days a deleted one ends", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("旧问题"));
    await deleteFaq(ctx, faq.id);
    services.clock.advance(31 * 86_400_000);
    await expect(restoreFaq(ctx, faq.id)).rejects.toMatchObject({ code: "faq/not-found" });
    expect(await purgeFaqs(services)).toBeGreaterThanOrEqual(1);
    expect(await database.asAdmin("select 1 from faq where id = $1", [faq.id])).toEqual([]);
    services.clock.advance(-31 * 86_400_000);
  });

  test("what may not be done is refused", async () => {
    const { tenantId } = await database.tenant();
    const reader: Actor = {
      kind: "user",
      userId: newId<UserId>(),
      role: "viewer",
      name: "看",
      permissions: new Set<Permission>(["knowledge-read"]),
    };
    const ctx = testCtx(services, tenantId, reader);
    expect((await listFaqs(ctx, {})).faqs).toEqual([]);
    const refused = { code: "auth/not-allowed" };
    await expect(createFaq(ctx, draft("不行"))).rejects.toMatchObject(refused);
    await expect(deleteFaq(ctx, newId<FaqId>())).rejects.toMatchObject(refused);
    await expect(switchPack(ctx, "apparel", true)).rejects.toMatchObject(refused);
    await expect(fillBlanks(ctx, {})).rejects.toMatchObject(refused);
    await expect(importFaqs(ctx, Buffer.from(""), true)).rejects.toMatchObject(refused);
  });
});

describe("tenants and nodes", () => {
  test("two tenants with equal slugs hear their own answers and cannot touch each other's", async () => {
    const [one, two] = [await shop(), await shop()];
    const first = await createFaq(one, draft("包邮吗", { slug: "own.fee", answer: "甲店包邮" }));
    await createFaq(two, draft("包邮吗", { slug: "own.fee", answer: "乙店不包邮" }));
    expect(await answerTo(one, "包邮吗")).toBe("甲店包邮");
    expect(await answerTo(two, "包邮吗")).toBe("乙店不包邮");
    await expect(getFaq(two, first.id)).rejects.toMatchObject({ code: "faq/not-found" });
    await expect(deleteFaq(two, first.id)).rejects.toMatchObject({ code: "faq/not-found" });
    expect((await listFaqs(two, {})).faqs.map(({ answer }) => answer)).toEqual(["乙店不包邮"]);
  });

  test("a change during training is not lost", async () => {
    const ctx = await shop();
    await switchPack(ctx, "apparel", true);
    const training = reloadKnowledge(ctx);
    const faq = await createFaq(ctx, draft("有小红书吗", { answer: "有的" }));
    await training;
    expect(await answerTo(ctx, "有小红书吗")).toBe("有的");
    const again = reloadKnowledge(ctx);
    await deleteFaq(ctx, faq.id);
    await again;
    expect(await answerTo(ctx, "有小红书吗")).toBeNull();
  });

  test("another node takes the change in", async () => {
    const masterKey = (await import("../../platform/crypto/index.ts")).MasterKey.generate();
    const options = { isShared: true, ownConnections: true, masterKey, leaseTtlMs: 500, tickMs: 50 };
    const [a, b] = [await testServices(database, options), await testServices(database, options)];
    const heard = Promise.withResolvers<void>();
    b.outbox.listen(knowledgeListener(b));
    b.outbox.listen({ name: "test", kinds: ["faq-changed"], heard: () => heard.resolve() });
    await startServices(a);
    await startServices(b);
    const { tenantId } = await database.tenant();
    const [onA, onB] = [testCtx(a, tenantId), testCtx(b, tenantId)];
    expect(await answerTo(onB, "包邮吗")).toBeNull();
    await createFaq(onA, draft("包邮吗", { answer: "包邮" }));
    await heard.promise;
    await reloadKnowledge(onB); // joins the reload that the listener began
    expect(await answerTo(onB, "包邮吗")).toBe("包邮");
  });
});

describe("packs and blanks", () => {
  test("a pack's answers are held until their blanks are filled", async () => {
    const ctx = await shop();
    const pack = await switchPack(ctx, "apparel", true);
    expect(pack).toMatchObject({ slug: "apparel", isOn: true, name: "服装店" });
    const { reply: held } = ask(await knowledgeFor(ctx), { text: "满多少包邮" });
    expect(held).toMatchObject({ outcome: "held", faq: "apparel.free-shipping" });
    const blanks = await fillBlanks(ctx, { 包邮门槛: "88", 普通运费: " 6 ", 偏远运费: "12" });
    expect(blanks.find(({ key }) => key === "普通运费")).toMatchObject({ value: "6", usedBy: 1 });
    expect(await answerTo(ctx, "满多少包邮")).toContain("满 88 元包邮");
    await fillBlanks(ctx, { 包邮门槛: null });
    expect(ask(await knowledgeFor(ctx), { text: "满多少包邮" }).reply.outcome).toBe("held");
    const { faqs } = await listFaqs(ctx, {});
    expect(faqs.find(({ slug }) => slug === "apparel.free-shipping")?.unfilledBlanks).toEqual(["包邮门槛"]);
  });

  test("switched on twice at once it is on, and nobody is refused", async () => {
    const ctx = await shop();
    const both = await Promise.all([switchPack(ctx, "apparel", true), switchPack(ctx, "apparel", true)]);
    expect(both).toMatchObject([{ isOn: true }, { isOn: true }]);
  });

  test("a blank that only a spoken wording or another answer has can be filled", async () => {
    const ctx = await shop();
    const variants = [faqVariant.parse({ contactTags: ["VIP"], answer: "打{{专线}}" })];
    const extras = { ...noExtras, spoken: "从{{发货地}}发", variants };
    const { id } = await createFaq(ctx, draft("从哪里发货", { extras }));
    expect((await getFaq(ctx, id)).unfilledBlanks).toEqual(["发货地", "专线"]);
    expect(await listBlanks(ctx)).toMatchObject([{ key: "发货地", usedBy: 1 }, { key: "专线" }]);
    await fillBlanks(ctx, { 发货地: "杭州", 专线: "400" });
    expect((await getFaq(ctx, id)).unfilledBlanks).toEqual([]);
  });

  test("samples are filled only when asked for, and never over a value", async () => {
    const ctx = await shop();
    await switchPack(ctx, "apparel", true);
    await fillBlanks(ctx, { 包邮门槛: "66" });
    await switchPack(ctx, "apparel", true, true);
    const values = new Map((await listBlanks(ctx)).map(({ key, value }) => [key, value]));
    expect(values.get("包邮门槛")).toBe("66");
    expect(values.get("普通运费")).toBe("8");
    expect([...values.values()]).not.toContain(null);
  });

  test("switched off and on again it is as the shop had left it", async () => {
    const ctx = await shop();
    await switchPack(ctx, "apparel", true);
    const before = (await listFaqs(ctx, {})).faqs;
    const edited = before.find(({ slug }) => slug === "apparel.courier-choice");
    const removed = before.find(({ slug }) => slug === "apparel.smell");
    if (edited === undefined || removed === undefined) throw new Error("the pack lacks them");
    await updateFaq(ctx, edited.id, {
      ...draft(edited.question, { answer: "只发顺丰" }),
      version: edited.version,
    });
    await deleteFaq(ctx, removed.id);
    const own = await createFaq(ctx, draft("有小红书吗"));
    services.clock.advance(1_000);
    expect((await switchPack(ctx, "apparel", false)).isOn).toBe(false);
    expect((await listFaqs(ctx, {})).faqs.filter(({ pack }) => pack === "apparel")).toEqual([]);
    expect(await answerTo(ctx, "发什么快递")).toBeNull();
    expect((await getFaq(ctx, own.id)).question).toBe("有小红书吗");
    await switchPack(ctx, "apparel", true);
    const after = new Map((await listFaqs(ctx, {})).faqs.map((faq) => [faq.slug, faq]));
    expect(after.size).toBe(before.length); // one removed, one of its own
    expect(after.get("apparel.courier-choice")).toMatchObject({ id: edited.id, answer: "只发顺丰" });
    expect(after.has("apparel.smell")).toBe(false);
    expect((await listPacks(ctx)).filter(({ isOn }) => isOn)).toMatchObject([{ slug: "apparel" }]);
  });

  test("small talk is answered from the first minute, and in the shop's own words when it edits them", async () => {
    const ctx = await shop();
    expect(ask(await knowledgeFor(ctx), { text: "你好" }).reply.outcome).toBe("small-talk");
    await switchPack(ctx, "apparel", true);
    const greeting = (await listFaqs(ctx, {})).faqs.find(({ slug }) => slug === "small-talk.greeting");
    if (greeting === undefined) throw new Error("no greeting");
    await updateFaq(ctx, greeting.id, {
      ...draft(greeting.question, { answer: "欢迎来小岛！" }),
      version: greeting.version,
    });
    expect(ask(await knowledgeFor(ctx), { text: "你好" }).reply.text).toBe("欢迎来小岛！");
  });

  test("a blank of the shop's own is a blank like any other; an unknown one is refused", async () => {
    const ctx = await shop();
    await createFaq(ctx, draft("老板贵姓", { answer: "免贵姓{{老板姓}}。" }));
    expect(await listBlanks(ctx)).toMatchObject([{ key: "老板姓", value: null, usedBy: 1 }]);
    expect(ask(await knowledgeFor(ctx), { text: "老板贵姓" }).reply.outcome).toBe("held");
    await fillBlanks(ctx, { 老板姓: "林" });
    expect(await answerTo(ctx, "老板贵姓")).toBe("免贵姓林。");
    await expect(fillBlanks(ctx, { 没有这个空: "1" })).rejects.toMatchObject({ code: "request/invalid" });
    await expect(switchPack(ctx, "nothing", true)).rejects.toMatchObject({ code: "request/not-found" });
  });
});

describe("sheets", () => {
  const csv = (lines: string[]) => Buffer.from(["编号,问题,答案,相似问法", ...lines].join("\n"));

  test("a dry run only reports; the real one adds, changes and leaves alone", async () => {
    const ctx = await shop();
    await createFaq(ctx, draft("包邮吗", { slug: "own.fee", answer: "旧的" }));
    await createFaq(ctx, draft("几天到", { slug: "own.days", answer: "三天" }));
    const file = csv([
      "own.fee,包邮吗,满99包邮,",
      ",几天到,三天,",
      ",能开发票吗,可以,发票怎么开|开票",
      ",,没有问题,",
    ]);
    const expected = {
      added: 1,
      changed: 1,
      unchanged: 1,
      errors: [{ row: 5, column: "问题 question", code: "missing", value: "" }],
    };
    expect(await importFaqs(ctx, file, true)).toEqual(expected);
    expect((await listFaqs(ctx, {})).faqs).toHaveLength(2);
    expect(await importFaqs(ctx, file, false)).toEqual(expected);
    expect(await answerTo(ctx, "包邮吗")).toBe("满99包邮");
    expect(await answerTo(ctx, "发票怎么开")).toBe("可以");
    expect(await importFaqs(ctx, file, false)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  });

  test("what a sheet has no column for stays as it is", async () => {
    const ctx = await shop();
    const rest = {
      questionEn: "Is delivery free?",
      answerEn: "Yes.",
      category: "物流",
      tags: ["运费"],
      phrasings: ["要运费吗"],
      negatives: ["退货运费"],
      isOn: false,
    };
    const { id } = await createFaq(ctx, draft("包邮吗", rest));
    const changed = await importFaqs(ctx, Buffer.from("问题,答案\n包邮吗,满99包邮\n"), false);
    expect(changed).toMatchObject({ changed: 1 });
    expect(await getFaq(ctx, id)).toMatchObject({ ...rest, answer: "满99包邮" });
    // an empty cell of a column that it has says: none
    await importFaqs(ctx, Buffer.from("问题,答案,相似问法,英文答案\n包邮吗,满99包邮,,\n"), false);
    expect(await getFaq(ctx, id)).toMatchObject({ ...rest, phrasings: [], answerEn: "" });
  });

  test("an FAQ that somebody changes meanwhile is not said to be imported", async () => {
    const ctx = await shop();
    const { id } = await createFaq(ctx, draft("包邮吗", { answer: "旧的" }));
    const waits = async () => {
      const rows = await database.asAdmin(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update faq%'",
      );
      return rows.length;
    };
    const written = database.db.transact(ctx.tenantId, async (tx) => {
      await tx.run("update faq set answer = '新的', version = version + 1 where tenant_id = $1 and id = $2", [
        ctx.tenantId,
        id,
      ]);
      const importing = importFaqs(ctx, Buffer.from("问题,答案\n包邮吗,表格的\n"), false);
      importing.catch(() => {});
      await expect.poll(waits, { timeout: 10_000 }).toBe(1);
      return { importing };
    });
    await expect((await written).importing).rejects.toMatchObject({ code: "faq/version-moved" });
    expect((await getFaq(ctx, id)).answer).toBe("新的");
  });

  test.each(["xlsx", "csv"] as const)("a pack exported as %s comes back unchanged", async (format) => {
    const ctx = await shop();
    await switchPack(ctx, "apparel", true);
    const { body, name, type } = await exportFaqs(ctx, format);
    expect(name).toBe(`faq-2026-11-20.${format}`);
    expect(type).toContain(format === "csv" ? "text/csv" : "spreadsheetml");
    const report = await importFaqs(ctx, body, false);
    expect(report).toMatchObject({ added: 0, changed: 0, errors: [] });
    expect(report.unchanged).toBe((await listFaqs(ctx, {})).faqs.length);
  });
});

test("trying it out answers with a trace, remembers what was asked back, and records nothing", async () => {
  const ctx = await shop();
  await switchPack(ctx, "apparel", true, true);
  const trial = { history: [], conversation: "t1", availability: "open" as const, locale: "zh-CN" as const };
  const reply = await tryIt(ctx, { ...trial, text: "满多少包邮" });
  expect(reply).toMatchObject({ outcome: "answer", faq: "apparel.free-shipping" });
  expect(reply.trace.map(({ step }) => step)).toContain("knowledge");
  expect((await tryIt(ctx, { ...trial, text: "qwerty" })).outcome).toBe("ask-back");
  expect((await tryIt(ctx, { ...trial, text: "asdfgh" })).outcome).toBe("handoff");
  expect((await tryIt(ctx, { ...trial, conversation: "t2", text: "asdfgh" })).outcome).toBe("ask-back");
  expect(await database.asAdmin("select 1 from conversation where tenant_id = $1", [ctx.tenantId])).toEqual(
    [],
  );
});
