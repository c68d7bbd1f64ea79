// Which of some choices was meant: by number ("2", "第二个", the second one), by label or other words for it, by a time of
// day ("下午三点" among 15:00). Pure; used for choice slots and for `choose` steps.

import { type Entity, unifyCharacters } from "@yingda/language";

export interface Choosable {
  value: string;
  words: string[];
}

const byNumber =
  /^(?:选|我选|要|我要|就|option|number|no\.?|the)?\s*(?:第\s*)?([1-9一二两三四五六七八九]|first|second|third|fourth|fifth|one|two|three|four|five)\s*(?:个|项|号|种|one|option)?[.。!,，、)]?$/u;
const numerals = [
  ["一", "first", "one"],
  ["二", "两", "second", "two"],
  ["三", "third", "three"],
  ["四", "fourth", "four"],
  ["五", "fifth", "five"],
  ["六"],
  ["七"],
  ["八"],
  ["九"],
];

/**
 * In:  the words heard and the choices; `isAsked` lets a number or an ordinal pick by place.
 * Out: the value meant; null for none, and for several unless `last` says that the last one named counts.
 */
export function readChoice(
  text: string,
  entities: readonly Entity[],
  choices: readonly Choosable[],
  { isAsked, last }: { isAsked: boolean; last: boolean },
): string | null {
  const said = unifyCharacters(text);
  const exact = choices.find(({ words }) => words.some((word) => unifyCharacters(word) === said));
  if (exact !== undefined) return exact.value;
  const place = isAsked ? placeOf(said) : null;
  if (place !== null) return choices[place - 1]?.value ?? null;
  const named = namedIn(said, choices);
  const values = [...new Set(named.map(({ value }) => value))];
  if (values.length === 1 || (last && values.length > 0)) return values.at(-1) ?? null;
  return values.length === 0 ? byClock(entities, choices) : null;
}

function placeOf(said: string): number | null {
  const token = byNumber.exec(said)?.[1];
  if (token === undefined) return null;
  const at = numerals.findIndex((words) => words.includes(token));
  return at >= 0 ? at + 1 : Number(token);
}

/** Choices whose words stand in the text, in reading order; a word inside a longer word of another does not count. */
function namedIn(said: string, choices: readonly Choosable[]): { value: string }[] {
  const hits = choices.flatMap(({ value, words }) =>
    words.map(unifyCharacters).flatMap((word) => {
      const start = find(said, word);
      return start < 0 ? [] : [{ value, start, end: start + word.length }];
    }),
  );
  return hits
    .filter(
      (hit) =>
        !hits.some(
          (other) =>
            other.value !== hit.value &&
            other.start <= hit.start &&
            other.end >= hit.end &&
            other.end - other.start > hit.end - hit.start,
        ),
    )
    .sort((a, b) => a.start - b.start);
}

/** Last place of a word, or -1; Latin letters and digits must not run on (L is not in XL, 5:00 not in 15:00). */
function find(said: string, word: string): number {
  if (word === "") return -1;
  const runsOn = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && /[a-z\d]/u.test(a) && /[a-z\d]/u.test(b);
  for (let at = said.lastIndexOf(word); at >= 0; at = at === 0 ? -1 : said.lastIndexOf(word, at - 1)) {
    if (!runsOn(said[at - 1], word[0]) && !runsOn(word.at(-1), said[at + word.length])) return at;
  }
  return -1;
}

function byClock(entities: readonly Entity[], choices: readonly Choosable[]): string | null {
  for (const entity of entities) {
    const clock = entity.kind === "date-time" ? /T(\d{2}:\d{2})/u.exec(entity.value)?.[1] : undefined;
    if (clock === undefined) continue;
    const fitting = choices.filter(({ words }) => words.some((word) => find(word, clock) >= 0));
    if (fitting.length === 1 && fitting[0] !== undefined) return fitting[0].value;
  }
  return null;
}
