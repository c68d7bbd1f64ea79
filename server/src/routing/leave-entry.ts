// What every end of waiting has in common: the entry goes, the wait is noted for the honest estimate, an offer that was
// on the table is withdrawn. Called inside the transaction that changed the handler.
import type { ConversationId, NewEvent, UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";
import { type QueueEntry, recordWait, removeEntry } from "./queue-store.ts";
import { removeTransferOffer } from "./transfer-store.ts";

/**
 * Removes entry and offers. `takenBy` is whoever has it now: their own offer counts as accepted, another's as withdrawn.
 * Returns the entry, undefined when the conversation did not wait.
 */
export async function leaveEntry(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  left: { ended: "accepted" | "abandoned" | "resolved" | null; takenBy: UserId | null },
): Promise<QueueEntry | undefined> {
  const entry = await removeEntry(tx, conversationId);
  const transfer = await removeTransferOffer(tx, conversationId);
  if (entry && left.ended)
    await recordWait(tx, { tenantId: ctx.tenantId, entry, ended: left.ended, at: ctx.clock.now() });
  const asked = [entry?.offeredAgentId, transfer?.toAgentId].filter((id) => id !== null && id !== undefined);
  if (asked.length > 0)
    await emit(
      ctx,
      tx,
      conversationId,
      asked.map((agentId) => offerEnded(conversationId, agentId, left.takenBy)),
    );
  return entry;
}

function offerEnded(conversationId: ConversationId, agentId: UserId, takenBy: UserId | null): NewEvent {
  const how = agentId === takenBy ? "accepted" : "withdrawn";
  return { kind: "offer-ended", payload: { conversationId, agentId, how } };
}
