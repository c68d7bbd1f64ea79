// Agents whose line has been gone for three minutes count as away; the contacts who wait for their answer go back to the
// queue, at its head. Conversations where nobody waits stay theirs until the contact writes again. Called by the sweep.
import type { ConversationId, UserId } from "@yingda/contract";
import { applyTransition, conversationsOfAgent, lockConversation } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";
import { isConnected, lostAfterMs } from "./agents.ts";
import { forgetAvailability } from "./availability.ts";
import { putWaiting } from "./enqueue.ts";
import { findPresence, markLost } from "./presence-store.ts";
import { defaultQueue } from "./queues.ts";
import { removeTransferOffer } from "./transfer-store.ts";

/** Whoever already waited for an answer is served before newcomers. */
const priority = 15;

/** "back": they returned meanwhile, nothing was done. */
export async function requeueLost(ctx: Ctx, userId: UserId): Promise<ConversationId[] | "back"> {
  const before = new Date(ctx.clock.nowMs() - lostAfterMs);
  const isLost = await transact(ctx, async (tx) => {
    if (!(await markLost(tx, userId, before, ctx.clock.now()))) return false;
    await emit(ctx, tx, ctx.tenantId, [{ kind: "presence-changed", payload: { userId, presence: "away" } }]);
    return true;
  });
  if (!isLost) return "back";
  forgetAvailability(ctx);
  const requeued: ConversationId[] = [];
  for (const { id, waitingSinceAt } of await conversationsOfAgent(ctx, userId)) {
    if (waitingSinceAt === null) continue;
    if (await transact(ctx, (tx) => requeue(ctx, tx, id, userId))) requeued.push(id);
  }
  return requeued;
}

/**
 * A contact wrote to an agent who is no longer there: back to the queue. False when the agent is there after all, or
 * the conversation has moved on. Called by turns for lines that no bot may answer.
 */
export async function requeueIfLost(
  ctx: Ctx,
  conversationId: ConversationId,
  agentId: UserId,
): Promise<boolean> {
  const row = await transact(ctx, (tx) => findPresence(tx, agentId));
  if (row && (isConnected(row, ctx.clock.nowMs()) || row.connectedAt === null)) return false;
  return transact(ctx, (tx) => requeue(ctx, tx, conversationId, agentId));
}

async function requeue(ctx: Ctx, tx: Tx, conversationId: ConversationId, from: UserId): Promise<boolean> {
  const { handler } = (await lockConversation(tx, conversationId)) ?? {};
  // a colleague has taken it meanwhile
  if (handler?.kind !== "agent" || handler.agentId !== from) return false;
  const queueId = await defaultQueue(ctx, tx);
  const applied = await applyTransition(ctx, tx, conversationId, {
    kind: "transfer",
    to: { queueId },
    at: ctx.clock.now(),
  });
  if (applied.kind === "refused") return false;
  await removeTransferOffer(tx, conversationId);
  await putWaiting(ctx, tx, {
    conversationId,
    reason: "agent-transfer",
    priority,
    queueId,
    declinedBy: [from],
  });
  return true;
}
