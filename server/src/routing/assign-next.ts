// Offers waiting conversations to free agents, first come first served. Woken by events (somebody queued, somebody free)
// and by the sweep; safe to run on several servers at once: entries are taken with SKIP LOCKED, an agent's assignment is
// a compare-and-set.
import { type ConversationId, skillKey, type UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";
import { type Agent, describeAgents, readAgentRows, servesQueue } from "./agents.ts";
import { type Chosen, chooseAgent, isFree } from "./choose.ts";
import { offerTimeoutMs } from "./offer-timeout.ts";
import { noteAssignment } from "./presence-store.ts";
import { lockWaitingEntry, setOffer, type WaitingEntry, waitingEntries } from "./queue-store.ts";

export type OfferMade = { conversationId: ConversationId; agentId: UserId; expiresAt: Date };

/** More of one queue than a shop's agents can take in one go; the rest is offered when one of these is answered. */
export const batch = 50;
/** Who has just said no is not asked the same again at once, even when there is nobody else; the sweep comes back. */
const restMs = 30_000;
/** Lost races in a row before leaving the rest to the sweep. */
const mostRaces = 5;

/** Makes every offer that can be made now and returns them, oldest entry first. */
export async function assignNext(ctx: Ctx): Promise<OfferMade[]> {
  const made: OfferMade[] = [];
  for (let races = 0; races < mostRaces; races += 1) {
    const { entries, rows, timeoutMs } = await transact(ctx, async (tx) => ({
      entries: await waitingEntries(tx, ctx.clock.now(), batch),
      rows: await readAgentRows(tx),
      timeoutMs: await offerTimeoutMs(tx),
    }));
    if (entries.length === 0 || rows.presences.length === 0) return made;
    const agents = await describeAgents(ctx, rows);
    const round = await offerAll(ctx, entries, agents, timeoutMs);
    made.push(...round.made);
    if (!round.wasRaced) return made;
  }
  return made;
}

async function offerAll(
  ctx: Ctx,
  entries: readonly WaitingEntry[],
  agents: readonly Agent[],
  timeoutMs: number,
): Promise<{ made: OfferMade[]; wasRaced: boolean }> {
  const made: OfferMade[] = [];
  const load = new Map(agents.map((agent) => [agent.userId, agent]));
  for (const entry of entries) {
    const everybody = [...load.values()];
    if (!everybody.some(isFree)) break;
    const serving = everybody.filter((agent) => servesQueue(agent, entry.queueId));
    const skills = entry.skills.map(skillKey);
    const chosen = chooseAgent(serving, entry.declinedBy, { skills, isWaitOver: isWaitOver(ctx, entry) });
    if (!chosen) continue; // somebody may be free for the next one: of another queue, or with the skill that it wants
    if (chosen.startsOver && wasJustAsked(ctx, entry)) continue;
    const agent = load.get(chosen.userId);
    if (!agent) break;
    const at = ctx.clock.now();
    const outcome = await transact(ctx, (tx) => offerTo(ctx, tx, entry, { agent, chosen, at, timeoutMs }));
    if (outcome === "agent-taken") return { made, wasRaced: true };
    if (outcome === "entry-taken") continue;
    made.push(outcome);
    load.set(agent.userId, {
      ...agent,
      openCount: agent.openCount + 1,
      idleSinceMs: at.getTime(),
      assignments: agent.assignments + 1,
    });
  }
  return { made, wasRaced: false };
}

/** Whether it has waited as long as its queue has somebody wait for a skill, or for somebody to come to work. */
export function isWaitOver(
  ctx: Ctx,
  {
    enteredAt,
    notBeforeAt,
    patienceSeconds,
  }: Pick<WaitingEntry, "enteredAt" | "notBeforeAt" | "patienceSeconds">,
): boolean {
  const since = Math.max(enteredAt.getTime(), notBeforeAt?.getTime() ?? 0);
  return ctx.clock.nowMs() - since >= patienceSeconds * 1_000;
}

function wasJustAsked(ctx: Ctx, entry: WaitingEntry): boolean {
  return entry.offeredAt !== null && ctx.clock.nowMs() - entry.offeredAt.getTime() < restMs;
}

async function offerTo(
  ctx: Ctx,
  tx: Tx,
  entry: WaitingEntry,
  { agent, chosen, at, timeoutMs }: { agent: Agent; chosen: Chosen; at: Date; timeoutMs: number },
): Promise<OfferMade | "entry-taken" | "agent-taken"> {
  const locked = await lockWaitingEntry(tx, entry.conversationId);
  if (!locked) return "entry-taken";
  if (!(await noteAssignment(tx, agent.userId, agent.assignments, at))) return "agent-taken";
  const expiresAt = new Date(at.getTime() + timeoutMs);
  await setOffer(tx, entry.conversationId, {
    agentId: agent.userId,
    at,
    expiresAt,
    declinedBy: chosen.startsOver ? [] : locked.declinedBy,
    skillMiss: chosen.skillMiss,
  });
  await emit(ctx, tx, entry.conversationId, [
    {
      kind: "offer-made",
      payload: {
        conversationId: entry.conversationId,
        agentId: agent.userId,
        expiresAt: expiresAt.toISOString(),
        ...(chosen.skillMiss === null ? {} : { skillMiss: chosen.skillMiss }),
      },
    },
  ]);
  return { conversationId: entry.conversationId, agentId: agent.userId, expiresAt };
}
