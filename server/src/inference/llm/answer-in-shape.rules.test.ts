// Values of a shape from a model: what is read, the one repair, and what is asked of the service.
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { answerInShape, readShape } from "./answer-in-shape.ts";
import type { ModelRequest } from "./language-model.ts";
import { modelError } from "./model-error.ts";
import { scriptedModel } from "./testing/scripted-model.ts";
import { cleanUp, serve } from "./testing/serve-model.ts";

afterEach(cleanUp);

const order = z.object({ number: z.string().nullable(), count: z.int().min(1) });
const request: ModelRequest = {
  task: "extract",
  instructions: "Extract.",
  messages: [{ role: "user", text: "单号 7" }],
};
const calm = () => new AbortController().signal;
const good = '{"number":"7","count":2}';

test.each([
  ["bare", good],
  ["in a code fence", `\`\`\`json\n${good}\n\`\`\``],
  ["with a sentence around it", `好的，结果如下：${good} 希望有帮助。`],
])("JSON %s is read", (_name, text) => {
  expect(readShape(order, text)).toEqual({ kind: "fits", value: { number: "7", count: 2 } });
});

test("no text makes the reading throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constant("{".repeat(5_000))), (text) => {
      expect(["fits", "unfit"]).toContain(readShape(order, text).kind);
    }),
    { numRuns: 200 },
  );
});

test("a reply that does not fit is given back once with what is wrong", async () => {
  const replies = ['{"number":7,"count":0}', good];
  const model = scriptedModel(() => replies.shift() ?? "");
  const shaped = await answerInShape(model, order, request, calm());
  expect(shaped).toMatchObject({
    value: { number: "7", count: 2 },
    wasRepaired: true,
    usage: { inputTokens: 40 },
  });
  const repair = model.asked[1]?.messages.at(-1)?.text ?? "";
  expect(repair).toContain("number:");
  expect(repair).toContain("count:");
});

test("a second unfit reply is an error, and so is a broken one at once", async () => {
  const model = scriptedModel(() => "对不起");
  await expect(answerInShape(model, order, request, calm())).rejects.toMatchObject({
    code: "llm/shape-unmet",
    details: { problems: ["The reply is not JSON."] },
  });
  expect(model.asked).toHaveLength(2);
  model.script = () => {
    throw modelError("llm/balance-empty");
  };
  await expect(answerInShape(model, order, request, calm())).rejects.toMatchObject({
    code: "llm/balance-empty",
  });
});

test.each([
  [
    "openai",
    { type: "json_schema", json_schema: { schema: { type: "object", required: ["number", "count"] } } },
  ],
  ["deepseek", { type: "json_object" }],
  ["custom", undefined],
] as const)("%s is asked for JSON in the way it knows", async (preset, format) => {
  const { model, service } = await serve({ reply: () => ({ text: good }) });
  const { value } = await answerInShape(model({ preset }), order, request, calm());
  expect(value.count).toBe(2);
  if (format === undefined) expect(service.asked[0]).not.toHaveProperty("response_format");
  else expect(service.asked[0]?.response_format).toMatchObject(format);
  expect(JSON.stringify(service.asked[0]?.messages[0])).toContain("JSON Schema");
});
