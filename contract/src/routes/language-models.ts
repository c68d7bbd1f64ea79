// The optional large models: keeping, ordering, testing them.
import { z } from "zod";
import {
  languageModelDraft,
  languageModelId,
  languageModelsOverview,
  languageModelTest,
  modelPlan,
} from "../language-models.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: languageModelId });
export const languageModelRoutes = defineRoutes({
  listLanguageModels: {
    method: "GET",
    path: "/api/language-models",
    access: "settings-read",
    summary: "The shop's models without their keys, what does what, and the services known by name.",
    reply: languageModelsOverview,
  },
  addLanguageModel: {
    method: "POST",
    path: "/api/language-models",
    access: "settings-write",
    summary: "Adds one at the end of the order; the first one switches large models on.",
    body: languageModelDraft,
    reply: languageModelsOverview,
  },
  updateLanguageModel: {
    method: "PUT",
    path: "/api/language-models/:id",
    access: "settings-write",
    summary: "Changes one; without a key the stored one stays, as long as the address does.",
    params: byId,
    body: languageModelDraft,
    reply: languageModelsOverview,
  },
  removeLanguageModel: {
    method: "DELETE",
    path: "/api/language-models/:id",
    access: "settings-write",
    summary: "Removes one with its key.",
    params: byId,
    reply: languageModelsOverview,
  },
  planLanguageModels: {
    method: "PUT",
    path: "/api/language-models-plan",
    access: "settings-write",
    summary: "On or off, the order, and per task which models and how long.",
    body: modelPlan,
    reply: languageModelsOverview,
  },
  emptyKeptAnswers: {
    method: "DELETE",
    path: "/api/language-models-answers",
    access: "settings-write",
    summary: "Ends all answers of models that were kept; the next who asks is answered by a call again.",
    reply: z.object({ emptied: z.int() }),
  },
  testLanguageModel: {
    method: "POST",
    path: "/api/language-models-test",
    access: "settings-write",
    summary: "One small real call with a choice that need not be saved yet; says what is truly wrong.",
    body: z.object({ choice: languageModelDraft, id: languageModelId.nullable().default(null) }),
    reply: languageModelTest,
  },
});
