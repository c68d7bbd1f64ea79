// A checked policy, ready to decide, and the values that it decides on. Made by read-policy.ts only.

import type { Bilingual, InputSource, WordList } from "@yingda/contract";

/** A stretch of whole units, both ends in it: days, months begun, day numbers, hundredths of money, thousandths. */
export interface Line {
  kind: "line";
  min: number;
  max: number;
}
/** Some of finitely many things: choices, or places with what is left of each beside its listed parts. */
export interface Keys {
  kind: "keys";
  keys: ReadonlySet<string>;
}
export type AxisSet = Line | Keys;

/** A country, a province or a city; null above and below what was said. */
export interface Place {
  country: string | null;
  province: string | null;
  city: string | null;
}

export type Measure = "days-since" | "months-since" | "on" | "amount" | "number" | "choice" | "place";

export interface Condition {
  input: string;
  measure: Measure;
  /** Input and measure: conditions on one axis can be compared. */
  axis: string;
  set: AxisSet;
  /** For a place: what `in` or `notIn` lists. */
  places: { listed: Place[]; names: string[]; isExcluded: boolean } | null;
}

export interface Outcome {
  outcome: string;
  words: Bilingual;
  /** The sentence of the policy that is cited. */
  cites: Bilingual;
}
export interface PolicyRule extends Outcome {
  key: string;
  when: Condition[];
}

export interface Policy {
  key: string;
  name: Bilingual;
  decides: Bilingual;
  asked: WordList;
  /** IANA name; the usual one where the policy names none and nobody has said which the shop's is. */
  timeZone: string;
  hasOwnZone: boolean;
  inputs: InputSource[];
  rules: PolicyRule[];
  otherwise: Outcome;
}

/** What is known of an input. A date may be known as a stretch of days ("last week"), both ends in it, YYYY-MM-DD. */
export type PolicyValue = { type: "date"; from: string; to: string } | TimelessValue;
export type TimelessValue =
  | { type: "money"; amountMinor: number; currency: string }
  | { type: "number"; value: number }
  /** Of a choice or a product: the key of the choice. */
  | { type: "choice"; key: string }
  | ({ type: "region" } & Place);
export type Given = Readonly<Record<string, PolicyValue>>;

export const policyProblemCodes = [
  "too-large",
  "not-yaml",
  "shape",
  "unknown-time-zone",
  "duplicate-key",
  "unknown-input",
  "unknown-choice",
  "unknown-region",
  "wrong-condition",
  "empty-range",
  "missing-default",
  "unreachable-rule",
  "overlapping-rules",
  "too-tangled",
] as const;
export type PolicyProblemCode = (typeof policyProblemCodes)[number];

/** What is wrong, where (`rules[2].when[0].daysSince`), and in the owner's words what to do. */
export interface PolicyProblem {
  code: PolicyProblemCode;
  path: string;
  words: Bilingual;
}
