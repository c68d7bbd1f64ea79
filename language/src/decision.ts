// From ranked candidates to what to do: answer, ask back with a few likely questions, or refuse. Thresholds are
// probabilities; because confidence is calibrated the same ones serve every shop. Used by the brain and the lab.

import type { Match } from "./matcher-types.ts";

export interface DecisionThresholds {
  /** The first candidate is answered from this confidence on. */
  answer: number;
  /** The candidates together must be at least this probable to be worth asking about. */
  askBack: number;
}

export type MatchDecision<T extends Pick<Match, "confidence">> =
  | { outcome: "answer"; match: T }
  | { outcome: "ask-back"; candidates: T[] }
  | { outcome: "refuse" };

export const defaultThresholds: DecisionThresholds = { answer: 0.75, askBack: 0.18 };

const mostCandidates = 4;
/** A candidate far behind the first is not worth the reading. */
const leastShareOfFirst = 0.12;
const leastConfidence = 0.03;

/** The one to four candidates (best first) worth asking about; none when together they are less probable than `askBack`. */
export function likelyOnes<T extends Pick<Match, "confidence">>(matches: readonly T[], askBack: number): T[] {
  const first = matches[0]?.confidence ?? 0;
  const likely = matches
    .filter(({ confidence }) => confidence >= Math.max(leastConfidence, first * leastShareOfFirst))
    .slice(0, mostCandidates);
  return likely.reduce((sum, { confidence }) => sum + confidence, 0) >= askBack ? likely : [];
}

/** What to do with candidates (best first). */
export function decideMatch<T extends Pick<Match, "confidence">>(
  matches: readonly T[],
  thresholds: DecisionThresholds = defaultThresholds,
): MatchDecision<T> {
  const [first] = matches;
  if (first === undefined) return { outcome: "refuse" };
  if (first.confidence >= thresholds.answer) return { outcome: "answer", match: first };
  const candidates = likelyOnes(matches, thresholds.askBack);
  return candidates.length > 0 ? { outcome: "ask-back", candidates } : { outcome: "refuse" };
}
