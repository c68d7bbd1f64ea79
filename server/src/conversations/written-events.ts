// Events that a SQL function of the record wrote itself, on their way to the subscribers of this process.
import type { Message, NewEvent } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { CommittedEvent } from "../platform/outbox/index.ts";

/** As the function returns it; positions follow from the last one, which is contiguous. */
export type WrittenEvent = NewEvent & { id: string };

/** Call after the commit. `lastSeq`: position of the last of `events` in the conversation's line. */
export function wakeSubscribers(
  ctx: Ctx,
  aggregateId: string,
  lastSeq: number,
  events: readonly WrittenEvent[],
  messages: readonly Message[],
): void {
  const at = ctx.clock.now();
  const firstSeq = lastSeq - events.length + 1;
  const committed = events.map((event, index): CommittedEvent => ({ ...event, seq: firstSeq + index, at }));
  ctx.outbox.committed(ctx.tenantId, aggregateId, committed, { messages });
}
