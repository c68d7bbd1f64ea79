// What speaks for and against one candidate, as numbers on a common scale, and their fusion into a calibrated
// probability. The same numbers are made when a shop's own phrasings are left out one by one, so that confidence is
// learnt on what it will be used for. Used by matcher.ts and calibration.ts.

export interface Scores {
  /** Regression's probability per slot; slot 0 is "none of them". */
  probability: ArrayLike<number>;
  /** Best cosine per slot. */
  similarity: ArrayLike<number>;
  /** Share of the message's weight that the shop's phrasings know, 0-1. */
  coverage: number;
}

/** Names of the numbers, in order; `calibration.ts` holds one coefficient for each. */
export const evidenceNames = [
  "bias",
  "log probability",
  "lead in probability",
  "similarity",
  "lead in similarity",
  "coverage",
  "log probability of none",
] as const;

const floor = 1e-4;

/** Evidence for one slot. Leads are over the best other slot and may be negative. */
export function evidenceFor(slot: number, scores: Scores): number[] {
  const { probability, similarity, coverage } = scores;
  let rivalProbability = 0;
  let rivalSimilarity = 0;
  for (let other = 1; other < probability.length; other += 1) {
    if (other === slot) continue;
    if ((probability[other] as number) > rivalProbability) rivalProbability = probability[other] as number;
    if ((similarity[other] as number) > rivalSimilarity) rivalSimilarity = similarity[other] as number;
  }
  const own = probability[slot] as number;
  const lead = Math.log(own + floor) - Math.log(rivalProbability + floor);
  return [
    1,
    Math.log(own + floor),
    Math.max(-4, Math.min(4, lead)),
    similarity[slot] as number,
    (similarity[slot] as number) - rivalSimilarity,
    coverage,
    Math.log((probability[0] as number) + floor),
  ];
}

/** The slots worth weighing: the most probable and the most similar ones. */
export function shortlist(scores: Scores, size: number): number[] {
  const best: number[] = [];
  const take = (values: ArrayLike<number>) => {
    for (let round = 0; round < size; round += 1) {
      let found = 0;
      for (let slot = 1; slot < values.length; slot += 1) {
        if (!best.includes(slot) && (values[slot] as number) > (found === 0 ? 0 : (values[found] as number)))
          found = slot;
      }
      if (found === 0) return;
      best.push(found);
    }
  };
  take(scores.probability);
  take(scores.similarity);
  return best;
}
