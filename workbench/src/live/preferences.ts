/**
 * This person's choices on this device, kept in localStorage and shared between tabs: language, appearance, keys,
 * sounds, widths. Unknown or damaged values fall back to the default one by one.
 */
import { useSyncExternalStore } from "react";

export type Preferences = {
  /** null: the browser's language. */
  locale: string | null;
  appearance: "system" | "light" | "dark";
  hasSingleKeys: boolean;
  sendKey: "enter" | "ctrl-enter";
  isSoundOn: boolean;
  /** 0…1 */
  volume: number;
  /** Minutes from midnight, local; equal means never quiet. */
  quietFromMinute: number;
  quietToMinute: number;
  isNotifyOn: boolean;
  listWidth: number;
  panelWidth: number;
  /** YYYY-MM-DD until which the recovery reminder sleeps. */
  recoveryLaterOn: string;
};

export const defaultPreferences: Preferences = {
  locale: null,
  appearance: "system",
  hasSingleKeys: true,
  sendKey: "enter",
  isSoundOn: true,
  volume: 0.6,
  quietFromMinute: 0,
  quietToMinute: 0,
  isNotifyOn: false,
  listWidth: 336,
  panelWidth: 304,
  recoveryLaterOn: "",
};

const storageKey = "yingda.preferences";
const listeners = new Set<() => void>();
let current = read();

/** What was stored, value by value: only those whose type is that of the default. */
export function parsePreferences(text: string | null): Preferences {
  const result: Record<string, unknown> = { ...defaultPreferences };
  try {
    const stored = JSON.parse(text ?? "{}") as Record<string, unknown>;
    for (const [name, standard] of Object.entries(defaultPreferences)) {
      const value = stored[name];
      const fits =
        name === "locale" ? value === null || typeof value === "string" : typeof value === typeof standard;
      if (value !== undefined && fits) result[name] = value;
    }
  } catch {
    return defaultPreferences;
  }
  return result as Preferences;
}

function read(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(storageKey));
  } catch {
    return defaultPreferences;
  }
}

function tellAll(): void {
  for (const tell of listeners) tell();
}

export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Private windows may refuse storage: the choice then lasts until the tab closes.
  }
  tellAll();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

if (typeof window !== "undefined")
  window.addEventListener("storage", (event) => {
    if (event.key !== storageKey) return;
    current = read();
    tellAll();
  });

export function usePreferences(): Preferences {
  return useSyncExternalStore(listen, getPreferences);
}
