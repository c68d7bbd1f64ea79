/**
 * Which quick replies fit what is typed: after "/" by title, shortcut and pinyin initials ("/fh" finds 发货时间); without
 * it, offered while typing by the words themselves. Pure; initials are given, since their library is loaded lazily.
 */
import type { CannedReply } from "@yingda/contract";

export type Slash = { word: string; from: number; to: number };

/** The "/word" the caret stands in: at the start or after a space, without spaces in it. Null when there is none. */
export function slashAt(text: string, caret: number): Slash | null {
  const before = text.slice(0, caret);
  const found = /(?:^|\s)\/([^\s/]{0,30})$/.exec(before);
  if (!found) return null;
  const word = found[1] ?? "";
  return { word, from: caret - word.length - 1, to: caret };
}

export type Initials = (text: string) => string;

function rank(reply: CannedReply, word: string, initials: Initials): number {
  const title = reply.title.toLowerCase();
  const shortcut = reply.shortcut.toLowerCase();
  if (shortcut !== "" && shortcut === word) return 0;
  if (shortcut.startsWith(word) && shortcut !== "") return 1;
  if (title.startsWith(word)) return 2;
  const letters = initials(reply.title);
  if (letters.startsWith(word)) return 3;
  if (title.includes(word) || letters.includes(word)) return 4;
  return reply.text.toLowerCase().includes(word) ? 5 : -1;
}

/** Best first; the more used one first among equals. All of them for no word. */
export function matchReplies(
  replies: readonly CannedReply[],
  typed: string,
  initials: Initials,
): CannedReply[] {
  const word = typed.trim().toLowerCase();
  const byUse = replies.toSorted((a, b) => b.usedCount - a.usedCount);
  if (word === "") return byUse;
  return byUse
    .map((reply) => ({ reply, rank: rank(reply, word, initials) }))
    .filter((scored) => scored.rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map((scored) => scored.reply);
}

/** At most this many are offered while typing, so that the line stays one line. */
const offered = 3;

/** Replies to offer for words typed so far: the title or the text begins with them, or the title lies in them. */
export function offerReplies(replies: readonly CannedReply[], typed: string): CannedReply[] {
  const words = typed.trim().toLowerCase();
  if ([...words].length < 2 || words.includes("\n")) return [];
  return replies
    .filter((reply) => {
      const title = reply.title.toLowerCase();
      const text = reply.text.toLowerCase();
      return (
        text !== words &&
        (text.startsWith(words) || title.startsWith(words) || (title.length > 1 && words.endsWith(title)))
      );
    })
    .toSorted((a, b) => b.usedCount - a.usedCount)
    .slice(0, offered);
}

/** Text with a span replaced, and where the caret belongs afterwards. */
export function replaceSpan(
  text: string,
  from: number,
  to: number,
  by: string,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + by + text.slice(to), caret: from + by.length };
}
