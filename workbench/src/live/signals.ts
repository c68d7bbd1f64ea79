/**
 * Makes the desk heard and seen: plays tones, shows desktop notifications (names only, never words), in one tab only.
 * Started by the shell; what deserves a signal is decided in signal-rules.ts.
 */
import i18next from "i18next";
import { isLeadingTab, startLeading } from "./leading-tab.ts";
import { onEvents } from "./line-listeners.ts";
import { getPreferences } from "./preferences.ts";
import { isQuiet, type Signal, signalsOf } from "./signal-rules.ts";
import { playTone } from "./sounds.ts";
import { getLive } from "./store.ts";

/** Long enough for the event of an own claim to come back. */
const ownDoingMs = 4_000;
const ownDoings = new Map<string, number>();

/** Called by actions of this tab, so that they make no sound. */
export function noteOwnDoing(conversationId: string): void {
  ownDoings.set(conversationId, Date.now());
}

function isOwnDoing(conversationId: string): boolean {
  const at = ownDoings.get(conversationId);
  return at !== undefined && Date.now() - at < ownDoingMs;
}

function isQuietNow(): boolean {
  const { quietFromMinute, quietToMinute } = getPreferences();
  const now = new Date();
  return isQuiet(now.getHours() * 60 + now.getMinutes(), quietFromMinute, quietToMinute);
}

function isWatched(conversationId: string): boolean {
  return (
    document.visibilityState === "visible" &&
    document.hasFocus() &&
    location.pathname.endsWith(conversationId)
  );
}

function showNotification(signal: Signal, open: (conversationId: string) => void): void {
  if (!getPreferences().isNotifyOn || document.hasFocus()) return;
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  const name = getLive().conversations.get(signal.conversationId)?.contact.name ?? "";
  const title =
    signal.kind === "new-conversation"
      ? i18next.t("me.newConversationNotice", { name })
      : i18next.t("me.newMessageNotice", { name });
  const notification = new Notification(title, {
    tag: signal.conversationId,
    silent: true,
    icon: "/favicon.svg",
  });
  notification.onclick = () => {
    window.focus();
    open(signal.conversationId);
    notification.close();
  };
}

/** Starts signalling for `me`; `open` shows a conversation when its notification is clicked. */
export function startSignals(me: string, open: (conversationId: string) => void): () => void {
  const stopLeading = startLeading();
  const stopEvents = onEvents((events, before) => {
    const presence = getLive().presences.get(me) ?? "away";
    const signals = signalsOf(events, before, { me, presence, isOwnDoing });
    if (signals.length === 0 || !isLeadingTab()) return;
    for (const signal of signals) showNotification(signal, open);
    const { isSoundOn, volume } = getPreferences();
    const heard = signals.filter((signal) => !isWatched(signal.conversationId));
    const loudest = heard.find((signal) => signal.kind === "new-conversation") ?? heard[0];
    if (loudest && isSoundOn && !isQuietNow()) void playTone(loudest.kind, volume);
  });
  return () => {
    stopLeading();
    stopEvents();
  };
}
