// Health and borrowing over HTTP against a real database: collisions name the other FAQ, what the owner refuses is no
// longer compared with, and neither a viewer nor another shop can touch it.

import type { BorrowedIntent, FaqHealth, FaqId, FaqMark } from "@yingda/contract";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testCtx, testServices } from "../../../../test/services.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { knowledgeFor } from "../knowledge-cache.ts";

const database = await testDatabase();
const services = await testServices(database);
const [shop, other] = [await database.tenant(), await database.tenant()];
const { call, close } = await brainApp(services, {
  owner: { tenantId: shop.tenantId, role: "owner" },
  viewer: { tenantId: shop.tenantId, role: "viewer" },
  stranger: { tenantId: other.tenantId, role: "owner" },
});
afterAll(close);
const ctx = testCtx(services, shop.tenantId);

async function add(question: string, answer: string, phrasings: string[] = []): Promise<FaqId> {
  const { body } = await call("createFaq", { body: { question, answer, phrasings } });
  return body.id;
}

async function healthOf(id: FaqId): Promise<FaqHealth> {
  return (await call("getFaqHealth", { params: { id } })).body;
}

async function marks(): Promise<Record<string, FaqMark>> {
  return (await call("listFaqHealth")).body;
}

function change(id: FaqId, body: { refuse?: string[]; takeBack?: string[] }, as = "owner") {
  return call("changeBorrowed", { as, params: { id }, body });
}

async function rowOf(id: FaqId) {
  return services.db.system((tx) =>
    tx.one<{ unborrowed: string[]; version: number; checked: boolean }>(
      "select unborrowed, version, checked_on is not null as checked from faq where id = $1",
      [id],
    ),
  );
}

async function match(where: Ctx, text: string, slug: string) {
  return (await knowledgeFor(where)).retrieve(text, []).matches.find(({ id }) => id === slug);
}

function inUse(borrowed: readonly BorrowedIntent[]): string[] {
  return borrowed.flatMap(({ phrasings }) =>
    phrasings.filter((one) => !one.isRefused).map(({ text }) => text),
  );
}

describe("health", () => {
  test("a collision names the other FAQ on both sides, and the list marks both", async () => {
    const first = await add("可以带宠物进店吗", "可以的，小猫小狗都欢迎。", [
      "能带狗吗",
      "猫能进吗",
      "宠物让进不",
    ]);
    const second = await add("能带狗吗", "不可以带宠物。", ["带小狗行不行", "狗让进吗", "我家狗能来吗"]);
    const [one, two] = [await healthOf(first), await healthOf(second)];
    expect(one).toMatchObject({ isMatched: true });
    expect(one.problems).toContainEqual({
      kind: "shared-phrasing",
      phrasing: "能带狗吗",
      other: { id: second, slug: expect.any(String), question: "能带狗吗" },
    });
    expect(two.problems).toContainEqual(
      expect.objectContaining({
        kind: "contradiction",
        other: { id: first, slug: expect.any(String), question: "可以带宠物进店吗" },
        values: [expect.stringContaining("不可以"), expect.stringContaining("可以")],
      }),
    );
    const all = await marks();
    expect(all[first]?.kinds[0]).toBe("shared-phrasing");
    expect(all[second]?.count).toBe(two.problems.length);

    // repaired: the marks are new at once
    await call("updateFaq", {
      params: { id: second },
      body: {
        question: "有停车场吗",
        answer: "有。",
        phrasings: ["车停哪", "能停车不", "停车收费吗"],
        version: 1,
      },
    });
    expect((await healthOf(first)).problems).toEqual([]);
    expect((await marks())[second]?.count).toBe(0);
  });

  test("blanks count until they are filled", async () => {
    const id = await add("邮费多少", "{{邮费}}元，满{{门槛}}元包邮。");
    expect((await healthOf(id)).problems).toEqual([{ kind: "open-blank", blanks: ["邮费", "门槛"] }]);
    await call("fillBlanks", { body: { values: { 邮费: "8", 门槛: "99" } } });
    expect((await healthOf(id)).problems).toEqual([]);
  });

  test("what the collection does not know needs three phrasings of its own", async () => {
    const id = await add("ร้านเปิดกี่โมง", "๙ โมง", ["เปิดกี่โมง"]);
    expect(await healthOf(id)).toMatchObject({
      isKnownToCorpus: false,
      borrowed: [],
      problems: [{ kind: "few-phrasings", count: 1, wanted: 3 }],
    });
    expect((await marks())[id]).toEqual({ kinds: ["few-phrasings"], count: 1, borrowed: 0 });
    await call("updateFaq", {
      params: { id },
      body: {
        question: "ร้านเปิดกี่โมง",
        answer: "๙ โมง",
        phrasings: ["เปิดกี่โมง", "ปิดเมื่อไหร่", "วันนี้เปิดไหม"],
        version: 1,
      },
    });
    expect((await marks())[id]).toEqual({ kinds: [], count: 0, borrowed: 0 });
  });

  test("an FAQ that is off has no health and no mark", async () => {
    const id = (await call("createFaq", { body: { question: "几点开门", answer: "九点", isOn: false } })).body
      .id;
    expect(await healthOf(id)).toEqual({
      isMatched: false,
      problems: [],
      borrowed: [],
      isKnownToCorpus: false,
    });
    expect((await marks())[id]).toBeUndefined();
    expect(await call("getFaqHealth", { params: { id: newId<string>() } })).toMatchObject({
      status: 404,
      code: "faq/not-found",
    });
  });
});

describe("borrowing", () => {
  test("a refused phrasing is no longer compared with, and is again when taken back", async () => {
    const id = await add("可以开发票吗", "可以开电子发票。");
    const { slug } = (await call("getFaq", { params: { id } })).body;
    const before = await healthOf(id);
    expect(before.isKnownToCorpus).toBe(true);
    const said = inUse(before.borrowed).find((text) => !/发票|开/u.test(text)) ?? "";
    expect(said).not.toBe("");
    const asked = await match(ctx, said, slug);
    expect(asked?.why).toMatchObject({ phrasing: said, wordsBorrowed: expect.closeTo(1, 3) });
    expect(asked?.why.borrowedFrom).toBe(
      before.borrowed.find(({ phrasings }) => phrasings.some(({ text }) => text === said))?.slug,
    );

    const refused = await change(id, { refuse: [said] });
    expect(refused.status).toBe(200);
    expect(inUse(refused.body.borrowed)).toEqual(inUse(before.borrowed).filter((text) => text !== said));
    // struck through where it stood
    const places = ({ borrowed }: FaqHealth) =>
      borrowed.map(({ phrasings }) => phrasings.map(({ text }) => text));
    expect(places(refused.body)).toEqual(places(before));
    expect(await rowOf(id)).toEqual({ unborrowed: [said], version: 1, checked: false });
    const after = await match(ctx, said, slug);
    expect(after?.why.phrasing).not.toBe(said);
    expect(after?.why.wordsBorrowed).toBeLessThan(0.99);

    expect((await change(id, { takeBack: [said] })).body).toEqual(before);
    expect(await rowOf(id)).toMatchObject({ unborrowed: [] });
    expect((await match(ctx, said, slug))?.why.phrasing).toBe(said);
  });

  test("without its intents a message that only they covered is not taken for the FAQ", async () => {
    const id = await add("怎么退货", "七天内可以退。");
    const { slug } = (await call("getFaq", { params: { id } })).body;
    const before = await healthOf(id);
    const intents = before.borrowed.map((intent) => intent.slug);
    const texts = inUse(before.borrowed);
    const sureness = () =>
      Promise.all(texts.map(async (text) => (await match(ctx, text, slug))?.confidence ?? 0));
    const sure = await sureness();
    const { body } = await change(id, { refuse: intents });
    expect(body).toMatchObject({ isKnownToCorpus: false, problems: [{ kind: "few-phrasings" }] });
    expect(body.borrowed).toHaveLength(intents.length);
    for (const intent of body.borrowed) expect(intent).toMatchObject({ isRefused: true, strength: null });
    expect(body.borrowed[0].zh).not.toBe("");
    const unsure = await sureness();
    // the engine has read the same collection, so that they stay likely; they do not get likelier for want of their twins
    const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;
    expect(mean(unsure)).toBeLessThan(mean(sure) + 0.01);
    for (const text of texts)
      expect((await match(ctx, text, slug))?.why ?? { wordsBorrowed: 0, borrowedFrom: null }).toMatchObject({
        wordsBorrowed: 0,
        borrowedFrom: null,
      });

    // what every node trains from the rows refuses it, too
    const elsewhere = testCtx(await testServices(database, { ownConnections: true }), shop.tenantId);
    const there = (await knowledgeFor(elsewhere)).borrowed(slug).map((intent) => intent.slug);
    expect(there.filter((intent) => intents.includes(intent))).toEqual([]);
    expect((await change(id, { takeBack: intents })).body.borrowed).toEqual(before.borrowed);
  });

  test("try it says which phrasing decided and where it came from", async () => {
    const id = await add("怎么选尺码", "看尺码表。");
    const said = inUse((await healthOf(id)).borrowed).find((text) => !/尺码/u.test(text)) ?? "";
    const { body } = await call("tryIt", { body: { text: said } });
    expect(body.candidates[0].why).toMatchObject({
      phrasing: said,
      borrowedFrom: expect.stringContaining("."),
      isExact: false,
    });
    expect((await call("tryIt", { body: { text: "怎么选尺码" } })).body.candidates[0].why).toMatchObject({
      borrowedFrom: null,
      isExact: true,
      shared: expect.arrayContaining(["尺码"]),
    });
  });

  test("the list lives through edits, deletion, export and import", async () => {
    const id = await add("支持货到付款吗", "不支持。");
    const [first] = (await healthOf(id)).borrowed;
    const refuse = [first?.slug ?? "", first?.phrasings[0]?.text ?? ""];
    await change(id, { refuse });
    const { body: faq } = await call("getFaq", { params: { id } });
    expect(faq).toMatchObject({ unborrowed: refuse, version: 1 });
    const draft = { question: faq.question, answer: "现在支持了。", version: 1 };
    expect((await call("updateFaq", { params: { id }, body: draft })).body.unborrowed).toEqual(refuse);
    await call("deleteFaq", { params: { id } });
    expect((await call("restoreFaq", { params: { id } })).body.unborrowed).toEqual(refuse);

    const sheet = (await call("exportFaqs", { query: "?format=csv" })).raw.body;
    const into = { as: "stranger", file: { name: "faq.csv", text: sheet } };
    expect((await call("importFaqs", into)).body).toMatchObject({ changed: 0, errors: [] });
    const { faqs } = (await call("listFaqs", { as: "stranger" })).body;
    expect(faqs.find(({ slug }: { slug: string }) => slug === faq.slug)).toMatchObject({
      unborrowed: refuse,
    });
    expect((await call("importFaqs", { file: into.file })).body).toMatchObject({ added: 0, changed: 0 });
    // a sheet without the column leaves the list alone
    const plain = { name: "faq.csv", text: `问题,答案\n${faq.question},又不支持了\n` };
    expect((await call("importFaqs", { file: plain })).body).toMatchObject({ changed: 1 });
    expect((await rowOf(id)).unborrowed).toEqual(refuse);
  });

  test("only what is borrowed can be refused", async () => {
    const id = await add("可以分期吗", "可以分三期。");
    expect(await change(id, { refuse: ["根本没有借的一句"] })).toMatchObject({
      status: 400,
      code: "request/invalid",
    });
    expect(await rowOf(id)).toMatchObject({ unborrowed: [] });
  });

  test("a viewer may look and not touch; another shop sees nothing of it", async () => {
    const id = await add("能不能自提", "可以到店自提。");
    const [intent] = (await healthOf(id)).borrowed;
    const refuse = [intent?.slug ?? ""];
    expect((await call("getFaqHealth", { as: "viewer", params: { id } })).status).toBe(200);
    expect((await call("listFaqHealth", { as: "viewer" })).status).toBe(200);
    expect(await change(id, { refuse }, "viewer")).toMatchObject({ status: 403 });
    expect(await change(id, { refuse }, "nobody")).toMatchObject({ status: 401 });
    expect(await change(id, { refuse }, "stranger")).toMatchObject({ status: 404, code: "faq/not-found" });
    expect(await call("getFaqHealth", { as: "stranger", params: { id } })).toMatchObject({ status: 404 });
    expect((await call("listFaqHealth", { as: "stranger" })).body).not.toHaveProperty(id);
    expect(await rowOf(id)).toMatchObject({ unborrowed: [] });
  });

  test("the change is in the audit log's and the other nodes' events", async () => {
    const id = await add("有没有会员折扣", "会员九五折。");
    const [intent] = (await healthOf(id)).borrowed;
    await change(id, { refuse: [intent?.slug ?? ""] });
    const events = await services.db.system((tx) =>
      tx.rows<{ kind: string }>(
        "select kind from outbox_event where tenant_id = $1 and payload::text like $2 order by seq",
        [shop.tenantId, `%${id}%`],
      ),
    );
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "faq-changed")).toHaveLength(2); // added, changed
    expect(kinds.filter((kind) => kind === "audit-requested")).toHaveLength(2);
  });
});
