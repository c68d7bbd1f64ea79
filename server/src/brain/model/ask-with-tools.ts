// Asks the model, lets it look things up with the tools it is offered, and asks again with what they said: at most three calls a
// turn, one after the other. A result is data: fenced, left out where it speaks to machines, and a source like any other, which
// the answer has to cite. A generator: calls are yielded to whoever drives the decision, which asks the shop's tools.

import type { Completion, ToolCall, ToolExchange } from "../../inference/index.ts";
import type { AskedAnswer, ToolCall as FlowToolCall } from "../flows/turn/shop-flows.ts";
import { type ModelTool, modelCaller } from "../tools/model-tools.ts";
import type { Tracer } from "../turn.ts";
import type { ModelSource } from "./gather-sources.ts";
import type { ModelCall, ModelReply } from "./model-call.ts";
import { speaksToMachine } from "./speaks-to-machine.ts";

export const mostToolCalls = 3;
const longestResult = 2_000;

export interface Told {
  reply: Completion;
  /** The texts given, and behind them what the tools said. */
  sources: ModelSource[];
  calls: number;
}

export function* askWithTools(
  call: ModelCall,
  given: readonly ModelSource[],
  tools: readonly ModelTool[],
  tracer: Tracer,
  heed?: (text: string, given: readonly ModelSource[]) => void,
): Generator<ModelCall | FlowToolCall, Told, ModelReply & AskedAnswer> {
  const sources = [...given];
  const exchanges: ToolExchange[] = [];
  let calls = 0;
  let leftMs = call.budgetMs;
  for (;;) {
    const offers = calls < mostToolCalls ? tools.map(({ offer }) => offer) : [];
    const keptAs = exchanges.length === 0 ? (call.keptAs ?? null) : null;
    const asking = {
      ...call,
      budgetMs: leftMs,
      keptAs,
      ...(tools.length > 0 && { tools: { offers, exchanges } }),
      ...(heed && { onText: (text: string) => heed(text, sources) }),
    };
    const reply: ModelReply = yield asking;
    leftMs = Math.max(0, leftMs - reply.tookMs);
    const wanted = reply.kind === "text" ? (reply.toolCalls ?? []) : [];
    if (reply.kind === "failure" || wanted.length === 0) return { reply, sources, calls };
    const results: ToolExchange["results"] = [];
    for (const one of wanted) {
      const tool = tools.find(({ offer }) => offer.name === one.name);
      const isAllowed = tool !== undefined && calls < mostToolCalls;
      if (!isAllowed) tracer.note("model", one.name, "refused", refusal(one, tool));
      let text = "refused";
      if (isAllowed) {
        calls += 1;
        const answer: AskedAnswer = yield toolCall(tool, one, calls);
        text = result(tool, answer, sources, tracer);
      }
      results.push({ callId: one.id, name: one.name, text });
    }
    exchanges.push({ text: reply.text, reasoning: reply.reasoning ?? null, calls: wanted, results });
  }
}

function toolCall({ name }: ModelTool, { input }: ToolCall, at: number): FlowToolCall {
  const given = typeof input === "object" && input !== null ? { ...input } : {};
  return { flow: modelCaller, tool: name, input: given, callId: `model-${at}` };
}

function refusal(
  { name }: ToolCall,
  tool: ModelTool | undefined,
): { code: string; values: { tools: string } } {
  return { code: tool === undefined ? "model-tools-refused" : "model-tools-enough", values: { tools: name } };
}

/** What the model is told, with the id to cite it by; a result that may be used is a source from now on. */
function result(
  { name, title }: ModelTool,
  answer: AskedAnswer,
  sources: ModelSource[],
  tracer: Tracer,
): string {
  if (answer.kind !== "result") {
    const why = answer.kind === "failure" ? answer.why : "proof-needed";
    tracer.note("tool", name, why, { code: "tool-failed", values: { tool: name, why } });
    return why;
  }
  const text = Object.entries(answer.fields)
    .map(([field, value]) => `${field}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join("\n")
    .slice(0, longestResult);
  if (speaksToMachine(text)) {
    tracer.note("tool", name, "left-out", { code: "model-source-left-out", values: { count: 1 } });
    return "unavailable";
  }
  tracer.note("tool", name, "result", { code: "model-tool-called", values: { tool: name } });
  const id = `p${sources.length + 1}`;
  sources.push({ id, title, text, citation: null, faq: null });
  return JSON.stringify({ id, title, text });
}
