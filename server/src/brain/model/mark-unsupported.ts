// What of a text that a model wrote for an agent has nothing behind it: a sentence with a number or a promise that no source says
// is taken out and told, a sentence whose words stand in no source is marked. The agent reads both beside the text. Pure.

import { splitSentences } from "@yingda/language";
import { guardReply } from "../guard/guard-reply.ts";
import { courtesies, leastShare } from "./check-reply.ts";
import { groundedShare } from "./grounded.ts";

export interface Marked {
  text: string;
  /** Sentences with a number or a promise that nothing backs; not in the text. */
  removed: string[];
  /** Sentences of the text that stand in no source. */
  doubted: string[];
}

/** `backing`: what facts may come from. `customerWords` back what is told back, never a promise. Null: nothing is left. */
export function markUnsupported(
  written: string,
  backing: readonly string[],
  customerWords: readonly string[],
  locale: string,
): Marked | null {
  const sources = backing.filter((text) => text !== "").map((text, at) => ({ id: `s${at}`, text }));
  const { sayable } = guardReply({ reply: written, sources, customerWords, locale });
  const text = sayable?.trim() ?? "";
  if (text === "") return null;
  const texts = sources.map((source) => source.text);
  return {
    text,
    removed: sentencesOf(written).filter((sentence) => !text.includes(sentence.trim())),
    doubted: sentencesOf(text).filter((sentence) => {
      if (courtesies.test(sentence)) return false;
      const share = groundedShare(sentence, texts);
      return share !== null && share < leastShare;
    }),
  };
}

/** Whole sentences in order, without the spaces around them. */
export function sentencesOf(text: string): string[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((sentence) => sentence !== "");
}
