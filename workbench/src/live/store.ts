/**
 * Holds the live view and tells components when what they selected has changed. Changed only by `changeLive` with the
 * pure functions of reduce.ts; components read with `useLive(selector)`.
 */
import { useRef, useSyncExternalStore } from "react";
import { emptyView, type LiveView } from "./reduce.ts";

let view: LiveView = emptyView;
const listeners = new Set<() => void>();

export function getLive(): LiveView {
  return view;
}

export function changeLive(change: (view: LiveView) => LiveView): void {
  const next = change(view);
  if (next === view) return;
  view = next;
  for (const tell of listeners) tell();
}

export function onLive(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Forgets everything: at sign-out, so that the next person starts empty. */
export function clearLive(): void {
  changeLive(() => emptyView);
}

/**
 * Part of the live view. The component renders again only when the selected value differs (by `isSame`, Object.is when
 * absent), so a selector that builds a new array must come with a comparison.
 */
export function useLive<T>(select: (view: LiveView) => T, isSame: (a: T, b: T) => boolean = Object.is): T {
  const last = useRef<{ view: LiveView; select: unknown; value: T } | null>(null);
  const read = (): T => {
    const known = last.current;
    if (known && known.view === view && known.select === select) return known.value;
    const value = select(view);
    const kept = known && isSame(known.value, value) ? known.value : value;
    last.current = { view, select, value: kept };
    return kept;
  };
  return useSyncExternalStore(onLive, read);
}
