// Offers that come to nothing: declined by the agent, or out of time. What came from the queue is offered to the next;
// what came from a colleague stays with that colleague, who is told.
import type { ConversationId, UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { actingAgent } from "./acting-agent.ts";
import { clearOffer, lockEntry } from "./queue-store.ts";
import { lockTransferOffer, removeTransferOffer } from "./transfer-store.ts";

/** @throws routing/offer-gone when there is no offer for them. */
export async function declineOffer(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const { userId } = actingAgent(ctx);
  await transact(ctx, async (tx) => {
    const asked = await lockOffers(tx, conversationId);
    if (asked.fromQueue?.agentId === userId) await clearOffer(tx, conversationId, userId);
    else if (asked.fromColleague?.agentId === userId) await removeTransferOffer(tx, conversationId);
    else throw new AppError("routing/offer-gone");
    await emitEnded(ctx, tx, conversationId, userId, "declined");
  });
}

/** Ends what has run out; called by the sweep. An offer that was answered meanwhile is left alone. */
export async function expireOffer(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await transact(ctx, async (tx) => {
    const nowMs = ctx.clock.nowMs();
    const { fromQueue, fromColleague } = await lockOffers(tx, conversationId);
    if (fromQueue && fromQueue.expiresAtMs <= nowMs) {
      await clearOffer(tx, conversationId, fromQueue.agentId);
      await emitEnded(ctx, tx, conversationId, fromQueue.agentId, "expired");
    }
    if (fromColleague && fromColleague.expiresAtMs <= nowMs) {
      await removeTransferOffer(tx, conversationId);
      await emitEnded(ctx, tx, conversationId, fromColleague.agentId, "expired");
    }
  });
}

type Asked = { agentId: UserId; expiresAtMs: number } | null;

async function lockOffers(
  tx: Tx,
  conversationId: ConversationId,
): Promise<{ fromQueue: Asked; fromColleague: Asked }> {
  const entry = await lockEntry(tx, conversationId);
  const transfer = await lockTransferOffer(tx, conversationId);
  return {
    fromQueue: entry?.offeredAgentId
      ? { agentId: entry.offeredAgentId, expiresAtMs: entry.offerExpiresAt?.getTime() ?? 0 }
      : null,
    fromColleague: transfer
      ? { agentId: transfer.toAgentId, expiresAtMs: transfer.expiresAt.getTime() }
      : null,
  };
}

async function emitEnded(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  agentId: UserId,
  how: "declined" | "expired",
): Promise<void> {
  await emit(ctx, tx, conversationId, [{ kind: "offer-ended", payload: { conversationId, agentId, how } }]);
}
