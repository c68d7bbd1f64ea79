// Turns what a customer typed into the text that the engine compares: one spelling, no politeness, no emoji,
// the words of the mainland, values masked. Called for every message and for every phrasing a shop enters; both must come out alike.

import { unifyCharacters } from "./characters.ts";
import { takeEmoticons } from "./emoticons.ts";
import { detectLanguage, type Language } from "./language.ts";
import { type Mask, maskValues } from "./masks.ts";
import { stripPoliteness } from "./politeness.ts";
import { toShopWords } from "./wordings.ts";

export interface NormalisedText {
  /** The text as it came. */
  original: string;
  /** In one spelling and without emoji, with politeness and values: what small talk is read from. */
  plain: string;
  /** What is compared. Never empty unless the original has nothing but spaces and symbols. */
  text: string;
  language: Language;
  /** Politeness that was taken off: kept because it tells greeting, thanks and mood. */
  removed: { greetings: string[]; thanks: string[]; emoji: string[] };
  /** The values behind the masks, in reading order. */
  masks: Mask[];
  asksQuestion: boolean;
}

const maxCharacters = 2_000; // a longer message is a pasted document: its head decides what it is about

/**
 * Normalises one message or phrasing.
 *
 * In:  any text, as typed; only the first 2,000 characters are read.
 * Out: the text to compare, with everything that was taken away kept beside it. Throws nothing.
 */
export function normalise(original: string): NormalisedText {
  const head = original.length > maxCharacters ? original.slice(0, maxCharacters) : original;
  const { text: withoutEmoticons, found } = takeEmoticons(head);
  const { language } = detectLanguage(withoutEmoticons);
  const plain = unifyCharacters(withoutEmoticons);
  const stripped = stripPoliteness(toShopWords(plain, language));
  const masked = maskValues(stripped.text);
  return {
    original,
    plain,
    text: masked.text,
    language,
    removed: { greetings: stripped.greetings, thanks: stripped.thanks, emoji: found },
    masks: masked.masks,
    asksQuestion: stripped.asksQuestion,
  };
}
