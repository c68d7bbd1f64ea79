// What the web chat needs of rooms it may not see. app.ts gives it: the functions are routing's own.
import type { ConversationId, HandoffAvailability } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";

export interface RoutingForVisitors {
  availability(ctx: Ctx): Promise<{ availability: HandoffAvailability; opensAt: Date | null }>;
  visitorQueueState(
    ctx: Ctx,
    conversationId: ConversationId,
  ): Promise<{ place: number; expectedWaitSeconds: number | null } | null>;
  /** Everybody who waits, in order; for telling them when the queue moves. */
  waitingPlaces(ctx: Ctx): Promise<{ conversationId: ConversationId; place: number }[]>;
  leaveQueue(ctx: Ctx, conversationId: ConversationId): Promise<"left" | "not-waiting">;
}

/** Counts one use of a limit by a key; null when allowed, else how long to wait, ms. The HTTP layer's limiter fits. */
export interface VisitorLimiter {
  take(limit: { name: string; count: number; perSeconds: number }, key: string): number | null;
}
