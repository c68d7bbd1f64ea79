// How a value is spoken: amounts, days and times as people say them, everything else as it is. For slots and results.

import type { ResultValue, SlotValue } from "./flow-run.ts";

type Shown = SlotValue["shown"];

const day = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/u;
const weekdays = {
  zh: ["日", "一", "二", "三", "四", "五", "六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const signs: Record<string, string> = { CNY: "¥", USD: "US$", EUR: "€", GBP: "£", HKD: "HK$", JPY: "JP¥" };

/** A text as it may be repeated: braces of blanks taken out, so that nothing looks like an unfilled one. */
export function plain(text: string): Shown {
  const safe = text.replace(/\{{2,}|\}{2,}/gu, "").trim();
  return { zh: safe, en: safe };
}

/**
 * What is spoken for a value. In: a slot's or result's value; `timeZone` for instants in UTC.
 * Out: words in both languages, or null for what cannot be spoken (nothing, or a list).
 */
export function showValue(value: ResultValue | null, timeZone: string): Shown | null {
  if (value === null || Array.isArray(value)) return null;
  if (typeof value === "boolean") return value ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
  if (typeof value === "number") return Number.isFinite(value) ? plain(String(value)) : null;
  if (typeof value === "string") return showDay(value, timeZone) ?? plain(value);
  const { amountMinor, currency } = value;
  const amount = (amountMinor / (currency === "JPY" ? 1 : 100)).toFixed(2).replace(/\.00$/u, "");
  const sign = signs[currency];
  return plain(sign === undefined ? `${amount} ${currency}` : sign + amount);
}

function showDay(text: string, timeZone: string): Shown | null {
  const parts = day.exec(text);
  if (parts === null) return null;
  const [, , month = "", date = "", hours, minutes, offset] = parts;
  if (offset === "Z") return showInstant(text, timeZone);
  const noon = new Date(`${text.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(noon.getTime())) return null;
  const [m, d, weekday] = [Number(month), Number(date), noon.getUTCDay()];
  const clock = hours === undefined ? null : `${hours}:${minutes}`;
  return {
    zh: `${m}月${d}日（周${weekdays.zh[weekday]}）${clock ?? ""}`,
    en: `${weekdays.en[weekday]} ${d} ${months[m - 1]}${clock === null ? "" : `, ${clock}`}`,
  };
}

function showInstant(text: string, timeZone: string): Shown | null {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return null;
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(
    at,
  );
  return showDay(local.replace(" ", "T"), timeZone);
}
