// Fault codes of a given list in any dress: "E-04", "报 e4", "e零四", "显示伊四", "F03闪". Letters said in Chinese count only
// behind a word that speaks of a display or a fault. Called by findEntities.

import type { Piece } from "./entity.ts";
import { digitsOf } from "./numerals.ts";
import { letterSpokenAs, spokenLetter } from "./spoken-letters.ts";

const cue =
  /(?:报(?:错|警|故障|码)?|显示|出现|代码|故障码?|错误码?|错误|闪烁?|跳出?|提示|屏幕上?|面板上?|弹出?|亮着?|error|err|code|fault|shows?|showing|display(?:s|ing)?|displayed|flash(?:es|ing)?|says|saying|reads|got|getting|gives|blinking)(?:\s|了|的是|的|个|出来|着|是|a|an|the|me|:|code|error|-){0,4}$/u;
const cueAfter =
  /^\s?(?:闪|报错|报警|故障|错误|代码|码|一直|灯|是什么|什么意思|怎么|咋|啥|error|code|fault|flashing|blinking|on the|mean)/u;
const digitCharacters = "\\d零〇一幺二两三四五六七八九洞拐勾";
const typed =
  /(?<![a-z\d])([a-z]{0,4})[ \-_.:#]{0,2}(\d{1,4}|[零〇一幺二两三四五六七八九十洞拐勾]{1,4})(?:[ -]?([a-z]))?(?![a-z\d])/gu;
const spoken = new RegExp(`(${spokenLetter})(?:杠|横杠|横|减|-)?([${digitCharacters}]{1,3})`, "gu");
const wordDigits: Record<string, string> = { 洞: "0", 拐: "7", 勾: "9" };
const englishDigits = "zero|oh|one|two|three|four|five|six|seven|eight|nine";
const englishSpoken = new RegExp(`(?<![a-z])([a-z])[ -]?((?:(?:${englishDigits})[ -]?){1,3})(?![a-z])`, "gu");

interface KnownCodes {
  byExact: Map<string, string>;
  byLoose: Map<string, string>;
}

const kept = new WeakMap<readonly string[], KnownCodes>();

/** Codes of the list in a folded text; with a cue beside it a code that is not on the list is told too. */
export function findFaultCodes(text: string, codes: readonly string[]): Piece[] {
  if (codes.length === 0) return [];
  const known = knownCodesOf(codes);
  const pieces: Piece[] = [];
  for (const found of text.matchAll(typed)) {
    const [whole, letters = "", number = "", suffix = ""] = found;
    const digits = toDigits(number);
    const hasCue = hasCueBeside(text, found.index, found.index + whole.length);
    if (digits === "" || (letters === "" && !hasCue)) continue;
    if (letters === "" && !/\d/u.test(number) && number.length < 2) continue;
    push(pieces, found.index, whole, letters, digits, suffix, hasCue, known);
  }
  for (const found of text.matchAll(spoken)) {
    const [whole, name = "", number = ""] = found;
    if (!hasCueBeside(text, found.index, found.index + whole.length)) continue;
    const letter = letterSpokenAs(name);
    push(pieces, found.index, whole, letter, toDigits(number), "", true, known);
  }
  for (const found of text.matchAll(englishSpoken)) {
    const [whole, letter = "", words = ""] = found;
    const digits = words
      .split(/[ -]/u)
      .map((word) =>
        word === "oh" ? "0" : String(englishDigits.replace("oh|", "").split("|").indexOf(word)),
      )
      .filter((digit) => /^\d$/u.test(digit))
      .join("");
    push(
      pieces,
      found.index,
      whole.trimEnd(),
      letter,
      digits,
      "",
      hasCueBeside(text, found.index, found.index + whole.length),
      known,
    );
  }
  return pieces;
}

function push(
  pieces: Piece[],
  start: number,
  whole: string,
  letters: string,
  digits: string,
  suffix: string,
  hasCue: boolean,
  { byExact, byLoose }: KnownCodes,
): void {
  const code = letters + digits + suffix;
  const lead = whole.length - whole.trimStart().length;
  const value = byExact.get(code) ?? byLoose.get(looseOf(code));
  const place = { start: start + lead, end: start + whole.trimEnd().length };
  if (value !== undefined) {
    const isSure = hasCue || (letters !== "" && digits.length + letters.length > 2);
    pieces.push({
      ...place,
      finding: { kind: "fault-code", value, isKnown: true, confidence: isSure ? 0.95 : 0.75 },
    });
  } else if (hasCue && letters.length > 0 && letters.length < 4 && digits.length < 4) {
    pieces.push({
      ...place,
      finding: { kind: "fault-code", value: code.toUpperCase(), isKnown: false, confidence: 0.6 },
    });
  }
}

function hasCueBeside(text: string, start: number, end: number): boolean {
  return cue.test(text.slice(Math.max(0, start - 24), start)) || cueAfter.test(text.slice(end, end + 12));
}

function toDigits(number: string): string {
  if (/^十?[一二三四五六七八九]?$/u.test(number) && number.includes("十"))
    return `1${digitsOf(number) || "0"}`;
  return digitsOf([...number].map((character) => wordDigits[character] ?? character).join(""));
}

function knownCodesOf(codes: readonly string[]): KnownCodes {
  const before = kept.get(codes);
  if (before !== undefined) return before;
  const byExact = new Map<string, string>();
  const byLoose = new Map<string, string>();
  for (const code of codes) {
    const plain = code
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^a-z\d]/gu, "");
    if (plain === "") continue;
    if (!byExact.has(plain)) byExact.set(plain, code);
    const loose = looseOf(plain);
    if (!byLoose.has(loose)) byLoose.set(loose, code);
  }
  const known = { byExact, byLoose };
  kept.set(codes, known);
  return known;
}

/** Zeros before a number do not count, and a letter O is a zero behind a letter: E04, E4, EO4. */
function looseOf(code: string): string {
  return code.replace(/(?<=[a-z])o(?=\d|$)/u, "0").replace(/(?<!\d)0+(?=\d)/gu, "");
}
