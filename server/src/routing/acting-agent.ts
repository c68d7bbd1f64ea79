// The signed-in person behind a use case of this room: an API key or the bot cannot take a conversation.
import type { UserId } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";

/** @throws auth/not-allowed for anybody who is not a user with the right to reply. */
export function actingAgent(ctx: Ctx): { userId: UserId; name: string } {
  requirePermission(ctx, "conversations-reply");
  if (ctx.actor.kind !== "user") throw new AppError("auth/not-allowed");
  return { userId: ctx.actor.userId, name: ctx.actor.name };
}
