// The door of inference: everything that calls a model: the optional embedding model and the optional large ones.

export { closeEmbedders, embedderFor, forgetEmbedder } from "./embedding/embedder-for.ts";
export type { SteadyEmbedder } from "./embedding/steady-embedder.ts";
export { answerInShape, readShape, type Shaped } from "./llm/answer-in-shape.ts";
export { type Complete, type Completion, completer, completerFor, type PromptAsk } from "./llm/complete.ts";
export { type FenceContent, fence, newFenceMark } from "./llm/fence.ts";
export { inertText } from "./llm/inert-text.ts";
export { type Judgement, judgementShape } from "./llm/judgement.ts";
export { flushKept, keptAnswersListener } from "./llm/kept/kept-answers.ts";
export {
  type AnswerPart,
  type LanguageModel,
  type ModelCall,
  type ModelMessage,
  type ModelRequest,
  type ModelUsage,
  type ToolCall,
  type ToolOffer,
  type WholeAnswer,
  wholeAnswer,
} from "./llm/language-model.ts";
export type { ModelConfig } from "./llm/model-config.ts";
export { type ModelErrorCode, modelErrorCode } from "./llm/model-error.ts";
export { type ModelPreset, type PresetName, presetNames, presets } from "./llm/presets.ts";
export { noAnswer, type PromptLanguage, type PromptName, renderPrompt } from "./llm/prompts.ts";
export { modelListener, modelsFor, type ShopModels } from "./llm/shop/models-for.ts";
export { type ModelPlan, openTaskModels, type TaskModels } from "./llm/task-models.ts";
export { type ModelLimits, type ModelTask, modelTasks } from "./llm/tasks.ts";
export { type ModelTest, testModel } from "./llm/test-model.ts";
export { inferenceRoutes } from "./routes.ts";
export { inferenceSealedColumns } from "./sealed-columns.ts";
export { setBudget } from "./usage/budget.ts";
export { flushUsage } from "./usage/meter.ts";
export { costMicros, priceOf } from "./usage/prices.ts";
export { costOf, readUsage } from "./usage/report.ts";
