// Which policies a question may be about, by the words that each policy lists. A stand-in for the matcher, and no more:
// it says which words it saw and claims nothing beyond them.

import { findWords, foldText } from "./clauses.ts";
import type { Policy } from "./policy.ts";

export interface PolicyAsked {
  policy: string;
  /** The listed words that stand in the text, longest first. */
  words: string[];
}

/** Policies with a listed word in the text, the one with the longest word first; none for a text about something else. */
export function policyAsked(policies: readonly Policy[], text: string): PolicyAsked[] {
  const folded = foldText(text);
  return policies
    .map(({ key, asked }) => ({ policy: key, words: wordsIn(folded, asked) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => (b.words[0]?.length ?? 0) - (a.words[0]?.length ?? 0));
}

function wordsIn(folded: string, asked: Policy["asked"]): string[] {
  const words = findWords(folded, asked).map(({ start, end }) => folded.slice(start, end));
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}
