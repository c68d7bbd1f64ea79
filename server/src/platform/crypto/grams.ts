/**
 * The words of the blind search index, before they are hashed (gram-hasher.ts).
 *
 * Indexed: Han (and other scripts written without spaces) singles and pairs; of a word its prefixes of 2-8
 * characters and the whole; of a run with a digit (numbers, codes) the whole, last 4, last 6 and all 3-grams,
 * and its letter stretches as words. At most 400 a text. The first character of a gram names its kind, so that
 * the pair "12" and the last four "12.." never meet.
 *
 * Promised: a query is found if it is any stretch of Han, starts where a word starts, is a stretch of ≥ 3
 * characters of a run with a digit, or is that whole run. Grams only narrow; `matchesLiterally` decides.
 */
import { foldText, termsOf } from "./fold.ts";

export const maxGrams = 400;
const maxQueryGrams = 48;
const longestPrefix = 8;
const shortestPrefix = 2;

type RunKind = "dense" | "word" | "code";
type Run = { kind: RunKind; characters: string[] };

/** The grams of a text to be indexed, without repeats. Numbers and codes come first, so that the cap spares them. */
export function gramsOf(text: string): string[] {
  const runs = runsOf(foldText(text));
  const grams = new Set<string>();
  for (const run of runs) if (run.kind === "code") addCodeEnds(grams, run.characters);
  for (const run of runs) {
    if (grams.size >= maxGrams) break;
    if (run.kind === "dense") addDense(grams, run.characters);
    else if (run.kind === "word") addWord(grams, run.characters);
    else addCodeInside(grams, run.characters);
  }
  return grams.size <= maxGrams ? [...grams] : [...grams].slice(0, maxGrams);
}

/** The grams a text must all have to match the query. Empty: the index cannot help (emoji, punctuation). */
export function queryGramsOf(query: string): string[] {
  const grams = new Set<string>();
  for (const term of termsOf(query)) {
    const runs = runsOf(term);
    runs.forEach((run, i) => {
      const endsHere = i < runs.length - 1 || !endsWithRun(term, run);
      addQueryRun(grams, run, endsHere);
    });
  }
  return [...grams].slice(0, maxQueryGrams);
}

function addQueryRun(grams: Set<string>, run: Run, endsHere: boolean): void {
  const { kind, characters } = run;
  const whole = characters.join("");
  if (kind === "dense") {
    if (characters.length === 1) grams.add(`h${whole}`);
    else addWindows(grams, "h", characters, 2);
  } else if (kind === "code") {
    if (characters.length < 3) grams.add(`c${whole}`);
    else addWindows(grams, "3", characters, 3);
  } else grams.add(endsHere ? `w${whole}` : `w${characters.slice(0, longestPrefix).join("")}`);
}

function addDense(grams: Set<string>, characters: readonly string[]): void {
  let before = "";
  for (const character of characters) {
    grams.add(`h${character}`);
    if (before !== "") grams.add(`h${before}${character}`);
    before = character;
  }
}

function addWord(grams: Set<string>, characters: readonly string[]): void {
  const longest = Math.min(longestPrefix, characters.length);
  for (let length = shortestPrefix; length <= longest; length += 1)
    grams.add(`w${characters.slice(0, length).join("")}`);
  grams.add(`w${characters.join("")}`);
}

function addCodeEnds(grams: Set<string>, characters: readonly string[]): void {
  grams.add(`c${characters.join("")}`);
  if (characters.length >= 4) grams.add(`4${characters.slice(-4).join("")}`);
  if (characters.length >= 6) grams.add(`6${characters.slice(-6).join("")}`);
}

function addCodeInside(grams: Set<string>, characters: readonly string[]): void {
  addWindows(grams, "3", characters, 3);
  let letters: string[] = [];
  for (const character of characters) {
    if (classOf(character.codePointAt(0) ?? 0) === letter) letters.push(character);
    else if (letters.length > 0) {
      addWord(grams, letters);
      letters = [];
    }
  }
  if (letters.length > 0) addWord(grams, letters);
}

function addWindows(grams: Set<string>, kind: string, characters: readonly string[], width: number): void {
  for (let i = 0; i + width <= characters.length; i += 1)
    grams.add(kind + characters.slice(i, i + width).join(""));
}

function endsWithRun(term: string, run: Run): boolean {
  return term.endsWith(run.characters.join(""));
}

/** Cuts a folded text into maximal runs of one kind; everything else only separates. */
function runsOf(folded: string): Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  const continueOrStart = (fits: boolean, kind: RunKind): Run => {
    if (run !== undefined && fits) return run;
    const started: Run = { kind, characters: [] };
    runs.push(started);
    return started;
  };
  for (const character of folded) {
    const kind = classOf(character.codePointAt(0) ?? 0);
    if (kind === separator) run = undefined;
    else if (kind === dense) run = continueOrStart(run?.kind === "dense", "dense");
    else run = continueOrStart(run?.kind !== "dense", "word");
    run?.characters.push(character);
    if (run !== undefined && kind === digit) run.kind = "code";
  }
  return runs;
}

const separator = 0;
const dense = 1;
const letter = 2;
const digit = 3;
const writtenWithoutSpaces =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}々〇ー]/u;
const seen = new Map<number, number>();

function classOf(point: number): number {
  if (point < 128) {
    if (point >= 97 && point <= 122) return letter;
    if (point >= 48 && point <= 57) return digit;
    return point >= 65 && point <= 90 ? letter : separator;
  }
  if (point >= 0x4e00 && point <= 0x9fff) return dense;
  let known = seen.get(point);
  if (known === undefined) {
    known = classify(String.fromCodePoint(point));
    seen.set(point, known); // bounded by what Unicode assigns
  }
  return known;
}

function classify(character: string): number {
  if (/\p{Nd}/u.test(character)) return digit;
  if (writtenWithoutSpaces.test(character)) return dense;
  return /[\p{L}\p{M}]/u.test(character) ? letter : separator;
}
