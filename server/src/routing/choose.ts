// Who gets the next conversation: pure, so that every rule of it can be tested without a database.
// Called by assign-next.ts with what the rows say at that moment.
import type { UserId } from "@yingda/contract";

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
};

/** Whether an agent may be offered one more conversation. */
export function isFree(agent: AgentCandidate): boolean {
  return agent.isAvailable && agent.isConnected && agent.openCount < agent.capacity;
}

/**
 * The longest idle free agent who has not declined; equal times are settled by id so that two servers choose alike.
 * When every free agent has declined, the round starts over: `startsOver` tells the caller to forget the refusals.
 * Null when nobody is free.
 */
export function chooseAgent(
  agents: readonly AgentCandidate[],
  declinedBy: readonly string[],
): { userId: UserId; startsOver: boolean } | null {
  const free = agents.filter(isFree);
  const willing = free.filter((agent) => !declinedBy.includes(agent.userId));
  const chosen = longestIdle(willing) ?? longestIdle(free);
  return chosen ? { userId: chosen.userId, startsOver: willing.length === 0 } : null;
}

function longestIdle(agents: readonly AgentCandidate[]): AgentCandidate | null {
  return agents.reduce<AgentCandidate | null>((best, agent) => {
    if (!best || agent.idleSinceMs < best.idleSinceMs) return agent;
    return agent.idleSinceMs === best.idleSinceMs && agent.userId < best.userId ? agent : best;
  }, null);
}
