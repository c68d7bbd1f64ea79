/**
 * Sends what people write: puts it in the queue at once (the thread shows it as an echo), calls the server, tries again
 * while the network is away, and survives a reload. Every entry has its own clientMessageId, so two tabs that both send
 * it after a reload still send it once.
 */
import type { Message } from "@yingda/contract";
import { useSyncExternalStore } from "react";
import { ApiError, call, routes } from "../api.ts";
import { waitBeforeMs } from "./backoff.ts";
import { getConnection, onConnection } from "./connection-state.ts";
import { onEvents } from "./line-listeners.ts";
import { putOwnMessage } from "./reduce.ts";
import {
  addSending,
  afterReload,
  readyToSend,
  removeSending,
  type Sending,
  type SendingQueue,
  sendAnyway,
  setSendingState,
  settle,
  stateAfterError,
} from "./sending-queue.ts";
import { changeLive } from "./store.ts";

const storagePrefix = "yingda.sending.";
let queue: SendingQueue = [];
let owner = "";
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function keyOf(entry: Sending): string {
  return `${storagePrefix}${owner}.${entry.clientMessageId}`;
}

/** One storage key per entry: tabs add and remove their own without overwriting each other. */
function store(before: SendingQueue, after: SendingQueue): void {
  const kept = new Set(after.map((entry) => entry.clientMessageId));
  try {
    for (const entry of before) if (!kept.has(entry.clientMessageId)) localStorage.removeItem(keyOf(entry));
    for (const entry of after)
      if (!before.includes(entry)) localStorage.setItem(keyOf(entry), JSON.stringify(entry));
  } catch {
    // No storage (private window, full): the queue then lives as long as the tab.
  }
}

function change(next: SendingQueue): void {
  if (next === queue) return;
  store(queue, next);
  queue = next;
  for (const tell of listeners) tell();
}

function load(): SendingQueue {
  const entries: Sending[] = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index) ?? "";
      if (!key.startsWith(`${storagePrefix}${owner}.`)) continue;
      entries.push(JSON.parse(localStorage.getItem(key) ?? "") as Sending);
    }
  } catch {
    return [];
  }
  return afterReload(entries.toSorted((a, b) => a.writtenAtMs - b.writtenAtMs));
}

async function callFor(entry: Sending): Promise<Message> {
  const params = { id: entry.conversationId };
  const { clientMessageId, what } = entry;
  if (what.kind === "note")
    return call(routes.addNote, { params, body: { clientMessageId, text: what.text } });
  const seen = what.seenSeq === null ? {} : { seenSeq: what.seenSeq };
  return call(routes.sendMessage, { params, body: { clientMessageId, content: what.content, ...seen } });
}

async function sendOne(entry: Sending): Promise<void> {
  change(setSendingState(queue, entry.clientMessageId, { kind: "sending" }));
  try {
    const message = await callFor(entry);
    changeLive((view) => putOwnMessage(view, message));
    change(removeSending(queue, entry.clientMessageId));
    pump();
  } catch (error) {
    const failure = error instanceof ApiError ? error : new ApiError("internal", 500);
    const state = stateAfterError(failure.code, failure.isPassing);
    change(
      queue.map((other) =>
        other.clientMessageId === entry.clientMessageId
          ? { ...other, attempts: other.attempts + 1, state }
          : other,
      ),
    );
    if (state.kind === "waiting") pumpLater(waitBeforeMs(entry.attempts, Math.random()));
  }
}

function pumpLater(waitMs: number): void {
  clearTimeout(timer);
  timer = setTimeout(pump, waitMs);
}

function pump(): void {
  for (const entry of readyToSend(queue)) void sendOne(entry);
}

/** Puts a reply or a note in the queue and sends it. Returns the id the echo carries. */
export function sendSoon(conversationId: string, what: Sending["what"]): string {
  const clientMessageId = crypto.randomUUID?.() ?? fallbackId();
  const entry: Sending = {
    clientMessageId,
    conversationId,
    what,
    writtenAtMs: Date.now(),
    attempts: 0,
    state: { kind: "waiting" },
  };
  change(addSending(queue, entry));
  pump();
  return clientMessageId;
}

/** crypto.randomUUID exists only on https and localhost; shops also open the workbench by a LAN address. */
function fallbackId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

export function retrySending(clientMessageId: string): void {
  change(setSendingState(queue, clientMessageId, { kind: "waiting" }));
  pump();
}

export function sendAnywayNow(clientMessageId: string): void {
  change(sendAnyway(queue, clientMessageId));
  pump();
}

/** Takes an entry out of the queue and returns it, so that its text can go back to the text box. */
export function discardSending(clientMessageId: string): Sending | undefined {
  const entry = queue.find((other) => other.clientMessageId === clientMessageId);
  change(removeSending(queue, clientMessageId));
  pump();
  return entry;
}

/** Loads this person's queue and keeps sending until stopped. */
export function startSending(userId: string): () => void {
  owner = userId;
  queue = load();
  for (const tell of listeners) tell();
  pump();
  const stopEvents = onEvents((events) => {
    const messages = events.flatMap((event) => (event.kind === "message" ? [event.message] : []));
    change(settle(queue, messages));
  });
  const stopConnection = onConnection(() => {
    if (getConnection() === "live" || getConnection() === "fallback") pump();
  });
  return () => {
    stopEvents();
    stopConnection();
    clearTimeout(timer);
    queue = [];
  };
}

const noneSending: readonly Sending[] = [];
const byConversation = new Map<string, { queue: SendingQueue; entries: readonly Sending[] }>();

function entriesOf(conversationId: string): readonly Sending[] {
  const known = byConversation.get(conversationId);
  if (known?.queue === queue) return known.entries;
  const found = queue.filter((entry) => entry.conversationId === conversationId);
  const entries = found.length === 0 ? noneSending : found;
  byConversation.set(conversationId, { queue, entries });
  return entries;
}

/** What is still on its way in one conversation, oldest first. */
export function useSending(conversationId: string): readonly Sending[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entriesOf(conversationId),
  );
}
