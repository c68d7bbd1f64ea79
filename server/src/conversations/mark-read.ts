// How far a member of the team has read a conversation, and how far the contact has.
import type { ConversationId } from "@yingda/contract";
import { requirePermission, requireUser } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";

/** Sets the mark of whoever asks; 0 makes it unread again. A seq beyond the last message means the last message. */
export async function markRead(ctx: Ctx, conversationId: ConversationId, seq: number): Promise<void> {
  requirePermission(ctx, "conversations-read");
  const { userId } = requireUser(ctx);
  await transact(ctx, async (tx) => {
    const marked = await tx.maybe<{ seq: number; was: number | null }>(
      `with target as (select least($4, c.message_seq) as seq, r.seq as was from conversation c
         left join read_mark r on r.tenant_id = c.tenant_id and r.conversation_id = c.id and r.user_id = $3
         where c.tenant_id = $1 and c.id = $2),
       written as (insert into read_mark (tenant_id, conversation_id, user_id, seq, at)
         select $1, $2, $3, target.seq, $5 from target where target.was is distinct from target.seq
         on conflict (tenant_id, conversation_id, user_id) do update set seq = excluded.seq, at = excluded.at)
       select seq, was from target`,
      [ctx.tenantId, conversationId, userId, seq, ctx.clock.now()],
    );
    if (!marked) throw new AppError("conversation/not-found");
    if (marked.seq === (marked.was ?? -1)) return;
    await emit(ctx, tx, conversationId, [
      { kind: "read-changed", payload: { conversationId, reader: "user", userId, seq: marked.seq } },
    ]);
  });
}

/**
 * The contact has seen everything up to `seq`; never goes back. Called by channels when the visitor's client or the
 * platform says so. Messages keep their own delivery status: "read" is `seq <= contactReadSeq`.
 */
export async function recordContactRead(
  ctx: Ctx,
  conversationId: ConversationId,
  seq: number,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const moved = await tx.maybe<{ seq: number }>(
      `update conversation set contact_read_seq = least($3, message_seq)
       where tenant_id = $1 and id = $2 and contact_read_seq < least($3, message_seq) returning contact_read_seq as seq`,
      [ctx.tenantId, conversationId, seq],
    );
    if (!moved) return;
    await emit(ctx, tx, conversationId, [
      { kind: "read-changed", payload: { conversationId, reader: "contact", userId: null, seq: moved.seq } },
    ]);
  });
}
