// The shop's documents over HTTP on a real database, read by the real job: kept, searched, changed, cancelled, removed and
// brought back; nothing half-imported; two shops never see each other's.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DocumentSummary, FoundPassage } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { knowledgeFor, knowledgeListener } from "../../knowledge/knowledge-cache.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { purgeDocuments, registerDocumentJobs } from "./document-jobs.ts";
import { runReading } from "./read-document-job.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const other = (await database.tenant()).tenantId;
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
  stranger: { tenantId: other, role: "owner" },
});
beforeAll(async () => {
  registerDocumentJobs(services);
  await services.jobs.start(services);
});
afterAll(async () => {
  await services.jobs.stop();
  await close();
});

const manual = `# 净水器使用手册

## 更换滤芯

滤芯建议每六个月更换一次。更换前请先关闭进水阀。

## 故障代码

显示 E4 表示水压不足，请检查进水阀是否完全打开。

## 保修

整机保修两年，自签收之日起计算。
`;

async function uploaded(name: string, text: string, as = "owner", query = ""): Promise<DocumentSummary> {
  const { body, status } = await call("uploadDocument", { as, file: { name, text }, query });
  expect(status).toBe(200);
  return await read(body.id, as);
}

/** How many files are kept for the shop. */
const files = () =>
  database.db.transact(tenantId, async (tx) => {
    const { count } = await tx.one<{ count: number }>(
      "select count(*)::int as count from media where tenant_id = $1 and deleted_at is null",
      [tenantId],
    );
    return count;
  });

/** The document once nothing is being read any more. */
async function read(id: string, as = "owner"): Promise<DocumentSummary> {
  await expect
    .poll(async () => (await call("getDocument", { as, params: { id } })).body.state, { timeout: 20_000 })
    .not.toMatch(/waiting|reading/u);
  return (await call("getDocument", { as, params: { id } })).body;
}

const search = async (question: string, as = "owner"): Promise<FoundPassage[]> =>
  (await call("searchDocuments", { as, query: `?question=${encodeURIComponent(question)}` })).body;

/** The first found, once it is so: passages are taken in between customers' lines, some moments after a document's state is told. */
const soon = (question: string) => expect.poll(async () => (await search(question))[0], { timeout: 20_000 });

test("a document is a product's manual: its original is opened, and it follows every change", async () => {
  const document = await uploaded("净水器.md", manual);
  const strange = await call("createProduct", {
    as: "stranger",
    body: { name: "净水器", manualDocument: document.id },
  });
  expect(strange.code).toBe("document/not-found");
  const { body: product } = await call("createProduct", {
    body: { name: "清泉净水器", manualDocument: document.id },
  });
  const known = async () => {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
    return (await knowledgeFor(ctx)).products.byId.get(product.id);
  };
  expect(await known()).toMatchObject({
    manualDocument: document.id,
    manualFile: { name: "净水器.md", sizeBytes: Buffer.byteLength(manual) },
  });
  const first = (await known())?.manualFile?.mediaId;
  await uploaded("净水器二版.md", `${manual}\n保修卡另附。`, "owner", `?replaces=${document.id}`);
  // answered from shortly after the state is told
  await expect.poll(async () => (await known())?.manualFile?.name).toBe("净水器二版.md");
  const failed = await uploaded("净水器三版.pdf", "%PDF-1.7 broken", "owner", `?replaces=${document.id}`);
  expect(failed.state).toBe("failed");
  expect((await known())?.manualFile?.name).toBe("净水器二版.md");
  expect((await known())?.manualFile?.mediaId).not.toBe(first);
  const { title, schedule, version } = await read(document.id);
  const params = { id: document.id };
  await call("updateDocument", { params, body: { title, schedule, version, isOn: false } });
  expect(await known()).toMatchObject({ manualDocument: null, manualFile: null });
  await call("deleteProduct", { params: { id: product.id } });
  await call("deleteDocument", { params });
});

test("a file is read by a job, found by questions, shown by passage, and had again as it came", async () => {
  const document = await uploaded("手册.md", manual);
  expect(document).toMatchObject({ kind: "file", title: "手册", state: "ready", error: null, isOn: true });
  expect(document.passageCount).toBe(3);
  await soon("滤芯多久换一次").toBeDefined();
  const [found] = await search("滤芯多久换一次");
  expect(found).toMatchObject({ document: document.id, title: "手册" });
  expect(found?.text).toContain("每六个月");
  expect(found?.heading.at(-1)).toBe("更换滤芯");

  const params = { id: document.id };
  const { body } = await call("listPassages", { params });
  expect(body.total).toBe(3);
  const part = (await call("listPassages", { params, query: `?text=${encodeURIComponent("水压")}` })).body;
  const [first] = body.passages;
  const heading = encodeURIComponent(first?.heading.join(" › ") ?? "");
  const there = (await call("listPassages", { params, query: `?heading=${heading}` })).body.passages;
  for (const each of there) expect(each).toMatchObject({ heading: first?.heading });
  expect(there).toContainEqual(first);
  expect(there.length).toBeLessThan(body.total);
  expect((await call("listPassages", { params, query: "?page=7" })).body.total).toBe(0);
  expect(part).toMatchObject({ total: 1, passages: [{ heading: ["净水器使用手册", "故障代码"] }] });
  const { raw } = await call("downloadOriginal", { params });
  expect(raw.body).toBe(manual);
  expect(raw.headers["content-disposition"]).toContain("attachment");
  await call("deleteDocument", { params });
});

test("what is ready is found: also of a long document, also when it is read once more", async () => {
  const lines = Array.from(
    { length: 1_500 },
    (_, at) => `## 零件 ${at}\n\n零件 ${at} 的编号是 PZ-${at}，库位在第 ${at} 排。`,
  );
  const { id } = await uploaded("零件.md", lines.join("\n\n"));
  expect((await search("PZ-1234 的库位在哪里"))[0]?.text).toContain("第 1234 排");
  lines[1_234] = "## 零件 1234\n\n零件 1234 的编号是 PZ-1234，库位在地下室。";
  await uploaded("零件.md", lines.join("\n\n"), "owner", `?replaces=${id}`);
  expect((await search("PZ-1234 的库位在哪里"))[0]?.text).toContain("地下室");
  await call("deleteDocument", { params: { id } });
});

describe("a document that changes", () => {
  test("and changes back before anybody has looked has not changed; what went later is told as gone", async () => {
    const { id } = await uploaded("手册.md", manual);
    const params = { id };
    const query = `?replaces=${id}`;
    const kinds = async () => {
      const { body } = await call("listDocumentChanges", { params });
      return body.map(({ kind, before, after }: Record<string, string>) => [kind, before, after]);
    };
    const longer = `${manual}\n## 退货\n\n七天内可以退货。\n`;
    await uploaded("手册.md", longer, "owner", query);
    expect(await kinds()).toEqual([["added", null, "七天内可以退货。"]]);
    expect(await uploaded("手册.md", manual, "owner", query)).toMatchObject({ changedCount: 0 });
    expect(await kinds()).toEqual([]);
    const shorter = manual.replace(/## 保修[^#]*/u, "");
    await uploaded("手册.md", shorter, "owner", query);
    expect(await kinds()).toEqual([["removed", "整机保修两年，自签收之日起计算。", null]]);
    await uploaded("手册.md", manual, "owner", query);
    expect(await kinds()).toEqual([]);
    await uploaded("手册.md", manual.replace("两年", "三年"), "owner", query);
    await uploaded("手册.md", shorter, "owner", query);
    expect(await kinds()).toEqual([["removed", "整机保修两年，自签收之日起计算。", null]]);
    await call("deleteDocument", { params });
  });

  test("keeps the passages that stay, says which changed, until somebody has seen them", async () => {
    const document = await uploaded("手册.md", manual);
    const params = { id: document.id };
    const before = (await call("listPassages", { params })).body.passages;
    const kept = await files();
    const changed = await uploaded(
      "手册.md",
      manual.replace("保修两年", "保修三年"),
      "owner",
      `?replaces=${document.id}`,
    );
    expect(changed).toMatchObject({ id: document.id, changedCount: 1, state: "ready" });
    const after = (await call("listPassages", { params })).body.passages;
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    await soon("保修几年").toMatchObject({ text: expect.stringContaining("三年") });
    const { raw } = await call("downloadOriginal", { params });
    expect(raw.body).toContain("保修三年");
    // the old file goes once the new one is read, shortly after its state is told
    await expect.poll(files, { timeout: 10_000 }).toBe(kept);
    const { body: changes } = await call("listDocumentChanges", { params });
    expect(changes).toMatchObject([
      {
        kind: "changed",
        before: "整机保修两年，自签收之日起计算。",
        after: "整机保修三年，自签收之日起计算。",
      },
    ]);
    const seen = await call("seeDocumentChanges", { params, body: { ids: [changes[0].id] } });
    expect(seen.body.changedCount).toBe(0);
    expect((await call("listDocumentChanges", { params })).body).toEqual([]);
    await call("deleteDocument", { params });
  });

  test("is off, on, renamed and gone at once, and comes back", async () => {
    const { id, version } = await uploaded("手册.md", manual);
    const params = { id };
    const draft = { title: "净水器手册", isOn: false, schedule: "daily", version };
    const off = await call("updateDocument", { params, body: draft });
    expect(off.body).toMatchObject({ title: "净水器手册", isOn: false, schedule: "never", version: 2 });
    await soon("滤芯多久换一次").toBeUndefined();
    expect(await call("updateDocument", { params, body: draft })).toMatchObject({
      status: 409,
      code: "document/version-moved",
    });
    await call("updateDocument", { params, body: { ...draft, isOn: true, version: 2 } });
    await soon("滤芯多久换一次").toMatchObject({ title: "净水器手册" });
    expect((await call("deleteDocument", { params })).status).toBe(204);
    await soon("滤芯多久换一次").toBeUndefined();
    expect(await call("getDocument", { params })).toMatchObject({ status: 404, code: "document/not-found" });
    expect((await call("restoreDocument", { params })).body).toMatchObject({ passageCount: 3 });
    await soon("滤芯多久换一次").toBeDefined();
    await call("deleteDocument", { params });
  });
});

describe("a reading", () => {
  test("that fails says why, and what was read before goes on answering", async () => {
    const { id } = await uploaded("手册.md", manual);
    const failed = await uploaded("手册.pdf", "%PDF-1.7 broken", "owner", `?replaces=${id}`);
    expect(failed).toMatchObject({ state: "failed", passageCount: 3 });
    expect(failed.error?.code).toMatch(/^document\//u);
    await soon("滤芯多久换一次").toBeDefined();
    expect(failed.fileName).toBe("手册.md");
    expect((await call("downloadOriginal", { params: { id } })).raw.body).toBe(manual);
    await call("deleteDocument", { params: { id } });
  });

  test("of an older run writes nothing; of a process that died it is begun again", async () => {
    const { id } = await uploaded("手册.md", manual);
    const run = { tenantId, documentId: id, run: 2 };
    const state = async (text: string) => {
      await database.db.transact(tenantId, (tx) =>
        tx.run("update shop_document set state = $3, run = 2 where tenant_id = $1 and id = $2", [
          tenantId,
          id,
          text,
        ]),
      );
    };
    await state("reading"); // as the process left it
    await runReading(services, run);
    expect((await read(id)).state).toBe("ready");
    await state("waiting");
    await runReading(services, { ...run, run: 1 });
    expect((await call("getDocument", { params: { id } })).body.state).toBe("waiting");
    expect((await call("cancelReading", { params: { id } })).body.state).toBe("ready");
    await runReading(services, run);
    expect((await call("getDocument", { params: { id } })).body).toMatchObject({ state: "ready", done: 0 });
    await call("deleteDocument", { params: { id } });
  });
});

test("what is refused: no permission, an address that is none, a file too large, a stranger's document", async () => {
  expect((await call("listDocuments", { as: "nobody" })).status).toBe(401);
  expect((await call("listDocuments", { as: "viewer" })).status).toBe(200);
  const file = { name: "a.md", text: manual };
  expect((await call("uploadDocument", { as: "viewer", file })).status).toBe(403);
  const site = { kind: "site", url: "ftp://example.com" };
  expect((await call("addSite", { body: site })).code).toBe("request/invalid");
  expect((await call("uploadDocument", { file: { name: "leer.md", text: "" } })).code).toBe("media/empty");

  const { id } = await uploaded("秘密.md", manual);
  const params = { id };
  expect((await call("listDocuments", { as: "stranger" })).body).toEqual([]);
  for (const name of [
    "getDocument",
    "deleteDocument",
    "restoreDocument",
    "readDocumentAgain",
    "cancelReading",
    "listPassages",
    "listDocumentChanges",
    "downloadOriginal",
  ] as const)
    expect(await call(name, { as: "stranger", params })).toMatchObject({ status: 404 });
  expect(await search("滤芯多久换一次", "stranger")).toEqual([]);
  await call("deleteDocument", { params });
});

test("another node takes a document in when it hears of it; after 30 days a deleted one ends", async () => {
  const ctx = makeCtx(services, { tenantId: other, actor: { kind: "system", name: "test" } });
  const knowledge = await knowledgeFor(ctx);
  expect(knowledge.passages.size).toBe(0);
  const { id } = await uploaded("手册.md", manual, "stranger");
  knowledge.passages.remove(id); // as if this node had not heard of it
  knowledgeListener(services).heard([
    { kind: "document-changed", tenantId: other, aggregateId: other, seq: 1 } as never,
  ]);
  await expect.poll(() => knowledge.passages.size).toBe(3);
  expect(await knowledgeFor(ctx)).toBe(knowledge);

  const params = { id };
  await call("deleteDocument", { as: "stranger", params });
  await services.db.system((tx) =>
    tx.run("update shop_document set deleted_at = deleted_at - interval '31 days' where id = $1", [id]),
  );
  expect((await call("restoreDocument", { as: "stranger", params })).code).toBe("document/not-found");
  expect(await purgeDocuments(services)).toBeGreaterThanOrEqual(1);
});

test("past chats: nobody stands in the rows or on the disk, and another customer is told what the shop said only", async () => {
  const chat = [
    "韩梅梅 2026-05-01 10:02:11\n净水器可以送到山上的民宿吗，电话13912345678",
    "小岛客服 2026-05-01 10:02:30\n韩梅梅您好，净水器可以送到山上的民宿，司机会打13912345678。",
    "韩梅梅 2026-05-01 10:04:00\n师傅几点到",
    "小岛客服 2026-05-01 10:05:00\n师傅当天下午两点到。",
  ].join("\n");
  const { id } = await uploaded("聊天记录.txt", chat);
  const { body: document } = await call("getDocument", { params: { id } });
  expect(document.problems).toEqual([
    expect.objectContaining({ code: "personal-masked", values: { phone: 2, name: 1 } }),
  ]);
  const rows = await database.db.transact(tenantId, (tx) =>
    tx.rows("select heading, text from document_passage where tenant_id = $1 and document_id = $2", [
      tenantId,
      id,
    ]),
  );
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/139|韩梅梅/u);
  const { media_id: media } = await database.db.transact(tenantId, (tx) =>
    tx.one<{ media_id: string }>("select media_id from shop_document where tenant_id = $1 and id = $2", [
      tenantId,
      id,
    ]),
  );
  const folder = join(services.config.dataFolder, "media");
  const names = await readdir(folder, { recursive: true });
  const blob = names.find((name) => name.includes(media)) ?? expect.fail("the original is kept");
  expect((await readFile(join(folder, blob))).includes(Buffer.from("13912345678"))).toBe(false);

  await soon("净水器可以送到山上的民宿吗").toBeDefined();
  const [found] = await search("净水器可以送到山上的民宿吗");
  expect(found?.text).toBe("净水器可以送到山上的民宿，司机会打***。");
  const said = (await call("tryIt", { body: { text: "净水器可以送到山上的民宿吗" } })).body;
  expect(said).toMatchObject({
    outcome: "answer",
    text: "净水器可以送到山上的民宿，司机会打***。",
    contents: [],
  });
  await call("deleteDocument", { params: { id } });
});
