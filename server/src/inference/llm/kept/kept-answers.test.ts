// Kept answers of the model, over HTTP on a real database: the second who asks the same is answered without a call, and the
// usage says so; changed knowledge, the owner, another shop and age end them; nothing in clear is kept. The service is simulated.
import type { AskReply, LanguageModelsOverview, UsageReport } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApp, testApp } from "../../../../test/app.ts";
import { testDatabase } from "../../../../test/database.ts";
import { testShop } from "../../../../test/line.ts";
import { testServices } from "../../../../test/services.ts";
import { flushUsage } from "../../usage/meter.ts";
import type { ChatRequest } from "../testing/chat-request.ts";
import { type ChatService, chatService } from "../testing/chat-service.ts";
import { flushKept, keptAnswersOf } from "./kept-answers.ts";

const database = await testDatabase();
let service: ChatService;
let app: TestApp;
let cookie: string;
const question = "换之前水要不要关掉";
const answer = "更换滤芯前请先关闭进水阀。";
const kept = { text: "x", model: "m", prompt: "p", usage: { inputTokens: 1, outputTokens: 1 } };

beforeAll(async () => {
  service = await chatService({ reply: (request) => ({ text: `${answer}[${idIn(request)}]` }) });
  app = await testApp(database, {
    config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }] },
  });
  ({ cookie } = await app.owner());
  await app.inject("POST", "/api/language-models", {
    cookie,
    body: { preset: "custom", baseUrl: service.url, model: "tiny" },
  });
  const faq = { slug: "filter", question: "滤芯多久更换一次", answer: `滤芯建议每六个月更换一次。${answer}` };
  expect(
    (await app.inject("POST", "/api/faqs", { cookie, body: { ...faq, phrasings: [] } })).statusCode,
  ).toBe(200);
});
afterAll(() => service.close());

function idIn({ messages }: ChatRequest): string {
  return /"id\\?":\\?"(p\d+)\\?"[^}]*进水阀/u.exec(JSON.stringify(messages))?.[1] ?? "p0";
}
const ask = async (text = question) => {
  const reply = (await app.inject("POST", "/api/ask", { cookie, body: { text } })).json<AskReply>();
  await flushKept();
  return { text: reply.text, codes: reply.trace.map(({ because }) => because.code) };
};
const usage = async () => {
  await flushUsage(app.services.db);
  return (await app.inject("GET", "/api/usage", { cookie })).json<UsageReport>();
};
const count = async () =>
  (await app.inject("GET", "/api/language-models", { cookie })).json<LanguageModelsOverview>().keptAnswers;

test("asked once, answered twice: the trace and the usage say that no call was made", async () => {
  const first = await ask();
  expect(first).toMatchObject({ text: answer });
  expect(first.codes).toContain("model-answered");
  const calls = service.requests;
  const second = await ask(`${question}？`);
  expect(second.text).toBe(answer);
  expect(second.codes).toContain("model-answered-kept");
  expect(service.requests).toBe(calls);
  const { total, savedCalls, savedYuan, byIntent } = await usage();
  expect(total.calls).toBe(calls);
  expect(savedCalls).toBe(1);
  expect(savedYuan).toBeGreaterThan(0);
  expect(byIntent.map(({ key }) => key)).toContain("filter");
});

test("no customer's words are kept, and the answer is sealed", async () => {
  const [row, ...others] = await database.asAdmin<Record<string, unknown>>("select * from kept_answer");
  expect(others).toEqual([]);
  const stored = Object.values(row ?? {})
    .map((value) =>
      Buffer.isBuffer(value) ? value.toString("latin1") + value.toString("utf8") : String(value),
    )
    .join("\n");
  expect(stored).not.toContain("关闭");
  expect(stored).not.toContain("关掉");
});

test("another shop finds nothing of it", async () => {
  const services = await testServices(database);
  const [one, other] = [await testShop(services, database), await testShop(services, database)];
  const parts = ["a"];
  keptAnswersOf(one.ctx).keep(parts, kept);
  await flushKept();
  expect(await keptAnswersOf(one.ctx).find(parts)).toMatchObject({ text: "x" });
  expect(await keptAnswersOf(other.ctx).find(parts)).toBeNull();
});

test("there are never more than the most, the longest unused go first", async () => {
  const { ctx } = await testShop(await testServices(database), database);
  const answers = keptAnswersOf(ctx, 2);
  for (const key of ["1", "2", "3"]) {
    answers.keep([key], kept);
    await flushKept();
  }
  expect(await answers.find(["1"])).toBeNull();
  expect(await answers.find(["3"])).not.toBeNull();
});

test("the owner empties it; changed knowledge ends what was kept", async () => {
  const emptied = await app.inject("DELETE", "/api/language-models-answers", { cookie });
  expect(emptied.json()).toEqual({ emptied: 1 });
  expect(await count()).toBe(0);
  await ask();
  expect((await ask()).codes).toContain("model-answered-kept");
  const faq = { slug: "other", question: "有没有赠品", answer: "满 300 元送帆布袋。", phrasings: [] };
  await app.inject("POST", "/api/faqs", { cookie, body: faq });
  await expect.poll(count).toBe(0);
});

test("what was not wholly backed by the texts is not kept", async () => {
  await app.inject("DELETE", "/api/language-models-answers", { cookie });
  service.behave({ reply: (request) => ({ text: `${answer}整机终身质保。[${idIn(request)}]` }) });
  await ask("换滤芯时水要先关掉吗");
  expect(await count()).toBe(0);
});
