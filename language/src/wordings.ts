// Words of one region for those that shops write: Cantonese, Taiwan and Hong Kong, Sichuan and other dialects of the mainland.
// Called by normalise.ts on unified text; data in ../data (cantonese.txt, traditional-words.txt, dialects.txt).

import { unifyCharacters } from "./characters.ts";
import type { Language } from "./language.ts";
import { lazily, readDataLines } from "./own-data.ts";

interface WordTable {
  table: Map<string, string>;
  pattern: RegExp;
}

/** "word replacement" lines to one pattern; a word may stand between conditions on what is beside it. */
function tableOf(lines: string[]): WordTable {
  const table = new Map<string, string>();
  const words: { pattern: string; word: string }[] = [];
  for (const line of lines) {
    const [typed = "", replacement = ""] = line.split(/\s+(?=\S+$)/u);
    const [, before = "", word = "", behind = ""] =
      /^(\(\?<[!=][^)]*\))?(.*?)(\(\?.*|\$)?$/u.exec(typed) ?? [];
    const folded = unifyCharacters(word);
    table.set(folded, replacement === "-" ? "" : replacement);
    words.push({ pattern: before + folded + behind, word: folded });
  }
  words.sort((a, b) => b.word.length - a.word.length || b.pattern.length - a.pattern.length);
  return { table, pattern: new RegExp(words.map(({ pattern }) => pattern).join("|"), "gu") };
}

const cantonese = lazily(() => tableOf(readDataLines("cantonese.txt")));
/** Lines of a file that count always, and those behind "?", which need another sign. */
function halvesOf(name: string): { sure: WordTable; likely: WordTable } {
  const lines = readDataLines(name);
  return {
    sure: tableOf(lines.filter((line) => !line.startsWith("?"))),
    likely: tableOf(lines.filter((line) => line.startsWith("?")).map((line) => line.slice(1))),
  };
}

const overseas = lazily(() => halvesOf("traditional-words.txt"));
const dialects = lazily(() => halvesOf("dialects.txt"));

/** A unified text in the words of mainland shops, by the language that it was recognised as. */
export function toShopWords(text: string, language: Language): string {
  if (!/\p{Script=Han}/u.test(text)) return text;
  const spoken = language === "yue" ? replace(text, cantonese()) : text;
  const isOverseas = language === "yue" || language === "zh-Hant";
  const worded = isOverseas ? replace(spoken, overseas().likely) : spoken;
  const shared = replace(worded, overseas().sure);
  const plain = replace(shared, dialects().sure);
  return plain === shared ? plain : replace(plain, dialects().likely);
}

function replace(text: string, { table, pattern }: WordTable): string {
  return text.replace(pattern, (word) => table.get(word) ?? word);
}
