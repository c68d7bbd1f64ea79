/**
 * The one place of the workbench that reads the time: the server's, as far as its greeting told us.
 *
 * `useNow` re-renders at most once per `everyMs`, all readers of one rhythm together, so a list of a thousand times
 * costs one timer.
 */
import { useSyncExternalStore } from "react";

let offsetMs = 0;

/** Called when the server says what time it has. */
export function setServerTime(serverTimeMs: number): void {
  offsetMs = serverTimeMs - Date.now();
}

/** Milliseconds since 1970, by the server's clock. */
export function nowMs(): number {
  return Date.now() + offsetMs;
}

type Rhythm = { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | null };
const rhythms = new Map<number, Rhythm>();

function rhythmOf(everyMs: number): Rhythm {
  let rhythm = rhythms.get(everyMs);
  if (!rhythm) {
    rhythm = { now: nowMs(), listeners: new Set(), timer: null };
    rhythms.set(everyMs, rhythm);
  }
  return rhythm;
}

function listen(everyMs: number, listener: () => void): () => void {
  const rhythm = rhythmOf(everyMs);
  rhythm.listeners.add(listener);
  rhythm.timer ??= setInterval(() => {
    rhythm.now = nowMs();
    for (const tell of rhythm.listeners) tell();
  }, everyMs);
  return () => {
    rhythm.listeners.delete(listener);
    if (rhythm.listeners.size === 0 && rhythm.timer !== null) {
      clearInterval(rhythm.timer);
      rhythm.timer = null;
    }
  };
}

/** The time now, renewed every `everyMs` (default 30 s). */
export function useNow(everyMs = 30_000): number {
  return useSyncExternalStore(
    (listener) => listen(everyMs, listener),
    () => {
      const rhythm = rhythmOf(everyMs);
      if (rhythm.timer === null && nowMs() - rhythm.now > everyMs) rhythm.now = nowMs();
      return rhythm.now;
    },
  );
}
