// The client against a simulated service: the protocol, what a request carries, tools, limits and usage. The ways in which
// it fails are in failing-model.rules.test.ts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { type AnswerPart, type ModelCall, type ModelRequest, wholeAnswer } from "./language-model.ts";
import { chatBaseUrl } from "./model-config.ts";
import { presets } from "./presets.ts";
import { cleanUp, serve } from "./testing/serve-model.ts";

afterEach(cleanUp);

const ask = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  task: "answer",
  instructions: "Be kind.",
  messages: [{ role: "user", text: "在吗" }],
  ...more,
});
const calm = () => new AbortController().signal;
const weather = {
  name: "weather",
  description: "the weather of a city",
  input: z.object({ city: z.string(), days: z.int().default(1) }),
};

test.each([
  ["https://api.example.com", "https://api.example.com/v1"],
  ["https://api.example.com/", "https://api.example.com/v1"],
  ["https://api.example.com/v1/", "https://api.example.com/v1"],
  ["https://api.example.com/v1/chat/completions", "https://api.example.com/v1"],
  ["https://open.example/api/paas/v4", "https://open.example/api/paas/v4"],
  ["https://x.example/compatible-mode/v1?x=1#y", "https://x.example/compatible-mode/v1"],
  ["https://x.example/v1beta/openai/", "https://x.example/v1beta/openai"],
  ["https://gateway.example/llm", "https://gateway.example/llm/v1"],
  ["https://gateway.example/llm/chat/completions", "https://gateway.example/llm"],
  ["http://localhost:11434", "http://localhost:11434/v1"],
])("%s is asked under %s", (typed, base) => {
  expect(chatBaseUrl(typed)).toBe(base);
});

test("every preset has both names, and an address that is already as it will be asked", () => {
  for (const [name, { title, baseUrl, baseUrlAbroad, isLocal, needsKey }] of Object.entries(presets)) {
    expect(title.zh.length * title.en.length, name).toBeGreaterThan(0);
    for (const url of [baseUrl, baseUrlAbroad]) if (url) expect(chatBaseUrl(url)).toBe(url);
    if (isLocal) expect(needsKey).toBe(false);
  }
});

test("an answer comes in parts and ends with what it used", async () => {
  const { model, service } = await serve({
    key: "sk-1",
    reply: () => ({ text: "您好，在的。", usage: { prompt_tokens: 40, completion_tokens: 6, cached: 32 } }),
  });
  const parts: AnswerPart[] = [];
  for await (const part of model({ key: "sk-1" }).answer(ask(), calm())) parts.push(part);
  const deltas = parts.flatMap((part) => (part.kind === "text-delta" ? [part.text] : []));
  expect(deltas.length).toBeGreaterThan(1);
  expect(deltas.join("")).toBe("您好，在的。");
  expect(parts.at(-1)).toEqual({
    kind: "answer-end",
    ended: "complete",
    model: "custom/tiny",
    usage: { inputTokens: 40, outputTokens: 6, cachedInputTokens: 32, isEstimated: false },
    reasoning: null,
  });
  expect(service.asked[0]).toMatchObject({
    model: "tiny",
    stream: true,
    max_tokens: 600,
    temperature: 0.2,
    messages: [
      { role: "system", content: "Be kind." },
      { role: "user", content: "在吗" },
    ],
  });
  expect(service.headers["user-agent"]).toBe("Yingda/1.0");
});

test("nothing is asked before the answer is read, and the machine's own fetch is never used", async () => {
  const { model, service } = await serve();
  const own = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new Error("past the guard"));
  try {
    const answer = model().answer(ask(), calm());
    await new Promise((resume) => setTimeout(resume, 20));
    expect(service.requests).toBe(0);
    expect((await wholeAnswer(answer)).text).toBe("你好，hello");
  } finally {
    globalThis.fetch = own;
  }
});

test("only one file imports the SDK, and it is loaded when a model is asked", () => {
  const files = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith(".ts") && !name.includes(".test."),
  );
  const importing = (pattern: RegExp) =>
    files.filter((name) => pattern.test(readFileSync(join(import.meta.dirname, name), "utf8")));
  expect(importing(/from "(?:ai|@ai-sdk\/[^"]+)"/)).toEqual(["sdk-answer.ts"]);
  expect(importing(/^import (?!type\b)[^;]*"\.\/sdk-answer\.ts"/m)).toEqual([]);
  expect(importing(/await import\("\.\/sdk-answer\.ts"\)/)).toEqual(["open-model.ts"]);
});

test.each([
  ["openai", { max_completion_tokens: 2_600 }, ["temperature", "max_tokens"]],
  ["kimi", { thinking: { type: "disabled" }, max_tokens: 600 }, ["temperature"]],
  ["qwen", { enable_thinking: false, temperature: 0.2 }, []],
  ["ollama", { reasoning_effort: "none" }, []],
  ["vllm", { chat_template_kwargs: { enable_thinking: false } }, []],
] as const)("%s is asked in its own way", async (preset, fields, missing) => {
  const { model, service } = await serve();
  await wholeAnswer(model({ preset }).answer(ask(), calm()));
  expect(service.asked[0]).toMatchObject(fields);
  for (const field of missing) expect(service.asked[0]).not.toHaveProperty(field);
});

test("a service that refuses switches it does not know is asked without them, and so from then on", async () => {
  const { model, service } = await serve({ refusedFields: ["thinking", "temperature", "stream_options"] });
  const glm = model({ preset: "glm" });
  expect((await wholeAnswer(glm.answer(ask(), calm()))).usage.isEstimated).toBe(true);
  expect(service.requests).toBe(2);
  await wholeAnswer(glm.answer(ask(), calm()));
  expect(service.requests).toBe(3);
});

test("thinking is shown to nobody, whether the service sends it apart or in the text", async () => {
  const { model, service } = await serve({ reply: () => ({ reasoning: "嗯，先想想", text: "好的" }) });
  expect(await wholeAnswer(model().answer(ask(), calm()))).toMatchObject({
    text: "好的",
    reasoning: "嗯，先想想",
  });
  service.behave({ reply: () => ({ text: "<think>he wants a discount</think>\n\n好的" }), lettersAtOnce: 2 });
  const { text, reasoning } = await wholeAnswer(model().answer(ask(), calm()));
  expect([text, reasoning]).toEqual(["好的", "he wants a discount"]);
});

test("tool calls come whole, also two at once in pieces of one letter, and nothing is run", async () => {
  const { model, service } = await serve({
    lettersAtOnce: 1,
    reply: () => ({
      text: "查一下",
      toolCalls: [
        { name: "weather", arguments: '{"city":"深圳"}' },
        { name: "weather", arguments: '{"city":"Paris \\"x\\"","days":3}' },
      ],
    }),
  });
  const answer = await wholeAnswer(model().answer(ask({ tools: [weather] }), calm()));
  expect(answer).toMatchObject({ ended: "tool-calls", text: "查一下", refusedToolCalls: [] });
  expect(answer.toolCalls).toEqual([
    { id: "call_1", name: "weather", input: { city: "深圳", days: 1 } },
    { id: "call_2", name: "weather", input: { city: 'Paris "x"', days: 3 } },
  ]);
  expect(service.asked[0]?.tools?.[0]?.function).toMatchObject({
    name: "weather",
    parameters: { type: "object", properties: { city: { type: "string" } } },
  });
});

test("a call of a tool that was not offered, or with an input that does not fit, is refused with the reason", async () => {
  const { model, service } = await serve({
    reply: () => ({
      toolCalls: [
        { name: "refund", arguments: "{}" },
        { name: "weather", arguments: '{"city":5}' },
        { name: "weather", arguments: '{"city":"x' },
      ],
    }),
  });
  const answer = await wholeAnswer(model().answer(ask({ tools: [weather] }), calm()));
  expect(answer.toolCalls).toEqual([]);
  expect(answer.refusedToolCalls.map(({ call, reason }) => [call.name, reason])).toEqual([
    ["refund", "unknown-tool"],
    ["weather", "input-invalid"],
    ["weather", "input-invalid"],
  ]);
  expect(answer.refusedToolCalls[1]?.problems).toContain("city");
  service.behave({ reply: () => ({ toolCalls: [{ name: "refund", arguments: "{}" }] }) });
  const bare = await wholeAnswer(model().answer(ask(), calm()));
  expect([bare.toolCalls, bare.refusedToolCalls.length]).toEqual([[], 1]);
});

test("tool results and pictures go back in the order of the protocol", async () => {
  const { model, service } = await serve();
  const call = { id: "call_1", name: "weather", input: { city: "深圳" } };
  await wholeAnswer(
    model().answer(
      ask({
        tools: [weather],
        messages: [
          {
            role: "user",
            text: "看图",
            images: [{ mediaType: "image/png", bytes: new Uint8Array([137, 80]) }],
          },
          { role: "assistant", text: "", toolCalls: [call], reasoning: "hm" },
          { role: "tool", callId: "call_1", name: "weather", text: "晴 <|im_end|>" },
        ],
      }),
      calm(),
    ),
  );
  expect(service.asked[0]?.messages.slice(1)).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "看图" },
        { type: "image_url", image_url: { url: "data:image/png;base64,iVA=" } },
      ],
    },
    {
      role: "assistant",
      content: null,
      reasoning_content: "hm",
      tool_calls: [
        { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"深圳"}' } },
      ],
    },
    { role: "tool", tool_call_id: "call_1", content: "晴 ‹|im_end|›" },
  ]);
});

test("every call is told to metering once, with an estimate where the service counts nothing", async () => {
  const { model, service } = await serve({ reply: () => ({ text: "好的，马上", usage: null }) });
  const calls: ModelCall[] = [];
  const request = ask({ onCall: (call) => calls.push(call) });
  await wholeAnswer(model().answer(request, calm()));
  service.behave({ failures: { count: 1, status: 503 } });
  await wholeAnswer(model().answer(request, calm())).catch(() => undefined);
  service.behave({ failures: { count: 1, status: 429 } });
  await wholeAnswer(model().answer(request, calm())).catch(() => undefined);
  expect(calls.map(({ outcome, usage }) => [outcome, usage.isEstimated, usage.outputTokens])).toEqual([
    ["complete", true, 4],
    ["llm/service-failed", true, 0],
    ["llm/rate-limited", false, 0],
  ]);
  expect(calls[0]).toMatchObject({ task: "answer", model: "custom/tiny" });
  expect(calls[2]?.usage.inputTokens).toBe(0);
  service.behave({ failures: { count: 0, status: 500 } });
  const images = [{ mediaType: "image/png" as const, bytes: new Uint8Array([137, 80]) }];
  const messages = [{ role: "user" as const, text: "看图", images }];
  await wholeAnswer(model().answer({ ...request, messages }, calm()));
  expect(calls[3]?.usage.inputTokens).toBeGreaterThanOrEqual(1_000); // a picture is no small thing
});

test("leaving the answer early ends the call and books what came", async () => {
  const { model, service } = await serve({ fault: { kind: "endless", text: "啊" }, betweenTokensMs: 2 });
  const calls: ModelCall[] = [];
  for await (const part of model().answer(ask({ onCall: (call) => calls.push(call) }), calm()))
    if (part.kind === "text-delta") break;
  await expect.poll(() => service.hangUps).toBe(1);
  expect(calls).toMatchObject([{ outcome: "aborted", usage: { isEstimated: true } }]);
});
