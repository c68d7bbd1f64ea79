// Which language words in Latin letters are of: common words and telling letters of each (../data/languages.txt). Used by
// language.ts for messages that are mostly Latin.

import { lazily, readDataLines } from "./own-data.ts";

interface Profiles {
  tags: string[];
  /** Languages by word, as places in `tags`, and how much the word tells. */
  words: Map<string, { languages: number[]; weight: number }>;
  letters: Map<string, { languages: number[]; weight: number }>;
  beginnings: Map<string, { languages: number[]; weight: number }>;
  endings: Map<string, { languages: number[]; weight: number }>;
  inner: [string, { languages: number[]; weight: number }][];
}

const partWeight = 0.35;
const letterWeight = 1.2;

const profiles = lazily((): Profiles => {
  const built: Profiles = {
    tags: [],
    words: new Map(),
    letters: new Map(),
    beginnings: new Map(),
    endings: new Map(),
    inner: [],
  };
  const inner = new Map<string, { languages: number[]; weight: number }>();
  const add = (map: Map<string, { languages: number[]; weight: number }>, key: string, language: number) => {
    const entry = map.get(key) ?? { languages: [], weight: 0 };
    if (!entry.languages.includes(language)) entry.languages.push(language);
    map.set(key, entry);
  };
  for (const line of readDataLines("languages.txt")) {
    const [, tag = "", kind, list = ""] = /^(\w+) (words|parts): (.*)$/u.exec(line) ?? [];
    if (!built.tags.includes(tag)) built.tags.push(tag);
    const language = built.tags.indexOf(tag);
    for (const entry of list.split(" ").map((part) => part.normalize("NFC"))) {
      if (kind === "words") add(built.words, entry, language);
      else if (entry.startsWith("^")) add(built.beginnings, entry.slice(1), language);
      else if (entry.endsWith("$")) add(built.endings, entry.slice(0, -1), language);
      else if ([...entry].length === 1) add(built.letters, entry, language);
      else add(inner, entry, language);
    }
  }
  built.inner = [...inner];
  for (const entry of built.words.values()) entry.weight = 1 / entry.languages.length;
  for (const entry of built.letters.values()) entry.weight = letterWeight / entry.languages.length;
  for (const map of [built.beginnings, built.endings, inner])
    for (const entry of map.values()) entry.weight = partWeight / entry.languages.length;
  return built;
});

/** Scores of the Latin languages for some words (small letters, NFC), best first; none where nothing tells. */
export function scoreLatin(words: readonly string[]): { language: string; score: number }[] {
  const { tags, words: known, letters, beginnings, endings, inner } = profiles();
  const scores = new Float64Array(tags.length);
  const count = (entry: { languages: number[]; weight: number } | undefined) => {
    if (entry !== undefined)
      for (const language of entry.languages) scores[language] = (scores[language] ?? 0) + entry.weight;
  };
  for (const word of words.slice(0, 60)) {
    count(known.get(word));
    if (word.length < 2) continue;
    for (const letter of word) if (letter > "\u007f") count(letters.get(letter));
    for (let length = 1; length <= 5 && length < word.length; length += 1) {
      count(beginnings.get(word.slice(0, length)));
      count(endings.get(word.slice(-length)));
    }
    if (word.length > 3) for (const [part, entry] of inner) if (word.includes(part)) count(entry);
  }
  return tags
    .map((language, at) => ({ language, score: scores[at] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

const word = /\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*/gu;
/** What could as well be a syllable of pinyin ("wo", "de", "hai"): Chinese typed in Latin letters tells no language. */
const pinyinLike =
  /^(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ue|er)$/u;
/** English words that other languages have as well, and words of shops everywhere. */
const everywhere = new Set(
  "ten pan hat son main pro shop size ship order retour retur pack per era also man men war was los las san el".split(
    " ",
  ),
);

/**
 * How many different words of a text speak for a language: known words of its own; one more where some of its known words are
 * like pinyin but most of the text is not; words in small letters that hold letters of its own (names have capitals). And
 * how many of the text's words are English.
 */
export function tellingWords(
  text: string,
  language: string,
): { words: number; lettered: number; english: number } {
  const { tags, words: known, letters } = profiles();
  const own = tags.indexOf(language);
  const english = tags.indexOf("en");
  const found = { words: 0, lettered: 0, english: 0 };
  let alike = 0;
  let ofOwn = 0;
  const said = [...new Set(text.normalize("NFC").match(word) ?? [])].slice(0, 60);
  for (const written of said) {
    const one = written.toLowerCase().replaceAll("’", "'");
    const languages = known.get(one)?.languages ?? [];
    const isAlike = pinyinLike.test(one);
    if (isAlike) alike += 1;
    if (languages.includes(english)) found.english += 1;
    else if (languages.includes(own) && one.length > 1 && !everywhere.has(one)) {
      if (isAlike) ofOwn += 1;
      else found.words += 1;
    } else if (one[0] === written[0] && hasLetterOf(one)) found.lettered += 1;
  }
  if (found.words > 0 && ofOwn > 0 && alike * 2 <= said.length) found.words += 1;
  return found;

  function hasLetterOf(one: string): boolean {
    return [...one].some((letter) => letter > "\u007f" && letters.get(letter)?.languages.includes(own));
  }
}
