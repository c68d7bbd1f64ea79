// A reply was recorded for a channel that must be called: it joins the conversation's line and the line is worked off.

import { transact } from "../platform/db/index.ts";
import type { Subscriber } from "../platform/outbox/index.ts";
import { deliverConversation } from "./deliver.ts";
import { putAttempt } from "./delivery-store.ts";
import type { Adapters } from "./registry.ts";

export function deliverSubscriber(adapters: Adapters): Subscriber<"message-queued"> {
  return {
    name: "deliver",
    kinds: ["message-queued"],
    // mostly waiting for receivers, of which one may be slow
    concurrency: 128,
    wants: ({ payload }) => payload.isPush,
    async handle(ctx, { payload: { messageId, conversationId, seq } }, done) {
      // from here on the row remembers it, so the event is done before anything slow begins
      await transact(ctx, async (tx) => {
        await putAttempt(tx, ctx.tenantId, { messageId, conversationId, seq, at: ctx.clock.now() });
        await done(tx);
      });
      await deliverConversation(ctx, adapters, conversationId);
    },
  };
}
