// What a customer probably meant where a word looks like a slip: an English word that nobody uses, one letter from one
// that customers do ("delivry"); Han characters that never stand together and sound like a pair that does ("发或" → 发货).
// features.ts adds what was meant beside what was typed, so a wrong guess costs little.

import { lazily, readDataLines } from "./own-data.ts";
import { soundOfCharacter } from "./pinyin.ts";

interface Vocabulary {
  words: ReadonlySet<string>;
  /** What a slip may be repaired to, commonest first, by length. */
  usual: readonly (readonly UsualWord[])[];
  pairs: ReadonlySet<string>;
  usualPairs: ReadonlySet<string>;
  /** The most frequent pair of each sound. */
  bySound: ReadonlyMap<string, string>;
}

interface UsualWord {
  word: string;
  rank: number;
  letters: number;
}

/** Shorter words are too near each other. From the second length on two slips are thought possible. */
const shortest = 3;
const longEnoughForTwo = 6;
const longest = 24;
/** A second slip, or a wrong first letter, is as unlikely as a word that stands this many ranks lower. */
const rankOfSlip = 3_000;
const rankOfFirstLetter = 1_500;

const vocabulary = lazily((): Vocabulary => {
  const lines = new Map(
    readDataLines("vocabulary.txt").map((line) => {
      const space = line.indexOf(" ");
      return [line.slice(0, space), line.slice(space + 1)];
    }),
  );
  const words = (lines.get("words") ?? "").split(" ");
  const usual: UsualWord[][] = Array.from({ length: longest + 3 }, () => []);
  words.forEach((word, rank) => {
    usual[word.length]?.push({ word, rank, letters: lettersOf(word) });
  });
  const bySound = new Map<string, string>();
  const pairs = new Set<string>();
  for (const pair of pairsOf(lines.get("pairs") ?? "")) {
    pairs.add(pair);
    const sound = soundOf(pair);
    if (!bySound.has(sound)) bySound.set(sound, pair);
  }
  const usualPairs = new Set(pairs);
  for (const pair of pairsOf(lines.get("rare-pairs") ?? "")) pairs.add(pair);
  return {
    words: new Set([...words, ...(lines.get("rare-words") ?? "").split(" ")]),
    usual,
    pairs,
    usualPairs,
    bySound,
  };
});

/** The usual word that this one is a slip or two away from; null for a word that customers use, or one that is near none. */
export function repairWord(word: string): string | null {
  const { words, usual } = vocabulary();
  if (word.length < shortest || word.length > longest || words.has(word)) return null;
  const most = word.length < longEnoughForTwo ? 1 : 2;
  const letters = lettersOf(word);
  let best: string | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let length = Math.max(shortest, word.length - most); length <= word.length + most; length += 1)
    for (const near of usual[length] as UsualWord[]) {
      if (near.rank >= bestRank) break;
      const startsAlike = near.word.charCodeAt(0) === word.charCodeAt(0);
      const allowed = startsAlike ? most : 1;
      if (bitsOf(letters ^ near.letters) > 2 * allowed) continue;
      const rank = near.rank + (startsAlike ? 0 : rankOfFirstLetter);
      if (rank >= bestRank) continue;
      const slips = slipsBetween(word, near.word, allowed);
      if (slips > allowed || rank + (slips - 1) * rankOfSlip >= bestRank) continue;
      best = near.word;
      bestRank = rank + (slips - 1) * rankOfSlip;
    }
  return best;
}

/**
 * The run of Han characters with sounds-alike put right; null when nothing looks wrong. Same length. Where one usual pair ends
 * and the next one begins (太阳|为什么) an unusual pair in between is no slip.
 */
export function repairHan(run: string): string | null {
  const { pairs, usualPairs, bySound } = vocabulary();
  const characters = [...run];
  const pairAt = (at: number) => `${characters[at] ?? ""}${characters[at + 1] ?? ""}`;
  let isChanged = false;
  for (let at = 0; at + 1 < characters.length; at += 1) {
    const pair = pairAt(at);
    if (pairs.has(pair) || (usualPairs.has(pairAt(at - 1)) && usualPairs.has(pairAt(at + 1)))) continue;
    const meant = bySound.get(soundOf(pair));
    if (meant === undefined) continue;
    characters.splice(at, 2, ...meant);
    isChanged = true;
  }
  return isChanged ? characters.join("") : null;
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return Array.from(
    { length: characters.length >> 1 },
    (_, at) => `${characters[at * 2]}${characters[at * 2 + 1]}`,
  );
}

function soundOf(pair: string): string {
  return [...pair].map(soundOfCharacter).join("'");
}

/** One bit for each letter that occurs. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitsOf(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Letters lost, added, changed and neighbours swapped (optimal string alignment); more than `most` where it is more. */
function slipsBetween(a: string, b: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let slips = Math.min(changed, (above[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, (before[j - 2] as number) + 1);
      row.push(slips);
      least = Math.min(least, slips);
    }
    if (least > most) return least;
    before = above;
    above = row;
  }
  return above[b.length] as number;
}
