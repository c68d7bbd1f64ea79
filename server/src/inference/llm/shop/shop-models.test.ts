// A shop's large models from the settings page: off by default, tested with the true error before they are saved, kept with
// sealed keys, ordered, and forgotten by other servers when they change. The service is simulated.
import type { LanguageModelsOverview, LanguageModelTest, TenantId } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApp, testApp } from "../../../../test/app.ts";
import { testDatabase } from "../../../../test/database.ts";
import { makeCtx } from "../../../platform/context.ts";
import { type ChatService, chatService } from "../testing/chat-service.ts";
import { modelListener, modelsFor } from "./models-for.ts";

const database = await testDatabase();
const key = "sk-a-secret-of-the-shop";
let service: ChatService;
let app: TestApp;
let cookie: string;
let tenantId: TenantId;

beforeAll(async () => {
  service = await chatService({ key });
  app = await testApp(database, {
    config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }] },
  });
  ({ cookie } = await app.owner());
  const [row] = await database.asAdmin<{ id: TenantId }>("select tenant_id as id from tenant");
  if (row === undefined) throw new Error("no tenant");
  tenantId = row.id;
});
afterAll(() => service.close());

const draft = (more: object = {}) => ({ preset: "custom", baseUrl: service.url, model: "tiny", ...more });
async function ask(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown) {
  const reply = await app.inject(method, `/api/language-models${path}`, {
    cookie,
    ...(body ? { body } : {}),
  });
  return { status: reply.statusCode, body: reply.json<LanguageModelsOverview>(), text: reply.body };
}
const attempt = async (choice: unknown, id?: string) =>
  (
    await app.inject("POST", "/api/language-models-test", { cookie, body: { choice, ...(id ? { id } : {}) } })
  ).json<LanguageModelTest>();
const plan = (body: unknown) => app.inject("PUT", "/api/language-models-plan", { cookie, body });
const ctx = () => makeCtx(app.services, { tenantId, actor: { kind: "bot" } });

test("by default there is none; the services known by name are offered", async () => {
  const { body } = await ask("GET", "");
  expect(body.models).toEqual([]);
  expect(body.plan).toEqual({ isOn: false, order: [], tasks: {} });
  expect(body.presets.map(({ name }) => name)).toContain("deepseek");
  expect(body.usualLimits.answer.totalMs).toBeGreaterThan(1_000);
  expect(await modelsFor(ctx())).toBeNull();
  expect(service.requests).toBe(0);
});

test("a test is one real call, and what is wrong is told truly", async () => {
  expect(await attempt(draft({ key }))).toMatchObject({ kind: "works", reply: "你好，hello" });
  const wrong = await attempt(draft({ key: "sk-wrong" }));
  expect(wrong).toMatchObject({ kind: "failed", code: "llm/key-refused", status: 401 });
  expect(JSON.stringify(wrong)).not.toContain("sk-wrong");
  expect(await attempt(draft({ key, model: "other" }))).toMatchObject({ code: "llm/model-unknown" });
  expect(await attempt(draft({ baseUrl: "http://127.0.0.1:1" }))).toMatchObject({
    code: "llm/address-refused",
  });
});

test("the first one added is used; its key is sealed, shown to nobody and sent to no other address", async () => {
  const added = (await ask("POST", "", draft({ key }))).body;
  expect(added).toMatchObject({ plan: { isOn: true }, models: [{ model: "tiny", hasKey: true }] });
  const id = added.models[0]?.id ?? "";
  expect(added.plan.order).toEqual([id]);
  expect((await modelsFor(ctx()))?.forTask("answer")?.name).toBe("custom/tiny");
  expect((await ask("GET", "")).text).not.toContain(key);
  const [row] = await database.asAdmin<{ sealed_key: Buffer }>("select sealed_key from language_model");
  expect(row?.sealed_key.includes(key)).toBe(false);
  expect(await attempt(draft(), id)).toMatchObject({ kind: "works" }); // with the stored key
  expect(await attempt(draft())).toMatchObject({ code: "llm/key-refused" }); // none is given
  const elsewhere = draft({ baseUrl: "https://model.example.com" });
  expect((await ask("PUT", `/${id}`, elsewhere)).body.models).toMatchObject([{ hasKey: false }]);
  expect((await ask("PUT", `/${id}`, draft({ key }))).body.models).toMatchObject([{ hasKey: true }]);
  const details = await database.asAdmin<{ text: string }>(
    "select payload::text as text from outbox_event where kind = 'audit-requested'",
  );
  const tested = details.map(({ text }) => text).join("\n");
  expect(tested).toContain("language-model-added");
  expect(tested).not.toContain(key);
});

test("order and tasks: the fallback stands behind, a task without a model has none, removal leaves no trace", async () => {
  const second = (await ask("POST", "", draft({ model: "other", key: null }))).body;
  const [one = "", two = ""] = second.models.map(({ id }) => id);
  const limits = { totalMs: 3_000, outputTokens: 100 };
  const changed = (
    await plan({
      isOn: true,
      order: [two, one],
      tasks: {
        answer: { models: [one], limits },
        summary: { models: [], limits: null },
        draft: { models: [two], limits: null },
      },
    })
  ).json<LanguageModelsOverview>();
  expect(changed.plan.order).toEqual([two, one]);
  const models = await modelsFor(ctx());
  expect(models?.forTask("answer")?.name).toBe("custom/tiny");
  expect(models?.forTask("rewrite")?.name).toBe("custom/other › custom/tiny");
  expect(models?.forTask("summary")).toBeNull();
  expect(models?.forTask("picture")).toBeNull(); // not every model can see: nobody chose one
  expect(models?.limits("answer")).toMatchObject({ ...limits, firstTokenMs: 3_000 });
  const removed = (await ask("DELETE", `/${two}`)).body;
  expect(removed.plan.tasks).toMatchObject({ draft: { models: null }, summary: { models: [] } });
  expect((await modelsFor(ctx()))?.forTask("draft")?.name).toBe("custom/tiny");
  expect((await plan({ isOn: true, order: [two], tasks: {} })).statusCode).toBe(400);
});

test("switched off nothing is opened, and another server forgets what it kept", async () => {
  expect(await modelsFor(ctx())).not.toBeNull();
  await database.asAdmin("update language_model_plan set is_on = false");
  expect(await modelsFor(ctx())).not.toBeNull(); // kept
  modelListener(app.services).heard([{ tenantId, kind: "model-changed" } as never]);
  expect(await modelsFor(ctx())).toBeNull();
});

test("who may not change settings may not", async () => {
  const viewer = await app.inject("POST", "/api/language-models", { body: draft() });
  expect(viewer.statusCode).toBe(401);
});
