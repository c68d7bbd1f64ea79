// One spelling for what the guard compares: half-width, small letters, simplified, nothing invisible, with a map back to
// the text as written, so that "９９ 元" and "99元" meet and the customer still gets the owner's characters.

import { toSimplified } from "@yingda/language";

export interface FoldedText {
  original: string;
  /** Folded; `from` and `to` map each of its units to the original. */
  text: string;
  from: number[];
  to: number[];
}

const invisible =
  /\u00AD|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u2064]|[\u2066-\u2069]|[\uFE00-\uFE0F]|\uFEFF/u;
/** ① ⑴ ❶ number a list; folded they would become bare digits. */
const circledNumber = /[\u2460-\u2487\u24EB-\u24FF\u2776-\u2793]/u;
/** In a mask; no finder matches it. */
export const maskCharacter = "\uE000";

/** Folds a text. Throws nothing; work grows with the length. */
export function foldText(original: string): FoldedText {
  const known = new Map<string, string>();
  const from: number[] = [];
  const to: number[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    let folded = known.get(character);
    if (folded === undefined) {
      folded = foldCharacter(character);
      known.set(character, folded);
    }
    for (let unit = 0; unit < folded.length; unit += 1) {
      from.push(at);
      to.push(end);
    }
    parts.push(folded);
    at = end;
  }
  return { original, text: parts.join(""), from, to };
}

function foldCharacter(character: string): string {
  if (character === "\n") return "\n";
  if (invisible.test(character)) return "";
  if (circledNumber.test(character)) return "•";
  if (/[‘’ʼ`]/u.test(character)) return "'";
  const folded = character.normalize("NFKC").toLowerCase();
  if (/^(?![0-9])\p{Nd}$/u.test(folded)) return digitOf(folded);
  return /[\p{Cc}\p{Zs}]/u.test(folded) ? " " : toSimplified(folded);
}

/** ٣ and ३ are 3: the digits of every script stand in a row of ten. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** The text with the stretches replaced by characters that nothing matches; same length. */
export function maskStretches(text: string, stretches: readonly { start: number; end: number }[]): string {
  const sorted = [...stretches].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of sorted) {
    if (end <= at) continue;
    const first = Math.max(at, start);
    parts.push(text.slice(at, first), maskCharacter.repeat(end - first));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}
