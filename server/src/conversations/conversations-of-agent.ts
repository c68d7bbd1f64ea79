// What an agent has open, for routing when their line is lost.
import type { ConversationId, UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";

const statement: NamedStatement = {
  name: "conversation-of-agent",
  text: `select id, waiting_since_at as "waitingSinceAt" from conversation
    where tenant_id = $1 and handler_agent_id = $2 and status <> 'resolved' order by waiting_since_at nulls last, id`,
};

/** Oldest waiting first; those where nobody waits come last, with null. */
export function conversationsOfAgent(
  ctx: Ctx,
  agentId: UserId,
): Promise<{ id: ConversationId; waitingSinceAt: Date | null }[]> {
  return once(ctx, statement, [ctx.tenantId, agentId]);
}
