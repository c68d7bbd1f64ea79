// The background pool that every shop is trained against: messages that nobody's FAQ answers. Used by shop-model.ts.

import { toUnit } from "./encoder.ts";
import { lazily, readDataLines } from "./own-data.ts";
import { keptTogether, type PreparedText, prepareText } from "./prepared-text.ts";

const pool = lazily(() =>
  keptTogether(["background-zh.txt", "background-en.txt"].flatMap(readDataLines).map(prepareText)),
);

/** A message this near to what a shop answers is none that it cannot answer: cosine with the mean of an item's texts. */
const tooNear = 0.4;

/**
 * Numbers of the messages that this shop does not answer: the pool, less what its items ask or are near to. None for a shop
 * without items. `texts`: the own texts of each item.
 */
export function backgroundFor(
  texts: readonly (readonly PreparedText[])[],
  share: "all" | "half" | "none",
): number[] {
  const taken = new Set(texts.flat().map(({ key }) => key));
  if (share === "none" || taken.size === 0) return [];
  const centres = texts.map(meanOf);
  const isAnswered = ({ key, vector }: PreparedText) =>
    taken.has(key) || centres.some((centre) => cosine(centre, vector) >= tooNear);
  return pool().flatMap((message, i) =>
    (share === "all" || i % 2 === 0) && !isAnswered(message) ? [i] : [],
  );
}

function meanOf(texts: readonly PreparedText[]): Float32Array {
  const mean = new Float32Array(texts[0]?.vector.length ?? 0);
  for (const { vector } of texts)
    for (let d = 0; d < mean.length; d += 1) mean[d] = (mean[d] as number) + (vector[d] as number);
  return toUnit(mean);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d += 1) sum += (a[d] as number) * (b[d] as number);
  return sum;
}

/** The message of a number; undefined when the pool has none. */
export function backgroundText(number: number): PreparedText | undefined {
  return pool()[number];
}

/** The shipped pool itself, for the lab; with `share` "half" the even lines are learnt from. */
export function backgroundPool(): string[] {
  return pool().map(({ original }) => original);
}
