// Puts a conversation into the queue, inside the transaction that decided it: the handoff and the words "connecting you"
// are true together or not at all. Called by turns (handoff, held, left message) and by this room (transfers, lost agents).
import {
  type ConversationId,
  type HandoffReason,
  type QueueId,
  skillKey,
  type UserId,
} from "@yingda/contract";
import { type Applied, applyTransition, type Refusal } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import { findQueueNamed, listSkillRows } from "./queue-settings-store.ts";
import { putEntry } from "./queue-store.ts";
import { defaultQueue } from "./queues.ts";

export type Enqueueing = {
  conversationId: ConversationId;
  reason: HandoffReason;
  /** By name; the default queue without it, and where the shop has none of that name. */
  queue?: string;
  /** Who has all of them is asked first; what no member can do is left out. */
  skills?: readonly string[];
  /** For the agent: what the contact wants, in a sentence or two. Kept sealed. */
  summary?: string;
  /** Higher is served first; derived from the reason when absent. */
  priority?: number;
  /** Not offered before this instant: a left message waits for the opening. */
  notBefore?: Date | null;
  /** Refused with conversation/version-moved when the conversation has moved on since. */
  expectVersion?: number;
};

/** An upset or endangered contact goes before others. */
const priorities: Partial<Record<HandoffReason, number>> = { urgent: 20, complaint: 10, "agent-transfer": 5 };

/**
 * Handler becomes the queue, `conversation-queued` is emitted by the record, and the entry waits its turn.
 * A conversation that is already in the queue keeps its place. Returns the record's refusal untouched.
 */
export async function enqueue(ctx: Ctx, tx: Tx, wish: Enqueueing): Promise<Applied | Refusal> {
  const named = wish.queue === undefined ? undefined : await findQueueNamed(tx, wish.queue);
  const queueId = named?.id ?? (await defaultQueue(ctx, tx));
  const skills = await knownSkills(tx, wish.skills ?? []);
  const at = ctx.clock.now();
  const event =
    wish.reason === "left-message"
      ? ({ kind: "left-message", queueId, at } as const)
      : ({ kind: "handoff", queueId, reason: wish.reason, at } as const);
  const applied = await applyTransition(ctx, tx, wish.conversationId, event, {
    ...(wish.expectVersion === undefined ? {} : { expectVersion: wish.expectVersion }),
    ...(wish.summary === undefined ? {} : { handoffSummary: wish.summary }),
    ...(skills.length === 0 ? {} : { handoffSkills: { wanted: skills, miss: null } }),
  });
  if (applied.kind === "refused") return applied;
  await putWaiting(ctx, tx, { ...wish, skills, queueId, declinedBy: [] });
  return applied;
}

/** A flow that ships names skills that many a shop never uses: nobody is kept waiting for those. */
async function knownSkills(tx: Tx, wanted: readonly string[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const known = new Set((await listSkillRows(tx)).flatMap(({ skills }) => skills.map(skillKey)));
  return wanted.filter((skill) => known.has(skillKey(skill)));
}

/** The entry alone, for conversations whose handler was already changed to the queue. */
export async function putWaiting(
  ctx: Ctx,
  tx: Tx,
  entry: Pick<Enqueueing, "conversationId" | "reason" | "priority" | "notBefore" | "skills"> & {
    queueId: QueueId;
    declinedBy: readonly UserId[];
  },
): Promise<void> {
  await putEntry(tx, {
    tenantId: ctx.tenantId,
    conversationId: entry.conversationId,
    queueId: entry.queueId,
    priority: entry.priority ?? priorities[entry.reason] ?? 0,
    reason: entry.reason,
    at: ctx.clock.now(),
    notBefore: entry.notBefore ?? null,
    declinedBy: entry.declinedBy,
    skills: entry.skills ?? [],
  });
}
