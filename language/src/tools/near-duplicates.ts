// Texts of a list that say the same in nearly the same words: phrasings entered twice, one complaint sent five times.
// Exact for its measure (share of common pieces), and quick on long lists, since only pairs that can reach the threshold
// are compared: two sets that share enough must share one of their rarest pieces.

import { normalise } from "../normalise.ts";
import { overlapOf, shinglesOf } from "./shingles.ts";

export interface NearDuplicate {
  /** Places in the list, first before second. */
  first: number;
  second: number;
  /** Share of common pieces, 0-1; 1 for texts that normalise alike. */
  similarity: number;
}

/**
 * Pairs of a list that are nearly alike, most alike first.
 *
 * In:  any texts; the least similarity to be told, 0.05-1 (0.6 finds rewordings, 0.8 little more than typing differences).
 * Out: at most `limit` pairs (1,000). Texts without letters or digits pair with nothing.
 */
export function findNearDuplicates(
  texts: readonly string[],
  { threshold = 0.7, limit = 1_000 }: { threshold?: number; limit?: number } = {},
): NearDuplicate[] {
  const least = Math.min(1, Math.max(0.05, threshold));
  const sets = texts.map((text) => shinglesOf(normalise(text).text));
  const rarity = new Map<string, number>();
  for (const set of sets) for (const shingle of set) rarity.set(shingle, (rarity.get(shingle) ?? 0) + 1);
  const holders = new Map<string, number[]>();
  const pairs: NearDuplicate[] = [];
  const order = sets.map((_, at) => at).sort((a, b) => (sets[a]?.size ?? 0) - (sets[b]?.size ?? 0));
  for (const at of order) {
    const set = sets[at] as Set<string>;
    if (set.size === 0) continue;
    const rarest = [...set].sort((a, b) => (rarity.get(a) ?? 0) - (rarity.get(b) ?? 0) || (a < b ? -1 : 1));
    const prefix = rarest.slice(0, set.size - Math.ceil(least * set.size) + 1);
    const seen = new Set<number>();
    for (const shingle of prefix) {
      for (const other of holders.get(shingle) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        const theirs = sets[other] as Set<string>;
        if (theirs.size < least * set.size) continue;
        const similarity = overlapOf(set, theirs);
        if (similarity >= least)
          pairs.push({ first: Math.min(at, other), second: Math.max(at, other), similarity });
      }
      const list = holders.get(shingle);
      if (list === undefined) holders.set(shingle, [at]);
      else list.push(at);
    }
  }
  return pairs
    .sort((a, b) => b.similarity - a.similarity || a.first - b.first || a.second - b.second)
    .slice(0, limit);
}
