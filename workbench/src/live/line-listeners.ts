// Who hears what the line brought, after it was applied: sounds, notices, the sending queue, open threads.
import type { RealtimeEvent } from "@yingda/contract";
import type { LiveView } from "./reduce.ts";

/** `before` is the view as it was until these events: what is new can be told from what only changed. */
type EventListener = (events: readonly RealtimeEvent[], before: LiveView) => void;
const eventListeners = new Set<EventListener>();
const resyncListeners = new Set<() => void>();

/** Hears numbered events in order, each batch once. Returns the way to stop. */
export function onEvents(listener: EventListener): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

/** Hears that events were lost: whoever shows a thread fetches it again. */
export function onResync(listener: () => void): () => void {
  resyncListeners.add(listener);
  return () => resyncListeners.delete(listener);
}

export function tellEvents(events: readonly RealtimeEvent[], before: LiveView): void {
  for (const listener of eventListeners) listener(events, before);
}

export function tellResync(): void {
  for (const listener of resyncListeners) listener();
}
