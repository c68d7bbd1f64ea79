// The default queue of a tenant: made when first needed, so that a shop never has to set one up. Used by every file of
// this room that queues; the list is for whoever chooses one.
import type { Queue, QueueId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { findDefaultQueue, insertDefaultQueue, listQueueRows } from "./queue-settings-store.ts";

/** Shown until somebody renames it. */
const defaultName = "默认 · Default";

/** Asked for anew each time: another server may have made another one the default. */
export async function defaultQueue(ctx: Ctx, tx: Tx): Promise<QueueId> {
  const found = await findDefaultQueue(tx);
  if (found) return found.id;
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
