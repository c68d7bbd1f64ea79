// Files of erased messages leave the store after the commit that erased them, by a job of that same commit: a crash
// in between cannot leave a customer's picture behind.
import type { MediaId, TenantId } from "@yingda/contract";
import type { Ctx, Services } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import type { JobPayload } from "../platform/jobs/index.ts";
import { namedInClear } from "../platform/media/index.ts";

export const removeMediaJob = "remove-media";
const mostPerJob = 100;

export async function sendMediaRemoval(ctx: Ctx, tx: Tx, mediaIds: readonly MediaId[]): Promise<void> {
  for (let from = 0; from < mediaIds.length; from += mostPerJob) {
    const part = mediaIds.slice(from, from + mostPerJob);
    await ctx.jobs.send(tx, removeMediaJob, { tenantId: ctx.tenantId, mediaIds: part.join(",") });
  }
}

/**
 * The job's handler; a file that is gone already is no failure. One that the shop's own knowledge shows stays: a colleague had
 * sent it on.
 */
export async function removeMedia(services: Services, payload: JobPayload): Promise<void> {
  const { tenantId, mediaIds } = payload;
  if (typeof tenantId !== "string" || typeof mediaIds !== "string")
    throw new Error("remove-media needs tenantId and mediaIds");
  const ids = mediaIds.split(",") as MediaId[];
  const shown = new Set(await namedInClear(services.db, tenantId as TenantId, ids));
  for (const id of ids) if (!shown.has(id)) await services.media.remove(tenantId as TenantId, id);
}
