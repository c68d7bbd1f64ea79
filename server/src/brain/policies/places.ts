// Places in a policy: a name becomes a country, province or city by the language package's table, and a customer's place
// is inside it, outside it, or not said precisely enough to tell.

import { findEntities } from "@yingda/language";
import type { Place } from "./policy.ts";

const anyTime = new Date(0); // places do not depend on it

/** The place that a name means; null unless the whole name is one place. */
export function readPlace(name: string): Place | null {
  const [found, ...more] = findEntities(name, { now: anyTime });
  if (found?.kind !== "region" || more.length > 0 || found.text.length < name.trim().length) return null;
  return { country: found.country, province: found.province, city: found.city };
}

/** Whether a place lies in another: "unknown" when it was named more roughly ("广东" and the other is 深圳). */
export function isWithin(place: Place, area: Place): boolean | "unknown" {
  for (const level of ["country", "province", "city"] as const) {
    if (area[level] === null) return true;
    if (place[level] === null) return "unknown";
    if (place[level] !== area[level]) return false;
  }
  return true;
}

/** One name for one place, for comparing. */
export function placeKey({ country, province, city }: Place): string {
  return [country, province, city].filter((part) => part !== null).join("/");
}
