// Sorts questions that come in one batch after another into groups that mean the same: a new question goes to a group that
// is known already when it is near enough to one of its samples, and the rest are grouped among themselves. Vectors are the
// shipped encoder's. The same batch after the same groups gives the same result.

import { shippedEncoder } from "../encoder.ts";
import { extractFeatures } from "../features.ts";
import { normalise } from "../normalise.ts";
import { type Cluster, clusterTexts } from "./clusters.ts";
import { overlapOf, shinglesOf } from "./shingles.ts";

export interface KnownGroup {
  id: string;
  /** Some of its questions; more than five say little more. */
  samples: readonly string[];
}

export interface Grouped<T> {
  /** Items that belong to a known group. */
  joined: { item: T; group: string }[];
  /** Groups of the others. */
  formed: Cluster<T>[];
}

/** A question must be nearer to a known group than members of a new one to each other, since nobody looks at it again. */
const joinThreshold = 0.5;
const vectorShare = 0.65;

/**
 * In:  items of one batch (up to some hundreds: every one is compared with every sample) and the groups known so far.
 * Out: each item once, in a known group or in a new one. Of groups equally near the one further up wins.
 */
export function groupQuestions<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  known: readonly KnownGroup[],
): Grouped<T> {
  const samples = known.flatMap(({ id, samples: texts }) => texts.map((text) => ({ id, ...read(text) })));
  const grouped: Grouped<T> = { joined: [], formed: [] };
  const rest: T[] = [];
  for (const item of items) {
    const question = read(textOf(item));
    let group: string | null = null;
    let nearest = joinThreshold;
    for (const sample of samples) {
      const near = nearness(question, sample);
      if (near > nearest) [nearest, group] = [near, sample.id];
    }
    if (group === null) rest.push(item);
    else grouped.joined.push({ item, group });
  }
  grouped.formed = clusterTexts(rest, textOf, (text) => shippedEncoder().encode(extractFeatures(text)));
  return grouped;
}

interface ReadText {
  text: string;
  vector: Float32Array;
  shingles: Set<string>;
}

function read(original: string): ReadText {
  const { text } = normalise(original);
  return { text, vector: shippedEncoder().encode(extractFeatures(text)), shingles: shinglesOf(text) };
}

function nearness(a: ReadText, b: ReadText): number {
  if (a.text === b.text) return 1;
  const byText = overlapOf(a.shingles, b.shingles);
  let byVector = 0;
  for (let d = 0; d < a.vector.length; d += 1) byVector += (a.vector[d] as number) * (b.vector[d] as number);
  return vectorShare * byVector + (1 - vectorShare) * Math.max(byText, byVector * byText);
}
