/**
 * Turns messages into what the thread draws: day separators, the "new messages" line, runs of one author, and at the end
 * what is still being sent. Pure; keys are stable, so React moves nothing when an echo becomes a message.
 */
import type { Message } from "@yingda/contract";
import type { Sending } from "../../../live/sending-queue.ts";

export type ThreadRow =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  /** `isFirst`: begins a run of the same author within five minutes, so it carries name and time. */
  | { kind: "message"; key: string; message: Message; isFirst: boolean; isLast: boolean }
  | { kind: "sending"; key: string; sending: Sending };

const runMs = 5 * 60_000;

/** The calendar day of an instant in the reader's own zone. */
function dayOf(at: string): string {
  const date = new Date(at);
  return `${String(date.getFullYear())}-${String(date.getMonth())}-${String(date.getDate())}`;
}

function isSameRun(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b) return false;
  const isSameAuthor = a.kind === b.kind && a.author.kind === b.author.kind && a.author.id === b.author.id;
  const apartMs = Math.abs(Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return isSameAuthor && a.kind !== "event" && apartMs < runMs && dayOf(a.createdAt) === dayOf(b.createdAt);
}

/** `newAfterSeq`: the read mark when the thread was opened; null shows no line. */
export function threadRows(
  messages: readonly Message[],
  sending: readonly Sending[],
  newAfterSeq: number | null,
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  const arrived = new Set<string>();
  let hasNewLine = newAfterSeq === null;
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    if (!before || dayOf(before.createdAt) !== dayOf(message.createdAt))
      rows.push({ kind: "day", key: `day-${dayOf(message.createdAt)}`, at: message.createdAt });
    if (!hasNewLine && message.seq > (newAfterSeq ?? 0) && message.kind === "inbound") {
      rows.push({ kind: "new", key: "new" });
      hasNewLine = true;
    }
    if (message.clientMessageId) arrived.add(message.clientMessageId);
    const startsAfterLine = rows.at(-1)?.kind !== "message";
    rows.push({
      kind: "message",
      key: message.clientMessageId ?? message.id,
      message,
      isFirst: startsAfterLine || !isSameRun(before, message),
      isLast: !isSameRun(message, messages[index + 1]),
    });
  });
  for (const entry of sending)
    if (!arrived.has(entry.clientMessageId) && entry.state.kind !== "stopped")
      rows.push({ kind: "sending", key: entry.clientMessageId, sending: entry });
  return rows;
}

/** The last outbound message the contact has seen: where "read" is written, once. */
export function lastReadSeq(messages: readonly Message[], contactReadSeq: number): number | null {
  const seen = messages.findLast(
    (message) =>
      message.kind === "outbound" && (message.seq <= contactReadSeq || message.delivery.status === "read"),
  );
  return seen?.seq ?? null;
}
