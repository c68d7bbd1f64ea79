// What the workbench hears, and the pure function that applies it. The server sends these over the socket or the fallback
// (SSE / long poll) from the same log; "events applied = fresh fetch" is tested for every use case.
import type { Conversation } from "./conversation.ts";
import type { Message } from "./message.ts";
import type { ListCounts, Offer } from "./routing.ts";
import type { Presence } from "./user.ts";

/** Numbered events: replayed after a lost line by `since`. */
export type RealtimeEvent =
  | { kind: "conversation"; conversation: Conversation }
  | { kind: "conversation-gone"; conversationId: string }
  | { kind: "message"; message: Message }
  | { kind: "presence"; userId: string; presence: Presence }
  | { kind: "offer"; offer: Offer }
  | { kind: "offer-ended"; conversationId: string; agentId: string; how: string }
  /** Something a page shows was changed: refetch the named query. */
  | {
      kind: "stale";
      topic:
        | "faqs"
        | "tables"
        | "flows"
        | "documents"
        | "tools"
        | "products"
        | "help"
        | "policies"
        | "incidents"
        | "words"
        | "blanks"
        | "colleague-questions"
        | "members"
        | "inboxes"
        | "hours"
        | "queues"
        | "tenant"
        | "audit"
        | "contact"
        | "drafts";
      id: string | null;
    };

/** Ephemeral: never numbered, never replayed. */
export type EphemeralEvent =
  | {
      kind: "typing";
      conversationId: string;
      who: "contact" | "agent";
      userId: string | null;
      name: string;
      isTyping: boolean;
    }
  | { kind: "viewers"; conversationId: string; users: { id: string; name: string; isReplying: boolean }[] }
  | { kind: "bot-delta"; conversationId: string; turnId: string; text: string }
  | { kind: "counts"; counts: ListCounts };

export type WorkbenchServerFrame =
  | { t: "welcome"; seq: number; serverTimeMs: number; heartbeatMs: number }
  | { t: "events"; from: number; to: number; events: RealtimeEvent[] }
  | { t: "now"; event: EphemeralEvent }
  | { t: "resync"; seq: number }
  | { t: "pong" }
  | { t: "bye"; code: string };

export type WorkbenchClientFrame =
  | { t: "hello"; since: number | null }
  | { t: "ping" }
  | { t: "view"; conversationId: string | null; isReplying: boolean }
  | { t: "typing"; conversationId: string; isTyping: boolean };

/** Entities by id: what pages read. Changed only by `applyEvent` and by `put…` of a fetch. */
export type LiveState = {
  conversations: ReadonlyMap<string, Conversation>;
  /** Loaded threads only: conversation id → messages by seq. */
  threads: ReadonlyMap<string, readonly Message[]>;
  presences: ReadonlyMap<string, Presence>;
  offers: ReadonlyMap<string, Offer>;
  counts: ListCounts | null;
};

export const emptyLiveState: LiveState = {
  conversations: new Map(),
  threads: new Map(),
  presences: new Map(),
  offers: new Map(),
  counts: null,
};

/**
 * Applies one event; pure, idempotent, and never goes back to an older version of an entity.
 * Threads that were not loaded stay unloaded: opening one fetches it.
 */
export function applyEvent(state: LiveState, event: RealtimeEvent): LiveState {
  switch (event.kind) {
    case "conversation": {
      const known = state.conversations.get(event.conversation.id);
      if (known && known.version > event.conversation.version) return state;
      return {
        ...state,
        conversations: new Map(state.conversations).set(event.conversation.id, event.conversation),
      };
    }
    case "conversation-gone": {
      const conversations = new Map(state.conversations);
      const threads = new Map(state.threads);
      conversations.delete(event.conversationId);
      threads.delete(event.conversationId);
      return { ...state, conversations, threads };
    }
    case "message": {
      const thread = state.threads.get(event.message.conversationId);
      if (!thread) return state;
      return {
        ...state,
        threads: new Map(state.threads).set(event.message.conversationId, putMessage(thread, event.message)),
      };
    }
    case "presence":
      return { ...state, presences: new Map(state.presences).set(event.userId, event.presence) };
    case "offer":
      return { ...state, offers: new Map(state.offers).set(event.offer.conversationId, event.offer) };
    case "offer-ended": {
      const offers = new Map(state.offers);
      if (offers.get(event.conversationId)?.agentId === event.agentId) offers.delete(event.conversationId);
      return { ...state, offers };
    }
    case "stale":
      return state;
    default:
      return event satisfies never;
  }
}

/** Puts a message at its place by seq; the same id replaces (delivery status moved). */
export function putMessage(thread: readonly Message[], message: Message): readonly Message[] {
  const at = thread.findLastIndex((other) => other.seq <= message.seq);
  if (at >= 0 && thread[at]?.seq === message.seq) return thread.with(at, message);
  return thread.toSpliced(at + 1, 0, message);
}
