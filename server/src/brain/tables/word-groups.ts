// Cuts a text into the pieces by which questions, names and headers are compared: a Han character, a Latin word, a number,
// a code ("a3", "2xl", "500ml"). Written ones and asked ones come out alike: width, case, simplified and traditional,
// plural s, XXL and 2XL, "500 ml" and "500ml". Used by everything in this folder that compares texts.

import { unifyCharacters } from "@yingda/language";

export interface WordGroup {
  text: string;
  /** Place in the unified text. */
  start: number;
  end: number;
}

const edge = "\u0001";
const longestRead = 2_000;
const letter = "(?:(?!\\p{Script=Han})[\\p{L}\\p{N}])+";
const pattern = new RegExp(`\\p{Script=Han}|${letter}(?:[.']${letter})*[+%]*`, "gu");
/** Not l, m and in: "170 L" is a height and a size, "26 in stock" no inches. */
const unitWord = /^(?:ml|g|kg|mg|cm|mm|km|gb|tb|mb|w|kw|mah|oz|lb|inch|min)$/u;
const sizeNames: Record<string, string> = { xxl: "2xl", xxxl: "3xl", xxxxl: "4xl", xxs: "2xs" };

/** The groups of a text in reading order; marks and spaces fall away. Only the first 2,000 characters are read. */
export function groupsOf(text: string): WordGroup[] {
  const unified = unifyCharacters(text.slice(0, longestRead));
  const groups: WordGroup[] = [];
  for (const found of unified.matchAll(pattern)) {
    const start = found.index;
    const end = start + found[0].length;
    const before = groups.at(-1);
    const gap = before === undefined ? "" : unified.slice(before.end, start);
    if (
      before !== undefined &&
      /^\d+(?:\.\d+)?$/u.test(before.text) &&
      gap === " " &&
      unitWord.test(found[0])
    ) {
      groups[groups.length - 1] = { text: before.text + found[0], start: before.start, end };
      continue;
    }
    const parts = /^([a-z]{3,})(\d.*)$/u.exec(found[0]);
    if (parts === null) groups.push({ text: spelled(found[0]), start, end });
    else {
      const cut = start + (parts[1] as string).length;
      groups.push(
        { text: parts[1] as string, start, end: cut },
        { text: parts[2] as string, start: cut, end },
      );
    }
  }
  return groups;
}

function spelled(word: string): string {
  const bare = word.replace(/'s$/u, "");
  const known = sizeNames[bare];
  if (known !== undefined) return known;
  return /^[a-z]{3,}[a-rt-z]s$/u.test(bare) ? bare.slice(0, -1) : bare;
}

/** Groups as one text in which whole groups can be found: `includesGroups`. */
export function joined(groups: readonly { text: string }[]): string {
  return groups.length === 0 ? "" : `${edge}${groups.map(({ text }) => text).join(edge)}${edge}`;
}

/** A text's groups, joined. */
export function joinedOf(text: string): string {
  return joined(groupsOf(text));
}

/** How many groups a joined text holds. */
export function groupCount(text: string): number {
  return text === "" ? 0 : text.split(edge).length - 2;
}

/** The last group of a joined text stands at its end: "打印机" ends "A3 打印机". */
export function endsWithGroups(whole: string, part: string): boolean {
  return part !== "" && whole.endsWith(part);
}

/** The groups of a joined text. */
export function splitGroups(text: string): string[] {
  return text === "" ? [] : text.split(edge).slice(1, -1);
}
