// A value of a given shape from a model: asked for JSON, read leniently (a code fence, a sentence around it), checked, and
// given back once with what is wrong. What still does not fit is an error, never half a value.

import { z } from "zod";
import { type LanguageModel, type ModelRequest, type ModelUsage, wholeAnswer } from "./language-model.ts";
import { modelError, modelErrorCode } from "./model-error.ts";

export interface Shaped<Value> {
  value: Value;
  /** Of both tries. */
  usage: ModelUsage;
  /** Name of the model that gave the value. */
  model: string;
  wasRepaired: boolean;
}

/** Of a broken reply that is shown to the model again. */
const mostRepeated = 4_000;
const mostProblems = 10;

/**
 * The shape must be one that JSON can say; its descriptions are read by the model. Both tries share no time: each has the
 * request's limits.
 * @throws ExternalError llm/shape-unmet after the second try, and as LanguageModel.answer
 */
export async function answerInShape<Shape extends z.ZodType>(
  model: LanguageModel,
  shape: Shape,
  request: Omit<ModelRequest, "shape" | "tools">,
  signal: AbortSignal,
): Promise<Shaped<z.output<Shape>>> {
  const asked: ModelRequest = { ...request, shape, instructions: withSchema(request.instructions, shape) };
  const first = await wholeAnswer(model.answer(asked, signal));
  const found = readShape(shape, first.text);
  if (found.kind === "fits")
    return { value: found.value, usage: first.usage, model: first.model, wasRepaired: false };
  const again: ModelRequest = {
    ...asked,
    messages: [
      ...request.messages,
      { role: "assistant", text: first.text.slice(0, mostRepeated) },
      { role: "user", text: repairText(found.problems) },
    ],
  };
  const second = await wholeAnswer(model.answer(again, signal)).catch((error: unknown) => {
    throw modelErrorCode(error) === "llm/reply-too-long"
      ? modelError("llm/shape-unmet", { cause: error })
      : error;
  });
  const repaired = readShape(shape, second.text);
  if (repaired.kind === "fits")
    return {
      value: repaired.value,
      usage: sum(first.usage, second.usage),
      model: second.model,
      wasRepaired: true,
    };
  throw modelError("llm/shape-unmet", { details: { problems: repaired.problems } });
}

type Found<Value> = { kind: "fits"; value: Value } | { kind: "unfit"; problems: string[] };

/** Reads a value out of a model's text. Never throws. */
export function readShape<Shape extends z.ZodType>(shape: Shape, text: string): Found<z.output<Shape>> {
  const json = parseLeniently(text);
  if (json === undefined) return { kind: "unfit", problems: ["The reply is not JSON."] };
  const parsed = shape.safeParse(json);
  if (parsed.success) return { kind: "fits", value: parsed.data };
  const problems = parsed.error.issues
    .slice(0, mostProblems)
    .map(({ path, message }) => `${path.map(String).join(".") || "(whole)"}: ${message}`);
  return { kind: "unfit", problems };
}

/** The text itself, or what is between its first and last brace or bracket. */
function parseLeniently(text: string): unknown {
  const begins = [text.indexOf("{"), text.indexOf("[")].filter((at) => at >= 0);
  const begin = begins.length === 0 ? -1 : Math.min(...begins);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  for (const candidate of [text, begin < 0 ? "" : text.slice(begin, end + 1)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // the next one
    }
  }
  return undefined;
}

function withSchema(instructions: string, shape: z.ZodType): string {
  const schema = JSON.stringify(z.toJSONSchema(shape, { io: "input", unrepresentable: "any" }));
  return `${instructions}\n\nReply with one JSON value and nothing else. It must fit this JSON Schema:\n${schema}`;
}

function repairText(problems: readonly string[]): string {
  return `That reply does not fit the JSON Schema:\n${problems.map((problem) => `- ${problem}`).join("\n")}\nReply again with the corrected JSON value and nothing else.`;
}

function sum(one: ModelUsage, other: ModelUsage): ModelUsage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cachedInputTokens: one.cachedInputTokens + other.cachedInputTokens,
    isEstimated: one.isEstimated || other.isEstimated,
  };
}
