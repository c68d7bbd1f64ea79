// Times as words: spans ("3 分钟"), clock times, days. Pure; the caller says what time it is now and in which language.
import type { TFunction } from "i18next";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its largest whole unit: "45 秒", "3 分钟", "2 小时". Never negative. */
export function spanText(lengthMs: number, t: TFunction): string {
  const span = Math.max(0, lengthMs);
  if (span < minute) return t("time.seconds", { count: Math.ceil(span / second) });
  if (span < hour) return t("time.minutes", { count: Math.floor(span / minute) });
  if (span < 2 * day) return t("time.hours", { count: Math.floor(span / hour) });
  return t("time.days", { count: Math.floor(span / day) });
}

/** mm:ss or h:mm:ss, for countdowns. */
export function clockSpan(lengthMs: number): string {
  const total = Math.max(0, Math.ceil(lengthMs / second));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(total / 3_600);
  const rest = `${two(Math.floor((total % 3_600) / 60))}:${two(total % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, "");
}

export type DayName = { kind: "today" | "yesterday" | "this-year" | "earlier" };

/** Which words name a day, seen from now, both in the reader's own zone. */
export function dayName(at: Date, now: Date): DayName {
  const start = (value: Date) => new Date(value.getFullYear(), value.getMonth(), value.getDate()).getTime();
  const days = Math.round((start(now) - start(at)) / day);
  if (days === 0) return { kind: "today" };
  if (days === 1) return { kind: "yesterday" };
  return { kind: at.getFullYear() === now.getFullYear() ? "this-year" : "earlier" };
}
