// The first layer of understanding: one spelling per character. Full-width to half-width, capitals to small,
// traditional to simplified, no invisible characters, no stretched repetitions ("在吗在吗在吗", "soooo").
// Called by normalise.ts and by every reader of a word list, so that lists and texts meet in the same spelling.

import { lazily, readDataLines } from "./own-data.ts";

const simplifiedOf = lazily(() => {
  const table = new Map<string, string>();
  for (const line of readDataLines("traditional.txt")) {
    const characters = [...line];
    for (let i = 0; i + 1 < characters.length; i += 2) {
      table.set(characters[i] as string, characters[i + 1] as string);
    }
  }
  return table;
});

/** Words in which 著 and 乾 stay what they are; everywhere else they are 着 and 干. */
const keptCharacter =
  /著(?=名|作(?!业)|称|述|录|书)|(?<=[显顯原编編名专專土昭卓论論译譯])著|乾(?=坤|隆|县|縣)/gu;

/** Traditional characters to simplified ones, one for one; everything else stays. */
export function toSimplified(text: string): string {
  const table = simplifiedOf();
  if (countTraditional(text) === 0) return text;
  const kept = /[著乾]/u.test(text)
    ? new Set([...text.matchAll(keptCharacter)].map((found) => found.index))
    : null;
  let simplified = "";
  let at = 0;
  for (const character of text) {
    simplified += kept?.has(at) === true ? character : (table.get(character) ?? character);
    at += character.length;
  }
  return simplified;
}

/** How many characters of the text exist only in traditional spelling. */
export function countTraditional(text: string): number {
  const table = simplifiedOf();
  let count = 0;
  for (const character of text) if (table.has(character)) count += 1;
  return count;
}

const invisible = /\u00AD|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u2064]|[\uFE00-\uFE0F]|\uFEFF/gu;
const control = /\p{Cc}+/gu;
const stretchedCharacter = /(\p{L}|[!?~.,，。！？…])\1{2,}/gu;
const stretchedWord = /(\p{Script=Han}{2,4})\1{2,}/gu;

/** One spelling for one text: NFKC, small letters, simplified, single spaces, no stretching. Never longer in meaning. */
export function unifyCharacters(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(control, " ")
    .replace(/[‘’ʼ`]/g, "'")
    .toLowerCase();
  return toSimplified(plain)
    .replace(stretchedCharacter, "$1$1")
    .replace(stretchedWord, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

const traditionalOf = lazily(() => {
  const table = new Map<string, string>();
  for (const [traditional, simplified] of simplifiedOf())
    if (!table.has(simplified)) table.set(simplified, traditional);
  return table;
});

/** Simplified characters to a traditional form each; where a character has several, the first of the table. */
export function toTraditional(text: string): string {
  const table = traditionalOf();
  let traditional = "";
  for (const character of text) traditional += table.get(character) ?? character;
  return traditional;
}
