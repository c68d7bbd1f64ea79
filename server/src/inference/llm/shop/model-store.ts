// The tables language_model (the shop's models in order, keys sealed) and language_model_plan (whether and for what).

import {
  type LanguageModelId,
  type ModelPlan,
  type ModelPresetName,
  modelPlan,
  type TenantId,
} from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface ModelRow {
  id: LanguageModelId;
  preset: ModelPresetName;
  base_url: string;
  model: string;
  sealed_key: Buffer | null;
}
export type PlanRow = Omit<ModelPlan, "order">;

export const modelKeyPlace = (id: LanguageModelId) => ({
  table: "language_model",
  column: "sealed_key",
  row: id,
});

/** In the order to be asked. */
export function listModelRows(tx: Tx, tenantId: TenantId): Promise<ModelRow[]> {
  return tx.rows<ModelRow>(
    `select id, preset, base_url, model, sealed_key from language_model where tenant_id = $1 order by position, id`,
    [tenantId],
  );
}

export async function readPlanRow(tx: Tx, tenantId: TenantId): Promise<PlanRow> {
  const [row] = await tx.rows<{ is_on: boolean; tasks: unknown }>(
    `select is_on, tasks from language_model_plan where tenant_id = $1`,
    [tenantId],
  );
  if (row === undefined) return { isOn: false, tasks: {} };
  return modelPlan.omit({ order: true }).parse({ isOn: row.is_on, tasks: row.tasks });
}

export async function writePlanRow(tx: Tx, tenantId: TenantId, { isOn, tasks }: PlanRow): Promise<void> {
  await tx.run(
    `insert into language_model_plan (tenant_id, is_on, tasks) values ($1, $2, $3)
     on conflict (tenant_id) do update set is_on = excluded.is_on, tasks = excluded.tasks`,
    [tenantId, isOn, JSON.stringify(tasks)],
  );
}

/** At the end of the order. */
export async function insertModelRow(tx: Tx, tenantId: TenantId, row: ModelRow): Promise<void> {
  await tx.run(
    `insert into language_model (tenant_id, id, position, preset, base_url, model, sealed_key)
     values ($1, $2, (select coalesce(max(position), 0) + 1 from language_model where tenant_id = $1), $3, $4, $5, $6)`,
    [tenantId, row.id, row.preset, row.base_url, row.model, row.sealed_key],
  );
}

export async function updateModelRow(tx: Tx, tenantId: TenantId, row: ModelRow): Promise<void> {
  await tx.run(
    `update language_model set preset = $3, base_url = $4, model = $5, sealed_key = $6 where tenant_id = $1 and id = $2`,
    [tenantId, row.id, row.preset, row.base_url, row.model, row.sealed_key],
  );
}

export async function deleteModelRow(tx: Tx, tenantId: TenantId, id: LanguageModelId): Promise<void> {
  await tx.run(`delete from language_model where tenant_id = $1 and id = $2`, [tenantId, id]);
}

/** `ids` first, in this order; what is not among them keeps its place behind. */
export async function orderModelRows(
  tx: Tx,
  tenantId: TenantId,
  ids: readonly LanguageModelId[],
): Promise<void> {
  await tx.run(
    `update language_model set position = coalesce(array_position($2::uuid[], id), $3 + position) where tenant_id = $1`,
    [tenantId, ids, ids.length],
  );
}
