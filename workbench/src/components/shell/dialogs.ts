// Which of the shell's dialogs is open; anything may open one. The dialogs themselves are loaded when first needed.
import { useSyncExternalStore } from "react";

export type DialogName = "palette" | "help" | "me" | "canned-replies";

let open: DialogName | null = null;
const listeners = new Set<() => void>();

export function openDialog(name: DialogName): void {
  open = name;
  for (const tell of listeners) tell();
}

export function closeDialog(): void {
  open = null;
  for (const tell of listeners) tell();
}

export function useOpenDialog(): DialogName | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
