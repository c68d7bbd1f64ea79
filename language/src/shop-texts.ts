// Texts of a shop as the matcher holds them, the background pool beside them, and the little help that the line
// before gives to a message that cannot stand alone. Used by matcher.ts.

import type { FeatureSpace, RawVector } from "./feature-space.ts";
import { extractFeatures, type Features } from "./features.ts";
import type { MatcherItem } from "./matcher-types.ts";
import { type NormalisedText, normalise } from "./normalise.ts";
import { lazily, readDataLines } from "./own-data.ts";

export interface Text {
  original: string;
  /** Normalised: equal keys are the same text. */
  key: string;
  raw: RawVector;
}

/** Normalises and numbers one phrasing. */
export function textOf(original: string, space: FeatureSpace): Text {
  const { text } = normalise(original);
  return { original, key: text, raw: space.add(extractFeatures(text)) };
}

const pool = lazily(() =>
  ["background-zh.txt", "background-en.txt"]
    .flatMap(readDataLines)
    .map((line) => ({ line, key: normalise(line).text, features: extractFeatures(normalise(line).text) })),
);

/** Messages that no shop answers, less those that this shop does. Empty for a shop without items. */
export function backgroundFor(
  items: MatcherItem[],
  share: "all" | "half" | "none",
  space: FeatureSpace,
): Text[] {
  if (share === "none" || items.length === 0) return [];
  const taken = new Set(items.flatMap((item) => item.phrasings.map((phrasing) => normalise(phrasing).text)));
  return pool()
    .filter(({ key }, i) => !taken.has(key) && (share === "all" || i % 2 === 0))
    .map(({ line, key, features }) => ({ original: line, key, raw: space.add(features) }));
}

/** The shipped pool itself, for the lab; with `share` "half" the even lines are learnt from. */
export function backgroundPool(): string[] {
  return pool().map(({ line }) => line);
}

const leansBack =
  /^(?:那|那么|然后|还有|呢|它|这个|这件|那个|那件|换成|如果)|(?:呢|那个|这个)$|^(?:and|what about|how about|then|it|that one|this one|also)\b/u;
const previousWeight = 0.35;

/** Adds the features of the line before, at a third of their weight, when the message is short or leans on it. */
export function widenByContext(
  features: Features,
  text: NormalisedText,
  previous: readonly string[],
): Features {
  const before = previous.at(-1);
  if (before === undefined || text.text.length > 14 || !leansBack.test(text.text)) return features;
  for (const [name, weight] of extractFeatures(normalise(before).text)) {
    if (!features.has(name)) features.set(name, weight * previousWeight);
  }
  return features;
}
