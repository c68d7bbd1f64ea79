// Asks the shop's models one of our prompts and says what came of it: a text, or why there is none. Never rejects, so that
// whoever asked does without in the same breath. Every text has been watched for leaks; facts in it are the guard's affair.

import type { z } from "zod";
import { elapsedMs } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import { shopMeter } from "../usage/shop-meter.ts";
import { answerInShape } from "./answer-in-shape.ts";
import { fence } from "./fence.ts";
import { type KeptAnswers, keptAnswersOf } from "./kept/kept-answers.ts";
import {
  type LanguageModel,
  type ModelCall,
  type ModelImage,
  type ModelMessage,
  type ModelRequest,
  type ToolCall,
  type ToolOffer,
  type WholeAnswer,
  wholeAnswer,
} from "./language-model.ts";
import { findLeak } from "./leak-watch.ts";
import type { AskedAbout, ModelMeter, SavedCall } from "./meter.ts";
import { type ModelErrorCode, modelErrorCode } from "./model-error.ts";
import {
  canary,
  type PromptInputs,
  type PromptLanguage,
  type PromptName,
  type RenderedPrompt,
  renderPrompt,
} from "./prompts.ts";
import { modelsFor, type ShopModels } from "./shop/models-for.ts";
import type { ModelLimits } from "./tasks.ts";

/** One of our prompts with what it is filled with: plain values. */
export type PromptAsk = {
  [Name in PromptName]: { prompt: Name; language: PromptLanguage; inputs: PromptInputs[Name] } & Shape<Name>;
}[PromptName];

/** Prompts that are answered with a value; the text of the completion is its JSON. */
type Shape<Name extends PromptName> = Name extends "describe-picture"
  ? { shape: z.ZodType; images: readonly ModelImage[] }
  : Name extends "extract" | "judge"
    ? { shape: z.ZodType }
    : object;

export type Completion =
  | {
      kind: "text";
      text: string;
      /** Preset and model that answered. */
      model: string;
      /** Prompt and version: "answer-over-passages@3". */
      prompt: string;
      /** Tools it wanted although none was offered: a sign of injected orders. */
      refusedTools: string[];
      tookMs: number;
      /** An answer given before to the same question over the same texts; nobody was asked. */
      isKept?: true;
      /** Calls of offered tools, with inputs that fit. Nothing has been done; then the text is no answer yet. */
      toolCalls?: ToolCall[];
      /** To be handed back with the results; shown to nobody. */
      reasoning?: string | null;
      /** Keeps it for the next who asks. For whoever has checked it: not personal, and passed by the guard. */
      keep?: () => void;
    }
  | { kind: "failure"; code: ModelErrorCode; tookMs: number };

/** One round of calls, and what came of them. */
export interface ToolExchange {
  text: string;
  reasoning: string | null;
  calls: readonly ToolCall[];
  /** Of every call; the text is fenced as data before the model sees it. */
  results: { callId: string; name: string; text: string }[];
}

export interface AskOptions {
  /** Less than the task's limit where somebody waits. */
  budgetMs?: number;
  /** What the turn is about, for the count: opaque here. */
  intent?: string | null;
  /** The question in one spelling, where an answer may come from those kept; the dialogue is no part of it. */
  keptAs?: string | null;
  /** Tools that it may call, and the rounds so far. */
  tools?: { offers: readonly ToolOffer[]; exchanges: readonly ToolExchange[] };
  /**
   * Told what is written so far, without leaks, each time another sentence begins: of answers in words that are written now.
   * Another model may begin anew, with other words. Must not throw.
   */
  onText?: (text: string) => void;
}

export type Complete = (ask: PromptAsk, signal: AbortSignal, options?: AskOptions) => Promise<Completion>;

export interface CompleterServices {
  models: Pick<ShopModels, "forTask" | "limits">;
  mayAsk: (task: RenderedPrompt["task"]) => Promise<boolean>;
  used: (call: ModelCall, intent: string | null) => void;
  /** Left out: no answer is kept. */
  kept?: KeptAnswers;
  saved?: (call: SavedCall, intent: string | null) => void;
  /** Something that is no failure of a model: a bug, told to the log. */
  failed: (error: unknown) => void;
}

/** Null while the shop uses no large model. */
export async function completerFor(
  ctx: Ctx,
  about: AskedAbout,
  meter: ModelMeter = shopMeter,
): Promise<Complete | null> {
  const models = await modelsFor(ctx);
  if (models === null) return null;
  return completer({
    models,
    mayAsk: (task) => meter.mayAsk(ctx, task),
    used: (call, intent) => meter.used(ctx, call, { ...about, intent: intent ?? about.intent }),
    kept: keptAnswersOf(ctx),
    saved: (call, intent) => meter.saved(ctx, call, { ...about, intent: intent ?? about.intent }),
    failed: (error) => ctx.log.error({ err: error }, "large model failed"),
  });
}

/** The same over models that are given. */
export function completer({ models, mayAsk, used, kept, saved, failed }: CompleterServices): Complete {
  return async (
    ask,
    signal,
    { budgetMs = Number.POSITIVE_INFINITY, intent = null, keptAs = null, tools, onText } = {},
  ) => {
    const startedMs = elapsedMs();
    const failure = (code: ModelErrorCode): Completion => ({
      kind: "failure",
      code,
      tookMs: Math.round(elapsedMs() - startedMs),
    });
    try {
      const prompt = render(ask);
      const model = models.forTask(prompt.task);
      if (model === null) return failure("llm/off");
      const parts = keptAs === null ? null : keyParts(ask, prompt, model.name, keptAs);
      const known = parts === null ? null : ((await kept?.find(parts)) ?? null);
      if (known !== null) {
        saved?.({ task: prompt.task, model: known.model, usage: known.usage }, intent);
        const { text, model: by, prompt: made } = known;
        const tookMs = Math.round(elapsedMs() - startedMs);
        return { kind: "text", text, model: by, prompt: made, refusedTools: [], tookMs, isKept: true };
      }
      if (!(await mayAsk(prompt.task))) return failure("llm/over-budget");
      const limits = within(models.limits(prompt.task), budgetMs);
      const { task, instructions } = prompt;
      const messages = [
        ...("images" in ask ? withImages(prompt.messages, ask.images) : prompt.messages),
        ...(tools?.exchanges ?? []).flatMap((one) => asMessages(one, prompt)),
      ];
      const offers = tools?.offers ?? [];
      const asked = {
        task,
        instructions,
        messages,
        limits,
        onCall: (call: ModelCall) => used(call, intent),
        ...(offers.length > 0 && { tools: offers }),
      };
      const secrets = [canary, prompt.mark];
      const given = messages.filter(({ role }) => role !== "assistant").map(({ text }) => text);
      const isLeak = (text: string) =>
        findLeak(text, { instructions: prompt.rules, secrets, given }) !== null;
      const heed = onText && bySentence((text) => !signal.aborted && !isLeak(text) && onText(text));
      const whole = await ("shape" in ask
        ? shapedAnswer(model, ask.shape, asked, signal)
        : wholeAnswer(model.answer(asked, signal), heed));
      if (isLeak(whole.text)) return failure("llm/leaked");
      const completion = textOf(whole, prompt, offers, elapsedMs() - startedMs);
      if (parts === null || kept === undefined) return completion;
      const { text, model: by, usage } = whole;
      return { ...completion, keep: () => kept.keep(parts, { text, model: by, prompt: prompt.id, usage }) };
    } catch (error) {
      if (signal.aborted) return failure("llm/timed-out");
      const code = modelErrorCode(error);
      if (code === null) failed(error);
      return failure(code ?? "llm/service-failed");
    }
  };
}

/** An end of a sentence, its source, and the first letter of the next. */
const nextSentence = /[。！？!?.；;\n]\s*(?:[[【［(（][^\])】］）]*[\])】］）]\s*)?[\p{L}\p{N}]/u;

/** Tells on only where another sentence has begun since it told last. */
function bySentence(tell: (text: string) => void): (text: string) => void {
  let told = "";
  return (text) => {
    const added = text.startsWith(told) ? text.slice(told.length) : text;
    if (!nextSentence.test(added)) return;
    told = text;
    tell(text);
  };
}

function withImages(messages: readonly ModelMessage[], images: readonly ModelImage[]): ModelMessage[] {
  return messages.map((one) => (one.role === "user" ? { ...one, images } : one));
}

/** What tools said is other people's text, as the passages are. */
function asMessages(
  { text, reasoning, calls, results }: ToolExchange,
  { mark }: Pick<RenderedPrompt, "mark">,
): ModelMessage[] {
  return [
    { role: "assistant", text, toolCalls: calls, reasoning },
    ...results.map(
      ({ callId, name, text: said }): ModelMessage => ({
        role: "tool",
        callId,
        name,
        text: fence("tool-result", said, mark),
      }),
    ),
  ];
}

async function shapedAnswer(
  model: LanguageModel,
  shape: z.ZodType,
  request: Omit<ModelRequest, "shape" | "tools">,
  signal: AbortSignal,
): Promise<WholeAnswer> {
  const { value, ...shaped } = await answerInShape(model, shape, request, signal);
  const text = JSON.stringify(value);
  return { ...shaped, text, ended: "complete", reasoning: null, toolCalls: [], refusedToolCalls: [] };
}

/** All that an answer depends on but the dialogue: a question that leans on one is not kept. */
function keyParts(
  { language, inputs }: PromptAsk,
  { id }: RenderedPrompt,
  model: string,
  question: string,
): string[] {
  const given = "passages" in inputs.data ? inputs.data.passages : "";
  return [id, language, model, question, JSON.stringify(inputs.words), JSON.stringify(given)];
}

function textOf(
  whole: WholeAnswer,
  { id }: RenderedPrompt,
  offers: readonly ToolOffer[],
  tookMs: number,
): Extract<Completion, { kind: "text" }> {
  const isOffered = ({ name, input }: ToolCall) =>
    offers.some((offer) => offer.name === name && offer.input.safeParse(input).success);
  const toolCalls = whole.toolCalls.filter(isOffered);
  const refusedTools = [
    ...whole.refusedToolCalls.map(({ call }) => call.name),
    ...whole.toolCalls.filter((call) => !isOffered(call)).map(({ name }) => name),
  ];
  const { text, model, reasoning } = whole;
  const said = { kind: "text" as const, text, model, prompt: id, refusedTools, tookMs: Math.round(tookMs) };
  return toolCalls.length === 0 ? said : { ...said, toolCalls, reasoning };
}

function within(limits: ModelLimits, budgetMs: number): ModelLimits {
  const totalMs = Math.min(limits.totalMs, budgetMs);
  return { ...limits, totalMs, firstTokenMs: Math.min(limits.firstTokenMs, totalMs) };
}

function render(ask: PromptAsk): RenderedPrompt {
  // the compiler does not see that name and inputs of the union belong together
  const { prompt, language, inputs } = ask as Extract<PromptAsk, { prompt: "draft" }>;
  return renderPrompt(prompt, language, inputs);
}
