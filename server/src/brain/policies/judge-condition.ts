// Whether one condition holds for what is known: yes, no, or it cannot be told yet. Knowing roughly is often enough: what
// was bought last month is out of a window of seven days on whichever day it was. Called by decide-policy.ts.

import type { InputSource } from "@yingda/contract";
import type { Temporal } from "temporal-polyfill";
import { dayNumber, daysFrom, monthsBegun, readDay } from "./calendar-days.ts";
import { thousandths } from "./compile-condition.ts";
import { isWithin } from "./places.ts";
import type { Condition, Line, PolicyValue, TimelessValue } from "./policy.ts";

/** Why an input has to be asked for. */
export type MissingReason = "not-said" | "not-precise" | "in-future" | "not-usable";

/** A usable value: days cut off at today, both ends read. */
export type KnownValue = { type: "date"; from: Temporal.PlainDate; to: Temporal.PlainDate } | TimelessValue;
export type Known = { value: KnownValue } | { missing: MissingReason };

/** Reads a value for an input; says why it cannot be used. Policies are about what has happened: no date after today. */
export function knownValue(
  input: InputSource,
  value: PolicyValue | undefined,
  today: Temporal.PlainDate,
): Known {
  if (value === undefined) return { missing: "not-said" };
  if (value.type === "date")
    return input.type === "date" ? knownDays(value, today) : { missing: "not-usable" };
  return isUsable(input, value) ? { value } : { missing: "not-usable" };
}

function knownDays(value: { from: string; to: string }, today: Temporal.PlainDate): Known {
  const from = readDay(value.from);
  const to = readDay(value.to);
  if (from === null || to === null || daysFrom(from, to) < 0) return { missing: "not-usable" };
  if (daysFrom(from, today) < 0) return { missing: "in-future" };
  return { value: { type: "date", from, to: daysFrom(to, today) < 0 ? today : to } };
}

function isUsable(input: InputSource, value: TimelessValue): boolean {
  switch (value.type) {
    case "money":
      return (
        input.type === "money" &&
        value.currency === input.currency &&
        Number.isSafeInteger(value.amountMinor) &&
        value.amountMinor >= 0
      );
    case "number":
      return input.type === "number" && Number.isFinite(value.value);
    case "choice":
      return "choices" in input && input.choices.some(({ key }) => key === value.key);
    case "region":
      return input.type === "region";
  }
}

/** True, false, or "unknown" where the value is too rough to tell. */
export function judgeCondition(
  condition: Condition,
  value: KnownValue,
  today: Temporal.PlainDate,
): boolean | "unknown" {
  if (value.type === "region") return judgePlace(condition, value);
  if (value.type === "choice") return condition.set.kind === "keys" && condition.set.keys.has(value.key);
  return condition.set.kind === "line" && compare(measured(condition, value, today), condition.set);
}

/** What a condition measures, as the least and the most that it can be. */
export function measured(
  { measure }: Condition,
  value: Exclude<KnownValue, { type: "region" | "choice" }>,
  today: Temporal.PlainDate,
): { min: number; max: number } {
  if (value.type === "money") return { min: value.amountMinor, max: value.amountMinor };
  if (value.type === "number") return { min: thousandths(value.value), max: thousandths(value.value) };
  const { from, to } = value;
  if (measure === "on") return { min: dayNumber(from), max: dayNumber(to) };
  return measure === "months-since"
    ? { min: monthsBegun(to, today), max: monthsBegun(from, today) }
    : { min: daysFrom(to, today), max: daysFrom(from, today) };
}

function compare({ min, max }: { min: number; max: number }, line: Line): boolean | "unknown" {
  if (min >= line.min && max <= line.max) return true;
  return max < line.min || min > line.max ? false : "unknown";
}

function judgePlace({ places }: Condition, value: KnownValue & { type: "region" }): boolean | "unknown" {
  if (places === null) return false;
  const verdicts = places.listed.map((area) => isWithin(value, area));
  if (verdicts.includes(true)) return !places.isExcluded;
  return verdicts.includes("unknown") ? "unknown" : places.isExcluded;
}
