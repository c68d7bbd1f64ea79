// The words of a shop, ready to be looked for in a text: made once when they change, read in every turn. Pure.

import type { SensitiveWord, ShopWordsDraft } from "@yingda/contract";
import { unifyCharacters } from "@yingda/language";
import { foldText } from "../../guard/fold.ts";
import { isDenied } from "../../guard/negation.ts";

export interface KnownWords {
  /** The sensitive words that a customer's text holds, as the shop wrote them, in its order. */
  sensitiveIn(text: string): SensitiveWord[];
  /** The first word that the bot never says; null when there is none. */
  neverSaidIn(text: string): string | null;
  /** The first forbidden promise that is made, not denied; null when there is none. */
  promisedIn(text: string): string | null;
  /** The text with the first word of its group in place of each synonym, two at most; null where nothing changes. */
  withFirstWords(text: string): string | null;
}

export const noLists: ShopWordsDraft = { sensitive: [], neverSay: [], promises: [], synonyms: [] };
const mostReplacements = 2;
/** Put between the characters of a word so that a list does not find it: 微 信, 微.信. */
const between = /(?<=\p{Script=Han})[\s.·•*_\-~|/\\]+(?=\p{Script=Han})/gu;

export function knownWords(lists: ShopWordsDraft): KnownWords {
  const sensitive = lists.sensitive.map((one) => ({ one, holds: finderOf(one.word) }));
  const never = lists.neverSay.map((word) => ({ word, holds: finderOf(word) }));
  const promises = lists.promises.map((phrase) => ({ phrase, folded: foldText(phrase).text.trim() }));
  const replace = replacerOf(lists.synonyms);
  return {
    sensitiveIn(text) {
      if (sensitive.length === 0) return [];
      const spelt = spell(text);
      return sensitive.filter(({ holds }) => holds(spelt)).map(({ one }) => one);
    },
    neverSaidIn(text) {
      if (never.length === 0) return null;
      const spelt = spell(text);
      return never.find(({ holds }) => holds(spelt))?.word ?? null;
    },
    promisedIn(text) {
      if (promises.length === 0) return null;
      const { text: folded } = foldText(text);
      return promises.find(({ folded: phrase }) => isMade(folded, phrase))?.phrase ?? null;
    },
    withFirstWords: replace,
  };
}

export const noWords: KnownWords = knownWords(noLists);

function spell(text: string): string {
  return unifyCharacters(text).replace(between, "");
}

/** A word of letters stands by itself ("ass" is not in "class"); Chinese is found wherever it stands. */
function finderOf(word: string): (spelt: string) => boolean {
  const pattern = patternOf(word);
  return (spelt) => pattern.test(spelt);
}

function patternOf(word: string): RegExp {
  return new RegExp(bounded(spell(word).trim()), "u");
}

function bounded(word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
  const isLetter = (character: string | undefined) => /[a-z0-9]/u.test(character ?? "");
  const ahead = isLetter(word.at(0)) ? "(?<![a-z0-9])" : "";
  return `${ahead}${escaped}${isLetter(word.at(-1)) ? "(?![a-z0-9])" : ""}`;
}

function isMade(text: string, phrase: string): boolean {
  if (phrase === "") return false;
  for (const { index } of text.matchAll(new RegExp(bounded(phrase), "gu")))
    if (!isDenied(text, index, index + phrase.length, true)) return true;
  return false;
}

function replacerOf(groups: ShopWordsDraft["synonyms"]): KnownWords["withFirstWords"] {
  const firsts = new Map<string, string>();
  for (const group of groups) {
    const words = group.map((word) => unifyCharacters(word).trim());
    // a word that stands in two groups belongs to the first of them
    for (const word of words) if (!firsts.has(word)) firsts.set(word, words[0] ?? word);
  }
  if (firsts.size === 0) return () => null;
  // the longest first, so that 烫机 is not looked for within 挂烫机
  const longest = [...firsts.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longest.map(bounded).join("|"), "gu");
  return (text) => {
    let left = mostReplacements;
    const changed = unifyCharacters(text).replace(pattern, (word) => {
      const first = firsts.get(word) ?? word;
      if (first === word || left === 0) return word;
      left -= 1;
      return first;
    });
    return left === mostReplacements ? null : changed;
  };
}
