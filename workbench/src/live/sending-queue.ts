/**
 * The rules of the sending queue: what waits to go out, what failed, what was stopped by a newer reply. Pure; sending.ts
 * keeps it in localStorage and makes the calls. An entry leaves when the server's message with its id has arrived, by
 * whichever way comes first.
 */
import type { Content, Message } from "@yingda/contract";
import type { ApiErrorCode } from "../api.ts";

export type SendingState =
  | { kind: "waiting" }
  | { kind: "sending" }
  | { kind: "failed"; code: ApiErrorCode }
  /** A colleague or the bot answered after what the writer had seen. */
  | { kind: "stopped" };

export type Sending = {
  clientMessageId: string;
  conversationId: string;
  what: { kind: "reply"; content: Content; seenSeq: number | null } | { kind: "note"; text: string };
  /** ms; keeps the order of one conversation. */
  writtenAtMs: number;
  attempts: number;
  state: SendingState;
};

export type SendingQueue = readonly Sending[];

/** Adds an entry; one with the same id is replaced. */
export function addSending(queue: SendingQueue, entry: Sending): SendingQueue {
  return [...queue.filter((other) => other.clientMessageId !== entry.clientMessageId), entry].toSorted(
    (a, b) => a.writtenAtMs - b.writtenAtMs,
  );
}

export function removeSending(queue: SendingQueue, clientMessageId: string): SendingQueue {
  return queue.filter((entry) => entry.clientMessageId !== clientMessageId);
}

export function setSendingState(
  queue: SendingQueue,
  clientMessageId: string,
  state: SendingState,
): SendingQueue {
  return queue.map((entry) => (entry.clientMessageId === clientMessageId ? { ...entry, state } : entry));
}

/** Takes out what the server has: its message carries the id we gave. */
export function settle(
  queue: SendingQueue,
  messages: readonly Pick<Message, "clientMessageId">[],
): SendingQueue {
  const arrived = new Set(messages.map((message) => message.clientMessageId));
  const rest = queue.filter((entry) => !arrived.has(entry.clientMessageId));
  return rest.length === queue.length ? queue : rest;
}

/**
 * The next entry to send of each conversation: the oldest. One on its way or stopped holds the later ones back, so that
 * order is kept; one that failed does not, since only a person can mend it.
 */
export function readyToSend(queue: SendingQueue): Sending[] {
  const heads = new Map<string, Sending>();
  for (const entry of queue)
    if (entry.state.kind !== "failed" && !heads.has(entry.conversationId))
      heads.set(entry.conversationId, entry);
  return [...heads.values()].filter((entry) => entry.state.kind === "waiting");
}

/** What a failed call means for its entry: passing failures wait, a newer reply stops, anything else failed. */
export function stateAfterError(code: ApiErrorCode, isPassing: boolean): SendingState {
  if (isPassing || code === "request/rate-limited") return { kind: "waiting" };
  return code === "conversation/newer-reply" ? { kind: "stopped" } : { kind: "failed", code };
}

/** After a reload nothing is on its way any more. */
export function afterReload(queue: SendingQueue): SendingQueue {
  return queue.map((entry) =>
    entry.state.kind === "sending" ? { ...entry, state: { kind: "waiting" } } : entry,
  );
}

/** "Send anyway": the same message, no longer bound to what had been seen. */
export function sendAnyway(queue: SendingQueue, clientMessageId: string): SendingQueue {
  return queue.map((entry) => {
    if (entry.clientMessageId !== clientMessageId) return entry;
    const what = entry.what.kind === "reply" ? { ...entry.what, seenSeq: null } : entry.what;
    return { ...entry, what, state: { kind: "waiting" } };
  });
}
