// What the contact thought of it: one to five and a comment. Once; a change of mind counts within a day.
import type { ConversationId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";

export const changeOfMindMs = 86_400_000;

/** Refused: no such conversation, nobody has answered in it yet, or it was rated more than a day ago. */
export async function recordRating(
  ctx: Ctx,
  rating: { conversationId: ConversationId; score: number; comment: string },
): Promise<{ kind: "rated" } | { kind: "refused" }> {
  const { conversationId, score } = rating;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const comment = rating.comment.toWellFormed().trim();
  const sealed = comment === "" ? null : vault.seal(commentPlace(conversationId), comment);
  const at = ctx.clock.now();
  return transact(ctx, async (tx) => {
    const rated = await tx.run(
      `update conversation set rating = $3, sealed_rating_comment = $4, rated_at = coalesce(rated_at, $5)
       where tenant_id = $1 and id = $2 and first_reply_at is not null and (rated_at is null or rated_at > $6)`,
      [ctx.tenantId, conversationId, score, sealed, at, new Date(at.getTime() - changeOfMindMs)],
    );
    if (rated === 0) return { kind: "refused" };
    await emit(ctx, tx, conversationId, [{ kind: "conversation-rated", payload: { conversationId, score } }]);
    return { kind: "rated" };
  });
}

export function commentPlace(conversationId: ConversationId) {
  return { table: "conversation", column: "sealed_rating_comment", row: conversationId };
}
