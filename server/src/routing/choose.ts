// Who gets the next conversation: pure, so that every rule of it can be tested without a database.
// Called by assign-next.ts with what the rows say at that moment.
import type { SkillMiss, UserId } from "@yingda/contract";

export type AgentCandidate = {
  userId: UserId;
  /** Only "available" agents are offered work. */
  isAvailable: boolean;
  /** A live connection, or one dropped less than three minutes ago. */
  isConnected: boolean;
  capacity: number;
  /** Open conversations plus offers still on the table. */
  openCount: number;
  /** Since when they have had nothing new: the later of becoming available and the last assignment. */
  idleSinceMs: number;
  /** Keys (`skillKey`) of what they can do. */
  skills: readonly string[];
};

export type Wanted = {
  /** Keys of what the hand-over wants of who takes it. */
  skills: readonly string[];
  /** Somebody with these skills has been waited for long enough. */
  isWaitOver: boolean;
};
const anybody: Wanted = { skills: [], isWaitOver: false };

export type Chosen = { userId: UserId; startsOver: boolean; skillMiss: SkillMiss | null };

/** At work: busy agents do come back to the queue, those away do not. */
export function isAtWork(agent: Pick<AgentCandidate, "isAvailable" | "isConnected">): boolean {
  return agent.isAvailable && agent.isConnected;
}

/** Whether an agent may be offered one more conversation. */
export function isFree(agent: AgentCandidate): boolean {
  return isAtWork(agent) && agent.openCount < agent.capacity;
}

/**
 * In:  the agents who serve the queue, who of them has declined, what is wanted of who takes it.
 * Out: the longest idle free agent who has not declined, of those with all wanted skills; equal times are settled by id so
 *      that two servers choose alike. Null when nobody is free, or when somebody with the skills is at work and may yet come
 *      free. Once the wait is over, or where nobody at work has the skills, any other of the queue: `skillMiss` says why.
 * When every free agent has declined, the round starts over: `startsOver` tells the caller to forget the refusals.
 */
export function chooseAgent(
  agents: readonly AgentCandidate[],
  declinedBy: readonly string[],
  wanted: Wanted = anybody,
): Chosen | null {
  const isWilling = ({ userId }: AgentCandidate) => !declinedBy.includes(userId);
  const hasAll = ({ skills }: AgentCandidate) => wanted.skills.every((key) => skills.includes(key));
  const free = agents.filter(isFree);
  const willing = free.filter(isWilling);
  const skilled = longestIdle(willing.filter(hasAll));
  if (skilled) return { userId: skilled.userId, startsOver: false, skillMiss: null };
  const isAwaited =
    wanted.skills.length > 0 && agents.some((agent) => isAtWork(agent) && isWilling(agent) && hasAll(agent));
  if (isAwaited && !wanted.isWaitOver) return null;
  const chosen = longestIdle(willing) ?? longestIdle(free.filter(hasAll)) ?? longestIdle(free);
  if (!chosen) return null;
  const skillMiss = hasAll(chosen) ? null : isAwaited ? "waited" : "absent";
  return { userId: chosen.userId, startsOver: willing.length === 0, skillMiss };
}

function longestIdle(agents: readonly AgentCandidate[]): AgentCandidate | null {
  return agents.reduce<AgentCandidate | null>((best, agent) => {
    if (!best || agent.idleSinceMs < best.idleSinceMs) return agent;
    return agent.idleSinceMs === best.idleSinceMs && agent.userId < best.userId ? agent : best;
  }, null);
}
