// The embedding model of a shop from the settings page to the customer's answer: off by default, chosen, tried, used, and
// never in the way when it fails. The service is simulated, the model folder is a tiny one with the real engine.
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { EmbeddingOverview, EmbeddingSetting, TenantId } from "@yingda/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestApp, testApp } from "../../../test/app.ts";
import { testDatabase } from "../../../test/database.ts";
import { makeCtx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { flushUsage } from "../usage/meter.ts";
import { getEmbedding, setEmbedding, tryEmbedding } from "./choose-embedding.ts";
import { engineFolder, enginePackages } from "./models/engine.ts";
import { folderOf } from "./models/model-folder.ts";
import { unpack } from "./models/tarball.ts";
import { type EmbeddingsService, embeddingsService } from "./testing/embeddings-service.ts";
import { enginePackageFiles } from "./testing/engine-packages.ts";
import { writeTinyModel } from "./testing/tiny-model.ts";

const database = await testDatabase();
const packages = await enginePackageFiles();
const key = "sk-a-secret-of-the-shop";
/** Words of no corpus: what the customers say shares no letter with what the owner wrote. */
const meanings = ["bolm wirk", "kradu fost", "jelli nump", "ovarb hintz", "quild esmo", "sarp toggle"];
const customers = ["yabba", "zembra", "tocka", "murfil", "dweem", "glim"];
const question = "yabba please";
let service: EmbeddingsService;
let app: TestApp;
let cookie: string;

beforeAll(async () => {
  service = await embeddingsService({ key, vectorOf });
  app = await testApp(database, {
    config: { allowPrivate: [{ purpose: "embedding", host: "127.0.0.1", port: service.port }] },
  });
  ({ cookie } = await app.owner());
  for (const [at, words] of meanings.slice(0, 5).entries()) {
    const [first, second] = words.split(" ");
    const phrasings = [`${first} ${second} now`, `${second} ${first}`, `my ${first}`, `about ${second}`];
    const body = { slug: `matter-${at}`, question: words, answer: `Answer ${at}`, phrasings };
    expect((await app.inject("POST", "/api/faqs", { cookie, body })).statusCode).toBe(200);
  }
});
afterAll(() => service.close());

function vectorOf(text: string): number[] {
  const vector = meanings.map((words, at) =>
    [...words.split(" "), customers[at] as string].some((word) => text.includes(word)) ? 1 : 0,
  );
  return [...vector, 1, (text.length % 5) / 10];
}
const get = async () => (await app.inject("GET", "/api/embedding", { cookie })).json<EmbeddingOverview>();
const put = (body: unknown) => app.inject("PUT", "/api/embedding", { cookie, body });
const attempt = (choice: unknown) =>
  app.inject("POST", "/api/embedding/try", { cookie, body: { text: "你好", choice } });
const ask = async (text: string) =>
  (await app.inject("POST", "/api/ask", { cookie, body: { text, locale: "en" } })).json<{
    faq: string | null;
    candidates: { faq: string; confidence: number }[];
  }>();
const confidence = async () =>
  (await ask(question)).candidates.find(({ faq }) => faq === "matter-0")?.confidence ?? 0;
const firstCandidate = async () => (await ask(question)).candidates[0]?.faq;
const useService = { kind: "service", model: "tiny" } as const;

test("by default there is none, and the page shows what could be had", async () => {
  const overview = await get();
  expect(overview.setting).toEqual({
    kind: "none",
    baseUrl: null,
    model: null,
    dimensions: null,
    hasKey: false,
    folder: null,
  });
  expect(overview.models.length).toBeGreaterThanOrEqual(3);
  expect(overview).toMatchObject({ isEngineInstalled: false, install: null });
  expect(overview.mirrors).toContain("hf-mirror.com");
  expect(service.requests).toBe(0);
});

test("a service is tried before it is saved; what is wrong is told", async () => {
  expect((await attempt({ ...useService, baseUrl: service.url, key })).json()).toEqual({
    dimensions: meanings.length + 2,
    tookMs: expect.any(Number),
  });
  const codeOf = async (choice: unknown) =>
    (await attempt(choice)).json<{ error: { code: string } }>().error.code;
  expect(await codeOf({ ...useService, baseUrl: service.url, key: "sk-wrong" })).toBe(
    "embedding/key-refused",
  );
  expect(await codeOf({ ...useService, baseUrl: "http://127.0.0.1:1" })).toBe("embedding/address-refused");
  expect(await codeOf({ kind: "folder", folder: "not-there" })).toBe("embedding/model-missing");
  expect(await codeOf({ kind: "folder", folder: "../../etc" })).toBe("request/invalid");
  expect(await codeOf({ kind: "none" })).toBe("request/invalid");
});

test("chosen, it finds what shares no word with the shop; switched off, all is as before", async () => {
  const before = await confidence();
  const saved = (await put({ ...useService, baseUrl: `${service.url}/v1`, key })).json<EmbeddingSetting>();
  expect(saved).toMatchObject({ kind: "service", hasKey: true, model: "tiny" });
  await expect.poll(confidence, { timeout: 20_000 }).toBeGreaterThan(before + 0.1);
  await expect.poll(firstCandidate, { timeout: 20_000 }).toBe("matter-0"); // when it knows all phrasings
  const body = {
    slug: "matter-5",
    question: "sarp toggle",
    answer: "Answer 5",
    phrasings: ["my sarp", "a toggle"],
  };
  await app.inject("POST", "/api/faqs", { cookie, body });
  await expect.poll(() => service.asked.flatMap(({ input }) => input)).toContain("sarp toggle");
  await put({ kind: "none" });
  await expect.poll(confidence, { timeout: 20_000 }).toBeLessThan(before + 0.05);
});

test("the key is sealed, never shown, kept while the address stays, and sent nowhere else", async () => {
  await put({ ...useService, baseUrl: service.url, key });
  expect(JSON.stringify(await get())).not.toContain(key);
  const [row] = await database.asAdmin<{ sealed_key: Buffer }>("select sealed_key from embedding_setting");
  expect(row?.sealed_key.includes(key)).toBe(false);
  expect((await put({ ...useService, baseUrl: `${service.url}/v1` })).json()).toMatchObject({ hasKey: true });
  const tried = (await attempt({ ...useService, baseUrl: service.url })).json<{ dimensions: number }>();
  expect(tried.dimensions).toBeGreaterThan(0);
  const moved = await put({ ...useService, baseUrl: "https://elsewhere.example" });
  expect(moved.json()).toMatchObject({ hasKey: false });
  expect((await put({ ...useService, baseUrl: service.url })).json()).toMatchObject({ hasKey: false });
});

test("a service that is slow or down costs a customer a moment, not the answer", async () => {
  await put({ kind: "none" });
  await expect.poll(confidence, { timeout: 20_000 }).toBeLessThan(0.1);
  await put({ ...useService, baseUrl: service.url, key });
  await expect.poll(confidence, { timeout: 20_000 }).toBeGreaterThan(0.1);
  await expect.poll(firstCandidate, { timeout: 20_000 }).toBe("matter-0");
  const answered = () => service.asked.length;
  const slowly = answered() - service.requests;
  service.behave({ delayMs: 4_000 });
  const startedAt = Date.now();
  expect((await ask("my bolm wirk please")).faq).toBe("matter-0");
  expect(Date.now() - startedAt).toBeLessThan(3_000);
  // the slow answer still comes, and would end the pause below
  await expect.poll(() => answered() - service.requests, { timeout: 20_000 }).toBe(slowly);
  service.behave({ delayMs: 0, failures: { count: 1_000, status: 500 } });
  let requests = -1;
  // three failures in a row pause it
  for (let round = 0; round < 12 && service.requests !== requests; round += 1) {
    ({ requests } = service);
    await ask(`bolm wirk ${round}`);
  }
  expect((await ask("my bolm wirk please")).faq).toBe("matter-0");
  expect(service.requests).toBe(requests);
  service.behave({ failures: { count: 0, status: 500 } });
  await put({ kind: "none" });
});

test("who may only look may not choose", async () => {
  expect((await app.inject("PUT", "/api/embedding", { body: { kind: "none" } })).statusCode).toBe(401);
  const viewer = makeCtx(app.services, {
    tenantId: (await database.asAdmin<{ tenant_id: TenantId }>("select tenant_id from tenant"))[0]
      ?.tenant_id as TenantId,
    actor: {
      kind: "user",
      userId: newId(),
      role: "viewer",
      permissions: new Set(["settings-read"]),
      name: "看",
    },
  });
  expect(await getEmbedding(viewer)).toMatchObject({ folder: null });
  await expect(setEmbedding(viewer, { kind: "none" })).rejects.toMatchObject({ code: "auth/not-allowed" });
  await expect(tryEmbedding(viewer, "a", { kind: "none" })).rejects.toMatchObject({
    code: "auth/not-allowed",
  });
});

test("unknown models and mirrors are not fetched, foreign folders not removed", async () => {
  const install = (name: string, mirror?: string) =>
    app.inject("POST", `/api/embedding/models/${name}`, { cookie, body: { mirror } });
  expect((await install("gpt-9")).statusCode).toBe(404);
  expect((await install("bge-small-zh-v1.5", "evil.example")).statusCode).toBe(404);
  expect((await app.inject("DELETE", "/api/embedding/models/tiny", { cookie })).statusCode).toBe(404);
  expect((await app.inject("DELETE", "/api/embedding/install", { cookie })).statusCode).toBe(204);
});

describe.skipIf(packages === null)("a model folder", () => {
  test("is chosen by name, tried, and used", async () => {
    const home = app.services.config;
    writeTinyModel(folderOf(home, "tiny"));
    expect((await put({ kind: "folder", folder: "tiny" })).statusCode).toBe(200);
    expect((await attempt({ kind: "folder", folder: "tiny" })).json()).toMatchObject({
      error: { code: "embedding/engine-missing" },
    });
    const making = `${engineFolder(home)}.making`;
    for (const part of enginePackages) {
      const file = packages?.find(({ name }) => name === part.name)?.file ?? "";
      mkdirSync(making, { recursive: true });
      await unpack(file, join(making, "node_modules", part.name), (path) => part.files.test(path));
    }
    renameSync(making, engineFolder(home));
    expect((await attempt({ kind: "folder", folder: "tiny" })).json()).toMatchObject({ dimensions: 16 });
    const overview = await get();
    expect(overview.models).toContainEqual(
      expect.objectContaining({ name: "tiny", isInstalled: true, dimensions: 16, licence: null }),
    );
    expect(overview.setting).toMatchObject({ kind: "folder", folder: "tiny" });
    const shop = [
      {
        slug: "ship",
        question: "发货要多久",
        answer: "两天",
        phrasings: ["几时发货", "货几天发", "发货时几天"],
      },
      { slug: "back", question: "能退吗", answer: "能", phrasings: ["退换", "怎么退返", "退还"] },
    ];
    for (const body of shop) await app.inject("POST", "/api/faqs", { cookie, body });
    await put({ kind: "folder", folder: "tiny" });
    await expect
      .poll(async () => (await ask("when send")).candidates[0]?.faq, { timeout: 20_000 })
      .toBe("ship");
    expect(readFileSync(join(folderOf(home, "tiny"), "vocab.txt"), "utf8")).toContain("寄");
  });
});

test("what a service was asked is counted beside the calls to large models", async () => {
  await flushUsage(app.services.db);
  const rows = await database.asAdmin<{ model: string; tokens: number }>(
    `select model, sum(input_tokens)::int as tokens from usage_call where kind = 'embedding' group by 1`,
  );
  expect(rows.map(({ model }) => model)).toContain("embedding/tiny");
  expect(rows.reduce((sum, { tokens }) => sum + tokens, 0)).toBeGreaterThan(0);
});
