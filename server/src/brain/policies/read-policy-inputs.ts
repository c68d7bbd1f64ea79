// Takes a policy's inputs out of a customer's words, Chinese and English alike. Never guesses: what can be taken in two
// ways is left out and named as unclear, and then asked for. Called by the brain before decidePolicy.

import type { InputSource } from "@yingda/contract";
import { type CatalogueProduct, findEntities } from "@yingda/language";
import { dayIn } from "./calendar-days.ts";
import { foldText } from "./clauses.ts";
import type { Given, Policy, PolicyValue } from "./policy.ts";
import { readMoney, readNumber } from "./read-amounts.ts";
import { readChoice } from "./read-choices.ts";
import { readDate } from "./read-dates.ts";
import { readRegion } from "./read-regions.ts";
import type { ReadingResult, ReadingScene } from "./reading.ts";

export interface ReadOptions {
  /** Products to look for; index kept with the array, which must not be changed afterwards. */
  catalogue?: readonly CatalogueProduct[];
  /** Key of the input that the bot has just asked for: then a bare "280" or "昨天" is its answer. */
  asked?: string;
}
export interface PolicyInputs {
  /** For decidePolicy. */
  given: Given;
  /** What each value was taken from, folded (half-width, simplified, small letters). */
  quotes: Readonly<Record<string, string>>;
  /** Keys of inputs that were spoken of in more than one way. */
  unclear: string[];
}

/**
 * Reads the inputs that one message gives.
 *
 * In:  any text; its first 2,000 characters are read. Days are those of the policy's time zone.
 * @throws RangeError for an invalid `now`; nothing on any text.
 */
export function readPolicyInputs(
  policy: Policy,
  text: string,
  now: Date,
  { catalogue, asked }: ReadOptions = {},
): PolicyInputs {
  const folded = foldText(text);
  const { timeZone } = policy;
  const products = catalogue === undefined ? {} : { catalogue };
  const scene: ReadingScene = {
    policy,
    text: folded,
    entities: findEntities(folded, { now, timeZone, ...products }),
    today: dayIn(timeZone, now),
    asked: asked ?? null,
  };
  const given = new Map<string, PolicyValue>();
  const quotes = new Map<string, string>();
  const unclear: string[] = [];
  for (const input of policy.inputs) {
    const found = readInput(scene, input);
    if (found === "unclear") unclear.push(input.key);
    else if (found !== null) {
      given.set(input.key, found.value);
      quotes.set(input.key, found.words);
    }
  }
  return { given: Object.fromEntries(given), quotes: Object.fromEntries(quotes), unclear };
}

function readInput(scene: ReadingScene, input: InputSource): ReadingResult {
  switch (input.type) {
    case "date":
      return readDate(scene, input);
    case "money":
      return readMoney(scene, input);
    case "number":
      return readNumber(scene, input);
    case "choice":
    case "product":
      return readChoice(scene, input);
    case "region":
      return readRegion(scene);
  }
}
