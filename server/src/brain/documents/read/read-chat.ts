/**
 * Past chats, as text or JSON lines, into question and answer pairs.
 */
import { chatFromJsonLines, chatFromText } from "./chat-lines.ts";
import { pairsOf } from "./chat-pairs.ts";
import type { Reading, ReadResult } from "./model.ts";
import { Unreadable } from "./refusal.ts";

/** @returns null when the text is no chat, or nobody in it asks and answers */
export function readChat(text: string, { name }: Reading): ReadResult | null {
  const chat = chatFromText(text);
  if (chat === null) return null;
  const pairs = pairsOf(chat);
  return pairs.sections.length === 0 ? null : { title: name, pages: 1, ...pairs };
}

/** @throws Unreadable document/broken when it holds no messages */
export function readJsonLines(text: string, { name }: Reading): ReadResult {
  const chat = chatFromJsonLines(text);
  if (chat === null) throw new Unreadable("document/broken", { format: "jsonl" });
  return { title: name, pages: 1, ...pairsOf(chat) };
}
