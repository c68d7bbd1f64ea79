// The door of inference: everything that calls a model: the optional embedding model and the optional large ones.

export { closeEmbedders, embedderFor, forgetEmbedder } from "./embedding/embedder-for.ts";
export type { SteadyEmbedder } from "./embedding/steady-embedder.ts";
export { readShape } from "./llm/answer-in-shape.ts";
export {
  type AskOptions,
  type Complete,
  type Completion,
  completer,
  completerFor,
  type PromptAsk,
  type ToolExchange,
} from "./llm/complete.ts";
export { type Judgement, judgementShape } from "./llm/judgement.ts";
export { flushKept, keptAnswersListener } from "./llm/kept/kept-answers.ts";
export type { ModelRequest, ToolCall, ToolOffer } from "./llm/language-model.ts";
export type { ModelErrorCode } from "./llm/model-error.ts";
export { noAnswer } from "./llm/prompts.ts";
export { modelListener, modelsFor } from "./llm/shop/models-for.ts";
export { openTaskModels } from "./llm/task-models.ts";
export { inferenceRoutes } from "./routes.ts";
export { inferenceSealedColumns } from "./sealed-columns.ts";
export { setBudget } from "./usage/budget.ts";
export { flushUsage } from "./usage/meter.ts";
export { costMicros, priceOf } from "./usage/prices.ts";
export { purgeUsage } from "./usage/purge-usage.ts";
export { costOf, readUsage } from "./usage/report.ts";
