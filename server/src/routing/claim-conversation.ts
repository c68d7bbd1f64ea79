// An agent takes a conversation from the bot or the queue without being asked. Of two who do so at once, one is told
// conversation/already-assigned. POST /api/conversations/:id/claim.
import type { Conversation, ConversationId } from "@yingda/contract";
import { accessConversation, applyTransition } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { actingAgent } from "./acting-agent.ts";
import { leaveEntry } from "./leave-entry.ts";
import { touchAssigned } from "./presence-store.ts";
import { presentOne } from "./present-one.ts";

/** `version`: what the agent saw; refused with conversation/version-moved when it has changed since. */
export async function claimConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  version?: number,
): Promise<Conversation> {
  const { userId, name } = actingAgent(ctx);
  await accessConversation(ctx, conversationId);
  await transact(ctx, async (tx) => {
    const applied = await applyTransition(
      ctx,
      tx,
      conversationId,
      { kind: "claim", agentId: userId, agentName: name },
      { assignedBy: "claim", ...(version === undefined ? {} : { expectVersion: version }) },
    );
    if (applied.kind === "refused") throw new AppError(applied.code);
    await leaveEntry(ctx, tx, conversationId, { ended: "accepted", takenBy: userId });
    await touchAssigned(tx, userId, ctx.clock.now());
  });
  return presentOne(ctx, conversationId);
}
