/**
 * The pure part of the live state: how events and fetched pages change it. No time, no network; store.ts holds the value.
 *
 * Two sources race: numbered events and fetches. `tick` counts applied events and `touchedAt` remembers at which tick a
 * conversation last changed by an event; a fetch that began earlier may not overwrite it with something older.
 */
import {
  applyEvent,
  type Conversation,
  type EphemeralEvent,
  emptyLiveState,
  type ListCounts,
  type LiveState,
  type Message,
  type Offer,
  type Presence,
  putMessage,
  type RealtimeEvent,
} from "@yingda/contract";

export type Typing = { name: string; who: "contact" | "agent"; userId: string | null; untilMs: number };
export type Viewer = { id: string; name: string; isReplying: boolean };

/** Everything the pages read: the contract's state, and what is never numbered. */
export type LiveView = LiveState & {
  tick: number;
  touchedAt: ReadonlyMap<string, number>;
  /** Threads with older messages on the server. */
  hasOlder: ReadonlySet<string>;
  typing: ReadonlyMap<string, Typing>;
  viewers: ReadonlyMap<string, readonly Viewer[]>;
  /** The bot's answer while it is being written. */
  deltas: ReadonlyMap<string, string>;
};

export const emptyView: LiveView = {
  ...emptyLiveState,
  tick: 0,
  touchedAt: new Map(),
  hasOlder: new Set(),
  typing: new Map(),
  viewers: new Map(),
  deltas: new Map(),
};

/** Typing is told again every few seconds; without news it ends by itself. */
const typingLastsMs = 8_000;

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** Applies numbered events in order. */
export function applyEvents(view: LiveView, events: readonly RealtimeEvent[]): LiveView {
  return events.reduce(applyOne, view);
}

function applyOne(view: LiveView, event: RealtimeEvent): LiveView {
  const tick = view.tick + 1;
  const next: LiveView = { ...view, ...applyEvent(view, event), tick };
  if (event.kind === "conversation")
    return { ...next, touchedAt: new Map(view.touchedAt).set(event.conversation.id, tick) };
  if (event.kind !== "message") return next;
  const { conversationId, author } = event.message;
  return {
    ...next,
    typing:
      author.kind === "contact" || author.kind === "agent"
        ? without(view.typing, conversationId)
        : view.typing,
    deltas: author.kind === "bot" ? without(view.deltas, conversationId) : view.deltas,
  };
}

/** Applies what is never replayed. */
export function applyEphemeral(view: LiveView, event: EphemeralEvent, nowMs: number): LiveView {
  switch (event.kind) {
    case "typing": {
      const { conversationId, isTyping, name, who, userId } = event;
      if (!isTyping) return { ...view, typing: without(view.typing, conversationId) };
      const typing = new Map(view.typing).set(conversationId, {
        name,
        who,
        userId,
        untilMs: nowMs + typingLastsMs,
      });
      return { ...view, typing };
    }
    case "viewers":
      return { ...view, viewers: new Map(view.viewers).set(event.conversationId, event.users) };
    case "bot-delta":
      return { ...view, deltas: new Map(view.deltas).set(event.conversationId, event.text) };
    case "counts":
      return { ...view, counts: event.counts };
    default:
      return event satisfies never;
  }
}

/** Forgets typing that nobody renewed. Returns the same view when nothing ended. */
export function endTyping(view: LiveView, nowMs: number): LiveView {
  if (![...view.typing.values()].some((typing) => typing.untilMs <= nowMs)) return view;
  return { ...view, typing: new Map([...view.typing].filter(([, typing]) => typing.untilMs > nowMs)) };
}

/** Puts fetched conversations; `sinceTick` is the view's tick when the fetch began. */
export function putConversations(
  view: LiveView,
  fetched: readonly Conversation[],
  sinceTick: number,
): LiveView {
  const conversations = new Map(view.conversations);
  for (const conversation of fetched) {
    const known = conversations.get(conversation.id);
    const isOvertaken = (view.touchedAt.get(conversation.id) ?? 0) > sinceTick;
    if (
      known &&
      (known.version > conversation.version || (isOvertaken && known.version === conversation.version))
    )
      continue;
    conversations.set(conversation.id, conversation);
  }
  return { ...view, conversations };
}

/** Puts a fetched page of a thread: merged by seq, so that pages, events and an own echo may come in any order. */
export function putThread(
  view: LiveView,
  conversationId: string,
  page: readonly Message[],
  hasOlder: boolean,
): LiveView {
  const thread = page.reduce(putMessage, view.threads.get(conversationId) ?? []);
  const older = new Set(view.hasOlder);
  const isOldestPage = page[0] === undefined || page[0].seq <= (thread[0]?.seq ?? 1);
  if (isOldestPage && hasOlder) older.add(conversationId);
  else if (isOldestPage) older.delete(conversationId);
  return { ...view, threads: new Map(view.threads).set(conversationId, thread), hasOlder: older };
}

/** Replaces a thread by its newest page: after a resync, when events were lost in between. */
export function replaceThread(
  view: LiveView,
  conversationId: string,
  page: readonly Message[],
  hasOlder: boolean,
): LiveView {
  return putThread(
    { ...view, threads: without(view.threads, conversationId) },
    conversationId,
    page,
    hasOlder,
  );
}

/** Puts one message that a call returned, if its thread is loaded. */
export function putOwnMessage(view: LiveView, message: Message): LiveView {
  return { ...view, ...applyEvent(view, { kind: "message", message }) };
}

export type Snapshot = {
  counts: ListCounts;
  presences: Readonly<Record<string, Presence>>;
  offers: readonly Offer[];
};

export function putSnapshot(view: LiveView, snapshot: Snapshot): LiveView {
  return {
    ...view,
    counts: snapshot.counts,
    presences: new Map(Object.entries(snapshot.presences)),
    offers: new Map(snapshot.offers.map((offer) => [offer.conversationId, offer])),
  };
}

/** After lost events only conversations and the threads in `keep` stay; the pages refetch what they show. */
export function forgetThreads(view: LiveView, keep: ReadonlySet<string>): LiveView {
  const threads = new Map([...view.threads].filter(([id]) => keep.has(id)));
  return { ...view, threads, hasOlder: new Set([...view.hasOlder].filter((id) => keep.has(id))) };
}

/** True when the loaded part of a thread misses a message: its seqs must follow each other. */
export function hasGap(thread: readonly Message[]): boolean {
  return thread.some((message, index) => index > 0 && message.seq !== (thread[index - 1]?.seq ?? 0) + 1);
}

/** Sets the read mark at once, before the server has said so. */
export function markReadHere(view: LiveView, conversationId: string, seq: number): LiveView {
  const conversation = view.conversations.get(conversationId);
  if (!conversation || conversation.readSeq === seq) return view;
  return {
    ...view,
    conversations: new Map(view.conversations).set(conversationId, { ...conversation, readSeq: seq }),
  };
}
