// An agent gives a conversation back to the bot, which answers what is still open (turns hears conversation-returned).
// POST /api/conversations/:id/return.
import type { Conversation, ConversationId } from "@yingda/contract";
import { accessConversation, applyTransition } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { actingAgent } from "./acting-agent.ts";
import { leaveEntry } from "./leave-entry.ts";
import { presentOne } from "./present-one.ts";

export async function returnToBot(ctx: Ctx, conversationId: ConversationId): Promise<Conversation> {
  actingAgent(ctx);
  await accessConversation(ctx, conversationId, "return-to-bot");
  await transact(ctx, async (tx) => {
    const refused = await giveToBot(ctx, tx, conversationId);
    if (refused) throw new AppError(refused.code);
  });
  return presentOne(ctx, conversationId);
}

/** The same inside somebody's transaction, without asking for permission: for the clock that gives back. */
export async function giveToBot(ctx: Ctx, tx: Tx, conversationId: ConversationId, expectVersion?: number) {
  const applied = await applyTransition(
    ctx,
    tx,
    conversationId,
    { kind: "return" },
    expectVersion === undefined ? {} : { expectVersion },
  );
  if (applied.kind === "refused") return applied;
  await leaveEntry(ctx, tx, conversationId, { ended: null, takenBy: null });
  return null;
}
