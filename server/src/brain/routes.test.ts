// Knowledge over HTTP: every route of this room once, replies checked against the contract, refusals with their status.

import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { testServices } from "../../test/services.ts";
import { brainApp } from "./testing/brain-app.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
});
afterAll(close);

test("a pack is switched on, its blanks are filled, and it can be tried out", async () => {
  const packs = (await call("listPacks")).body as { slug: string; isOn: boolean; faqCount: number }[];
  expect(packs.length).toBeGreaterThanOrEqual(10);
  for (const pack of packs) expect(pack).toMatchObject({ isOn: false });
  expect(Math.min(...packs.map(({ faqCount }) => faqCount))).toBeGreaterThanOrEqual(100);
  expect(
    (await call("switchPack", { params: { slug: "apparel" }, body: { isOn: true } })).body,
  ).toMatchObject({ isOn: true });
  expect((await call("listBlanks")).body).toContainEqual(
    expect.objectContaining({ key: "包邮门槛", value: null }),
  );
  const values = { 包邮门槛: "99", 普通运费: "8", 偏远运费: "15" };
  expect((await call("fillBlanks", { body: { values } })).body).toContainEqual(
    expect.objectContaining({ key: "包邮门槛", value: "99" }),
  );
  const { body } = await call("tryIt", { body: { text: "满多少包邮" } });
  expect(body).toMatchObject({
    outcome: "answer",
    faq: "apparel.free-shipping",
    text: expect.stringContaining("99"),
  });
});

test("an FAQ is made, read, changed, removed and brought back", async () => {
  const made = await call("createFaq", { body: { question: "可以刷卡吗", answer: "可以" } });
  expect(made).toMatchObject({ status: 200, body: { question: "可以刷卡吗", version: 1, isOn: true } });
  const params = { id: made.body.id };
  expect((await call("getFaq", { params })).body).toEqual(made.body);
  expect((await call("listFaqs", { query: "?q=%E5%88%B7%E5%8D%A1" })).body.faqs).toHaveLength(1);
  const change = { question: "可以刷卡吗", answer: "只收现金", version: 1 };
  expect((await call("updateFaq", { params, body: change })).body).toMatchObject({ version: 2 });
  expect(await call("updateFaq", { params, body: change })).toMatchObject({
    status: 409,
    code: "faq/version-moved",
  });
  expect((await call("deleteFaq", { params })).status).toBe(204);
  expect(await call("getFaq", { params })).toMatchObject({ status: 404, code: "faq/not-found" });
  expect((await call("restoreFaq", { params })).body).toMatchObject({ answer: "只收现金" });
});

test("a sheet is looked at, brought in and taken out", async () => {
  const file = { name: "faq.csv", text: "问题,答案\n有小票吗,有的\n,没有问题\n" };
  const report = {
    added: 1,
    changed: 0,
    unchanged: 0,
    errors: [{ row: 3, column: "问题 question", code: "missing", value: "" }],
  };
  expect((await call("importFaqs", { file, query: "?dryRun=1" })).body).toEqual(report);
  expect((await call("importFaqs", { file })).body).toEqual(report);
  const out = await call("exportFaqs", { query: "?format=csv" });
  expect(out.raw.headers["content-disposition"]).toContain("attachment");
  expect(out.raw.body).toContain("有小票吗");
  expect((await call("exportFaqs")).raw.rawPayload.subarray(0, 2).toString()).toBe("PK");
  expect(await call("importFaqs", { file: { name: "x.csv", text: "a\u0000b" } })).toMatchObject({
    status: 400,
    code: "import/unreadable",
  });
  const large = { name: "large.csv", text: `问题,答案\n${"很".repeat(2_000_000)}` };
  expect(await call("importFaqs", { file: large })).toMatchObject({ status: 413, code: "import/too-large" });
});

test("who may not is refused, and so is what is no FAQ", async () => {
  expect((await call("listFaqs", { as: "nobody" })).status).toBe(401);
  expect((await call("listFaqs", { as: "viewer" })).status).toBe(200);
  expect(await call("createFaq", { as: "viewer", body: { question: "一", answer: "二" } })).toMatchObject({
    status: 403,
  });
  expect(await call("createFaq", { body: { question: " ", answer: "二" } })).toMatchObject({
    status: 400,
    code: "request/invalid",
  });
  expect(await call("switchPack", { params: { slug: "nothing" }, body: { isOn: true } })).toMatchObject({
    status: 404,
  });
  expect(await call("fillBlanks", { body: { values: { 没有这个空: "1" } } })).toMatchObject({ status: 400 });
});
