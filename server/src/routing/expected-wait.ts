// The honest wait: what recent waits say, or nothing. Pure; called by availability.ts.
// "Unknown" is an answer: a number invented from too little would be read as a promise.

/** Fewer finished waits than this say nothing. */
const fewestWaits = 3;

export type WaitFacts = {
  /** 1 for the next to be served. */
  place: number;
  /** Agents who could take one more at this moment. */
  freeAgents: number;
  /** Agents at work at all, free or not. */
  presentAgents: number;
  /** The last accepted waits, ms, any order. */
  recentWaitsMs: readonly number[];
};

/**
 * Seconds until somebody answers, rounded up to whole minutes above one minute (and to 10 s below); null when unknown.
 * The median of recent waits, once for every round of the agents at work that must pass before this place is served.
 */
export function expectedWaitSeconds(facts: WaitFacts): number | null {
  if (facts.presentAgents === 0 || facts.recentWaitsMs.length < fewestWaits) return null;
  const ahead = Math.max(0, facts.place - facts.freeAgents);
  const rounds = Math.max(1, Math.ceil(ahead / facts.presentAgents));
  const seconds = (median(facts.recentWaitsMs) * rounds) / 1_000;
  const step = seconds > 60 ? 60 : 10;
  return Math.max(step, Math.ceil(seconds / step) * step);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
