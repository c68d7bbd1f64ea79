// The background pool that every shop is trained against: messages that nobody's FAQ answers. Used by shop-model.ts.

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
