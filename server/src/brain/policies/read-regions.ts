// Where a parcel goes, out of a customer's words. Of "从广东寄到新疆" it is the second; of a province and a city in it, the
// city; of two places with nothing to tell them apart, none. Called by read-policy-inputs.ts.

import { isDenied } from "./clauses.ts";
import { isWithin } from "./places.ts";
import type { Place } from "./policy.ts";
import { agreed, type Reading, type ReadingResult, type ReadingScene } from "./reading.ts";

const origin = /(?:从|由|自|发货地是?|\bfrom)\s?$/u;
const destination = /(?:到|至|往|去|给|寄|送|发|\bto|\binto)\s?$/u;

export function readRegion({ text, entities }: ReadingScene): ReadingResult {
  const places = entities
    .filter((entity) => entity.kind === "region")
    .map((entity) => ({ entity, before: text.slice(Math.max(0, entity.start - 8), entity.start) }))
    .filter(({ entity, before }) => !origin.test(before) && !isDenied(text, entity.start));
  const finest = places.filter(({ entity }) => !places.some((other) => isFiner(other.entity, entity)));
  const destinations = finest.filter(({ before }) => destination.test(before));
  const all = agreed(finest.map(reading));
  return all === "unclear" && destinations.length > 0 ? agreed(destinations.map(reading)) : all;
}

function isFiner(one: Place, other: Place): boolean {
  return isWithin(one, other) === true && isWithin(other, one) !== true;
}

function reading({ entity }: { entity: Place & { text: string } }): Reading {
  const { country, province, city } = entity;
  return { value: { type: "region", country, province, city }, words: entity.text };
}
