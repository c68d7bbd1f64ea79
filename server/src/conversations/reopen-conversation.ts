// An agent opens a resolved conversation again and has it; also the undo of resolve.
import type { ConversationId } from "@yingda/contract";
import { requireUser } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { accessConversation } from "./access.ts";
import { changeConversation } from "./change-conversation.ts";

export async function reopenConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const { userId } = requireUser(ctx);
  await accessConversation(ctx, conversationId, "reopen");
  await changeConversation(ctx, conversationId, {
    kind: "reopen",
    handler: { kind: "agent", agentId: userId },
  });
}
