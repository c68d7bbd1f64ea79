/**
 * When the desk makes itself heard: a new conversation (offered to me, handed to me, or newly waiting while I am
 * available) and a new message from a contact I serve. Pure; signals.ts plays and shows what is decided here.
 */
import type { Presence, RealtimeEvent } from "@yingda/contract";
import type { LiveView } from "./reduce.ts";

export type Signal = { kind: "new-conversation" | "new-message"; conversationId: string };

export type SignalContext = {
  me: string;
  presence: Presence;
  /** Conversations this tab claimed or accepted itself a moment ago: no surprise, no sound. */
  isOwnDoing: (conversationId: string) => boolean;
};

/** The signals of one batch of events; `before` is the view as it was until then. */
export function signalsOf(
  events: readonly RealtimeEvent[],
  before: LiveView,
  context: SignalContext,
): Signal[] {
  const signals: Signal[] = [];
  for (const event of events) {
    const signal = signalOf(event, before, context);
    if (signal && !signals.some((known) => known.conversationId === signal.conversationId))
      signals.push(signal);
  }
  return signals;
}

function signalOf(event: RealtimeEvent, before: LiveView, context: SignalContext): Signal | null {
  if (event.kind === "offer" && event.offer.agentId === context.me)
    return { kind: "new-conversation", conversationId: event.offer.conversationId };
  if (event.kind === "message" && event.message.kind === "inbound") {
    const { conversationId } = event.message;
    const handler = before.conversations.get(conversationId)?.handler;
    const isMine = handler?.kind === "agent" && handler.agentId === context.me;
    return isMine ? { kind: "new-message", conversationId } : null;
  }
  if (event.kind !== "conversation" || context.isOwnDoing(event.conversation.id)) return null;
  return signalOfHandler(event.conversation, before, context);
}

function signalOfHandler(
  conversation: Extract<RealtimeEvent, { kind: "conversation" }>["conversation"],
  before: LiveView,
  context: SignalContext,
): Signal | null {
  const { id, handler, status } = conversation;
  if (status !== "open") return null;
  const known = before.conversations.get(id)?.handler;
  const isNewlyMine =
    handler.kind === "agent" &&
    handler.agentId === context.me &&
    !(known?.kind === "agent" && known.agentId === context.me);
  const isNewlyWaiting =
    handler.kind === "queue" && known?.kind !== "queue" && context.presence === "available";
  return isNewlyMine || isNewlyWaiting ? { kind: "new-conversation", conversationId: id } : null;
}

/** Whether it is quiet time; minutes from midnight, the span may pass midnight, equal ends mean never. */
export function isQuiet(minute: number, from: number, to: number): boolean {
  if (from === to) return false;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
