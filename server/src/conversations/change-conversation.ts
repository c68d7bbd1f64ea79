// One transition as a use case of its own: a transaction, and a refusal told to the person as an AppError.
import type { ConversationId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { type AppliedEvent, applyTransition } from "./apply-transition.ts";
import type { ConversationRecord } from "./model.ts";

export async function changeConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  event: AppliedEvent,
): Promise<ConversationRecord> {
  const applied = await transact(ctx, (tx) => applyTransition(ctx, tx, conversationId, event));
  if (applied.kind === "refused") throw new AppError(applied.code);
  return applied.conversation;
}
