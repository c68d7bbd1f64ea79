// Lines of a rehearsal that were not as wanted, judged by a large model: its opinion stands beside the line, never in a figure,
// and without a model, or when it fails, nothing is missing but the opinion. The service is simulated.
import type { RehearsalCase, RehearsalRunFull } from "@yingda/contract";
import { afterAll, expect, test } from "vitest";
import { brainApp } from "../src/brain/testing/brain-app.ts";
import { flushUsage } from "../src/inference/index.ts";
import { forgetModels } from "../src/inference/llm/shop/models-for.ts";
import { newId } from "../src/platform/ids.ts";
import { rehearsalRoutes } from "../src/turns/rehearsal/rehearsal-routes.ts";
import { runRehearsal } from "../src/turns/rehearsal/runs.ts";
import { type ChatRequest, chatService } from "./chat-service.ts";
import { testDatabase } from "./database.ts";
import { testServices } from "./services.ts";

const database = await testDatabase();
const service = await chatService();
const services = await testServices(database, {
  config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }] },
});
const { tenantId } = await database.tenant();
const { call, close } = await brainApp(services, { owner: { tenantId, role: "owner" } }, rehearsalRoutes);
afterAll(async () => {
  await flushUsage(services.db);
  await close();
  await service.close();
});

const judges = (text: string) =>
  service.behave({
    reply: (request: ChatRequest) => ({
      text: JSON.stringify(request.messages).includes("isSupported") ? text : "NO_ANSWER",
    }),
  });
const run = async () => {
  const started = (await call("startRehearsal", { body: { area: "live" } })).body;
  await runRehearsal(services, { tenantId, runId: started.id });
  return (await call("getRehearsalRun", { params: { id: started.id } })).body as RehearsalRunFull;
};
const lineOf = ({ results }: RehearsalRunFull, customer: string) =>
  results.flatMap(({ lines }) => lines).find((line) => line.customer === customer);

test("an unexpected answer has the model's opinion beside it, and the figures stay what they were", async () => {
  const faq = { question: "多久发货？", answer: "48 小时内发货。", phrasings: ["什么时候发货", "几天发货"] };
  await call("createFaq", { body: faq });
  await call("pasteRehearsal", { body: { text: "客户：多久发货\n\n客户：什么时候发货\n" } });
  const cases = (await call("listRehearsalCases")).body as RehearsalCase[];
  for (const { id, turns } of cases) {
    const outcome = turns[0]?.customer === "多久发货" ? "handed-over" : "answered";
    const body = { expect: { at: 0, wanted: { outcome } } };
    await call("changeRehearsalCase", { params: { id }, body });
  }
  const without = await run();
  expect(lineOf(without, "多久发货")).toMatchObject({ isExpected: false });
  expect(lineOf(without, "多久发货")?.opinion).toBeUndefined();
  expect(service.requests).toBe(0);

  await database.asAdmin(
    `insert into language_model (tenant_id, id, position, preset, base_url, model) values ($1, $2, 1, 'custom', $3, 'tiny')`,
    [tenantId, newId(), service.url],
  );
  await database.asAdmin(
    `insert into language_model_plan (tenant_id, is_on, tasks) values ($1, true, '{}')`,
    [tenantId],
  );
  forgetModels({ db: services.db, tenantId });
  judges(JSON.stringify({ isSupported: true, unsupported: [], isOnTopic: true, reason: "答得对。" }));
  const judged = await run();
  expect(lineOf(judged, "多久发货")?.opinion).toEqual({
    accepts: true,
    reason: "答得对。",
    model: "custom/tiny",
  });
  expect(lineOf(judged, "什么时候发货")?.opinion).toBeUndefined();
  const { yuan: _, ...figures } = judged.sums ?? expect.fail("no sums");
  const { yuan: none, ...before } = without.sums ?? expect.fail("no sums");
  expect(figures).toEqual(before);
  expect(none).toBe(0);
  expect(judged.sums?.yuan).toBeGreaterThan(0);

  judges("not json");
  const failed = await run();
  expect(failed.state).toBe("done");
  expect(lineOf(failed, "多久发货")?.opinion).toBeUndefined();
});
