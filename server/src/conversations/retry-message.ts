// An agent sends a failed message again: the same message, queued once more.
import type { Message, MessageId, NewEvent } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { messageOf, readMessage } from "./message-store.ts";
import { recentMessages } from "./recent-messages.ts";

/** @throws message/not-found; message/not-retryable unless it failed (maybe-sent may have arrived: a person writes anew). */
export async function retryMessage(ctx: Ctx, messageId: MessageId): Promise<Message> {
  requirePermission(ctx, "conversations-reply");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return transact(ctx, async (tx) => {
    const row = await readMessage(tx, ctx.tenantId, messageId);
    if (!row) throw new AppError("message/not-found");
    const queued = await tx.run(
      `update message set delivery_status = 'queued', delivery_reason = null, external_id = null
       where tenant_id = $1 and id = $2 and kind = 'outbound' and delivery_status = 'failed'`,
      [ctx.tenantId, messageId],
    );
    if (queued === 0) throw new AppError("message/not-retryable");
    const { conversation_id: conversationId, seq, inbox_id: inboxId } = row;
    const author = row.author_kind === "contact" ? "system" : row.author_kind;
    const events: NewEvent[] = [
      {
        kind: "delivery-changed",
        payload: { conversationId, messageId, seq, status: "queued", reason: null },
      },
      { kind: "message-queued", payload: { conversationId, messageId, seq, inboxId, author, isPush: true } },
    ];
    tx.afterCommit(() => recentMessages(ctx).forget(ctx.tenantId, conversationId));
    await emit(ctx, tx, conversationId, events);
    return { ...messageOf(vault, row), delivery: { status: "queued", reason: null } };
  });
}
