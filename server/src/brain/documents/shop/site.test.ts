// A site as a document, through the real job: read page by page, read again on schedule with what changed, and what is told
// when it cannot be read.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { DocumentSummary } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { readDueDocuments, registerDocumentJobs } from "./document-jobs.ts";
import { runReading } from "./read-document-job.ts";
import { readSource } from "./read-source.ts";
import { askForReading } from "./reading-store.ts";
import { livingDocument } from "./shop-documents.ts";

const page = (title: string, text: string, ...links: string[]) =>
  `<html><head><title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p>${links
    .map((link) => `<p><a href="${link}">${link}</a></p>`)
    .join("")}</main></body></html>`;
const site: Record<string, string> = {
  "/help/": page("帮助中心", "欢迎来到帮助中心，这里有常见问题的解答。", "/help/returns", "/help/lost"),
  "/help/returns": page("退货说明", "签收后七天内可以申请退货，运费由买家承担。", "/help/deep"),
  "/help/deep": page("发票说明", "电子发票在确认收货后三天内发到邮箱。"),
};
/** Addresses that fail for a moment. */
const away = new Set<string>();
/** What was asked for, and how it was answered. */
const asked: string[] = [];
const server = createServer(({ url = "", headers }, response) => {
  const body = site[url];
  const etag = `"${createHash("sha256")
    .update(body ?? "")
    .digest("hex")}"`;
  if (away.has(url)) {
    response.writeHead(503).end();
    return;
  }
  const isKnown = body !== undefined && headers["if-none-match"] === etag;
  asked.push(`${url} ${isKnown ? 304 : body === undefined ? 404 : 200}`);
  if (isKnown) {
    response.writeHead(304).end();
    return;
  }
  if (body !== undefined) response.setHeader("etag", etag);
  response.writeHead(body === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
  response.end(body ?? "");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const origin = `http://127.0.0.1:${port}`;

const database = await testDatabase();
const services = await testServices(database, {
  config: { allowPrivate: [{ purpose: "site", host: "127.0.0.1", port }] },
});
const { tenantId } = await database.tenant();
const { call, close } = await brainApp(services, { owner: { tenantId, role: "owner" } });
beforeAll(async () => {
  registerDocumentJobs(services);
  await services.jobs.start(services);
});
afterAll(async () => {
  await services.jobs.stop();
  await close();
  server.closeAllConnections();
  server.close();
});

async function read(id: string): Promise<DocumentSummary> {
  const get = async () => (await call("getDocument", { params: { id } })).body;
  await expect.poll(async () => (await get()).state, { timeout: 20_000 }).not.toMatch(/waiting|reading/u);
  return get();
}
const added = async (draft: object) => read((await call("addSite", { body: draft })).body.id);
const found = async (question: string) =>
  (await call("searchDocuments", { query: `?question=${encodeURIComponent(question)}` })).body;

test("a site is read page by page, each passage with its address; a page that fails is told", async () => {
  const draft = { kind: "site", url: `${origin}/help/`, schedule: "daily" };
  const document = await added(draft);
  expect(document).toMatchObject({ title: "帮助中心", state: "ready", pageCount: 3, problemCount: 1 });
  const [best] = await found("退货运费谁承担");
  expect(best).toMatchObject({ url: `${origin}/help/returns`, document: document.id });
  const params = { id: document.id };
  const { body } = await call("getDocument", { params });
  expect(body.problems).toMatchObject([{ code: "page-missing", url: `${origin}/help/lost` }]);

  site["/help/returns"] = page("退货说明", "签收后十五天内可以申请退货，运费由买家承担。", "/help/deep");
  expect(await readDueDocuments(services)).toBe(0);
  services.clock.advance(86_400_000 + 1);
  asked.length = 0;
  expect(await readDueDocuments(services)).toBe(1);
  const again = await read(document.id);
  // only what changed is sent again
  expect(asked.filter((line) => line.startsWith("/help/"))).toEqual([
    "/help/ 304",
    "/help/returns 200",
    "/help/lost 404",
    "/help/deep 304",
  ]);
  expect(again).toMatchObject({ changedCount: 1, pageCount: 3 });
  expect(new Date(again.nextReadAt ?? 0).getTime()).toBe(services.clock.nowMs() + 86_400_000);
  const { body: changes } = await call("listDocumentChanges", { params });
  expect(changes[0]).toMatchObject({ kind: "changed", url: `${origin}/help/returns` });
  expect(changes[0].before).toContain("七天");
  expect(changes[0].after).toContain("十五天");
  await call("deleteDocument", { params });
}, 30_000);

test("a reading that was interrupted goes on behind the pages it has read; a page that went is no longer found", async () => {
  const document = await added({ kind: "site", url: `${origin}/help/` });
  const params = { id: document.id };
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "documents" } });
  const reading = await transact(ctx, (tx) => askForReading(tx, tenantId, document.id));
  const row = await transact(ctx, (tx) => livingDocument(ctx, tx, document.id));
  expect(row.run).toBe(reading);
  delete site["/help/deep"];
  asked.length = 0;
  const power = new AbortController();
  const interrupted = readSource(ctx, row, {
    signal: power.signal,
    onProgress: (done) => {
      if (done === 2) power.abort(new Error("the power went"));
    },
  });
  await expect(interrupted).rejects.toThrow("the power went");
  const before = asked.filter((line) => line.startsWith("/help/"));
  expect(before).toEqual(["/help/ 304", "/help/returns 304"]);
  asked.length = 0;
  await runReading(services, { tenantId, documentId: document.id, run: row.run });
  expect(asked.filter((line) => line.startsWith("/help/"))).toEqual(["/help/lost 404", "/help/deep 404"]);
  expect((await call("getDocument", { params })).body).toMatchObject({ state: "ready", pageCount: 2 });
  expect((await found("电子发票几天发到邮箱")).map(({ url }: { url: string }) => url)).not.toContain(
    `${origin}/help/deep`,
  );
  await call("deleteDocument", { params });
  site["/help/deep"] = page("发票说明", "电子发票在确认收货后三天内发到邮箱。");
}, 30_000);

test("a page that fails for a moment keeps what was read of it, and the pages behind it", async () => {
  const document = await added({ kind: "site", url: `${origin}/help/` });
  const params = { id: document.id };
  away.add("/help/returns");
  await call("readDocumentAgain", { params });
  const again = await read(document.id);
  expect(again).toMatchObject({ state: "ready", pageCount: 3, changedCount: 0, problemCount: 2 });
  expect((await found("退货运费谁承担"))[0]).toMatchObject({ url: `${origin}/help/returns` });
  expect((await call("getDocument", { params })).body.problems).toContainEqual(
    expect.objectContaining({ code: "page-failed", url: `${origin}/help/returns` }),
  );
  // with nothing that answers the reading has failed, and changes nothing
  for (const path of ["/help/", "/help/deep"]) away.add(path);
  await call("readDocumentAgain", { params });
  expect(await read(document.id)).toMatchObject({ state: "failed", passageCount: document.passageCount });
  expect((await found("电子发票几天发到邮箱"))[0]).toMatchObject({ url: `${origin}/help/deep` });
  away.clear();
  await call("deleteDocument", { params });
}, 30_000);

test("only as deep as asked, and a single page alone", async () => {
  const shallow = await added({ kind: "site", url: `${origin}/help/`, depth: 1 });
  expect(shallow.pageCount).toBe(2);
  await call("deleteDocument", { params: { id: shallow.id } });
  const single = await added({ kind: "page", url: `${origin}/help/deep`, title: "发票" });
  expect(single).toMatchObject({ title: "发票", pageCount: 1, problemCount: 0, passageCount: 1 });
  await call("deleteDocument", { params: { id: single.id } });
}, 30_000);

test("what cannot be read says why: a page that is not there, an address inside the network", async () => {
  const missing = await added({ kind: "page", url: `${origin}/nothing` });
  expect(missing).toMatchObject({ state: "failed", error: { code: "page-missing" }, passageCount: 0 });
  const inside = await added({ kind: "site", url: "http://127.0.0.1:1/" });
  expect(inside).toMatchObject({ state: "failed", error: { code: "private-address" } });
}, 30_000);
