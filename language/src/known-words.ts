// How much of a message an item's askers have words for: those of its own phrasings and of every phrasing of the corpus
// intents it means. What nobody who asked for it ever said speaks against it. One per item; used by shop-model.ts.

import type { Alignment } from "./alignment.ts";
import type { FeatureSpace } from "./feature-space.ts";
import { shippedIntentWords, wordPlaces } from "./intent-words.ts";
import type { PreparedText } from "./prepared-text.ts";

/** The words of a message, with weights of length 1: the rarer in the shop the heavier. */
export interface MessageWords {
  hashes: number[];
  weights: number[];
  /** How much is said: the sum of the weights before they were scaled. "不知道" says little. */
  said: number;
}

export interface Known {
  /** Share of the message's weight that is known, 0-1; 1 for a message without words. */
  covered: number;
  /** Weight of the heaviest word that is not known, 0-1. */
  missing: number;
}

export function messageWords(
  text: Pick<PreparedText, "hashes" | "kinds">,
  space: FeatureSpace,
): MessageWords {
  const hashes = wordPlaces(text).map((at) => text.hashes[at] as number);
  const weights = hashes.map((hash) => space.rarityOf(hash));
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  const said = weights.reduce((sum, weight) => sum + weight, 0);
  return { hashes, weights: weights.map((weight) => weight / length), said };
}

export class KnownWords {
  /** In how many own phrasings each word stands. */
  readonly #own = new Map<number, number>();
  readonly #corpus: readonly Uint32Array[];

  constructor(own: readonly PreparedText[], alignment: readonly Alignment[]) {
    for (const text of own)
      for (const at of wordPlaces(text)) {
        const hash = text.hashes[at] as number;
        this.#own.set(hash, (this.#own.get(hash) ?? 0) + 1);
      }
    this.#corpus = alignment.map(({ slug }) => shippedIntentWords().of(slug));
  }

  /** `isOwn`: the message is one of the own phrasings and does not count itself. */
  know({ hashes, weights }: MessageWords, isOwn: boolean): Known {
    let covered = hashes.length === 0 ? 1 : 0;
    let missing = 0;
    for (const [at, hash] of hashes.entries()) {
      const weight = weights[at] as number;
      if (this.#has(hash, isOwn ? 1 : 0)) covered += weight * weight;
      else if (weight > missing) missing = weight;
    }
    return { covered, missing };
  }

  #has(hash: number, uncounted: number): boolean {
    return (this.#own.get(hash) ?? 0) > uncounted || this.#corpus.some((words) => holds(words, hash));
  }
}

/** `rising`: in rising order. */
function holds(rising: Uint32Array, wanted: number): boolean {
  let from = 0;
  let to = rising.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rising[middle] as number) < wanted) from = middle + 1;
    else to = middle;
  }
  return rising[from] === wanted;
}
