// Words of one region for those that shops write: Cantonese, Taiwan and Hong Kong, Sichuan and other dialects of the mainland.
// Called by normalise.ts on unified text; data in ../data (cantonese.txt, traditional-words.txt, dialects.txt).

import { unifyCharacters } from "./characters.ts";
import type { Language } from "./language.ts";
import { lazily, readDataLines } from "./own-data.ts";

interface Entry {
  /** The word with its conditions, tried where it stands. */
  pattern: RegExp;
  replacement: string;
}
interface WordTable {
  /** By the word alone; of several entries those with conditions first. */
  entries: Map<string, Entry[]>;
  pattern: RegExp;
}

/** "word replacement" lines to one pattern; a word may stand between conditions on what is beside it. */
function tableOf(lines: string[]): WordTable {
  const entries = new Map<string, Entry[]>();
  const words: { source: string; word: string }[] = [];
  for (const line of lines) {
    const [typed = "", replacement = ""] = line.split(/\s+(?=\S+$)/u);
    const [, before = "", word = "", behind = ""] =
      /^(\(\?<[!=][^)]*\))?(.*?)(\(\?.*|\$)?$/u.exec(typed) ?? [];
    const folded = unifyCharacters(word);
    const source = before + folded + behind;
    const entry = { pattern: new RegExp(source, "uy"), replacement: replacement === "-" ? "" : replacement };
    const same = entries.get(folded) ?? [];
    if (source === folded) same.push(entry);
    else same.unshift(entry);
    entries.set(folded, same);
    words.push({ source, word: folded });
  }
  words.sort((a, b) => b.word.length - a.word.length || b.source.length - a.source.length);
  return { entries, pattern: new RegExp(words.map(({ source }) => source).join("|"), "gu") };
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

function replace(text: string, { entries, pattern }: WordTable): string {
  return text.replace(pattern, (word: string, at: number) => {
    const fitting = entries.get(word)?.find((entry) => {
      entry.pattern.lastIndex = at;
      return entry.pattern.test(text);
    });
    return fitting?.replacement ?? word;
  });
}
