// HTTP of this room: the optional embedding model and the optional large ones.

import { routes } from "@yingda/contract";
import type { Services } from "../platform/context.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { setEmbedding, tryEmbedding } from "./embedding/choose-embedding.ts";
import { cancelInstall, embeddingOverview, installModel, removeModel } from "./embedding/manage-models.ts";
import { ModelInstaller } from "./embedding/models/model-installer.ts";
import { emptyKeptAnswers } from "./llm/kept/kept-answers.ts";
import {
  addLanguageModel,
  listLanguageModels,
  planLanguageModels,
  removeLanguageModel,
  testLanguageModel,
  updateLanguageModel,
} from "./llm/shop/shop-models.ts";

export function inferenceRoutes(app: HttpApp, services: Services): void {
  const installer = new ModelInstaller(services);
  app.addHook("onClose", () => installer.cancel());
  register(app, routes.getEmbedding, (ctx) => embeddingOverview(ctx, installer));
  register(app, routes.setEmbedding, (ctx, { body }) => setEmbedding(ctx, body));
  register(app, routes.tryEmbedding, (ctx, { body }) => tryEmbedding(ctx, body.text, body.choice));
  register(app, routes.installModel, (ctx, { params, body }) =>
    installModel(ctx, installer, params.name, body.mirror),
  );
  register(app, routes.removeModel, (ctx, { params }) => removeModel(ctx, installer, params.name));
  register(app, routes.cancelInstall, (ctx) => cancelInstall(ctx, installer));
  register(app, routes.listLanguageModels, (ctx) => listLanguageModels(ctx));
  register(app, routes.addLanguageModel, (ctx, { body }) => addLanguageModel(ctx, body));
  register(app, routes.updateLanguageModel, (ctx, { params, body }) =>
    updateLanguageModel(ctx, params.id, body),
  );
  register(app, routes.removeLanguageModel, (ctx, { params }) => removeLanguageModel(ctx, params.id));
  register(app, routes.planLanguageModels, (ctx, { body }) => planLanguageModels(ctx, body));
  register(app, routes.emptyKeptAnswers, (ctx) => emptyKeptAnswers(ctx));
  register(app, routes.testLanguageModel, (ctx, { body }) => testLanguageModel(ctx, body.choice, body.id));
}
