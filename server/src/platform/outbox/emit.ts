// Writes domain events in the transaction that made them true, and wakes their subscribers after its commit.
// Called by every use case that changes something another room wants to know.
import type { NewEvent } from "@yingda/contract";
import type { Ctx } from "../context.ts";
import type { Tx } from "../db/transact.ts";
import { newId } from "../ids.ts";
import type { CommittedEvent, EventHints } from "./types.ts";

/**
 * Appends events to one aggregate, in order. The aggregate of everything about a conversation is the conversation;
 * of tenant-level things it is the tenant. From here to the commit the aggregate is locked: call it last.
 *
 * In:  `hints` stay in this process's memory: the just-written messages in clear, so that nobody reads them again.
 * Out: the events' positions in the aggregate, contiguous and in the order of `events`.
 */
export async function emit(
  ctx: Pick<Ctx, "tenantId" | "clock" | "outbox">,
  tx: Tx,
  aggregateId: string,
  events: readonly NewEvent[],
  hints?: EventHints,
): Promise<{ seqs: number[] }> {
  if (events.length === 0) return { seqs: [] };
  const at = ctx.clock.now();
  const stamped = events.map((event) => ({ id: newId<string>(), kind: event.kind, payload: event.payload }));
  const { last } = await tx.one<{ last: number }>("select outbox_emit($1, $2, $3, $4) as last", [
    ctx.tenantId,
    aggregateId,
    at,
    JSON.stringify(stamped),
  ]);
  const first = last - events.length + 1;
  const committed = stamped.map((event, index) => ({ ...event, seq: first + index, at }) as CommittedEvent);
  tx.afterCommit(() => ctx.outbox.committed(ctx.tenantId, aggregateId, committed, hints));
  return { seqs: committed.map((event) => event.seq) };
}
