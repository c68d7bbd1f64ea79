// What routing does when something happened on the line: somebody queued, somebody came free, an offer came to nothing.
// All of it is idempotent: entries are removed only where nobody waits any more, and offers are made from what is true now.
import type { ConversationId } from "@yingda/contract";
import { lockConversation } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import type { Subscriber } from "../platform/outbox/index.ts";
import { alertOwner, sendAlert } from "./alert-owner.ts";
import { assignNext } from "./assign-next.ts";
import { leaveEntry } from "./leave-entry.ts";
import { touchAssigned } from "./presence-store.ts";

type RoutingKinds =
  | "conversation-queued"
  | "conversation-assigned"
  | "conversation-resolved"
  | "conversation-returned"
  | "presence-changed"
  | "offer-ended"
  | "queues-changed";

export const routingSubscriber: Subscriber<RoutingKinds> = {
  name: "routing",
  kinds: [
    "conversation-queued",
    "conversation-assigned",
    "conversation-resolved",
    "conversation-returned",
    "presence-changed",
    "offer-ended",
    "queues-changed",
  ],
  wants(event) {
    switch (event.kind) {
      // accepting and claiming clean up in their own transaction
      case "conversation-assigned":
        return event.payload.by === "reply";
      case "presence-changed":
        return event.payload.presence === "available";
      case "offer-ended":
        return event.payload.how === "declined" || event.payload.how === "expired";
      default:
        return true;
    }
  },
  async handle(ctx, event, done) {
    switch (event.kind) {
      case "conversation-assigned":
        await transact(ctx, async (tx) => {
          await touchAssigned(tx, event.payload.agentId, ctx.clock.now());
        });
        await tidyEntry(ctx, event.payload.conversationId, "accepted");
        break;
      case "conversation-resolved":
        await tidyEntry(ctx, event.payload.conversationId, "resolved");
        await assignNext(ctx);
        break;
      case "conversation-returned":
        await tidyEntry(ctx, event.payload.conversationId, null);
        await assignNext(ctx);
        break;
      case "conversation-queued":
      case "presence-changed":
      case "offer-ended":
      case "queues-changed":
        await assignNext(ctx);
        break;
      default:
        event satisfies never;
    }
    await transact(ctx, done);
  },
};

/** Tells the owner; a failed mail or webhook is not tried again, the next contact rings again anyway. */
export const alertSubscriber: Subscriber<"nobody-available"> = {
  name: "alerts",
  kinds: ["nobody-available"],
  async handle(ctx, event, done) {
    // noted first: an alert that went out must not go out again because the note failed
    await transact(ctx, done);
    const results = await alertOwner(ctx, event.payload.why);
    if (results === "too-soon") return;
    for (const { way, outcome, detail } of results)
      if (outcome !== "accepted") ctx.log.warn({ way, outcome, detail }, "owner could not be alerted");
  },
};

/** The budget for models: the event itself comes once a month, so nothing is held back. */
export const budgetSubscriber: Subscriber<"budget-reached"> = {
  name: "budget-alerts",
  kinds: ["budget-reached"],
  async handle(ctx, event, done) {
    await transact(ctx, done);
    const results = await sendAlert(ctx, event.payload.what === "limit" ? "budget-limit" : "budget-warning");
    for (const { way, outcome, detail } of results)
      if (outcome !== "accepted") ctx.log.warn({ way, outcome, detail }, "owner could not be alerted");
  },
};

/** An entry whose conversation is no longer in the queue goes; the row's lock keeps a new one from being taken for it. */
async function tidyEntry(
  ctx: Ctx,
  conversationId: ConversationId,
  ended: "accepted" | "resolved" | null,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const record = await lockConversation(tx, conversationId);
    if (!record || record.handler.kind === "queue") return;
    const takenBy = record.handler.kind === "agent" ? record.handler.agentId : null;
    await leaveEntry(ctx, tx, conversationId, { ended, takenBy });
  });
}
