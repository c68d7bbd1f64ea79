// What is kept of a vision model's description: as little as the answer needs. Nothing of identity documents and people but that
// they are there, no line that speaks to machines, no long numbers of persons or cards, everything short. Pure.

import type { PictureSeen } from "@yingda/contract";
import { speaksToMachine } from "../model/speaks-to-machine.ts";

const longestShown = 120;
const longestLine = 200;
const mostLines = 12;
const longestWord = 40;
const mostWords = 5;
/** Of a bank card. */
const longestNumber = 19;
const code = /^(?=.*\d)[A-Z0-9-]{6,32}$/iu;

export interface CleanSeen {
  seen: PictureSeen;
  /** Lines that spoke to machines. */
  leftOut: number;
}

export function cleanSeen({ kind, shows, text, models, faultCodes, numbers }: PictureSeen): CleanSeen {
  const lines = text.map(plain).filter((line) => line !== "");
  const isPersonal = kind === "identity-document" || kind === "person";
  if (isPersonal) return { seen: nothing(kind), leftOut: 0 };
  const kept = lines
    .filter((line) => !speaksToMachine(line) && !isPersonalLine(line))
    .slice(0, mostLines)
    .map((line) => clip(line, longestLine));
  const shown = plain(shows);
  const isShown = !speaksToMachine(shown) && !isPersonalLine(shown);
  const words = (all: readonly string[]) =>
    [...new Set(all.map(plain))]
      .filter((word) => word !== "" && !speaksToMachine(word) && !isPersonalLine(word))
      .map((word) => clip(word, longestWord))
      .slice(0, mostWords);
  return {
    seen: {
      kind,
      shows: isShown ? clip(shown, longestShown) : "",
      text: kept,
      models: words(models),
      faultCodes: words(faultCodes),
      numbers: words(numbers).filter((word) => code.test(word)),
    },
    leftOut: [...lines, shown].filter(speaksToMachine).length,
  };
}

/**
 * With a number of an identity card or a bank card, by their check digits: whatever the model took the picture for. It may be
 * written in groups and stand beside other numbers, so every row of neighbouring groups of that length is looked at.
 */
function isPersonalLine(line: string): boolean {
  const rows = line.match(/\d+[Xx]?(?:[ \-–—·.]\d+[Xx]?)*/gu) ?? [];
  return rows.some((row) => {
    const groups = row.toUpperCase().split(/[ \-–—·.]/u);
    return groups.some((_, from) => {
      let run = "";
      for (const group of groups.slice(from)) {
        run += group;
        if (run.length > longestNumber) return false;
        if (isIdentity(run) || isCard(run)) return true;
      }
      return false;
    });
  });
}

/** GB 11643: the last of 18 checks the others. */
function isIdentity(run: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/u.test(run)) return false;
  const sum = [...run.slice(0, 17)].reduce(
    (all, digit, at) => all + Number(digit) * (2 ** (17 - at) % 11),
    0,
  );
  return "10X98765432"[sum % 11] === run[17];
}

/** ISO/IEC 7812: banks' cards begin with 3 to 6, and the last digit checks the others. */
function isCard(run: string): boolean {
  if (!/^[3-6]\d{14,18}$/u.test(run)) return false;
  const sum = [...run].toReversed().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function nothing(kind: PictureSeen["kind"]): PictureSeen {
  return { kind, shows: "", text: [], models: [], faultCodes: [], numbers: [] };
}

/** One line, without characters that nobody sees. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
}

function clip(text: string, most: number): string {
  return [...text].slice(0, most).join("");
}
