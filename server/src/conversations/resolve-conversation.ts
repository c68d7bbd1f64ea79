// An agent (or a program) ends a conversation.
import type { ConversationId, Disposition } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { accessConversation } from "./access.ts";
import { changeConversation } from "./change-conversation.ts";

/** @throws conversation/resolved when it has ended already. */
export async function resolveConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  disposition: Disposition,
): Promise<void> {
  await accessConversation(ctx, conversationId, "resolve");
  const by = ctx.actor.kind === "user" ? "agent" : ctx.actor.kind === "bot" ? "bot" : "system";
  await changeConversation(ctx, conversationId, {
    kind: "resolve",
    disposition,
    by,
    at: ctx.clock.now(),
  });
}
