// The installation's models: what the catalogue offers, what is on the disk, installing and removing.

import { rm } from "node:fs/promises";
import type { EmbeddingModel, EmbeddingOverview, ModelInstall } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { getEmbedding } from "./choose-embedding.ts";
import { type CatalogueModel, catalogue, catalogueModel } from "./models/catalogue.ts";
import { engineBytes, isEngineInstalled } from "./models/engine.ts";
import { mirrorsOf } from "./models/mirrors.ts";
import { dimensionsOf, folderOf, installedModels, modelsFolder } from "./models/model-folder.ts";
import type { ModelInstaller } from "./models/model-installer.ts";

export async function embeddingOverview(ctx: Ctx, installer: ModelInstaller): Promise<EmbeddingOverview> {
  const [setting, installed, isEngine] = await Promise.all([
    getEmbedding(ctx),
    installedModels(ctx.config),
    isEngineInstalled(ctx.config),
  ]);
  const known = catalogue.map((model) => presentKnown(model, installed.includes(model.name)));
  const foreign = installed.filter((name) => catalogueModel(name) === null);
  return {
    setting,
    models: [...known, ...(await Promise.all(foreign.map((name) => presentForeign(ctx, name))))],
    mirrors: mirrorsOf(ctx.config).map(({ name }) => name),
    isEngineInstalled: isEngine,
    engineBytes,
    folder: modelsFolder(ctx.config),
    install: installer.state,
  };
}

function presentKnown(model: CatalogueModel, isInstalled: boolean): EmbeddingModel {
  const { name, title, licence, languages, dimensions, sizeBytes, source } = model;
  return { name, title, licence, languages: [...languages], dimensions, sizeBytes, source, isInstalled };
}

async function presentForeign(ctx: Ctx, name: string): Promise<EmbeddingModel> {
  const dimensions = await dimensionsOf(folderOf(ctx.config, name));
  const unknown = { licence: null, sizeBytes: null, source: null, languages: [] };
  return { name, title: name, dimensions, ...unknown, isInstalled: true };
}

/** @throws AppError request/not-found for a name or mirror that is not known, download/running */
export async function installModel(
  ctx: Ctx,
  installer: ModelInstaller,
  name: string,
  mirrorName: string | undefined,
): Promise<ModelInstall> {
  requirePermission(ctx, "settings-write");
  const model = catalogueModel(name);
  const mirrors = mirrorsOf(ctx.config);
  const mirror = mirrorName === undefined ? mirrors[0] : mirrors.find((known) => known.name === mirrorName);
  if (model === null || mirror === undefined) throw new AppError("request/not-found");
  const begun = installer.begin(model, mirror);
  await tell(ctx, "model-installed", name);
  return begun;
}

/** Tenants that chose it are answered by the engine alone from the next start on. Only models of the catalogue. */
export async function removeModel(ctx: Ctx, installer: ModelInstaller, name: string): Promise<void> {
  requirePermission(ctx, "settings-write");
  if (catalogueModel(name) === null) throw new AppError("request/not-found");
  if (installer.state?.state === "running" && installer.state.model === name)
    throw new AppError("download/running");
  const folder = folderOf(ctx.config, name);
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.making`, { recursive: true, force: true });
  await tell(ctx, "model-removed", name);
}

export async function cancelInstall(ctx: Ctx, installer: ModelInstaller): Promise<void> {
  requirePermission(ctx, "settings-write");
  await installer.cancel();
}

function tell(ctx: Ctx, action: string, model: string): Promise<unknown> {
  return transact(ctx, (tx) =>
    requestAudit(ctx, tx, { action, subject: "installation", subjectId: null, details: { model } }),
  );
}
