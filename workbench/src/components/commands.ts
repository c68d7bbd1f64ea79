/**
 * Everything that can be done from the keyboard, in one registry: pages add their commands while they are shown
 * (`useCommands`), the palette and the help list them, the shell's one key listener runs them.
 *
 * Keys are written "mod+k" (Ctrl, or ⌘ on a Mac), "shift+mod+x", or a single key ("j", "?"). Single keys sleep while
 * somebody types and can be turned off (WCAG 2.1.4).
 */
import { useEffect, useSyncExternalStore } from "react";
import type { IconName } from "./Icon.tsx";

export type CommandGroup = "anywhere" | "list" | "thread" | "composer";
export type Command = {
  id: string;
  title: string;
  group: CommandGroup;
  icon?: IconName;
  keys?: string;
  /** Further words the palette finds it by (pinyin, synonyms). */
  words?: string;
  /** Absent: shown in the help only (keys of the text box). */
  run?: () => void;
  isHidden?: boolean;
};

const sets = new Map<symbol, readonly Command[]>();
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

function renew(): void {
  const byId = new Map<string, Command>();
  for (const set of sets.values()) for (const command of set) byId.set(command.id, command);
  all = [...byId.values()];
  for (const tell of listeners) tell();
}

/** Registers commands while the component is shown; pass a memoised array. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const own = Symbol("commands");
    sets.set(own, commands);
    renew();
    return () => {
      sets.delete(own);
      renew();
    };
  }, [commands]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}

export function allCommands(): readonly Command[] {
  return all;
}

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** A key press in the notation of `Command.keys`; letters in lower case, shift only named where it does not make the sign. */
export function keysOf(press: KeyPress): string {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const isMod = press.ctrlKey || press.metaKey;
  const isLetter = /^[a-z]$/.test(key);
  return [press.shiftKey && isLetter ? "shift" : "", press.altKey ? "alt" : "", isMod ? "mod" : "", key]
    .filter((part) => part !== "")
    .join("+");
}

/** Whether a key alone (no Ctrl, Alt, ⌘) triggers it. */
export function isSingleKey(keys: string): boolean {
  return !keys.includes("mod+") && !keys.includes("alt+");
}

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys as people read them: ["⌘", "K"] or ["Ctrl", "K"]. */
export function keyCaps(keys: string): string[] {
  const names: Record<string, string> = {
    mod: isMac ? "⌘" : "Ctrl",
    shift: isMac ? "⇧" : "Shift",
    alt: isMac ? "⌥" : "Alt",
    ArrowDown: "↓",
    ArrowUp: "↑",
    Escape: "Esc",
  };
  return keys.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** True when the press belongs to a field, a menu or a dialog, not to the page. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      "input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]",
    ) !== null
  );
}

/** The one key listener of the app. Returns the way to stop. */
export function listenForKeys(hasSingleKeys: () => boolean): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = keysOf(event);
    const command = all.find((candidate) => candidate.keys === keys && candidate.run);
    if (!command) return;
    if (isSingleKey(keys) && (!hasSingleKeys() || isTaken(event.target))) return;
    event.preventDefault();
    command.run?.();
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}
