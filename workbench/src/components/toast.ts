// Short messages at the top of the page: that something was done (with a way back), or why it was not. Shown by Toasts.tsx.
import { useSyncExternalStore } from "react";

export type ToastKind = "success" | "info" | "warning" | "error";
export type Toast = {
  id: number;
  kind: ToastKind;
  text: string;
  action: { label: string; run: () => void } | null;
};

const shownMs: Record<ToastKind, number> = { success: 3_000, info: 3_000, warning: 5_000, error: 6_000 };
/** Time to reach the undo button without hurry. */
const actionMs = 8_000;
const mostShown = 3;

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const tell of listeners) tell();
}

export function closeToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Shows a message; with an action it stays longer. Returns its id. */
export function showToast(kind: ToastKind, text: string, action: Toast["action"] = null): number {
  count += 1;
  const id = count;
  change([...toasts, { id, kind, text, action }].slice(-mostShown));
  setTimeout(() => closeToast(id), action ? actionMs : shownMs[kind]);
  return id;
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
