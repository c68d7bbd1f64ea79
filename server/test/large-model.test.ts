// The large model over HTTP on a real database, with a service that speaks the protocol: what a shop switches on, what the
// model is asked, what comes of it, and what is counted.
import type { AskReply, LanguageModelsOverview, ToolCallEntry, UsageReport } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeAddress, findOrder, systemDraft } from "../src/brain/tools/testing/drafts.ts";
import { flushUsage } from "../src/inference/index.ts";
import { type TestApp, testApp } from "./app.ts";
import { type ChatRequest, chatService } from "./chat-service.ts";
import { testDatabase } from "./database.ts";
import { ShopSystem } from "./shop-system.ts";

const database = await testDatabase();
const service = await chatService();
const system = await ShopSystem.start();
let app: TestApp;
let cookie: string;

beforeAll(async () => {
  app = await testApp(database, {
    config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }, system.exit] },
  });
  ({ cookie } = await app.owner());
  await app.inject("POST", "/api/language-models", {
    cookie,
    body: { preset: "custom", baseUrl: service.url, model: "tiny" },
  });
  const faq = {
    slug: "returns",
    question: "怎么退货",
    answer: "签收后 7 天内可以退货。",
    phrasings: ["我想退货"],
  };
  expect((await app.inject("POST", "/api/faqs", { cookie, body: faq })).statusCode).toBe(200);
});
afterAll(async () => {
  await service.close();
  await system.stop();
});

const ask = async (text: string) =>
  (await app.inject("POST", "/api/ask", { cookie, body: { text } })).json<AskReply>();
const said = ({ messages }: ChatRequest) => JSON.stringify(messages);

test("a Spanish customer is answered in Spanish; per task the owner may do without", async () => {
  service.behave({
    reply: (request) => ({
      text: said(request).includes("devolver el pedido") ? "怎么退货" : "Puede devolverlo en 7 días.",
    }),
  });
  const reply = await ask("¿cómo puedo devolver el pedido?");
  expect(reply).toMatchObject({ outcome: "answer", faq: "returns", text: "Puede devolverlo en 7 días." });
  await flushUsage(app.services.db);
  const usage = (await app.inject("GET", "/api/usage", { cookie })).json<UsageReport>();
  expect(usage.byTask).toMatchObject([{ key: "translate", calls: 2 }]);
  const { plan } = (
    await app.inject("GET", "/api/language-models", { cookie })
  ).json<LanguageModelsOverview>();
  const without = { ...plan, tasks: { translate: { models: [], limits: null } } };
  await app.inject("PUT", "/api/language-models-plan", { cookie, body: without });
  expect(await ask("¿cómo puedo devolver el pedido?")).toMatchObject({ outcome: "handoff" });
  await app.inject("PUT", "/api/language-models-plan", { cookie, body: plan });
});

test("a tool that the owner has opened is called by the model, and written down; one that changes data is never offered", async () => {
  const tools = [findOrder, changeAddress].map((tool) => ({ ...tool, modelMayCall: true }));
  const connection = systemDraft(system.url);
  const made = await app.inject("POST", "/api/tool-connections", { cookie, body: { connection, tools } });
  expect(made.statusCode).toBe(200);
  service.behave({
    reply: (request) => {
      const id = /\\"id\\":\\"(p\d+)\\",\\"title\\":\\"查订单/u.exec(said(request))?.[1];
      if (id !== undefined) return { text: `订单 1002 的商品是羊毛外套。[${id}]` };
      return { toolCalls: [{ name: "orders_find", arguments: '{"orderNumber":"1002"}' }] };
    },
  });
  const reply = await ask("1002 那单买的是哪一款来着");
  expect(reply).toMatchObject({ outcome: "answer", text: "订单 1002 的商品是羊毛外套。" });
  expect(reply.trace.map(({ because }) => because.code)).toContain("model-tool-called");
  const offered = service.asked.flatMap((request) => request.tools ?? []).map((tool) => tool.function.name);
  expect(new Set(offered)).toEqual(new Set(["orders_find"]));
  expect(system.seen.filter(({ path }) => path.startsWith("/orders/"))).toHaveLength(1);
  const calls = (await app.inject("GET", "/api/tool-calls", { cookie })).json<ToolCallEntry[]>();
  expect(calls).toMatchObject([{ by: "model", toolName: "orders.find", state: "done", flow: null }]);
});

test("asked for a tool that is not open to it, the model gets nothing called", async () => {
  service.behave({
    reply: () => ({
      toolCalls: [{ name: "orders_change-address", arguments: '{"orderNumber":"1002","address":"x"}' }],
    }),
  });
  const before = system.seen.length;
  const reply = await ask("1002 那单改寄到文三路好不好");
  expect(reply.trace.map(({ because }) => because.code)).toContain("model-tools-refused");
  expect(system.seen.slice(before).filter(({ path }) => path.startsWith("/orders"))).toEqual([]);
});
