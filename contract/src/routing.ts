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

export const queueBounds = { queues: 50, name: 40, skills: 20, skill: 30, patienceSeconds: 3_600 } as const;

export const queueName = z.string().trim().min(1).max(queueBounds.name);
export const patienceSeconds = z.int().min(0).max(queueBounds.patienceSeconds);

export const queue = z.object({
  id: queueId,
  name: z.string(),
  /** Names it had before: what names one of them still finds it. */
  formerNames: z.array(z.string()),
  isDefault: z.boolean(),
  /** Everybody who serves, whoever joins later included; else those of `memberIds`. */
  isForEveryone: z.boolean(),
  memberIds: z.array(userId),
  /** How long somebody waits for a wanted skill, or for a queue where nobody is at work, before others are asked. */
  patienceSeconds,
  waitingCount: z.int(),
  offerTimeoutSeconds: z.int(),
});
export type Queue = z.infer<typeof queue>;

export const queueDraft = z.object({
  name: queueName,
  isForEveryone: z.boolean(),
  memberIds: z.array(userId).max(500),
  patienceSeconds,
});
export type QueueDraft = z.infer<typeof queueDraft>;

/** What a member can do that not everybody can: 售后, 尺码. Compared by `skillKey`. */
export const skill = z.string().trim().min(1).max(queueBounds.skill);
export const memberSkills = z.object({ userId, skills: z.array(z.string()) });
export type MemberSkills = z.infer<typeof memberSkills>;

/** Two skills of one key are the same: width, case and blanks around it do not matter. */
export function skillKey(word: string): string {
  return word.normalize("NFKC").trim().toLowerCase();
}

/** Why the one who is asked lacks a wanted skill: nobody at work has it, or it was waited for and nobody came free. */
export const skillMisses = ["absent", "waited"] as const;
export type SkillMiss = (typeof skillMisses)[number];
/** What a hand-over wanted of who takes it; `miss` null: the one who took it has all of it, or nobody has taken it yet. */
export const wantedSkills = z.object({ wanted: z.array(z.string()), miss: z.enum(skillMisses).nullable() });
export type WantedSkills = z.infer<typeof wantedSkills>;

export const offer = z.object({
  conversationId,
  agentId: userId,
  offeredAt: instant,
  expiresAt: instant,
  /** The one who is asked lacks a wanted skill, and why they are asked all the same. */
  skillMiss: z.enum(skillMisses).nullable(),
});
export type Offer = z.infer<typeof offer>;

/** Server-made counts for the inbox tabs. */
export const listCounts = z.object({
  queue: z.int(),
  attention: z.int(),
  bot: z.int(),
  byAgent: z.record(z.string(), z.int()),
});
export type ListCounts = z.infer<typeof listCounts>;
