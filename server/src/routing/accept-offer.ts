// An agent takes what they were offered, from the queue or from a colleague. POST /api/conversations/:id/offer/accept.
import type { Conversation, ConversationId, UserId } from "@yingda/contract";
import { applyTransition, type TransitionOptions } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { actingAgent } from "./acting-agent.ts";
import { leaveEntry } from "./leave-entry.ts";
import { touchAssigned } from "./presence-store.ts";
import { presentOne } from "./present-one.ts";
import { lockEntry, type QueueEntry } from "./queue-store.ts";
import { lockTransferOffer } from "./transfer-store.ts";

/** @throws routing/offer-gone when it ran out, was withdrawn, or was never theirs. */
export async function acceptOffer(ctx: Ctx, conversationId: ConversationId): Promise<Conversation> {
  const { userId, name } = actingAgent(ctx);
  await transact(ctx, async (tx) => {
    const from = await offeredFrom(ctx, tx, conversationId, userId);
    const applied = from.entry
      ? await applyTransition(
          ctx,
          tx,
          conversationId,
          { kind: "accept", agentId: userId, agentName: name },
          { assignedBy: "offer", ...skillsHad(from.entry) },
        )
      : await applyTransition(
          ctx,
          tx,
          conversationId,
          { kind: "transfer", to: { agentId: userId, agentName: name }, at: ctx.clock.now() },
          { assignedBy: "transfer" },
        );
    if (applied.kind === "refused") throw new AppError(applied.code);
    await leaveEntry(ctx, tx, conversationId, { ended: "accepted", takenBy: userId });
    await touchAssigned(tx, userId, ctx.clock.now());
  });
  return presentOne(ctx, conversationId);
}

function skillsHad({ skills, skillMiss }: QueueEntry): TransitionOptions {
  return skills.length === 0 ? {} : { handoffSkills: { wanted: skills, miss: skillMiss } };
}

/** The entry where the queue has offered it, null where a colleague has. */
async function offeredFrom(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  userId: UserId,
): Promise<{ entry: QueueEntry | null }> {
  const nowMs = ctx.clock.nowMs();
  const entry = await lockEntry(tx, conversationId);
  if (entry?.offeredAgentId === userId && (entry.offerExpiresAt?.getTime() ?? 0) > nowMs) return { entry };
  const transfer = await lockTransferOffer(tx, conversationId);
  if (transfer?.toAgentId === userId && transfer.expiresAt.getTime() > nowMs) return { entry: null };
  throw new AppError("routing/offer-gone");
}
