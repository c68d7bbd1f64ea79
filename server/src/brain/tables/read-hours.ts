// Opening hours of one cell: "9:00-21:00", "9am – 5:30 pm", "上午9点到晚上9点", "9:00-12:00, 13:30-18:00", "24小时", "休息".
// Only a cell that says nothing else is read; with days or remarks beside the hours it stays text and is spoken whole.

const clock =
  "(上午|早上|早|中午|下午|晚上|晚|凌晨)?\\s?(\\d{1,2})(?:(?:[:：.](\\d{2}))|点(半|\\d{1,2}分?)?)?\\s?(am|pm|a\\.m\\.|p\\.m\\.|noon)?";
const span = new RegExp(`^${clock}\\s?(?:-|~|–|—|−|至|到|to|until|till)\\s?${clock}$`, "u");
const closed = /^(?:休息|休|不营业|关门|闭店|店休|公休|歇业|closed|close)$/u;
const always = /^(?:24\s?小时(?:营业)?|全天(?:营业)?|24\s?hours?|24\/7|24h|open 24 hours)$/u;
const dayMinutes = 1_440;
const mostSpans = 4;

/**
 * In:  a cell's text, unified (half-width, small letters, simplified).
 * Out: spans in minutes since midnight; none for "closed"; null when the text is anything else. A bare pair of numbers
 *      ("9-21") is no time of day: at least one end must look like a clock.
 */
export function readHours(text: string): { from: number; to: number }[] | null {
  if (closed.test(text)) return [];
  if (always.test(text)) return [{ from: 0, to: dayMinutes }];
  const parts = text.split(/\s?(?:,|、|;|，|；|\/|&| and )\s?/u).filter((part) => part !== "");
  if (parts.length === 0 || parts.length > mostSpans) return null;
  const spans: { from: number; to: number }[] = [];
  for (const part of parts) {
    const read = readSpan(part);
    if (read === null) return null;
    spans.push(read);
  }
  return spans;
}

function readSpan(text: string): { from: number; to: number } | null {
  if (!/[:：点]|am|pm|a\.m|p\.m/u.test(text)) return null;
  const found = span.exec(text);
  if (found === null) return null;
  const [, dayPart, hour, minute, more, half, dayPartTo, hourTo, minuteTo, moreTo, halfTo] = found;
  const from = minutesOf(dayPart, hour, minute, more, half);
  const to = minutesOf(dayPartTo, hourTo, minuteTo, moreTo, halfTo);
  if (from === null || to === null || from === to) return null;
  return { from, to: to === 0 ? dayMinutes : to };
}

function minutesOf(
  dayPart: string | undefined,
  hourText: string | undefined,
  minute: string | undefined,
  more: string | undefined,
  half: string | undefined,
): number | null {
  const hour = Number(hourText);
  const minutes =
    minute !== undefined ? Number(minute) : more === "半" ? 30 : Number.parseInt(more ?? "0", 10);
  if (hour > 24 || minutes > 59 || (hour === 24 && minutes > 0)) return null;
  const isLate = half?.startsWith("p") || half === "noon" || /^(?:下午|晚上|晚)$/u.test(dayPart ?? "");
  if (isLate && hour < 12) return (hour + 12) * 60 + minutes;
  const isEarly = half?.startsWith("a") || dayPart === "凌晨";
  return (isEarly && hour === 12 ? 0 : hour) * 60 + minutes;
}
