// A text as a set of small pieces (Han pairs, word stems), so that two texts can be compared without a model: how much of
// their pieces they share. Used by near-duplicates, clusters, summaries and the checks of FAQ lists.

import { normalise } from "../normalise.ts";
import { stemOf } from "../stems.ts";

const pieces = /#[a-z]+|[a-z][a-z']*|\d+|\p{Script=Han}+/gu;

/** Pieces of a normalised text: each Han pair (a single Han character where it stands alone), each stem, each number. */
export function shinglesOf(normalised: string): Set<string> {
  const shingles = new Set<string>();
  for (const [piece] of normalised.matchAll(pieces)) {
    if (!/^\p{Script=Han}/u.test(piece)) {
      shingles.add(stemOf(piece));
      continue;
    }
    const characters = [...piece];
    if (characters.length === 1) shingles.add(piece);
    for (let at = 0; at + 1 < characters.length; at += 1)
      shingles.add(`${characters[at]}${characters[at + 1]}`);
  }
  return shingles;
}

/** Share of pieces in common, 0-1 (Jaccard); two texts without pieces are alike only if both have none. */
export function overlapOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0;
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return shared / (a.size + b.size - shared);
}

/** How alike two messages are as texts, 0-1; politeness, spelling and masked values do not count. */
export function textSimilarity(a: string, b: string): number {
  const [first, second] = [normalise(a).text, normalise(b).text];
  return first === second ? 1 : overlapOf(shinglesOf(first), shinglesOf(second));
}
