// Stepping from one model to the next, leaving a failing one alone, waiting once when asked to, and the choice per task.
import { afterEach, expect, test } from "vitest";
import { fixedClock } from "../../platform/clock.ts";
import { silentLog } from "../../platform/log.ts";
import { type AnswerPart, type ModelRequest, wholeAnswer } from "./language-model.ts";
import { modelError } from "./model-error.ts";
import { steadyModel } from "./steady-model.ts";
import { openTaskModels } from "./task-models.ts";
import { endOf, scriptedModel } from "./testing/scripted-model.ts";
import { cleanUp, serve } from "./testing/serve-model.ts";
import { withFallback } from "./with-fallback.ts";

afterEach(cleanUp);

const request: ModelRequest = {
  task: "answer",
  instructions: "",
  messages: [{ role: "user", text: "在吗" }],
};
const calm = () => new AbortController().signal;
const fails =
  (...of: Parameters<typeof modelError>) =>
  () => {
    throw modelError(...of);
  };
async function* breaksOff(text: string): AsyncGenerator<AnswerPart> {
  yield { kind: "text-delta", text };
  throw modelError("llm/reply-broken-off");
}

test("the first that answers wins, in the given order", async () => {
  const first = scriptedModel(fails("llm/service-failed"), "a");
  const second = scriptedModel(() => "from b", "b");
  const third = scriptedModel(() => "from c", "c");
  const answer = await wholeAnswer(withFallback([first, second, third]).answer(request, calm()));
  expect([answer.text, answer.model, third.asked.length]).toEqual(["from b", "b", 0]);
});

test("what a model had said before it broke off is void", async () => {
  const both = withFallback([scriptedModel(() => breaksOff("wrong ")), scriptedModel(() => "right")]);
  expect((await wholeAnswer(both.answer(request, calm()))).text).toBe("right");
  const kinds: string[] = [];
  for await (const { kind } of both.answer(request, calm())) kinds.push(kind);
  expect(kinds).toEqual(["text-delta", "answer-restart", "text-delta", "answer-end"]);
});

test("when all fail, the error is the last one that says more than a pause", async () => {
  const broke = scriptedModel(fails("llm/balance-empty"));
  const paused = scriptedModel(fails("llm/paused"));
  const both = withFallback([broke, paused]);
  await expect(wholeAnswer(both.answer(request, calm()))).rejects.toMatchObject({
    code: "llm/balance-empty",
  });
});

test("a bug and an abort go no further", async () => {
  const bug = scriptedModel(() => {
    throw new TypeError("bug");
  });
  const second = scriptedModel(() => "never");
  await expect(wholeAnswer(withFallback([bug, second]).answer(request, calm()))).rejects.toThrow("bug");
  const abort = new AbortController();
  const first = scriptedModel(() => {
    abort.abort(new Error("enough"));
    throw modelError("llm/timed-out");
  });
  await expect(wholeAnswer(withFallback([first, second]).answer(request, abort.signal))).rejects.toThrow(
    "enough",
  );
  expect(second.asked).toHaveLength(0);
});

test("the next model has only the time that is left", async () => {
  const { model } = await serve({ firstTokenAfterMs: 3_000 });
  const second = scriptedModel(() => "in time");
  const limits = { firstTokenMs: 100, totalMs: 2_000 };
  await wholeAnswer(withFallback([model(), second]).answer({ ...request, limits }, calm()));
  expect(second.asked[0]?.limits?.totalMs).toBeLessThanOrEqual(1_900);
  const late = withFallback([model(), second]);
  const short = { ...request, limits: { firstTokenMs: 600, totalMs: 700 } };
  await expect(wholeAnswer(late.answer(short, calm()))).rejects.toMatchObject({ code: "llm/timed-out" });
  expect(second.asked).toHaveLength(1);
});

test("after three failures a model is left alone for half a minute, and again after one more", async () => {
  const clock = fixedClock();
  const model = scriptedModel(fails("llm/service-failed"));
  const steady = steadyModel(model, { clock, log: silentLog });
  const code = () =>
    wholeAnswer(steady.answer(request, calm())).then(
      () => "answered",
      (error: { code: string }) => error.code,
    );
  expect([await code(), await code(), await code(), await code()]).toEqual([
    "llm/service-failed",
    "llm/service-failed",
    "llm/service-failed",
    "llm/paused",
  ]);
  expect(steady.pausedMs).toBe(30_000);
  clock.advance(30_000);
  expect([await code(), await code()]).toEqual(["llm/service-failed", "llm/paused"]);
  clock.advance(30_000);
  model.script = () => "back";
  expect(await code()).toBe("answered");
  model.script = fails("llm/service-failed");
  expect([await code(), steady.pausedMs]).toEqual(["llm/service-failed", 0]);
});

test("a wrong key pauses at once and for long; what is only about this request does not", async () => {
  const steady = (code: Parameters<typeof modelError>[0]) =>
    steadyModel(scriptedModel(fails(code)), { clock: fixedClock(), log: silentLog });
  const wrongKey = steady("llm/key-refused");
  await expect(wholeAnswer(wrongKey.answer(request, calm()))).rejects.toMatchObject({
    code: "llm/key-refused",
  });
  expect(wrongKey.pausedMs).toBe(300_000);
  const tooLong = steady("llm/request-too-long");
  for (let i = 0; i < 5; i += 1)
    await expect(wholeAnswer(tooLong.answer(request, calm()))).rejects.toMatchObject({
      code: "llm/request-too-long",
    });
  expect(tooLong.pausedMs).toBe(0);
});

test("a short wait that the service asks for is kept once, over the wire", async () => {
  const { service, services, config } = await serve({ failures: { count: 1, status: 429, retryAfter: "1" } });
  const models = openTaskModels({ ...services, log: silentLog }, { models: [config()] });
  const answering = wholeAnswer(models.forTask("answer")?.answer(request, calm()) ?? breaksOff(""));
  expect((await answering).text).toBe("你好，hello");
  expect(service.requests).toBe(2);
});

test("a long wait is kept by asking another model, and nobody before it is over", async () => {
  const clock = fixedClock();
  const model = scriptedModel(fails("llm/rate-limited", { retryAfterMs: 60_000 }), "busy");
  const steady = steadyModel(model, { clock, log: silentLog });
  const both = withFallback([steady, scriptedModel(() => "other")]);
  for (let i = 0; i < 3; i += 1) expect((await wholeAnswer(both.answer(request, calm()))).text).toBe("other");
  expect(model.asked).toHaveLength(1);
  clock.advance(60_000);
  model.script = () => [{ kind: "text-delta", text: "again" }, endOf("busy")];
  expect((await wholeAnswer(both.answer(request, calm()))).text).toBe("again");
});

test("an abort while waiting ends the waiting", async () => {
  const steady = steadyModel(scriptedModel(fails("llm/rate-limited", { retryAfterMs: 2_500 })), {
    clock: fixedClock(),
    log: silentLog,
  });
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 20);
  await expect(wholeAnswer(steady.answer(request, abort.signal))).rejects.toThrow("enough");
  expect(steady.pausedMs).toBe(0);
});

test("each task has its own order, none where the owner wants none, and one model's health is shared", async () => {
  const { service, services, config } = await serve({ models: ["big", "small"] });
  const big = config({ model: "big" });
  const small = config({ model: "small" });
  const models = openTaskModels(
    { ...services, log: silentLog },
    { models: [big, small], perTask: { rewrite: [small], judge: [] } },
  );
  const asked = async (task: "answer" | "rewrite") => {
    await wholeAnswer(models.forTask(task)?.answer({ ...request, task }, calm()) ?? breaksOff(""));
    return service.asked.at(-1)?.model;
  };
  expect([await asked("answer"), await asked("rewrite")]).toEqual(["big", "small"]);
  expect(models.forTask("judge")).toBeNull();
  expect(openTaskModels({ ...services, log: silentLog }, { models: [] }).forTask("answer")).toBeNull();
  expect(models.health().map(({ name }) => name)).toEqual(["custom/big", "custom/small"]);
});

test("pictures are looked at only by a model chosen for them, and one that fails at them goes on answering", async () => {
  const { service, services, config } = await serve({ models: ["big"] });
  const big = config({ model: "big" });
  const logged = { ...services, log: silentLog };
  expect(openTaskModels(logged, { models: [big] }).forTask("picture")).toBeNull();
  const models = openTaskModels(logged, { models: [big], perTask: { picture: [big] } });
  service.behave({ failures: { count: 3, status: 500 } });
  const look = () =>
    wholeAnswer(models.forTask("picture")?.answer({ ...request, task: "picture" }, calm()) ?? breaksOff(""));
  for (let i = 0; i < 3; i += 1) await expect(look()).rejects.toMatchObject({ code: "llm/service-failed" });
  await expect(look()).rejects.toMatchObject({ code: "llm/paused" });
  const answer = models.forTask("answer")?.answer(request, calm()) ?? breaksOff("");
  expect((await wholeAnswer(answer)).text).toBe("你好，hello");
});
