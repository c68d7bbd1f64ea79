// Drafts per conversation on this device, for replies and notes apart. Empty ones are removed; old ones go after 30 days.
export type DraftMode = "reply" | "note";

const prefix = "yingda.draft.";
const keptMs = 30 * 86_400_000;

function keyOf(me: string, conversationId: string, mode: DraftMode): string {
  return `${prefix}${me}.${conversationId}.${mode}`;
}

export function readDraft(me: string, conversationId: string, mode: DraftMode): string {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(me, conversationId, mode)) ?? "null") as {
      text?: unknown;
    } | null;
    return typeof stored?.text === "string" ? stored.text : "";
  } catch {
    return "";
  }
}

export function writeDraft(
  me: string,
  conversationId: string,
  mode: DraftMode,
  text: string,
  nowMs: number,
): void {
  try {
    if (text === "") localStorage.removeItem(keyOf(me, conversationId, mode));
    else localStorage.setItem(keyOf(me, conversationId, mode), JSON.stringify({ text, atMs: nowMs }));
  } catch {
    // No storage: the draft lives as long as the text box.
  }
}

/** Removes drafts nobody came back to. Called once per start. */
export function sweepDrafts(nowMs: number): void {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) {
      const stored = JSON.parse(localStorage.getItem(key) ?? "null") as { atMs?: unknown } | null;
      if (typeof stored?.atMs !== "number" || nowMs - stored.atMs > keptMs) localStorage.removeItem(key);
    }
  } catch {
    // Damaged or no storage: nothing to sweep.
  }
}
