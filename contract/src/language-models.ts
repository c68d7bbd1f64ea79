// The optional large models of a shop: which ones, in which order, which does what, and how long each use may take.
import { z } from "zod";
import { type ErrorCode, errorCodes } from "./errors.ts";
import { idOf } from "./ids.ts";

/** Services that the settings page knows by name; all speak the same protocol. */
export const modelPresetNames = [
  "deepseek",
  "qwen",
  "glm",
  "kimi",
  "openai",
  "ollama",
  "vllm",
  "custom",
] as const;
export type ModelPresetName = (typeof modelPresetNames)[number];

/** What models are used for. */
export const modelTasks = [
  "answer",
  "rewrite",
  "summary",
  "draft",
  "translate",
  "extract",
  "judge",
  "picture",
] as const;
export type ModelTask = (typeof modelTasks)[number];
/** Tasks that not every model can do: done only by one that the owner chose for it. */
export const chosenTasks: readonly ModelTask[] = ["picture"];

export const languageModelId = idOf<"language-model">();
export type LanguageModelId = z.infer<typeof languageModelId>;

export const mostLanguageModels = 8;

export const languageModelDraft = z.object({
  preset: z.enum(modelPresetNames),
  /** With or without /v1 at the end. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  model: z.string().trim().min(1).max(200),
  /** Left out: the stored one stays, as long as the address does. Null: none. */
  key: z.string().trim().min(1).max(500).nullable().optional(),
});
export type LanguageModelDraft = z.infer<typeof languageModelDraft>;

export const languageModel = z.object({
  id: languageModelId,
  preset: z.enum(modelPresetNames),
  baseUrl: z.string(),
  model: z.string(),
  /** The key itself never leaves the server. */
  hasKey: z.boolean(),
  /** Left alone after failures for so long; 0 when it is asked as usual. */
  pausedMs: z.int(),
});
export type LanguageModel = z.infer<typeof languageModel>;

/** Shorter than the task's own limit and never longer than a contact waits. */
export const taskLimits = z.object({
  totalMs: z.int().min(1_000).max(60_000),
  outputTokens: z.int().min(50).max(8_000),
});
export type TaskLimits = z.infer<typeof taskLimits>;

const listOfIds = z.array(languageModelId).max(mostLanguageModels);
/** For one task: which models in which order (null: the shop's order, or none for `chosenTasks`; empty: without a model), and its limits. */
export const taskPlan = z.object({ models: listOfIds.nullable(), limits: taskLimits.nullable() });
export type TaskPlan = z.infer<typeof taskPlan>;

export const modelPlan = z.object({
  /** False: nothing leaves the house, whatever is configured. */
  isOn: z.boolean(),
  /** All models of the shop, in the order to be asked. */
  order: listOfIds,
  tasks: z.partialRecord(z.enum(modelTasks), taskPlan),
});
export type ModelPlan = z.infer<typeof modelPlan>;

export const modelPresetView = z.object({
  name: z.enum(modelPresetNames),
  title: z.object({ zh: z.string(), en: z.string() }),
  baseUrl: z.string(),
  baseUrlAbroad: z.string().nullable(),
  needsKey: z.boolean(),
  /** Runs in the own house: texts do not leave it. */
  isLocal: z.boolean(),
  keyPage: z.string().nullable(),
  exampleModels: z.array(z.string()),
});
export type ModelPresetView = z.infer<typeof modelPresetView>;

export const languageModelsOverview = z.object({
  models: z.array(languageModel),
  plan: modelPlan,
  presets: z.array(modelPresetView),
  /** Answers kept for the next who asks the same. */
  keptAnswers: z.int(),
  /** What holds for a task without limits of its own. */
  usualLimits: z.record(z.enum(modelTasks), taskLimits),
});
export type LanguageModelsOverview = z.infer<typeof languageModelsOverview>;

export const languageModelTest = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("works"), reply: z.string(), firstTokenMs: z.int(), tookMs: z.int() }),
  z.object({
    kind: z.literal("failed"),
    code: z.enum(Object.keys(errorCodes) as ErrorCode[]),
    /** In the service's own words, without the key; may be empty. */
    said: z.string(),
    status: z.int().nullable(),
    retryAfterMs: z.int().nullable(),
    tookMs: z.int(),
  }),
]);
export type LanguageModelTest = z.infer<typeof languageModelTest>;
