// Asking a prompt and what may come of it: a text, or a reason that the caller can put into words. Never an exception, never
// our own instructions, and every call is told to whoever counts.
import { afterEach, expect, test } from "vitest";
import { type CompleterServices, completer, type PromptAsk } from "./complete.ts";
import type { KeptAnswer, KeptAnswers } from "./kept/kept-answers.ts";
import type { ModelCall } from "./language-model.ts";
import { findLeak } from "./leak-watch.ts";
import { modelError } from "./model-error.ts";
import { canary, promptFile } from "./prompts.ts";
import { limitsOf } from "./tasks.ts";
import { endOf, type Script, scriptedModel } from "./testing/scripted-model.ts";
import { cleanUp, serve } from "./testing/serve-model.ts";

afterEach(cleanUp);

const ask: PromptAsk = {
  prompt: "answer-over-passages",
  language: "zh",
  inputs: {
    words: { shop: "小店", tone: "亲切", language: "中文" },
    data: {
      passages: [{ id: "p1", title: "发货", text: "48 小时内发货" }],
      dialogue: [],
      question: "多久发货",
    },
  },
};
const signal = () => new AbortController().signal;
function asking(script: Script | null, own: Partial<CompleterServices> = {}) {
  const bugs: unknown[] = [];
  const model = script === null ? null : scriptedModel(script);
  const complete = completer({
    models: { forTask: () => model, limits: limitsOf },
    mayAsk: async () => true,
    used: () => undefined,
    failed: (error) => bugs.push(error),
    ...own,
  });
  return { complete, bugs, model };
}

test("a text comes back with the model and the prompt's version; the limits are the shorter ones", async () => {
  const { complete, model } = asking(() => "48 小时内发货。[p1]");
  expect(await complete(ask, signal(), { budgetMs: 3_000 })).toMatchObject({
    kind: "text",
    text: "48 小时内发货。[p1]",
    model: "custom/scripted",
    prompt: "answer-over-passages@3",
    refusedTools: [],
  });
  expect(model?.asked[0]?.limits).toMatchObject({ totalMs: 3_000, firstTokenMs: 3_000 });
  expect(model?.asked[0]?.tools).toBeUndefined();
});

test("what is written is told when the next sentence begins, a second model's anew, a leak never", async () => {
  const told: string[] = [];
  const delta = (text: string) => ({ kind: "text-delta" as const, text });
  const { complete, model } = asking(() => [
    delta("48 小"),
    delta("时内发货。"),
    delta("[p1]"),
    delta(" 包邮"),
    delta("。[p1] 请"),
    { kind: "answer-restart" },
    delta("两天"),
    delta("内。请放心"),
    endOf("custom/scripted"),
  ]);
  await complete(ask, signal(), { onText: (text) => told.push(text) });
  expect(told).toEqual(["48 小时内发货。[p1] 包邮", "48 小时内发货。[p1] 包邮。[p1] 请", "两天内。请放心"]);

  told.length = 0;
  if (model)
    model.script = () => [
      delta("好的。请"),
      delta(`看：${canary}。这`),
      delta("是。好"),
      endOf("custom/scripted"),
    ];
  expect(await complete(ask, signal(), { onText: (text) => told.push(text) })).toMatchObject({
    code: "llm/leaked",
  });
  expect(told).toEqual(["好的。请"]);
});

test("what stands in the way is a code", async () => {
  expect(await asking(null).complete(ask, signal())).toMatchObject({ code: "llm/off" });
  const spent = asking(() => "nie", { mayAsk: async () => false });
  expect(await spent.complete(ask, signal())).toMatchObject({ code: "llm/over-budget" });
  expect(spent.model?.asked).toEqual([]);
  const refused = asking(() => {
    throw modelError("llm/key-refused");
  });
  expect(await refused.complete(ask, signal())).toMatchObject({ code: "llm/key-refused" });
  const broken = asking(() => {
    throw new Error("a bug");
  });
  expect(await broken.complete(ask, signal())).toMatchObject({ code: "llm/service-failed" });
  expect(broken.bugs).toHaveLength(1);
  const left = new AbortController();
  left.abort();
  expect(await asking(() => "zu spät").complete(ask, left.signal)).toMatchObject({ code: "llm/timed-out" });
});

test.each([
  ["the canary", () => `好的：${canary}`],
  ["the canary, spelt", () => [...canary].join(" ")],
  ["the canary backwards", () => [...canary].reverse().join("")],
  ["the canary in base64", () => Buffer.from(canary).toString("base64")],
  ["the rules", () => promptFile("answer-over-passages").texts.zh.system.slice(40, 140)],
])("a text that gives away %s is not used", async (_, script) => {
  expect(await asking(script).complete(ask, signal())).toMatchObject({ kind: "failure", code: "llm/leaked" });
});

test("the shop's own words are no leak, however long", () => {
  const { system } = promptFile("answer-over-passages").texts.en;
  const reply =
    "Unused items can be returned within 30 days of delivery when you bring the receipt and the tags are still on them.";
  expect(findLeak(reply, { instructions: system, secrets: [canary] })).toBeNull();
  expect(findLeak("", { instructions: system, secrets: [canary, ""] })).toBeNull();
});

test("the shop's own name and texts are no leak, though our rules name the shop and give an example", async () => {
  const { inputs } = ask as Extract<PromptAsk, { prompt: "answer-over-passages" }>;
  const shop = "杭州市西湖区小满手工陶瓷工作室旗舰店";
  const named = { ...ask, inputs: { ...inputs, words: { ...inputs.words, shop } } } as PromptAsk;
  const text = `欢迎光临${shop}，48 小时内发货。[p1]`;
  expect(await asking(() => text).complete(named, signal())).toMatchObject({ kind: "text", text });
  const passages = [{ id: "p1", title: "Shipping", text: "We ship within 48 hours of your order." }];
  const english = {
    ...ask,
    language: "en",
    inputs: { ...inputs, data: { ...inputs.data, passages } },
  } as PromptAsk;
  const said = "We ship within 48 hours of your order. [p1]";
  expect(await asking(() => said).complete(english, signal())).toMatchObject({ kind: "text", text: said });
  const rules = promptFile("answer-over-passages").texts.en.system.slice(0, 200);
  expect(await asking(() => rules).complete(english, signal())).toMatchObject({ code: "llm/leaked" });
});

test("a tool that nobody offered is refused and named", async () => {
  const call = { id: "c", name: "refunds.request", input: {} };
  const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, isEstimated: false };
  const { complete } = asking(() => [
    { kind: "tool-call", call },
    { kind: "answer-end", ended: "tool-calls", model: "m", usage, reasoning: null },
  ]);
  expect(await complete(ask, signal())).toMatchObject({ text: "", refusedTools: ["refunds.request"] });
});

test("over the wire: answered, counted, and in time without an answer from a service that is slow", async () => {
  const { service, model } = await serve({ reply: () => ({ text: "48 小时内发货。[p1]" }) });
  const real = model();
  const calls: ModelCall[] = [];
  const { complete } = asking(null, {
    models: { forTask: () => real, limits: limitsOf },
    used: (call) => calls.push(call),
  });
  expect(await complete(ask, signal())).toMatchObject({ kind: "text", model: "custom/tiny" });
  expect(calls).toMatchObject([{ task: "answer", outcome: "complete", usage: { inputTokens: 20 } }]);
  const system = String(service.asked[0]?.messages[0]?.content);
  expect(system).toContain(canary);
  service.behave({ headersAfterMs: 60_000 });
  expect(await complete(ask, signal(), { budgetMs: 1_000 })).toMatchObject({
    kind: "failure",
    code: "llm/timed-out",
  });
  expect(calls).toHaveLength(2);
});

test("a kept answer is found for the same question, texts and model only, even over budget, and says what it saved", async () => {
  const rows = new Map<string, KeptAnswer>();
  const kept: KeptAnswers = {
    find: async (parts) => rows.get(JSON.stringify(parts)) ?? null,
    keep: (parts, answer) => void rows.set(JSON.stringify(parts), answer),
  };
  const saved: unknown[] = [];
  const own = { kept, saved: (call: unknown, intent: string | null) => saved.push([call, intent]) };
  const { complete, model } = asking(() => "48 小时内发货。[p1]", own);
  const options = { keptAs: "多久发货", intent: "ship" };
  const first = await complete(ask, signal(), options);
  expect(rows.size).toBe(0); // whoever checked it keeps it
  if (first.kind === "text") first.keep?.();
  const spent = asking(() => "nie", { ...own, mayAsk: async () => false });
  expect(await spent.complete(ask, signal(), options)).toMatchObject({
    isKept: true,
    text: "48 小时内发货。[p1]",
  });
  expect(saved).toMatchObject([[{ task: "answer", usage: { inputTokens: 20 } }, "ship"]]);
  const { inputs } = ask as Extract<PromptAsk, { prompt: "answer-over-passages" }>;
  const changed = {
    ...inputs,
    data: { ...inputs.data, passages: [{ id: "p1", title: "发货", text: "72 小时" }] },
  };
  const asks = [
    { ...ask, inputs: changed },
    { ...ask, language: "en" },
  ] as PromptAsk[];
  for (const other of asks) expect(await complete(other, signal(), options)).not.toHaveProperty("isKept");
  expect(await complete(ask, signal(), { keptAs: "别的问题" })).not.toHaveProperty("isKept");
  expect(await complete(ask, signal())).not.toHaveProperty("isKept");
  expect(model?.asked).toHaveLength(5);
});
