// Says, once per conversation, that a contact wanted a person and none could be promised. Called by turns in the
// transaction that decided it, and by the sweep for those who were promised one and everybody left.
import type { ConversationId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";

/** False when it had been said before. */
export async function tellNobody(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  why: "closed" | "nobody",
): Promise<boolean> {
  const first = await tx.run(
    `insert into nobody_told (tenant_id, conversation_id, at) values ($1, $2, $3) on conflict do nothing`,
    [ctx.tenantId, conversationId, ctx.clock.now()],
  );
  if (first === 0) return false;
  await emit(ctx, tx, conversationId, [{ kind: "nobody-available", payload: { conversationId, why } }]);
  return true;
}

/** Those who wait with no place to go: not offered, not yet told about, and in none of the queues that are served. */
export function waitingUntold(
  tx: Tx,
  at: Date,
  servedQueues: readonly string[],
  limit: number,
): Promise<{ conversationId: ConversationId }[]> {
  return tx.rows(
    `select conversation_id as "conversationId" from queue_entry e
     join queue q on q.tenant_id = e.tenant_id and q.id = e.queue_id and not q.name = any($3)
     where offered_agent_id is null and (not_before_at is null or not_before_at <= $1)
       and not exists (select 1 from nobody_told t where t.tenant_id = e.tenant_id and t.conversation_id = e.conversation_id)
     order by entered_at limit $2`,
    [at, limit, servedQueues],
  );
}
