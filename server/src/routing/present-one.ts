// The conversation as the asking person may see it, after a change by this room.
import type { Conversation, ConversationId } from "@yingda/contract";
import { presentConversations } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";

export async function presentOne(ctx: Ctx, conversationId: ConversationId): Promise<Conversation> {
  const [conversation] = await presentConversations(ctx, [conversationId]);
  if (!conversation) throw new AppError("conversation/not-found");
  return conversation;
}
