// The background pool that every shop is trained against, and the help that the line before gives to a message that
// cannot stand alone. Used by matcher.ts.

import { extractFeatures, type Features } from "./features.ts";
import { type NormalisedText, normalise } from "./normalise.ts";
import { lazily, readDataLines } from "./own-data.ts";
import { type PreparedText, prepareText } from "./prepared-text.ts";

const pool = lazily(() => ["background-zh.txt", "background-en.txt"].flatMap(readDataLines).map(prepareText));

/** Numbers of the messages that no shop answers, less those that this shop does. None for a shop without items. */
export function backgroundFor(taken: ReadonlySet<string>, share: "all" | "half" | "none"): number[] {
  if (share === "none" || taken.size === 0) return [];
  return pool().flatMap(({ key }, i) => (!taken.has(key) && (share === "all" || i % 2 === 0) ? [i] : []));
}

/** The message of a number; undefined when the pool has none. */
export function backgroundText(number: number): PreparedText | undefined {
  return pool()[number];
}

/** The shipped pool itself, for the lab; with `share` "half" the even lines are learnt from. */
export function backgroundPool(): string[] {
  return pool().map(({ original }) => original);
}

const leansBack =
  /^(?:那|那么|然后|还有|呢|它|这个|这件|那个|那件|换成|如果)|(?:呢|那个|这个)$|^(?:and|what about|how about|then|it|that one|this one|also)\b/u;
const previousWeight = 0.35;
const longestLeaning = 14;

/** Adds the features of the line before, at a third of their weight, when the message is short and leans on it. */
export function widenByContext(
  features: Features,
  text: NormalisedText,
  previous: readonly string[],
): { features: Features; completedFrom: string | null } {
  const before = previous.at(-1);
  if (before === undefined || text.text.length > longestLeaning || !leansBack.test(text.text))
    return { features, completedFrom: null };
  for (const [name, weight] of extractFeatures(normalise(before).text))
    if (!features.has(name)) features.set(name, weight * previousWeight);
  return { features, completedFrom: before };
}
