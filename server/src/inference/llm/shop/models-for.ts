// The large models that a tenant chose, opened once and kept while the process runs, so that what is learnt about their
// health holds for all turns. Null for none, which is how every tenant begins. Kept per database handle and tenant.

import type { LanguageModelId, ModelTask, TenantId } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { type Db, transact } from "../../../platform/db/index.ts";
import type { EventRef, Listener } from "../../../platform/outbox/index.ts";
import type { ModelConfig } from "../model-config.ts";
import { type ModelPlan as OpenPlan, openTaskModels, type TaskModels } from "../task-models.ts";
import { limitsOf, type ModelLimits } from "../tasks.ts";
import { listModelRows, type ModelRow, modelKeyPlace, type PlanRow, readPlanRow } from "./model-store.ts";

export interface ShopModels extends TaskModels {
  limits(task: ModelTask): ModelLimits;
}

const mostTenants = 1_000;
const caches = new WeakMap<Db, Map<TenantId, Promise<ShopModels | null>>>();

/** @throws when the settings cannot be read; the next call tries again */
export function modelsFor(ctx: Ctx): Promise<ShopModels | null> {
  const cache = caches.get(ctx.db) ?? new Map<TenantId, Promise<ShopModels | null>>();
  caches.set(ctx.db, cache);
  const known = cache.get(ctx.tenantId);
  if (known !== undefined) return known;
  const opening = open(ctx);
  cache.set(ctx.tenantId, opening);
  opening.catch(() => cache.get(ctx.tenantId) === opening && cache.delete(ctx.tenantId));
  const [oldest] = cache.size > mostTenants ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  return opening;
}

/** Call it after the commit of a change. */
export function forgetModels({ db, tenantId }: Pick<Ctx, "db" | "tenantId">): void {
  caches.get(db)?.delete(tenantId);
}

/** Hears what was changed on other nodes. */
export function modelListener({ db }: Pick<Ctx, "db">): Listener {
  return {
    name: "language-models",
    kinds: ["model-changed"],
    heard(refs: readonly EventRef[]) {
      for (const { tenantId } of refs) forgetModels({ db, tenantId });
    },
    lost() {
      caches.get(db)?.clear();
    },
  };
}

async function open(ctx: Ctx): Promise<ShopModels | null> {
  const { rows, plan } = await transact(ctx, async (tx) => ({
    rows: await listModelRows(tx, ctx.tenantId),
    plan: await readPlanRow(tx, ctx.tenantId),
  }));
  if (!plan.isOn || rows.length === 0) return null;
  const configs = new Map<LanguageModelId, ModelConfig>();
  for (const row of rows) configs.set(row.id, await configOf(ctx, row));
  return { ...openTaskModels(ctx, openPlan(configs, plan)), limits: (task) => limitsIn(plan, task) };
}

/** The stored model with its key in clear. */
export async function configOf(ctx: Ctx, row: ModelRow): Promise<ModelConfig> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const key = row.sealed_key === null ? null : vault.openText(modelKeyPlace(row.id), row.sealed_key);
  return { preset: row.preset, baseUrl: row.base_url, model: row.model, key };
}

function openPlan(configs: ReadonlyMap<LanguageModelId, ModelConfig>, { tasks }: PlanRow): OpenPlan {
  const perTask: NonNullable<OpenPlan["perTask"]> = {};
  for (const [task, chosen] of Object.entries(tasks) as [ModelTask, PlanRow["tasks"][ModelTask]][])
    if (chosen?.models)
      perTask[task] = chosen.models.flatMap((id) => {
        const config = configs.get(id);
        return config === undefined ? [] : [config];
      });
  return { models: [...configs.values()], perTask };
}

function limitsIn({ tasks }: PlanRow, task: ModelTask): ModelLimits {
  const own = tasks[task]?.limits;
  if (!own) return limitsOf(task);
  const usual = limitsOf(task, own);
  return { ...usual, firstTokenMs: Math.min(usual.firstTokenMs, usual.totalMs) };
}
