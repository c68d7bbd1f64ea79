// The text of a draft as live state, so that the text box, "take back" and a reload all see the same one.
import { useSyncExternalStore } from "react";
import { nowMs } from "../../../live/clock.ts";
import { getMe } from "../../../live/session.ts";
import { type DraftMode, readDraft, writeDraft } from "./drafts.ts";

const texts = new Map<string, string>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();
/** Typing writes to storage when it rests this long; leaving the page writes at once. */
const restMs = 300;

function keyOf(conversationId: string, mode: DraftMode): string {
  return `${getMe()?.user.id ?? ""}|${conversationId}|${mode}`;
}

function store(key: string): void {
  const [me = "", conversationId = "", mode = "reply"] = key.split("|");
  clearTimeout(timers.get(key));
  timers.delete(key);
  writeDraft(me, conversationId, mode as DraftMode, texts.get(key) ?? "", nowMs());
}

export function getDraft(conversationId: string, mode: DraftMode): string {
  const key = keyOf(conversationId, mode);
  const known = texts.get(key);
  if (known !== undefined) return known;
  const stored = readDraft(getMe()?.user.id ?? "", conversationId, mode);
  texts.set(key, stored);
  return stored;
}

export function setDraft(conversationId: string, mode: DraftMode, text: string): void {
  const key = keyOf(conversationId, mode);
  texts.set(key, text);
  clearTimeout(timers.get(key));
  if (text === "") store(key);
  else
    timers.set(
      key,
      setTimeout(() => store(key), restMs),
    );
  for (const tell of listeners) tell();
}

export function useDraft(conversationId: string, mode: DraftMode): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => getDraft(conversationId, mode),
  );
}

if (typeof window !== "undefined")
  window.addEventListener("pagehide", () => {
    for (const key of [...timers.keys()]) store(key);
  });
