// Queues, hours and offers as they cross the wire.
import { z } from "zod";
import { conversationId, instant, queueId, userId } from "./ids.ts";

/** Minutes from midnight in the tenant's zone; several blocks a day; a block may not pass midnight. */
export const hoursBlock = z
  .object({ opensMinute: z.int().min(0).max(1_439), closesMinute: z.int().min(1).max(1_440) })
  .refine((block) => block.closesMinute > block.opensMinute, { error: "closes before it opens" });
export const businessHours = z.object({
  timeZone: z.string().max(60),
  /** Monday first. */
  week: z.array(z.array(hoursBlock).max(6)).length(7),
  holidays: z
    .array(z.object({ on: z.iso.date(), name: z.string().max(60), blocks: z.array(hoursBlock).max(6) }))
    .max(200),
});
export type BusinessHours = z.infer<typeof businessHours>;

export const queue = z.object({
  id: queueId,
  name: z.string(),
  isDefault: z.boolean(),
  waitingCount: z.int(),
  offerTimeoutSeconds: z.int(),
});
export type Queue = z.infer<typeof queue>;

export const offer = z.object({ conversationId, agentId: userId, offeredAt: instant, expiresAt: instant });
export type Offer = z.infer<typeof offer>;

/** Server-made counts for the inbox tabs. */
export const listCounts = z.object({
  queue: z.int(),
  attention: z.int(),
  bot: z.int(),
  byAgent: z.record(z.string(), z.int()),
});
export type ListCounts = z.infer<typeof listCounts>;
