// What waits goes from one queue into another: when nobody of its queue is at work (called by the sweep), or when its queue
// is deleted. The thread says so; why it was handed over and how long it has waited stay.
import type { ConversationId, Queue } from "@yingda/contract";
import { applyTransition, type ConversationEvent } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { describeAgents, readAgentRows, servesQueue } from "./agents.ts";
import { batch, isWaitOver } from "./assign-next.ts";
import { isAtWork } from "./choose.ts";
import { listQueueRows } from "./queue-settings-store.ts";
import { lockWaitingEntry, setEntryQueue, type WaitingEntry, waitingEntries } from "./queue-store.ts";

export type Move = {
  from: Queue;
  to: Queue;
  why: Extract<ConversationEvent, { kind: "move-queue" }>["why"];
};

/** False when it does not wait there any more; nothing was changed then. */
export async function moveWaiting(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  { from, to, why }: Move,
): Promise<boolean> {
  const applied = await applyTransition(ctx, tx, conversationId, {
    kind: "move-queue",
    from: { queueId: from.id, name: from.name },
    to: { queueId: to.id, name: to.name },
    why,
  });
  if (applied.kind === "refused") return false;
  await setEntryQueue(tx, conversationId, to.id);
  return true;
}

/**
 * Moves into the default queue what has waited its time in a queue where nobody is at work, if somebody of the default queue
 * is. Returns what was moved. One server does it; an offer that was made meanwhile wins.
 */
export async function overflow(ctx: Ctx): Promise<ConversationId[]> {
  const { entries, rows, queues } = await transact(ctx, async (tx) => {
    const waiting = await waitingEntries(tx, ctx.clock.now(), batch);
    const overdue = waiting.filter((entry) => !entry.isInDefault && isWaitOver(ctx, entry));
    if (overdue.length === 0) return { entries: [], rows: null, queues: [] };
    return { entries: overdue, rows: await readAgentRows(tx), queues: await listQueueRows(tx) };
  });
  const to = queues.find(({ isDefault }) => isDefault);
  if (rows === null || !to) return [];
  const atWork = (await describeAgents(ctx, rows)).filter(isAtWork);
  if (!atWork.some(({ servesDefault }) => servesDefault)) return [];
  const moved: ConversationId[] = [];
  for (const entry of entries) {
    const from = queues.find(({ id }) => id === entry.queueId);
    if (!from || atWork.some((agent) => servesQueue(agent, entry.queueId))) continue;
    if (await moveUnoffered(ctx, entry, { from, to, why: "nobody-at-work" }))
      moved.push(entry.conversationId);
  }
  return moved;
}

/** What somebody is being offered at this moment stays. */
function moveUnoffered(ctx: Ctx, { conversationId }: WaitingEntry, move: Move): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const isFree = (await lockWaitingEntry(tx, conversationId)) !== undefined;
    return isFree && moveWaiting(ctx, tx, conversationId, move);
  });
}
