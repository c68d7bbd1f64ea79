// The adapter against a simulated service: the protocol, batches, refusals, and what the settings page is told.
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { createGuardedFetch } from "../../platform/net/index.ts";
import { type EmbeddingCall, embeddingsAddress, openAiEmbedder } from "./openai-compatible.ts";
import { type Behaviour, embeddingsService } from "./testing/embeddings-service.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(behaviour: Partial<Behaviour> = {}, used?: (call: EmbeddingCall) => void) {
  const service = await embeddingsService(behaviour);
  const fetch = createGuardedFetch({
    clock: systemClock,
    allow: [{ purpose: "embedding", host: "127.0.0.1", port: service.port }],
  });
  closing.push(service.close, fetch.close);
  const embedder = (choice: { key?: string; dimensions?: number; baseUrl?: string } = {}) =>
    openAiEmbedder(
      fetch,
      {
        baseUrl: choice.baseUrl ?? service.url,
        model: "tiny",
        dimensions: choice.dimensions ?? null,
        key: choice.key ?? null,
      },
      () => 1,
      used,
    );
  return { service, embedder, fetch };
}
const calm = () => ({ signal: new AbortController().signal, isUrgent: false });
const urgent = () => ({ ...calm(), isUrgent: true });

test.each([
  ["https://api.example.com", "https://api.example.com/v1/embeddings"],
  ["https://api.example.com/", "https://api.example.com/v1/embeddings"],
  ["https://api.example.com/v1/", "https://api.example.com/v1/embeddings"],
  ["https://x.example/api/paas/v4", "https://x.example/api/paas/v4/embeddings"],
  ["https://x.example/v1/embeddings", "https://x.example/v1/embeddings"],
  ["http://localhost:11434", "http://localhost:11434/v1/embeddings"],
])("%s is asked at %s", (baseUrl, address) => {
  expect(embeddingsAddress(baseUrl)).toBe(address);
});

test("vectors come back in the order of the texts, with length 1", async () => {
  const { service, embedder } = await serve({
    isShuffled: true,
    key: "sk-1",
    vectorOf: (text) => [text.length, 0, 4],
  });
  const vectors = await embedder({ key: "sk-1" }).embed(["你好吗", "a"], calm());
  expect(vectors.map((vector) => [...vector].map((value) => Math.round(value * 100) / 100))).toEqual([
    [0.6, 0, 0.8],
    [0.24, 0, 0.97],
  ]);
  expect(service.asked).toEqual([{ model: "tiny", input: ["你好吗", "a"] }]);
});

test("many texts go in batches, and a service that takes fewer is given fewer from then on", async () => {
  const { service, embedder } = await serve({ mostTexts: 10 });
  const texts = Array.from({ length: 70 }, (_, at) => "x".repeat(at + 1));
  const it = embedder();
  const vectors = await it.embed(texts, calm());
  expect(vectors).toHaveLength(70);
  expect(service.asked.flatMap(({ input }) => input)).toEqual(texts);
  expect(service.asked.every(({ input }) => input.length <= 10)).toBe(true);
  const before: number = service.requests;
  await it.embed(texts.slice(0, 16), calm());
  expect(service.requests - before).toBe(2);
});

test("training tries again after a passing failure; a message does not", async () => {
  const { service, embedder } = await serve({ failures: { count: 2, status: 503 } });
  expect(await embedder().embed(["a"], calm())).toHaveLength(1);
  expect(service.requests).toBe(3);
  service.behave({ failures: { count: 1, status: 429, retryAfterSeconds: 0 } });
  await expect(embedder().embed(["a"], urgent())).rejects.toMatchObject({ code: "embedding/refused" });
  expect(service.requests).toBe(4);
});

test.each([
  ["a wrong key", { key: "right" }, "embedding/key-refused"],
  ["no JSON", { body: "<html>" }, "embedding/reply-invalid"],
  ["vectors missing", { body: '{"data":[]}' }, "embedding/reply-invalid"],
  [
    "the same index twice",
    { body: '{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}' },
    "embedding/reply-invalid",
  ],
  [
    "texts for numbers",
    { body: '{"data":[{"index":0,"embedding":["a"]},{"index":1,"embedding":[1]}]}' },
    "embedding/reply-invalid",
  ],
  [
    "unequal dimensions",
    { vectorOf: (text: string) => Array.from(text, () => 1) },
    "embedding/reply-invalid",
  ],
])("%s is told as such", async (_name, behaviour, code) => {
  const { embedder } = await serve(behaviour);
  await expect(embedder({ key: "wrong" }).embed(["a", "bb"], urgent())).rejects.toMatchObject({ code });
});

test("asked-for dimensions are sent and checked", async () => {
  const { service, embedder } = await serve({ vectorOf: () => [1, 2, 3, 4] });
  const [vector] = await embedder({ dimensions: 3 }).embed(["a"], calm());
  expect(vector).toHaveLength(3);
  expect(service.asked[0]?.dimensions).toBe(3);
  await expect(embedder({ dimensions: 5 }).embed(["a"], urgent())).rejects.toMatchObject({
    code: "embedding/reply-invalid",
  });
});

test("an address in the own network is refused unless the operator allowed it for this purpose", async () => {
  const { fetch } = await serve();
  const other = openAiEmbedder(fetch, {
    baseUrl: "http://127.0.0.1:9",
    model: "m",
    dimensions: null,
    key: null,
  });
  await expect(other.embed(["a"], urgent())).rejects.toMatchObject({ code: "embedding/address-refused" });
});

test("nobody there: unreachable; a cancelled call ends with the reason of the cancelling", async () => {
  const { service, embedder } = await serve({ delayMs: 2_000 });
  const abort = new AbortController();
  const asking = embedder().embed(["a"], { signal: abort.signal, isUrgent: false });
  abort.abort(new Error("enough"));
  await expect(asking).rejects.toThrow("enough");
  await service.close();
  await expect(embedder().embed(["a"], urgent())).rejects.toMatchObject({ code: "embedding/unreachable" });
});

test("a call that was too slow to wait for is counted all the same, a refused one costs nothing", async () => {
  const calls: EmbeddingCall[] = [];
  const { service, embedder } = await serve({ delayMs: 60_000 }, (call) => calls.push(call));
  const abort = new AbortController();
  const asking = embedder().embed(["多久发货"], { signal: abort.signal, isUrgent: true });
  await expect.poll(() => service.requests).toBe(1);
  abort.abort(new Error("too slow"));
  await expect(asking).rejects.toThrow("too slow");
  expect(calls).toMatchObject([{ isEstimated: true, isFailed: false, inputTokens: 3 }]);
  service.behave({ delayMs: 0, failures: { count: 1, status: 429 } });
  await expect(embedder().embed(["a"], urgent())).rejects.toMatchObject({ code: "embedding/refused" });
  expect(calls[1]).toMatchObject({ isFailed: true, inputTokens: 0 });
  const over = { signal: AbortSignal.abort(new Error("over")), isUrgent: true };
  await expect(embedder().embed(["a"], over)).rejects.toThrow("over");
  expect(calls).toHaveLength(2);
});
