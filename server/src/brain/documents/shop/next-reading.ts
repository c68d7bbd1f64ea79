// When a page or site is read again. Pure.

import type { DocumentSchedule } from "@yingda/contract";
import type { Clock } from "../../../platform/clock.ts";

const dayMs = 86_400_000;
const periodMs: Record<Exclude<DocumentSchedule, "never">, number> = { daily: dayMs, weekly: 7 * dayMs };

/** A period after the last reading, but not in the past. */
export function nextReading(schedule: DocumentSchedule, last: Date | null, clock: Clock): Date | null {
  if (schedule === "never") return null;
  const nowMs = clock.nowMs();
  return new Date(Math.max(nowMs, (last?.getTime() ?? nowMs) + periodMs[schedule]));
}
