// Turns what a customer typed into the text that the engine compares: one spelling, no politeness at the ends, no
// emoji, values masked. Called for every message and for every phrasing a shop enters; both must come out alike.

import { unifyCharacters } from "./characters.ts";
import { detectLanguage, type Language } from "./language.ts";
import { type Mask, maskValues } from "./masks.ts";
import { lazily, readDataLines } from "./own-data.ts";
import { stripPoliteness } from "./politeness.ts";

export interface NormalisedText {
  /** The text as it came. */
  original: string;
  /** What is compared. Never empty unless the original has nothing but spaces and symbols. */
  text: string;
  language: Language;
  /** Politeness that was taken off: kept because it tells greeting, thanks and mood. */
  removed: { greetings: string[]; thanks: string[]; emoji: string[] };
  /** The values behind the masks, in reading order. */
  masks: Mask[];
  asksQuestion: boolean;
}

const emoji =
  /\p{Extended_Pictographic}(?:\u200D\p{Extended_Pictographic})*|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}]/gu;
const platformEmoji = /\[[\u4e00-\u9fffa-z]{1,6}\]|\/::?[\w~!@#$%^&*()<>,'|+-]{1,6}/giu;
const maxCharacters = 2_000; // a longer message is a pasted document: its head decides what it is about

const mandarinOf = lazily(() => {
  const words = readDataLines("cantonese.txt").map((line) => line.split(/\s+/) as [string, string]);
  words.sort(([a], [b]) => b.length - a.length);
  const table = new Map(words.map(([from, to]) => [unifyCharacters(from), to === "-" ? "" : to]));
  return { table, pattern: new RegExp([...table.keys()].join("|"), "gu") };
});

/**
 * Normalises one message or phrasing.
 *
 * In:  any text, as typed; only the first 2,000 characters are read.
 * Out: the text to compare, with everything that was taken away kept beside it. Throws nothing.
 */
export function normalise(original: string): NormalisedText {
  const head = original.length > maxCharacters ? original.slice(0, maxCharacters) : original;
  const found: string[] = [];
  const keep = (symbol: string) => {
    found.push(symbol);
    return " ";
  };
  const withoutEmoji = head
    .replace(platformEmoji, keep)
    .replace(emoji, (symbol) => (/^[\d#*]$/.test(symbol) ? symbol : keep(symbol)));
  const { language } = detectLanguage(withoutEmoji);
  const unified = unifyCharacters(withoutEmoji);
  const mandarin = language === "yue" ? toMandarin(unified) : unified;
  const stripped = stripPoliteness(mandarin);
  const masked = maskValues(stripped.text);
  return {
    original,
    text: masked.text,
    language,
    removed: { greetings: stripped.greetings, thanks: stripped.thanks, emoji: found },
    masks: masked.masks,
    asksQuestion: stripped.asksQuestion,
  };
}

function toMandarin(text: string): string {
  const { table, pattern } = mandarinOf();
  return text.replace(pattern, (word) => table.get(word) ?? word);
}
