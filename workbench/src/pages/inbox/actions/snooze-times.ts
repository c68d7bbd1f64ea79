// The times one may sleep a conversation till, seen from now in the reader's own zone. Pure.
export type SnoozeName = "hour" | "evening" | "tomorrow" | "monday";
export type SnoozeTime = { name: SnoozeName; at: Date };

function atHour(day: Date, addDays: number, hour: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + addDays, hour);
}

/** In order; "this evening" only while it is still two hours away, Monday is never tomorrow twice. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const evening = atHour(now, 0, 18);
  const daysToMonday = (8 - now.getDay()) % 7 || 7;
  const times: SnoozeTime[] = [{ name: "hour", at: new Date(now.getTime() + 3_600_000) }];
  if (evening.getTime() - now.getTime() > 2 * 3_600_000) times.push({ name: "evening", at: evening });
  times.push({ name: "tomorrow", at: atHour(now, 1, 9) });
  if (daysToMonday > 1) times.push({ name: "monday", at: atHour(now, daysToMonday, 9) });
  return times;
}
