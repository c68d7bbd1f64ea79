/**
 * What a tab of the inbox shows, from the live conversations: the rule of the contract (`isInList`) and the server's
 * order. Pure.
 *
 * A tab is fetched page by page; live conversations beyond the last fetched page are held back until that page is
 * loaded, or rows would appear out of their place. `horizon` is the place of the last fetched row, null when all is here.
 */
import { type Conversation, type ConversationList, isInList } from "@yingda/contract";

/** ISO instants of equal form compare as text; ids break ties as the server does. */
export type Place = { at: string; id: string };

const isOldestFirst = (list: ConversationList): boolean => list === "queue" || list === "attention";

export function placeOf(conversation: Conversation, list: ConversationList): Place {
  const last = conversation.lastMessage?.at ?? conversation.createdAt;
  const at = isOldestFirst(list) ? (conversation.waitingSinceAt ?? last) : last;
  return { at, id: conversation.id };
}

/** Negative when `a` stands before `b` in this tab. */
export function comparePlaces(a: Place, b: Place, list: ConversationList): number {
  const byTime = Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return isOldestFirst(list) ? byTime : 0 - byTime;
}

export type ListQuestion = {
  list: ConversationList;
  me: string;
  tag: string | null;
  horizon: Place | null;
};

/** The rows of a tab in order. */
export function rowsOf(
  conversations: ReadonlyMap<string, Conversation>,
  question: ListQuestion,
): Conversation[] {
  const { list, me, tag, horizon } = question;
  const rows: { conversation: Conversation; place: Place }[] = [];
  for (const conversation of conversations.values()) {
    if (!isInList(conversation, list, me)) continue;
    if (tag !== null && !conversation.tags.includes(tag)) continue;
    const place = placeOf(conversation, list);
    if (horizon && comparePlaces(place, horizon, list) > 0) continue;
    rows.push({ conversation, place });
  }
  return rows.sort((a, b) => comparePlaces(a.place, b.place, list)).map((row) => row.conversation);
}

/** Where the fetched part of a tab ends: the farthest place of all fetched rows; null when the server has no more. */
export function horizonOf(
  fetched: readonly Conversation[],
  hasMore: boolean,
  list: ConversationList,
): Place | null {
  if (!hasMore) return null;
  const places = fetched.map((conversation) => placeOf(conversation, list));
  return places.reduce<Place | null>(
    (farthest, place) => (farthest === null || comparePlaces(place, farthest, list) > 0 ? place : farthest),
    null,
  );
}

export type WaitingLevel = "fresh" | "soon" | "late";

/** How pressing a wait is: from two minutes on a person starts to notice, from five it is late. */
export function waitingLevel(waitedMs: number): WaitingLevel {
  if (waitedMs >= 5 * 60_000) return "late";
  return waitedMs >= 2 * 60_000 ? "soon" : "fresh";
}
