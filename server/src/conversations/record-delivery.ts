// What became of a message on its way out: called by channels with what a platform said. One round trip.
import type {
  ConversationId,
  DeliveryReason,
  DeliveryStatus,
  InboxId,
  Message,
  MessageId,
} from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { externalKey } from "./external-key.ts";
import { recentMessages } from "./recent-messages.ts";
import { type WrittenEvent, wakeSubscribers } from "./written-events.ts";

export type Delivery = {
  status: DeliveryStatus;
  reason?: DeliveryReason;
} & (
  | {
      messageId: MessageId /** The platform's id of it, by which receipts will name it. */;
      externalId?: string;
    }
  | { inboxId: InboxId; externalId: string }
);

interface DeliveredRow {
  conversation_id: ConversationId | null;
  event_seq: number;
  events: WrittenEvent[];
}

const deliveryStatement: NamedStatement = {
  name: "message-delivery",
  text: "select * from record_delivery($1, $2, $3, $4, $5, $6, $7, $8)",
};

/**
 * Moves the status forward: queued → sent → delivered → read; failed and maybe-sent end the road (retryMessage begins it
 * anew). A receipt that comes late or twice changes nothing. Unknown messages change nothing either.
 */
export async function recordDelivery(
  ctx: Ctx,
  delivery: Delivery,
): Promise<{ kind: "recorded" } | { kind: "unchanged" }> {
  const byId = "messageId" in delivery;
  const [row] = await once<DeliveredRow>(ctx, deliveryStatement, [
    ctx.tenantId,
    byId ? delivery.messageId : null,
    byId ? null : delivery.inboxId,
    delivery.externalId === undefined ? null : externalKey(delivery.externalId),
    delivery.status,
    delivery.reason ?? null,
    ctx.clock.now(),
    newId<string>(),
  ]);
  if (!row?.conversation_id) return { kind: "unchanged" };
  recentMessages(ctx).forget(ctx.tenantId, row.conversation_id);
  wakeSubscribers(ctx, row.conversation_id, row.event_seq, row.events, [] satisfies Message[]);
  return { kind: "recorded" };
}
