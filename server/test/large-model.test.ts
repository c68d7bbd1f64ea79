// The large model over HTTP on a real database, with a service that speaks the protocol: what a shop switches on, what the
// model is asked, what comes of it, and what is counted.
import type { AskReply, LanguageModelsOverview, UsageReport } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flushUsage } from "../src/inference/index.ts";
import { type TestApp, testApp } from "./app.ts";
import { type ChatRequest, chatService } from "./chat-service.ts";
import { testDatabase } from "./database.ts";

const database = await testDatabase();
const service = await chatService();
let app: TestApp;
let cookie: string;

beforeAll(async () => {
  app = await testApp(database, {
    config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }] },
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
afterAll(() => service.close());

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
