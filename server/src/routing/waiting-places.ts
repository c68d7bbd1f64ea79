// Everybody who waits, in the order of service: told to the visitors whenever the queue moves.
import type { ConversationId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";

/** A visitor further back learns the place with the next move. */
const mostTold = 200;

export function waitingPlaces(ctx: Ctx): Promise<{ conversationId: ConversationId; place: number }[]> {
  return transact(ctx, (tx) =>
    tx.rows(
      `select conversation_id as "conversationId",
         row_number() over (partition by queue_id order by priority desc, entered_at, conversation_id)::int as place
       from queue_entry where not_before_at is null or not_before_at <= $1 order by place limit $2`,
      [ctx.clock.now(), mostTold],
    ),
  );
}
