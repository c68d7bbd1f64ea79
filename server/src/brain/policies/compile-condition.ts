// Turns one written condition into a set on an axis: a range of whole units, some choices, or some places. Says what is
// wrong with it and where. Called by read-policy.ts.

import type { ConditionSource, InputSource } from "@yingda/contract";
import { dayNumber, readDay } from "./calendar-days.ts";
import { isWithin, placeKey, readPlace } from "./places.ts";
import type { AxisSet, Condition, Line, Measure, Place, PolicyProblem } from "./policy.ts";
import { problem } from "./policy-problems.ts";

type Bounds<T> = {
  from?: T | undefined;
  above?: T | undefined;
  to?: T | undefined;
  below?: T | undefined;
};
type Compiled = { condition: Condition } | { problem: PolicyProblem };

/** Places that the policy names for each input; what is left beside them is "elsewhere". */
export type PlacesByInput = ReadonlyMap<string, readonly Place[]>;
export const elsewhere = "elsewhere";

const measuresOf: Record<InputSource["type"], (keyof ConditionSource)[]> = {
  date: ["daysSince", "monthsSince", "on"],
  money: ["amount"],
  number: ["number"],
  choice: ["in", "notIn"],
  product: ["in", "notIn"],
  region: ["in", "notIn"],
};
const allMeasures = ["daysSince", "monthsSince", "on", "amount", "number", "in", "notIn"] as const;

/** @param path where the condition stands: `rules[2].when[0]`. */
export function compileCondition(
  source: ConditionSource,
  input: InputSource,
  places: PlacesByInput,
  path: string,
): Compiled {
  const used = allMeasures.filter((name) => source[name] !== undefined);
  const [name] = used;
  const fitting = measuresOf[input.type];
  if (name === undefined || used.length > 1 || !fitting.includes(name)) {
    return { problem: problem("wrong-condition", path, input.key, fitting.join(", ")) };
  }
  const at = `${path}.${name}`;
  switch (name) {
    case "daysSince":
      return onLine("days-since", source.daysSince ?? {}, (value) => value, 0);
    case "monthsSince":
      return onLine("months-since", source.monthsSince ?? {}, (value) => value, 0);
    case "on":
      return onLine("on", source.on ?? {}, numberOfDay, Number.NEGATIVE_INFINITY);
    case "amount":
      return onLine("amount", source.amount ?? {}, minorUnits, 0);
    case "number":
      return onLine("number", source.number ?? {}, thousandths, Number.NEGATIVE_INFINITY);
    case "in":
    case "notIn": {
      const listed = source[name] ?? [];
      return input.type === "region"
        ? ofPlaces(listed, name === "notIn", places.get(input.key) ?? [])
        : ofChoices(listed, name === "notIn");
    }
  }

  function onLine<T>(
    measure: Measure,
    bounds: Bounds<T>,
    units: (value: T) => number,
    lowest: number,
  ): Compiled {
    const line = lineOf(bounds, units, lowest);
    if (line === "unclear")
      return { problem: problem("wrong-condition", at, input.key, "from | above | to | below") };
    if (line.min > line.max) return { problem: problem("empty-range", at, input.key) };
    return done(measure, line);
  }

  function ofChoices(listed: readonly string[], isExcluded: boolean): Compiled {
    const known = "choices" in input ? input.choices.map((choice) => choice.key) : [];
    const unknown = listed.find((item) => !known.includes(item));
    if (unknown !== undefined) return { problem: problem("unknown-choice", at, unknown, known.join(", ")) };
    const keys = new Set(known.filter((item) => listed.includes(item) !== isExcluded));
    if (keys.size === 0) return { problem: problem("empty-range", at, input.key) };
    return done("choice", { kind: "keys", keys });
  }

  function ofPlaces(names: readonly string[], isExcluded: boolean, all: readonly Place[]): Compiled {
    const listed: Place[] = [];
    for (const item of names) {
      const place = readPlace(item);
      if (place === null) return { problem: problem("unknown-region", at, item) };
      listed.push(place);
    }
    const isListed = (place: Place) => listed.some((area) => isWithin(place, area) === true);
    const keys = all.filter((place) => isListed(place) !== isExcluded).map(placeKey);
    if (isExcluded) keys.push(elsewhere);
    return done("place", { kind: "keys", keys: new Set(keys) }, { listed, names: [...names], isExcluded });
  }

  function done(measure: Measure, set: AxisSet, ofPlace: Condition["places"] = null): Compiled {
    const axis = `${input.key} ${measure}`;
    return { condition: { input: input.key, measure, axis, set, places: ofPlace } };
  }
}

function lineOf<T>(bounds: Bounds<T>, units: (value: T) => number, lowest: number): Line | "unclear" {
  const { from, above, to, below } = bounds;
  const isEmpty = [from, above, to, below].every((bound) => bound === undefined);
  if (isEmpty || (from !== undefined && above !== undefined) || (to !== undefined && below !== undefined))
    return "unclear";
  const min = from !== undefined ? units(from) : above !== undefined ? units(above) + 1 : lowest;
  const max =
    to !== undefined ? units(to) : below !== undefined ? units(below) - 1 : Number.POSITIVE_INFINITY;
  return { kind: "line", min: Math.max(min, lowest), max };
}

function numberOfDay(text: string): number {
  const day = readDay(text);
  return day === null ? Number.NaN : dayNumber(day);
}

/** Hundredths of whole units or of decimal text, digit by digit: "99.5" is 9950. */
export function minorUnits(value: number | string): number {
  const [whole = "0", fraction = ""] = String(value).split(".");
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}

/** Numbers are compared in thousandths, so that 0.1 + 0.2 is 0.3. */
export function thousandths(value: number): number {
  return Math.round(value * 1_000);
}
