// Every way in which a service fails, against the simulated one: the code that says what to do, the service's own words,
// and that nothing hangs, floods or leaks.
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { ExternalError } from "../../platform/errors.ts";
import { type ModelCall, type ModelRequest, wholeAnswer } from "./language-model.ts";
import { modelError } from "./model-error.ts";
import { readRefusal, readStreamRefusal } from "./service-refusal.ts";
import { testModel } from "./test-model.ts";
import type { ChatBehaviour, ChatReply } from "./testing/chat-service.ts";
import { cleanUp, serve } from "./testing/serve-model.ts";

afterEach(cleanUp);

const ask = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  task: "answer",
  instructions: "",
  messages: [{ role: "user", text: "在吗" }],
  ...more,
});
const calm = () => new AbortController().signal;
const none = { text: "" };
const document = (status: number, contentType: string, body: string): Partial<ChatBehaviour> => ({
  fault: { kind: "document", status, contentType, body },
});

test.each<[string, Partial<ChatBehaviour>, string, Record<string, unknown>]>([
  ["a wrong key", { key: "right" }, "llm/key-refused", { status: 401 }],
  ["an unknown model", { models: ["other"] }, "llm/model-unknown", { status: 404 }],
  ["no balance", { failures: { count: 1, status: 402 } }, "llm/balance-empty", { status: 402 }],
  ["too many requests", { failures: { count: 1, status: 429 } }, "llm/rate-limited", { said: "try again" }],
  ["a fault of the service", { failures: { count: 1, status: 500 } }, "llm/service-failed", { status: 500 }],
  ["an overloaded service", { failures: { count: 1, status: 503 } }, "llm/service-failed", { status: 503 }],
  ["a half-closed stream", { fault: { kind: "half-closed", afterEvents: 2 } }, "llm/reply-broken-off", {}],
  [
    "a cut before anything came",
    { fault: { kind: "half-closed", afterEvents: 0 } },
    "llm/reply-broken-off",
    {},
  ],
  ["a stream without a finish reason", { fault: { kind: "unfinished" } }, "llm/reply-broken-off", {}],
  ["broken JSON", { fault: { kind: "broken-json", afterEvents: 2 } }, "llm/reply-invalid", {}],
  [
    "an error inside the stream",
    { fault: { kind: "error-event", error: { message: "GPU lost" } } },
    "llm/service-failed",
    { said: "GPU lost" },
  ],
  [
    "a telling error inside the stream",
    { fault: { kind: "error-event", error: { message: "x", code: "1301" } } },
    "llm/content-refused",
    {},
  ],
  ["an empty answer", { reply: () => none }, "llm/reply-invalid", { stage: "empty" }],
  [
    "a cut at the limit",
    { reply: () => ({ text: "三天", finishReason: "length" }) },
    "llm/reply-too-long",
    { stage: "answer" },
  ],
  [
    "a cut while thinking",
    { reply: () => ({ reasoning: "hm", finishReason: "length" }) },
    "llm/reply-too-long",
    { stage: "thinking" },
  ],
  ["a filter", { reply: () => ({ text: "x", finishReason: "content_filter" }) }, "llm/content-refused", {}],
  [
    "a filter by another name",
    { reply: () => ({ text: "x", finishReason: "sensitive" }) },
    "llm/content-refused",
    {},
  ],
  [
    "a fault as an ending",
    { reply: () => ({ text: "x", finishReason: "insufficient_system_resource" }) },
    "llm/service-failed",
    {},
  ],
  [
    "endless output",
    { fault: { kind: "endless", text: "啊啊啊啊" } },
    "llm/reply-too-long",
    { stage: "endless" },
  ],
  [
    "endless thinking",
    { fault: { kind: "endless", text: "hm ", field: "reasoning_content" } },
    "llm/reply-too-long",
    {},
  ],
  ["one huge event", { fault: { kind: "huge", letters: 5_000_000 } }, "llm/reply-too-long", {}],
  [
    "somebody's website",
    document(200, "text/html", "<html>welcome</html>"),
    "llm/reply-invalid",
    { contentType: "text/html" },
  ],
  [
    "a page that is not there",
    document(404, "text/html", "<html>404</html>"),
    "llm/reply-invalid",
    { status: 404 },
  ],
  ["a redirect", document(302, "text/plain", ""), "llm/reply-invalid", { status: 302 }],
  [
    "an error with the status 200",
    document(200, "application/json", '{"error":{"code":"1113","message":"欠费"}}'),
    "llm/balance-empty",
    { said: "欠费" },
  ],
  ["JSON that is no stream", document(200, "application/json", '{"choices":[]}'), "llm/reply-invalid", {}],
  [
    "a gateway's own words",
    document(502, "text/plain", "no healthy upstream"),
    "llm/service-failed",
    { said: "no healthy upstream" },
  ],
])("%s is told as such", async (_name, behaviour, code, details) => {
  const { model } = await serve(behaviour);
  await expect(wholeAnswer(model({ key: "wrong" }).answer(ask(), calm()))).rejects.toMatchObject({
    code,
    details,
  });
});

test.each<ChatReply>([
  { text: "", finishReason: "length" },
  { text: "x", finishReason: "content_filter" },
  { text: "" },
])("an answer that is not used is counted as the service counted it: %j", async (reply) => {
  const usage = { prompt_tokens: 900, completion_tokens: 2_600 };
  const { model } = await serve({ reply: () => ({ ...reply, usage }) });
  const calls: ModelCall[] = [];
  await expect(
    wholeAnswer(model().answer(ask({ onCall: (call) => calls.push(call) }), calm())),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^llm\//) });
  expect(calls.map((call) => call.usage)).toEqual([
    { inputTokens: 900, outputTokens: 2_600, cachedInputTokens: 0, isEstimated: false },
  ]);
});

test("a status inside an error event counts", () => {
  expect(readStreamRefusal({ code: 429, message: "slow down" }, null).code).toBe("llm/rate-limited");
  expect(readStreamRefusal("what", null).code).toBe("llm/service-failed");
});

test("endless output is cut soon, and the service is hung up on", async () => {
  const { model, service } = await serve({ fault: { kind: "endless", text: "啊啊啊啊" } });
  await expect(wholeAnswer(model().answer(ask(), calm()))).rejects.toMatchObject({
    code: "llm/reply-too-long",
  });
  await expect.poll(() => service.hangUps).toBe(1);
  expect(service.events).toBeLessThan(20_000);
});

test("a service that lets us wait for the first token, or for the end, is left in time", async () => {
  const { model, service } = await serve({ firstTokenAfterMs: 5_000 });
  const limits = { firstTokenMs: 60, totalMs: 5_000 };
  await expect(wholeAnswer(model().answer(ask({ limits }), calm()))).rejects.toMatchObject({
    code: "llm/timed-out",
    details: { stage: "first-token", limitMs: 60 },
  });
  service.behave({ firstTokenAfterMs: 0, headersAfterMs: 5_000 });
  await expect(wholeAnswer(model().answer(ask({ limits }), calm()))).rejects.toMatchObject({
    code: "llm/timed-out",
  });
  service.behave({ headersAfterMs: 0, betweenTokensMs: 40, reply: () => ({ text: "很慢".repeat(60) }) });
  const slow = ask({ limits: { firstTokenMs: 1_000, totalMs: 200 } });
  await expect(wholeAnswer(model().answer(slow, calm()))).rejects.toMatchObject({
    code: "llm/timed-out",
    details: { stage: "whole" },
  });
  await expect.poll(() => service.hangUps).toBe(3);
});

test("an abort ends the call with the caller's reason, before the headers and in the stream", async () => {
  const { model, service } = await serve({ headersAfterMs: 2_000 });
  const early = new AbortController();
  const waiting = wholeAnswer(model().answer(ask(), early.signal));
  setTimeout(() => early.abort(new Error("enough")), 40);
  await expect(waiting).rejects.toThrow("enough");
  service.behave({ headersAfterMs: 0, betweenTokensMs: 10, reply: () => ({ text: "x".repeat(900) }) });
  const late = new AbortController();
  const reading = async () => {
    for await (const part of model().answer(ask(), late.signal))
      if (part.kind === "text-delta") late.abort(new Error("gone"));
  };
  await expect(reading()).rejects.toThrow("gone");
  await expect.poll(() => service.hangUps).toBe(2);
  await expect(wholeAnswer(model().answer(ask(), late.signal))).rejects.toThrow("gone");
});

test("nobody there: unreachable; an address in the own network that the operator did not allow: refused", async () => {
  const { model, service } = await serve();
  const other = model({ baseUrl: "http://127.0.0.1:9" });
  await expect(wholeAnswer(other.answer(ask(), calm()))).rejects.toMatchObject({
    code: "llm/address-refused",
  });
  await service.close();
  await expect(wholeAnswer(model().answer(ask(), calm()))).rejects.toMatchObject({ code: "llm/unreachable" });
});

test("the wait that a service asks for is kept with the error", async () => {
  const { model } = await serve({ failures: { count: 1, status: 429, retryAfter: "7" } });
  await expect(wholeAnswer(model().answer(ask(), calm()))).rejects.toMatchObject({
    retryAfterMs: 7_000,
    retryable: true,
  });
});

test("a refusal without a cause is asked once more in the plainest way, and then told with the service's words", async () => {
  const { model, service } = await serve({ failures: { count: 9, status: 400 } });
  await expect(wholeAnswer(model().answer(ask(), calm()))).rejects.toMatchObject({
    code: "llm/request-refused",
    details: { status: 400, said: "try again" },
  });
  expect(service.requests).toBe(2);
});

test.each<[number, unknown, string]>([
  [
    429,
    { error: { message: "You exceeded your current quota", code: "insufficient_quota" } },
    "llm/balance-empty",
  ],
  [429, { error: { code: "1113", message: "余额不足" } }, "llm/balance-empty"],
  [429, { error: { type: "exceeded_current_quota_error", message: "check your plan" } }, "llm/balance-empty"],
  [429, { error: { type: "engine_overloaded_error", message: "busy" } }, "llm/rate-limited"],
  [400, { error: { code: "Arrearage", type: "Arrearage", message: "Access denied" } }, "llm/balance-empty"],
  [400, { error: { message: "Model Not Exist", type: "invalid_request_error" } }, "llm/model-unknown"],
  [400, { error: { code: "1211", message: "模型不存在" } }, "llm/model-unknown"],
  [
    404,
    { error: { type: "resource_not_found_error", message: "Not found the model or Permission denied" } },
    "llm/model-unknown",
  ],
  [
    404,
    { error: { message: 'model "qwen" not found, try pulling it first', type: "api_error" } },
    "llm/model-unknown",
  ],
  [
    404,
    { object: "error", message: "The model `x` does not exist.", type: "NotFoundError", code: 404 },
    "llm/model-unknown",
  ],
  [404, { detail: "Not Found" }, "llm/reply-invalid"],
  [400, { error: { message: "x", code: "context_length_exceeded" } }, "llm/request-too-long"],
  [
    400,
    { object: "error", message: "This model's maximum context length is 4096 tokens." },
    "llm/request-too-long",
  ],
  [400, { error: { message: "Your request exceeded model token limit : 8192" } }, "llm/request-too-long"],
  [400, { error: { code: "data_inspection_failed", message: "x" } }, "llm/content-refused"],
  [400, { error: { type: "content_filter", message: "high risk" } }, "llm/content-refused"],
  [403, { error: { message: "no access" } }, "llm/key-refused"],
  [504, "gateway timeout", "llm/timed-out"],
  [413, "", "llm/request-too-long"],
  [422, { error: { message: "bad parameter" } }, "llm/request-refused"],
  [599, { error: "gone" }, "llm/service-failed"],
])("status %s with %j is %s", (status, body, code) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  expect(readRefusal(status, text, { key: null }).code).toBe(code);
});

test("no body makes the reading throw", () => {
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"error":${json}}`),
  );
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), bodies, (status, text) => {
      expect(readRefusal(status, text, { key: "k" }).code).toMatch(/^llm\//);
    }),
    { numRuns: 300 },
  );
});

test("a key that cannot be sent is told as a wrong one, and blanks around a good one do no harm", async () => {
  const { model, service } = await serve({ key: "sk-1" });
  await expect(wholeAnswer(model({ key: "我的密钥" }).answer(ask(), calm()))).rejects.toMatchObject({
    code: "llm/key-refused",
  });
  expect(service.requests).toBe(0);
  expect((await wholeAnswer(model({ key: " sk-1\n" }).answer(ask(), calm()))).text).toBe("你好，hello");
});

test("the service's words are clipped and never show the key", () => {
  const said = (message: string) =>
    readRefusal(401, JSON.stringify({ error: { message } }), { key: "sk-secret" }).said;
  expect(said("Incorrect API key provided: sk-secret.")).toBe("Incorrect API key provided: •••.");
  expect(said("坏".repeat(100_000))).toHaveLength(300);
});

test("errors that a person has to repair are not retryable", () => {
  for (const code of ["llm/key-refused", "llm/balance-empty", "llm/model-unknown"] as const)
    expect((modelError(code) as ExternalError).retryable).toBe(false);
});

test("the live test tells that it works and how quickly, or the true error", async () => {
  const { services, service, config } = await serve({ key: "sk-right", reply: () => ({ text: "OK" }) });
  expect(await testModel(services, config({ key: "sk-right" }), calm())).toMatchObject({
    kind: "works",
    reply: "OK",
    usage: { inputTokens: 20 },
  });
  expect(await testModel(services, config({ key: "sk-wrong" }), calm())).toMatchObject({
    kind: "failed",
    code: "llm/key-refused",
    status: 401,
    said: "Incorrect API key provided: Bearer •••",
  });
  service.behave({ key: null, failures: { count: 1, status: 429, retryAfter: "30" } });
  expect(await testModel(services, config(), calm())).toMatchObject({
    code: "llm/rate-limited",
    retryAfterMs: 30_000,
  });
});
