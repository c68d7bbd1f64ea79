// What speaks for and against one candidate, as numbers on a common scale, and their fusion into a calibrated
// probability. The same numbers are made when a shop's own phrasings are left out one by one, so that confidence is
// learnt on what it will be used for. Used by matcher.ts and calibration.ts.

export interface Scores {
  /** Regression's probability per slot; slot 0 is "none of them". */
  probability: ArrayLike<number>;
  /** Best cosine per slot; slot 0 is the nearest unrelated message. */
  similarity: ArrayLike<number>;
  /** Share of the message's weight that the shop's phrasings know, 0-1. */
  coverage: number;
  /** How many items the shop has. */
  items: number;
}

/** Names of the numbers, in order; `calibration.ts` holds one coefficient for each. */
export const evidenceNames = [
  "bias",
  "log probability",
  "lead over other items in probability",
  "lead over none in probability",
  "similarity",
  "lead over other items in similarity",
  "lead over none in similarity",
  "coverage",
  "log of the number of items",
] as const;

const floor = 1e-4;
const noneSlot = 0;

/**
 * Evidence for one slot. Leads may be negative. To be the best of many items says something even when little is
 * shared; to be the only one says nothing, so the lead over the others is 0 then.
 */
export function evidenceFor(slot: number, { probability, similarity, coverage, items }: Scores): number[] {
  let rivalProbability = 0;
  let rivalSimilarity = 0;
  for (let other = 1; other < probability.length; other += 1) {
    if (other === slot) continue;
    rivalProbability = Math.max(rivalProbability, probability[other] as number);
    rivalSimilarity = Math.max(rivalSimilarity, similarity[other] as number);
  }
  const own = Math.log((probability[slot] as number) + floor);
  const like = similarity[slot] as number;
  const isOnly = items < 2;
  return [
    1,
    own,
    isOnly ? 0 : clip(own - Math.log(rivalProbability + floor)),
    clip(own - Math.log((probability[noneSlot] as number) + floor)),
    like,
    isOnly ? 0 : like - rivalSimilarity,
    like - (similarity[noneSlot] as number),
    coverage,
    Math.log(Math.max(1, items)),
  ];
}

function clip(lead: number): number {
  return Math.max(-4, Math.min(4, lead));
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
