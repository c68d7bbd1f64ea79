// What the readers of inputs share: the message as they see it, and what one of them found.

import type { InputSource } from "@yingda/contract";
import type { Entity } from "@yingda/language";
import type { Temporal } from "temporal-polyfill";
import { isWholeAnswer, type Span } from "./clauses.ts";
import type { Policy, PolicyValue } from "./policy.ts";

export interface ReadingScene {
  policy: Policy;
  /** Folded (clauses.ts). */
  text: string;
  /** Found in the folded text. */
  entities: readonly Entity[];
  today: Temporal.PlainDate;
  /** Key of the input that the bot has just asked for. */
  asked: string | null;
}

export interface Reading {
  value: PolicyValue;
  /** The customer's words, folded. */
  words: string;
}
/** "unclear": something was said, and it can be taken in more than one way. */
export type ReadingResult = Reading | "unclear" | null;

/** One value said once or more is a reading; two different ones are unclear. */
export function agreed(readings: readonly Reading[]): ReadingResult {
  const [first, ...more] = readings;
  if (first === undefined) return null;
  const value = JSON.stringify(first.value);
  return more.every((reading) => JSON.stringify(reading.value) === value) ? first : "unclear";
}

/**
 * A value that stands alone answers the question that was asked, or the only one of its kind that the policy could ask.
 */
export function answersAlone(
  { policy, text, asked }: ReadingScene,
  span: Span,
  input: InputSource,
  kinds: readonly InputSource["type"][],
): boolean {
  if (!isWholeAnswer(text, span)) return false;
  if (asked !== null) return asked === input.key;
  return policy.inputs.filter(({ type }) => kinds.includes(type)).length === 1;
}
