// Which questions may be answered from an answer that was given before, and which answers hold for anybody: no question that
// leans on the dialogue or names a customer's things, no answer that says anything of the question but not of the sources. Pure.

import type { MaskKind } from "@yingda/language";
import { normalise } from "@yingda/language";
import { seenIn } from "../pictures/seen-words.ts";
import type { Turn } from "../turn.ts";
import { isFollowUp } from "./follow-up.ts";

/** Longer ones are told by one customer alone. */
const longest = 80;
const personal: ReadonlySet<MaskKind> = new Set([
  "url",
  "email",
  "phone",
  "parcel",
  "order",
  "date",
  "height",
  "weight",
]);
/** A height, a weight in jin, a room, part of an order's number. */
const longNumber = /\d{3}/u;
const introduces = /我(?:叫|姓|是(?!不|否|想|要)|的名字|家住|住在)|\b(?:my name|i am|i'm|i live)\b/iu;

/** The question in one spelling, as kept answers are found by; null where none may be used. */
export function keptAs(turn: Turn): string | null {
  const { heard } = turn;
  if (seenIn(turn.input).length > 0 || turn.input.picturesBefore !== undefined) return null; // what a picture shows is one customer's
  if (isFollowUp(turn) || heard.text.length > longest || introduces.test(heard.text)) return null;
  const { plain, masks } = normalise(heard.text);
  if (longNumber.test(heard.text) || masks.some(({ kind }) => personal.has(kind))) return null;
  const bare = plain.replace(/[\s\p{P}\p{S}]+/gu, " ").trim();
  return bare === "" ? null : bare;
}

/**
 * Whether an answer that was made in this turn holds for anybody: nobody had said anything before, so it rests on the texts
 * alone, and no word of the question stands in it that the texts do not have.
 */
export function isForAnybody({ input, heard }: Turn, answer: string, texts: readonly string[]): boolean {
  if (input.history.some(({ author }) => author === "contact")) return false;
  const source = texts.join("\n").normalize("NFKC").toLowerCase();
  const known = wordsOf(source);
  const said = wordsOf(answer);
  const isKnown = (word: string) =>
    known.has(word) || (isHan(word) && [...word].every((one) => source.includes(one)));
  return [...wordsOf(heard.text)].every((word) => !said.has(word) || isKnown(word));
}

function isHan(word: string): boolean {
  return /^\p{Script=Han}/u.test(word);
}

/** Pairs of Han letters, words and numbers of others. */
function wordsOf(text: string): Set<string> {
  const folded = text.normalize("NFKC").toLowerCase();
  const words = new Set(folded.match(/[[\p{L}\p{N}]--\p{Script=Han}]{2,}/gv) ?? []);
  for (const [run] of folded.matchAll(/\p{Script=Han}{2,}/gu)) {
    const letters = [...run];
    for (let at = 0; at + 1 < letters.length; at += 1) words.add(`${letters[at]}${letters[at + 1]}`);
  }
  return words;
}
