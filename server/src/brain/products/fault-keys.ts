// How fault codes are compared: as written without case and marks, and loosely (zeros before a number do not count, a
// letter O behind a letter is a zero). Pure.

import { unifyCharacters } from "@yingda/language";

/** "E-04" → "e04"; a code of other marks ("°°") is its own key. */
export function plainKey(code: string): string {
  const folded = unifyCharacters(code).toLowerCase();
  const plain = folded.replace(/[^\p{L}\p{N}]/gu, "");
  return plain === "" ? folded.replace(/\s/gu, "") : plain;
}

/** "e04", "eo4", "e4" → "e4". */
export function looseKey(code: string): string {
  return plainKey(code)
    .replace(/(?<=[a-z])o(?=\d|$)/u, "0")
    .replace(/(?<!\d)0+(?=\d)/gu, "");
}
