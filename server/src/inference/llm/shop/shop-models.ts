// The shop's large models as the settings page keeps them: list, add, change, remove, order, test. A stored key is only ever
// sent to the address it was stored with. Nothing is asked before the owner added a model.

import {
  type LanguageModelDraft,
  type LanguageModelId,
  type LanguageModelsOverview,
  type LanguageModelTest,
  type ModelPlan,
  type ModelTask,
  modelTasks,
  mostLanguageModels,
} from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { countKeptAnswers } from "../kept/kept-answers.ts";
import { modelName } from "../model-config.ts";
import { presetNames, presets } from "../presets.ts";
import { limitsOf } from "../tasks.ts";
import { testModel } from "../test-model.ts";
import {
  deleteModelRow,
  insertModelRow,
  listModelRows,
  type ModelRow,
  modelKeyPlace,
  orderModelRows,
  type PlanRow,
  readPlanRow,
  updateModelRow,
  writePlanRow,
} from "./model-store.ts";
import { forgetModels, modelsFor } from "./models-for.ts";

/** A model of one's own that is read from the disk first may take a minute. */
const testMs = 65_000;

export async function listLanguageModels(ctx: Ctx): Promise<LanguageModelsOverview> {
  requirePermission(ctx, "settings-read");
  return overview(ctx);
}

/** @throws AppError llm/limit-reached */
export async function addLanguageModel(ctx: Ctx, draft: LanguageModelDraft): Promise<LanguageModelsOverview> {
  requirePermission(ctx, "settings-write");
  const row = await rowOf(ctx, newId<LanguageModelId>(), draft, null);
  await change(ctx, "language-model-added", row, async (tx) => {
    const rows = await listModelRows(tx, ctx.tenantId);
    if (rows.length >= mostLanguageModels)
      throw new AppError("llm/limit-reached", { details: { most: mostLanguageModels } });
    await insertModelRow(tx, ctx.tenantId, row);
    const plan = await readPlanRow(tx, ctx.tenantId);
    // adding the first one is the wish to use it; later ones change nothing about that
    if (rows.length === 0) await writePlanRow(tx, ctx.tenantId, { ...plan, isOn: true });
  });
  return overview(ctx);
}

/** @throws AppError request/not-found */
export async function updateLanguageModel(
  ctx: Ctx,
  id: LanguageModelId,
  draft: LanguageModelDraft,
): Promise<LanguageModelsOverview> {
  requirePermission(ctx, "settings-write");
  const row = await rowOf(ctx, id, draft, await storedRow(ctx, id));
  await change(ctx, "language-model-changed", row, (tx) => updateModelRow(tx, ctx.tenantId, row));
  return overview(ctx);
}

/** Takes it out of every task too. @throws AppError request/not-found */
export async function removeLanguageModel(ctx: Ctx, id: LanguageModelId): Promise<LanguageModelsOverview> {
  requirePermission(ctx, "settings-write");
  const row = await storedRow(ctx, id);
  await change(ctx, "language-model-removed", row, async (tx) => {
    await deleteModelRow(tx, ctx.tenantId, id);
    const plan = await readPlanRow(tx, ctx.tenantId);
    await writePlanRow(tx, ctx.tenantId, { ...plan, tasks: withoutModel(plan.tasks, id) });
  });
  return overview(ctx);
}

/** @throws AppError request/invalid for a model that is not the shop's */
export async function planLanguageModels(ctx: Ctx, plan: ModelPlan): Promise<LanguageModelsOverview> {
  requirePermission(ctx, "settings-write");
  const { order, ...rest } = plan;
  await change(ctx, rest.isOn ? "language-models-planned" : "language-models-off", null, async (tx) => {
    const known = new Set((await listModelRows(tx, ctx.tenantId)).map(({ id }) => id));
    const named = [...order, ...Object.values(rest.tasks).flatMap((task) => task?.models ?? [])];
    if (named.some((id) => !known.has(id)))
      throw new AppError("request/invalid", { details: { field: "order" } });
    await orderModelRows(tx, ctx.tenantId, order);
    await writePlanRow(tx, ctx.tenantId, rest);
  });
  return overview(ctx);
}

/** One real call; `id` names the stored model whose key is used when the draft brings none. */
export async function testLanguageModel(
  ctx: Ctx,
  draft: LanguageModelDraft,
  id: LanguageModelId | null,
): Promise<LanguageModelTest> {
  requirePermission(ctx, "settings-write");
  const row = await rowOf(
    ctx,
    newId<LanguageModelId>(),
    draft,
    id === null ? null : await storedRow(ctx, id),
  );
  const key = row.clearKey;
  const config = { preset: row.preset, baseUrl: row.base_url, model: row.model, key };
  const tested = await testModel(ctx, config, AbortSignal.timeout(testMs));
  if (tested.kind === "failed") return tested;
  const { usage: _, ...shown } = tested;
  return shown;
}

type OwnedRow = ModelRow & { clearKey: string | null };

async function rowOf(
  ctx: Ctx,
  id: LanguageModelId,
  { preset, baseUrl, model, key }: LanguageModelDraft,
  before: ModelRow | null,
): Promise<OwnedRow> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const clearKey =
    key === undefined ? keptKey(before, baseUrl, (place, sealed) => vault.openText(place, sealed)) : key;
  const sealed = clearKey === null ? null : vault.seal(modelKeyPlace(id), clearKey);
  return { id, preset, base_url: baseUrl, model, sealed_key: sealed, clearKey };
}

function keptKey(
  before: ModelRow | null,
  baseUrl: string,
  open: (place: ReturnType<typeof modelKeyPlace>, sealed: Buffer) => string,
): string | null {
  if (before === null || before.sealed_key === null) return null;
  if (new URL(before.base_url).origin !== new URL(baseUrl).origin) return null;
  return open(modelKeyPlace(before.id), before.sealed_key);
}

async function storedRow(ctx: Ctx, id: LanguageModelId): Promise<ModelRow> {
  const rows = await transact(ctx, (tx) => listModelRows(tx, ctx.tenantId));
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new AppError("request/not-found");
  return row;
}

async function change(
  ctx: Ctx,
  action: string,
  row: ModelRow | null,
  write: (tx: Tx) => Promise<void>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await write(tx);
    await emit(ctx, tx, ctx.tenantId, [{ kind: "model-changed", payload: {} }]);
    await requestAudit(ctx, tx, {
      action,
      subject: "tenant",
      subjectId: ctx.tenantId,
      details: row === null ? {} : { model: modelName(row), host: new URL(row.base_url).host },
    });
  });
  forgetModels(ctx);
}

function withoutModel(tasks: PlanRow["tasks"], id: LanguageModelId): PlanRow["tasks"] {
  const left: PlanRow["tasks"] = {};
  for (const task of modelTasks) {
    const plan = tasks[task];
    if (plan === undefined) continue;
    const models = plan.models?.filter((one) => one !== id) ?? null;
    // the last of its list goes: back to the shop's order, not to "without a model"
    left[task] = { ...plan, models: models?.length === 0 && plan.models?.length !== 0 ? null : models };
  }
  return left;
}

async function overview(ctx: Ctx): Promise<LanguageModelsOverview> {
  const { rows, plan } = await transact(ctx, async (tx) => ({
    rows: await listModelRows(tx, ctx.tenantId),
    plan: await readPlanRow(tx, ctx.tenantId),
  }));
  const health = new Map((await modelsFor(ctx))?.health().map(({ name, pausedMs }) => [name, pausedMs]));
  return {
    models: rows.map((row) => ({
      id: row.id,
      preset: row.preset,
      baseUrl: row.base_url,
      model: row.model,
      hasKey: row.sealed_key !== null,
      pausedMs: Math.round(health.get(modelName(row)) ?? 0),
    })),
    plan: { ...plan, order: rows.map(({ id }) => id) },
    presets: presetNames.map((name) => {
      const { quirks: _, exampleModels, ...shown } = presets[name];
      return { name, ...shown, exampleModels: [...exampleModels] };
    }),
    keptAnswers: await countKeptAnswers(ctx),
    usualLimits: usualLimits(),
  };
}

function usualLimits(): LanguageModelsOverview["usualLimits"] {
  const limits = {} as LanguageModelsOverview["usualLimits"];
  for (const task of modelTasks as readonly ModelTask[]) {
    const { totalMs, outputTokens } = limitsOf(task);
    limits[task] = { totalMs, outputTokens };
  }
  return limits;
}
