// Whether an FAQ has expired or is about to: told some days before, so that somebody can look at it in time. Pure.

import type { FaqProblem } from "@yingda/contract";

/** Two weeks: time enough to ask whoever knows. */
export const warningDays = 14;
const dayMs = 86_400_000;

/** `today` and `expiresOn` are days in the shop's zone, "YYYY-MM-DD". */
export function judgeExpiry(expiresOn: string | null, today: string): FaqProblem[] {
  if (expiresOn === null) return [];
  const days = Math.round((Date.parse(expiresOn) - Date.parse(today)) / dayMs);
  if (days <= 0) return [{ kind: "expired", on: expiresOn }];
  return days <= warningDays ? [{ kind: "expires-soon", on: expiresOn, days }] : [];
}
