// What speaks for and against one candidate, as numbers on a common scale, to be fused into a calibrated probability
// (calibration.ts). The same numbers are made when a shop's own phrasings are left out one by one, so that confidence
// is learnt on what it will be used for. Used by matcher.ts.

import type { Known } from "./known-words.ts";
import { highest, type Scores } from "./scores.ts";

/** Names of the numbers, in order; `calibration.ts` holds one coefficient for each. */
export const evidenceNames = [
  "bias",
  "log probability",
  "lead over other items in probability",
  "lead over none in probability",
  "words, own",
  "words, borrowed",
  "lead in words",
  "lead over none in words",
  "sense, own",
  "sense, borrowed",
  "lead in sense",
  "lead over none in sense",
  "lead of the centre",
  "log bridge",
  "lead of the bridge",
  "log of what the corpus gives to nobody",
  "coverage",
  "log of the number of items",
  "borrows",
  "log of own phrasings",
  "many phrasings: log probability",
  "many phrasings: lead in probability",
  "many phrasings: lead over none in probability",
  "many phrasings: lead in sense",
  "many phrasings: lead in words",
  "share of the words that its askers use",
  "lead in that share",
  "heaviest word that they do not use",
  "lead in that",
  "log of how much is said",
] as const;

/** From this many own phrasings on an item counts as well known: then the classifier says more than any one phrasing. */
const manyPhrasings = 60;

const floor = 1e-4;
const bridgeFloor = 1e-2;
const noneSlot = 0;
/** Words are compared among the best so many by each way of looking. */
const rivalsOfWords = 2;

/** The best of every other item, for each kind of score: two passes instead of one per candidate. */
export class Rivals {
  readonly #best: Float32Array;
  readonly #second: Float32Array;
  readonly #holder: Int32Array;

  constructor(values: readonly Float32Array[]) {
    this.#best = new Float32Array(values.length);
    this.#second = new Float32Array(values.length);
    this.#holder = new Int32Array(values.length);
    values.forEach((value, kind) => {
      let best = 0;
      let second = 0;
      let holder = -1;
      for (let slot = noneSlot + 1; slot < value.length; slot += 1) {
        const own = value[slot] as number;
        if (own > best) {
          second = best;
          best = own;
          holder = slot;
        } else if (own > second) second = own;
      }
      this.#best[kind] = best;
      this.#second[kind] = second;
      this.#holder[kind] = holder;
    });
  }

  /** The highest value of score `kind` among items other than `slot`; 0 when there is none. */
  of(kind: number, slot: number): number {
    return (this.#holder[kind] === slot ? this.#second[kind] : this.#best[kind]) as number;
  }
}

export interface Weighable {
  scores: Scores;
  /** The better of own and borrowed per slot. */
  words: Float32Array;
  sense: Float32Array;
  rivals: Rivals;
  /** Of the slots that come into question. */
  known: ReadonlyMap<number, Known>;
}

/** Makes a message's scores ready for `evidenceFor`. */
export function weighable(scores: Scores): Weighable {
  const words = scores.words.map((own, slot) => Math.max(own, scores.wordsBorrowed[slot] as number));
  const sense = scores.sense.map((own, slot) => Math.max(own, scores.senseBorrowed[slot] as number));
  const rivals = new Rivals([scores.probability, words, sense, scores.centre, scores.bridge]);
  const near = shortlist({ scores, words, sense }, rivalsOfWords);
  const known = new Map(near.map((slot) => [slot, scores.known(slot)]));
  return { scores, words, sense, rivals, known };
}

/**
 * Evidence for one slot. Leads may be negative. To be the best of many items says something even when little is
 * shared; to be the only one says nothing, so the lead over the others is 0 then.
 */
export function evidenceFor(slot: number, ready: Weighable): number[] {
  const { scores, words, sense, rivals } = ready;
  const own = Math.log((scores.probability[slot] as number) + floor);
  const isOnly = scores.items < 2;
  const lead = (value: number) => (isOnly ? 0 : value);
  const bridge = Math.log((scores.bridge[slot] as number) + bridgeFloor);
  const word = words[slot] as number;
  const near = sense[slot] as number;
  const borrows = (scores.senseBorrowed[slot] as number) > 0 ? 1 : 0;
  const count = Math.max(1, scores.counts[slot] as number);
  const many = Math.min(1, Math.log(count) / Math.log(manyPhrasings));
  const leadProbability = lead(clip(own - Math.log(rivals.of(0, slot) + floor)));
  const leadNone = clip(own - Math.log((scores.probability[noneSlot] as number) + floor));
  const leadSense = lead(near - rivals.of(2, slot));
  const leadWords = lead(word - rivals.of(1, slot));
  return [
    1,
    own,
    leadProbability,
    leadNone,
    scores.words[slot] as number,
    scores.wordsBorrowed[slot] as number,
    leadWords,
    word - (scores.words[noneSlot] as number),
    scores.sense[slot] as number,
    scores.senseBorrowed[slot] as number,
    leadSense,
    near - (scores.sense[noneSlot] as number),
    lead((scores.centre[slot] as number) - rivals.of(3, slot)),
    bridge,
    lead(bridge - Math.log(rivals.of(4, slot) + bridgeFloor)),
    Math.log((scores.bridge[noneSlot] as number) + bridgeFloor),
    scores.coverage,
    Math.log(Math.max(1, scores.items)),
    borrows,
    Math.log(count),
    many * own,
    many * leadProbability,
    many * leadNone,
    many * leadSense,
    many * leadWords,
    ...wordsKnown(slot, ready),
  ];
}

function wordsKnown(slot: number, { scores, known }: Weighable): number[] {
  const own = known.get(slot) ?? scores.known(slot);
  let mostCovered = -1;
  let leastMissing = 2;
  for (const [other, { covered, missing }] of known) {
    if (other === slot) continue;
    if (covered > mostCovered) mostCovered = covered;
    if (missing < leastMissing) leastMissing = missing;
  }
  const isOnly = mostCovered < 0;
  return [
    own.covered,
    isOnly ? 0 : own.covered - mostCovered,
    own.missing,
    isOnly ? 0 : own.missing - leastMissing,
    Math.log(1 + scores.said),
  ];
}

function clip(lead: number): number {
  return Math.max(-4, Math.min(4, lead));
}

/** The slots worth weighing: the best `size` by each way of looking. */
export function shortlist(
  { scores, words, sense }: Pick<Weighable, "scores" | "words" | "sense">,
  size: number,
): number[] {
  const chosen = new Set<number>();
  for (const values of [scores.probability, words, sense, scores.bridge])
    for (const slot of highest(values, size, noneSlot + 1))
      if ((values[slot] as number) > 0) chosen.add(slot);
  return [...chosen];
}
