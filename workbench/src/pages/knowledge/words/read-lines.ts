// Reads pasted lines into words: one a line, or a group a line. What is no word or is there already is counted, not kept.
import { wordBounds } from "@yingda/contract";

const marks = /[,，、;；\t]+/u;

function isWord(word: string): boolean {
  return word.length >= wordBounds.shortest && word.length <= wordBounds.characters;
}

export type ReadLines<T> = { added: T[]; leftOut: number };

/** Words of pasted text, one a line; commas part them as well. */
export function readWords(text: string, known: readonly string[], most: number): ReadLines<string> {
  const given = text
    .split(/\n/u)
    .flatMap((line) => line.split(marks))
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const fresh = [...new Set(given)].filter((word) => isWord(word) && !known.includes(word));
  const added = fresh.slice(0, Math.max(0, most - known.length));
  return { added, leftOut: given.length - added.length };
}

/** Groups of pasted text, one a line, the words parted by commas. */
export function readGroups(text: string, known: readonly string[][], most: number): ReadLines<string[]> {
  const lines = text.split(/\n/u).filter((line) => line.trim() !== "");
  const groups = lines
    .map((line) => [...new Set(line.split(marks).map((word) => word.trim()))].filter(isWord))
    .map((group) => group.slice(0, wordBounds.groupWords))
    .filter((group) => group.length > 1 && !known.some((one) => String(one) === String(group)));
  const added = groups.slice(0, Math.max(0, most - known.length));
  return { added, leftOut: lines.length - added.length };
}
