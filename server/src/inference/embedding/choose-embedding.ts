// Choosing the shop's embedding model and trying one: what the settings page does. A stored key is only ever sent to the
// address it was stored with.

import type { EmbeddingDraft, EmbeddingSetting } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import { elapsedMs } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { emit } from "../../platform/outbox/index.ts";
import { choiceOf } from "./embedder-for.ts";
import { countEmbeddings } from "./meter-embedding.ts";
import { installedModels } from "./models/model-folder.ts";
import { type Choice, openEmbedder } from "./open-embedder.ts";
import { keyPlace, readSetting, type SettingRow, writeSetting } from "./setting-store.ts";

const none: SettingRow = {
  kind: "none",
  base_url: null,
  model: null,
  dimensions: null,
  sealed_key: null,
  folder: null,
};
const tryMs = 60_000;

export async function getEmbedding(ctx: Ctx): Promise<EmbeddingSetting> {
  requirePermission(ctx, "settings-read");
  return present(await stored(ctx));
}

/** @throws AppError embedding/model-missing for a folder that is not there */
export async function setEmbedding(ctx: Ctx, draft: EmbeddingDraft): Promise<EmbeddingSetting> {
  requirePermission(ctx, "settings-write");
  if (draft.kind === "folder") await requireInstalled(ctx, draft.folder);
  const row = await rowOf(ctx, draft);
  await transact(ctx, async (tx) => {
    await writeSetting(tx, ctx.tenantId, row);
    await emit(ctx, tx, ctx.tenantId, [{ kind: "embedding-changed", payload: {} }]);
    await requestAudit(ctx, tx, {
      action: "embedding-changed",
      subject: "tenant",
      subjectId: ctx.tenantId,
      details: { kind: row.kind },
    });
  });
  return present(row);
}

/**
 * Embeds one sentence by a choice that may not be saved yet. `tookMs` is the second of two times: the first opens.
 * @throws AppError or ExternalError with an embedding/… code; request/invalid for the choice "none"
 */
export async function tryEmbedding(
  ctx: Ctx,
  text: string,
  draft: EmbeddingDraft,
): Promise<{ dimensions: number; tookMs: number }> {
  requirePermission(ctx, "settings-write");
  const choice = await choiceOf(ctx, await rowOf(ctx, draft));
  if (choice === null) throw new AppError("request/invalid", { details: { field: "choice" } });
  return time(ctx, choice, text);
}

async function time(ctx: Ctx, choice: Choice, text: string): Promise<{ dimensions: number; tookMs: number }> {
  const embedder = await openEmbedder(ctx, choice, countEmbeddings(ctx));
  try {
    const options = { signal: AbortSignal.timeout(tryMs), isUrgent: true };
    await embedder.embed([text], options);
    const startedMs = elapsedMs();
    const [vector] = await embedder.embed([text], options);
    const tookMs = Math.round((elapsedMs() - startedMs) * 10) / 10;
    return { dimensions: vector?.length ?? 0, tookMs };
  } finally {
    await embedder.close();
  }
}

async function stored(ctx: Ctx): Promise<SettingRow> {
  return (await transact(ctx, (tx) => readSetting(tx, ctx.tenantId))) ?? none;
}

async function requireInstalled(ctx: Ctx, folder: string): Promise<void> {
  const names = await installedModels(ctx.config);
  if (!names.includes(folder)) throw new AppError("embedding/model-missing", { details: { name: folder } });
}

async function rowOf(ctx: Ctx, draft: EmbeddingDraft): Promise<SettingRow> {
  if (draft.kind === "none") return none;
  if (draft.kind === "folder") return { ...none, kind: "folder", folder: draft.folder };
  return {
    kind: "service",
    base_url: draft.baseUrl,
    model: draft.model,
    dimensions: draft.dimensions,
    sealed_key: await sealedKey(ctx, draft.baseUrl, draft.key),
    folder: null,
  };
}

async function sealedKey(ctx: Ctx, baseUrl: string, key: string | null | undefined): Promise<Buffer | null> {
  if (key === null) return null;
  if (key === undefined) {
    const before = await stored(ctx);
    const isSamePlace =
      before.base_url !== null && new URL(before.base_url).origin === new URL(baseUrl).origin;
    return isSamePlace ? before.sealed_key : null;
  }
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return vault.seal(keyPlace(ctx.tenantId), key);
}

function present(row: SettingRow): EmbeddingSetting {
  return {
    kind: row.kind,
    baseUrl: row.base_url,
    model: row.model,
    dimensions: row.dimensions,
    hasKey: row.sealed_key !== null,
    folder: row.folder,
  };
}
