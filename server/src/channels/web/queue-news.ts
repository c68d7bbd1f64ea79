// Tells everybody who waits in the queue where they stand, whenever it moves: a place is no event of their own conversation.
// Each server tells the visitors on its own lines. Never stored; a visitor who missed it hears the next one.
import type { ConversationId, EventKind, TenantId } from "@yingda/contract";
import { presentForVisitor } from "../../conversations/index.ts";
import { makeCtx, type Services } from "../../platform/context.ts";
import type { RoutingForVisitors } from "./doors.ts";
import { stateOf } from "./present.ts";

const moves: readonly EventKind[] = [
  "conversation-queued",
  "conversation-assigned",
  "conversation-resolved",
  "conversation-abandoned",
  "conversation-returned",
];
/** Several move at once when a colleague comes back; one telling covers them. */
const gatherMs = 500;
/** A cursor of its own: this frame is not an event, so it must not move the visitor's. */
const noCursor = 0;

/** Returns the way to stop. */
export function tellQueuePlaces(services: Services, routing: RoutingForVisitors): () => void {
  const planned = new Map<TenantId, NodeJS.Timeout>();
  const unlisten = services.outbox.listen({
    name: "queue-places",
    kinds: moves,
    heard(refs) {
      if (services.realtime.hub.counts().visitors === 0) return;
      for (const { tenantId } of refs) plan(tenantId);
    },
  });

  function plan(tenantId: TenantId): void {
    if (planned.has(tenantId)) return;
    const timer = setTimeout(() => {
      planned.delete(tenantId);
      tell(services, routing, tenantId).catch((error: unknown) =>
        services.log.warn({ err: error, tenantId }, "places in the queue not told"),
      );
    }, gatherMs);
    planned.set(tenantId, timer.unref());
  }

  return () => {
    unlisten();
    for (const timer of planned.values()) clearTimeout(timer);
    planned.clear();
  };
}

async function tell(services: Services, routing: RoutingForVisitors, tenantId: TenantId): Promise<void> {
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "queue-places" } });
  for (const { conversationId } of await routing.waitingPlaces(ctx)) {
    const lines = services.realtime.hub.visitorLines(conversationId);
    if (lines.length === 0) continue;
    const thread = await presentForVisitor(ctx, conversationId, { limit: 1 });
    if (!thread) continue;
    const state = await stateOf(ctx, routing, thread);
    for (const line of lines) line.send({ t: "state", eventSeq: noCursor, state });
  }
}

/** An agent types: the visitor sees it, if their chat shows such things. From the hub's `onAgentTyping`. */
export function tellAgentTyping(
  services: Services,
  agent: { tenantId: TenantId; name: string },
  conversationId: ConversationId,
  isTyping: boolean,
): void {
  services.realtime.now(
    agent.tenantId,
    { to: "visitor", conversationId },
    { t: "typing", who: "agent", name: agent.name, isTyping },
  );
}
