// An agent opens a conversation again: a resolved one and has it, a sleeping one for whoever had it. Also the undo of
// resolve and of snooze.
import type { ConversationId } from "@yingda/contract";
import { requireUser } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { accessConversation } from "./access.ts";
import { changeConversation } from "./change-conversation.ts";

export async function reopenConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const { userId } = requireUser(ctx);
  const { status } = await accessConversation(ctx, conversationId, "reopen");
  await changeConversation(
    ctx,
    conversationId,
    status === "snoozed" ? { kind: "wake" } : { kind: "reopen", handler: { kind: "agent", agentId: userId } },
  );
}
