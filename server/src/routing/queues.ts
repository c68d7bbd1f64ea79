// The default queue of a tenant: made when first needed, so that a shop never has to set one up. Used by every file of
// this room that queues; the list is for the settings page.
import type { Queue, QueueId, TenantId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { findDefaultQueue, insertDefaultQueue, listQueueRows } from "./queue-store.ts";

/** Shown until somebody renames it. */
const defaultName = "默认 · Default";

/** A tenant's default queue never changes its id, so it is asked for once per process and tenant. */
const known = new WeakMap<object, Map<TenantId, QueueId>>();

export async function defaultQueue(ctx: Ctx, tx: Tx): Promise<QueueId> {
  const ids = known.get(ctx.db) ?? new Map<TenantId, QueueId>();
  known.set(ctx.db, ids);
  const before = ids.get(ctx.tenantId);
  if (before) return before;
  const found = await findDefaultQueue(tx);
  if (found) {
    // only what was committed by others is remembered: our own insert may still be rolled back
    ids.set(ctx.tenantId, found.id);
    return found.id;
  }
  await insertDefaultQueue(tx, ctx.tenantId, newId<QueueId>(), defaultName, ctx.clock.now());
  const made = await findDefaultQueue(tx);
  if (!made) throw new Error("the default queue is not there right after it was made");
  return made.id;
}

export function listQueues(ctx: Ctx): Promise<Queue[]> {
  return transact(ctx, async (tx) => {
    await defaultQueue(ctx, tx);
    return listQueueRows(tx);
  });
}
