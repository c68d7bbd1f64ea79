// What survives a reload: the visitor's token, the conversation, and lines not yet confirmed. One small record per public key;
// where the browser forbids storage everything works for as long as the page lives.
import type { Pending } from "./store.ts";

export interface Kept {
  token: string | null;
  conversationId: string | null;
  pending: readonly Pending[];
  visits: number;
}

const nothing: Kept = { token: null, conversationId: null, pending: [], visits: 0 };
const memory = new Map<string, Kept>();

export function readKept(key: string): Kept {
  try {
    const text = localStorage.getItem(`yingda-chat:${key}`);
    return text ? { ...nothing, ...(JSON.parse(text) as Partial<Kept>) } : (memory.get(key) ?? nothing);
  } catch {
    return memory.get(key) ?? nothing;
  }
}

export function keep(key: string, change: Partial<Kept>): void {
  const next = { ...readKept(key), ...change };
  memory.set(key, next);
  try {
    localStorage.setItem(`yingda-chat:${key}`, JSON.stringify(next));
  } catch {
    // full or forbidden: memory has it
  }
}
