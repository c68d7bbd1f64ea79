// The embedder that a tenant chose, kept while the process runs; null for none, which is how every tenant begins. Asked by
// the brain when it trains a shop's knowledge, never in a turn. A model that cannot be opened is logged and counts as none.

import type { TenantId } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { type Db, transact } from "../../platform/db/index.ts";
import { countEmbeddings } from "./meter-embedding.ts";
import { type Choice, openEmbedder } from "./open-embedder.ts";
import { keyPlace, readSetting, type SettingRow } from "./setting-store.ts";
import { type SteadyEmbedder, steady } from "./steady-embedder.ts";

const kept = new WeakMap<Db, Map<TenantId, Promise<SteadyEmbedder | null>>>();

export async function embedderFor(ctx: Ctx): Promise<SteadyEmbedder | null> {
  const tenants = kept.get(ctx.db) ?? new Map<TenantId, Promise<SteadyEmbedder | null>>();
  kept.set(ctx.db, tenants);
  const known = tenants.get(ctx.tenantId);
  if (known !== undefined) return known;
  const opening = open(ctx).catch((error: unknown) => {
    if (tenants.get(ctx.tenantId) === opening) tenants.delete(ctx.tenantId); // the next training tries again
    ctx.log.warn({ err: error, tenantId: ctx.tenantId }, "embedding model not opened");
    return null;
  });
  tenants.set(ctx.tenantId, opening);
  return opening;
}

/** After a change of the choice: the next `embedderFor` reads it anew, and what the old one held is let go. */
export async function forgetEmbedder(ctx: Pick<Ctx, "db" | "tenantId">): Promise<void> {
  const tenants = kept.get(ctx.db);
  const known = tenants?.get(ctx.tenantId);
  tenants?.delete(ctx.tenantId);
  await (await known)?.close();
}

/** When the process ends: worker threads are stopped. */
export async function closeEmbedders(db: Db): Promise<void> {
  const open = [...(kept.get(db)?.values() ?? [])];
  kept.delete(db);
  for (const opening of open) await (await opening)?.close();
}

async function open(ctx: Ctx): Promise<SteadyEmbedder | null> {
  const row = await transact(ctx, (tx) => readSetting(tx, ctx.tenantId));
  const choice = row === null ? null : await choiceOf(ctx, row);
  return choice === null ? null : steady(await openEmbedder(ctx, choice, countEmbeddings(ctx)), ctx);
}

/** The stored choice with its key in clear; null for none. */
export async function choiceOf(ctx: Ctx, row: SettingRow): Promise<Choice | null> {
  if (row.kind === "folder" && row.folder !== null) return { kind: "folder", folder: row.folder };
  if (row.kind !== "service" || row.base_url === null || row.model === null) return null;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const key = row.sealed_key === null ? null : vault.openText(keyPlace(ctx.tenantId), row.sealed_key);
  return { kind: "service", baseUrl: row.base_url, model: row.model, dimensions: row.dimensions, key };
}
