// A catalogue made ready for finding its products in messages: names folded, their sounds, and which products share a
// piece of a name. Built once per catalogue array and kept with it. Used by products.ts.

import { unifyCharacters } from "../characters.ts";
import { soundOfCharacter } from "../pinyin.ts";

export interface CatalogueProduct {
  id: string;
  name: string;
  /** Other names that customers use: "小白鞋", "AJ1". */
  aliases?: readonly string[];
}

export interface ProductName {
  id: string;
  /** The product's own name, also for an alias. */
  title: string;
  /** Folded, without spaces and marks. */
  units: string[];
  sounds: string[];
  /** All sounds in a row, as typed without choosing characters: "chunmiantxu". Empty when too short to tell. */
  spelling: string;
  /** Unit pairs of this name, each once. */
  pairs: string[];
}

export interface ProductIndex {
  names: ProductName[];
  /** Positions in `names` by unit pair and, prefixed with "~", by sound pair. */
  byPair: Map<string, number[]>;
  bySpelling: Map<string, number[]>;
  /** How telling a pair is: 1 for one product, less the more share it. */
  rarity: (pair: string) => number;
}

const kept = new WeakMap<readonly CatalogueProduct[], ProductIndex>();

/** The index of a catalogue. The array is taken for unchanging: give another one after a change. */
export function productIndexOf(catalogue: readonly CatalogueProduct[]): ProductIndex {
  const known = kept.get(catalogue);
  if (known !== undefined) return known;
  const names = catalogue.flatMap(({ id, name, aliases }) =>
    [name, ...(aliases ?? [])]
      .map((spelled) => nameOf(id, name, spelled))
      .filter(({ units }) => units.length > 0),
  );
  const byPair = new Map<string, number[]>();
  const bySpelling = new Map<string, number[]>();
  names.forEach(({ pairs, sounds, spelling }, at) => {
    for (const pair of new Set([...pairs, ...pairsOf(sounds).map((pair) => `~${pair}`)]))
      put(byPair, pair, at);
    for (let i = 0; i + 4 <= spelling.length; i += 1) put(bySpelling, spelling.slice(i, i + 4), at);
  });
  const rarities = new Map<string, number>();
  for (const [pair, holders] of byPair) {
    const products = new Set(holders.map((at) => names[at]?.id)).size;
    rarities.set(pair, 1 / (1 + 0.2 * Math.log2(products)));
  }
  const index = { names, byPair, bySpelling, rarity: (pair: string) => rarities.get(pair) ?? 1 };
  kept.set(catalogue, index);
  return index;
}

function nameOf(id: string, title: string, spelled: string): ProductName {
  const units = unitsOf(unifyCharacters(spelled).slice(0, 80));
  const sounds = units.map(soundOfCharacter);
  const joined = mergeSpelling(sounds.join(""));
  const hasHan = units.some((unit) => /\p{Script=Han}/u.test(unit));
  return {
    id,
    title,
    units,
    sounds,
    spelling: hasHan && joined.length >= 4 ? joined : "",
    pairs: [...new Set(pairsOf(units))],
  };
}

/** Letters, digits and Han characters one by one; marks and spaces fall away. */
export function unitsOf(text: string): string[] {
  return [...text].filter((character) => /[\p{L}\p{N}+]/u.test(character));
}

/** Neighbouring units; a name of one unit is its own pair. */
export function pairsOf(units: readonly string[]): string[] {
  if (units.length === 1) return [`${units[0]}`];
  return units.slice(1).map((unit, at) => `${units[at]}|${unit}`);
}

/** The confusions that pinyin.ts merges, over a spelling without borders of syllables. */
export function mergeSpelling(spelling: string): string {
  return spelling.replace(/([zcs])h/gu, "$1").replace(/([aeiou])ng/gu, "$1n");
}

function put(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}
